"""Losses of a year equal their closed forms, and behave as losses must."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared_data import shared
from wellserved.science.statistics import (
    Lognormal,
    Pert,
    StatisticsError,
    annual_losses,
    annual_moments,
    control_value,
    expected_loss,
)

amounts = st.integers(0, 1_000_000)
perts = st.tuples(amounts, amounts, amounts).map(sorted).map(lambda v: Pert(low=v[0], mode=v[1], high=v[2]))
rates = st.floats(0, 20, allow_nan=False)


@pytest.fixture(scope="module")
def golden():
    return json.loads(shared("data/golden/methods.json").read_text())["pert_compound"]


def rng(seed: int = 11) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_pert_equals_its_closed_form(golden):
    told = golden["pert"]
    pert = Pert(low=told["low"], mode=told["mode"], high=told["high"])
    assert (pert.mean, round(pert.alpha, 6), round(pert.beta, 6)) == (told["mean"], told["alpha"], told["beta"])


def test_a_compound_year_equals_its_closed_form(golden):
    told = golden["compound"]
    year = annual_moments(told["lam"], Lognormal(mean=told["mean"], sd=told["sd"]))
    assert (year.mean, round(year.sd, 3)) == (told["annual_mean"], told["annual_sd"])


@pytest.mark.parametrize("severity", [Lognormal(mean=5000, sd=3000), Pert(low=20, mode=100, high=900)])
@pytest.mark.parametrize("frequency", [0.2, 2.0, 12.0, Pert(low=0.5, mode=1, high=6)])
def test_simulated_years_agree_with_the_closed_form(frequency, severity):
    exact = annual_moments(frequency, severity)
    years = annual_losses(frequency, severity, rng=rng(), years=200_000).years
    # Four standard errors of the mean; the spread of 200,000 years is known to about two per cent.
    assert years.mean() == pytest.approx(exact.mean, abs=4 * exact.sd / 200_000**0.5)
    assert years.std() == pytest.approx(exact.sd, rel=0.025)


def test_drawn_values_have_the_mean_and_variance_of_their_distribution():
    pert = Pert(low=20, mode=100, high=900)
    drawn = pert.draw(200_000, rng=rng())
    assert drawn.mean() == pytest.approx(pert.mean, rel=0.01)
    assert drawn.var() == pytest.approx(pert.variance, rel=0.02)


def test_the_same_seed_gives_the_same_years():
    pert = Pert(low=20, mode=100, high=900)
    first, again = (annual_losses(2, pert, rng=rng(3), years=500).years for _ in range(2))
    other = annual_losses(2, pert, rng=rng(4), years=500).years
    assert (first.tolist() == again.tolist(), first.tolist() == other.tolist()) == (True, False)


@given(perts)
def test_a_three_point_estimate_stays_between_its_ends(pert):
    drawn = pert.draw(50, rng=rng())
    slack = 1e-9 * (1 + pert.high)
    assert pert.low - slack <= pert.mean <= pert.high + slack
    assert (drawn >= pert.low - slack).all()
    assert (drawn <= pert.high + slack).all()
    assert pert.variance >= 0


@given(perts, rates, st.floats(0.1, 10))
def test_losses_scale_with_their_currency(pert, rate, factor):
    year, scaled = annual_moments(rate, pert), annual_moments(rate, pert.scaled(factor))
    assert scaled.mean == pytest.approx(year.mean * factor, rel=1e-9, abs=1e-9)
    assert scaled.sd == pytest.approx(year.sd * factor, rel=1e-6, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(perts, rates)
def test_rarer_years_lose_more_and_the_curve_never_rises(pert, rate):
    found = annual_losses(rate, pert, rng=rng(), years=400)
    p50, p90, p95 = (found.quantile(share) for share in (0.5, 0.9, 0.95))
    curve = found.exceedance(np.linspace(0, pert.high * 5 + 1, 20))
    assert 0 <= p50 <= p90 <= p95 <= found.quantile(1)
    assert (np.diff(curve) <= 0).all()
    assert ((curve >= 0) & (curve <= 1)).all()
    assert found.exceedance([p90])[0] <= 0.1


def test_a_year_without_events_costs_nothing():
    found = annual_losses(0, Pert(low=1, mode=2, high=3), rng=rng(), years=10)
    assert (found.mean, found.quantile(0.95), found.exceedance([0]).tolist()) == (0.0, 0.0, [0.0])


def test_three_equal_estimates_are_a_certain_cost():
    point = Pert(low=40, mode=40, high=40)
    assert (point.mean, point.variance, point.draw(2, rng=rng()).tolist()) == (40.0, 0.0, [40.0, 40.0])


def test_a_control_is_worth_what_it_spares_less_what_it_costs():
    pert = Pert(low=20, mode=100, high=900)
    found = control_value(frequency=2, severity=pert, fewer=0.5, smaller=0.2, cost=300)
    assert (found.spared, found.net) == (pytest.approx(264), pytest.approx(-36))


def test_expected_losses_of_many_risks_come_at_once():
    assert expected_loss(np.array([[0.05], [12]]), [1000, 10]).tolist() == [[50.0, 0.5], [12000.0, 120.0]]


@pytest.mark.parametrize(
    "use",
    [
        lambda: Pert(low=2, mode=1, high=3),
        lambda: Pert(low=0, mode=1, high=float("inf")),
        lambda: Lognormal(mean=0, sd=1),
        lambda: annual_moments(-1, Pert(low=0, mode=1, high=2)),
        lambda: annual_losses(float("nan"), Pert(low=0, mode=1, high=2), rng=rng()),
        lambda: annual_losses(10_001, Pert(low=0, mode=1, high=2), rng=rng()),
        lambda: annual_losses(1, Pert(low=0, mode=1, high=2), rng=rng(), years=0),
        lambda: annual_losses(1, Pert(low=0, mode=1, high=2), rng=rng(), years=5).quantile(0),
        lambda: control_value(frequency=1, severity=Pert(low=0, mode=1, high=2), fewer=1.5),
        lambda: expected_loss([-1], 10),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_would_work(use):
    with pytest.raises(StatisticsError):
        use()
