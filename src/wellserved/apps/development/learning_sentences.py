"""The sentences under the headings: what the page means."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.development.queries.waiting import Waiting
from wellserved.apps.development.types import guiding, training
from wellserved.apps.development.types.learning import NeedRow, PlanRow, PlanState, Priority
from wellserved.apps.development.types.recorded import Recorded
from wellserved.apps.development.types.support import MonthReport, SlotRow
from wellserved.platform.ui.formatting import format_day


def count(number: int, one: str, many: str) -> str:
    """Return the number with its noun.

    >>> count(1, "need", "needs"), count(3, "need", "needs")
    ('1 need', '3 needs')
    """
    return f"{number:,} {one if number == 1 else many}"


def say_waiting(rows: Sequence[Waiting]) -> str:
    """Return what waits for the reader."""
    if not rows:
        return "Nothing waits for you here."
    late = sum(row.is_late for row in rows)
    said = f"{count(len(rows), 'thing waits', 'things wait')} for you"
    return f"{said}, {late} past {'its' if late == 1 else 'their'} day." if late else f"{said}."


def say_needs(rows: Sequence[NeedRow], *, is_own: bool) -> str:
    """Return what breaks on the desk, and what is planned."""
    if not rows:
        return "You have every skill your role asks for." if is_own else "Everybody has what her role asks for."
    short = sum(row.priority == Priority.SHORT for row in rows)
    planned = sum(row.plan_id is not None for row in rows)
    said = f"{planned} of {count(len(rows), 'need has', 'needs have')} a plan"
    return f"{said}; {short} of them {'leaves' if short == 1 else 'leave'} the desk short." if short else f"{said}."


def say_plan(row: PlanRow) -> str:
    """Return how a plan stands."""
    if row.state == PlanState.DONE and row.done_on:
        return f"Done on {format_day(row.done_on)}."
    if row.state == PlanState.DROPPED:
        return f"Dropped: {row.outcome}"
    late = "was due on" if row.is_late else "until"
    return f"{row.person} is to learn it by {row.measure_name.lower()}; {late} {format_day(row.by_on)}."


def say_training(rows: Sequence[training.EventRow], *, view: str) -> str:
    """Return what can be booked."""
    if view != "coming":
        return f"{count(len(rows), 'training event', 'training events')} on this page."
    free = sum(row.left for row in rows)
    if not rows:
        return "Nothing is on offer now."
    return f"{count(free, 'seat is', 'seats are')} free in {count(len(rows), 'training event', 'training events')}."


def say_event(found: training.EventDetail, *, now: dt.datetime) -> str:
    """Return how a training event stands."""
    row = found.row
    if row.state == training.EventState.CANCELLED:
        return f"Called off: {found.cancelled_because}"
    if row.state == training.EventState.HELD:
        there = sum(seat.state == training.Seat.ATTENDED for seat in found.seats)
        shown = sum(bool(level.figure) for level in found.levels)
        return f"{count(there, 'colleague', 'colleagues')} came; {shown} of the 4 levels can be judged yet."
    if row.starts_at <= now:
        return "It has begun: write down who was there."
    waiting = f"; {row.waiting} on the waiting list" if row.waiting else ""
    return f"{row.left} of {count(row.seats, 'seat is', 'seats are')} free{waiting}."


def say_records(rows: Sequence[guiding.PrivateRow], purpose: str) -> str:
    """Return what waits in a register of restricted records."""
    waiting = sum(row.is_waiting for row in rows)
    return f"{purpose}. {count(waiting, 'waits', 'wait')} for you." if waiting else f"{purpose}."


def say_talk(found: guiding.TalkDetail) -> str:
    """Return how a one-to-one stands."""
    if found.pair.state == guiding.TalkState.AGREED:
        return "Both have agreed what stands here."
    if found.pair.state == guiding.TalkState.HELD:
        return f"{found.pair.person} is asked whether the notes say what was agreed."
    return f"{count(len(found.agenda), 'thing is', 'things are')} on the agenda; both may add to it."


def say_coaching(found: guiding.CoachingDetail) -> str:
    """Return whether later observations show the goal."""
    if found.pair.state != guiding.CoachingState.OPEN:
        return f"{found.pair.state_name}: {found.outcome}"
    seen = found.sightings
    if len(seen) > 1:
        first, last = seen[0], seen[-1]
        moved = (
            "better than"
            if last.rating > first.rating
            else "the same as"
            if last.rating == first.rating
            else "lower than"
        )
        return f"Last seen “{last.rating_name.lower()}”, {moved} when it began."
    if found.criterion:
        return "No observation since it began: what it changed is not known yet."
    return f"{count(len(found.sessions), 'session', 'sessions')} held until now."


def say_observation(found: guiding.ObservationDetail, *, now: dt.datetime) -> str:
    """Return how an observation stands."""
    if found.own_view_at:
        return "Both views stand side by side."
    if found.recorded_at:
        return f"{found.pair.guide} has said what was seen; {found.pair.person} is asked how she saw it."
    if found.starts_at > now:
        return f"Announced: {found.pair.person} knows what for, when, and at what {found.pair.guide} will look."
    return f"Its time has come: {found.pair.guide} says what was seen."


def say_review(found: guiding.ReviewDetail) -> str:
    """Return whose turn it is."""
    said = {
        guiding.ReviewState.OPEN: f"{found.pair.person} writes first, on what the records hold of the period.",
        guiding.ReviewState.OWN: f"{found.pair.guide} reads her view and writes.",
        guiding.ReviewState.WRITTEN: f"{found.pair.person} reads, and agrees or contests.",
        guiding.ReviewState.AGREED: "Both have agreed what stands here.",
    }
    return said[guiding.ReviewState(found.pair.state)]


def say_support(rows: Sequence[SlotRow], month: MonthReport | None) -> str:
    """Return what can be booked, or what was offered and held this month."""
    if month is None:
        free = sum(not row.is_taken and not row.is_over for row in rows)
        return f"{count(free, 'slot is', 'slots are')} free: book one for whatever you want to talk about."
    offered, held = month.offered_minutes / 60, (month.held_minutes + month.door_minutes) / 60
    return f"This month {offered:.1f} hours are offered and {held:.1f} were held, open door included."


def say_recorded(found: Recorded) -> str:
    """Return how much is recorded, and who looked."""
    lookers = len({look.viewer for look in found.looks})
    looked = f"{count(lookers, 'colleague has', 'colleagues have')} looked" if lookers else "nobody else has looked"
    return f"{count(found.total, 'record is', 'records are')} about you; {looked} at those kept between two."
