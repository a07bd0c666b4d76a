"""Random tickets: the resolution clock equals a minute-by-minute count, and replays agree with one another."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.science.calendars.oracle import MinuteWalker
from wellserved.science.calendars import (
    EventKind,
    Metric,
    Policy,
    Target,
    TicketEvent,
    Waiting,
    WorkingCalendar,
    explain,
    replay,
)

TICKETS = 5_000 if os.environ.get("WELLSERVED_SOAK") else 400
CHUNK = 100
MINUTES = 5 * 1440
MINUTE = timedelta(minutes=1)
# Five days across the end of summer time, so that one calendar has the long night.
OPENED = datetime(2026, 10, 23, 7, tzinfo=UTC)
DEFINITIONS = {
    "office": {
        "tz": "Europe/London",
        "hours": {str(day): [["09:00", "12:30"], ["13:00", "17:30"]] for day in range(5)},
        "holidays": ["2026-10-26"],
        "openings": [{"date": "2026-10-24", "from": "10:00", "to": "14:00"}],
    },
    "nights": {
        "tz": "Europe/London",
        "hours": {str(day): [["20:00", "06:00"]] for day in range(7)},
        "holidays": [],
        "openings": [],
    },
    "always": {
        "tz": "UTC",
        "hours": {str(day): [["00:00", "24:00"]] for day in range(7)},
        "holidays": [],
        "openings": [],
    },
}
CALENDARS = {key: WorkingCalendar.from_dict(definition) for key, definition in DEFINITIONS.items()}
PAUSES = [Waiting.WAITING_CUSTOMER, Waiting.WAITING_SUPPLIER, Waiting.WAITING_OTHER]
OVER = {Waiting.RESOLVED, Waiting.CLOSED}


@pytest.fixture(scope="module")
def walks():
    return {key: MinuteWalker(definition, OPENED, MINUTES).minutes for key, definition in DEFINITIONS.items()}


def random_policies(rng):
    return {
        key: Policy(
            key=key,
            targets=tuple(
                Target(
                    metric=metric,
                    seconds=60 * rng.choice([0, 1, 30, 120, 240, 480, rng.randrange(2000)]),
                    calendar=rng.choice(sorted(CALENDARS)),
                    pause_on=frozenset(rng.sample(PAUSES, rng.randrange(4))),
                    pause_reasons=frozenset(rng.choice([[], [], ["parts"]])),
                    warn_before=(3600,),
                )
                for metric in Metric
            ),
        )
        for key in ("first", "second", "third")
    }


def random_events(rng):
    events = [TicketEvent(at=OPENED, kind=EventKind.OPENED, order=0, status=Waiting.NEW, policy="first")]
    for order in range(1, rng.randrange(2, 14)):
        kind = rng.choice(
            [
                EventKind.STATUS_CHANGED,
                EventKind.STATUS_CHANGED,
                EventKind.AGENT_REPLY,
                EventKind.CUSTOMER_MESSAGE,
                EventKind.AUTOMATIC_MESSAGE,
                EventKind.POLICY_APPLIED,
                EventKind.REOPENED,
            ]
        )
        moves = kind is not EventKind.POLICY_APPLIED and rng.random() < 0.7
        events.append(
            TicketEvent(
                at=OPENED + rng.randrange(MINUTES) * MINUTE,
                kind=kind,
                order=order,
                status=rng.choice([*Waiting]) if moves else None,
                reason=rng.choice(["", "parts", "busy"]),
                policy=rng.choice(["first", "second", "third"]) if kind is EventKind.POLICY_APPLIED else None,
            )
        )
    return events


def minute_by_minute(events, policies, minutes):
    """Yield the status, its reason and the resolution target once the events of each minute have been heard."""
    by_minute = {}
    for event in sorted(events, key=lambda event: (event.at, event.order)):
        by_minute.setdefault((event.at - OPENED) // MINUTE, []).append(event)
    status, reason, target = Waiting.NEW, "", None
    for minute in range(minutes + 1):
        for event in by_minute.get(minute, ()):
            target = policies[event.policy].target(Metric.RESOLUTION) if event.policy else target
            said = Waiting.OPEN if event.kind is EventKind.REOPENED and status in OVER else None
            said = event.status or said
            if said and event.kind is not EventKind.AUTOMATIC_MESSAGE:
                status, reason = said, event.reason
        yield minute, status, reason, target


def count_resolution(events, policies, walks, minutes):
    """Used seconds, breach instant and whether the ticket is over, counted minute by minute."""
    used, due, breached, held = 0, None, None, None
    for minute, status, reason, target in minute_by_minute(events, policies, minutes):
        if status in OVER or target != held:
            due = None
        held = target
        if status in OVER or minute == minutes:
            continue
        if due is None and used >= target.seconds:
            due = minute
        breached = due if breached is None else breached
        paused = status in target.pause_on and (not target.pause_reasons or reason in target.pause_reasons)
        used += 60 * (walks[target.calendar][minute] and not paused)
    return used, None if breached is None else OPENED + breached * MINUTE, status in OVER


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, TICKETS, CHUNK))
def test_the_resolution_clock_equals_the_minute_count(first, walks):
    wrong = {}
    for seed in range(first, first + CHUNK):
        rng = random.Random(seed)
        policies, events = random_policies(rng), random_events(rng)
        minutes = rng.randrange(MINUTES)
        told = replay(events, policies=policies, calendars=CALENDARS, until=OPENED + minutes * MINUTE)
        clock = next(one for one in told.clocks if one.metric is Metric.RESOLUTION)
        answer = (clock.elapsed_seconds, clock.breached_at, clock.stopped_at is not None)
        expected = count_resolution(events, policies, walks, minutes)
        if answer != expected:
            wrong[seed] = (answer, expected)
    assert wrong == {}


@pytest.mark.parametrize("seed", range(40))
def test_every_explanation_sums_to_its_clock_and_statuses_partition_the_time(seed):
    rng = random.Random(seed)
    policies, events, until = random_policies(rng), random_events(rng), OPENED + rng.randrange(MINUTES) * MINUTE
    told = replay(events, policies=policies, calendars=CALENDARS, until=until)
    for clock in told.clocks:
        parts = explain(events, clock=clock, policies=policies, calendars=CALENDARS, until=until)
        assert sum(part.seconds for part in parts if part.counted) == clock.elapsed_seconds
        assert [part.end for part in parts][:-1] == [part.start for part in parts][1:]
    assert sum(told.status_seconds.values()) == (until - OPENED).total_seconds()
    over = told.status_seconds[Waiting.RESOLVED] + told.status_seconds[Waiting.CLOSED]
    assert told.waits.total == (until - OPENED).total_seconds() - over


@pytest.mark.parametrize("seed", range(40))
def test_a_replay_knows_nothing_of_later_events_and_a_breach_never_moves(seed):
    rng = random.Random(seed)
    policies, events, until = random_policies(rng), random_events(rng), OPENED + rng.randrange(MINUTES) * MINUTE
    known = [event for event in events if event.at <= until]
    now = replay(events, policies=policies, calendars=CALENDARS, until=until)
    assert repr(now) == repr(replay(known, policies=policies, calendars=CALENDARS, until=until))
    later = replay(events, policies=policies, calendars=CALENDARS, until=until + timedelta(days=3))
    then = {(clock.metric, clock.cycle): clock.breached_at for clock in later.clocks}
    breached = {(clock.metric, clock.cycle): clock.breached_at for clock in now.clocks if clock.breached_at}
    assert {key: then[key] for key in breached} == breached


@pytest.mark.parametrize("seed", range(40))
def test_an_outage_changes_nothing_what_was_due_is_breached_at_that_instant(seed):
    rng = random.Random(seed)
    policies, events, until = random_policies(rng), random_events(rng), OPENED + MINUTES * MINUTE
    before = replay(events, policies=policies, calendars=CALENDARS, until=until)
    after = replay(events, policies=policies, calendars=CALENDARS, until=until + timedelta(days=30))
    due = {(clock.metric, clock.cycle): clock.due_at for clock in before.clocks if clock.state == "running"}
    found = {(clock.metric, clock.cycle): clock.breached_at for clock in after.clocks}
    assert {key: found[key] for key in due} == due
