"""What moves an outcome: published shares, every subset by brute force, and the answer that nothing does."""

import itertools
import json
import math
import pathlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared_data import shared
from wellserved.science.statistics.drivers import group_effect, key_drivers, relative_weights, shapley_shares
from wellserved.science.statistics.drivers.shares import subset_r_squared, subset_weights
from wellserved.science.statistics.errors import StatisticsError

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden_drivers.json").read_text())
CARS = GOLDEN["mtcars"]


def r_squared(outcome, columns):
    """Return R² by least squares, as any textbook does."""
    design = np.column_stack([np.ones(len(outcome)), *columns])
    rest = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return 1 - rest @ rest / ((outcome - outcome.mean()) ** 2).sum()


def averaged_over_orders(outcome, columns):
    """Return shares as they are defined: what each adds when it enters, over all orders."""
    count = len(columns)
    shares = np.zeros(count)
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        steps = [r_squared(outcome, [columns[j] for j in order[:k]]) for k in range(count + 1)]
        shares[list(order)] += np.diff(steps)
    return shares / len(orders)


def made(seed, answers=200, drivers=3):
    rng = np.random.default_rng(seed)
    return rng, {f"d{j}": rng.normal(size=answers) for j in range(drivers)}


def test_shapley_shares_equal_the_published_ones_of_the_cars():
    golden = GOLDEN["relative_weights_mtcars"]
    found = shapley_shares(CARS["mpg"], {name: CARS[name] for name in golden["predictors"]})
    assert found.r_squared == pytest.approx(golden["r2"], abs=1e-7)
    assert found.values == pytest.approx(golden["lmg_shapley"], abs=5e-8)


def test_relative_weights_equal_the_published_ones_of_the_cars():
    golden = GOLDEN["relative_weights_mtcars"]
    found = relative_weights(CARS["mpg"], {name: CARS[name] for name in golden["predictors"]})
    assert found.r_squared == pytest.approx(golden["r2"], abs=1e-7)
    assert found.values == pytest.approx(golden["rwa"], abs=5e-8)


def test_shapley_shares_equal_the_published_ones_of_the_swiss_provinces():
    golden = GOLDEN["lmg_swiss"]
    found = shapley_shares(golden["outcome"], golden["drivers"])
    assert found.values.round(4).tolist() == golden["lmg"]
    assert round(found.r_squared, 4) == golden["r2"]


@given(st.integers(0, 10_000), st.integers(1, 4))
@settings(max_examples=15)
def test_shapley_shares_are_what_drivers_add_over_all_orders(seed, count):
    rng, drivers = made(seed, answers=30, drivers=count)
    drivers["d0"] = drivers["d0"] + sum(drivers.values())
    outcome = drivers["d0"] + rng.normal(size=30)
    found = shapley_shares(outcome, drivers)
    assert found.values == pytest.approx(averaged_over_orders(outcome, list(drivers.values())), abs=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_shares_add_up_are_never_below_nothing_and_know_no_unit(seed):
    rng, drivers = made(seed, answers=40, drivers=4)
    outcome = drivers["d1"] - drivers["d2"] + rng.normal(size=40)
    found, weights = shapley_shares(outcome, drivers), relative_weights(outcome, drivers)
    rescaled = shapley_shares(7 - 3 * outcome, {name: 1e6 * values + 5 for name, values in drivers.items()})
    assert found.values.sum() == pytest.approx(found.r_squared, abs=1e-12)
    assert weights.values.sum() == pytest.approx(found.r_squared, abs=1e-9)
    assert found.values.min() >= -1e-12
    assert rescaled.values == pytest.approx(found.values, abs=1e-7)


def test_a_category_enters_whole():
    rng = np.random.default_rng(4)
    channel = rng.choice(["chat", "mail", "phone"], size=90)
    wait = rng.normal(size=90)
    outcome = wait + 2 * (channel == "mail") + rng.normal(size=90)
    found = shapley_shares(outcome, {"channel": channel, "wait": wait})
    dummies = [(channel == "mail").astype(float), (channel == "phone").astype(float)]
    alone, other, both = r_squared(outcome, dummies), r_squared(outcome, [wait]), r_squared(outcome, [*dummies, wait])
    assert found.values == pytest.approx([(alone + both - other) / 2, (other + both - alone) / 2], abs=1e-9)


def test_a_driver_twice_shares_with_itself_and_a_constant_has_nothing():
    rng, drivers = made(1, answers=50, drivers=1)
    outcome = drivers["d0"] + rng.normal(size=50)
    found = shapley_shares(outcome, {"a": drivers["d0"], "b": 2 * drivers["d0"], "c": np.ones(50)})
    assert found.values[0] == pytest.approx(found.values[1])
    assert found.values[2] == pytest.approx(0, abs=1e-12)
    assert found.r_squared == pytest.approx(r_squared(outcome, [drivers["d0"]]))
    assert relative_weights(outcome, {"a": drivers["d0"], "b": drivers["d0"]}).r_squared == pytest.approx(
        found.r_squared
    )


def test_twelve_drivers_are_shared_exactly():
    rng, drivers = made(2, answers=300, drivers=12)
    outcome = sum(drivers.values()) + rng.normal(size=300)
    found = shapley_shares(outcome, drivers)
    assert found.r_squared == pytest.approx(r_squared(outcome, list(drivers.values())))
    assert found.values.sum() == pytest.approx(found.r_squared)


def test_the_weights_of_the_subsets_of_three():
    assert subset_weights(3)[:, 0].round(6).tolist() == [
        -0.333333,
        0.333333,
        -0.166667,
        0.166667,
        -0.166667,
        0.166667,
        -0.333333,
        0.333333,
    ]
    assert subset_r_squared(np.eye(3)[None], (1, 1)).tolist() == [[0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("outcome", "drivers", "sentence"),
    [
        ([1, 2, 3, 4], {}, "at least one driver"),
        ([1, 2, 3, 4], {f"d{j}": [1, 2, 3, 4] for j in range(13)}, "12 drivers at most, and these are 13.*relative"),
        ([1, 2], {"a": [1, 2]}, "3 complete answers"),
        ([1, 1, 1, 1], {"a": [1, 2, 3, 4]}, "everywhere the same"),
        ([1, 2, 3], {"a": [1, 2]}, "one value of a for each outcome"),
        ([1, 2, 3, math.inf], {"a": [1, 2, 3, 4]}, "finite"),
        (["x", "y", "z"], {"a": [1, 2, 3]}, "outcome as numbers"),
        ([[1, 2], [3, 4]], {"a": [1, 2]}, "one row of values"),
        (range(40), {"a": [f"text {j}" for j in range(40)]}, "a has 40 different values"),
    ],
)
def test_what_cannot_be_shared_is_refused(outcome, drivers, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        shapley_shares(outcome, drivers)


def test_relative_weights_refuse_a_category():
    with pytest.raises(StatisticsError, match="use Shapley shares"):
        relative_weights(range(6), {"channel": ["a", "b", "c"] * 2})


def test_satisfaction_with_a_phone_company_ranks_as_published():
    table = pd.read_csv(shared("data/csat/ecsi_mobi.csv.gz"))
    means = {
        name: table.filter(regex=rf"^{name}\d").mean(axis=1).to_numpy() for name in ("IMAG", "CUEX", "PERQ", "PERV")
    }
    satisfaction = table.filter(regex=r"^CUSA\d").mean(axis=1).to_numpy()
    found = key_drivers(satisfaction, means, rng=np.random.default_rng(1))
    assert found.found == found.by_effect == ("PERQ", "PERV", "IMAG", "CUEX")
    assert found.ordered_by == "effect"
    # Image goes along with quality, so it shares more of the explained than it adds: both orders are told.
    assert found.by_share == ("PERQ", "IMAG", "PERV", "CUEX")
    assert [one.rank_low for one in found.drivers[1:3]] == [2, 2]
    assert found.collinear == ()
    assert (found.answers, found.left_out) == (250, 0)
    assert found.drivers[0].rank_high == 1


def test_what_moves_nothing_is_not_found():
    rng, drivers = made(3)
    found = key_drivers(rng.normal(size=200), drivers, rng=rng)
    assert found.found == ()
    assert found.is_enough
    assert found.p_value > 0.05
    assert found.reason.startswith("Nothing here moves the outcome")
    assert len(found.drivers) == 3


def test_of_noise_something_is_found_about_as_often_as_allowed():
    rng = np.random.default_rng(9)
    found = [key_drivers(*noise(rng), rng=rng, draws=99).found for _ in range(200)]
    assert sum(names != () for names in found) <= 18


def noise(rng):
    return rng.exponential(size=30), {"a": rng.normal(size=30), "b": rng.integers(0, 2, size=30)}


def test_what_moves_is_found_among_what_does_not():
    rng, drivers = made(5, answers=300, drivers=6)
    outcome = 2 * drivers["d4"] + drivers["d2"] + rng.normal(size=300)
    found = key_drivers(outcome, drivers, rng=rng)
    first, second, *rest = found.drivers
    assert found.found == ("d4", "d2")
    assert (first.rank_low, first.rank_high, second.rank_low, second.rank_high) == (1, 1, 2, 2)
    assert first.low < first.share < first.high
    assert first.effect_low < first.effect < first.effect_high
    assert first.effect == first.coefficient
    assert first.p_value == 0.001
    assert first.coefficient == pytest.approx(2 / math.sqrt(6), abs=0.1)
    assert sum(one.part for one in found.drivers) == pytest.approx(1)
    assert [one.rank for one in rest] == [3, 4, 5, 6]
    assert all(one.inflation < 1.2 for one in found.drivers)
    assert found.adjusted < found.r_squared


def test_drivers_that_repeat_each_other_are_named():
    rng, drivers = made(6, drivers=2)
    drivers["again"] = drivers["d0"] + 0.1 * rng.normal(size=200)
    found = key_drivers(drivers["d0"] + rng.normal(size=200), drivers, rng=rng)
    assert set(found.collinear) == {"d0", "again"}
    assert found.ordered_by == "share"
    assert key_drivers(drivers["d1"], drivers, rng=rng, by="effect").ordered_by == "effect"
    assert "all but repeat" in found.reason
    shares = {one.name: one for one in found.drivers}
    assert shares["again"].inflation > 50
    assert shares["d1"].inflation < 1.1
    exact = key_drivers(drivers["d0"] + rng.normal(size=200), drivers | {"again": drivers["d0"]}, rng=rng)
    assert {one.name: one.inflation for one in exact.drivers}["again"] == math.inf


def test_inflation_is_that_of_the_textbook():
    rng, drivers = made(7)
    drivers["d2"] = drivers["d0"] + drivers["d1"] + rng.normal(size=200)
    found = key_drivers(rng.normal(size=200), drivers, rng=rng)
    on_others = r_squared(drivers["d2"], [drivers["d0"], drivers["d1"]])
    assert {one.name: one.inflation for one in found.drivers}["d2"] == pytest.approx(1 / (1 - on_others))


def test_categories_take_part_without_a_coefficient():
    rng = np.random.default_rng(8)
    channel = np.array(["mail", "chat", "phone", None], dtype=object)[rng.integers(0, 4, size=300)]
    wait = rng.normal(size=300)
    found = key_drivers(
        2 * (channel == "mail") + wait + rng.normal(size=300), {"channel": channel, "wait": wait}, rng=rng
    )
    by_name = {one.name: one for one in found.drivers}
    assert set(found.found) == {"channel", "wait"}
    assert found.left_out == sum(value is None for value in channel)
    assert math.isnan(by_name["channel"].coefficient)
    assert math.isnan(by_name["wait"].weight)
    assert by_name["wait"].coefficient > 0.5
    assert by_name["channel"].effect > by_name["channel"].effect_low > 0


def test_too_few_answers_or_no_variety_say_so():
    rng, drivers = made(10, answers=39, drivers=4)
    few = key_drivers(rng.normal(size=39), drivers, rng=rng)
    assert (few.drivers, few.found, few.is_enough) == ((), (), False)
    assert few.reason == "40 complete answers say something about these drivers; there are 39."
    same = key_drivers(np.full(39, 5.0), {"d0": drivers["d0"]}, rng=rng)
    assert (same.is_enough, same.reason[:35]) == (False, "Every answer has the same outcome, ")


def test_the_same_seed_finds_the_same():
    _, drivers = made(11)
    outcome = drivers["d0"] + made(12)[1]["d0"]
    first, second = (key_drivers(outcome, drivers, rng=np.random.default_rng(2), draws=99) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"draws": 10}, "99 draws"), ({"confidence": 1.0}, "between 0 and 1"), ({"significant": 0.0}, "between 0 and 1")],
)
def test_settings_that_cannot_be_are_refused(options, sentence):
    rng, drivers = made(13)
    with pytest.raises(StatisticsError, match=sentence):
        key_drivers(rng.normal(size=200), drivers, rng=rng, **options)
    with pytest.raises(StatisticsError, match="leave some out"):
        key_drivers(rng.normal(size=9), {str(j): range(9) for j in range(13)}, rng=rng)


def test_a_late_parcel_costs_satisfaction():
    table = pd.read_csv(shared("data/csat/olist_classified_70pct.csv.gz"))
    arrived, promised = (
        pd.to_datetime(table[f"order_{name}_date"], format="mixed")
        for name in ("delivered_customer", "estimated_delivery")
    )
    timing = np.where(arrived.isna(), None, np.where(arrived > promised, "late", "on time"))
    found = group_effect(table["review_score"], timing, rng=np.random.default_rng(1))
    late, on_time = found.levels
    assert (late.name, round(late.mean, 2), late.answers) == ("late", 2.12, 277)
    assert (on_time.name, round(on_time.mean, 2), on_time.answers) == ("on time", 3.78, 2247)
    assert found.found == ("late", "on time")
    assert (found.left_out, found.p_value) == (88, 0.001)
    assert late.high < on_time.low


def test_groups_that_do_not_differ_are_not_told_apart():
    rng = np.random.default_rng(14)
    found = group_effect(rng.normal(size=120), rng.choice(["a", "b", "c", "d"], size=120), rng=rng)
    assert found.found == ()
    assert found.is_enough
    assert found.reason == "The groups differ no more than shuffled answers would."
    assert found.expected <= found.explained


def test_one_group_apart_is_named_alone_and_small_ones_are_hidden():
    rng = np.random.default_rng(15)
    groups = np.repeat(["north", "south", "east", "west", "moon"], [60, 60, 60, 60, 4])
    outcome = rng.normal(size=244) + 1.5 * (groups == "east")
    found = group_effect(outcome, groups, rng=rng)
    assert [level.name for level in found.levels][-1] == "east"
    assert "east" in found.found
    assert found.hidden == 4
    assert "moon" not in {level.name for level in found.levels}


def test_the_variance_between_groups_is_that_of_the_textbook():
    found = group_effect([1, 2, 3, 4, 5, 6, 7, 8, 9, 12], ["a"] * 5 + ["b"] * 5, rng=np.random.default_rng(1))
    # Means 3 and 8.4 around 5.7: between 2 · 5 · 2.7² = 72.9, within 10 + 21.2.
    assert found.explained == pytest.approx(72.9 / 104.1)
    assert found.expected == pytest.approx((72.9 - 3.9) / (104.1 + 3.9))


@pytest.mark.parametrize(
    ("outcome", "groups", "reason"),
    [
        ([1, 2, 3, 4, 5, 6], ["a"] * 5 + ["b"], "Fewer than two groups have 5"),
        ([3] * 10, ["a"] * 5 + ["b"] * 5, "Every answer has the same outcome"),
        ([], [], "Fewer than two groups"),
    ],
)
def test_groups_that_say_nothing_say_why(outcome, groups, reason):
    found = group_effect(outcome, groups, rng=np.random.default_rng(1))
    assert (found.is_enough, found.levels) == (False, ())
    assert found.reason.startswith(reason)


def test_groups_of_another_length_are_refused():
    with pytest.raises(StatisticsError, match="one group for each"):
        group_effect([1, 2], ["a"], rng=np.random.default_rng(1))
    with pytest.raises(StatisticsError, match="significance"):
        group_effect([1, 2], ["a", "b"], rng=np.random.default_rng(1), significant=2)
