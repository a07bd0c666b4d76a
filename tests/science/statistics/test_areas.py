"""Rates say how little they know, and are drawn together as far as they do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.places.areas import area_rates, smoothed_rates

maps = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5000)), min_size=1, max_size=40)


def columns(rows):
    return np.array([c for c, _ in rows]), np.array([n for _, n in rows])


@pytest.mark.parametrize(("cases", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39)])
def test_bounds_are_those_of_garwoods_table(cases, low, high):
    found = area_rates([cases], [1], per=1)
    assert (float(found.low[0]), float(found.high[0])) == pytest.approx((low, high), rel=2e-3)


@settings(deadline=None)
@given(maps)
def test_bounds_are_the_quantiles_of_chi_square_and_hold_their_tails(rows):
    cases, customers = columns(rows)
    found = area_rates(cases, customers)
    assert found.high == pytest.approx(chi2.ppf(0.975, 2 * cases + 2) / 2 / customers * 1000)
    assert poisson.cdf(cases, found.high / 1000 * customers) == pytest.approx(np.full(len(cases), 0.025))
    assert ((found.low <= found.rate) & (found.rate <= found.high)).all()


@settings(deadline=None)
@given(maps)
def test_smoothing_draws_every_rate_towards_the_overall_one(rows):
    cases, customers = columns(rows)
    raw, found = area_rates(cases, customers), smoothed_rates(cases, customers)
    assert ((found.weight >= 0) & (found.weight <= 1)).all()
    between = (np.minimum(raw.rate, raw.overall) - 1e-9 <= found.rate) & (
        found.rate <= np.maximum(raw.rate, raw.overall) + 1e-9
    )
    assert between.all()
    assert found.overall == pytest.approx(raw.overall)


def test_marshalls_formula_by_hand():
    # m = 442/5010; s² = (10 (.2-m)² + 1000 (.04-m)² + 4000 (.1-m)²) / 5010; A = s² - m/1670; w = A / (A + m/n).
    m = 442 / 5010
    a = (10 * (0.2 - m) ** 2 + 1000 * (0.04 - m) ** 2 + 4000 * (0.1 - m) ** 2) / 5010 - m / 1670
    weights = [a / (a + m / n) for n in (10, 1000, 4000)]
    found = smoothed_rates([2, 40, 400], [10, 1000, 4000], per=1)
    assert found.weight == pytest.approx(weights)
    assert found.rate == pytest.approx([m + w * (r - m) for w, r in zip(weights, (0.2, 0.04, 0.1), strict=True)])


def test_smoothed_rates_are_nearer_to_the_truth():
    rng = np.random.default_rng(1)
    customers = rng.integers(20, 2000, 300)
    truth = rng.gamma(25, 0.002, 300)
    cases = rng.poisson(truth * customers)
    raw, found = area_rates(cases, customers, per=1).rate, smoothed_rates(cases, customers, per=1).rate
    assert ((found - truth) ** 2).mean() < ((raw - truth) ** 2).mean() / 3


def test_areas_that_differ_by_chance_only_all_get_the_overall_rate():
    found = smoothed_rates([5, 5, 5, 5], [100, 100, 100, 100])
    assert (found.between, found.rate.tolist()) == (0.0, [50.0] * 4)


def test_an_area_without_customers_has_no_rate_and_no_say():
    found = area_rates([0, 7], [0, 70])
    assert np.isnan(found.rate[0])
    assert (found.low[0], found.high[0], found.is_shown.tolist()) == (0.0, np.inf, [False, True])
    assert smoothed_rates([0, 7], [0, 70]).rate[0] == pytest.approx(100.0)
    assert np.isnan(area_rates([0], [0]).overall)


def test_few_are_not_shown():
    assert area_rates([4, 5, 5], [100, 4, 100]).is_shown.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("cases", "customers", "options", "sentence"),
    [
        ([1], [1, 2], {}, "its cases and its customers"),
        ([1], [0], {}, "cases but no customers"),
        ([-1], [2], {}, "never negative"),
        ([1], [2], {"per": 0}, "above 0"),
        ([1], [2], {"confidence": 2}, "between 0 and 1"),
    ],
)
def test_areas_that_cannot_be_are_refused(cases, customers, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        area_rates(cases, customers, **options)


def test_no_customers_at_all_are_refused():
    with pytest.raises(StatisticsError, match="every area has none"):
        smoothed_rates([0, 0], [0, 0])
