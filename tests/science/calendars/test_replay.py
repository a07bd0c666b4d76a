"""Clocks derived from events: the published examples, and what other help desks got wrong."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.science.calendars.oracle import at_utc
from tests.shared_data import shared
from wellserved.science.calendars import (
    EventKind,
    Metric,
    Policy,
    Replay,
    ReplayError,
    Target,
    TicketEvent,
    Waiting,
    Waits,
    WorkingCalendar,
    explain,
    replay,
)

HOUR = 3600
ALWAYS = WorkingCalendar.always()
OFFICE = WorkingCalendar.from_dict({"tz": "UTC", "hours": {str(day): [["09:00", "17:00"]] for day in range(5)}})
CALENDARS = {"always": ALWAYS, "office": OFFICE}
OPENED = at_utc("2026-03-02T09:00")


def hours(count):
    return OPENED + timedelta(hours=count)


def event(at, kind, status=None, *, reason="", policy=None, order=0):
    return TicketEvent(at=hours(at), kind=kind, order=order, status=status, reason=reason, policy=policy)


def opened(policy="usual"):
    return event(0, EventKind.OPENED, Waiting.NEW, policy=policy)


def target(metric=Metric.RESOLUTION, hours=4, calendar="always", pause_on=(), **rest):
    return Target(metric=metric, seconds=int(hours * HOUR), calendar=calendar, pause_on=frozenset(pause_on), **rest)


def policies(*targets, **others):
    return {
        "usual": Policy(key="usual", targets=targets),
        **{key: Policy(key=key, targets=(one,)) for key, one in others.items()},
    }


def clocks(events, given, until=100):
    return replay(events, policies=given, calendars=CALENDARS, until=hours(until)).clocks


def clock(events, given, until=100):
    (only,) = clocks(events, given, until)
    return only


WORK_WEEK = {"Mon": 0, "Tue": 24, "Wed": 48}
STATUSES = {
    "new": Waiting.NEW,
    "open": Waiting.OPEN,
    "pending": Waiting.WAITING_CUSTOMER,
    "on-hold": Waiting.WAITING_OTHER,
    "solved": Waiting.RESOLVED,
}
KINDS = {
    ("customer", "create"): EventKind.OPENED,
    ("customer", "public"): EventKind.CUSTOMER_MESSAGE,
    ("agent", "public"): EventKind.AGENT_REPLY,
    ("agent", "internal"): EventKind.NOTE,
}


@pytest.fixture(scope="module")
def examples():
    return {example["id"]: example for example in json.loads(shared("data/golden/metric_vectors.json").read_text())}


def test_the_published_timeline_gives_the_recomputed_hours(examples):
    example = examples["mt001"]
    events = [
        event(
            WORK_WEEK[when[:3]] + int(when[4:6]) + int(when[7:]) / 60 - 9,
            KINDS[who, what],
            STATUSES[status],
            policy="usual",
            order=order,
        )
        for order, (when, who, what, status) in enumerate(example["events"])
    ]
    every = tuple(target(metric, hours=1000) for metric in Metric)
    pausing = policies(*every, pausable=target(Metric.KEEP_INFORMED, 1000, pause_on=[Waiting.WAITING_CUSTOMER]))
    told = replay(events, policies=pausing, calendars=CALENDARS, until=hours(80))
    elapsed = {metric: [one.elapsed_seconds / HOUR for one in told.clocks if one.metric is metric] for metric in Metric}
    pausable = [TicketEvent(at=e.at, kind=e.kind, order=e.order, status=e.status, policy="pausable") for e in events]
    assert {
        "first_reply": elapsed[Metric.FIRST_REPLY][0],
        "next_reply": elapsed[Metric.NEXT_REPLY],
        "requester_wait": told.waits.requester / HOUR,
        "agent_work": told.waits.us / HOUR,
        "agent_wait": told.waits.customer / HOUR,
        "on_hold": told.waits.other / HOUR,
        "total_resolution": told.resolution_seconds / HOUR,
        "periodic_update": elapsed[Metric.KEEP_INFORMED],
        "pausable_update": [one.elapsed_seconds / HOUR for one in clocks(pausable, pausing)],
    } == example["expect_hours"]
    assert told.waits.total == told.resolution_seconds
    assert sum(told.status_seconds.values()) == 80 * HOUR


def weekly(minutes_from_sunday):
    """A calendar from minutes counted since Sunday midnight, UTC."""
    days = {}
    for start, end in minutes_from_sunday:
        weekday = str((start // 1440 - 1) % 7)
        window = [f"{start % 1440 // 60:02d}:{start % 60:02d}", f"{end % 1440 // 60:02d}:{end % 60:02d}"]
        days.setdefault(weekday, []).append(window)
    return WorkingCalendar.from_dict({"tz": "UTC", "hours": days})


def test_each_schedule_counts_while_it_applied(examples):
    example = examples["mt002"]
    calendars = {
        "one": weekly(example["schedule_1_minutes_from_sunday_utc"]),
        "two": weekly(example["schedule_2_minutes_from_sunday_utc"]),
    }
    given = {key: Policy(key=key, targets=(target(Metric.FIRST_REPLY, 20, key),)) for key in ("one", "two")}
    moments = [
        datetime.fromisoformat(example[key]) for key in ("created", "schedule_changed", "first_public_agent_reply")
    ]
    events = [
        TicketEvent(at=moments[0], kind=EventKind.OPENED, order=0, policy="one"),
        TicketEvent(at=moments[1], kind=EventKind.POLICY_APPLIED, order=1, policy="two"),
        TicketEvent(at=moments[2], kind=EventKind.AGENT_REPLY, order=2),
    ]
    told = replay(events, policies=given, calendars=calendars, until=moments[2])
    minutes = example["expect_minutes"]
    assert round(told.clocks[0].elapsed_seconds / 60, 4) == minutes["each_schedule_while_it_applied"]
    whole = calendars["two"].elapsed(moments[0], moments[2])
    assert round(whole / 60, 4) == minutes["last_schedule_only_as_zendesk_reports"]


def test_a_reply_in_time_meets_the_first_reply_target():
    met = clock([opened(), event(4, EventKind.AGENT_REPLY)], policies(target(Metric.FIRST_REPLY)))
    assert (met.state, met.stopped_at, met.due_at, met.breached_at) == ("met", hours(4), hours(4), None)
    assert (met.elapsed_seconds, met.remaining_seconds) == (4 * HOUR, 0)


def test_a_late_reply_is_a_breach_although_nothing_ran_in_between():
    late = clock([opened(), event(6, EventKind.AGENT_REPLY)], policies(target(Metric.FIRST_REPLY, 1)))
    assert (late.state, late.breached_at, late.stopped_at) == ("breached", hours(1), hours(6))
    assert late.remaining_seconds == -5 * HOUR


def test_a_breach_is_seen_only_after_the_due_instant():
    given = policies(target())
    assert clock([opened()], given, until=4).state == "running"
    after = clock([opened()], given, until=4.001)
    assert (after.state, after.breached_at, after.stopped_at) == ("breached", hours(4), None)


@pytest.mark.parametrize("kind", [EventKind.AUTOMATIC_MESSAGE, EventKind.NOTE])
def test_automatic_messages_and_notes_stop_no_clock(kind):
    given = policies(target(Metric.FIRST_REPLY))
    running = clock([opened(), event(1, kind)], given, until=2)
    assert (running.state, running.stopped_at) == ("running", None)


def test_an_automatic_message_does_not_even_move_the_status():
    given = policies(target(pause_on=[Waiting.WAITING_CUSTOMER]))
    running = clock([opened(), event(1, EventKind.AUTOMATIC_MESSAGE, Waiting.WAITING_CUSTOMER)], given, until=2)
    assert (running.state, running.pauses) == ("running", ())


def test_customer_messages_in_a_row_do_not_restart_the_next_reply_and_each_cycle_is_kept():
    events = [
        opened(),
        event(1, EventKind.CUSTOMER_MESSAGE),
        event(2, EventKind.AGENT_REPLY),
        event(3, EventKind.CUSTOMER_MESSAGE),
        event(4, EventKind.CUSTOMER_MESSAGE),
        event(5, EventKind.AUTOMATIC_MESSAGE),
        event(6, EventKind.AGENT_REPLY),
        event(20, EventKind.CUSTOMER_MESSAGE),
    ]
    found = clocks(events, policies(target(Metric.NEXT_REPLY, 4)), until=21)
    assert [(one.cycle, one.started_at, one.stopped_at, one.state) for one in found] == [
        (1, hours(3), hours(6), "met"),
        (2, hours(20), None, "running"),
    ]


def test_keep_informed_starts_again_at_each_reply_that_leaves_the_ticket_open():
    events = [
        opened(),
        event(2, EventKind.AGENT_REPLY),
        event(5, EventKind.AGENT_REPLY),
        event(20, EventKind.AGENT_REPLY, Waiting.RESOLVED),
    ]
    found = clocks(events, policies(target(Metric.KEEP_INFORMED, 8)))
    assert [(one.started_at, one.stopped_at, one.state, one.breached_at) for one in found] == [
        (hours(2), hours(5), "met", None),
        (hours(5), hours(20), "breached", hours(13)),
    ]


def test_resolving_without_a_word_cancels_what_was_still_owed_and_keeps_a_breach():
    given = policies(target(Metric.FIRST_REPLY), target(Metric.RESOLUTION, 8))
    events = [opened(), event(3, EventKind.STATUS_CHANGED, Waiting.RESOLVED)]
    assert [one.state for one in clocks(events, given)] == ["cancelled", "met"]
    events = [opened(), event(5, EventKind.STATUS_CHANGED, Waiting.RESOLVED)]
    assert [one.state for one in clocks(events, given)] == ["breached", "met"]


def test_pauses_move_the_due_time_and_nothing_is_due_during_one():
    given = policies(target(pause_on=[Waiting.WAITING_CUSTOMER]))
    events = [opened(), event(1, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER)]
    paused = clock(events, given, until=50)
    assert (paused.state, paused.due_at, paused.elapsed_seconds) == ("paused", None, HOUR)
    assert paused.pauses == ((hours(1), None, "waiting for customer"),)
    resumed = clock([*events, event(60, EventKind.CUSTOMER_MESSAGE, Waiting.OPEN)], given, until=61)
    assert (resumed.state, resumed.due_at) == ("running", hours(63))
    assert resumed.pauses == ((hours(1), hours(60), "waiting for customer"),)


def test_a_pause_of_the_status_at_this_very_instant_shows():
    given = policies(target(pause_on=[Waiting.WAITING_OTHER]))
    events = [opened(), event(1, EventKind.STATUS_CHANGED, Waiting.WAITING_OTHER, reason="parts")]
    paused = clock(events, given, until=1)
    assert (paused.state, paused.pauses) == ("paused", ((hours(1), None, "waiting for others (parts)"),))


def test_only_the_named_reasons_pause():
    given = policies(target(pause_on=[Waiting.WAITING_OTHER], pause_reasons=frozenset({"parts"})))
    for reason, state in (("parts", "paused"), ("busy", "running")):
        events = [opened(), event(1, EventKind.STATUS_CHANGED, Waiting.WAITING_OTHER, reason=reason)]
        assert clock(events, given, until=2).state == state


def test_waiting_over_a_weekend_credits_working_time_alone():
    # Friday 16:00 to Monday 10:00 waiting: two working hours of pause, and the due time moves by those two.
    given = policies(target(hours=16, calendar="office", pause_on=[Waiting.WAITING_CUSTOMER]))
    events = [
        TicketEvent(at=at_utc("2026-03-05T09:00"), kind=EventKind.OPENED, order=0, policy="usual"),
        TicketEvent(
            at=at_utc("2026-03-06T16:00"), kind=EventKind.AGENT_REPLY, order=1, status=Waiting.WAITING_CUSTOMER
        ),
        TicketEvent(at=at_utc("2026-03-09T10:00"), kind=EventKind.CUSTOMER_MESSAGE, order=2, status=Waiting.OPEN),
    ]
    (found,) = replay(events, policies=given, calendars=CALENDARS, until=at_utc("2026-03-09T10:30")).clocks
    assert found.due_at == at_utc("2026-03-09T11:00")
    assert found.elapsed_seconds == 15.5 * HOUR


def test_a_changed_priority_keeps_start_time_used_and_pauses():
    given = policies(
        target(hours=20, pause_on=[Waiting.WAITING_CUSTOMER]),
        urgent=target(hours=6, pause_on=[]),
    )
    events = [
        opened(),
        event(1, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER),
        event(11, EventKind.CUSTOMER_MESSAGE, Waiting.OPEN),
        event(12, EventKind.POLICY_APPLIED, policy="urgent"),
    ]
    changed = clock(events, given, until=13)
    assert (changed.started_at, changed.policy, changed.target_seconds) == (hours(0), "urgent", 6 * HOUR)
    assert (changed.elapsed_seconds, changed.due_at) == (3 * HOUR, hours(16))
    assert changed.pauses == ((hours(1), hours(11), "waiting for customer"),)


def test_a_tighter_target_already_used_up_falls_due_at_the_change_not_before_it_was_promised():
    given = policies(target(hours=20), urgent=target(hours=2))
    changed = clock([opened(), event(5, EventKind.POLICY_APPLIED, policy="urgent")], given, until=6)
    assert (changed.state, changed.breached_at) == ("breached", hours(5))


def test_a_looser_target_does_not_undo_a_breach():
    given = policies(target(hours=2), relaxed=target(hours=20))
    changed = clock([opened(), event(5, EventKind.POLICY_APPLIED, policy="relaxed")], given, until=6)
    assert (changed.state, changed.breached_at, changed.due_at) == ("breached", hours(2), hours(20))


def test_a_policy_that_drops_the_target_cancels_the_clock():
    given = policies(target(hours=20), none=target(Metric.OLA))
    dropped = clock([opened(), event(5, EventKind.POLICY_APPLIED, policy="none")], given, until=6)
    assert (dropped.state, dropped.stopped_at, dropped.elapsed_seconds) == ("cancelled", hours(5), 5 * HOUR)


def test_a_policy_applied_later_counts_from_the_opening_but_is_not_due_before_it_was_made():
    events = [opened(policy=None), event(3, EventKind.POLICY_APPLIED, policy="usual")]
    late = clock(events, policies(target(hours=2)), until=4)
    assert (late.started_at, late.elapsed_seconds, late.breached_at) == (hours(0), 4 * HOUR, hours(3))
    assert clock(events, policies(target(hours=4)), until=3.5).due_at == hours(4)


def test_what_was_over_before_anything_was_promised_has_no_clock():
    events = [opened(policy=None), event(1, EventKind.AGENT_REPLY), event(3, EventKind.POLICY_APPLIED, policy="usual")]
    assert clocks(events, policies(target(Metric.FIRST_REPLY))) == ()


RESOLVED_AND_REOPENED = [
    opened(),
    event(3, EventKind.AGENT_REPLY, Waiting.RESOLVED),
    event(50, EventKind.REOPENED),
]


def test_a_reopened_ticket_resumes_with_the_time_already_used():
    resumed = clock(RESOLVED_AND_REOPENED, policies(target()), until=50.5)
    assert (resumed.cycle, resumed.state, resumed.elapsed_seconds) == (1, "running", 3.5 * HOUR)
    assert (resumed.due_at, resumed.pauses) == (hours(51), ((hours(3), hours(50), "resolved"),))
    assert clock(RESOLVED_AND_REOPENED, policies(target()), until=49).state == "met"


def test_a_target_used_up_exactly_at_the_resolution_was_met_and_is_due_again_on_reopening():
    given = policies(target(hours=3))
    assert clock(RESOLVED_AND_REOPENED, given, until=49).state == "met"
    again = clock(RESOLVED_AND_REOPENED, given, until=51)
    assert (again.state, again.breached_at) == ("breached", hours(50))


def test_a_reopened_ticket_restarts_when_the_target_says_so():
    events = [*RESOLVED_AND_REOPENED, event(56, EventKind.STATUS_CHANGED, Waiting.CLOSED)]
    first, second = clocks(events, policies(target(reopen="restart")))
    assert (first.cycle, first.state, first.stopped_at) == (1, "met", hours(3))
    assert (second.cycle, second.started_at, second.state) == (2, hours(50), "breached")
    assert second.breached_at == hours(54)


def test_the_message_that_reopens_awaits_a_next_reply():
    events = [
        *RESOLVED_AND_REOPENED[:2],
        event(50, EventKind.CUSTOMER_MESSAGE, order=1),
        event(50, EventKind.REOPENED, order=2),
    ]
    found = clock(events, policies(target(Metric.NEXT_REPLY)), until=51)
    assert (found.started_at, found.state) == (hours(50), "running")


def test_thanks_after_the_resolution_starts_nothing():
    events = [*RESOLVED_AND_REOPENED[:2], event(4, EventKind.CUSTOMER_MESSAGE)]
    assert clocks(events, policies(target(Metric.NEXT_REPLY), target(Metric.KEEP_INFORMED))) == ()


def test_closing_after_resolving_changes_nothing():
    given = policies(target())
    resolved = RESOLVED_AND_REOPENED[:2]
    assert clocks([*resolved, event(9, EventKind.STATUS_CHANGED, Waiting.CLOSED)], given) == clocks(resolved, given)


def test_merging_cancels_every_running_clock_and_taking_it_back_carries_on():
    given = policies(target(Metric.FIRST_REPLY), target(Metric.RESOLUTION, 8))
    merged = [opened(), event(1, EventKind.MERGED)]
    assert [(one.state, one.stopped_at) for one in clocks(merged, given)] == [("cancelled", hours(1))] * 2
    back = clocks([*merged, event(10, EventKind.REOPENED)], given, until=11)
    assert [(one.cycle, one.state, one.due_at) for one in back] == [
        (1, "running", hours(13)),
        (1, "running", hours(17)),
    ]


def test_handing_out_starts_the_supplier_or_the_ola_clock_until_it_returns():
    events = [
        opened(),
        event(1, EventKind.ASSIGNED_OUT, Waiting.WAITING_SUPPLIER),
        event(8, EventKind.RETURNED, Waiting.OPEN),
        event(9, EventKind.ASSIGNED_OUT, Waiting.WAITING_OTHER),
    ]
    found = clocks(events, policies(target(Metric.OLA), target(Metric.SUPPLIER, 5)), until=10)
    assert [(one.metric, one.state, one.started_at, one.breached_at) for one in found] == [
        (Metric.OLA, "running", hours(9), None),
        (Metric.SUPPLIER, "breached", hours(1), hours(6)),
    ]


def test_waits_add_up_to_the_time_the_ticket_was_not_over():
    events = [
        opened(policy=None),
        event(2, EventKind.STATUS_CHANGED, Waiting.OPEN),
        event(5, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER),
        event(11, EventKind.CUSTOMER_MESSAGE, Waiting.OPEN),
        event(12, EventKind.ASSIGNED_OUT, Waiting.WAITING_SUPPLIER),
        event(20, EventKind.RETURNED, Waiting.WAITING_OTHER),
        event(23, EventKind.AGENT_REPLY, Waiting.RESOLVED),
        event(40, EventKind.REOPENED),
    ]
    told = replay(events, policies={}, calendars={}, until=hours(44))
    assert told.waits == Waits(us=10 * HOUR, customer=6 * HOUR, supplier=8 * HOUR, other=3 * HOUR)
    assert told.waits.total == told.resolution_seconds + 4 * HOUR
    assert sum(told.status_seconds.values()) == 44 * HOUR
    assert (told.first_reply_seconds, told.first_resolution_seconds) == (5 * HOUR, 23 * HOUR)


def test_warnings_come_widest_first_and_those_a_pause_holds_back_are_missing():
    given = policies(target(pause_on=[Waiting.WAITING_CUSTOMER], warn_before=(HOUR, 3 * HOUR, 9 * HOUR)))
    assert clock([opened()], given, until=0).warnings_at == (hours(0), hours(1), hours(3))
    waiting = [opened(), event(2, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER)]
    assert clock(waiting, given, until=9).warnings_at == (hours(0), hours(1))


def test_an_explanation_covers_the_clock_and_its_counted_parts_sum_to_the_time_used():
    given = policies(target(hours=20, calendar="office", pause_on=[Waiting.WAITING_CUSTOMER]))
    events = [
        opened(),
        event(1, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER),
        event(3, EventKind.CUSTOMER_MESSAGE, Waiting.OPEN),
        event(5, EventKind.AGENT_REPLY, Waiting.RESOLVED),
        event(24, EventKind.REOPENED),
    ]
    found = clock(events, given, until=25)
    parts = explain(events, clock=found, policies=given, calendars=CALENDARS, until=hours(25))
    assert [(part.start, part.end, part.counted, part.reason) for part in parts] == [
        (hours(0), hours(1), True, "open"),
        (hours(1), hours(3), False, "paused: waiting for customer"),
        (hours(3), hours(5), True, "open"),
        (hours(5), hours(24), False, "resolved"),
        (hours(24), hours(25), True, "open"),
    ]
    assert sum(part.seconds for part in parts if part.counted) == found.elapsed_seconds == 4 * HOUR


def test_events_in_any_order_give_the_same_replay():
    given = policies(*(target(metric) for metric in Metric))
    events = [
        opened(),
        event(1, EventKind.AGENT_REPLY, Waiting.WAITING_CUSTOMER, order=1),
        event(1, EventKind.STATUS_CHANGED, Waiting.OPEN, order=2),
        event(7, EventKind.CUSTOMER_MESSAGE, order=3),
    ]
    told = replay(events, policies=given, calendars=CALENDARS, until=hours(9))
    again = replay(reversed(events), policies=given, calendars=CALENDARS, until=hours(9))
    assert repr(told) == repr(again)


def test_a_clock_set_back_cannot_put_an_event_before_the_opening():
    given = policies(target(Metric.FIRST_REPLY))
    early = clock([opened(), event(-1, EventKind.AGENT_REPLY, order=1)], given)
    assert (early.state, early.started_at, early.stopped_at, early.elapsed_seconds) == ("met", OPENED, OPENED, 0)


def test_an_outage_of_days_leaves_the_breach_at_its_true_time():
    given = policies(target(Metric.RESOLUTION, 4, warn_before=(HOUR,)))
    before, after = clock([opened()], given, until=1), clock([opened()], given, until=24 * 3)
    assert (before.due_at, after.breached_at) == (hours(4), hours(4))
    assert before.warnings_at == after.warnings_at == (hours(3),)


def test_a_ticket_not_yet_open_has_no_clocks():
    assert replay([opened()], policies=policies(target()), calendars=CALENDARS, until=hours(-1)) == Replay()


def test_what_does_not_fit_together_is_refused_with_what_is_known():
    with pytest.raises(ReplayError, match="begin with an 'opened' event"):
        clocks([event(1, EventKind.NOTE)], policies(target()))
    with pytest.raises(ReplayError, match="no policy 'usual'; the policies given are none"):
        clocks([opened()], {})
    with pytest.raises(ReplayError, match="no calendar 'lunar'; the calendars given are always, office"):
        clocks([opened()], policies(target(calendar="lunar")))
    with pytest.raises(ReplayError, match="two targets for one metric"):
        policies(target(), target())
    with pytest.raises(ReplayError, match="cannot be negative"):
        target(hours=-1)
    running = clock([opened()], policies(target()), until=1)
    with pytest.raises(ReplayError, match="no clock resolution number 1"):
        explain([opened()], clock=running, policies={}, calendars={}, until=datetime(2020, 1, 1, tzinfo=UTC))
