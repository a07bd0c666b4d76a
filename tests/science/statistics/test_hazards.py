"""Ratios of hazards equal the published trial, the library and the truth they were drawn from."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.hazard_regression import PHReg

from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.lifetimes.hazards import cox

GOLDEN = json.loads(Path(__file__).with_name("golden_time.json").read_text(encoding="utf-8"))["kaplan_meier_6mp"]


def drawn(seed, size=300, effects=(0.8, -0.5), drift=0.0):
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.integers(0, 2, size), rng.normal(size=size)])
    times = rng.exponential(1 / np.exp(x @ np.array(effects))) ** np.exp(-drift * x[:, 0])
    ends = rng.exponential(2, size)
    return np.minimum(times, ends), times <= ends, x


def test_the_leukaemia_trial_of_freireich():
    times, over = GOLDEN["t"] + GOLDEN["control_t"], GOLDEN["event"] + [1] * 21
    found = cox(times, over, [0] * 21 + [1] * 21)
    assert float(found.coefficient[0]) == pytest.approx(GOLDEN["cox_efron_beta"], abs=1e-5)
    assert round(float(found.error[0]), 4) == GOLDEN["cox_se"]
    assert (found.events, found.is_enough) == (30, True)
    assert found.overall_p < 1e-4
    assert found.drift_p[0] > 0.5


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_coefficients_and_errors_equal_the_library_with_ties(seed):
    times, over, x = drawn(seed, size=120)
    tied = np.ceil(times * 10)
    library = PHReg(tied, x, status=over.astype(int), ties="efron").fit()
    found = cox(tied, over, x)
    assert found.coefficient == pytest.approx(library.params, abs=1e-5)
    assert found.error == pytest.approx(library.bse, rel=1e-4)
    assert found.log_likelihood == pytest.approx(library.llf)
    assert found.p == pytest.approx(library.pvalues, abs=1e-4)


def test_the_truth_lies_in_the_interval_as_often_as_it_says():
    found = [cox(*drawn(seed)) for seed in range(100)]
    held = [(one.low <= np.exp([0.8, -0.5])) & (np.exp([0.8, -0.5]) <= one.high) for one in found]
    assert np.mean(held) > 0.9
    assert np.mean([one.coefficient for one in found], axis=0) == pytest.approx([0.8, -0.5], abs=0.05)


def test_a_ratio_that_drifts_is_told_and_a_steady_one_seldom():
    assert np.mean([cox(*drawn(seed)).drift_p < 0.05 for seed in range(60)]) < 0.12
    assert np.mean([cox(*drawn(seed, drift=0.8)).drift_p[0] < 0.05 for seed in range(20)]) > 0.7


def test_unit_and_origin_of_a_driver_only_scale_its_coefficient():
    times, over, x = drawn(5)
    plain, moved = cox(times, over, x), cox(times * 86_400, over, 1e6 + x * [100, 0.001])
    assert moved.coefficient * [100, 0.001] == pytest.approx(plain.coefficient, rel=1e-4)
    assert moved.p == pytest.approx(plain.p, rel=1e-3)


def test_a_driver_that_parts_all_has_no_ratio():
    found = cox(range(1, 21), [1] * 20, [1] * 10 + [0] * 10)
    assert not found.is_enough
    assert "its ratio is endless" in found.reason
    assert np.isnan(found.ratio).all()
    assert np.isnan(found.overall_p)


@pytest.mark.parametrize(
    ("over", "drivers", "reason"),
    [
        ([1] * 4 + [0] * 16, np.arange(20) % 2, "5 events, not 4"),
        ([1] * 20, np.ones(20), "same for all"),
        ([1] * 20, np.column_stack([np.arange(20), 2 * np.arange(20) + 1]), "follows from the others"),
    ],
)
def test_too_little_to_tell_is_said_to_be_so(over, drivers, reason):
    found = cox(range(1, 21), over, drivers)
    assert not found.is_enough
    assert reason in found.reason
    assert np.isnan(found.coefficient).all()


def test_all_at_one_time_say_nothing_of_order():
    found = cox([3] * 20, [1] * 20, np.arange(20) % 2)
    assert found.coefficient == pytest.approx([0.0], abs=1e-9)
    assert np.isnan(found.drift_p).all()


@pytest.mark.parametrize("drivers", [np.ones(3), np.full(20, np.nan), np.ones((20, 0)), np.ones((20, 1, 1))])
def test_drivers_that_do_not_fit_the_cases_are_refused(drivers):
    with pytest.raises(StatisticsError, match="one row of finite drivers"):
        cox(range(1, 21), [1] * 20, drivers)


def test_certainty_is_refused():
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        cox(range(1, 21), [1] * 20, np.arange(20) % 2, confidence=1)
