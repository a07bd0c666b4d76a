"""What customers, colleagues and partners think of a record."""

from django.db.models import QuerySet

from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.models import Standpoint
from wellserved.apps.ledger.types import StandpointRow, Standpoints, Subject
from wellserved.platform.origin import in_world

MOST_SHOWN = 100


def of_subject(*, actor: Actor, subject: Subject) -> Standpoints:
    """Return the views on a record, the latest first, with where each was said if the actor may see it.

    Two queries, and two a kind of source.
    """
    subjects.require_visible(actor=actor, subject=subject)
    rows = in_world(Standpoint.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    return Standpoints(rows=_rows(actor, rows), may_answer=actor.can(DECIDE))


def of_source(*, actor: Actor, source: Subject) -> tuple[StandpointRow, ...]:
    """Return the views that were brought from a record, with what each is about. One query, and two a kind."""
    subjects.require_visible(actor=actor, subject=source)
    rows = in_world(Standpoint.objects.all(), actor.world).filter(source_kind=source[0], source_id=source[1])
    return _rows(actor, rows)


def _rows(actor: Actor, rows: QuerySet[Standpoint]) -> tuple[StandpointRow, ...]:
    if actor.role == Role.CUSTOMER:
        return ()
    found = list(rows.select_related("noted_by", "answered_by").order_by("-noted_at", "-pk")[:MOST_SHOWN])
    refs = {(row.source_kind, row.source_id) for row in found if row.source_id}
    refs |= {(row.subject_kind, row.subject_id) for row in found}
    named = subjects.titles(actor=actor, subjects=refs)
    return tuple(
        StandpointRow(
            id=row.pk,
            about=named.get((row.subject_kind, row.subject_id)),
            side=Standpoint.Side(row.side).label,
            stance=row.stance,
            stance_label=Standpoint.Stance(row.stance).label,
            words=row.words,
            source=named.get((row.source_kind, row.source_id)) if row.source_id else None,
            noted_by=row.noted_by.name if row.noted_by else "",
            noted_at=row.noted_at,
            answer=row.answer,
            answered_by=row.answered_by.name if row.answered_by else "",
            answered_at=row.answered_at,
            is_own=row.noted_by_id == actor.user_id,
        )
        for row in found
    )
