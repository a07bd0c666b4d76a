"""Agreement equals published tables, other libraries and its own definition by brute force."""

import itertools
import json
import math
import pathlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

from wellserved.science.statistics.agreement import (
    cohen_kappa,
    count_ratings,
    fleiss_kappa,
    gwet_ac1,
    icc,
    kappa_of_table,
    krippendorff_alpha,
)
from wellserved.science.statistics.errors import StatisticsError

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden_drivers.json").read_text())
SCORES = GOLDEN["icc"]["scores"]


def test_kappa_equals_the_worked_example():
    golden = GOLDEN["kappa"]
    found = kappa_of_table(golden["table"])
    assert found.value == pytest.approx(golden["kappa"])
    assert round(found.standard_error, 3) == golden["se"]
    assert (found.raw, found.expected, found.items, found.band) == (0.7, 0.5, 50, "recalibrate")


def test_ac1_equals_the_worked_example():
    (both_a, first_a), (second_a, both_b) = GOLDEN["kappa"]["table"]
    items = np.repeat([[2, 0], [1, 1], [0, 2]], [both_a, first_a + second_a, both_b], axis=0)
    assert round(gwet_ac1(items).value, 6) == GOLDEN["kappa"]["gwet_ac1"]


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_equals_the_published_example(scale):
    golden = GOLDEN["krippendorff"]
    assert round(krippendorff_alpha(golden["data"], scale=scale).value, 3) == golden[scale]


@pytest.mark.parametrize("name", ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"])
def test_intraclass_correlations_equal_those_of_shrout_and_fleiss(name):
    one = icc(SCORES).coefficients[name]
    key = name.lower().replace("(", "").replace(")", "").replace(",", "")
    assert round(one.value, 4) == GOLDEN["icc"][key]
    assert [round(one.low, 3), round(one.high, 3)] == GOLDEN["icc"]["intervals"][name]


def test_intraclass_correlations_are_tested_as_published():
    found = icc(SCORES).coefficients
    assert (round(found["ICC(1,1)"].f, 2), found["ICC(1,1)"].freedom) == (1.79, (5, 18))
    assert round(found["ICC(1,k)"].p_value, 5) == 0.16477
    assert (round(found["ICC(2,1)"].f, 2), found["ICC(3,k)"].freedom) == (11.03, (5, 15))
    assert round(found["ICC(3,1)"].p_value, 5) == 0.00013


def test_fleiss_equals_the_published_example():
    golden = GOLDEN["fleiss"]
    assert round(fleiss_kappa(golden["counts"]).value, 3) == golden["kappa"]


tables = st.integers(2, 4).flatmap(
    lambda size: st.lists(st.lists(st.integers(1, 30), min_size=size, max_size=size), min_size=size, max_size=size)
)


@given(tables, st.sampled_from(["none", "linear", "quadratic"]))
@settings(max_examples=60)
def test_kappa_equals_that_of_another_library(table, weights):
    other = inter_rater.cohens_kappa(
        np.array(table), wt={"none": None, "linear": "linear", "quadratic": "quadratic"}[weights]
    )
    found = kappa_of_table(table, weights=weights)
    assert found.value == pytest.approx(other.kappa, abs=1e-9)
    assert found.standard_error == pytest.approx(other.std_kappa, abs=1e-9)
    assert found.p_value == pytest.approx(other.pvalue_two_sided, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=4, max_size=60))
@settings(max_examples=40)
def test_kappa_of_ratings_equals_that_of_another_library(pairs):
    first, second = zip(*[*pairs, (0, 0), (3, 2)], strict=True)
    found = cohen_kappa(first, second, weights="quadratic", categories=range(4))
    assert found.value == pytest.approx(cohen_kappa_score(first, second, weights="quadratic", labels=range(4)))


@given(st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=5, max_size=40))
@settings(max_examples=40)
def test_fleiss_equals_that_of_another_library(rows):
    counts = count_ratings(np.array([*rows, [0, 0, 1], [2, 2, 2]]).T)
    assert fleiss_kappa(counts).value == pytest.approx(inter_rater.fleiss_kappa(counts), abs=1e-9)


def test_agreement_by_chance_alone_is_rejected_as_often_as_allowed():
    rng = np.random.default_rng(1)
    fleiss = [fleiss_kappa(count_ratings(rng.integers(0, 3, size=(4, 60)))).p_value for _ in range(300)]
    cohen = [cohen_kappa(*rng.integers(0, 3, size=(2, 80))).p_value for _ in range(300)]
    assert 0.02 <= np.mean(np.array(fleiss) < 0.05) <= 0.09
    assert 0.02 <= np.mean(np.array(cohen) < 0.05) <= 0.09


@pytest.mark.parametrize("statistic", [fleiss_kappa, gwet_ac1])
def test_standard_errors_are_the_spread_of_many_samples(statistic):
    rng = np.random.default_rng(2)
    truth = [rng.integers(0, 3, size=80) for _ in range(300)]
    rated = [np.where(rng.random((3, 80)) < 0.8, true, rng.integers(0, 3, size=(3, 80))) for true in truth]
    found = [statistic(count_ratings(one)) for one in rated]
    spread = np.std([one.value for one in found])
    assert np.mean([one.standard_error for one in found]) == pytest.approx(spread, rel=0.12)


def alpha_by_pairs(ratings, distance):
    """Return alpha as Krippendorff defines it, pair by pair."""
    items = [[one for one in column if one is not None] for column in zip(*ratings, strict=True)]
    items = [values for values in items if len(values) > 1]
    every = [value for values in items for value in values]
    observed = sum(
        sum(distance(a, b, every) for a, b in itertools.permutations(values, 2)) / (len(values) - 1) for values in items
    ) / len(every)
    expected = sum(distance(a, b, every) for a, b in itertools.permutations(every, 2))
    return 1 - observed / (expected / (len(every) * (len(every) - 1)))


DISTANCES = {
    "nominal": lambda a, b, _: float(a != b),
    "ordinal": lambda a, b, every: (
        (sum(min(a, b) <= c <= max(a, b) for c in every) - (every.count(a) + every.count(b)) / 2) ** 2 * (a != b)
    ),
    "interval": lambda a, b, _: (a - b) ** 2,
    "ratio": lambda a, b, _: ((a - b) / (a + b)) ** 2,
}


@given(
    st.lists(st.lists(st.none() | st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=8),
    st.sampled_from(sorted(DISTANCES)),
)
@settings(max_examples=80)
def test_alpha_is_what_it_is_defined_as(rows, scale):
    ratings = list(zip(*[*rows, [1, 1, 2], [4, None, 5]], strict=True))
    assert krippendorff_alpha(ratings, scale=scale).value == pytest.approx(alpha_by_pairs(ratings, DISTANCES[scale]))


def test_alpha_has_bounds_from_resampled_items():
    rng = np.random.default_rng(3)
    truth = rng.integers(1, 6, size=200)
    ratings = np.clip(truth + rng.integers(-1, 2, size=(3, 200)), 1, 5)
    found = krippendorff_alpha(ratings, scale="ordinal", rng=rng)
    assert found.low < found.value < found.high
    assert found.high - found.low < 0.1
    assert math.isnan(krippendorff_alpha(ratings, scale="ordinal").low)
    again = [krippendorff_alpha(ratings, rng=np.random.default_rng(1), draws=50) for _ in range(2)]
    assert again[0].low == again[1].low


def test_words_are_rated_as_numbers_are():
    words = [["good", "poor", None, "good"], ["good", "good", "poor", "good"], ["good", "poor", "poor", None]]
    numbers = [[1, 2, math.nan, 1], [1, 1, 2, 1], [1, 2, 2, math.nan]]
    assert krippendorff_alpha(words).value == krippendorff_alpha(numbers).value
    assert count_ratings(words).tolist() == count_ratings(numbers).tolist() == [[3, 0], [1, 2], [0, 2], [2, 0]]


def test_on_large_interval_scales_alpha_needs_no_table_of_values():
    rng = np.random.default_rng(4)
    truth = rng.normal(1e6, 1, size=5_000)
    ratings = truth + rng.normal(size=(2, 5_000))
    assert krippendorff_alpha(ratings, scale="interval").value == pytest.approx(0.5, abs=0.05)
    with pytest.raises(StatisticsError, match="round them"):
        krippendorff_alpha(ratings, scale="ratio")


def test_raters_who_never_differ_agree_wholly_as_far_as_is_known():
    found = cohen_kappa(["a", "b"] * 10, ["a", "b"] * 10)
    assert (found.value, found.high, found.band) == (1.0, 1.0, "use")
    # Twenty of twenty agree: Wilson 0.8389, beyond an expected half.
    assert found.low == pytest.approx((0.83887 - 0.5) / 0.5, abs=1e-4)
    assert fleiss_kappa([[3, 0], [0, 3]] * 6).value == 1
    assert krippendorff_alpha([[1, 2, 3] * 4] * 2).value == 1


@pytest.mark.parametrize(
    "found",
    [
        cohen_kappa(["a"] * 20, ["a"] * 20),
        fleiss_kappa([[3, 0]] * 20),
        krippendorff_alpha([[1] * 20, [1] * 20], rng=np.random.default_rng(1)),
    ],
)
def test_where_nothing_varies_nothing_is_said(found):
    assert math.isnan(found.value)
    assert math.isnan(found.low)
    assert (found.is_enough, found.band) == (False, "")
    assert found.reason.startswith("All ratings are the same")


def test_where_nearly_all_is_one_category_ac1_keeps_its_head():
    table = [[95, 2], [3, 0]]
    items = np.repeat([[2, 0], [1, 1]], [95, 5], axis=0)
    assert kappa_of_table(table).value < 0
    assert gwet_ac1(items).value > 0.94
    assert gwet_ac1([[2, 0]] * 20).value == 1


def test_few_items_are_a_first_impression():
    found = cohen_kappa(["a", "b", "a"], ["a", "b", "b"])
    assert (found.is_enough, found.band, found.reason[:7]) == (False, "", "3 items")


def test_items_that_one_left_out_do_not_count():
    assert cohen_kappa(["a", None, "b", "a"], ["a", "b", "b", None]).items == 2
    ac1 = gwet_ac1([[2, 0], [0, 1], [1, 1], [0, 0], [0, 2]])
    assert ac1.items == 3


def test_scores_that_differ_by_a_constant_are_consistent_and_do_not_agree():
    found = icc([[1, 3], [2, 4], [3, 5], [4, 6]])
    assert found.coefficients["ICC(3,1)"].value == 1
    assert found.coefficients["ICC(2,1)"].value < 0.5
    assert math.isnan(found.coefficients["ICC(3,1)"].low)
    assert (found.is_enough, found.reason) == (False, "The raters never differ but by a constant.")


def test_scores_all_the_same_say_nothing_and_incomplete_ones_are_left_out():
    same = icc([[5, 5], [5, 5]])
    assert {math.isnan(one.value) for one in same.coefficients.values()} == {True}
    assert len(same.coefficients) == 6
    assert icc([*SCORES, [1, 2, math.nan, 3]]).left_out == 1
    assert icc([*SCORES, [1, 2, math.nan, 3]]).coefficients == icc(SCORES).coefficients


def test_intraclass_intervals_cover_the_truth():
    rng = np.random.default_rng(5)
    found = [icc(rng.normal(size=(15, 1)) + rng.normal(size=(15, 3))).coefficients for _ in range(300)]
    for name in ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)"):
        assert np.mean([one[name].low <= 0.5 <= one[name].high for one in found]) >= 0.92
    assert np.mean([one["ICC(1,k)"].low <= 0.75 <= one["ICC(1,k)"].high for one in found]) >= 0.92


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (lambda: kappa_of_table([[1, 2, 3], [1, 2, 3]]), "square table"),
        (lambda: kappa_of_table([[0, 0], [0, 0]]), "at least one item"),
        (lambda: kappa_of_table([[1, -1], [0, 2]]), "whole numbers"),
        (lambda: kappa_of_table([[1, 0], [0, 1]], confidence=1), "between 0 and 1"),
        (lambda: cohen_kappa(["a"], ["a", "b"]), "a place for every item"),
        (lambda: cohen_kappa(["a", "c"], ["a", "b"], categories=["a", "b"]), "leave out c"),
        (lambda: cohen_kappa([1, 1.5], [1, 2], categories=[1, 2]), "leave out 1.5"),
        (lambda: cohen_kappa([None], [None]), "no rating"),
        (lambda: fleiss_kappa([[1, 1], [2, 1]]), "Krippendorff"),
        (lambda: fleiss_kappa([[1, 0]]), "two or more"),
        (lambda: fleiss_kappa([1, 2]), "one row an item"),
        (lambda: gwet_ac1([[2], [2]]), "two categories"),
        (lambda: gwet_ac1([[1, 0]]), "an item with two raters"),
        (lambda: krippendorff_alpha([[1, None], [None, 2]]), "one item with two ratings"),
        (lambda: krippendorff_alpha([["a"], ["b"]], scale="ordinal"), "Give numbers"),
        (lambda: krippendorff_alpha([[-1], [2]], scale="ratio"), "starts at 0"),
        (lambda: krippendorff_alpha([[1], [2]], confidence=0), "between 0 and 1"),
        (lambda: krippendorff_alpha([]), "one row a rater"),
        (lambda: icc([[1], [2]]), "two raters"),
        (lambda: icc([[1, 2]]), "two items"),
        (lambda: icc([[1, math.inf], [2, 3]]), "finite"),
    ],
)
def test_ratings_that_cannot_be_are_refused(given_, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        given_()
