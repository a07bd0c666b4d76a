"""Who buys again is told as published, and a population is found again from its own histories."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta as beta_function

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.lifetimes.repurchase import Repurchase, fit_repurchase

# Fader, Hardie and Lee (2005), table 2: the customers of CDNOW.
CDNOW = Repurchase(r=0.243, alpha=4.414, a=0.793, b=2.426)


def histories(population, size, seed):
    """Live the story of the model: buy at a rate, and after each purchase leave with a chance."""
    rng = np.random.default_rng(seed)
    observed = rng.uniform(27, 39, size)
    rates = rng.gamma(population.r, 1 / population.alpha, size)
    stays = rng.geometric(np.clip(rng.beta(population.a, population.b, size), 1e-12, 1))
    times = np.cumsum(rng.exponential(1, (size, 120)) / rates[:, None], axis=1)
    made = (times <= observed[:, None]) & (np.arange(120) < stays[:, None])
    repeats = made.sum(axis=1)
    last = np.where(repeats > 0, np.where(made, times, 0).max(axis=1), 0.0)
    return repeats, last, observed


def test_the_first_customer_of_cdnow():
    # The worked example of Fader, Hardie and Lee: x = 2, t = 30.43, T = 38.86, the next 39 weeks.
    assert round(float(CDNOW.expected(39, [2], [30.43], [38.86])[0]), 3) == 1.226


@settings(deadline=None)
@given(st.integers(0, 12), st.floats(0.5, 30), st.floats(0, 20))
def test_the_chance_of_being_active_follows_from_the_likelihood(repeats, last, after):
    at = last * (repeats > 0)
    end = at + after
    # P(active) is the part of the likelihood in which the customer stayed.
    stayed = beta_function(0.793, 2.426 + repeats) * (4.414 + end) ** -(0.243 + repeats)
    left = beta_function(1.793, max(1.426 + repeats, 1)) * (4.414 + at) ** -(0.243 + repeats) * (repeats > 0)
    assert float(CDNOW.active([repeats], [at], [end])[0]) == pytest.approx(stayed / (stayed + left), rel=1e-9)


def test_the_expectation_of_a_new_customer_is_the_mean_of_many():
    repeats, _, observed = histories(CDNOW, 40_000, seed=1)
    expected = np.mean([CDNOW.expected_of_new(t) for t in np.linspace(27, 39, 50)])
    assert observed.mean() == pytest.approx(33, abs=0.1)
    assert repeats.mean() == pytest.approx(expected, rel=0.04)


def test_the_expectation_of_a_new_customer_is_the_integral_over_the_population():
    def by_chance(p, rate=0.2, ahead=30):
        return p ** (0.793 - 1) * (1 - p) ** (2.426 - 1) * (1 - math.exp(-rate * p * ahead)) / p

    # Fader, Hardie and Lee (2005), equation (5), for one rate; a narrow gamma is as good as one rate.
    narrow = Repurchase(r=2000, alpha=10_000, a=0.793, b=2.426)
    integral = quad(by_chance, 0, 1)[0] / beta_function(0.793, 2.426)
    assert narrow.expected_of_new(30) == pytest.approx(integral, rel=1e-3)


def test_a_population_is_found_again():
    population = Repurchase(r=0.8, alpha=6.0, a=1.2, b=3.0)
    found = fit_repurchase(*histories(population, 3000, seed=2))
    assert found.is_enough
    assert found.population.r == pytest.approx(0.8, rel=0.15)
    assert found.population.alpha == pytest.approx(6.0, rel=0.15)
    share = found.population.a / (found.population.a + found.population.b)
    assert share == pytest.approx(1.2 / 4.2, rel=0.1)
    assert found.log_likelihood >= population.log_likelihood(*histories(population, 3000, seed=2))


def test_the_unit_of_time_changes_only_alpha():
    repeats, last, observed = histories(CDNOW, 600, seed=3)
    weeks, days = fit_repurchase(repeats, last, observed), fit_repurchase(repeats, last * 7, observed * 7)
    assert days.population.alpha == pytest.approx(7 * weeks.population.alpha, rel=1e-3)
    assert days.population.a == pytest.approx(weeks.population.a, rel=1e-3)


def test_those_who_buy_very_often_are_told_too():
    found = CDNOW.expected(39, [400, 4000], [38, 38.9], [39, 39])
    assert np.isfinite(found).all()
    assert (found > 0).all()
    # No more than at the rate so far.
    assert (found < np.array([400, 4000])).all()


def test_those_silent_for_long_have_left_and_those_of_no_repeat_have_not():
    found = CDNOW.active([5, 5, 0], [38, 10, 0], [39, 39, 39])
    assert found[0] > 0.8
    assert found[1] < 0.1
    assert found[2] == 1.0


def test_expectations_are_smooth_where_the_formula_is_not():
    beside = [Repurchase(r=1, alpha=5, a=a, b=2).expected_of_new(20) for a in (1 - 1e-4, 1.0, 1 + 1e-4)]
    assert beside[1] == pytest.approx((beside[0] + beside[2]) / 2, rel=1e-3)
    assert CDNOW.expected_of_new(0) == 0.0


def test_too_few_histories_carry_no_model():
    few = fit_repurchase([1] * 99, [2.0] * 99, [9.0] * 99)
    assert (few.population, few.is_enough) == (None, False)
    assert "not 99 and 99" in few.reason
    assert "not 200 and 0" in fit_repurchase([0] * 200, [0.0] * 200, [9.0] * 200).reason


def test_histories_that_do_not_tell_staying_from_leaving_are_refused():
    rng = np.random.default_rng(4)
    # Everybody buys at the same rate and nobody leaves.
    repeats = rng.poisson(10, 300) + 1
    found = fit_repurchase(repeats, np.full(300, 19.5), np.full(300, 20.0))
    assert found.population is None
    assert "do not tell staying from leaving" in found.reason


@pytest.mark.parametrize(
    ("repeats", "last", "observed", "sentence"),
    [
        ([1.5], [1], [2], "whole"),
        ([1], [3], [2], "last <= observed"),
        ([0], [1], [2], "at 0 when"),
        ([1], [1], [2, 3], "every customer"),
        ([-1], [1], [2], "never negative"),
    ],
)
def test_histories_that_cannot_be_are_refused(repeats, last, observed, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        CDNOW.active(repeats, last, observed)


def test_parameters_and_times_that_cannot_be_are_refused():
    with pytest.raises(StatisticsError, match="above 0"):
        Repurchase(r=0, alpha=1, a=1, b=1)
    with pytest.raises(StatisticsError, match="0 or more"):
        CDNOW.expected(-1, [0], [0], [1])
