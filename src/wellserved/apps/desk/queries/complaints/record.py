"""One complaint with everything its page shows."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Complaint, ComplaintLetter
from wellserved.apps.desk.queries import scope, story
from wellserved.apps.desk.queries.complaints import casework, register
from wellserved.apps.desk.types.complaints import (
    ComplaintDetail,
    ComplaintRow,
    LetterRow,
    OutsideKind,
    OutsideRow,
    RemedyKind,
    RemedyRow,
    Stage,
    StageRow,
)
from wellserved.science.calendars import RulePack, add_months


def complaint(*, actor: Actor, complaint_id: int, now: dt.datetime) -> ComplaintDetail:
    """Return one complaint the actor may read. Nine queries."""
    row = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    pack = casework.pack_of(row)
    wait = row.waits.filter(ends=None).first()
    return ComplaintDetail(
        row=register.as_row(row, now=now),
        ticket_id=row.ticket_id,
        channel=str(types.Channel(row.channel).label),
        summary=row.summary,
        language=row.ticket.customer.language,
        pack=pack,
        stages=_stages(row),
        clocks=casework.clocks_of(row, now=now),
        letters=tuple(_letters(pack.rules, row.letters.select_related("sent_by").order_by("pk"))),
        remedies=_remedies(row),
        outside=_outside(row),
        record=row.record,
        handler_id=row.handler_id,
        reviewer_id=row.reviewer_id,
        reviewer=row.reviewer.name if row.reviewer else "",
        outcome_name=row.get_outcome_display() if row.outcome else "",
        cause_name=row.get_cause_display() if row.cause else "",
        answer=row.answer,
        lessons=row.lessons,
        waiting_for=wait.reason if wait else "",
        extension_reason=row.extension_reason,
        keep_until=add_months(row.received_on, 12 * pack.rules.retention_years),
        may_work=scope.works_complaint(actor=actor, handler_id=row.handler_id, reviewer_id=row.reviewer_id),
        may_assign=actor.can("complaints.work"),
        version=row.version,
    )


def complained_at(*, actor: Actor, ticket_id: int, now: dt.datetime) -> dt.datetime:
    """Return when the complaint came that a ticket would become: with its customer's latest message. Two queries."""
    return casework.complained_at(scope.visible_ticket(actor=actor, ticket_id=ticket_id), now=now)


def _stages(row: Complaint) -> tuple[StageRow, ...]:
    return tuple(
        StageRow(
            stage=stage.stage,
            name=str(Stage(stage.stage).label),
            entered_at=stage.entered_at,
            left_at=stage.left_at,
            by=stage.by.name if stage.by else "Wellserved",
            note=stage.note,
        )
        for stage in row.stages.select_related("by").order_by("pk")
    )


def _remedies(row: Complaint) -> tuple[RemedyRow, ...]:
    return tuple(
        RemedyRow(
            kind=remedy.kind,
            name=str(RemedyKind(remedy.kind).label),
            amount=remedy.amount,
            currency=remedy.currency,
            note=remedy.note,
            by=remedy.granted_by.name if remedy.granted_by else "",
            at=remedy.granted_at,
        )
        for remedy in row.remedies.select_related("granted_by").order_by("pk")
    )


def _outside(row: Complaint) -> tuple[OutsideRow, ...]:
    return tuple(
        OutsideRow(
            id=case.pk,
            kind=case.kind,
            kind_name=str(OutsideKind(case.kind).label),
            body=case.body,
            reference=case.reference,
            person=case.person,
            is_binding=case.is_binding,
            opened_on=case.opened_on,
            decision=case.decision,
            signed_on=case.signed_on,
            closed_on=case.closed_on,
        )
        for case in row.outside.order_by("pk")
    )


def _letters(rules: RulePack, rows: Iterable[ComplaintLetter]) -> Iterable[LetterRow]:
    known: dict[str, list[ComplaintLetter]] = {}
    for row in rows:
        known.setdefault(row.key, []).append(row)
    for letter in rules.letters:
        if letter.key not in known:
            yield LetterRow(
                key=letter.key, title=letter.title, role=letter.role, state="none", sent_at=None, by="", body=""
            )
        for row in known.get(letter.key, ()):
            yield LetterRow(
                key=letter.key,
                title=letter.title,
                role=letter.role,
                state="sent" if row.sent_at else "draft",
                sent_at=row.sent_at,
                by=row.sent_by.name if row.sent_by else "",
                body=row.body if row.sent_at else "",
            )


def complaint_of_ticket(*, actor: Actor, ticket_id: int, now: dt.datetime) -> ComplaintRow | None:
    """Return the complaint a ticket is handled as, if the actor may read it. One query."""
    rows = scope.visible_complaints(actor=actor).select_related(*register.JOINED)
    row = rows.filter(ticket=ticket_id).first()
    return register.as_row(row, now=now) if row else None


def said(*, actor: Actor, complaint_id: int) -> tuple[types.TimelineItem, ...]:
    """Return what was said on the complaint's ticket: whoever reads the complaint reads its conversation."""
    row = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    items = story.timeline(actor=reaching(actor, row), ticket_id=row.ticket_id)
    return tuple(item for item in items if item.body)


def reaching(actor: Actor, row: Complaint) -> Actor:
    """Return the actor with the reach a complaint gives her: its ticket, whosever queue that stands in."""
    is_hers = scope.works_complaint(actor=actor, handler_id=row.handler_id, reviewer_id=row.reviewer_id)
    return dataclasses.replace(actor, sees_all_teams=actor.sees_all_teams or is_hers)
