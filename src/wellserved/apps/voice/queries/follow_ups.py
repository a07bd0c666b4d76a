"""Follow-ups on low scores, and feedback."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.policies import ASSIGN_TICKETS, READ_TICKETS, WORK_TICKETS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.voice import types
from wellserved.apps.voice.models import Feedback, FollowUp
from wellserved.apps.voice.queries.results import words_of
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

VIEWS = {"open": "Open", "mine": "Mine", "closed": "Closed"}
OPEN, CLOSED, NEWEST = Keyset("due_at", "id"), Keyset("-closed_at", "-id"), Keyset("-given_at", "-id")


def visible(*, actor: Actor) -> "QuerySet[FollowUp]":
    """Return the follow-ups on tickets staff may read; a customer knows of none."""
    rows = in_world(FollowUp.objects.all(), actor.world)
    if not actor.can(READ_TICKETS):
        return rows.none()
    return rows.filter(Exists(scope.visible_tickets(actor=actor).filter(pk=OuterRef("invitation__ticket"))))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each follow-up is called. One query."""
    found = FollowUp.objects.filter(pk__in=ids).values_list("pk", "reason", "invitation__ticket__number")
    return {pk: f"{types.FOLLOW_REASONS[reason]} on #{number}" for pk, reason, number in found}


def waiting(*, actor: Actor) -> "QuerySet[FollowUp]":
    """Return the open follow-ups that are hers, and for whoever assigns tickets all in reach."""
    rows = visible(actor=actor).filter(closed_at=None)
    if not actor.can(WORK_TICKETS):
        return rows.none()
    return rows if actor.can(ASSIGN_TICKETS) else rows.filter(owner=actor.user_id)


def news(*, actor: Actor, now: dt.datetime) -> tuple[int, int, int | None, tuple[int, ...]]:
    """Return how many wait, how many of them are late, the first of them and the tickets of three. One query."""
    rows = list(
        waiting(actor=actor).order_by("due_at", "pk").values_list("pk", "due_at", "invitation__ticket__number")[:100]
    )
    late = sum(due < now for _, due, _ in rows)
    return len(rows), late, rows[0][0] if rows else None, tuple(number for _, _, number in rows[:3])


def follow_ups(
    *, actor: Actor, view: str = "open", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.FollowUpRow, ...], str | None]:
    """Return a page of follow-ups. One query."""
    rows = visible(actor=actor).filter(closed_at__isnull=view != "closed")
    if view == "mine":
        rows = rows.filter(owner=actor.user_id)
    page = (CLOSED if view == "closed" else OPEN).page(_named(rows), cursor=cursor, limit=limit)
    return tuple(_row(row, now) for row in page.rows), page.next_cursor


def counts(*, actor: Actor, now: dt.datetime) -> tuple[int, int]:
    """Return how many are open, and how many of those are late. One query."""
    found = visible(actor=actor).aggregate(
        open=Count("pk", filter=Q(closed_at=None)), late=Count("pk", filter=Q(closed_at=None, due_at__lt=now))
    )
    return found["open"], found["late"]


def follow_up(*, actor: Actor, follow_up_id: int, now: dt.datetime) -> types.FollowUpRow:
    """Return one follow-up. One query."""
    row = _named(visible(actor=actor)).filter(pk=follow_up_id).first()
    if row is None:
        raise missing()
    return _row(row, now)


def missing() -> NotFound:
    """Return the refusal of a follow-up that is not there."""
    return NotFound("There is no such follow-up, or it is not yours to see.", code="follow_up_not_found")


def _named(rows: "QuerySet[FollowUp]") -> "QuerySet[FollowUp]":
    return rows.select_related("invitation__survey", "invitation__ticket", "invitation__customer", "owner", "closed_by")


def _row(row: FollowUp, now: dt.datetime) -> types.FollowUpRow:
    asked = row.invitation
    return types.FollowUpRow(
        id=row.pk,
        survey=asked.survey.name,
        reason=row.reason,
        score=asked.score,
        words=words_of(asked),
        number=asked.ticket.number,
        customer=asked.customer.name,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        opened_at=row.opened_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by.name if row.closed_by else "",
        done=row.done,
        version=row.version,
        is_overdue=row.closed_at is None and row.due_at < now,
    )


def visible_feedback(*, actor: Actor) -> "QuerySet[Feedback]":
    """Return the feedback of the actor's world; what hangs on a ticket only with the ticket."""
    rows = in_world(Feedback.objects.all(), actor.world)
    if not actor.can(READ_TICKETS):
        return rows.none()
    return rows.filter(Q(ticket=None) | Exists(scope.visible_tickets(actor=actor).filter(pk=OuterRef("ticket"))))


def visible_feedback_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible_feedback(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def feedback_titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each piece of feedback is called. One query."""
    found = Feedback.objects.filter(pk__in=ids).values_list("pk", "kind")
    return {pk: f"{types.FEEDBACK_KINDS[kind]} {pk}" for pk, kind in found}


def feedback(
    *, actor: Actor, kind: str = "", q: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.FeedbackRow, ...], str | None]:
    """Return a page of feedback, the newest first. One query."""
    rows = visible_feedback(actor=actor).select_related("customer", "ticket", "taken_by")
    if kind in types.FEEDBACK_KINDS:
        rows = rows.filter(kind=kind)
    if q := q.strip():
        rows = rows.filter(words__icontains=q)
    page = NEWEST.page(rows, cursor=cursor, limit=limit)
    return tuple(_feedback(row) for row in page.rows), page.next_cursor


def one_feedback(*, actor: Actor, feedback_id: int) -> types.FeedbackRow:
    """Return one piece of feedback. One query."""
    rows = visible_feedback(actor=actor).select_related("customer", "ticket", "taken_by")
    row = rows.filter(pk=feedback_id).first()
    if row is None:
        raise NotFound("There is no such feedback, or it is not yours to see.", code="feedback_not_found")
    return _feedback(row)


def feedback_counts(*, actor: Actor) -> Mapping[str, int]:
    """Return how many there are of each kind. One query."""
    rows = visible_feedback(actor=actor).order_by().values_list("kind")
    return dict(rows.annotate(n=Count("pk")))


def _feedback(row: Feedback) -> types.FeedbackRow:
    return types.FeedbackRow(
        id=row.pk,
        kind=row.kind,
        source=row.source,
        words=row.words,
        customer=row.customer.name if row.customer else "",
        number=row.ticket.number if row.ticket else None,
        themes=tuple(row.themes),
        given_at=row.given_at,
        taken_by=row.taken_by.name if row.taken_by else "",
    )
