"""A trend is shown when there is one, and seldom when there is none, also when values lean on each other."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.trend import trend

values = st.lists(st.integers(-50, 50), min_size=8, max_size=40)


@settings(deadline=None)
@given(values)
def test_slope_and_score_equal_counting_pair_by_pair(row):
    pairs = list(itertools.combinations(range(len(row)), 2))
    slopes = [(row[j] - row[i]) / (j - i) for i, j in pairs]
    score = sum((row[j] > row[i]) - (row[j] < row[i]) for i, j in pairs)
    found = trend(row)
    assert found.slope == pytest.approx(float(np.median(slopes)))
    assert found.tau == pytest.approx(score / len(pairs))
    assert found.low <= found.slope <= found.high


@settings(deadline=None)
@given(values)
def test_a_series_turned_upside_down_falls_as_it_rose(row):
    found, turned = trend(row), trend([-value for value in row])
    assert (turned.slope, turned.tau, turned.p) == pytest.approx((-found.slope, -found.tau, found.p))
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


def test_without_leaning_the_p_value_is_that_of_kendall():
    row = np.random.default_rng(7).normal(size=40) + np.arange(40) / 30
    found = trend(row)
    # Kendall's normal p-value is without the step of one that Mann and Kendall take.
    score = kendalltau(np.arange(40), row).statistic * 40 * 39 / 2
    variance = 40 * 39 * 85 / 18
    assert found.inflation == 1.0
    assert found.p == pytest.approx(math.erfc((abs(score) - 1) / math.sqrt(variance) / math.sqrt(2)), rel=1e-9)


def test_without_leaning_the_interval_is_that_of_the_library():
    row = np.random.default_rng(7).normal(size=40) + np.arange(40) / 30
    library, found = theilslopes(row, np.arange(40), 0.95), trend(row)
    # Both take order statistics of the slopes, rounded differently by one.
    assert found.slope == pytest.approx(library.slope)
    assert found.low == pytest.approx(library.low_slope, abs=0.01)
    assert found.high == pytest.approx(library.high_slope, abs=0.01)


def test_ties_make_the_variance_smaller():
    # By hand: 1 1 2 2 3 3 4 4 has S = 24 and Var S = (8·7·21 - 4·2·1·9) / 18 = 61.33, so z = 23 / 7.832.
    found = trend([1, 1, 2, 2, 3, 3, 4, 4])
    assert found.tau == pytest.approx(24 / 28)
    assert found.inflation >= 1
    assert found.p >= math.erfc(23 / math.sqrt(184 / 3) / math.sqrt(2)) - 1e-12


def walks(seed, lean, size, count):
    """Series without a trend whose values lean on the one before."""
    noise = np.random.default_rng(seed).normal(size=(count, size + 50))
    rows = np.zeros_like(noise)
    for place in range(1, size + 50):
        rows[:, place] = lean * rows[:, place - 1] + noise[:, place]
    return rows[:, 50:]


def test_where_there_is_no_trend_few_are_shown():
    shown = [trend(row).is_shown for row in walks(1, 0.0, 40, 400)]
    assert np.mean(shown) < 0.08


def test_values_that_lean_on_each_other_show_far_fewer_trends_than_the_plain_test():
    found = [trend(row) for row in walks(2, 0.5, 60, 300)]
    plain = [trend(row).p for row in np.random.default_rng(3).normal(size=(300, 60))]
    uncorrected = [kendalltau(np.arange(60), row).pvalue < 0.05 for row in walks(2, 0.5, 60, 300)]
    assert np.mean(uncorrected) > 0.2
    assert np.mean([one.is_shown for one in found]) < 0.1
    assert np.mean(np.array(plain) < 0.05) < 0.08


def test_a_trend_under_leaning_noise_is_still_found():
    found = [trend(row + np.arange(60) * 0.15) for row in walks(4, 0.5, 60, 50)]
    assert all(one.direction == "rising" for one in found)
    assert np.median([one.slope for one in found]) == pytest.approx(0.15, abs=0.02)


def test_gaps_and_uneven_positions_keep_the_slope():
    row = [2.0 * place for place in range(12)]
    holed = [*row[:4], math.nan, math.nan, *row[6:]]
    assert trend(holed).slope == pytest.approx(2.0)
    assert trend([0, 2, 4, 8, 10, 20, 40, 60], at=[0, 1, 2, 4, 5, 10, 20, 30]).slope == pytest.approx(2.0)
    assert trend(row).intercept == pytest.approx(0.0)


def test_equal_values_show_no_trend():
    found = trend([3.0] * 20)
    assert (found.direction, found.slope, found.p, found.tau) == ("no trend shown", 0.0, 1.0, 0.0)


@pytest.mark.parametrize("row", [[], [1.0], [1, 2, 3, 4, 5, 6, 7], [math.nan] * 30])
def test_fewer_than_eight_values_are_too_few(row):
    found = trend(row)
    assert found.direction == "too few"
    assert math.isnan(found.slope)
    assert not found.is_shown


@pytest.mark.parametrize(
    ("row", "at", "sentence"),
    [
        ([1.0] * 8, [0.0] * 8, "later than the one before"),
        ([1.0] * 8, [0.0, 1.0], "one position for each"),
        ([math.inf] * 8, None, "finite"),
        (np.zeros(3001), None, "add hours up to days"),
    ],
)
def test_what_is_no_series_is_refused(row, at, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        trend(row, at=at)


def test_certainty_is_refused():
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        trend([1.0] * 9, confidence=1.0)
