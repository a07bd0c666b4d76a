"""What staff suggested and what became of it; what they were consulted on."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.policies import ANSWER_STAFF as ANSWER
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.secrets import hash_secret
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types import suggestions as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER, CONSULTATIONS = Keyset("-given_on", "-id"), Keyset("-opened_at", "-id")
TOLD = Keyset("-answered_at", "-id")
VIEWS = {"open": "To be answered", "mine": "Mine", "all": "All"}
MOST_VIEWS = 500
_WAITING = ("new", "looking")
_ANSWERED = ("planned", "done", "declined")


def visible(*, actor: Actor) -> "QuerySet[models.Suggestion]":
    """Return what this actor may read: her own, what was answered, and everything for whoever answers."""
    rows = in_world(models.Suggestion.objects.all(), actor.world)
    if not actor.can(READ_STANDARDS):
        return rows.none()
    if actor.can(ANSWER):
        return rows
    return rows.filter(Q(author=actor.user_id, author__isnull=False) | Q(state__in=_ANSWERED))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def kept_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids whose history would name another as the author, to whoever does not answer. One query."""
    if actor.can(ANSWER):
        return frozenset()
    rows = models.Suggestion.objects.filter(pk__in=ids, author__isnull=False)
    if actor.user_id is not None:
        rows = rows.exclude(author=actor.user_id)
    return frozenset(rows.values_list("pk", flat=True))


def suggestions(
    *, actor: Actor, view: str = "all", on: dt.date, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.SuggestionRow, ...], str | None]:
    """Return a page of suggestions, the newest first, and the cursor of the next. One query."""
    rows = visible(actor=actor).select_related("author", "answered_by")
    if view == "open":
        rows = rows.filter(state__in=_WAITING)
    if view == "mine":
        rows = rows.filter(author=actor.user_id, author__isnull=False)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, actor, on) for row in page.rows), page.next_cursor


def suggestion(*, actor: Actor, suggestion_id: int, on: dt.date) -> types.SuggestionRow:
    """Return one suggestion, or say there is none. One query."""
    row = visible(actor=actor).filter(pk=suggestion_id).select_related("author", "answered_by").first()
    if row is None:
        raise NotFound("There is no such suggestion, or it is not yours to see yet.", code="suggestion_not_found")
    return _row(row, actor, on)


def by_receipt(*, actor: Actor, receipt: str, on: dt.date) -> types.SuggestionRow:
    """Return the anonymous suggestion a receipt stands for, without asking who holds it. One query."""
    wanted = hash_secret(receipt.strip())
    rows = in_world(models.Suggestion.objects.filter(receipt_hash=wanted, is_anonymous=True), actor.world)
    row = rows.select_related("answered_by").first()
    if row is None:
        raise NotFound(
            "No suggestion goes with this receipt. Look for a slip in what you typed.", code="receipt_unknown"
        )
    return _row(row, actor, on)


def you_said(
    *, actor: Actor, cursor: str | None = None, limit: int = 30, on: dt.date
) -> tuple[tuple[types.SuggestionRow, ...], str | None]:
    """Return a page of what was said and decided, the latest answer first, without its authors. One query."""
    rows = visible(actor=actor).filter(state__in=_ANSWERED).select_related("answered_by")
    page = TOLD.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, actor, on, is_named=False) for row in page.rows), page.next_cursor


def counts(*, actor: Actor, on: dt.date) -> tuple[int, int, int, int]:
    """Return how many suggestions there are, were answered, were done, and wait too long. One query."""
    rows = in_world(models.Suggestion.objects.all(), actor.world)
    found = rows.aggregate(
        all=Count("pk"),
        answered=Count("pk", filter=Q(state__in=_ANSWERED)),
        done=Count("pk", filter=Q(state="done")),
        late=Count("pk", filter=_late(on)),
    )
    return found["all"], found["answered"], found["done"], found["late"]


def late(*, actor: Actor, on: dt.date) -> tuple[str, ...]:
    """Return the titles of what waits for an answer too long, the oldest first, for whoever answers. One query."""
    rows = unanswered(actor=actor, on=on).order_by("given_on", "pk")
    return tuple(rows.values_list("title", flat=True)[:50])


def unanswered(*, actor: Actor, on: dt.date) -> "QuerySet[models.Suggestion]":
    """Return what waits too long for an answer of hers who answers; for this app alone."""
    rows = visible(actor=actor).filter(_late(on))
    return rows if actor.can(ANSWER) else rows.none()


def own_news(*, actor: Actor) -> tuple[tuple[int, str, str], ...]:
    """Return what came of this person's suggestions that she has not seen yet: id, title, state. One query."""
    rows = own_unread(actor=actor).order_by("answered_at", "pk")
    return tuple((row.pk, row.title, types.SUGGESTION_STATES[row.state]) for row in rows[:20])


def own_unread(*, actor: Actor) -> "QuerySet[models.Suggestion]":
    """Return this person's suggestions whose answer she has not seen; for this app alone."""
    rows = in_world(models.Suggestion.objects.filter(author=actor.user_id, author__isnull=False), actor.world)
    return rows.filter(state__in=_ANSWERED, told_at=None)


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each suggestion is called. One query."""
    return dict(models.Suggestion.objects.filter(pk__in=ids).values_list("pk", "title"))


def _late(on: dt.date) -> Q:
    return Q(state="new", given_on__lt=on - types.PATIENCE) | Q(state="looking", given_on__lt=on - types.PATIENCE)


def _row(row: models.Suggestion, actor: Actor, on: dt.date, *, is_named: bool = True) -> types.SuggestionRow:
    knows = is_named and row.author_id is not None and (actor.can(ANSWER) or row.author_id == actor.user_id)
    return types.SuggestionRow(
        id=row.pk,
        title=row.title,
        text=row.text,
        author_id=row.author_id if knows else None,
        author=row.author.name if knows and row.author else "",
        is_anonymous=row.is_anonymous,
        given_on=row.given_on,
        state=row.state,
        answer=row.answer,
        answered_by=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
        done=row.done,
        done_at=row.done_at,
        told_at=row.told_at,
        is_late=row.state in _WAITING and row.given_on < on - types.PATIENCE,
        version=row.version,
    )


def visible_consultations(*, actor: Actor) -> "QuerySet[models.Consultation]":
    """Return the consultations this actor may read: the whole staff is asked."""
    rows = in_world(models.Consultation.objects.all(), actor.world)
    return rows if actor.can(READ_STANDARDS) else rows.none()


def visible_consultation_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible_consultations(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def consultations(
    *, actor: Actor, on: dt.date, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.ConsultationRow, ...], str | None]:
    """Return a page of consultations, the newest first, and the cursor of the next. One query."""
    page = CONSULTATIONS.page(_spoken(visible_consultations(actor=actor)), cursor=cursor, limit=limit)
    return tuple(_consultation(row, on) for row in page.rows), page.next_cursor


def consultation(
    *, actor: Actor, consultation_id: int, on: dt.date
) -> tuple[types.ConsultationRow, tuple[types.ViewRow, ...]]:
    """Return one consultation with everything that was said, in the order it was said. Two queries."""
    row = _spoken(visible_consultations(actor=actor).filter(pk=consultation_id)).first()
    if row is None:
        raise NotFound("There is no such consultation.", code="consultation_not_found")
    said = models.ConsultationView.objects.filter(consultation=row).select_related("author").order_by("said_at", "pk")
    return _consultation(row, on), tuple(
        types.ViewRow(
            id=each.pk,
            author_id=each.author_id,
            author=each.author.name if each.author else "",
            text=each.text,
            said_at=each.said_at,
        )
        for each in said[:MOST_VIEWS]
    )


def asked_of(*, actor: Actor, on: dt.date) -> tuple[tuple[int, str, dt.date], ...]:
    """Return the open consultations this person has not spoken in: id, title, until when. One query."""
    rows = unspoken(actor=actor, on=on)
    return tuple(rows.order_by("closes_on", "pk").values_list("pk", "title", "closes_on")[:20])


def unspoken(*, actor: Actor, on: dt.date) -> "QuerySet[models.Consultation]":
    """Return the open consultations this person has not spoken in; for this app alone."""
    mine = models.ConsultationView.objects.filter(consultation=OuterRef("pk"), author=actor.user_id)
    return visible_consultations(actor=actor).filter(outcome="", closes_on__gte=on).exclude(Exists(mine))


def to_respond(*, actor: Actor, on: dt.date) -> tuple[tuple[int, str], ...]:
    """Return the consultations that are over and wait for their answer, for whoever answers. One query."""
    rows = unresponded(actor=actor, on=on)
    return tuple(rows.order_by("closes_on", "pk").values_list("pk", "title")[:20])


def unresponded(*, actor: Actor, on: dt.date) -> "QuerySet[models.Consultation]":
    """Return the consultations that are over and wait for the response of hers who answers; for this app alone."""
    rows = visible_consultations(actor=actor).filter(outcome="", closes_on__lt=on)
    return rows if actor.can(ANSWER) else rows.none()


def own_responses(*, actor: Actor) -> tuple[tuple[int, str, str], ...]:
    """Return what was made of proposals this person spoke on and has not been told yet. One query."""
    rows = own_untold(actor=actor).order_by("responded_at", "pk")
    return tuple((row.pk, row.title, types.CONSULTATION_OUTCOMES[row.outcome]) for row in rows[:20])


def own_untold(*, actor: Actor) -> "QuerySet[models.Consultation]":
    """Return the proposals this person spoke on whose response she has not seen; for this app alone."""
    mine = models.ConsultationView.objects.filter(consultation=OuterRef("pk"), author=actor.user_id, told_at=None)
    return visible_consultations(actor=actor).filter(Exists(mine)).exclude(outcome="")


def consultation_titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each consultation is called. One query."""
    return dict(models.Consultation.objects.filter(pk__in=ids).values_list("pk", "title"))


def _spoken(rows: "QuerySet[models.Consultation]") -> Any:
    return rows.select_related("opened_by", "responded_by").annotate(
        said=Count("views"), speakers=Count("views__author", distinct=True)
    )


def _consultation(row: Any, on: dt.date) -> types.ConsultationRow:
    is_open = not row.outcome and row.closes_on >= on
    return types.ConsultationRow(
        id=row.pk,
        title=row.title,
        proposal=row.proposal,
        opened_at=row.opened_at,
        opened_by=row.opened_by.name if row.opened_by else "",
        closes_on=row.closes_on,
        is_open=is_open,
        is_due=not is_open and not row.outcome,
        outcome=row.outcome,
        response=row.response,
        responded_at=row.responded_at,
        responded_by=row.responded_by.name if row.responded_by else "",
        views=row.said,
        speakers=row.speakers,
        version=row.version,
    )
