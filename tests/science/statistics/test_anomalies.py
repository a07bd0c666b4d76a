"""What is out of the ordinary is flagged, its season allowed for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.anomalies import anomalies

WEEK = np.tile([50.0, 60.0, 55.0, 52.0, 48.0, 10.0, 5.0], 12)


def noisy(seed):
    return WEEK + np.random.default_rng(seed).normal(0, 2, len(WEEK))


def test_a_quiet_monday_is_flagged_and_a_quiet_sunday_is_not():
    row = noisy(1)
    row[35] = 8.0
    assert np.flatnonzero(anomalies(row, period=7).flags).tolist() == [35]
    assert anomalies(row, period=7).flags[35] == -1
    assert anomalies(row, period=7).expected[35] == pytest.approx(50, abs=4)


def test_without_a_season_the_rule_is_that_of_iglewicz_and_hoaglin():
    row = [5, 6, 5, 4, 5, 30, 5, 6, 4]
    # The median is 5 and the median distance from it 1: 30 lies 25 / 1.4826 away.
    found = anomalies(row)
    assert found.z[5] == pytest.approx(25 / 1.4826)
    assert found.flags.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0]


def test_ordinary_weeks_are_seldom_flagged():
    flagged = [np.abs(anomalies(noisy(seed), period=7).flags).mean() for seed in range(20)]
    assert np.mean(flagged) < 0.002


def test_a_busy_hour_may_vary_more_than_a_quiet_one():
    rng = np.random.default_rng(6)
    counts = rng.poisson(np.tile([400.0, 4.0], 60))
    assert np.abs(anomalies(counts, period=2, kind="counts").flags).sum() <= 1
    counts[61] = 30
    assert np.flatnonzero(anomalies(counts, period=2, kind="counts").flags).tolist() == [61]


def test_mostly_equal_values_still_show_the_odd_one():
    row = [7.0] * 30 + [19.0]
    assert np.flatnonzero(anomalies(row).flags).tolist() == [30]


def test_equal_values_show_nothing():
    found = anomalies([7.0] * 42, period=7)
    assert not found.flags.any()
    assert found.z.tolist() == [0.0] * 42


def test_a_gap_is_neither_ordinary_nor_odd():
    row = noisy(2)
    row[20] = np.nan
    found = anomalies(row, period=7)
    assert (np.isnan(found.z[20]), found.flags[20]) == (True, 0)


@pytest.mark.parametrize(
    ("row", "period", "reason"),
    [
        ([], None, "not 0"),
        ([1.0, np.nan] * 7, None, "not 7"),
        ([1.0] * 13, 7, "14 values, not 13"),
        ([1.0] * 41, 7, "6 whole seasons"),
    ],
)
def test_too_little_flags_nothing_and_says_so(row, period, reason):
    found = anomalies(row, period=period)
    assert not found.is_enough
    assert reason in found.reason
    assert not found.flags.any()


@settings(deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=8, max_size=60), st.integers(-100, 100), st.integers(1, 50))
def test_level_and_unit_flag_nothing_new(row, level, unit):
    plain, moved = anomalies(row), anomalies([level + unit * value for value in row])
    assert moved.z == pytest.approx(plain.z, abs=1e-9)


@pytest.mark.parametrize(
    ("row", "options", "sentence"),
    [([1.0] * 9, {"threshold": 0}, "above 0"), ([-1.0] * 9, {"kind": "counts"}, "never negative")],
)
def test_what_makes_no_sense_is_refused(row, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        anomalies(row, **options)
