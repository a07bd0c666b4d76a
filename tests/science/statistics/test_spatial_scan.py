"""Crowds of cases are found where they were put, and not in chance."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.places.spatial_scan import spatial_scan

GRID = np.array([(x, y) for x in range(10) for y in range(10)], dtype=float)


def rng():
    return np.random.default_rng(5)


def brute(cases, population, points, largest=0.5):
    """Every circle, one after the other."""
    total, share = cases.sum(), cases.sum() / population.sum()
    best = 0.0
    for middle in points:
        apart = np.hypot(*(points - middle).T)
        for radius in np.unique(apart.round(9)):
            inside = apart <= radius + 1e-9
            c, e = cases[inside].sum(), population[inside].sum() * share
            high = c > e and e <= largest * total + 1e-9
            rest = (total - c) * math.log((total - c) / (total - e)) if c < total else 0.0
            best = max(best, c * math.log(c / e) + rest if high else 0.0)
    return best


def test_the_ratio_of_thirty_where_fifteen_were_expected_of_two_hundred():
    # Five places in a row, the first apart: 30 ln 2 + 170 ln(170/185) = 6.4197.
    points = [[0, 0], [100, 0], [101, 0], [102, 0], [103, 0]]
    found = spatial_scan([30, 43, 42, 43, 42], [15, 46.25, 46.25, 46.25, 46.25], points, rng=rng())
    assert found.best.areas == (0,)
    assert round(found.best.log_likelihood_ratio, 4) == 6.4197
    assert (found.best.cases, found.best.expected) == (30, pytest.approx(15))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_best_circle_is_that_of_looking_at_all(seed):
    draw = np.random.default_rng(seed)
    points, population = draw.integers(0, 6, (20, 2)).astype(float), draw.integers(1, 200, 20).astype(float)
    cases = draw.poisson(population / 10) + 1.0
    found = spatial_scan(cases, population, points, rng=rng(), replicates=99)
    assert getattr(found.best, "log_likelihood_ratio", 0.0) == pytest.approx(brute(cases, population, points))


def test_two_crowds_are_found_apart():
    cases = np.full(100, 10.0)
    first, second = np.hypot(*(GRID - [2, 2]).T) <= 1, np.hypot(*(GRID - [7, 7]).T) <= 1
    cases[first] = 30
    cases[second] = 25
    found = spatial_scan(cases, [1000] * 100, GRID, rng=rng())
    assert [set(one.areas) for one in found.found[:2]] == [set(np.flatnonzero(first)), set(np.flatnonzero(second))]
    assert found.found[0].p == 0.001
    assert found.found[0].radius == pytest.approx(1.0)
    assert found.found[0].ratio > 2.5
    areas = [area for one in found.found for area in one.areas]
    assert len(areas) == len(set(areas))


def test_chance_alone_is_seldom_a_crowd():
    draw = np.random.default_rng(1)
    population = draw.integers(50, 500, 40)
    points = draw.random((40, 2))
    tables = [draw.multinomial(200, population / population.sum()) for _ in range(60)]
    found = [bool(spatial_scan(table, population, points, rng=rng(), replicates=199).found) for table in tables]
    assert np.mean(found) <= 0.12


def test_many_customers_are_no_crowd_of_cases():
    population = np.full(100, 100.0)
    population[44] = 50_000
    found = spatial_scan(population / 10, population, GRID, rng=rng())
    assert found.found == ()
    assert found.reason == "No circle holds more cases than chance explains."


def test_no_circle_holds_more_than_half_of_the_customers():
    cases = np.where(GRID[:, 0] < 7, 12.0, 2.0)
    found = spatial_scan(cases, [100] * 100, GRID, rng=rng(), largest=0.3)
    assert all(len(one.areas) <= 30 for one in found.found)


def test_the_same_seed_gives_the_same_figures():
    cases = np.random.default_rng(2).poisson(5, 100)
    assert spatial_scan(cases, [50] * 100, GRID, rng=rng()) == spatial_scan(cases, [50] * 100, GRID, rng=rng())


@pytest.mark.parametrize(
    ("cases", "population"), [([3] * 4, [9] * 4), ([0] * 9 + [9], [9] * 10), ([5] * 4 + [0] * 6, [9] * 4 + [0] * 6)]
)
def test_too_little_is_said_to_be_so(cases, population):
    found = spatial_scan(cases, population, GRID[: len(cases)], rng=rng())
    assert (found.is_enough, found.found, found.best) == (False, (), None)
    assert "areas with customers and 10 cases" in found.reason


@pytest.mark.parametrize(
    ("cases", "options", "sentence"),
    [
        ([1] * 99, {}, "its cases and its customers"),
        ([-1] * 100, {}, "never negative"),
        ([1] * 100, {"largest": 0.6}, "at most half"),
        ([1] * 100, {"replicates": 9}, "99 replicates"),
    ],
)
def test_what_cannot_be_scanned_is_refused(cases, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        spatial_scan(cases, [9] * 100, GRID, rng=rng(), **options)


def test_too_many_areas_and_too_few_points_are_refused():
    with pytest.raises(StatisticsError, match="add sectors up"):
        spatial_scan(np.ones(1001), np.ones(1001), np.zeros((1001, 2)), rng=rng())
    with pytest.raises(StatisticsError, match="coordinates of its middle"):
        spatial_scan(np.ones(9), np.ones(9), GRID, rng=rng())
