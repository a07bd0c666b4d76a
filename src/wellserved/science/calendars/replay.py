"""The clocks of a ticket, derived from its events alone.

Nothing is carried over from an earlier run: the same events, policies and calendars give the same answer
whenever and however often it is asked for, and a late act is a breach although nothing ran while it became
late.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from wellserved.science.calendars.calendar import WorkingCalendar
from wellserved.science.calendars.errors import ReplayError
from wellserved.science.calendars.explaining import Segment, explain_span
from wellserved.science.calendars.instants import Seconds, to_instant, to_micros, to_seconds
from wellserved.science.calendars.measuring import Measure, Stretch
from wellserved.science.calendars.replay_types import (
    ClockState,
    Metric,
    Policy,
    Replay,
    TicketEvent,
    Waiting,
    Waits,
)
from wellserved.science.calendars.story import Story, read_story

_METRIC_ORDER = {metric: place for place, metric in enumerate(Metric)}


def replay(
    events: Iterable[TicketEvent],
    *,
    policies: Mapping[str, Policy],
    calendars: Mapping[str, WorkingCalendar],
    until: datetime,
) -> Replay:
    """Return every clock of a ticket and where its time went, as it stands at `until`.

    Events may come in any order and are told by (at, order); those after `until` are left out. First reply
    and resolution start when the ticket is opened. The first public reply by a person ends first reply, next
    reply and keep informed. A next-reply cycle starts at the first customer message not yet answered, a
    keep-informed cycle at each reply that leaves the ticket open. Resolution stops when the status is over.
    Handing out with the status "waiting for supplier" starts the supplier clock, otherwise the OLA clock;
    both stop on return. Merging cancels.

    A change of policy keeps the start, the pauses and the working time used, each counted under the calendar
    then in force; the rest of the new target runs on the new calendar. What is already used up falls due at
    the change.

    >>> from datetime import UTC, timedelta
    >>> from wellserved.science.calendars import EventKind, Target
    >>> opened = datetime(2026, 3, 6, 16, tzinfo=UTC)
    >>> hours = {"0": [["09:00", "17:00"]], "4": [["09:00", "17:00"]]}
    >>> office = WorkingCalendar.from_dict({"tz": "UTC", "hours": hours})
    >>> target = Target(metric=Metric.FIRST_REPLY, seconds=7200, calendar="office")
    >>> told = replay(
    ...     [TicketEvent(at=opened, kind=EventKind.OPENED, order=1, policy="usual")],
    ...     policies={"usual": Policy(key="usual", targets=(target,))},
    ...     calendars={"office": office},
    ...     until=opened + timedelta(minutes=30),
    ... )
    >>> told.clocks[0].state, told.clocks[0].due_at.isoformat(), told.waits.us
    ('running', '2026-03-09T10:00:00+00:00', 1800)

    Raises:
        ReplayError: The ticket is never opened, or a policy or calendar is not given.
        CalendarError: A datetime has no zone or lies outside 1900 to 2199.
    """
    story = read_story(events, policies, until)
    if story is None:
        return Replay()
    end = to_micros(until)
    measure = Measure(story, policies, calendars, end)
    clocks = [clock for clock in map(measure.clock, story.cycles) if clock is not None]
    spent = _status_seconds(story, end)
    return Replay(
        clocks=tuple(sorted(clocks, key=lambda clock: (_METRIC_ORDER[clock.metric], clock.cycle))),
        waits=Waits(
            us=to_seconds(spent[Waiting.NEW] + spent[Waiting.OPEN]),
            customer=to_seconds(spent[Waiting.WAITING_CUSTOMER]),
            supplier=to_seconds(spent[Waiting.WAITING_SUPPLIER]),
            other=to_seconds(spent[Waiting.WAITING_OTHER]),
        ),
        status_seconds={status: to_seconds(micros) for status, micros in spent.items()},
        first_reply_seconds=_since_opening(story, story.first_reply),
        next_reply_seconds=tuple(
            to_seconds(cycle.stop - cycle.start)
            for cycle in story.cycles
            if cycle.metric is Metric.NEXT_REPLY and cycle.fulfilled and cycle.stop is not None
        ),
        first_resolution_seconds=_since_opening(story, story.resolutions[0] if story.resolutions else None),
        resolution_seconds=_since_opening(story, story.resolutions[-1] if story.resolutions else None),
    )


def explain(
    events: Iterable[TicketEvent],
    *,
    clock: ClockState,
    policies: Mapping[str, Policy],
    calendars: Mapping[str, WorkingCalendar],
    until: datetime,
) -> tuple[Segment, ...]:
    """Return contiguous segments from the start of one clock to its stop or to `until`, and why each counts.

    The counted ones sum to the clock's `elapsed_seconds`. Besides the reasons of `WorkingCalendar.explain`
    there are "paused: waiting for customer" and its like, "resolved" or "closed" between a resolution and a
    reopening, and "no target in force".

    Raises:
        ReplayError: The events have no such clock, or a policy or calendar is not given.
    """
    story = read_story(events, policies, until)
    cycles = [] if story is None else story.cycles
    cycle = next((one for one in cycles if (one.metric, one.number) == (clock.metric, clock.cycle)), None)
    if story is None or cycle is None:
        raise ReplayError(f"These events have no clock {clock.metric} number {clock.cycle} by {until.isoformat()}.")
    measure = Measure(story, policies, calendars, to_micros(until))
    joined: list[Segment] = []
    for segment in (part for stretch in measure.stretches(cycle) for part in _explain_stretch(measure, stretch)):
        if joined and (joined[-1].counted, joined[-1].reason) == (segment.counted, segment.reason):
            joined[-1] = Segment(joined[-1].start, segment.end, segment.counted, segment.reason)
        else:
            joined.append(segment)
    return tuple(joined)


def _explain_stretch(measure: Measure, stretch: Stretch) -> tuple[Segment, ...]:
    if stretch.start == stretch.end:
        return ()
    if stretch.promise is None or stretch.over:
        reason = stretch.over or "no target in force"
        return (Segment(to_instant(stretch.start), to_instant(stretch.end), counted=False, reason=reason),)
    pauses = [(stretch.start, stretch.end, stretch.paused)] if stretch.paused else []
    return explain_span(measure.timeline(stretch.promise[1]), stretch.start, stretch.end, pauses)


def _status_seconds(story: Story, end: int) -> dict[Waiting, int]:
    spent = dict.fromkeys(Waiting, 0)
    edges = [at for at, _, _ in story.statuses[1:]] + [end]
    for (start, status, _), until in zip(story.statuses, edges, strict=True):
        spent[status] += until - start
    return spent


def _since_opening(story: Story, at: int | None) -> Seconds | None:
    return None if at is None else to_seconds(at - story.opened)
