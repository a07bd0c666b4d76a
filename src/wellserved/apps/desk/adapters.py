"""Rows to replayed clocks and back: the only meeting point of the desk's tables and the mathematics of time."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from wellserved.apps.desk import models, types
from wellserved.apps.standards.types import METRIC_LABELS, Step
from wellserved.platform import clock, outbox
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin, live_origin, world_of
from wellserved.science import calendars

# Open work without a due time sorts behind everything that has one.
NEVER_DUE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
# A promise is at risk once this share of its target is used, or this long before it is due while nobody has it.
RISKY_SHARE = 0.75
UNOWNED_LEAD = dt.timedelta(hours=1)
_TOLD = frozenset(calendars.EventKind)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a replay needs beside the events: policies, calendars and ladders by the key of a policy."""

    policies: Mapping[str, calendars.Policy]
    calendars: Mapping[str, calendars.WorkingCalendar]
    ladders: Mapping[str, tuple[Step, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Everything a ticket's events say about its clocks, ready to be written."""

    clocks: tuple[models.Clock, ...]
    planned: tuple[models.Escalation, ...]
    next_due_at: dt.datetime | None
    next_metric: str
    breached_at: dt.datetime | None
    act_by: dt.datetime | None
    at_risk_from: dt.datetime | None


_CUSTOMERS_LINK = re.compile(r"/help/(r|comfort|partner)/[\w:.=-]+")


def hide_links(text: str) -> str:
    """Return a text without the signed part of a customer's or partner's link: whoever holds it speaks in her name.

    >>> hide_links("Answer here: https://desk.test/help/r/WzEs:1abc:x-y_z")
    'Answer here: https://desk.test/help/r/…'
    """
    return _CUSTOMERS_LINK.sub(r"/help/\1/…", text)


TAKEN_BACK, UNDONE = "reply_taken_back", "undone"
_VOIDING = frozenset({TAKEN_BACK, UNDONE})
# The mark in the detail of a fact that was called back: it stays in the story and holds no longer.
CALLED_BACK = "called_back"


def standing(rows: Iterable[models.TicketEvent]) -> list[models.TicketEvent]:
    """Return the facts that hold: what was called back in time, with the move it made, never happened to a clock."""
    rows = list(rows)
    # Before there was a mark, the fact that called others back named their places in the story.
    void = {order for row in rows if row.kind in _VOIDING for order in row.detail.get("voids", ())}
    return [row for row in rows if CALLED_BACK not in row.detail and row.order not in void]


def marked(rows: Iterable[models.TicketEvent]) -> list[models.TicketEvent]:
    """Return the facts, unsaved, with marks in place of places named, so that they may be numbered anew."""
    rows = list(rows)
    void = {(row.ticket_id, order) for row in rows if row.kind in _VOIDING for order in row.detail.pop("voids", ())}
    for row in rows:
        if (row.ticket_id, row.order) in void:
            row.detail[CALLED_BACK] = True
    return rows


def replay_event(row: models.TicketEvent) -> calendars.TicketEvent:
    """Return the row as the replay reads it."""
    return calendars.TicketEvent(
        at=row.at,
        kind=calendars.EventKind(row.kind),
        order=row.order,
        status=calendars.Waiting(row.status) if row.status else None,
        reason=row.reason,
        policy=row.policy or None,
    )


def replay_events(rows: Iterable[models.TicketEvent]) -> list[calendars.TicketEvent]:
    """Return the rows clocks care about; assignments and edits of other fields move none."""
    return [replay_event(row) for row in standing(rows) if row.kind in _TOLD]


def replay(rows: Sequence[models.TicketEvent], *, rules: Rules, until: dt.datetime) -> calendars.Replay:
    """Return the clocks and waits of a ticket as they stood at `until`."""
    return calendars.replay(replay_events(rows), policies=rules.policies, calendars=rules.calendars, until=until)


def derive(ticket: models.Ticket, rows: Sequence[models.TicketEvent], *, rules: Rules) -> Derived:
    """Return the clocks of a ticket as of its last event: no fact that time alone changes is in them."""
    if not any(row.policy for row in rows):
        return _derived(ticket, (), (), None)
    until = max(row.at for row in rows)
    states = replay(rows, rules=rules, until=until).clocks
    planned = _plan(ticket, states, rules) if ticket.origin == Origin.LIVE else ()
    clocks = tuple(_clock_row(ticket, state) for state in states)
    return _derived(ticket, clocks, planned, _risky_from(ticket, states, rules))


def _risky_from(ticket: models.Ticket, states: Sequence[calendars.ClockState], rules: Rules) -> dt.datetime | None:
    """Return when the clock due next has used three quarters of its target, or an hour before it when nobody has it."""
    live = [state for state in states if state.due_at and state.stopped_at is None and state.breached_at is None]
    if not live or ticket.status not in types.OPEN_STATUSES:
        return None
    state = min(live, key=lambda state: (state.due_at, state.metric.value))
    alone = state.due_at - UNOWNED_LEAD if state.due_at and ticket.assignee_id is None else None
    try:
        spent = rules.calendars[state.calendar].deadline(
            state.started_at, state.target_seconds * RISKY_SHARE, pauses=state.pauses
        )
    except calendars.CalendarError:
        return alone
    return min(spent, alone) if alone else spent


def _derived(
    ticket: models.Ticket,
    clocks: tuple[models.Clock, ...],
    planned: tuple[models.Escalation, ...],
    at_risk_from: dt.datetime | None,
) -> Derived:
    live = [(clock.due_at, clock.metric) for clock in clocks if clock.due_at and clock.stopped_at is None]
    is_open = ticket.status in types.OPEN_STATUSES
    due_at, metric = min(live) if live and is_open else (None, "")
    return Derived(
        clocks=clocks,
        planned=planned,
        next_due_at=due_at,
        next_metric=metric,
        breached_at=min((clock.breached_at for clock in clocks if clock.breached_at), default=None),
        act_by=(due_at or NEVER_DUE) if is_open else None,
        at_risk_from=at_risk_from,
    )


def _clock_row(ticket: models.Ticket, state: calendars.ClockState) -> models.Clock:
    stopped_in_time = state.stopped_at is not None and state.breached_at is None
    decided_at = state.breached_at or (state.stopped_at if state.state == "met" else state.due_at)
    if state.state == "cancelled" and state.breached_at is None:
        decided_at = None
    return models.Clock(
        ticket=ticket,
        metric=state.metric.value,
        cycle=state.cycle,
        policy=state.policy,
        calendar=state.calendar,
        target_seconds=state.target_seconds,
        state=state.state,
        started_at=state.started_at,
        # A clock that is late stays due in the past even while it is paused.
        due_at=state.due_at or (state.breached_at if state.stopped_at is None else None),
        stopped_at=state.stopped_at,
        breached_at=state.breached_at,
        elapsed_seconds=int(state.elapsed_seconds),
        warnings=[at.isoformat() for at in state.warnings_at],
        decided_at=decided_at,
        decided_on=clock.day_of(decided_at) if decided_at else None,
        is_kept=stopped_in_time and state.state == "met",
        queue_id=ticket.queue_id,
        origin=ticket.origin,
    )


def _plan(ticket: models.Ticket, states: Iterable[calendars.ClockState], rules: Rules) -> tuple[models.Escalation, ...]:
    planned: list[models.Escalation] = []
    for state in states:
        steps = list(_steps(state, rules))
        if late_at := state.breached_at or state.due_at:
            steps.append((_alert(state, models.Escalation.BREACH, tell=""), late_at))
        # A warning of something already done helps nobody; that it was late is said all the same.
        over = state.stopped_at is not None
        planned.extend(
            models.Escalation(
                ticket=ticket,
                metric=state.metric.value,
                cycle=state.cycle,
                level=step.level,
                tell=step.tell,
                how=step.how,
                due_at=at,
            )
            for step, at in steps
            if not over or (step.level == models.Escalation.BREACH and state.breached_at)
        )
    return tuple(planned)


def _alert(state: calendars.ClockState, level: int, *, tell: str) -> Step:
    return Step(metric=state.metric.value, level=level, offset_seconds=0, tell=tell)


def _steps(state: calendars.ClockState, rules: Rules) -> Iterable[tuple[Step, dt.datetime]]:
    if state.stopped_at is not None:
        return
    for position, at in enumerate(state.warnings_at):
        yield _alert(state, models.Escalation.FIRST_WARNING + position, tell="assignee"), at
    working = rules.calendars[state.calendar]
    for step in rules.ladders.get(state.policy, ()):
        if step.metric != state.metric.value:
            continue
        try:
            at = working.deadline(
                state.started_at, max(state.target_seconds + step.offset_seconds, 0), pauses=state.pauses
            )
        except calendars.CalendarError:
            # Paused without end, or due beyond the calendar's years: planned anew when the clock runs again.
            continue
        yield step, at


def clock_face(
    state: calendars.ClockState, *, policy_name: str, calendar_name: str, standard: tuple[int, str] | None = None
) -> types.ClockFace:
    """Return a replayed clock as a screen shows it."""
    return types.ClockFace(
        metric=state.metric.value,
        label=METRIC_LABELS[state.metric.value],
        cycle=state.cycle,
        state=state.state,
        started_at=state.started_at,
        due_at=state.due_at or (state.breached_at if state.stopped_at is None else None),
        stopped_at=state.stopped_at,
        breached_at=state.breached_at,
        target_seconds=state.target_seconds,
        elapsed_seconds=int(state.elapsed_seconds),
        remaining_seconds=int(state.remaining_seconds),
        policy=policy_name,
        calendar=calendar_name,
        standard=types.Choice(id=standard[0], name=standard[1]) if standard else None,
    )


def waiting(found: calendars.Replay) -> types.Waiting:
    """Return whose turn it was; what is on hold for other reasons is ours."""
    us, customer, supplier = (
        int(found.waits.us + found.waits.other),
        int(found.waits.customer),
        int(found.waits.supplier),
    )
    return types.Waiting(
        us_seconds=us,
        customer_seconds=customer,
        supplier_seconds=supplier,
        elapsed_seconds=us + customer + supplier,
    )


def _mail_subject(ticket: models.Ticket, message: models.Message) -> str:
    """Return the subject line; an automatic message quotes nothing that a stranger may have typed."""
    return "We have your message" if message.kind == types.MessageKind.AUTOMATIC else ticket.subject


def queue_reply(
    *,
    ticket: models.Ticket,
    message: models.Message,
    link: str,
    now: dt.datetime,
    file_names: Sequence[str] = (),
    asked: str = "",
) -> int | None:
    """Queue a public reply to the customer's address and return the outbox row's id; None without an address.

    Files stay here: the mail names them, and the link opens them.
    """
    if not ticket.customer.email:
        return None
    sent = OutboxMessage.objects.filter(subject_kind="desk.ticket", subject_id=ticket.pk).order_by("-pk")
    earlier = list(sent.values_list("message_id", flat=True)[:10])
    headers = {"X-Wellserved-Ticket": str(ticket.number)}
    if ticket.customer.language:
        # Her screen reader speaks the letter in the language it is written in.
        headers["Content-Language"] = ticket.customer.language
    if earlier:
        headers |= {"In-Reply-To": earlier[0], "References": " ".join(reversed(earlier))}
    listed = "".join(f"\n- {name}" for name in file_names)
    with_files = f"\n\nFiles, to be opened with the link below:{listed}" if listed else ""
    row = outbox.queue(
        channel="email",
        recipient=ticket.customer.email,
        subject=f"[#{ticket.number}] {_mail_subject(ticket, message)}",
        body=f"{message.body}{with_files}{asked}\n\n-- \nFollow your question or answer here: {link}\n",
        now=now,
        headers=headers,
        about=("desk.ticket", ticket.pk),
        delay=outbox.UNDO if message.kind == types.MessageKind.REPLY else dt.timedelta(0),
        # What is said today is said today, also on a ticket that was imported.
        origin=live_origin(world_of(ticket.origin)),
    )
    return int(row.pk)
