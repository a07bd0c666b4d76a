"""Pareto charts and the parts of a change add up, keep ties together and claim nothing that chance explains."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.science.statistics.published_charts import GOLDEN
from wellserved.science.statistics.decomposition import mix_and_rate, pareto, rank_ranges
from wellserved.science.statistics.errors import StatisticsError

tallies = st.lists(st.integers(0, 300), min_size=2, max_size=15).filter(any)
rate = st.floats(0, 1)
group = st.tuples(st.integers(0, 99), rate, st.integers(0, 99), rate)
periods = st.lists(group, min_size=1, max_size=12).filter(
    lambda found: any(g[0] for g in found) and any(g[2] for g in found)
)


def named(counts):
    return [f"cause {number}" for number in range(len(counts))]


def test_a_total_that_fell_although_no_group_did():
    told = GOLDEN["mix_rate"]
    found = mix_and_rate(told["w0"], told["r0"], later_cases=told["w1"], later_rates=told["r1"])
    assert (found.change, found.mix, found.rate) == pytest.approx((told["delta"], told["mix"], told["rate"]), abs=1e-12)
    assert found.is_reversed


def test_the_admissions_to_berkeley():
    # Bickel, P. J., Hammel, E. A. and O'Connell, J. W. (1975). Sex bias in graduate admissions: data from Berkeley.
    # Science 187, 398-404: applicants and admitted of the six largest departments, men and women.
    men, men_in = np.array([825, 560, 325, 417, 191, 373]), np.array([512, 353, 120, 138, 53, 22])
    women, women_in = np.array([108, 25, 593, 375, 393, 341]), np.array([89, 17, 202, 131, 94, 24])
    found = mix_and_rate(men, men_in / men, later_cases=women, later_rates=women_in / women)
    assert (round(found.before, 4), round(found.after, 4)) == (0.4452, 0.3035)
    # Women had 14 points less, but through where they applied; where they did, they had no less.
    assert found.mix < found.change < 0 < found.rate
    assert found.change == pytest.approx(found.mix + found.rate, abs=1e-12)


@given(periods)
@settings(max_examples=80)
def test_the_parts_add_up_by_group_and_in_all(found_groups):
    old, old_rates, new, new_rates = (np.array(column, dtype=float) for column in zip(*found_groups, strict=True))
    found = mix_and_rate(old, old_rates, later_cases=new, later_rates=new_rates)
    assert found.mix + found.rate == pytest.approx(found.change, abs=1e-12)
    assert found.mix_by_group.sum() == pytest.approx(found.mix, abs=1e-12)
    assert found.rate_by_group.sum() == pytest.approx(found.rate, abs=1e-12)
    assert found.before == pytest.approx(np.average(old_rates, weights=old), abs=1e-12)
    assert found.after == pytest.approx(np.average(new_rates, weights=new), abs=1e-12)


@given(periods)
@settings(max_examples=40)
def test_nothing_changes_without_a_change(found_groups):
    old, rates, _, _ = (np.array(column, dtype=float) for column in zip(*found_groups, strict=True))
    found = mix_and_rate(old, rates, later_cases=7 * old, later_rates=rates)
    assert (found.mix, found.rate, found.is_reversed) == (pytest.approx(0, abs=1e-12), 0.0, False)


def test_a_group_that_is_new_or_gone_counts_to_the_mix():
    found = mix_and_rate([10, 10, 0], [0.8, 0.6, math.nan], later_cases=[10, 0, 10], later_rates=[0.8, math.nan, 0.9])
    assert (found.rate, round(found.mix, 12), round(found.change, 12)) == (0.0, 0.15, 0.15)


def test_the_vital_few():
    found = pareto(["late", "wrong", "rude", "lost", "other"], [6, 60, 25, 5, 4])
    assert [row.name for row in found.rows] == ["wrong", "rude", "late", "lost", "other"]
    assert (found.found, found.is_tied, found.is_enough) == (("wrong", "rude"), False, True)
    assert [row.cumulative for row in found.rows] == pytest.approx([0.6, 0.85, 0.91, 0.96, 1.0])


def test_exactly_the_share_is_enough():
    assert pareto(["a", "b", "c"], [70, 10, 20], vital=0.9).found == ("a", "c")
    # In floats 0.7 + 0.1 falls short of 0.8 by its last digit.
    assert pareto(["a", "b", "c", "d"], [70, 10, 9, 11], vital=0.81).found == ("a", "d")


def test_causes_as_large_as_the_last_of_the_few_belong_to_them():
    found = pareto(["a", "b", "c", "d", "e"], [60, 10, 10, 10, 10], vital=0.75)
    assert (found.found, found.is_tied) == (("a", "b", "c", "d", "e"), True)
    assert not pareto(["a", "b", "c"], [60, 20, 5]).is_tied


def test_even_causes_have_no_vital_few():
    found = pareto(["a", "b", "c", "d"], [26, 24, 25, 27])
    assert (found.found, found.is_enough) == ((), False)
    assert "no more than chance does (p = 0.98)" in found.reason
    few = pareto(["a", "b", "c"], [5, 1, 1])
    assert (few.found, few.p_value) == ((), None)
    assert "from 15 cases on; there are 7" in few.reason
    assert "One cause" in pareto(["a"], [99]).reason


def test_weights_put_the_costly_first():
    found = pareto(["many", "dear"], [90, 10], weights=[1, 50])
    assert [(row.name, row.count) for row in found.rows] == [("dear", 500.0), ("many", 90.0)]
    assert found.found == ("dear",)


@given(tallies)
@settings(max_examples=80)
def test_a_pareto_adds_up_in_order(counts):
    found = pareto(named(counts), counts)
    sizes = [row.count for row in found.rows]
    assert sizes == sorted(counts, reverse=True)
    assert found.rows[-1].cumulative == pytest.approx(1.0)
    assert [row.is_vital for row in found.rows] == sorted((row.is_vital for row in found.rows), reverse=True)
    vital = [row.count for row in found.rows if row.is_vital]
    assert not found.is_enough or sum(vital) >= 0.8 * sum(counts) * (1 - 1e-9)
    assert not found.is_enough or sum(size for size in vital if size > vital[-1]) < 0.8 * sum(counts)


@given(st.lists(st.integers(10, 300), min_size=2, max_size=15))
@settings(max_examples=40)
def test_the_doubt_equals_scipys_chi_square(counts):
    assert pareto(named(counts), counts).p_value == pytest.approx(stats.chisquare(counts).pvalue, rel=1e-9)


def test_even_causes_are_called_a_pareto_one_time_in_twenty():
    drawn = np.random.default_rng(7).multinomial(400, [0.1] * 10, size=1000)
    share = np.mean([pareto(named(counts), counts).is_enough for counts in drawn])
    assert share == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / 1000))


def test_places_are_as_sure_as_the_counts_are_apart():
    rng = np.random.default_rng(7)
    found = rank_ranges(["far", "near", "close", "none"], [500, 52, 48, 0], rng=rng)
    assert [(one.low, one.high) for one in found] == [(1, 1), (2, 3), (2, 3), (4, 4)]


REFUSED = [
    (lambda: pareto(["a"], [1, 2]), "one figure for each name"),
    (lambda: pareto(["a", "a"], [1, 2]), "comes twice"),
    (lambda: pareto(["a", "b"], [0, 0]), "at least one case"),
    (lambda: pareto([], []), "at least one case"),
    (lambda: pareto(["a", "b"], [-1, 2]), "from 0 on"),
    (lambda: pareto(["a", "b"], [1, 2], vital=1), "between 0 and 1"),
    (lambda: rank_ranges(["a"], [1.5], rng=np.random.default_rng(1)), "whole counts"),
    (lambda: rank_ranges(["a"], [0], rng=np.random.default_rng(1)), "at least one case"),
    (lambda: rank_ranges(["a"], [1], rng=np.random.default_rng(1), draws=5), "100 draws"),
    (lambda: mix_and_rate([1], [1], later_cases=[1, 2], later_rates=[1, 2]), "same groups"),
    (lambda: mix_and_rate([0], [1], later_cases=[1], later_rates=[1]), "without cases"),
    (lambda: mix_and_rate([1], [math.nan], later_cases=[1], later_rates=[1]), "only one without cases"),
    (lambda: mix_and_rate([-1], [1], later_cases=[1], later_rates=[1]), "from 0 on"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_cannot_be_taken_apart_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
