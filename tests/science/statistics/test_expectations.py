"""Features, gaps and grids: Kano, SERVQUAL, importance against performance."""

import json
import math
import pathlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.importance import importance_performance, stated_derived
from wellserved.science.statistics.kano import CATEGORIES, kano, kano_of_counts
from wellserved.science.statistics.servqual import dimension_scores, mean_interval, servqual

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden_drivers.json").read_text())


def test_better_and_worse_are_those_of_the_worked_example():
    found = kano_of_counts(GOLDEN["kano"]["counts"])
    assert (found.better, found.worse) == (GOLDEN["kano"]["better"], GOLDEN["kano"]["worse"])
    assert (found.answers, found.category, found.is_clear) == (100, "A", False)
    assert found.better_bounds.low < 0.7 < found.better_bounds.high
    assert found.worse_bounds.low < -0.5 < found.worse_bounds.high


def test_every_pair_of_answers_has_the_category_of_the_evaluation_table():
    table = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    found = [[kano([row] * 20, [column] * 20).category for column in range(1, 6)] for row in range(1, 6)]
    assert found == [list(row) for row in table]


@pytest.mark.parametrize(
    ("counts", "category"),
    [
        ({"M": 10, "O": 10}, "M"),
        ({"O": 10, "A": 10}, "O"),
        ({"A": 10, "I": 10}, "A"),
        ({"I": 10, "R": 10}, "I"),
        ({"R": 10, "Q": 10}, "R"),
        ({"M": 5, "O": 5, "A": 5, "I": 5, "R": 5, "Q": 5}, "M"),
    ],
)
def test_of_equals_the_one_that_does_more_harm_wins_and_is_not_clear(counts, category):
    found = kano_of_counts(counts)
    assert (found.category, found.is_clear) == (category, False)


def test_a_lead_beyond_chance_is_clear():
    # 1.645 √(100 · (200 - 100) / 200) = 11.6 answers apart.
    assert not kano_of_counts({"M": 55, "O": 45}).is_clear
    assert kano_of_counts({"M": 56, "O": 44}).is_clear
    assert kano_of_counts({"M": 30}).is_clear


def test_few_answers_have_no_category_and_none_no_coefficient():
    few = kano_of_counts({"A": 19})
    assert (few.category, few.is_enough, few.better) == ("", False, 1.0)
    assert few.reason == "A category needs 20 answers, and there are 19."
    none = kano_of_counts({"R": 30})
    assert (none.category, math.isnan(none.better), math.isnan(none.worse)) == ("R", True, True)
    assert (none.better_bounds.low, none.better_bounds.high) == (0.0, 1.0)
    assert kano([], []).answers == 0


def test_unanswered_pairs_are_left_out():
    assert kano([1, math.nan, 1], [5, 5, math.nan]).counts == {"M": 0, "O": 1, "A": 0, "I": 0, "R": 0, "Q": 0}


@given(st.lists(st.integers(0, 50), min_size=6, max_size=6))
def test_coefficients_stay_in_their_bounds(sizes):
    found = kano_of_counts(dict(zip(CATEGORIES, [*sizes[:3], sizes[3] + 1, *sizes[4:]], strict=True)))
    assert 0 <= found.better_bounds.low <= found.better <= found.better_bounds.high <= 1
    assert -1 <= found.worse_bounds.low <= found.worse <= found.worse_bounds.high <= 0


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (lambda: kano([1, 2], [1]), "one answer for having"),
        (lambda: kano([6], [1]), "from 1"),
        (lambda: kano([1.5], [1]), "whole number"),
        (lambda: kano_of_counts({"X": 1}), "M, O, A, I, R and Q"),
        (lambda: kano_of_counts({"A": -1}), "none or more"),
    ],
)
def test_answers_that_cannot_be_are_refused(given_, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        given_()


def test_gaps_are_those_of_the_worked_example():
    golden = GOLDEN["servqual"]
    found = servqual(golden["E"], golden["P"], weights=golden["w"])
    assert found.gaps == pytest.approx(golden["gaps"])
    assert found.unweighted == pytest.approx(golden["unweighted"])
    assert found.weighted == pytest.approx(golden["weighted"])
    assert found.performance == pytest.approx(float(np.dot(golden["P"], golden["w"])))
    assert np.isnan(found.low).all()
    assert found.answers.tolist() == [0] * 5


def test_hundred_points_weigh_as_shares_do():
    golden = GOLDEN["servqual"]
    points = servqual(golden["E"], golden["P"], weights=[100 * share for share in golden["w"]])
    people = servqual(golden["E"], golden["P"], weights=[golden["w"], [50 * share for share in golden["w"]]])
    assert points.weighted == people.weighted == pytest.approx(golden["weighted"])
    assert servqual(golden["E"], golden["P"]).weighted == pytest.approx(golden["unweighted"])


def test_gaps_of_people_have_students_interval():
    found = servqual([[6, 5], [7, math.nan], [5, 6]], [[4, 5], [6, 4], [5, 4]])
    # Differences -2, -1, 0: mean -1, standard deviation 1, 4.3027 / √3.
    assert found.gaps.tolist() == [-1.0, -1.0]
    assert found.low[0] == pytest.approx(-1 - 4.30265 / math.sqrt(3), abs=1e-5)
    assert found.high[0] == pytest.approx(-1 + 4.30265 / math.sqrt(3), abs=1e-5)
    assert found.answers.tolist() == [3, 2]
    assert found.expected.tolist() == [6.0, 5.5]
    assert np.isnan(servqual([[6.0]], [[5.0]]).low).all()


def test_statements_make_five_dimensions_and_half_of_them_are_enough():
    answers = np.arange(1.0, 23.0)
    assert dimension_scores(answers).tolist() == [[2.5, 7.0, 11.5, 15.5, 20.0]]
    answers[[0, 1, 4, 5, 6]] = np.nan
    found = dimension_scores(answers)[0]
    assert found[0] == 3.5
    assert math.isnan(found[1])


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (lambda: servqual([1, 2], [1]), "one shape"),
        (lambda: servqual([], []), "one shape"),
        (lambda: servqual([math.inf], [1]), "finite"),
        (lambda: servqual([[math.nan]], [[1]]), "at least one person"),
        (lambda: servqual([1, 2], [1, 2], weights=[1]), "Give 2 weights"),
        (lambda: servqual([1, 2], [1, 2], weights=[0, 0]), "100 points"),
        (lambda: servqual([1, 2], [1, 2], weights=[2, -1]), "none or more"),
        (lambda: dimension_scores([1, 2]), "22 statements"),
        (lambda: mean_interval([1], confidence=2), "between 0 and 1"),
        (lambda: importance_performance([[1]], [[1, 2]], ["a"]), "one column for each"),
        (lambda: importance_performance([[math.nan]], [[1]], ["a"]), "needs an answer"),
        (lambda: importance_performance([[math.inf]], [[1]], ["a"]), "finite"),
        (lambda: stated_derived([1], [1, 2]), "same order"),
        (lambda: stated_derived([1, math.nan], [1, 2]), "not known"),
    ],
)
def test_scores_that_cannot_be_are_refused(given_, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        given_()


def test_each_corner_of_the_grid_has_its_name():
    names = ["reply time", "courtesy", "layout", "gifts"]
    rng = np.random.default_rng(1)
    wanted = np.array([9, 8, 3, 2]) + rng.normal(scale=0.5, size=(40, 4))
    seen = np.array([3, 9, 2, 8]) + rng.normal(scale=0.5, size=(40, 4))
    found = importance_performance(wanted, seen, names)
    assert [one.place for one in found.attributes] == [
        "concentrate here",
        "keep up the good work",
        "low priority",
        "possible overkill",
    ]
    assert all(one.is_clear for one in found.attributes)
    first = found.attributes[0]
    assert first.gap == pytest.approx(first.importance - first.performance)
    assert first.gap_low < first.gap < first.gap_high
    assert found.importance_line == pytest.approx(wanted.mean())


def test_lines_of_ones_own_can_find_that_nothing_is_weak():
    wanted, seen = [[9, 8], [8, 9]], [[8, 9], [9, 8]]
    alike = importance_performance(wanted, seen, ["a", "b"])
    assert (alike.is_enough, [one.place for one in alike.attributes]) == (False, ["", ""])
    assert "give lines of your own" in alike.reason
    middle = importance_performance(wanted, seen, ["a", "b"], lines=(5.5, 5.5))
    assert [one.place for one in middle.attributes] == ["keep up the good work"] * 2
    # Two people who differ by one: the interval of a mean of two is wide.
    assert not middle.attributes[0].is_clear


def test_people_who_are_not_the_same_have_means_and_no_gap():
    found = importance_performance([[9, 4], [8, 5]], [[3, 8]], ["a", "b"])
    assert math.isnan(found.attributes[0].gap)
    assert found.attributes[0].gap_high == math.inf
    assert found.attributes[0].answers == 0


def test_what_is_said_and_what_moves_part_four_kinds():
    found = stated_derived([9, 9, 2, 2], [0.5, 0.1, 0.5, 0.1])
    assert found.kinds == ("key", "given", "hidden", "minor")
    assert found.agreement == 0
    assert stated_derived([1, 2, 3], [10, 20, 30]).agreement == pytest.approx(1)
    alike = stated_derived([5, 5], [0.1, 0.2])
    assert (alike.kinds, alike.is_enough, math.isnan(alike.agreement)) == (("", ""), False, True)


def test_one_answer_bounds_no_mean():
    assert mean_interval([3.0, math.nan]).high == math.inf
