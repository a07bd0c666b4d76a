"""Where an outcome breaks is found without being told, and where it does not, nothing is."""

import numpy as np
import pandas as pd
import pytest

from tests.shared_data import shared
from wellserved.science.statistics.drivers import find_thresholds
from wellserved.science.statistics.drivers.shuffles import MOST_SHUFFLED, chance, null_sums, resampled
from wellserved.science.statistics.errors import StatisticsError


def best_by_trying(outcome, driver, least):
    """Return the cut with the largest share of the variance between its sides, one after the other."""
    cuts = [cut for cut in np.unique(driver) if least <= (driver >= cut).sum() <= len(driver) - least]
    explained = [np.corrcoef(driver >= cut, outcome)[0, 1] ** 2 for cut in cuts]
    return cuts[int(np.argmax(explained))], max(explained)


def test_the_fourth_service_call_is_found_among_all_figures_of_the_subscribers():
    table = pd.read_csv(shared("data/csat/mlc_churn.csv.gz"))
    numbers = {name: table[name].to_numpy() for name in table.select_dtypes("number").columns}
    found = find_thresholds(table["churn"] == "yes", numbers, rng=np.random.default_rng(1))
    calls = {one.name: one for one in found.found}["number_customer_service_calls"]
    assert (calls.cut, calls.low, calls.high) == (4, 4, 4)
    assert (round(calls.below, 3), round(calls.above, 3)) == (0.11, 0.504)
    assert calls.is_break
    assert calls.p_value == 0.001
    assert len(numbers) == 15
    assert "total_night_calls" not in {one.name for one in found.found}


def test_the_day_a_parcel_is_late_is_found():
    table = pd.read_csv(shared("data/csat/olist_classified_70pct.csv.gz"))
    arrived, promised = (
        pd.to_datetime(table[f"order_{name}_date"], format="mixed")
        for name in ("delivered_customer", "estimated_delivery")
    )
    days = np.floor((arrived - promised).dt.total_seconds() / 86_400)
    found = find_thresholds(table["review_score"], {"days late": days}, rng=np.random.default_rng(1))
    (late,) = found.found
    assert 0 <= late.low <= late.cut <= late.high <= 7
    assert late.is_break
    assert late.below > 3.7
    assert late.above < 2.2
    assert found.left_out == 88


@pytest.mark.parametrize("seed", range(3))
def test_the_best_cut_is_that_of_trying_each(seed):
    rng = np.random.default_rng(seed)
    driver, outcome = rng.integers(0, 40, size=150), rng.normal(size=150)
    (found,) = find_thresholds(outcome, {"d": driver}, rng=rng, draws=99).tried
    cut, explained = best_by_trying(outcome, driver, 10)
    assert (found.cut, found.step) == (cut, pytest.approx(explained))
    assert found.line == pytest.approx(np.corrcoef(driver, outcome)[0, 1] ** 2)
    assert (found.below, found.above) == (
        pytest.approx(outcome[driver < cut].mean()),
        pytest.approx(outcome[driver >= cut].mean()),
    )


def test_of_noise_a_cut_is_found_about_as_often_as_allowed():
    rng = np.random.default_rng(4)
    found = [find_thresholds(*noise(rng), rng=rng, draws=99).found for _ in range(200)]
    assert sum(one != () for one in found) <= 18


def noise(rng):
    return rng.integers(0, 2, size=80), {"a": rng.normal(size=80), "b": rng.integers(0, 9, size=80)}


def test_a_steady_rise_is_no_break():
    rng = np.random.default_rng(5)
    hours = rng.uniform(0, 10, size=500)
    (found,) = find_thresholds(hours + rng.normal(size=500), {"hours": hours}, rng=rng).found
    assert not found.is_break
    assert found.line > found.step


def test_many_answers_are_judged_as_few_are():
    rng = np.random.default_rng(6)
    size = MOST_SHUFFLED + 5_000
    calls = rng.integers(0, 8, size=size)
    found = find_thresholds(
        rng.random(size) < np.where(calls >= 5, 0.14, 0.12), {"calls": calls, "age": rng.normal(size=size)}, rng=rng
    )
    assert [(one.name, one.cut) for one in found.found] == [("calls", 5)]
    assert {one.name for one in found.tried} == {"calls", "age"}


def test_drivers_without_a_cut_are_named():
    found = find_thresholds(
        range(40), {"same": [1] * 40, "rare": [0] * 35 + [1] * 5, "half": [0, 1] * 20}, rng=np.random.default_rng(1)
    )
    assert found.untried == ("same", "rare")
    assert [one.name for one in found.tried] == ["half"]
    assert found.found == ()
    assert found.reason.startswith("No cut parts the outcomes")


@pytest.mark.parametrize(
    ("outcome", "driver", "reason"),
    [([1] * 40, range(40), "Every answer"), (range(10), range(10), "No cut leaves 10"), ([], [], "No cut leaves")],
)
def test_where_nothing_can_be_tried_it_is_said(outcome, driver, reason):
    found = find_thresholds(outcome, {"d": driver}, rng=np.random.default_rng(1))
    assert (found.is_enough, found.tried) == (False, ())
    assert found.reason.startswith(reason)


def test_what_cannot_be_cut_is_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(StatisticsError, match="Name a driver"):
        find_thresholds([1, 2], {}, rng=rng)
    with pytest.raises(StatisticsError, match="one value of each driver"):
        find_thresholds([1, 2], {"d": [1]}, rng=rng)
    with pytest.raises(StatisticsError, match="Give d as numbers"):
        find_thresholds([1, 2], {"d": ["a", "b"]}, rng=rng)
    with pytest.raises(StatisticsError, match="99 draws"):
        find_thresholds(range(40), {"d": range(40)}, rng=rng, draws=5)


def test_sums_of_many_shuffled_answers_spread_as_those_of_few():
    rng = np.random.default_rng(7)
    outcome = rng.exponential(size=MOST_SHUFFLED)
    outcome -= outcome.mean()
    group = np.repeat([0, 1, 2], [2_000, 8_000, MOST_SHUFFLED - 10_000])
    few = null_sums(outcome, [group], rng=rng, draws=400)[0]
    many = null_sums(np.tile(outcome, 2), [np.repeat(group, 2)], rng=rng, draws=4_000)[0]
    expected = outcome.std() * np.sqrt(np.array([2_000, 8_000, 10_000]) * np.array([18_000, 12_000, 10_000]) / 20_000)
    assert few.std(axis=0) == pytest.approx(expected, rel=0.15)
    assert many.std(axis=0) == pytest.approx(expected * np.sqrt(2), rel=0.05)
    assert few.sum(axis=1) == pytest.approx(0, abs=1e-6)
    assert many.sum(axis=1) == pytest.approx(0, abs=1e-6)


def test_chance_counts_itself_and_every_tie():
    assert chance(np.array([3.0, 1.0, 9.0]), np.array([1.0, 2.0, 3.0])).tolist() == [0.5, 1.0, 0.25]


def test_resamples_have_as_many_answers():
    rows = np.vstack(list(resampled(7, rng=np.random.default_rng(1), draws=50)))
    assert rows.shape == (50, 7)
    assert set(rows.sum(axis=1)) == {7.0}
