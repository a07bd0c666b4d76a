"""Intervals of shares equal published tables and behave as intervals must."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared
from wellserved.science.statistics import StatisticsError, difference, wilson

counts = st.integers(1, 5_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def test_wilson_equals_the_published_table():
    golden = json.loads(shared("data/golden/methods.json").read_text())["wilson"]["cases"]
    found = wilson([case["x"] for case in golden], [case["n"] for case in golden])
    assert found.low.round(4).tolist() == [case["lo"] for case in golden]
    assert found.high.round(4).tolist() == [case["hi"] for case in golden]


# Newcombe (1998), table II, method 10, as printed to four places.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(("counted", "bounds"), NEWCOMBE)
def test_the_difference_of_two_shares_equals_the_published_table(counted, bounds):
    kept, total, other_kept, other_total = counted
    found = difference(kept, total, other_kept=other_kept, other_total=other_total)
    assert (round(found.low, 4), round(found.high, 4)) == bounds


@given(counts)
def test_an_interval_lies_between_nothing_and_all_and_holds_its_share(counted):
    kept, total = counted
    found = wilson(kept, total)
    assert 0.0 <= found.low <= kept / total + 1e-12
    assert kept / total - 1e-12 <= found.high <= 1.0


@given(counts)
def test_kept_and_broken_mirror_each_other(counted):
    kept, total = counted
    found, mirrored = wilson(kept, total), wilson(total - kept, total)
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)
    assert found.high == pytest.approx(1 - mirrored.low, abs=1e-12)


@given(st.integers(1, 2_000))
def test_more_kept_of_as_many_moves_both_bounds_up(total):
    found = wilson(np.arange(total + 1), total)
    assert (np.diff(found.low) > 0).all()
    assert (np.diff(found.high) > 0).all()


@given(counts)
def test_the_same_share_of_more_cases_is_known_better(counted):
    kept, total = counted
    few, many = wilson(kept, total), wilson(10 * kept, 10 * total)
    assert many.high - many.low < few.high - few.low


@given(counts, st.floats(0.5, 0.99), st.floats(0.001, 0.009))
def test_more_confidence_needs_more_room(counted, confidence, more):
    narrow, wide = wilson(*counted, confidence=confidence), wilson(*counted, confidence=confidence + more)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(counts, counts)
def test_a_difference_turns_round_with_its_shares(first, second):
    found = difference(*first, other_kept=second[0], other_total=second[1])
    turned = difference(*second, other_kept=first[0], other_total=first[1])
    apart = first[0] / first[1] - second[0] / second[1]
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low), abs=1e-12)
    assert -1.0 <= found.low <= apart + 1e-12
    assert apart - 1e-12 <= found.high <= 1.0


@given(st.lists(counts, min_size=1, max_size=20))
def test_arrays_answer_as_scalars_do(rows):
    kept, total = (np.array(column) for column in zip(*rows, strict=True))
    single = [wilson(*row) for row in rows]
    found = wilson(kept, total)
    assert found.low.tolist() == [one.low for one in single]
    assert found.high.tolist() == [one.high for one in single]
    apart = difference(kept, total, other_kept=1, other_total=3)
    assert apart.low.tolist() == [difference(*row, other_kept=1, other_total=3).low for row in rows]


def test_scalars_give_floats_and_arrays_keep_their_shape():
    assert type(wilson(1, 2).low) is float
    assert wilson(np.ones((2, 3)), 4).high.shape == (2, 3)


def test_of_no_cases_nothing_is_known():
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
    nothing = difference(0, 0, other_kept=3, other_total=4)
    assert (nothing.low, nothing.high) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("kept", "total", "sentence"),
    [(-1, 3, "between none and all"), (4, 3, "between none and all"), (math.nan, 3, "finite"), (1, math.inf, "finite")],
)
def test_counts_that_cannot_be_are_refused(kept, total, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        wilson(kept, total)


def test_certainty_is_refused():
    with pytest.raises(StatisticsError, match=r"between 0 and 1, such as 0\.95"):
        wilson(1, 2, confidence=1)
