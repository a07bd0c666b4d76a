"""The register of guidelines: its pages, its figures, and who has still to read what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk.models import Attestation, Guideline
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types import Kind
from wellserved.apps.desk.types.knowledge import (
    Content,
    GuidelineFigures,
    GuidelineFilters,
    GuidelineKind,
    GuidelinePage,
    GuidelineRow,
    GuidelineState,
)
from wellserved.platform.paging import Keyset

_BY_TITLE = Keyset("title", "id")


def guidelines(
    *, actor: Actor, filters: GuidelineFilters, on: dt.date, cursor: str | None = None, limit: int = 50
) -> GuidelinePage:
    """Return one page of the register by title. Four queries at most."""
    rows = _filtered(actor, filters, on).select_related("current", "owner")
    page = _BY_TITLE.page(rows, cursor=cursor, limit=limit)
    return GuidelinePage(rows=as_rows(page.rows, actor=actor, on=on), next_cursor=page.next_cursor)


def figures(*, actor: Actor, on: dt.date) -> GuidelineFigures:
    """Return what is in force, due for review, being written, and hers to read. One query."""
    is_in_force = Q(state=GuidelineState.IN_FORCE)
    counts = (
        scope.visible_guidelines(actor=actor)
        .order_by()
        .aggregate(
            in_force=Count("pk", filter=is_in_force),
            review_due=Count("pk", filter=is_in_force & Q(review_on__lte=on)),
            drafts=Count("pk", filter=Q(draft__isnull=False)),
            unread=Count("pk", filter=_unread(actor)),
        )
    )
    return GuidelineFigures(**counts)


def as_rows(rows: Sequence[Guideline], *, actor: Actor, on: dt.date) -> tuple[GuidelineRow, ...]:
    """Return rows as other layers may know them; for this app alone. Three queries at most."""
    people = accounts.staff(actor=actor) if rows else ()
    known = {person.id for person in people}
    read: dict[int, set[int]] = defaultdict(set)
    for row in Attestation.objects.filter(version__in=[row.current_id for row in rows if row.current_id]):
        if row.user_id in known:
            read[row.version_id].add(row.user_id)
    return tuple(_row(row, actor=actor, people=people, read=read[row.current_id or 0], on=on) for row in rows)


def _row(row: Guideline, *, actor: Actor, people: Sequence[Person], read: set[int], on: dt.date) -> GuidelineRow:
    content = Content.from_data(row.current.content) if row.current else Content()
    held = row.state == GuidelineState.IN_FORCE
    concerned = [person for person in people if scope.is_concerned(content, person)] if held else []
    missing = [person for person in concerned if person.id not in read]
    leads = actor.can(accounts_policies.EDIT_KNOWLEDGE)
    return GuidelineRow(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        state=row.state,
        number=row.current.number if row.current else 0,
        owner=row.owner.name if row.owner else "",
        review_on=row.review_on,
        is_review_due=held and row.review_on is not None and row.review_on <= on,
        has_draft=row.draft is not None and scope.sees_drafts(actor),
        concerned=len(concerned) if leads else 0,
        read=len(concerned) - len(missing) if leads else 0,
        missing=tuple(person.name for person in missing) if leads else (),
        is_unread=any(person.id == actor.user_id for person in missing),
    )


def _filtered(actor: Actor, filters: GuidelineFilters, on: dt.date) -> QuerySet[Guideline]:
    rows = scope.visible_guidelines(actor=actor).filter(_view(filters.view, actor, on))
    if filters.kind in GuidelineKind.values:
        rows = rows.filter(kind=filters.kind)
    words = [
        f"kind:{filters.about}" if filters.about in Kind.values else "",
        f"queue:{filters.queue}" if filters.queue is not None else "",
        f"product:{filters.product}" if filters.product is not None else "",
        f"tag:{scope.tag_key(filters.tag)}" if filters.tag else "",
    ]
    for word in filter(None, words):
        rows = rows.filter(scope_key__contains=f"|{word}|")
    if filters.q:
        rows = rows.filter(title__icontains=filters.q)
    return rows


def _view(view: str, actor: Actor, on: dt.date) -> Q:
    in_force = Q(state=GuidelineState.IN_FORCE)
    if view in {"draft", "review"} and not scope.sees_drafts(actor):
        return in_force
    return {
        "unread": _unread(actor),
        "review": in_force & Q(review_on__lte=on),
        "draft": Q(draft__isnull=False),
        "retired": Q(state=GuidelineState.RETIRED),
    }.get(view, in_force)


def _unread(actor: Actor) -> Q:
    read = Attestation.objects.filter(version=OuterRef("current"), user=actor.user_id)
    return scope.concerns(role=actor.role, teams=sorted(actor.team_ids)) & Q(~Exists(read))
