"""Who answered, whom the answers stand for, and how sure that is."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from statsmodels.stats.weightstats import DescrStatsW

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.logistic import fit
from wellserved.science.statistics.proportions import wilson
from wellserved.science.statistics.survey import (
    aapor_rate,
    cronbach_alpha,
    kish,
    rake,
    representativeness,
    response,
    weighted_mean,
    weighted_share,
)


def test_a_rate_is_of_what_arrived():
    found = response(invited=500, bounced=20, suppressed=30, started=120, complete=90)
    assert (found.delivered, found.complete, found.broken_off, found.rate) == (450, 90, 30, 0.2)
    assert found.bounds == wilson(90, 450)
    nobody = response(invited=0, complete=0)
    assert (math.isnan(nobody.rate), nobody.bounds.high) == (True, 1.0)


def test_rates_are_those_of_survey_research():
    counts = {"complete": 500, "partial": 100, "refused": 200, "no_contact": 100, "other": 50, "unknown": 250}
    assert aapor_rate(**counts) == pytest.approx(500 / 1200)
    assert aapor_rate(**counts, is_partial_counted=True) == pytest.approx(600 / 1200)
    assert aapor_rate(**counts, eligible=0.4) == pytest.approx(500 / 1050)
    assert aapor_rate(**counts, eligible=0.4, is_partial_counted=True) == pytest.approx(600 / 1050)
    assert math.isnan(aapor_rate(complete=0))


def test_answers_like_the_invited_are_representative():
    rng = np.random.default_rng(1)
    tenure = rng.normal(size=4000)
    alike = representativeness(rng.random(4000) < 0.3, {"tenure": tenure})
    assert alike.indicator > 0.95
    assert not alike.differences[0].is_noticeable
    unlike = representativeness(rng.random(4000) < 1 / (1 + np.exp(1 - tenure)), {"tenure": tenure})
    assert unlike.indicator < 0.7
    assert unlike.differences[0].is_noticeable
    assert unlike.worst_bias == pytest.approx((1 - unlike.indicator) / (2 * unlike.rate))


def test_two_strata_have_the_indicator_of_their_rates():
    breached = np.repeat([0, 1], 100)
    answered = np.concatenate([np.arange(100) < 60, np.arange(100) < 20])
    found = representativeness(answered, {"breached": breached})
    # Propensities 0.6 and 0.2: standard deviation 0.2 √(200/199).
    assert found.indicator == pytest.approx(1 - 2 * 0.2 * math.sqrt(200 / 199), abs=1e-4)
    assert found.differences[0].standardised == pytest.approx((0.25 - 0.5) / 0.5)


def test_few_on_either_side_compare_nothing():
    found = representativeness([True] * 9 + [False] * 50, {"a": range(59)})
    assert (found.is_enough, found.differences, math.isnan(found.indicator)) == (False, (), True)
    assert found.reason.startswith("It takes 10 who answered")


def test_chances_equal_those_of_another_library():
    rng = np.random.default_rng(2)
    columns = rng.normal(size=(500, 3)) * [1, 20, 300]
    outcome = (rng.random(500) < 1 / (1 + np.exp(-columns[:, 0] - columns[:, 1] / 20))).astype(float)
    scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    other = LogisticRegression(C=1000.0, tol=1e-10, max_iter=1000).fit(scaled, outcome)
    found = fit(columns, outcome)
    assert found == pytest.approx(other.predict_proba(scaled)[:, 1], abs=1e-5)
    assert found.sum() == pytest.approx(outcome.sum())


def test_chances_stay_finite_where_a_column_tells_all():
    found = fit(np.column_stack([np.arange(20.0), np.ones(20)]), (np.arange(20) >= 10).astype(float))
    assert found[:9].max() < 0.01
    assert found[11:].min() > 0.99


def test_raked_answers_have_the_margins_of_the_invited():
    rng = np.random.default_rng(3)
    channel, age = rng.choice(["mail", "phone"], size=300, p=[0.8, 0.2]), rng.choice(["old", "young"], size=300)
    margins = {"channel": {"mail": 600, "phone": 400}, "age": {"young": 0.7, "old": 0.3}}
    found = rake({"channel": channel, "age": age}, margins)
    weight = found.values / found.values.sum()
    assert weight[channel == "phone"].sum() == pytest.approx(0.4)
    assert weight[age == "young"].sum() == pytest.approx(0.7)
    assert found.is_reached
    assert found.values.mean() == pytest.approx(1)
    assert found.trimmed == 0


def test_raking_keeps_what_the_margins_do_not_ask_to_change():
    cells = {"sex": ["f", "f", "m", "m"], "area": ["n", "s", "n", "s"]}
    found = rake(cells, {"sex": {"f": 30, "m": 70}, "area": {"n": 60, "s": 40}}, base=[30, 10, 20, 40], trim=None)
    f_n, f_s, m_n, m_s = found.values
    # The odds ratio of the beginning stays: 30 · 40 / (10 · 20).
    assert f_n * m_s / (f_s * m_n) == pytest.approx(6)


def test_loud_voices_are_cut_and_the_cut_is_told():
    channel = ["mail"] * 99 + ["phone"]
    found = rake({"channel": channel}, {"channel": {"mail": 50, "phone": 50}})
    assert found.values[-1] / np.median(found.values) == pytest.approx(5)
    assert (found.trimmed, found.is_reached) == (1, False)
    assert found.furthest == pytest.approx(0.5 - 5 / 104)
    whole = rake({"channel": channel}, {"channel": {"mail": 50, "phone": 50}}, trim=None)
    assert whole.is_reached
    assert whole.effective < found.effective


def test_cut_and_fitted_in_turns_both_hold_where_they_can():
    rng = np.random.default_rng(4)
    answers = {name: rng.choice(["a", "b"], size=400, p=[0.85, 0.15]) for name in ("x", "y")}
    found = rake(answers, {"x": {"a": 0.6, "b": 0.4}, "y": {"a": 0.6, "b": 0.4}}, trim=8)
    assert found.values.max() <= 8 * np.median(found.values) * (1 + 1e-6)
    assert found.is_reached


def test_unequal_weights_cost_answers():
    assert kish([1, 1, 1, 1]) == (1.0, 4.0)
    assert kish([1, 0, 0, 0]) == (4.0, 1.0)
    effect, effective = kish(np.repeat([1.0, 3.0], 50))
    assert (effect, effective) == (pytest.approx(1.25), pytest.approx(80))


def test_equal_weights_give_students_interval():
    values = np.random.default_rng(5).normal(7, 2, size=30)
    found = weighted_mean(values, np.full(30, 4.0))
    assert (found.low, found.high) == pytest.approx(DescrStatsW(values).tconfint_mean())
    assert (found.design_effect, found.effective) == (pytest.approx(1), pytest.approx(30))


def test_equal_weights_give_wilsons_interval():
    found = weighted_share([1] * 12 + [0] * 8, np.full(20, 0.3))
    assert (found.low, found.high) == pytest.approx((wilson(12, 20).low, wilson(12, 20).high))
    assert found.design_effect == pytest.approx(1)


def test_a_weighted_mean_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(6)
    weights = np.tile([1.0, 4.0], 40)
    found = [weighted_mean(rng.normal(3, np.tile([1, 2], 40)), weights) for _ in range(400)]
    assert 0.92 <= np.mean([one.low <= 3 <= one.high for one in found]) <= 0.98


def test_a_weighted_share_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    weights = np.tile([1.0, 4.0], 40)
    found = [weighted_share(rng.random(80) < 0.1, weights) for _ in range(400)]
    assert np.mean([one.low <= 0.1 <= one.high for one in found]) >= 0.93


def test_of_everybody_nothing_is_left_to_chance():
    values = [8, 6, 9, 7]
    everybody = weighted_mean(values, np.ones(4), population=4)
    assert (everybody.low, everybody.high) == (7.5, 7.5)
    share = weighted_share([1, 1, 1, 0], np.ones(4), population=4)
    assert (share.low, share.high) == (0.75, 0.75)
    half = weighted_mean(values, np.ones(4), population=8)
    whole = weighted_mean(values, np.ones(4))
    assert (half.high - half.low) / (whole.high - whole.low) == pytest.approx(math.sqrt(0.5))
    assert weighted_mean([5], [1], population=1).high == 5


def test_of_one_or_no_answer_little_is_known():
    one = weighted_mean([5, math.nan], [1, 1])
    assert (one.value, one.low, one.high, one.answers) == (5, -math.inf, math.inf, 1)
    none = weighted_mean([math.nan], [1])
    assert (math.isnan(none.value), none.answers, none.high) == (True, 0, math.inf)
    assert math.isnan(weighted_mean([], []).value)
    share = weighted_share([math.nan], [1])
    assert (share.low, share.high) == (0.0, 1.0)
    assert weighted_share([1], [2]).low > 0


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 50)), min_size=1, max_size=40))
@settings(max_examples=60)
def test_a_share_lies_in_its_bounds_and_mirrors(rows):
    kept, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    found, mirrored = weighted_share(kept, weights), weighted_share(1 - kept, 7 * weights)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-9)
    assert found.effective <= len(kept) + 1e-9


def test_alpha_is_that_of_the_textbook():
    items = np.array([[1, 2], [2, 1], [3, 4], [4, 3]])
    # Covariance 1 against variances 5/3: 2 · (1 - (10/3) / (10/3 + 2)).
    assert cronbach_alpha(items) == pytest.approx(2 * (1 - (10 / 3) / (10 / 3 + 2)))
    assert cronbach_alpha(np.column_stack([items[:, 0]] * 3)) == pytest.approx(1)
    assert math.isnan(cronbach_alpha([[1, 1], [1, 1]]))


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (lambda: response(invited=10, complete=11), "shrink"),
        (lambda: response(invited=10, bounced=11, complete=0), "shrink"),
        (lambda: aapor_rate(complete=-1), "none or more"),
        (lambda: representativeness([True], {}), "at least one field"),
        (lambda: representativeness([True, False], {"a": [1, math.nan]}), "known of everybody"),
        (lambda: fit(np.ones((3, 1)), np.ones(3)), "both occur"),
        (lambda: rake({}, {}), "same fields"),
        (lambda: rake({"a": ["x"]}, {}), "margin of a"),
        (lambda: rake({"a": ["x"]}, {"a": {"y": 1}}), "Nobody invited has x"),
        (lambda: rake({"a": ["x"]}, {"a": {"x": 1, "y": 1}}), "Nobody with y as a answered: join"),
        (lambda: rake({"a": ["x"]}, {"a": {"x": -1}}), "none below 0"),
        (lambda: rake({"a": ["x"], "b": ["x", "y"]}, {"a": {"x": 1}, "b": {"x": 1, "y": 1}}), "one label"),
        (lambda: rake({"a": ["x"]}, {"a": {"x": 1}}, trim=1), "more than one median"),
        (lambda: rake({"a": ["x"]}, {"a": {"x": 1}}, base=[1, 2]), "above 0 for each answer"),
        (lambda: kish([]), "one row of finite numbers"),
        (lambda: kish([0, 0]), "above it"),
        (lambda: kish([1, -1]), "none below 0"),
        (lambda: weighted_mean([1, 2], [1]), "one weight for each"),
        (lambda: weighted_mean([math.inf], [1]), "finite"),
        (lambda: weighted_mean([1, 2], [1, 1], population=1), "everybody who answered"),
        (lambda: weighted_share([2], [1]), "0 or 1"),
        (lambda: cronbach_alpha([[1], [2]]), "two statements"),
        (lambda: cronbach_alpha([[1, math.nan], [2, 3]]), "two people"),
    ],
)
def test_what_cannot_be_is_refused(given_, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        given_()
