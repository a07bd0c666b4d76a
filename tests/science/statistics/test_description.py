"""Descriptions equal published figures, a second opinion, and behave as they must."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.science.statistics.published_charts import GOLDEN
from wellserved.science.statistics.description import (
    describe,
    fewest_values,
    histogram,
    median,
    modes,
    outliers,
    quantile,
    quantile_ranks,
    quantiles,
    robust_scores,
    trimmed_mean,
)
from wellserved.science.statistics.errors import StatisticsError

numbers = st.floats(-1e6, 1e6, allow_nan=False)
rows = st.lists(numbers, min_size=1, max_size=60)


def test_the_elementary_figures():
    told = GOLDEN["descriptive"]
    found = describe(told["x"])
    assert (found.mean.value, found.median.value, found.modes.values) == (told["mean"], told["median"], (told["mode"],))
    assert (found.range, found.mad) == (told["range"], told["mad_median"])
    assert (found.population_variance, found.population_sd) == (told["pop_var"], told["pop_sd"])
    assert (found.variance, found.sd) == pytest.approx((told["sample_var"], told["sample_sd"]), rel=1e-15)
    about = (found.mean_deviation, found.mean_deviation_about_median)
    assert about == (told["mean_deviation"], told["mean_deviation_about_median"])


# NIST Statistical Reference Datasets, univariate: certified mean and standard deviation.
ALTERNATING = np.tile([-0.1, 0.1], 500)
NUMERIC_ACCURACY = [
    ([10000001, 10000003, 10000002], 10000002, 1.0),
    (np.append(1.2, 1.2 + ALTERNATING), 1.2, 0.1),
    (np.append(1000000.2, 1000000.2 + ALTERNATING), 1000000.2, 0.1),
    (np.append(10000000.2, 10000000.2 + ALTERNATING), 10000000.2, 0.1),
]


@pytest.mark.parametrize(("values", "mean", "sd"), NUMERIC_ACCURACY)
def test_the_digits_of_the_reference_datasets_are_kept(values, mean, sd):
    found = describe(values)
    # The data themselves, as floats, carry some nine digits of their spread.
    assert found.mean.value == pytest.approx(mean, rel=1e-15)
    assert found.sd == pytest.approx(sd, rel=1e-8)


def test_rosners_outliers():
    told = GOLDEN["gesd_rosner"]
    found = outliers(told["x"], alpha=told["alpha"], most=told["max_outliers"])
    assert np.round(found.statistics, 3).tolist() == told["R"]
    assert np.round(found.critical, 3).tolist() == told["critical"]
    assert len(found.positions) == told["outliers"]
    assert found.values == (6.01, 5.42, 5.34)


def test_the_ranks_of_a_median_of_eleven():
    low, high, coverage = GOLDEN["sample_size"]["median_ci_ranks_n11"]
    found = quantile_ranks(11, 0.5)
    assert (found.low, found.high, round(found.coverage, 5)) == (low, high, coverage)


# Campbell, M. J. and Gardner, M. J. (1988). Calculating confidence intervals for some non-parametric analyses. BMJ 296,
# 1454-1456: ranks and exact level for a median.
MEDIANS = [(6, 1, 6, 96.9), (10, 2, 9, 97.9), (15, 4, 12, 96.5), (20, 6, 15, 95.9), (30, 10, 21, 95.7)]


@pytest.mark.parametrize(("count", "low", "high", "level"), MEDIANS)
def test_the_published_ranks_of_a_median(count, low, high, level):
    found = quantile_ranks(count, 0.5)
    assert (found.low, found.high, round(100 * found.coverage, 1)) == (low, high, level)


@given(st.integers(1, 60), st.sampled_from([(1, 2), (1, 4), (1, 10), (3, 4), (9, 10), (19, 20)]))
@settings(max_examples=60)
def test_ranks_equal_exact_fractions(count, share):
    chance, tail = Fraction(*share), Fraction(25, 1000)
    at_most = np.cumsum([math.comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(count + 1)])
    lows = [rank for rank in range(1, count + 1) if at_most[rank - 1] <= tail]
    highs = [rank for rank in range(1, count + 1) if at_most[rank - 1] >= 1 - tail]
    found = quantile_ranks(count, float(chance))
    assert (found.low, found.high) == (max(lows, default=None), min(highs, default=None))
    inside = at_most[min(highs, default=0) - 1] - ([0, *at_most][max(lows, default=0)])
    assert found.coverage == pytest.approx(float(inside), abs=1e-12)


def test_the_interval_of_a_quantile_holds_it_as_often_as_it_says():
    drawn = np.sort(np.random.default_rng(7).exponential(size=(20_000, 40)), axis=1)
    ranks = quantile_ranks(40, 0.9)
    truth = -math.log(0.1)
    held = ((drawn[:, ranks.low - 1] <= truth) & (truth < drawn[:, ranks.high - 1])).mean()
    # Three standard errors of a share measured in 20,000 samples.
    assert held == pytest.approx(ranks.coverage, abs=3 * math.sqrt(0.05 * 0.95 / 20_000))


@pytest.mark.parametrize(("share", "needed"), [(0.5, 6), (0.9, 36), (0.95, 72), (0.1, 36)])
def test_as_many_values_as_are_asked_for_are_enough_and_one_fewer_is_not(share, needed):
    assert fewest_values(share) == needed
    assert quantile(np.arange(needed), share).is_enough
    short = quantile(np.arange(needed - 1), share)
    assert not short.is_enough
    assert f"need {needed} values; there are {needed - 1}" in short.reason


def test_a_high_quantile_of_few_values_has_only_a_lower_bound():
    found = quantile(range(20), 0.9)
    assert (found.low, found.high, found.ranks.high) == (14.0, None, None)


@given(rows)
@settings(max_examples=80)
def test_a_description_equals_scipys(values):
    assume(np.ptp(values) > 1e-6)
    found = describe(values)
    assert found.mean.value == pytest.approx(np.mean(values), rel=1e-9, abs=1e-9)
    assert found.sd == pytest.approx(np.std(values, ddof=1), rel=1e-6)
    assert found.iqr == pytest.approx(stats.iqr(values), rel=1e-12, abs=1e-9)
    assert found.mad == pytest.approx(stats.median_abs_deviation(values), rel=1e-12, abs=1e-9)
    assert found.trimmed.value == pytest.approx(stats.trim_mean(values, 0.1), rel=1e-9, abs=1e-9)


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=40).filter(lambda row: len(set(row)) > 1))
@settings(max_examples=60)
def test_skewness_and_the_interval_of_the_mean_equal_scipys(values):
    found = describe(values)
    assert found.skewness == pytest.approx(stats.skew(values, bias=False), rel=1e-9, abs=1e-9)
    told = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.mean.low, found.mean.high) == pytest.approx((told.low, told.high), rel=1e-9, abs=1e-9)


@given(rows)
@settings(max_examples=80)
def test_figures_keep_their_order(values):
    found = describe(values)
    middles = [one.value for one in found.quantiles]
    assert middles == sorted(middles)
    assert found.minimum <= middles[0]
    assert middles[-1] <= found.maximum
    assert found.minimum <= found.mean.value <= found.maximum
    assert found.mean_deviation_about_median <= found.mean_deviation + 1e-9 * (1 + found.range)
    assert found.mean_deviation <= found.population_sd + 1e-9 * (1 + found.range)
    assert sum(found.histogram.counts) == found.count
    assert len(found.histogram.counts) <= 40


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 5))
def test_what_is_not_known_is_counted_and_changes_nothing(values, gaps):
    found = describe([*values, *[math.nan] * gaps])
    assert (found.count, found.missing) == (len(values), gaps)
    assert (found.mean, found.quantiles, found.modes) == (
        describe(values).mean,
        describe(values).quantiles,
        describe(values).modes,
    )


@given(st.lists(numbers, min_size=15, max_size=60), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_values_does_not_matter_to_their_outliers(values, random):
    shuffled = random.sample(values, len(values))
    found, again = outliers(values), outliers(shuffled)
    assert sorted(found.values) == sorted(again.values)
    assert [values[place] for place in found.positions] == list(found.values)


def test_several_outliers_do_not_hide_one_another():
    row = np.random.default_rng(7).normal(size=200)
    row[[3, 50, 120]] = [14.0, 15.0, 16.0]
    assert sorted(outliers(row).positions) == [3, 50, 120]
    assert sorted(np.flatnonzero(np.abs(robust_scores(row)) > 3.5).tolist()) == [3, 50, 120]


def test_normal_values_have_an_outlier_one_time_in_twenty():
    rng = np.random.default_rng(7)
    share = np.mean([bool(outliers(rng.normal(size=50)).positions) for _ in range(1000)])
    # Three standard errors of five in a hundred, measured in 1,000 samples.
    assert share == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / 1000))


def test_fewer_than_fifteen_values_are_not_tested_and_equal_ones_have_no_outlier():
    few = outliers([1, 2, 3, 1000])
    assert (few.positions, few.is_enough) == ((), False)
    assert "15 values or more; there are 4" in few.reason
    assert outliers([5.0] * 20).positions == ()
    # Nineteen alike and one apart: the spread is that one's own, and once it is gone nothing is left to test.
    assert outliers([5.0] * 19 + [6.0]).positions == (19,)


def test_one_value_is_described_without_a_spread():
    found = describe([3])
    assert (found.mean.value, found.median.value, found.modes.values) == (3.0, 3.0, (3.0,))
    assert (found.sd, found.variance, found.skewness, found.population_sd) == (None, None, None, 0.0)
    assert (found.mean.low, found.mean.is_enough) == (None, False)
    assert (found.histogram.edges, found.histogram.counts) == ((3.0, 3.0), (1,))


@given(numbers, st.integers(2, 50))
def test_equal_values_have_no_spread_at_all(value, count):
    found = describe([value] * count)
    assert (found.mean.value, found.sd, found.mean_deviation, found.mad, found.iqr) == (value, 0.0, 0.0, 0.0, 0.0)
    assert (found.mean.low, found.mean.high, found.skewness) == (value, value, None)


def test_modes_with_ties_and_without():
    assert modes([1, 1, 2, 2, 3]).values == (1.0, 2.0)
    assert modes([3, 1, 2]).values == ()
    assert modes([7]).values == (7.0,)


def test_a_trimmed_mean_cuts_the_share_and_never_everything():
    assert trimmed_mean(range(30)).cut == 3
    assert trimmed_mean([1, 2], share=0.49).value == 1.5
    assert trimmed_mean([1, 2, 90], share=0.34).value == 2.0


def test_a_million_values_are_described():
    found = describe(np.random.default_rng(7).lognormal(size=1_000_000))
    assert found.median.value == pytest.approx(1.0, abs=0.01)
    assert found.median.low < 1.0 < found.median.high
    assert len(found.histogram.counts) == 40


def test_robust_scores_of_mostly_equal_values():
    assert np.array_equal(robust_scores([1, 1, 1, 5]), [0, 0, 0, math.nan], equal_nan=True)


REFUSED = [
    (lambda: describe([]), "no values"),
    (lambda: describe([math.nan]), "no values"),
    (lambda: describe([1, math.inf]), "within 1e100"),
    (lambda: describe([[1, 2]]), "one row"),
    (lambda: describe(["a"]), "are numbers"),
    (lambda: describe([1]).quantile(0.33), "was not described"),
    (lambda: median([1, math.nan]), "leave out what is not known"),
    (lambda: quantiles([1, 2], (1.0,)), "between 0 and 1"),
    (lambda: quantile_ranks(0, 0.5), "at least one value"),
    (lambda: fewest_values(0), "between 0 and 1"),
    (lambda: quantile([1, 2], 0.5, confidence=1), "confidence lies between"),
    (lambda: trimmed_mean([1, 2], share=0.5), "less than half"),
    (lambda: outliers(range(20), alpha=0), "level lies"),
    (lambda: outliers(range(20), most=11), "between 1 and 10"),
    (lambda: histogram([]), "at least one value"),
    (lambda: modes([]), "at least 1"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_cannot_be_described_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
