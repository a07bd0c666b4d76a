"""Rules are met where their words say, by counting one after the other; icons say what the rules found."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellserved.science.statistics.charts import (
    NELSON,
    NHS,
    RULE_SETS,
    WESTERN_ELECTRIC,
    Assurance,
    Rule,
    RuleSet,
    Variation,
    chart_values,
    icons,
    run_of,
    trend_of,
)
from wellserved.science.statistics.charts.detection import met, signals_of
from wellserved.science.statistics.errors import StatisticsError

points = st.lists(st.sampled_from([-3.5, -2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5, 3.5, float("nan")]), max_size=40)
RULES = sorted({rule.key: rule for found in RULE_SETS.values() for rule in found.rules}.items())


def unit(sigma):
    return -sigma, sigma


def counted(rule, side, window):
    """Whether a rule is met at the last point of a window, as its words say it."""
    steps = [np.sign(later - before) for before, later in itertools.pairwise(window)]
    full = len(window) == rule.window
    beyond = [value * side > rule.sigma for value in window]
    return {
        "side": beyond[-1] and sum(beyond) >= rule.needed,
        "trend": full and all(step == side for step in steps),
        "alternating": full and all(a * b == -1 for a, b in itertools.pairwise(steps)),
        "within": full and all(abs(value) <= rule.sigma for value in window),
        "outside": full and all(abs(value) > rule.sigma for value in window),
    }[rule.kind]


@pytest.mark.parametrize("rule", [rule for _, rule in RULES], ids=[key for key, _ in RULES])
@given(values=points)
@settings(max_examples=40)
def test_rules_equal_counting_their_windows(rule, values):
    for side, fired, _ in met(np.array(values), unit, rule):
        windows = [values[max(0, place - rule.window + 1) : place + 1] for place in range(len(values))]
        assert fired.tolist() == [counted(rule, side, window) for window in windows]


@given(st.lists(points.filter(lambda row: len(row) >= 30).map(lambda row: row[:30]), min_size=1, max_size=4))
@settings(max_examples=10)
def test_many_charts_at_once_are_each_judged_alone(charts):
    for rule in NELSON.rules:
        together = [fired for _, fired, _ in met(np.array(charts), unit, rule)]
        for place, chart in enumerate(charts):
            alone = [fired for _, fired, _ in met(np.array(chart), unit, rule)]
            assert [fired[place].tolist() for fired in together] == [fired.tolist() for fired in alone]


@given(points)
@settings(max_examples=60)
def test_signals_hold_every_point_at_which_a_rule_is_met(values):
    row = np.array(values)
    for rule in NHS.rules:
        found = signals_of(row, unit, RuleSet(key="one", words="", source="", rules=(rule,)))
        for side, fired, _ in met(row, unit, rule):
            mine = [signal for signal in found if signal.side == side]
            assert {place for signal in mine for place in signal.points} >= set(np.flatnonzero(fired).tolist())
            assert all(fired[signal.noticed] and signal.noticed in signal.points for signal in mine)
            flat = [place for signal in mine for place in signal.points]
            assert flat == sorted(set(flat))


EXAMPLES = [
    ("beyond", [0, 3.2, 0], (1,)),
    ("two-of-three", [0, 2.2, 0, 2.1, 0], (1, 3)),
    ("four-of-five", [1.2, 1.2, 0, 1.2, 1.2], (0, 1, 3, 4)),
    ("run-9", [0.1] * 10, tuple(range(10))),
    ("trend-6", [5, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.2], (1, 2, 3, 4, 5, 6)),
    ("alternating-14", [0.1, -0.1] * 7, tuple(range(14))),
    ("hugging-15", [0.4, -0.2, 0.1] * 5, tuple(range(15))),
    ("avoiding-8", [1.4, -1.2] * 4, tuple(range(8))),
]


@pytest.mark.parametrize(("key", "values", "places"), EXAMPLES)
def test_each_of_nelsons_tests_finds_its_pattern(key, values, places):
    found = [one for one in signals_of(np.array(values, dtype=float), unit, NELSON) if one.rule == key]
    assert [one.points for one in found] == [places]


def test_sets_are_data_with_a_name_and_a_source():
    assert list(RULE_SETS) == ["default", "counts", "shewhart", "nhs", "western-electric", "nelson"]
    assert all(found.words and found.source and all(rule.words for rule in found.rules) for found in RULE_SETS.values())
    assert [rule.key for rule in WESTERN_ELECTRIC.rules] == ["beyond", "two-of-three", "four-of-five", "run-8"]
    assert (NELSON.longest, NHS.longest) == (15, 7)


USUAL = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50]
LATEST = [
    ([62], "higher", 45, Variation.IMPROVING_HIGH, Assurance.HIT_AND_MISS),
    ([62], "lower", 60, Variation.CONCERNING_HIGH, Assurance.HITS),
    ([62], "neither", 60, Variation.SPECIAL_HIGH, Assurance.NO_TARGET),
    ([38], "higher", 40, Variation.CONCERNING_LOW, Assurance.HITS),
    ([38], "lower", 40, Variation.IMPROVING_LOW, Assurance.MISSES),
    ([38], "neither", None, Variation.SPECIAL_LOW, Assurance.NO_TARGET),
    ([50], "higher", 60, Variation.COMMON_CAUSE, Assurance.MISSES),
    ([62, 50], "higher", None, Variation.COMMON_CAUSE, Assurance.NO_TARGET),
    ([62, float("nan")], "higher", 50, Variation.IMPROVING_HIGH, Assurance.HIT_AND_MISS),
]


@pytest.mark.parametrize(("latest", "better", "target", "variation", "assurance"), LATEST)
def test_icons(latest, better, target, variation, assurance):
    found = icons(chart_values(USUAL + latest, baseline=12), better=better, target=target)
    assert (found.variation, found.assurance) == (variation, assurance)


def test_a_target_on_a_limit_is_hit_and_missed():
    chart = chart_values(USUAL, baseline=12)
    for target in (float(chart.lower[-1]), float(chart.upper[-1])):
        assert icons(chart, better="higher", target=target).assurance is Assurance.HIT_AND_MISS


def test_a_pattern_without_a_side_is_special_and_neither_good_nor_bad():
    chart = chart_values(USUAL + [49, 51] * 7, baseline=12, rules=NELSON)
    found = icons(chart, better="higher")
    assert (found.variation, found.signal.rule) == (Variation.SPECIAL, "alternating-14")


def test_too_few_points_have_no_icon():
    found = icons(chart_values(USUAL[:6]), better="higher", target=50)
    assert (found.variation, found.assurance, found.signal) == (Variation.TOO_FEW, Assurance.TOO_FEW, None)
    again = icons(chart_values([*USUAL, 90], breaks=[12]), better="higher")
    assert (again.variation, again.assurance) == (Variation.TOO_FEW, Assurance.NO_TARGET)


REFUSED = [
    (lambda: run_of(0), "looks at 1 points or more"),
    (lambda: trend_of(1), "looks at 2 points or more"),
    (lambda: Rule(key="a", words="", kind="side", window=3, needed=4), "needs up to all"),
    (lambda: Rule(key="a", words="", kind="within", window=3, needed=2, sigma=1), "the others need all"),
    (lambda: RuleSet(key="a", words="", source="", rules=()), "at least one rule"),
    (lambda: RuleSet(key="a", words="", source="", rules=(run_of(8), run_of(8))), "different keys"),
    (lambda: icons(chart_values(USUAL), better="up"), "higher, lower or neither"),
    (lambda: icons(chart_values(USUAL), better="lower", target=float("nan")), "finite number"),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSED)
def test_what_makes_no_rule_is_refused_with_what_would_work(ask, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        ask()
