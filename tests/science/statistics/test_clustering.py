"""Like beside like is told as published, and chance is not taken for it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.places.clustering import geary, local_geary, local_moran, moran
from wellserved.science.statistics.places.neighbours import nearest_neighbours, neighbours_of

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))["moran_stl"]
COUNTIES = neighbours_of(GOLDEN["data"]["neighbours"])
HOMICIDES = np.array(GOLDEN["data"]["values"])
SIDE = 8
GRID = [(x, y) for x in range(SIDE) for y in range(SIDE)]
ROOK = neighbours_of([[j for j, (u, v) in enumerate(GRID) if abs(u - x) + abs(v - y) == 1] for x, y in GRID])


def rng():
    return np.random.default_rng(7)


def test_the_homicides_around_st_louis():
    found = moran(HOMICIDES, COUNTIES, rng=rng())
    assert round(found.value, 4) == GOLDEN["I"]
    assert round(found.expected, 5) == GOLDEN["EI"]
    # The documentation of esda prints 0.24365582621771719.
    assert found.value == pytest.approx(0.24365582621771719, abs=1e-14)
    assert found.p <= 0.01
    contiguity = geary(HOMICIDES, COUNTIES, rng=rng())
    assert round(contiguity.value, 6) == GOLDEN["geary_C"]
    assert contiguity.p <= 0.01


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_all_four_equal_the_double_sum(seed):
    x = np.random.default_rng(seed).normal(size=SIDE * SIDE)
    w, z = ROOK.matrix().toarray(), x - x.mean()
    apart = np.subtract.outer(x, x) ** 2
    assert moran(x, ROOK, rng=rng(), permutations=99).value == pytest.approx(z @ w @ z / (z @ z) * len(x) / w.sum())
    expected = (len(x) - 1) * (w * apart).sum() / (2 * w.sum() * (z @ z))
    assert geary(x, ROOK, rng=rng(), permutations=99).value == pytest.approx(expected)
    local = local_moran(x, ROOK, rng=rng(), permutations=99)
    assert local.value == pytest.approx(z * (w @ z) / x.var(ddof=1))
    assert local_geary(x, ROOK, rng=rng(), permutations=99).value == pytest.approx(
        (w * apart).sum(axis=1) / x.var(ddof=1)
    )


def test_the_local_ones_add_up_to_the_whole():
    found = local_moran(HOMICIDES, COUNTIES, rng=rng())
    whole = moran(HOMICIDES, COUNTIES, rng=rng())
    assert found.value.sum() / (len(HOMICIDES) - 1) == pytest.approx(whole.value)


def test_chance_alone_is_seldom_a_pattern():
    draws = np.random.default_rng(1).normal(size=(150, SIDE * SIDE))
    p = [moran(x, ROOK, rng=rng(), permutations=199).p for x in draws]
    assert np.mean(np.array(p) <= 0.05) < 0.1
    assert np.mean(p) == pytest.approx(0.5, abs=0.08)


def test_chance_alone_seldom_has_a_hot_spot():
    draws = np.random.default_rng(2).normal(size=(20, SIDE * SIDE))
    found = [local_moran(x, ROOK, rng=rng()).is_found.any() for x in draws]
    assert np.mean(found) <= 0.15


def test_a_corner_that_is_high_is_found_and_named():
    x = np.random.default_rng(3).normal(0, 0.2, SIDE * SIDE)
    corner = np.array([u < 3 and v < 3 for u, v in GRID])
    x[corner] += 4
    found = local_moran(x, ROOK, rng=rng(), permutations=4999)
    # The very corner has but two neighbours, which chance makes high once in seventy deals; the area inside has four.
    assert found.labels()[9] == "high among high"
    assert found.p[0] > 0.01
    assert not found.is_found[~corner & (found.quadrant == 1)].any()
    assert set(found.labels()) - {""} <= {"high among high", "low among high"}


def test_one_high_area_among_low_ones_differs_from_its_neighbours():
    x = np.random.default_rng(4).normal(0, 0.1, SIDE * SIDE)
    x[27] += 5
    found = local_geary(x, ROOK, rng=rng())
    assert int(np.argmax(found.value)) == 27
    assert found.quadrant[27] == 4


def test_a_chequerboard_is_the_opposite_of_a_pattern():
    board = [(x + y) % 2 for x, y in GRID]
    assert moran(board, ROOK, rng=rng()).value == pytest.approx(-1)
    assert moran(board, ROOK, rng=rng()).p <= 0.01
    assert geary(board, ROOK, rng=rng()).value > 1.9


def test_the_same_seed_gives_the_same_figures():
    first, second = (local_moran(HOMICIDES, COUNTIES, rng=rng()) for _ in range(2))
    assert first.p.tolist() == second.p.tolist()


def test_an_island_has_no_figure_of_its_own():
    island = neighbours_of([[1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5, 7], [6], []])
    found = local_moran(np.arange(9.0), island, rng=rng())
    assert np.isnan([found.value[8], found.p[8], found.q[8]]).all()
    assert (found.quadrant[8], found.is_found[8]) == (0, False)
    assert moran(np.arange(9.0), island, rng=rng()).is_enough


@pytest.mark.parametrize(
    ("values", "lists", "reason"),
    [
        ([3.0] * 9, [[(i + 1) % 9] for i in range(9)], "same value"),
        ([1.0, 2.0], [[1], [0]], "not 2"),
        (np.arange(9.0), [[] for _ in range(9)], "No area has a neighbour"),
        ([], [], "not 0"),
    ],
)
def test_maps_that_say_nothing_are_said_to(values, lists, reason):
    neighbours = neighbours_of(lists)
    for found in (moran(values, neighbours, rng=rng()), geary(values, neighbours, rng=rng())):
        assert not found.is_enough
        assert reason in found.reason
        assert np.isnan(found.value)
    local = local_moran(values, neighbours, rng=rng())
    assert (local.is_enough, local.is_found.any(), len(local.value)) == (False, False, len(values))


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_nearest_are_those_found_by_looking_at_all(count, seed):
    points = np.random.default_rng(seed).normal(size=(12, 2))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + np.diag([np.inf] * 12)
    found = nearest_neighbours(points, count)
    sets = [set(found.other[found.area == area].tolist()) for area in range(12)]
    assert sets == [set(np.argsort(row)[:count].tolist()) for row in apart]


def test_areas_at_one_place_are_neighbours_and_never_their_own():
    found = nearest_neighbours([[0, 0]] * 4 + [[1, 1]], 2)
    assert (found.area != found.other).all()
    assert found.counts.tolist() == [2] * 5


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: neighbours_of([[0], [0]]), "not its own"),
        (lambda: neighbours_of([[1, 1], [0]]), "each neighbour once"),
        (lambda: neighbours_of([[5], [0]]), "one of the areas"),
        (lambda: nearest_neighbours([[0, 0], [1, 1]], 2), "1 to 1 neighbours"),
        (lambda: nearest_neighbours([[0, np.nan], [1, 1]], 1), "finite coordinates"),
        (lambda: moran([1.0] * 3, ROOK, rng=rng()), "each of the 64 areas"),
        (lambda: moran(np.arange(64.0), ROOK, rng=rng(), permutations=9), "at least 99"),
    ],
)
def test_what_is_no_map_is_refused(build, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        build()
