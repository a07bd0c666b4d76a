"""What breaks out is told within hours, a new source is no spike, and ordinary weeks stay quiet."""

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from tests.shared_data import shared
from wellserved.science.statistics import StatisticsError
from wellserved.science.statistics.movements.emerging import emerging
from wellserved.science.statistics.movements.emerging_baseline import upper_tail, windowed

DAY = np.array([1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 15, 15, 14, 14, 14, 13, 12, 10, 8, 6, 4, 3, 2, 1.0])
LEVELS = np.array([0.3, 0.6, 1.0, 1.4, 0.5, 0.8])
MIDNIGHT = datetime(2015, 2, 17, tzinfo=UTC)
HOURS = 6 * 24


def week(seed, days=7):
    return np.random.default_rng(seed).poisson(np.outer(LEVELS, np.tile(DAY, days))).astype(float)


def told(found):
    return [(surge.kind, surge.series) for surge in found.found]


def test_a_fault_of_one_series_is_told_within_two_hours():
    table = week(1)
    table[2, 130:133] += 30
    found = emerging(table)
    assert told(found) == [("spike", 2)]
    assert 130 <= found.found[0].raised_at <= 132
    assert found.found[0].observed >= 2 * found.found[0].expected
    assert found.of(2) == found.found
    assert found.of(1) == ()


def test_a_new_source_is_told_once_and_is_no_spike():
    table = week(2)
    late = np.zeros(168)
    late[[20, 90]] = 1
    late[140:] = np.random.default_rng(0).poisson(40, 28)
    found = emerging(np.vstack([table, late]))
    assert told(found) == [("new source", 6)]
    assert (found.found[0].first, found.found[0].raised_at) == (140, 140)


def test_a_new_source_has_a_past_of_its_own_after_two_seasons():
    table = week(3, days=10)
    late = np.zeros(240)
    late[60:] = np.random.default_rng(1).poisson(np.tile(DAY, 10)[60:])
    late[200] = 70
    found = emerging(np.vstack([table, late]))
    assert [(one.kind, one.series) for one in found.of(6)] == [("new source", 6), ("spike", 6)]
    assert found.of(6)[1].peak_at == 200


def test_everything_at_once_is_told_as_such_and_seldom_as_spikes():
    tripled = np.outer(LEVELS, np.tile(DAY, 7)) * np.where((np.arange(168) >= 130) & (np.arange(168) < 136), 3, 1)
    kinds = [
        Counter(kind for kind, _ in told(emerging(np.random.default_rng(seed).poisson(tripled)))) for seed in range(20)
    ]
    assert all(counted["everything"] >= 1 for counted in kinds)
    assert np.mean([counted["spike"] for counted in kinds]) < 0.5


def test_one_series_alone_is_judged_by_its_own_past():
    table = week(5)[2:3]
    table[0, 130] += 40
    assert told(emerging(table)) == [("spike", 0)]


def test_a_feed_that_stops_and_starts_is_no_spike():
    table = week(6)
    table[:, 100:112] = np.nan
    assert emerging(table).found == ()


def test_quiet_weeks_stay_quiet():
    found = [emerging(week(seed)) for seed in range(100, 140)]
    assert sum(len(one.found) for one in found) <= 2
    assert all(one.is_enough for one in found)
    assert found[0].tested > 2000


def test_yesterdays_spike_does_not_hide_todays():
    table = week(7)
    table[2, 106:109] += 40
    table[2, 130:133] += 30
    assert [surge.raised_at // 24 for surge in emerging(table).of(2)] == [4, 5]


def test_the_future_does_not_change_when_a_spike_was_told():
    table = week(8)
    table[3, 120:123] += 60
    early, late = emerging(table[:, :124]), emerging(table)
    assert early.of(3)[0].raised_at == late.of(3)[0].raised_at == 120


def test_hours_before_the_first_case_are_no_history():
    table = week(9)
    table[1, 130] += 60
    shifted = np.hstack([np.zeros((6, 50)), table])
    first = [(one.kind, one.raised_at) for one in emerging(table).found]
    assert [(one.kind, one.raised_at - 50) for one in emerging(shifted).found] == first


def test_too_short_a_past_says_so():
    found = emerging(week(1)[:, :48])
    assert not found.is_enough
    assert "48 periods of history" in found.reason
    assert found.found == ()


def test_nothing_at_all_is_no_finding():
    assert emerging(np.zeros((3, 100))).found == ()
    assert emerging(np.zeros((3, 100))).reason == "No window holds more than chance explains."


def test_tails_are_those_of_the_named_distributions():
    counted, expected = np.array([[0.0, 3.0, 9.0]]), np.array([[1.0, 2.0, 4.0]])
    assert upper_tail(counted, expected, np.array([1.0]))[0] == pytest.approx(poisson.sf(counted[0] - 1, expected[0]))
    wide = upper_tail(counted, expected, np.array([2.5]))[0]
    spread = nbinom(expected[0] / 1.5, 1 / 2.5)
    assert wide == pytest.approx(spread.sf(counted[0] - 1))
    assert spread.var() == pytest.approx(2.5 * expected[0])


def test_windows_are_sums_of_the_period_and_those_before():
    assert windowed(np.arange(5.0)[None], 3)[0, 2:].tolist() == [3.0, 6.0, 9.0]
    assert np.isnan(windowed(np.arange(2.0)[None], 3)).all()


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([1.0, 2.0], {}, "table of counts"),
        ([[1.0], [1.0, 2.0]], {}, "every period"),
        ([[-1.0, 2.0]], {}, "none or more"),
        ([[np.inf, 2.0]], {}, "finite"),
        (np.ones((2, 99)), {"period": 4}, "two more than the longest"),
        (np.ones((2, 99)), {"windows": ()}, "one period or more"),
        (np.ones((2, 99)), {"history": 5}, "at least one season"),
        (np.ones((2, 99)), {"rate": 1.0}, "between 0 and 1"),
        (np.ones((1, 7_000_000)), {}, "do not fit"),
    ],
)
def test_what_cannot_be_scanned_is_refused(table, options, sentence):
    with pytest.raises(StatisticsError, match=sentence):
        emerging(table, **options)


def by_airline():
    """Hourly counts of the airline tweets of 17 to 22 February 2015."""
    with gzip.open(shared("data/intents/airline_tweets_first80pct.csv.gz"), "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    hours = [int((datetime.fromisoformat(row["tweet_created"]) - MIDNIGHT).total_seconds() // 3600) for row in rows]
    counted = Counter((row["airline"], hour) for row, hour in zip(rows, hours, strict=True))
    names = sorted({name for name, _ in counted})
    return names, np.array([[counted[name, hour] for hour in range(HOURS)] for name in names])


# The hours in which one airline's tweets jump to twice what the hour before and the same hour of other days held, while
# those of the others do not.
SPIKES = [("Delta", 19, 15), ("Southwest", 19, 15), ("US Airways", 22, 4), ("Delta", 22, 15)]


def test_the_spikes_of_the_airline_tweets_are_told_within_three_hours():
    names, table = by_airline()
    found = emerging(table)
    for name, day, hour in SPIKES:
        since = [surge.raised_at - (24 * (day - 17) + hour) for surge in found.of(names.index(name))]
        assert any(0 <= late <= 3 for late in since)


def test_no_airline_has_more_than_one_false_alarm():
    names, table = by_airline()
    spikes = Counter(names[surge.series] for surge in emerging(table).found if surge.kind == "spike")
    true = Counter(name for name, _, _ in SPIKES)
    assert all(spikes[name] - true[name] <= 1 for name in names)


def test_the_airline_that_joins_late_is_a_new_source_and_no_spike():
    names, table = by_airline()
    found = emerging(table).of(names.index("American"))
    assert [surge.kind for surge in found] == ["new source"]
    assert found[0].raised_at == 24 * 5 + 20
