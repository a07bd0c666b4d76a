"""Changes of level are found where they are, and not where none is."""

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.datasets import nile

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.change_points import change_points


def test_the_nile_fell_in_1899():
    # Cobb (1978): the annual flow at Aswan from 1871 changed once, with the dam of 1899, the 29th year.
    found = change_points(nile.load().data["volume"].to_numpy(dtype=float))
    assert [change.at for change in found.found] == [28]
    assert (round(found.found[0].before, 2), round(found.found[0].after, 2)) == (1097.75, 849.97)
    assert found.found[0].p < 1e-6


def test_the_segments_are_those_of_pelt():
    rng = np.random.default_rng(8)
    row = np.repeat([0.0, 6.0, -3.0, 4.0], [40, 25, 60, 30]) + rng.normal(size=155)
    found = change_points(row)
    pelt = ruptures.Pelt(model="l2", min_size=5, jump=1).fit(row).predict(pen=found.penalty)
    assert [change.at for change in found.found] == pelt[:-1] == [40, 65, 125]
    assert np.diff(found.levels).nonzero()[0].tolist() == [39, 64, 124]


def test_the_penalty_is_the_one_it_says():
    row = np.random.default_rng(2).normal(size=200)
    differences = np.diff(row)
    noise = 1.4826 * np.median(np.abs(differences - np.median(differences))) / np.sqrt(2)
    assert change_points(row).penalty == pytest.approx(2 * noise**2 * np.log(200))


def test_noise_alone_shows_few_changes():
    rng = np.random.default_rng(11)
    assert np.mean([bool(change_points(rng.normal(size=80)).found) for _ in range(300)]) < 0.06


def test_leaning_noise_shows_few_changes():
    noise = np.random.default_rng(12).normal(size=(200, 150))
    rows = np.zeros_like(noise)
    for place in range(1, 150):
        rows[:, place] = 0.5 * rows[:, place - 1] + noise[:, place]
    assert np.mean([bool(change_points(row[50:]).found) for row in rows]) < 0.1


def test_counts_of_chance_alone_show_few_changes_and_a_doubling_is_found():
    rng = np.random.default_rng(13)
    assert np.mean([bool(change_points(rng.poisson(4, 60), kind="counts").found) for _ in range(200)]) < 0.06
    rows = [np.concatenate([rng.poisson(9, 30), rng.poisson(18, 30)]) for _ in range(30)]
    doubled = [change_points(row, kind="counts") for row in rows]
    assert np.mean([len(one.found) == 1 and abs(one.found[0].at - 30) <= 3 for one in doubled]) > 0.85


def test_a_straight_line_is_no_staircase():
    found = change_points(np.arange(60) + np.random.default_rng(3).normal(size=60))
    assert found.found == ()
    assert "straight line" in found.reason


def test_equal_values_have_no_change():
    found = change_points([4.0] * 30)
    assert (found.found, found.reason) == ((), "No change of level was found.")
    assert found.levels.tolist() == [4.0] * 30


def test_a_step_without_noise_is_found():
    found = change_points([1.0] * 10 + [2.0] * 10)
    assert [change.at for change in found.found] == [10]
    assert found.found[0].p < 0.01


@pytest.mark.parametrize("row", [[], [1.0], list(range(11))])
def test_few_values_are_said_to_be_few(row):
    found = change_points(row)
    assert not found.is_enough
    assert f"not {len(row)}" in found.reason
    assert found.found == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_level_and_unit_move_no_change(seed, level, unit):
    row = np.round(np.random.default_rng(seed).normal(size=40) + np.repeat([0, 4], 20), 3)
    plain, moved = change_points(row), change_points(level + unit * row)
    assert [change.at for change in moved.found] == [change.at for change in plain.found]


@pytest.mark.parametrize(
    ("row", "options", "sentence"),
    [
        ([1.0] * 20, {"segment": 1}, "at least two periods"),
        ([1.0] * 20, {"penalty": 0.0}, "above 0"),
        ([-1.0] * 20, {"kind": "counts"}, "never negative"),
        ([np.nan] * 20, {}, "every period"),
        (np.zeros(5001), {}, "add hours up to days"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(row, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        change_points(row, **options)
