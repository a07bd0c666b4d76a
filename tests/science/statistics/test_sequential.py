"""Boundaries equal the published tables and keep their promise over all looks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.effects.sequential import classic_boundaries, spending_boundaries

# Jennison and Turnbull (2000), tables 2.1 and 2.3, alpha 0.05: K, Pocock's constant, O'Brien and Fleming's.
CLASSIC = [
    (1, 1.960, 1.960),
    (2, 2.178, 1.977),
    (3, 2.289, 2.004),
    (4, 2.361, 2.024),
    (5, 2.413, 2.040),
    (10, 2.555, 2.087),
]


@pytest.mark.parametrize(("looks", "pocock", "fleming"), CLASSIC)
def test_the_constants_of_the_published_tables(looks, pocock, fleming):
    assert classic_boundaries(looks, shape="pocock").z.round(3).tolist() == [pocock] * looks
    found = classic_boundaries(looks)
    assert round(float(found.z[-1]), 3) == fleming
    assert found.z == pytest.approx(found.z[-1] * np.sqrt(looks / np.arange(1, looks + 1)))


def test_the_spending_boundaries_of_lan_and_demets():
    # To the three places in which published tables agree; the fourth is held by the bivariate normal below.
    assert spending_boundaries(5).z.round(3).tolist() == [4.877, 3.357, 2.680, 2.290, 2.031]
    assert spending_boundaries(5, shape="pocock").z.round(3).tolist() == [2.438, 2.427, 2.410, 2.397, 2.386]


def test_the_second_boundary_solves_the_bivariate_normal():
    found = spending_boundaries([0.4, 0.8])
    first, second = found.z
    joint = multivariate_normal(cov=[[1, np.sqrt(0.5)], [np.sqrt(0.5), 1]])
    inside = joint.cdf([first, second], lower_limit=[-first, -second])
    assert 1 - inside == pytest.approx(found.spent[1], abs=1e-7)


def test_looks_of_chance_alone_cross_as_seldom_as_promised():
    steps = np.random.default_rng(1).normal(size=(40_000, 5))
    z = np.cumsum(steps, axis=1) / np.sqrt(np.arange(1, 6))
    for found in (spending_boundaries(5), classic_boundaries(5, shape="pocock")):
        crossed = (np.abs(z) >= found.z).any(axis=1).mean()
        assert crossed == pytest.approx(0.05, abs=0.004)
    assert (np.abs(z) >= 1.96).any(axis=1).mean() > 0.12


def test_one_look_is_the_ordinary_test():
    assert float(spending_boundaries(1).z[0]) == pytest.approx(norm.ppf(0.975), abs=1e-9)
    assert float(spending_boundaries(1, shape="pocock", alpha=0.01).z[0]) == pytest.approx(norm.ppf(0.995), abs=1e-9)
    assert float(spending_boundaries(1).p[0]) == pytest.approx(0.05)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.sampled_from(["obrien-fleming", "pocock"]))
def test_alpha_is_spent_little_by_little_and_never_exceeded(steps, shape):
    fractions = np.cumsum(steps) / sum(steps)
    found = spending_boundaries(fractions.tolist(), shape=shape)
    assert (np.diff(found.spent) > 0).all()
    assert found.spent[-1] == pytest.approx(0.05)
    assert (found.z >= norm.ppf(0.975) - 1e-9).all()


def test_more_looks_than_planned_leave_those_before_as_they_were():
    early, late = spending_boundaries([0.3, 0.6]), spending_boundaries([0.3, 0.6, 0.9])
    assert late.z[:2].tolist() == early.z.tolist()


def test_a_very_early_look_can_hardly_cross():
    assert spending_boundaries([0.01, 1.0]).z[0] == np.inf
    assert not spending_boundaries([0.01, 1.0]).is_crossed(1, 7.9)


def test_crossing_is_on_either_side():
    found = spending_boundaries(5)
    assert (found.is_crossed(2, -3.4), found.is_crossed(2, 3.3)) == (True, False)


@pytest.mark.parametrize(
    ("looks", "alpha", "sentence"),
    [
        (0, 0.05, "from 1 to 50"),
        (51, 0.05, "from 1 to 50"),
        ([], 0.05, "from 1 to 50"),
        ([0.5, 0.5], 0.05, "rising"),
        ([0.5, 1.1], 0.05, "at most 1"),
        ([0.0, 1.0], 0.05, "rising"),
        (5, 0.0, "between 0 and 1"),
    ],
)
def test_plans_that_cannot_be_are_refused(looks, alpha, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        spending_boundaries(looks, alpha=alpha)


def test_a_look_that_was_not_planned_is_refused():
    with pytest.raises(StatisticsError, match="5 looks planned"):
        spending_boundaries(5).is_crossed(6, 2.0)
