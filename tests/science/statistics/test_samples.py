"""Intervals, sample sizes and flows equal published figures and behave as they must."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.science.statistics.published_charts import GOLDEN
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.samples import (
    littles_law,
    margin_of_error,
    mean_interval,
    net_promoter,
    promoter_counts,
    rate_interval,
    sample_size,
)

groups = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)).filter(any)


@pytest.mark.parametrize("told", GOLDEN["nps"]["cases"])
def test_net_promoter_scores(told):
    found = net_promoter(told["promoters"], told["passives"], told["detractors"])
    assert found.score == pytest.approx(told["nps"], abs=1e-12)
    # The second standard error is printed with three digits, 2.34.
    assert round(found.standard_error, 3) == told["se_pct"]
    assert round(found.adjusted_centre, 2) == told["adj_wald_centre"]
    assert [round(found.wald.low, 2), round(found.wald.high, 2)] == told["wald"]
    assert [round(found.adjusted.low, 2), round(found.adjusted.high, 2)] == told["adj_wald"]


@given(groups)
def test_a_net_promoter_score_is_the_mean_of_its_answers(counted):
    promoters, passives, detractors = counted
    answers = 100.0 * np.repeat([1, 0, -1], counted)
    found = net_promoter(promoters, passives, detractors)
    assert found.score == pytest.approx(answers.mean(), abs=1e-9)
    assert found.standard_error == pytest.approx(answers.std() / math.sqrt(len(answers)), abs=1e-6)


@given(groups)
def test_promoters_and_detractors_mirror_each_other(counted):
    found, mirrored = net_promoter(*counted), net_promoter(*reversed(counted))
    assert (found.adjusted.low, found.adjusted.high) == pytest.approx((-mirrored.adjusted.high, -mirrored.adjusted.low))
    assert -100 <= found.adjusted.low < found.adjusted.high <= 100


def test_scores_as_arrays_answer_as_scalars_do():
    found = net_promoter([65, 600, 0], [10, 250, 0], [25, 150, 0])
    single = [net_promoter(65, 10, 25), net_promoter(600, 250, 150)]
    assert found.adjusted.low[:2].tolist() == [one.adjusted.low for one in single]
    assert found.score[:2].tolist() == [one.score for one in single]
    assert type(single[0].score) is float
    assert np.isnan(found.score[2])
    assert (found.adjusted.low[2], found.adjusted.high[2], found.wald.low[2]) == (-100.0, 100.0, -100.0)


def test_the_adjusted_interval_does_not_close_when_all_answers_are_alike():
    found = net_promoter(10, 0, 0)
    assert (found.wald.low, found.wald.high) == (100.0, 100.0)
    assert found.adjusted.low < 80


# Garwood (1936) and every table since: the exact 95 % bounds of a count.
GARWOOD = [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904)]


@pytest.mark.parametrize(("events", "low", "high"), GARWOOD)
def test_rates_equal_the_published_table(events, low, high):
    found = rate_interval(events, 1)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
def test_the_bounds_of_a_rate_leave_half_of_the_doubt_on_either_side(events, exposure):
    found = rate_interval(events, exposure)
    assert stats.poisson.cdf(events, found.high * exposure) == pytest.approx(0.025, rel=1e-6)
    beyond = stats.poisson.sf(events - 1, found.low * exposure)
    assert beyond == pytest.approx([1.0, 0.025][events > 0], rel=1e-6)


def test_rates_as_arrays_and_without_exposure():
    found = rate_interval([10, 0], [1000, 0], per=1000)
    assert (found.value[0], found.low.round(2).tolist()) == (10.0, [4.8, 0.0])
    assert np.isnan(found.value[1])
    assert found.high[1] == math.inf


def test_sample_sizes():
    told = GOLDEN["sample_size"]
    assert sample_size(0.05).needed == told["p50_e5"]
    assert sample_size(0.05, population=1000).needed == told["fpc_N1000"]
    assert sample_size(0.05, variance=0.75).needed == told["nps_var075_moe5"]


@given(st.floats(0.005, 0.3), st.integers(1, 100_000), st.floats(0.01, 1.0))
def test_as_many_as_needed_are_sharp_enough_and_no_more_than_there_are(margin, population, variance):
    found = sample_size(margin, variance=variance, population=population)
    assert 1 <= found.needed <= population
    assert margin_of_error(found.needed, variance=variance, population=population) <= margin * (1 + 1e-9)
    assert found.needed <= sample_size(margin, variance=variance).needed
    one_fewer = margin_of_error(found.needed - 1, variance=variance, population=population)
    assert one_fewer > margin * (1 - 1e-9)


def test_more_invitations_than_people_is_said():
    found = sample_size(0.05, population=1000, answering=0.2)
    assert (found.needed, found.invitations, found.is_enough) == (278, 1390, False)
    assert "1390 invitations are more than the 1000" in found.reason
    assert sample_size(0.05, answering=0.2).invitations == 1925


def test_everybody_leaves_no_margin_and_nobody_an_endless_one():
    assert margin_of_error(50, population=50) == 0.0
    assert margin_of_error(1, population=1) == 0.0
    assert margin_of_error(0) == math.inf


def test_a_mean_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    found = [mean_interval(rng.normal(3, 2, size=6)) for _ in range(2000)]
    held = np.mean([one.low <= 3 <= one.high for one in found])
    assert held == pytest.approx(0.95, abs=3 * math.sqrt(0.05 * 0.95 / 2000))


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=30), st.integers(-50, 50))
@settings(max_examples=50)
def test_a_mean_moves_with_its_values(values, shift):
    found, moved = mean_interval(values), mean_interval(np.add(values, shift))
    assert (moved.low, moved.high) == pytest.approx((found.low + shift, found.high + shift), abs=1e-9)


def test_answers_are_sorted_into_three():
    assert promoter_counts([10] * 65 + [7] * 4 + [8] * 6 + [0] * 20 + [6] * 5) == (65, 10, 25)
    assert promoter_counts([]) == (0, 0, 0)


def test_littles_law_from_any_two():
    told = GOLDEN["little"]
    rate, stay, inside = told["arrivals_per_day"], told["mean_days"], told["backlog"]
    assert littles_law(arrivals=rate, stay=stay).backlog == inside
    assert littles_law(arrivals=rate, backlog=inside).stay == stay
    assert littles_law(stay=stay, backlog=inside).arrivals == rate
    assert littles_law(arrivals=rate, stay=stay, backlog=inside).gap == 0.0
    assert littles_law(arrivals=0, stay=stay, backlog=3).gap is None


def test_littles_law_holds_of_a_simulated_queue():
    rng = np.random.default_rng(7)
    arrive = np.cumsum(rng.exponential(size=50_000))
    serve = rng.exponential(0.8, size=50_000)
    # The wait of each from the wait of the one before: Lindley's recursion, solved by a running maximum.
    walk = np.cumsum(np.append(0.0, serve[:-1] - np.diff(arrive)))
    leave = arrive + serve + walk - np.minimum.accumulate(walk)
    span = arrive[-1]
    inside = (np.minimum(leave, span) - arrive).sum() / span
    found = littles_law(arrivals=len(arrive) / span, stay=(leave - arrive).mean(), backlog=inside)
    assert found.gap == pytest.approx(0.0, abs=0.001)


REFUSED = [
    (lambda: mean_interval([]), "at least 1"),
    (lambda: mean_interval([1, 2], confidence=0), "confidence"),
    (lambda: net_promoter(-1, 2, 3), "counts from 0 on"),
    (lambda: net_promoter(1, math.nan, 3), "counts from 0 on"),
    (lambda: promoter_counts([11]), "from 0 to 10"),
    (lambda: promoter_counts([7.5]), "whole number"),
    (lambda: rate_interval(1.5, 2), "whole numbers"),
    (lambda: rate_interval(1, 0), "there was exposure"),
    (lambda: rate_interval(1, -2), "Exposure"),
    (lambda: rate_interval(1, 2, per=0), "above 0"),
    (lambda: sample_size(0), "margin"),
    (lambda: sample_size(1e-9), "wider margin"),
    (lambda: sample_size(0.05, variance=-1), "variance"),
    (lambda: sample_size(0.05, population=0), "at least one member"),
    (lambda: sample_size(0.05, answering=0), "share that answers"),
    (lambda: margin_of_error(-1), "counted from 0"),
    (lambda: margin_of_error(11, population=10), "counted from 0"),
    (lambda: littles_law(arrivals=1), "Give two"),
    (lambda: littles_law(arrivals=0, backlog=2), "figure of 0"),
    (lambda: littles_law(arrivals=-1, stay=2), "from 0 on"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
