"""Write down what a meeting came to, do it, move it, or make an expectation of it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions.meetings import locked as locked_meeting
from wellserved.apps.development.events import meetings as events
from wellserved.apps.development.policies import meetings as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.types import meetings as types
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards.actions import expectations
from wellserved.apps.standards.queries import expectations as standards
from wellserved.apps.thread import actions as thread
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.ui.formatting import format_day

MEETING, EXPECTATION = types.MEETING, "standards.expectation"
LOOKED_AT_AGAIN = dt.timedelta(days=182)


@transaction.atomic
def add(
    *,
    actor: Actor,
    meeting_id: int,
    sort: str,
    what: str,
    owner_id: int | None = None,
    due_on: dt.date | None = None,
    segment_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Write down what a meeting came to and return its id.

    An action has its owner and its day, an opportunity its owner, who says within 30 days what becomes of it; a
    requirement says which segment it speaks for.
    """
    row = locked_meeting(actor, meeting_id)
    policies.require_minutes(actor, row)
    policies.require_state(row, "planned", "held", "sent", said="This meeting was called off; it came to nothing.")
    _check_sort(row, sort)
    today = clock.day_of(now)
    if sort != types.REQUIREMENT:
        owner_id, segment_id = owner_id or actor.person_id, None
        policies.require_colleagues(actor, [owner_id])
        policies.require_inside(row, owner_id)
        due_on = rules.day(due_on or (now + types.LOOKED_AT).date(), after=today, field="due_on")
    else:
        owner_id = due_on = None
        if segment_id:
            standards.segment(actor=actor, segment_id=segment_id, now=now)
    made = models.MeetingResult.objects.create(
        meeting=row,
        sort=sort,
        words=rules.said(what, 200, field="what", missing="Say in a line what it is."),
        owner_id=owner_id,
        due_on=due_on,
        segment_id=segment_id,
        origin=row.origin,
    )
    ledger.record(
        actor=actor,
        action="development.agree_in_meeting",
        subject=(MEETING, row.pk),
        now=now,
        changes={types.SORTS[sort].lower().replace(" ", "_"): (None, made.words)},
        event=events.OpportunityFound(opportunity_id=made.pk) if sort == types.CHANCE else None,
    )
    return made.pk


def _check_sort(row: models.Meeting, sort: str) -> None:
    known = [types.ACTION, *([finds] if (finds := types.KINDS[row.kind].finds) else [])]
    if sort not in known:
        raise Invalid(
            f"This kind of meeting comes to {' and '.join(types.SORTS[each].lower() for each in known)}.",
            code="result_sort",
            field="sort",
        )


@transaction.atomic
def settle(
    *, actor: Actor, result_id: int, settled: str, said: str = "", version: int | None = None, now: dt.datetime
) -> int:
    """Say, as its owner or whoever leads the meeting, that it is done or will not be; return the meeting."""
    row = _locked(actor, result_id, version)
    row.settled = rules.choice(settled, types.SETTLED, field="settled")
    missing = "Say why it will not be done." if settled == "dropped" else ""
    if row.sort == types.CHANCE and settled == "done":
        missing = "Say what was made of it."
    row.said = rules.said(said, 300, field="said", missing=missing)
    row.settled_at, row.version = now, row.version + 1
    row.save(update_fields=["settled", "said", "settled_at", "version"])
    changed = {"settled": (None, settled)}
    _record(row, actor=actor, action="development.settle_result", changes=changed, reason=row.said, now=now)
    return row.meeting_id


@transaction.atomic
def move(
    *, actor: Actor, result_id: int, due_on: dt.date, reason: str, version: int | None = None, now: dt.datetime
) -> int:
    """Give it another day and say why; return the meeting."""
    row = _locked(actor, result_id, version)
    why = rules.said(reason, 300, field="reason", missing="Say why it takes longer; the others count on it.")
    before, row.due_on = row.due_on, rules.day(due_on, after=clock.day_of(now), field="due_on")
    row.version += 1
    row.save(update_fields=["due_on", "version"])
    moved = {"due_on": (before and before.isoformat(), row.due_on.isoformat())}
    _record(row, actor=actor, action="development.move_result", changes=moved, reason=why, now=now)
    return row.meeting_id


@transaction.atomic
def expect(
    *, actor: Actor, result_id: int, segment_id: int | None = None, version: int | None = None, now: dt.datetime
) -> int:
    """Make an expectation of a requirement agreed, linked to its meeting, and return the expectation."""
    row = _found(actor, result_id)
    policies.check_version(row.version, version)
    if row.sort != types.REQUIREMENT:
        raise Invalid("Only a requirement agreed becomes an expectation.", code="not_a_requirement")
    if row.expectation_id:
        raise Conflict("It is an expectation already.", code="expected_already")
    chosen = segment_id or row.segment_id
    if chosen is None:
        raise Invalid("Choose whose expectation it is.", code="segment_missing", field="segment_id")
    meeting, today = row.meeting, clock.day_of(now)
    held = min(clock.day_of(meeting.starts_at), today)
    note = f"A private talk on {format_day(held)}" if meeting.is_private else f"{meeting.title}, {format_day(held)}"
    made = expectations.save_expectation(
        actor=actor,
        expectation_id=None,
        title=row.words,
        segment_id=chosen,
        basis="stated",
        nature="real",
        importance=4,
        source="interview",
        source_note=note[:200],
        source_on=held,
        credibility=3,
        review_on=today + LOOKED_AT_AGAIN,
        now=now,
    )
    row.expectation_id, row.segment_id, row.version = made, chosen, row.version + 1
    row.settled, row.settled_at = "done", now
    row.save(update_fields=["expectation", "segment", "version", "settled", "settled_at"])
    _record(
        row,
        actor=actor,
        action="development.expect",
        changes={"requirement_agreed": (None, row.words)},
        now=now,
        event=events.RequirementAgreed(meeting_id=row.meeting_id, expectation_id=made),
    )
    thread.link(actor=actor, start=(EXPECTATION, made), verb="agreed_in", end=(MEETING, row.meeting_id), now=now)
    return made


def _record(
    row: models.MeetingResult,
    *,
    actor: Actor,
    action: str,
    changes: Mapping[str, tuple[object, object]],
    reason: str = "",
    now: dt.datetime,
    event: events.RequirementAgreed | None = None,
) -> None:
    """Write the act into the history of the meeting, and of the opportunity it is of."""
    chance = [(types.OPPORTUNITY, row.pk)] if row.sort == types.CHANCE else []
    for subject in ((MEETING, row.meeting_id), *chance):
        ledger.record(
            actor=actor,
            action=action,
            subject=subject,
            now=now,
            changes={"result": (None, row.words), **changes},
            reason=reason,
            event=event if subject[0] == MEETING else None,
        )


def _found(actor: Actor, result_id: int) -> models.MeetingResult:
    rows = models.MeetingResult.objects.select_related("meeting").select_for_update(of=("self",))
    row = rows.filter(pk=result_id, meeting__in=queries.visible(actor=actor)).first()
    if row is None:
        raise NotFound("There is no such result of a meeting, or it is not yours to see.", code="result_not_found")
    return row


def _locked(actor: Actor, result_id: int, version: int | None) -> models.MeetingResult:
    row = _found(actor, result_id)
    policies.check_version(row.version, version)
    if row.settled:
        raise Conflict("It is settled already.", code="result_settled")
    if row.sort == types.REQUIREMENT:
        raise Invalid("A requirement becomes an expectation; there it is changed.", code="requirement_stays")
    if actor.user_id is None or actor.user_id not in {row.owner_id, row.meeting.chair_id}:
        raise Refused("Only whoever took it on, or leads the meeting, says so.", code="not_the_owner")
    return row
