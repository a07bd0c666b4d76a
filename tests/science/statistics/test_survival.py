"""Waiting is told from those that are over and those that are not, as published and as counted by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.lifetimes.survival import kaplan_meier, log_rank, nelson_aalen

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))["kaplan_meier_6mp"]
CONTROL = GOLDEN["control_t"]
cases = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=60)


def columns(rows):
    return [time for time, _ in rows], [over for _, over in rows]


def test_the_leukaemia_trial_of_freireich():
    found = kaplan_meier(GOLDEN["t"], GOLDEN["event"])
    shares = dict(zip(found.times.astype(int).astype(str), found.share.round(4).tolist(), strict=True))
    assert shares == GOLDEN["surv"]
    assert found.median.value == GOLDEN["median"]
    # Collett (2003) and others print 0.857 (0.076) at week 6 and 0.448 (0.135) at week 23.
    assert found.error[[0, -1]].round(3).tolist() == [0.076, 0.135]


def test_the_two_arms_of_the_trial_differ():
    times, over = GOLDEN["t"] + CONTROL, GOLDEN["event"] + [1] * 21
    found = log_rank(times, over, ["6-MP"] * 21 + ["placebo"] * 21)
    assert round(found.chi_square, 4) == GOLDEN["logrank_chi2"]
    assert found.groups == ("6-MP", "placebo")
    # The expected numbers as printed in textbooks: 19.25 and 10.75.
    assert found.expected.round(2).tolist() == [19.25, 10.75]
    assert found.observed.tolist() == [9.0, 21.0]
    treated = CensoredData.right_censored(GOLDEN["t"], np.array(GOLDEN["event"]) == 0)
    assert found.chi_square == pytest.approx(logrank(treated, CONTROL).statistic ** 2)
    assert found.p == pytest.approx(logrank(treated, CONTROL).pvalue)


@settings(deadline=None)
@given(cases.filter(lambda rows: any(over for _, over in rows)))
def test_shares_equal_the_library(rows):
    times, over = columns(rows)
    found = kaplan_meier(times, over)
    library = ecdf(CensoredData.right_censored(times, ~np.array(over))).sf
    assert found.at(library.quantiles) == pytest.approx(library.probabilities)
    duration = SurvfuncRight(np.array(times, dtype=float), np.array(over, dtype=float))
    assert found.at_risk == pytest.approx(duration.n_risk)
    alive = found.share > 0
    assert found.error[alive] == pytest.approx(duration.surv_prob_se[alive])


@settings(deadline=None)
@given(cases)
def test_a_curve_falls_from_one_and_stays_in_its_bounds(rows):
    found = kaplan_meier(*columns(rows))
    assert (np.diff(found.share) < 0).all()
    assert ((found.low >= 0) & (found.low <= found.share + 1e-12) & (found.share <= found.high + 1e-12)).all()
    assert (found.high <= 1).all()
    assert found.at([0.0])[0] == 1.0


@settings(deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=40), st.integers(1, 30))
def test_when_all_are_over_shares_and_means_are_those_counted(times, when):
    found = kaplan_meier(times, [True] * len(times))
    assert found.at([when])[0] == pytest.approx(np.mean(np.array(times) > when))
    assert found.restricted_mean(when).value == pytest.approx(np.minimum(times, when).mean())
    assert found.median.value == sorted(times)[math.ceil(len(times) / 2) - 1]


def test_the_error_of_a_restricted_mean_is_that_of_a_mean():
    times = np.random.default_rng(1).exponential(10, 500)
    found = kaplan_meier(times, [True] * 500).restricted_mean(15)
    half = 1.96 * np.minimum(times, 15).std() / np.sqrt(500)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=1e-3)


def test_the_interval_of_the_median_holds_it_as_often_as_it_says():
    rng = np.random.default_rng(2)
    held = []
    for _ in range(400):
        times, ends = rng.exponential(10, 60), rng.uniform(5, 40, 60)
        found = kaplan_meier(np.minimum(times, ends), times <= ends).median
        held.append(found.low <= 10 * np.log(2) <= found.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)


def test_the_bounds_of_a_median_are_where_the_bands_cross_a_half():
    found = kaplan_meier(GOLDEN["t"], GOLDEN["event"])
    assert found.median.low == found.times[np.argmax(found.low <= 0.5)]
    assert (found.median.low, found.median.high) == (13, math.inf)
    assert math.isnan(found.quantile(0.9).value)


def test_hazard_is_added_up_by_hand():
    found = nelson_aalen([1, 2, 2, 3, 4], [1, 1, 0, 1, 0])
    assert found.hazard.tolist() == pytest.approx([1 / 5, 1 / 5 + 1 / 4, 1 / 5 + 1 / 4 + 1 / 2])
    reach = 1.959964 * math.sqrt(1 / 25 + 1 / 16) / 0.45
    assert (found.low[1], found.high[1]) == pytest.approx((0.45 * math.exp(-reach), 0.45 * math.exp(reach)), rel=1e-6)


@settings(deadline=None)
@given(cases)
def test_hazard_runs_ahead_of_what_the_shares_say(rows):
    hazard, curve = nelson_aalen(*columns(rows)), kaplan_meier(*columns(rows))
    assert (np.exp(-hazard.hazard) >= curve.share - 1e-12).all()
    assert ((hazard.low <= hazard.hazard) & (hazard.hazard <= hazard.high)).all()


def test_three_groups_equal_the_library():
    rng = np.random.default_rng(3)
    times, over, groups = rng.integers(1, 40, 120), rng.random(120) < 0.7, rng.integers(0, 3, 120)
    found = log_rank(times, over, groups)
    chi_square, p = survdiff(times, over.astype(int), groups)
    assert (found.chi_square, found.p, found.freedom) == pytest.approx((chi_square, p, 2))


def test_groups_without_anything_to_compare_are_said_to_be_so():
    alone = log_rank([1, 2, 3], [1, 1, 1], ["a"] * 3)
    assert (alone.is_enough, alone.p, alone.freedom) == (False, 1.0, 0)
    assert not log_rank([1, 2, 3, 4], [0, 0, 0, 0], ["a", "a", "b", "b"]).is_enough


def test_where_nothing_happened_all_still_wait():
    found = kaplan_meier([3, 5, 8], [False] * 3)
    assert (found.times.tolist(), found.at([4, 9]).tolist()[0]) == ([], 1.0)
    assert np.isnan(found.at([9])[0])
    assert math.isnan(found.median.value)
    assert found.restricted_mean(8).value == 8.0
    assert nelson_aalen([3, 5, 8], [False] * 3).hazard.tolist() == []


def test_one_case_is_over_at_its_time():
    found = kaplan_meier([4], [True])
    assert (found.share.tolist(), found.median.value, found.low.tolist(), found.high.tolist()) == (
        [0.0],
        4.0,
        [0.0],
        [1.0],
    )


@pytest.mark.parametrize(
    ("times", "over", "sentence"),
    [
        ([], [], "no case"),
        ([-1], [True], "before it began"),
        ([1, 2], [True], "Say of every case"),
        ([1, 2], [True, 2], "Say of every case"),
        ([math.nan], [True], "every period"),
        ([math.inf], [True], "finite"),
    ],
)
def test_what_cannot_have_been_waited_is_refused(times, over, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        kaplan_meier(times, over)


def test_what_was_not_seen_is_refused():
    found = kaplan_meier([3, 5], [True, False])
    with pytest.raises(StatisticsError, match="beyond 5"):
        found.restricted_mean(6)
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        found.quantile(1)
    with pytest.raises(StatisticsError, match="group for every case"):
        log_rank([1, 2], [1, 1], ["a"])
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        kaplan_meier([1], [1], confidence=0)
