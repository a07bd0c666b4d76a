"""Reads of service partners: the register, one whole, whose interests are declared."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types import partners as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("name", "id")


def register(
    *, actor: Actor, search: str = "", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.PartnerRow, ...], str | None]:
    """Return one page of partners by name, and the cursor of the next. Two queries."""
    rows = in_world(models.Partner.objects.all(), actor.world)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(_loaded(rows), cursor=cursor, limit=limit)
    return tuple(_row(row, now) for row in page.rows), page.next_cursor


def choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the active partners by name, up to 200. One query."""
    rows = in_world(models.Partner.objects.filter(is_active=True).order_by("name"), actor.world)
    return tuple(rows.values_list("pk", "name")[:200])


def names(*, actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of these partners by id. One query."""
    rows = in_world(models.Partner.objects.filter(pk__in=set(ids)), actor.world)
    return dict(rows.values_list("pk", "name"))


def contacts(*, actor: Actor) -> tuple[types.Contact, ...]:
    """Return whom one asks at each partner and the word a ticket is handed over with. One query."""
    rows = in_world(models.Partner.objects.filter(is_active=True).order_by("name"), actor.world)
    return tuple(
        types.Contact(name=contact or name, email=email, word=known_as or name)
        for name, known_as, contact, email in rows.values_list("name", "known_as", "contact", "contact_email")[:200]
    )


def reviews_due(*, actor: Actor, now: dt.datetime) -> tuple[str, ...]:
    """Return the names of partners whose review is due. One query."""
    rows = in_world(models.Partner.objects.filter(is_active=True, review_on__lte=now.date()), actor.world)
    return tuple(rows.order_by("review_on", "pk").values_list("name", flat=True)[:101])


def _loaded(rows: QuerySet[models.Partner]) -> QuerySet[models.Partner]:
    return rows.annotate(counted=Count("agreements")).prefetch_related("declarations__user")


def find(*, actor: Actor, partner_id: int) -> models.Partner:
    """Return the row, or say there is none; for this app alone."""
    row = _loaded(in_world(models.Partner.objects.filter(pk=partner_id), actor.world)).first()
    if row is None:
        raise NotFound("There is no such partner.", code="partner_not_found")
    return row


def standing_declarations(declarations: Iterable[models.Declaration]) -> list[models.Declaration]:
    """Return the latest declaration of each person, the newest first."""
    latest: dict[int | None, models.Declaration] = {}
    for row in sorted(declarations, key=lambda row: (row.declared_at, row.pk)):
        latest.pop(row.user_id, None)
        latest[row.user_id] = row
    return list(reversed(latest.values()))


def partner(*, actor: Actor, partner_id: int, now: dt.datetime) -> types.PartnerDetail:
    """Return a partner with headings, declarations and reviews. Four queries."""
    row = find(actor=actor, partner_id=partner_id)
    reviews = row.reviews.select_related("reviewed_by").order_by("-reviewed_at", "-pk")
    return types.PartnerDetail(
        row=_row(row, now),
        headings=tuple((key, types.HEADINGS[key], row.headings.get(key, "")) for key in types.WRITTEN),
        declarations=tuple(
            types.DeclarationRow(
                user_id=each.user_id,
                user=each.user.name if each.user else "",
                has_interest=each.has_interest,
                words=each.words,
                declared_at=each.declared_at,
            )
            for each in standing_declarations(row.declarations.all())
        ),
        reviews=tuple(
            types.ReviewRow(
                id=review.pk,
                findings=tuple((types.HEADINGS[key], review.findings[key]) for key in types.HEADINGS),
                reviewed_at=review.reviewed_at,
                reviewed_by=review.reviewed_by.name if review.reviewed_by else "",
                next_on=review.next_on,
            )
            for review in reviews
        ),
    )


def _row(row: models.Partner, now: dt.datetime) -> types.PartnerRow:
    declarations = standing_declarations(row.declarations.all())
    return types.PartnerRow(
        id=row.pk,
        name=row.name,
        known_as=row.known_as,
        contact=row.contact,
        contact_email=row.contact_email,
        is_active=row.is_active,
        review_on=row.review_on,
        is_review_due=row.is_active and row.review_on is not None and row.review_on <= now.date(),
        agreements=row.counted,  # type: ignore[attr-defined]
        has_declaration=bool(declarations),
        has_interest=any(each.has_interest for each in declarations),
        version=row.version,
    )
