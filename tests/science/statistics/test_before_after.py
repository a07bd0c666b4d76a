"""Two shares and two rates are compared as published, and what could not have been seen is said."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.rates import confint_poisson_2indep

from wellserved.science.statistics import StatisticsError, difference
from wellserved.science.statistics.effects.before_after import compare_counts, compare_shares

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))


def test_the_infections_compared_naively():
    cdi = GOLDEN["prepost_cdi"]
    counts, exposure, pre = np.array(cdi["n"]), np.array(cdi["exposure"]), cdi["pre"]
    found = compare_counts(
        counts[:pre].sum(), exposure[:pre].sum(), count_after=counts[pre:].sum(), exposure_after=exposure[pre:].sum()
    )
    assert found.effect == pytest.approx(cdi["naive_rate_ratio"], abs=5e-7)
    assert (found.low, found.high) == pytest.approx(tuple(cdi["naive_ci_score"]), abs=5e-7)


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.1, 100), st.floats(0.1, 100))
def test_the_interval_of_a_ratio_equals_the_library(count, count_after, exposure, exposure_after):
    found = compare_counts(count, exposure, count_after=count_after, exposure_after=exposure_after)
    library = confint_poisson_2indep(count_after, exposure_after, count, exposure, method="score", compare="ratio")
    # The library looks its bounds up to four places; at ours the score is what it must be.
    assert (found.low, found.high) == pytest.approx(library, rel=1e-4)
    ratios = np.array([found.low, found.high]) * exposure_after / exposure
    scores = (count_after - count * ratios) ** 2 / ((count + count_after) * ratios)
    assert scores == pytest.approx(norm.ppf(0.975) ** 2, rel=1e-8)
    assert found.low <= found.effect <= found.high


def test_shares_equal_the_published_difference_and_the_library():
    found = compare_shares(48, 80, kept_after=56, total_after=70)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found.p == pytest.approx(proportions_ztest([48, 56], [80, 70])[1])
    expected = difference(56, 70, other_kept=48, other_total=80)
    assert (found.low, found.high) == (expected.low, expected.high)


def test_what_is_detectable_is_found_four_times_in_five():
    rng = np.random.default_rng(1)
    before = rng.binomial(400, 0.7, 4000)
    apart = compare_shares(280, 400, kept_after=280, total_after=400).detectable[1]
    after = rng.binomial(400, 0.7 + apart, 4000)
    pooled = (before + after) / 800
    z = (after - before) / 400 / np.sqrt(pooled * (1 - pooled) / 200)
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.03)


def test_a_detectable_ratio_is_found_four_times_in_five():
    rng = np.random.default_rng(2)
    ratio = compare_counts(200, 100, count_after=200, exposure_after=100).detectable[1]
    before, after = rng.poisson(200, 4000), rng.poisson(200 * ratio, 4000)
    z = (after - (before + after) / 2) / np.sqrt((before + after) / 4)
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.03)


def test_counts_wider_than_chance_need_more():
    plain = compare_counts(80, 10, count_after=50, exposure_after=10)
    wide = compare_counts(80, 10, count_after=50, exposure_after=10, dispersion=3)
    assert wide.effect == plain.effect
    assert (wide.low < plain.low, wide.high > plain.high, wide.p > plain.p) == (True, True, True)
    assert wide.detectable[1] > plain.detectable[1]


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(0, 200))
def test_before_and_after_turned_round_turn_the_share_round(first, second):
    found = compare_shares(first, 200, kept_after=second, total_after=200)
    turned = compare_shares(second, 200, kept_after=first, total_after=200)
    assert (found.effect, found.low, found.high) == pytest.approx(
        (-turned.effect, -turned.high, -turned.low), abs=1e-12
    )
    assert found.p == pytest.approx(turned.p)


def test_nothing_before_and_few_cases_have_defined_answers():
    none = compare_shares(0, 0, kept_after=3, total_after=4)
    assert (none.is_enough, none.low, none.high, math.isnan(none.effect)) == (False, -1.0, 1.0, True)
    gone = compare_counts(30, 10, count_after=0, exposure_after=10)
    assert (gone.effect, gone.low, gone.is_enough) == (0.0, 0.0, True)
    new = compare_counts(0, 10, count_after=30, exposure_after=10)
    assert (new.effect, new.high) == (math.inf, math.inf)
    empty = compare_counts(0, 10, count_after=0, exposure_after=10)
    assert (math.isnan(empty.effect), empty.low, empty.high, empty.p) == (True, 0.0, math.inf, 1.0)
    assert "Ten cases" in empty.reason
    assert compare_shares(20, 20, kept_after=20, total_after=20).p == 1.0


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"exposure": 0}, "above 0"),
        ({"dispersion": 0.5}, "1 or more"),
        ({"count_after": -1}, "never negative"),
        ({"power": 1}, "between 0 and 1"),
        ({"exposure_after": math.inf}, "finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(given_, sentence):
    usual = {"count": 10, "exposure": 1, "count_after": 5, "exposure_after": 1}
    with pytest.raises(StatisticsError, match=sentence):
        compare_counts(**{**usual, **given_})


def test_more_kept_than_there_are_is_refused():
    with pytest.raises(StatisticsError, match="between none and all"):
        compare_shares(5, 4, kept_after=1, total_after=2)
