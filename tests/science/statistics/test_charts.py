"""Charts of shares equal worked examples and hold what their rules say."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared
from wellserved.science.statistics import StatisticsError, p_chart, runs


def golden(key):
    return json.loads(shared("data/golden/methods.json").read_text())[key]


def points(flags):
    """The points numbered from one, as the examples print them."""
    return (np.flatnonzero(flags) + 1).tolist()


def beyond(chart):
    return points((chart.shares > chart.upper) | (chart.shares < chart.lower))


def test_the_wafers_of_the_nist_handbook():
    wafers = golden("p_nist_wafers")
    chart = p_chart(wafers["d"], [wafers["n"]] * 30, method="p")
    assert round(chart.centre, 6) == wafers["center"]
    assert (round(chart.lower[0], 6), round(chart.upper[0], 6)) == (wafers["lcl"], wafers["ucl"])
    assert beyond(chart) == wafers["signals"]


def test_the_wafers_without_the_two_that_had_a_cause():
    wafers = golden("p_nist_wafers")
    expected = wafers["excluding_15_23"]
    kept = ~np.isin(np.arange(1, 31), [15, 23])
    chart = p_chart(wafers["d"], [wafers["n"]] * 30, method="p", baseline=kept)
    assert round(chart.centre, 6) == expected["center"]
    assert (round(chart.lower[0], 6), round(chart.upper[0], 6)) == (expected["lcl"], expected["ucl"])
    assert beyond(chart) == expected["signals"]


def test_orders_of_uneven_size():
    orders = golden("montgomery_7_4_p_variable_n")
    chart = p_chart(orders["count"], orders["size"], method="p")
    assert round(chart.centre, 6) == orders["center"]
    limits = [*chart.lower[[0, -1]].round(6), *chart.upper[[0, -1]].round(6)]
    assert limits == [orders[key] for key in ("first_lcl", "last_lcl", "first_ucl", "last_ucl")]
    assert beyond(chart) == orders["signals"]


def test_laneys_limits_by_hand():
    # p = .5 and n = 10,000 throughout, so sigma is .005 and the standardised points are -4, 4, -4, 4: each moving
    # range is 8, sigma_z is 8 / 1.128, and the limits are .5 -+ 3 x .005 x 7.092.
    chart = p_chart([4800, 5200, 4800, 5200], [10_000] * 4)
    assert (chart.is_prime, round(chart.sigma_z, 4)) == (True, 7.0922)
    assert (round(chart.lower[0], 4), round(chart.upper[0], 4)) == (0.3936, 0.6064)
    assert chart.signals.tolist() == [0, 0, 0, 0]
    plain = p_chart([4800, 5200, 4800, 5200], [10_000] * 4, method="p")
    assert plain.signals.tolist() == [-1, 1, -1, 1]


def test_limits_are_never_narrower_than_the_sizes_alone_explain():
    chart = p_chart([50, 50, 51, 50], [100] * 4)
    assert (chart.is_prime, chart.limits(100)) == (False, p_chart([201], [400], method="p").limits(100))


def test_seven_on_one_side_are_a_run_and_six_are_none():
    assert runs([1] * 7 + [0] * 6, centre=0.5).tolist() == [1] * 7 + [0] * 6
    assert runs([0] * 6 + [0.5] + [0] * 7, centre=0.5).tolist() == [0] * 7 + [-1] * 7
    assert runs([1, 1, 1, math.nan, 1, 1, 1, 1], centre=0.5).tolist() == [0] * 8
    assert runs([], centre=0.5).tolist() == []


@given(st.lists(st.sampled_from([0.0, 1.0, 0.5, math.nan]), max_size=60), st.integers(2, 9))
def test_runs_equal_counting_them_one_after_the_other(values, length):
    grouped = [list(group) for _, group in itertools.groupby(values, key=side)]
    expected = [side(value) if len(group) >= length else 0 for group in grouped for value in group]
    assert runs(values, centre=0.5, length=length).tolist() == expected


def side(value):
    return int(value > 0.5) - int(value < 0.5)


rows = st.lists(
    st.integers(0, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), min_size=2, max_size=40
).filter(lambda found: any(total for _, total in found))


@given(rows, st.sampled_from(["auto", "p", "laney"]))
def test_limits_stay_inside_and_around_the_centre(counted, method):
    kept, total = (np.array(column) for column in zip(*counted, strict=True))
    chart = p_chart(kept, total, method=method)
    assert ((chart.lower >= 0) & (chart.lower <= chart.centre) & (chart.centre <= chart.upper)).all()
    assert (chart.upper <= 1).all()


@given(rows, st.sampled_from(["auto", "p", "laney"]))
def test_what_is_kept_and_what_is_broken_signal_alike(counted, method):
    kept, total = (np.array(column) for column in zip(*counted, strict=True))
    chart, mirrored = p_chart(kept, total, method=method), p_chart(total - kept, total, method=method)
    # A share on the centre or on a limit falls to either side by rounding alone.
    clear = np.abs(np.subtract.outer(chart.shares, [chart.centre])[:, 0]) > 1e-9
    clear &= (np.abs(chart.shares - chart.lower) > 1e-9) & (np.abs(chart.shares - chart.upper) > 1e-9)
    outside = (chart.shares > chart.upper) | (chart.shares < chart.lower)
    mirrored_outside = (mirrored.shares > mirrored.upper) | (mirrored.shares < mirrored.lower)
    assert mirrored.centre == pytest.approx(1 - chart.centre, abs=1e-12)
    assert outside[clear].tolist() == mirrored_outside[clear].tolist()


def test_a_chart_without_cases_is_refused():
    with pytest.raises(StatisticsError, match="at least one point with cases"):
        p_chart([0, 0], [0, 0])


def test_a_table_is_no_chart():
    with pytest.raises(StatisticsError, match="one row of points"):
        p_chart(np.ones((2, 2)), np.ones((2, 2)))


def test_a_run_of_one_is_refused():
    with pytest.raises(StatisticsError, match="at least two points"):
        runs([1.0], centre=0.5, length=1)
