"""What answers say of a question, and whether two figures go together."""

import pytest

from wellserved.science.statistics import StatisticsError, correlation, item_discrimination


def test_a_question_the_best_get_right_tells_apart_and_one_they_get_wrong_tells_the_reverse():
    rest = [1.0, 0.75, 0.5, 0.25]
    assert round(item_discrimination([True, True, False, False], rest), 4) == 0.8944
    assert round(item_discrimination([False, False, True, True], rest), 4) == -0.8944


def test_where_everybody_did_alike_nothing_is_told_apart():
    assert item_discrimination([True, True, True], [0.2, 0.5, 0.9]) is None
    assert item_discrimination([True, False, True], [0.5, 0.5, 0.5]) is None
    assert item_discrimination([True], [0.5]) is None


def test_fewer_than_four_pairs_have_no_interval():
    assert correlation([1, 2, 3], [3, 2, 1]) is None


def test_a_perfect_correlation_stays_within_its_bounds():
    found = correlation([1, 2, 3, 4], [2, 4, 6, 8])
    assert (found.value, found.pairs) == (1.0, 4)
    assert -1 <= found.low <= found.high <= 1


def test_the_interval_is_fishers():
    found = correlation([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 5, 8, 7])
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.9048, 0.5521, 0.9828)


def test_figures_of_different_groups_are_refused():
    with pytest.raises(StatisticsError):
        correlation([1, 2], [1])
