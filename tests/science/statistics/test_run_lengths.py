"""Simulated run lengths agree with exact ones, with published ones and with the reference simulation."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from tests.science.statistics.published_charts import GOLDEN
from wellserved.science.statistics.charts import (
    COUNTS,
    DEFAULT,
    NELSON,
    NHS,
    SHEWHART,
    WESTERN_ELECTRIC,
    chart_values,
    false_alarms,
    run_lengths,
)
from wellserved.science.statistics.errors import StatisticsError

NAMES = {
    "3 sigma": SHEWHART,
    "WECO four": WESTERN_ELECTRIC,
    "NHS MDC": NHS,
    "Nelson eight": NELSON,
    "3s + 8 run": COUNTS,
    "3s + 8 run + 2of3": DEFAULT,
}
# Champ, C. W. and Woodall, W. H. (1987), table 1: exact mean run lengths when nothing has happened.
PUBLISHED = [(SHEWHART, 370.40), (COUNTS, 152.73), (DEFAULT, 122.05), (WESTERN_ELECTRIC, 91.75)]
REFERENCE_RUNS = 3000


def rng(seed=7):
    return np.random.default_rng(seed)


def exact_mean(*, shift, zone, run=8):
    """The mean run length of 3 sigma, a run of 8 and, with a zone, 2 of 3 beyond 2 sigma: a Markov chain solved."""
    normal = NormalDist(shift, 1)
    edges = [normal.cdf(edge) for edge in (-3, -2, 0, 2, 3)]
    kinds = [(side, far, p) for (side, far), p in zip([(-1, 1), (-1, 0), (1, 0), (1, 1)], np.diff(edges), strict=True)]
    states = [(0, 0, 0)]
    moves = []
    for state in states:
        length, last, second = state
        for side, far, chance in kinds:
            longer = side * (abs(length) * (length * side > 0) + 1)
            far_side = side * far
            is_found = abs(longer) >= run or (zone and far and far_side in (last, second))
            following = (longer, far_side * zone, last)
            states.extend([following] * (not is_found and following not in states))
            moves.extend([(state, following, chance)] * (not is_found))
    place = {state: number for number, state in enumerate(states)}
    chances = np.zeros((len(states), len(states)))
    for state, following, chance in moves:
        chances[place[state], place[following]] += chance
    return float(np.linalg.solve(np.eye(len(states)) - chances, np.ones(len(states)))[0])


def shewhart_mean(shift):
    normal = NormalDist(shift, 1)
    return 1 / (normal.cdf(-3) + 1 - normal.cdf(3))


@pytest.mark.parametrize(("rules", "mean"), PUBLISHED, ids=[rules.key for rules, _ in PUBLISHED])
def test_the_published_mean_run_lengths(rules, mean):
    found = run_lengths(rules, rng=rng())
    assert found.mean == pytest.approx(mean, abs=4 * found.standard_error)
    assert found.unfinished == 0


def test_the_exact_chain_gives_what_was_published():
    assert round(shewhart_mean(0), 2) == 370.40
    assert round(exact_mean(shift=0, zone=0), 2) == 152.73
    assert round(exact_mean(shift=0, zone=1), 2) == 122.05


@pytest.mark.parametrize("shift", [0.5, 1.0, 1.5, 2.0])
def test_a_shift_is_found_as_soon_as_the_exact_chain_says(shift):
    exact = [shewhart_mean(shift), exact_mean(shift=shift, zone=0), exact_mean(shift=shift, zone=1)]
    found = [run_lengths(rules, rng=rng(), shift=shift) for rules in (SHEWHART, COUNTS, DEFAULT)]
    apart = [(one.mean - mean) / one.standard_error for one, mean in zip(found, exact, strict=True)]
    assert max(map(abs, apart)) < 4


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_simulation(name):
    told = GOLDEN["arl"]
    usual = run_lengths(NAMES[name], rng=rng())
    shifted = run_lengths(NAMES[name], rng=rng(8), shift=1.0)
    board = false_alarms(NAMES[name], charts=1, points=24, rng=rng(9))
    # Both sides were simulated: the reference with 3,000 runs, and printed to two or three digits.
    both = 4 * math.sqrt(1 + len(usual.lengths) / REFERENCE_RUNS)
    assert usual.mean == pytest.approx(told["arl0"][name], abs=both * usual.standard_error + 0.5)
    assert shifted.mean == pytest.approx(told["arl_shift_1sd"][name], abs=both * shifted.standard_error + 0.5)
    assert board.a_chart == pytest.approx(
        told["p_false_alarm_24_points"][name], abs=both * board.standard_error + 0.005
    )
    assert usual.within(24) == pytest.approx(board.a_chart, abs=4 * math.sqrt(2) * board.standard_error)


def test_an_injected_shift_of_one_and_a_half_sigma_is_found_within_the_published_run_length():
    # 400 charts of 60 ordinary points, which make the limits, and a shift that stays. Only what is noticed
    # after the shift counts.
    generator, waits = rng(11), []
    for _ in range(400):
        row = generator.standard_normal(160)
        row[60:] += 1.5
        chart = chart_values(row, baseline=60)
        waits.append(min(signal.noticed for signal in chart.signals if signal.noticed >= 60) - 59)
    # Limits at 3 sigma alone take 14.97 points; the rules together find it in 6 on average.
    assert round(shewhart_mean(1.5), 2) == 14.97
    assert np.mean(waits) < 14.97 / 1.5
    assert np.median(waits) <= 7
    assert np.mean(waits) == pytest.approx(exact_mean(shift=1.5, zone=1), rel=0.2)


def test_limits_from_few_points_give_more_false_alarms():
    shares = [
        false_alarms(DEFAULT, charts=1, points=24, rng=rng(), baseline=baseline).a_chart
        for baseline in (12, 25, 100, None)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 2 * shares[-1]


def test_a_board_adds_its_charts_up():
    one = false_alarms(DEFAULT, charts=1, points=24, rng=rng())
    board = false_alarms(DEFAULT, charts=20, points=24, rng=rng())
    assert board.a_chart == one.a_chart == pytest.approx(one.any_chart, abs=1e-12)
    assert board.expected_charts == pytest.approx(20 * one.a_chart)
    assert board.any_chart == pytest.approx(1 - (1 - one.a_chart) ** 20)
    assert board.expected_alarms >= board.expected_charts


def test_the_same_seed_gives_the_same_run_lengths_and_waiting_may_end():
    found, again = (run_lengths(NHS, rng=rng(3), runs=50) for _ in range(2))
    assert found.lengths.tolist() == again.lengths.tolist()
    short = run_lengths(SHEWHART, rng=rng(), runs=200, longest=10)
    assert short.lengths.max() == 10
    assert short.unfinished > 150


def test_what_cannot_be_simulated_is_refused():
    asks = [
        lambda: run_lengths(DEFAULT, rng=rng(), runs=1),
        lambda: run_lengths(DEFAULT, rng=rng(), longest=1),
        lambda: run_lengths(DEFAULT, rng=rng(), baseline=1),
        lambda: run_lengths(DEFAULT, rng=rng(), shift=math.nan),
        lambda: false_alarms(DEFAULT, charts=0, points=1, rng=rng()),
    ]
    for ask in asks:
        with pytest.raises(StatisticsError, match=r"two|one chart|finite"):
            ask()
