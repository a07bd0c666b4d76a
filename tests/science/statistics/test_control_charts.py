"""Control charts equal published examples, and their limits, phases and signals are what their rules say."""

import math
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.science.statistics.published_charts import ATTENDANCES, GOLDEN, SEEN_IN_FOUR_HOURS
from wellserved.science.statistics.charts import (
    COUNTS,
    DEFAULT,
    NHS,
    SHEWHART,
    Standing,
    chart_counts,
    chart_gaps,
    chart_rates,
    chart_shares,
    chart_times,
    chart_values,
    cusum_chart,
    ewma_chart,
    p_chart,
    run_chart,
)
from wellserved.science.statistics.charts.sums import added_up
from wellserved.science.statistics.errors import StatisticsError

whole = st.lists(st.integers(0, 60), min_size=2, max_size=50)


def from_one(places):
    """The points numbered from one, as the examples print them."""
    return [place + 1 for place in places]


def limits(chart, place=0):
    return float(chart.lower[place]), float(chart.upper[place])


def test_the_flow_of_the_nist_handbook():
    told = GOLDEN["xmr_nist_flow"]
    chart = chart_values(told["x"])
    assert chart.phases[0].centre == pytest.approx(told["center"], abs=1e-12)
    assert limits(chart) == pytest.approx((told["lcl"], told["ucl"]), abs=5e-5)
    assert (chart.phases[0].standing, chart.signals) == (Standing.TOO_FEW, ())


def test_the_costs_of_montgomerys_table_6_7():
    told = GOLDEN["montgomery_6_7_I"]
    chart = chart_values(told["cost"], baseline=told["baseline"])
    assert chart.phases[0].centre == told["center"]
    assert limits(chart) == pytest.approx((told["lcl"], told["ucl"]), abs=1e-6)
    assert from_one(chart.places("beyond")) == told["signals"]
    found = run_chart(told["cost"], centre=told["center"])
    assert (found.longest_run, found.longest_allowed) == (told["longest_run"], told["longest_run_max"])
    assert (found.crossings, found.crossings_needed) == (told["crossings"], told["crossings_min"])
    assert not found.is_shifted


def test_the_defects_of_montgomerys_table_7_8():
    told = GOLDEN["montgomery_7_8_c"]
    counts, place = np.array(told["count"]), np.arange(1, len(told["count"]) + 1)
    kept = ~np.isin(place, told["exclude"])
    chart = chart_counts(counts, baseline=kept & (place <= told["baseline"]))
    assert chart.phases[0].centre == pytest.approx(told["center"], abs=1e-6)
    assert limits(chart) == pytest.approx((told["lcl"], told["ucl"]), abs=1e-6)
    assert from_one(chart.places("beyond")) == told["signals_excluded_too"]
    # The runs were counted without the two points that had a cause.
    found = run_chart(counts[kept], centre=told["center"])
    assert found.is_shifted == told["anhoej_runs_signal"]
    assert (found.longest_run, found.crossings) == (told["longest_run"], told["crossings"])
    assert found.crossings_needed == told["crossings_min"]


def test_the_cloth_of_montgomerys_table_7_11():
    told = GOLDEN["montgomery_7_11_u_variable"]
    chart = chart_rates(told["count"], told["metres"], per=told["per"], fewest=10)
    assert chart.phases[0].centre == pytest.approx(told["center"], abs=1e-6)
    assert limits(chart) == pytest.approx(told["first"], abs=1e-6)
    assert limits(chart, -1) == pytest.approx(told["last"], abs=1e-6)
    assert list(chart.signals) == told["signals"]


def test_the_infections_judged_by_the_months_before_a_change():
    told = GOLDEN["prepost_cdi"]
    chart = chart_rates(told["n"], told["exposure"], per=10_000, baseline=told["pre"])
    assert chart.kind == "u"
    assert from_one(chart.places("beyond")) == told["frozen_u_chart_signals"]
    after = slice(told["pre"], None)
    assert (chart.values[after] < chart.centre[after]).sum() == told["post_points_below_centre"]
    # The run below began three months before the change and holds every month after it.
    assert chart.places("run-8") == tuple(range(told["pre"] - 3, 36))


def test_the_wafers_of_the_nist_handbook():
    told = GOLDEN["c_nist_wafers"]
    chart = chart_counts(told["c"])
    assert (chart.phases[0].centre, *limits(chart)) == (told["center"], told["lcl"], told["ucl"])
    assert from_one(chart.places("beyond")) == told["signals"]
    shares = GOLDEN["p_nist_wafers"]
    chart = chart_shares(shares["d"], [shares["n"]] * 30, method="plain")
    assert (chart.phases[0].centre, *limits(chart)) == pytest.approx(
        (shares["center"], shares["lcl"], shares["ucl"]), abs=1e-6
    )
    assert from_one(chart.places("beyond")) == shares["signals"]


def test_the_wafers_without_the_two_that_had_a_cause():
    told = GOLDEN["p_nist_wafers"]
    expected = told["excluding_15_23"]
    kept = ~np.isin(np.arange(1, 31), [15, 23])
    chart = chart_shares(told["d"], [told["n"]] * 30, method="plain", baseline=kept)
    assert limits(chart) == pytest.approx((expected["lcl"], expected["ucl"]), abs=1e-6)
    assert from_one(chart.places("beyond")) == expected["signals"]


def test_orders_of_uneven_size():
    told = GOLDEN["montgomery_7_4_p_variable_n"]
    chart = chart_shares(told["count"], told["size"])
    assert limits(chart) == pytest.approx((told["first_lcl"], told["first_ucl"]), abs=1e-6)
    assert limits(chart, -1) == pytest.approx((told["last_lcl"], told["last_ucl"]), abs=1e-6)
    assert from_one(chart.places("beyond")) == told["signals"]


def test_the_moving_average_of_the_nist_handbook():
    told = GOLDEN["ewma_nist"]
    chart = ewma_chart(told["x"], centre=told["target"], sigma=told["s"], weight=told["lam"], steady=True)
    assert np.abs(chart.smoothed - told["ewma"]).max() < 0.00501
    assert limits(chart) == pytest.approx((told["lcl"], told["ucl"]), abs=2e-4)
    assert not chart.signals.any()


def test_hundreds_of_thousands_of_attendances_are_not_sixteen_special_weeks_of_twenty():
    plain = chart_shares(SEEN_IN_FOUR_HOURS, ATTENDANCES, method="plain")
    chart = chart_shares(SEEN_IN_FOUR_HOURS, ATTENDANCES)
    assert (round(chart.phases[0].centre, 4), round(chart.phases[0].sigma_z, 2)) == (0.9529, 10.64)
    assert (chart.kind, len(plain.places("beyond")), chart.places("beyond")) == ("p-prime", 16, ())


# Montgomery, D. C. Introduction to statistical quality control, table 9.3: mean run lengths of cusums with k = 0.5.
CUSUMS = [(4, 0.0, 168), (4, 0.5, 26.6), (4, 1.0, 8.38), (4, 1.5, 4.75), (5, 0.5, 38.0), (5, 1.0, 10.4), (5, 1.5, 5.75)]


@pytest.mark.parametrize(("limit", "shift", "mean"), CUSUMS)
def test_the_published_run_lengths_of_cusums(limit, shift, mean):
    drawn = np.random.default_rng(7).normal(shift, 1, size=(2000, 1600))
    beyond = np.maximum(added_up(drawn, 0.5), added_up(-drawn, 0.5)) > limit
    lengths = np.where(beyond.any(axis=1), beyond.argmax(axis=1) + 1, drawn.shape[1])
    # Four standard errors, and the last digit printed.
    assert lengths.mean() == pytest.approx(mean, abs=4 * lengths.std() / math.sqrt(2000) + 0.005)


@given(st.lists(st.floats(-9, 9, allow_nan=False), min_size=1, max_size=40), st.floats(0, 2))
@settings(max_examples=60)
def test_a_cusum_equals_adding_up_one_after_the_other(values, slack):
    sums = list(accumulate(values, lambda total, value: max(0.0, total + value - slack), initial=0.0))[1:]
    chart = cusum_chart(values, centre=0, sigma=1, slack=slack)
    assert chart.above.tolist() == pytest.approx(sums, abs=1e-9)
    turned = cusum_chart([-value for value in values], centre=0, sigma=1, slack=slack)
    assert turned.below.tolist() == pytest.approx(sums, abs=1e-9)


def test_a_cusum_dates_the_shift():
    row = np.random.default_rng(7).normal(size=80)
    row[50:] += 1.5
    chart = cusum_chart(row, baseline=50)
    assert chart.began in range(47, 54)
    assert np.flatnonzero(chart.signals)[0] < 60
    assert cusum_chart(row[:50]).began is None
    assert cusum_chart([0, math.nan, 9], centre=0, sigma=1).above.tolist() == [0.0, 0.0, 8.5]
    assert cusum_chart([-9, -9], centre=0, sigma=1).signals.tolist() == [-1, -1]
    assert cusum_chart([-9, -9], centre=0, sigma=1).began == 0


def test_laneys_rate_limits_by_hand():
    # 100 events a unit of 1 and ū = 100: sigma is 10 and the standardised points -4, 4, -4, 4; each moving range is 8,
    # their spread 8 / 1.128 = 7.0922, and the limits 100 -+ 3 x 10 x 7.0922.
    chart = chart_rates([60, 140] * 6, [1] * 12)
    assert (chart.kind, round(chart.phases[0].sigma_z, 4)) == ("u-prime", 7.0922)
    assert [round(limit, 3) for limit in limits(chart)] == [0.0, 312.766]
    assert chart.places("beyond") == ()
    plain = chart_rates([60, 140] * 6, [1] * 12, method="plain")
    assert len(plain.places("beyond")) == 12


rows = st.lists(
    st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), min_size=2, max_size=40
).filter(lambda found: 0 < sum(kept for kept, _ in found) < sum(total for _, total in found))


@given(rows, st.sampled_from([("auto", "auto"), ("p", "plain"), ("laney", "laney")]))
@settings(max_examples=60)
def test_charts_of_shares_agree_with_the_p_chart(counted, methods):
    kept, total = (np.array(column) for column in zip(*counted, strict=True))
    old, new = p_chart(kept, total, method=methods[0]), chart_shares(kept, total, method=methods[1], fewest=2)
    assert np.allclose(new.lower, old.lower, rtol=0, atol=1e-12)
    assert np.allclose(new.upper, old.upper, rtol=0, atol=1e-12)
    assert new.phases[0].is_prime == old.is_prime
    clear = (np.abs(old.shares - old.lower) > 1e-9) & (np.abs(old.shares - old.upper) > 1e-9)
    beyond = np.isin(np.arange(len(total)), new.places("beyond"))
    assert np.array_equal(beyond[clear], ((old.shares > old.upper) | (old.shares < old.lower))[clear])


def test_long_gaps_and_short_ones_are_as_rare_as_three_sigma():
    tail = stats.norm.sf(3)
    for twice in (1, 8, 60, 4000, 10**7):
        chart = chart_gaps([twice, 0] * 6)
        gap = stats.geom(1 / (1 + chart.values.mean()), loc=-1)
        low, high = limits(chart)
        # Beyond the limits lies no more than the tail, and one gap further in would be more.
        assert gap.sf(high) <= tail < gap.sf(high - 1)
        assert gap.cdf(low - 1) <= tail < gap.cdf(low)
        assert gap.cdf(chart.phases[0].centre) >= 0.5 > gap.cdf(chart.phases[0].centre - 1)


def test_the_textbook_limits_of_gaps_are_benneyans():
    chart = chart_gaps([20, 10] * 6, limits="sigma")
    assert (chart.phases[0].centre, chart.lower[0]) == (15.0, 0.0)
    assert chart.upper[0] == pytest.approx(15 + 3 * math.sqrt(15 * 16), abs=1e-12)


NEVER = [
    (lambda: chart_gaps([0] * 12 + [1], baseline=12), 0.0),
    (lambda: chart_counts([0] * 12 + [1], baseline=12), 0.0),
    (lambda: chart_rates([0] * 12 + [1], [50] * 13, baseline=12), 0.0),
    (lambda: chart_shares([0] * 12 + [1], [50] * 13, baseline=12), 0.0),
    (lambda: chart_shares([50] * 12 + [49], [50] * 13, baseline=12), 1.0),
]


@pytest.mark.parametrize(("draw", "centre"), NEVER)
def test_what_never_happened_so_far_is_not_known_to_be_impossible(draw, centre):
    chart = draw()
    assert (chart.phases[0].centre, chart.is_enough, chart.signals) == (centre, False, ())
    assert np.isnan(limits(chart)).all()


def test_times_between_events_are_charted_on_nelsons_root():
    times = np.array([3, 8, 1, 12, 5, 7, 2, 9, 4, 6, 11, 3, 5.5])
    chart, rooted = chart_times(times), chart_values(times ** (1 / 3.6))
    assert chart.upper[0] == pytest.approx(rooted.upper[0] ** 3.6)
    assert chart.lower[0] == pytest.approx(max(rooted.lower[0], 0.0) ** 3.6)
    assert chart.phases[0].centre == pytest.approx(rooted.phases[0].centre ** 3.6)


@given(whole, st.integers(1, 4), st.data())
@settings(max_examples=60)
def test_every_phase_is_a_chart_of_its_own(values, count, data):
    breaks = sorted(data.draw(st.sets(st.integers(1, len(values) - 1), max_size=count)))
    chart = chart_values(values, breaks=breaks, rules=NHS, fewest=2)
    parts = [chart_values(part, rules=NHS, fewest=2) for part in np.split(np.array(values), breaks)]
    assert np.array_equal(chart.centre, np.concatenate([part.centre for part in parts]))
    assert np.array_equal(chart.upper, np.concatenate([part.upper for part in parts]), equal_nan=True)
    assert chart.marks.tolist() == np.concatenate([part.marks for part in parts]).tolist()


@given(whole, st.integers(1, 20), whole)
@settings(max_examples=60)
def test_a_frozen_baseline_does_not_move_with_what_comes_after(values, baseline, later):
    chart, more = (chart_values(row, baseline=baseline, fewest=2) for row in (values, [*values, *later]))
    known = min(baseline, len(values))
    same = chart_values([*values, *later], baseline=np.arange(len(values) + len(later)) < known, fewest=2)
    assert limits(same) == pytest.approx(limits(chart), nan_ok=True)
    assert len(more.values) == len(values) + len(later)


@given(whole, st.sampled_from([DEFAULT, NHS, SHEWHART, COUNTS]))
@settings(max_examples=60)
def test_a_chart_upside_down_signals_on_the_other_side(values, rules):
    chart, turned = (chart_values(sign * np.array(values), rules=rules, fewest=2) for sign in (1, -1))
    sides = sorted((signal.rule, signal.points, -signal.side) for signal in chart.signals)
    assert sides == sorted((signal.rule, signal.points, signal.side) for signal in turned.signals)


@given(whole, st.sampled_from([0.25, 4.0, 1024.0]))
@settings(max_examples=40)
def test_another_unit_changes_no_signal(values, unit):
    chart, other = chart_values(values, fewest=2), chart_values(np.multiply(values, unit), fewest=2)
    assert chart.signals == other.signals
    assert np.allclose(chart.upper * unit, other.upper, equal_nan=True)


def test_a_point_on_a_centre_of_nothing_is_on_no_side():
    # The mean of these is 0, but for the last digit of a float.
    chart = chart_values([0.1, 0.2, -0.3] * 6 + [0.0] * 9, baseline=18)
    assert chart.signals == ()


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(2, 40))
def test_points_that_are_all_alike_give_no_signal(value, count):
    chart = chart_values([value] * count, fewest=2, rules=NHS)
    assert chart.signals == ()
    assert limits(chart) == (value, value)


def test_a_point_not_known_is_a_gap_and_breaks_a_run():
    values = [2.0, 1.0] * 6 + [3.0] * 4 + [math.nan] + [3.0] * 7
    chart = chart_values(values, baseline=12)
    assert chart.places("run-8") == ()
    assert chart.phases[0].used == 12
    joined = chart_values([value for value in values if not math.isnan(value)], baseline=12)
    assert joined.places("run-8") == tuple(range(12, 23))


def test_a_wild_point_is_screened_from_the_moving_ranges():
    values = [10.0, 11.0] * 8 + [90.0] + [10.0, 11.0] * 4
    plain, screened = chart_values(values), chart_values(values, screen=True)
    assert plain.upper[0] - plain.centre[0] == pytest.approx(3 * (23 + 80 + 79 - 2 + 2) / 24 / 1.128, rel=0.05)
    assert screened.upper[0] - screened.centre[0] == pytest.approx(3 / 1.128, rel=1e-12)
    assert 16 in screened.places("beyond")


def test_fewer_than_twelve_points_have_trial_limits_and_no_signal():
    values = [10, 11] * 5 + [99]
    chart = chart_values(values)
    assert (chart.signals, chart.is_enough, np.isfinite(chart.upper).all()) == ((), False, True)
    assert chart_values(values, baseline=10, fewest=10).places("beyond") == (10,)


@pytest.mark.parametrize(
    ("count", "standing"), [(11, Standing.TOO_FEW), (12, Standing.PROVISIONAL), (19, "provisional"), (20, "firm")]
)
def test_limits_grow_firm_with_their_points(count, standing):
    assert chart_values(np.arange(count) % 3).phases[0].standing == standing


def test_a_phase_of_one_point_has_a_centre_and_no_limits():
    chart = chart_values([1, 2] * 8 + [5], breaks=[16])
    assert (chart.centre[-1], math.isnan(chart.upper[-1]), chart.is_enough) == (5.0, True, False)
    assert chart.phases[0].standing is Standing.PROVISIONAL


def test_a_point_without_cases_has_neither_value_nor_limits():
    chart = chart_shares([3, 0] * 8, [10, 0] * 8)
    assert np.isnan([chart.values[1], chart.lower[1], chart.upper[1]]).all()
    assert (chart.phases[0].used, chart.phases[0].centre) == (8, 0.3)
    assert math.isnan(chart_rates([3, 0], [10, 0]).upper[1])


def test_lines_are_cut_to_what_a_figure_can_be():
    chart = chart_values([1, 9] * 8, within=(0, 10))
    assert (*limits(chart), chart.inner_lower[0], chart.inner_upper[0]) == (0.0, 10.0, 0.0, 10.0)
    assert (chart.marks == 0).all()
    shares = chart_shares([9, 10] * 8, [10] * 16, method="plain")
    assert limits(shares) == pytest.approx((0.95 - 3 * math.sqrt(0.95 * 0.05 / 10), 1.0))


def test_charts_say_what_would_suit_better():
    assert "Fewer than five events" in chart_counts([0, 1, 2] * 5).advice[0]
    assert chart_counts([20, 25, 22] * 5).advice == ()
    assert "hang together" in chart_values(np.sin(np.arange(40) / 5)).advice[0]
    # A step between two phases is no tie between neighbours.
    steady = np.random.default_rng(7).normal(size=40)
    assert chart_values(steady + 9 * (np.arange(40) >= 20), breaks=[20]).advice == ()


def test_the_rule_named_first_decides_the_mark_and_signals_keep_their_side():
    values = [10, 12, 11, 9, 10, 11, 10, 12, 9, 10, 11, 10, 30]
    chart = chart_values(values, baseline=12)
    assert chart.marks.tolist() == [0] * 12 + [1]
    signal = chart.signals[0]
    assert (signal.rule, signal.words, signal.side, signal.noticed) == ("beyond", "beyond the limits", 1, 12)
    with pytest.raises(StatisticsError, match="judged by beyond, run-8, two-of-three"):
        chart.places("trend-7")


@given(st.lists(st.integers(0, 5), min_size=2, max_size=80))
@settings(max_examples=60)
def test_runs_and_crossings_equal_counting_them(values):
    found = run_chart(values)
    signs = "".join(map(str, (np.sign(np.array(values) - np.median(values)) + 1).astype(int))).replace("1", "")
    runs = signs.replace("02", "0 2").replace("20", "2 0").split()
    assert (found.useful, found.longest_run) == (len(signs), max(map(len, runs), default=0))
    assert found.crossings == max(len(runs) - 1, 0)
    expected = stats.binom.ppf(0.05, max(len(signs) - 1, 1), 0.5)
    assert found.crossings_needed == expected * (len(signs) > 1)


def test_few_points_off_the_centre_show_no_shift():
    found = run_chart([5, 5, 5, 5, 1, 9, 9])
    assert (found.is_enough, found.is_shifted) == (False, False)
    assert "there are 3" in found.reason


@given(st.lists(st.floats(-100, 100, allow_nan=False), min_size=3, max_size=30), st.floats(0.05, 1.0))
@settings(max_examples=50)
def test_a_moving_average_equals_its_sum(values, weight):
    chart = ewma_chart(values, centre=1.0, sigma=2.0, weight=weight)
    age = np.arange(len(values))[::-1]
    expected = (weight * (1 - weight) ** age) @ np.array(values) + (1 - weight) ** len(values)
    assert chart.smoothed[-1] == pytest.approx(expected, abs=1e-9)
    assert chart.upper[0] == pytest.approx(1.0 + 3 * 2.0 * weight)
    assert (np.diff(chart.upper) >= 0).all()


def test_a_moving_average_of_weight_one_is_the_chart_of_values_and_passes_over_gaps():
    values = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50, 62.0]
    chart, plain = ewma_chart(values, weight=1.0, baseline=12), chart_values(values, baseline=12)
    assert chart.upper[-1] == pytest.approx(plain.upper[-1])
    assert np.flatnonzero(chart.signals).tolist() == list(plain.places("beyond"))
    held = ewma_chart([1, 2, math.nan, 3], centre=1, sigma=1)
    assert held.smoothed[2] == held.smoothed[1]


REFUSED = [
    (lambda: chart_values([]), "at least one point with a value"),
    (lambda: chart_values([math.nan, math.nan]), "at least one point with a value"),
    (lambda: chart_values([1, math.inf]), "NaN for what is not known"),
    (lambda: chart_values([1, math.nan], baseline=[False, True]), "in its baseline"),
    (lambda: chart_values([1, 2, 3], baseline=[True, False]), "one yes or no for every point"),
    (lambda: chart_values([1, 2, 3], baseline=0), "at least one point"),
    (lambda: chart_values([1, 2, 3], breaks=[0]), "in order, from 1 to 2"),
    (lambda: chart_values([1, 2, 3], breaks=[2, 1]), "in order, from 1 to 2"),
    (lambda: chart_values([1, 2, 3], within=(1, 1)), "lower to a higher"),
    (lambda: chart_shares([2], [1]), "0 <= kept <= total"),
    (lambda: chart_shares(np.ones((2, 2)), np.ones((2, 2))), "one row of points"),
    (lambda: chart_shares([0, 0], [0, 0]), "at least one point with a value"),
    (lambda: chart_rates([1], [0]), "there was exposure"),
    (lambda: chart_rates([-1], [1]), "from 0 on"),
    (lambda: chart_rates([1], [1], per=0), "so many units"),
    (lambda: chart_counts([-1]), "from 0 on"),
    (lambda: chart_gaps([1.5]), "use the t chart"),
    (lambda: chart_times([-1]), "not negative"),
    (lambda: run_chart([]), "at least one point"),
    (lambda: run_chart([1], centre=math.nan), "finite number"),
    (lambda: ewma_chart([1, 2], weight=0), "weight lies"),
    (lambda: cusum_chart([1, 2], slack=-1), "slack is a number"),
    (lambda: cusum_chart([1, 2], limit=0), "limit one above 0"),
    (lambda: cusum_chart([1, 1]), "no sigma to add up in"),
    (lambda: ewma_chart([1]), "two known values"),
    (lambda: ewma_chart([math.nan]), "at least one point"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_cannot_be_charted_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
