"""A series comes apart into what it was made of, and no further than it reaches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.seasonal import STL

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.seasons import decompose

WEEK = np.array([4.0, 6.0, 5.0, 3.0, 2.0, -9.0, -11.0])
rng = np.random.default_rng(20)
WEEKS = 100 + np.arange(140) / 7 + np.tile(WEEK, 20) + rng.normal(0, 0.5, 140)


def test_trend_and_season_are_those_the_series_was_made_of():
    found = decompose(WEEKS, periods=7)
    assert np.abs(found.seasons[0] - np.tile(WEEK, 20)).max() < 1.5
    assert np.abs(found.trend - 100 - np.arange(140) / 7).max() < 1.0
    assert found.season_strengths[0] > 0.98
    assert found.trend_strength > 0.98
    assert found.is_seasonal


def test_one_season_equals_the_library():
    library = STL(WEEKS, period=7, seasonal=13, robust=True).fit()
    found = decompose(WEEKS, periods=7, window=13)
    assert found.seasons[0] == pytest.approx(library.seasonal, abs=1e-6)
    assert found.trend == pytest.approx(library.trend, abs=1e-6)


def test_the_season_is_the_same_throughout_unless_it_may_change():
    growing = np.tile(WEEK, 20) * np.linspace(1, 3, 140)
    fixed, moving = decompose(growing, periods=7), decompose(growing, periods=7, window=7)
    assert np.ptp(fixed.seasons[0].reshape(20, 7), axis=0).max() < 0.1
    assert moving.seasons[0] == pytest.approx(growing, abs=2.5)


def test_two_seasons_at_once():
    hours = np.arange(24 * 35)
    day, week = 5 * np.sin(2 * np.pi * hours / 24), 3 * np.sin(2 * np.pi * hours / 168)
    found = decompose(20 + day + week, periods=[168, 24])
    assert found.periods == (24, 168)
    assert np.abs(found.seasons[0] - day).max() < 0.3
    assert np.abs(found.seasons[1] - week).max() < 0.3


def test_noise_has_no_season_worth_showing():
    found = decompose(np.random.default_rng(5).normal(size=280), periods=7)
    assert found.season_strengths[0] < 0.3
    assert not found.is_seasonal


def test_one_bad_day_moves_neither_trend_nor_season():
    bad = WEEKS.copy()
    bad[70] += 500
    clean, found = decompose(WEEKS, periods=7), decompose(bad, periods=7)
    assert np.abs(found.expected - clean.expected).max() < 1.0
    assert found.remainder[70] == pytest.approx(clean.remainder[70] + 500, abs=1.0)


def test_a_gap_stays_a_gap_and_moves_little():
    holed = WEEKS.copy()
    holed[[30, 31, 75]] = np.nan
    found = decompose(holed, periods=7)
    assert np.flatnonzero(np.isnan(found.remainder)).tolist() == [30, 31, 75]
    assert np.abs(found.expected - decompose(WEEKS, periods=7).expected).max() < 1.5


def test_a_constant_has_no_season_and_no_remainder():
    found = decompose([7.0] * 21, periods=7)
    assert (found.season_strengths, found.trend_strength) == ((0.0,), 0.0)
    assert found.remainder.tolist() == [0.0] * 21


@pytest.mark.parametrize(
    ("values", "reason"),
    [([1.0] * 13, "14 values, not 13"), ([1.0, np.nan] * 10, "10 are missing"), ([], "14 values, not 0")],
)
def test_too_little_is_said_to_be_so(values, reason):
    found = decompose(values, periods=7)
    assert not found.is_enough
    assert reason in found.reason
    assert np.isnan(found.trend).all()
    assert np.isnan(found.seasons).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-1e6, 1e6), st.floats(0.01, 1e4))
def test_level_and_unit_only_move_and_scale_the_parts(seed, level, unit):
    values = np.random.default_rng(seed).normal(size=42) + np.tile(WEEK, 6)
    plain, moved = decompose(values, periods=7), decompose(level + unit * values, periods=7)
    room = 1e-6 * (unit + abs(level) * 1e-6)
    assert np.abs(moved.seasons - unit * plain.seasons).max() < 100 * room
    assert np.abs(moved.trend - level - unit * plain.trend).max() < 100 * room


@pytest.mark.parametrize(
    ("values", "periods", "sentence"),
    [
        ([1.0] * 20, 1, "at least two periods"),
        ([1.0] * 20, [7, 7], "each length once"),
        ([1.0, np.inf] * 10, 7, "finite"),
        (np.ones((4, 7)), 7, "one row"),
    ],
)
def test_what_cannot_be_taken_apart_is_refused(values, periods, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        decompose(values, periods=periods)
