"""Teams are compared by their mix, their luck, their size, and never beyond what the figures carry."""

import json
import math
import pathlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.fairness import (
    binomial_limits,
    case_mix,
    compare,
    compare_shares,
    funnel_counts,
    funnel_shares,
    james_stein,
    observed_expected,
    percentile_among,
    poisson_limits,
    shrink,
    shrink_shares,
    standardise_directly,
)
from wellserved.science.statistics.fairness.shrinkage import spread_between
from wellserved.science.statistics.proportions import wilson

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden_drivers.json").read_text())


@pytest.mark.parametrize("team", ["A", "B"])
def test_kept_and_expected_are_those_of_the_worked_example(team):
    golden, rates = GOLDEN["casemix"][team], GOLDEN["casemix"]["strata_rates"]
    found = observed_expected(golden["met"], list(rates.values()), cases=[golden["easy"], golden["hard"]])
    assert found.expected == pytest.approx(golden["expected"])
    assert round(found.ratio, 6) == golden["oe"]
    assert round(found.z, 4) == golden["z"]
    assert found.low < 1 < found.high
    assert not found.is_different


@given(st.lists(st.tuples(st.integers(1, 200), st.floats(0.02, 0.98)), min_size=1, max_size=5), st.floats(0, 1))
def test_the_interval_leaves_one_out_exactly_when_z_is_beyond(strata, part):
    cases, chances = (np.array(column, dtype=float) for column in zip(*strata, strict=True))
    found = observed_expected(float(np.floor(part * cases.sum())), chances, cases=cases)
    assert found.is_different == (not found.low <= 1 <= found.high)
    assert 0 <= found.low <= found.ratio + 1e-9
    assert found.ratio - 1e-9 <= found.high <= cases.sum() / found.expected + 1e-9


def test_alike_cases_have_wilsons_interval():
    found = observed_expected(30, 0.5, cases=50)
    bounds = wilson(30, 50)
    assert (found.low, found.high) == pytest.approx((bounds.low / 0.5, bounds.high / 0.5))
    assert observed_expected(3, [0.5] * 5).cases == 5


def test_cases_that_leave_nothing_to_chance_test_nothing():
    sure = observed_expected(5, 1.0, cases=5)
    assert (sure.ratio, sure.is_enough, sure.is_different) == (1.0, False, False)
    none = observed_expected(0, 0.0, cases=5)
    assert math.isnan(none.ratio)
    assert observed_expected(0, [], cases=[]).reason == "There is no case."


def test_a_team_with_the_hard_cases_is_not_the_worse_one():
    rng = np.random.default_rng(1)
    teams = np.repeat(["a", "b"], 4000)
    strata = np.where(rng.random(8000) < np.where(teams == "a", 0.8, 0.2), "easy", "hard")
    kept = rng.random(8000) < np.where(strata == "easy", 0.95, 0.7)
    first, second = case_mix(kept, teams, strata)
    assert first.raw - second.raw > 0.1
    assert abs(first.adjusted - second.adjusted) < 0.03
    assert abs(first.direct.share - second.direct.share) < 0.03
    assert not first.indirect.is_different
    assert not second.indirect.is_different
    assert first.raw_bounds.low > second.raw_bounds.high


def test_what_is_expected_adds_up_to_what_was_kept():
    rng = np.random.default_rng(2)
    found = case_mix(rng.integers(0, 2, 300), rng.choice(list("abcd"), 300), rng.choice(list("xyz"), 300))
    assert sum(one.indirect.expected for one in found) == pytest.approx(sum(one.indirect.observed for one in found))
    assert [one.name for one in found] == list("abcd")


def test_a_team_without_a_stratum_is_not_standardised_directly():
    found = case_mix([1, 0, 1, 1, 0, None], ["a", "a", "b", "b", "b", "b"], ["x", "x", "x", "y", "y", "y"])
    assert math.isnan(found[0].direct.share)
    assert found[0].direct.covered == pytest.approx(0.6)
    assert "60% of the mix" in found[0].direct.reason
    assert found[1].direct.is_enough
    assert found[1].indirect.cases == 3


def test_direct_standardisation_of_its_own_mix_is_its_share():
    found = standardise_directly([40, 10], [50, 20], [50, 20])
    assert found.share == pytest.approx(50 / 70)
    assert 0 <= found.low < found.share < found.high <= 1
    one = standardise_directly([40], [50], [1])
    assert (one.low, one.high) == pytest.approx((wilson(40, 50).low, wilson(40, 50).high))
    assert standardise_directly([5, 0], [10, 0], [1, 0]).share == 0.5


def test_baseball_is_shrunk_as_published():
    golden = GOLDEN["james_stein"]
    early, season = np.array(golden["first45"]), np.array(golden["season"])
    found = james_stein(early, variance=early.mean() * (1 - early.mean()) / 45)
    assert round(float(found.weights[0]), 4) == golden["shrink"]
    assert round(float(((early - season) ** 2).sum()), 4) == golden["sse_mle"]
    assert round(float(((found.values - season) ** 2).sum()), 4) == golden["sse_js"]
    assert ((found.low < season) & (season < found.high)).sum() >= 17


def test_baseball_shares_are_shrunk_about_as_much():
    golden = GOLDEN["james_stein"]
    hits = np.round(np.array(golden["first45"]) * 45)
    found = shrink_shares(hits, np.full(18, 45))
    assert ((found.values - golden["season"]) ** 2).sum() < golden["sse_mle"] / 3


def test_figures_that_luck_explains_all_become_the_centre():
    found = james_stein([1, 2, 3, 4], variance=100)
    assert found.is_all_alike
    assert found.values.tolist() == [2.5] * 4
    assert (found.high - found.low).tolist() == pytest.approx([2 * 1.959964 * 10 / 2] * 4)
    same = shrink([5, 5, 5, 5], [1, 1, 1, 2])
    assert (same.is_all_alike, same.between) == (True, 0.0)
    assert same.values == pytest.approx([5.0] * 4)
    assert (same.high - same.low).tolist() == pytest.approx([2 * 1.959964 / math.sqrt(3.25)] * 4)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 20)), min_size=4, max_size=30))
@settings(max_examples=60)
def test_figures_move_towards_the_centre_and_the_less_certain_move_further(rows):
    figures, errors = (np.array(column) for column in zip(*rows, strict=True))
    found = shrink(figures, errors)
    assert ((found.values - found.centre) * (figures - found.centre) >= -1e-9).all()
    assert (np.abs(found.values - found.centre) <= np.abs(figures - found.centre) + 1e-9).all()
    assert (np.diff(found.weights[np.argsort(errors, kind="stable")]) <= 1e-12).all()
    assert (found.low <= found.values).all()


def test_the_spread_between_is_found_again():
    rng = np.random.default_rng(3)
    errors = rng.uniform(0.5, 2, size=2000)
    assert spread_between(rng.normal(0, 3, size=2000) + rng.normal(0, errors), errors) == pytest.approx(9, rel=0.1)
    assert spread_between(np.array([1.0]), np.array([1.0])) == 0


def test_shrunk_intervals_cover_the_truth():
    rng = np.random.default_rng(4)
    errors = rng.uniform(0.5, 3, size=20)
    covered = []
    for _ in range(200):
        truth = rng.normal(10, 2, size=20)
        found = shrink(truth + rng.normal(0, errors), errors)
        covered.append((found.low <= truth) & (truth <= found.high))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.025)


def test_the_beta_distribution_is_found_again():
    rng = np.random.default_rng(5)
    total = rng.integers(20, 200, size=1500)
    found = shrink_shares(rng.binomial(total, rng.beta(12, 4, size=1500)), total)
    assert (found.a, found.b) == (pytest.approx(12, rel=0.15), pytest.approx(4, rel=0.15))


def test_the_beta_distribution_is_the_likeliest():
    kept, total = np.array([9, 40, 55, 88, 3]), np.array([10, 80, 100, 100, 10])
    found = shrink_shares(kept, total)
    best = stats.betabinom.logpmf(kept, total, found.a, found.b).sum()
    for more in (0.98, 1.02):
        assert stats.betabinom.logpmf(kept, total, found.a * more, found.b).sum() < best
        assert stats.betabinom.logpmf(kept, total, found.a, found.b * more).sum() < best
    assert found.values == pytest.approx((kept + found.a) / (total + found.a + found.b))
    assert found.low == pytest.approx(stats.beta.ppf(0.025, kept + found.a, total - kept + found.b))


def test_shares_that_luck_explains_all_become_the_overall_share():
    found = shrink_shares([80, 81, 79, 80, 0], [100, 100, 100, 100, 0])
    assert found.is_all_alike
    assert found.values.tolist() == [0.8] * 5
    assert found.low[0] == pytest.approx(wilson(320, 400).low)
    everybody = shrink_shares([5, 5, 5, 5], [5, 5, 5, 5])
    assert (everybody.values[0], everybody.is_all_alike) == (1.0, True)


def test_poisson_limits_equal_the_published_ones():
    golden = GOLDEN["funnel_poisson"]
    inner, outer = poisson_limits(golden["expected"]), poisson_limits(golden["expected"], confidence=0.998)
    assert inner.low == pytest.approx(golden["ll95"], abs=5e-7)
    assert inner.high == pytest.approx(golden["ul95"], abs=5e-7)
    assert outer.low == pytest.approx(golden["ll998"], abs=5e-7)
    assert outer.high == pytest.approx(golden["ul998"], abs=5e-7)


@given(st.integers(1, 3000), st.floats(0.01, 0.99))
@settings(max_examples=60)
def test_chance_is_beyond_binomial_limits_no_more_often_than_they_say(total, share):
    found = binomial_limits(total, share)
    counts = np.arange(total + 1)
    chance = stats.binom.pmf(counts, total, share)
    below, above = counts / total < found.low - 1e-12, counts / total > found.high + 1e-12
    assert chance[below].sum() <= 0.025 + 1e-9
    assert chance[above].sum() <= 0.025 + 1e-9
    # One count further in would be too often, so the limits are as narrow as they can be.
    assert chance[: below.sum() + 1].sum() >= 0.025 - 1e-9
    mirrored = binomial_limits(total, 1 - share)
    assert found.high == pytest.approx(1 - mirrored.low, abs=1e-9)


def test_the_lower_binomial_limit_is_interpolated_as_published():
    r = stats.binom.ppf(0.025, 50, 0.8)
    within = (stats.binom.cdf(r, 50, 0.8) - 0.025) / stats.binom.pmf(r, 50, 0.8)
    assert binomial_limits(50, 0.8).low == pytest.approx((r - within) / 50)
    large = binomial_limits(10_000_000, 0.5)
    assert large.low == pytest.approx(0.5 - 1.959964 * 0.5 / math.sqrt(1e7), rel=1e-6)


def test_limits_at_the_edges():
    assert (poisson_limits(0).low, poisson_limits(0).high) == (0, math.inf)
    assert (binomial_limits(0, 0.5).low, binomial_limits(0, 0.5).high) == (0, 1)
    assert (binomial_limits(9, 1.0).low, binomial_limits(9, 0.0).high) == (1, 0)


def test_teams_that_differ_by_luck_alone_seldom_signal():
    rng = np.random.default_rng(6)
    total = rng.integers(20, 400, size=400)
    found = funnel_shares(rng.binomial(total, 0.8), total)
    assert not found.is_adjusted
    assert found.dispersion == pytest.approx(0.8, abs=0.15)
    assert (found.signals != 0).mean() < 0.06
    assert (np.abs(found.signals) == 2).mean() < 0.01


def test_teams_that_differ_by_more_widen_the_limits():
    rng = np.random.default_rng(7)
    total = rng.integers(200, 4000, size=60)
    kept = rng.binomial(total, np.clip(rng.normal(0.8, 0.05, size=60), 0, 1))
    kept[0] = 0.3 * total[0]
    plain, wide = funnel_shares(kept, total, adjust="never"), funnel_shares(kept, total)
    assert wide.is_adjusted
    assert (np.abs(plain.signals) == 2).sum() > 20
    assert np.flatnonzero(np.abs(wide.signals) == 2).tolist() == [0]
    assert (wide.outer.low < plain.outer.low).all()
    # On the scale of the arcsine 0.05 is 0.05 / (2 √(0.8 · 0.2)).
    assert math.sqrt(wide.between) == pytest.approx(0.05 / (2 * 0.4), rel=0.3)


def test_counts_widen_as_by_hand():
    observed, expected = np.array([10.0, 40, 25, 90]), np.array([20.0, 30, 25, 60])
    found = funnel_counts(observed, expected, adjust="always")
    z = 2 * (np.sqrt(observed) - np.sqrt(expected))
    low, high = np.quantile(z, [0.1, 0.9])
    phi = (np.clip(z, low, high) ** 2).mean()
    weights = 4 * expected
    between = (4 * phi - 3) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert (found.dispersion, found.between) == (pytest.approx(phi), pytest.approx(between))
    assert found.z == pytest.approx((np.sqrt(observed / expected) - 1) / np.sqrt(1 / weights + between))
    assert found.inner.high == pytest.approx((1 + 1.959964 * np.sqrt(1 / weights + between)) ** 2)
    assert found.is_adjusted


def test_a_few_teams_are_not_widened_until_the_outlier_fits():
    found = funnel_counts([16, 60, 31, 0], [15, 20, 30, 0])
    assert (found.is_adjusted, found.signals.tolist()) == (False, [0, 2, 0, 0])
    assert math.isnan(found.figures[3])
    assert (found.inner.low[3], found.inner.high[3]) == (0, math.inf)
    low = funnel_counts([0, 30], [12, 30])
    assert low.signals.tolist() == [-2, 0]


def test_a_target_can_be_the_centre_and_one_team_has_a_funnel():
    found = funnel_shares([70], [100], centre=0.9)
    assert (found.centre, found.signals.tolist()) == (0.9, [-2])
    assert math.isnan(found.dispersion)
    alone = funnel_shares([0, 5], [0, 5])
    assert alone.signals.tolist() == [0, 0]


def test_teams_that_do_not_differ_have_no_league_table():
    found = compare_shares([45, 44, 46, 43], [50, 50, 50, 50])
    assert (found.order, found.is_ordered, found.pairs) == ((), False, 0)
    assert found.reason == "No two teams are shown to differ, so no order of them means anything."
    assert found.rank_low.tolist() == [1] * 4
    assert found.rank_high.tolist() == [4] * 4
    assert found.candidates == (0, 1, 2, 3)
    assert found.p_value > 0.5


def test_teams_that_differ_have_the_places_they_can_claim():
    found = compare([90, 70, 71, 50], [2, 2, 2, 2])
    assert found.order == (0, 2, 1, 3)
    assert list(zip(found.rank_low.tolist(), found.rank_high.tolist(), strict=True)) == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert (found.pairs, found.candidates) == (5, (0,))
    waits = compare([90, 70, 71, 50], [2, 2, 2, 2], higher_is_better=False)
    assert waits.rank_low.tolist() == [4, 2, 2, 1]
    assert waits.order[0] == 3


def test_all_places_hold_at_once_as_often_as_they_say():
    rng = np.random.default_rng(8)
    truth = np.array([0.0, 0, 0, 1, 1, 2, 5, 5])
    best = 1 + (truth[:, None] < truth[None, :]).sum(axis=1)
    worst = (truth[:, None] <= truth[None, :]).sum(axis=1)
    found = [compare(truth + rng.normal(size=8), np.ones(8)) for _ in range(400)]
    held = [((one.rank_low <= worst) & (one.rank_high >= best)).all() for one in found]
    strict = [((one.rank_low <= best) & (one.rank_high >= worst)).all() for one in found]
    assert np.mean(held) >= 0.95
    assert np.mean(strict) >= 0.94


def test_holms_correction_is_that_of_another_way():
    found = compare([0, 3.0, 6.2], [1, 1, 1])
    p = 2 * stats.norm.sf(np.array([3.0, 6.2, 3.2]) / math.sqrt(2))
    # Smallest times three, next times two, largest times one.
    assert (p[1] * 3 < 0.05, p[2] * 2 < 0.05, p[0] < 0.05) == (True, True, True)
    assert found.pairs == 3
    assert compare([0, 3.0, 3.1], [1, 1, 1]).pairs == 0
    assert found.p_value == pytest.approx(stats.chi2.sf(((np.array([0, 3, 6.2]) - 9.2 / 3) ** 2).sum(), 2))


def test_a_place_among_peers_counts_half_of_equals():
    assert percentile_among(7, [5, 6, 7, 9]) == 0.625
    assert percentile_among(1, [2, 3, math.nan]) == 0


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (lambda: observed_expected(1, [1.2]), "between 0 and 1"),
        (lambda: observed_expected(2, [0.5]), "none and all"),
        (lambda: observed_expected(1, [0.5], cases=[1, 2]), "one number of cases"),
        (lambda: standardise_directly([1], [2], [1, 2]), "same strata"),
        (lambda: standardise_directly([1], [2], [0]), "add up to something"),
        (lambda: case_mix([1], ["a", "b"], ["x", "x"]), "team and stratum"),
        (lambda: case_mix([2], ["a"], ["x"]), "kept .1. or not"),
        (lambda: case_mix([], [], []), "at least one case"),
        (lambda: james_stein([1, 2, 3], variance=1), "4 known figures"),
        (lambda: james_stein([1, 2, 3, 4], variance=0), "above 0"),
        (lambda: shrink([1, 2, 3, 4], [1, 1, 1, 0]), "above 0"),
        (lambda: shrink_shares([1, 2, 3], [4, 4, 4]), "4 teams with cases"),
        (lambda: shrink_shares([1, 2, 3, 5], [4, 4, 4, 4]), "between none and all"),
        (lambda: poisson_limits(-1), "none or more"),
        (lambda: poisson_limits(1, confidence=0), "between 0 and 1"),
        (lambda: binomial_limits(1.5, 0.5), "whole numbers"),
        (lambda: binomial_limits(1, 1.5), "share lies between"),
        (lambda: funnel_counts([1, 2], [1]), "for each expected"),
        (lambda: funnel_shares([0], [0]), "at least one case"),
        (lambda: compare([1], [1]), "2 to 2,000 teams"),
        (lambda: compare([1, 2], [1, 0]), "above 0"),
        (lambda: compare_shares([0, 1], [0, 1]), "without cases"),
        (lambda: percentile_among(1, []), "one peer"),
    ],
)
def test_figures_that_cannot_be_are_refused(given_, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        given_()
