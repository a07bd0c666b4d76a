"""Measures of forecasts equal worked figures and behave as they must."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from tests.science.statistics.published_charts import GOLDEN
from wellserved.science.statistics.accuracy import accuracy, coverage, pinball
from wellserved.science.statistics.errors import StatisticsError

pairs = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=40)


def test_the_worked_figures():
    told = GOLDEN["forecast_metrics"]
    found = accuracy(told["y"], told["f"], history=told["train"])
    assert (found.wape, found.mase, found.bias) == pytest.approx((told["wape"], told["mase"], told["bias"]), rel=1e-12)
    assert round(found.mape, 6) == told["mape"]
    assert round(found.smape, 5) == told["smape"]
    assert round(found.rmse, 6) == told["rmse"]


@given(pairs)
@settings(max_examples=60)
def test_errors_equal_the_librarys(rows):
    came, told = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    found = accuracy(came, told)
    assert found.mae == pytest.approx(metrics.mean_absolute_error(came, told))
    assert found.rmse == pytest.approx(metrics.root_mean_squared_error(came, told))
    assert found.mape == pytest.approx(metrics.mean_absolute_percentage_error(came, told))
    assert found.wape == pytest.approx(np.average(np.abs(told - came) / came, weights=came))
    assert abs(found.bias) <= found.wape + 1e-12
    assert pinball(came, told, 0.9) == pytest.approx(metrics.mean_pinball_loss(came, told, alpha=0.9))
    assert pinball(came, told, 0.5) == pytest.approx(found.mae / 2)


@given(st.lists(st.integers(0, 99), min_size=8, max_size=30).filter(lambda row: len(set(row)) > 1), st.integers(1, 4))
@settings(max_examples=40)
def test_repeating_the_last_season_over_the_history_scales_to_one(history, season):
    past = np.array(history + [history[0] + 1] * season, dtype=float)
    found = accuracy(past[season:], past[:-season], history=past, season=season)
    assert found.mase == pytest.approx(1.0)


def test_what_would_divide_by_nothing_is_not_there():
    found = accuracy([0, 0], [1, 0])
    assert (found.wape, found.bias, found.mape, found.smape, found.mase) == (None,) * 5
    assert (found.mae, found.rmse) == (0.5, pytest.approx(math.sqrt(0.5)))
    flat = accuracy([5, 0], [5, 1], history=[3, 3, 3])
    assert (flat.mase, flat.mape, flat.wape, flat.smape) == (None, None, 0.2, 1.0)


def test_the_true_quantile_loses_least():
    drawn = np.random.default_rng(7).exponential(size=20_000)
    losses = [pinball(drawn, np.full(len(drawn), level), 0.9) for level in (1.5, -math.log(0.1), 3.2)]
    assert losses[1] == min(losses)


def test_coverage_counts_bounds_as_inside():
    found = coverage([1, 2, 3, 4], [1, 0, 3.5, 0], [1, 2, 9, 3])
    assert (found.share, found.count, found.mean_width) == (0.5, 4, 2.625)
    assert found.interval.low < 0.5 < found.interval.high


REFUSED = [
    (lambda: accuracy([], []), "at least 1"),
    (lambda: accuracy([1, 2], [1]), "one forecast for each"),
    (lambda: accuracy([1, math.nan], [1, 2]), "leave out what is not known"),
    (lambda: accuracy([1], [1], season=0), "at least one period"),
    (lambda: accuracy([1], [1], history=[1, 2], season=2), "at least 3"),
    (lambda: pinball([1], [1], 1.0), "between 0 and 1"),
    (lambda: coverage([1], [3], [2]), "low, then high"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_cannot_be_compared_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
