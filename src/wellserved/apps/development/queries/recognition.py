"""Who was thanked for what, and whom nobody has thanked for a while."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import cast

from django.db.models import Max, Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import EDIT_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types.recognition import Quiet, RecognitionRow
from wellserved.apps.ledger import subjects
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("-given_at", "-id")
QUIET_AFTER = dt.timedelta(days=90)
NEWS_FOR = dt.timedelta(days=7)


def visible(*, actor: Actor) -> "QuerySet[models.Recognition]":
    """Return what this actor may read: thanks to those she may know of, and those she gave or got herself."""
    rows = in_world(models.Recognition.objects.all(), actor.world)
    if actor.sees_all_teams:
        return rows
    known = [person.id for person in accounts.staff(actor=actor, include_inactive=True)]
    return rows.filter(Q(user__in=known) | Q(user=actor.user_id) | Q(given_by=actor.user_id))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. Three queries at most."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each thank-you is called. One query."""
    rows = models.Recognition.objects.filter(pk__in=ids).values_list("pk", "user__name", "value")
    return {pk: f"Thanks to {name}: {value}" for pk, name, value in rows}


def feed(
    *,
    actor: Actor,
    value: str = "",
    user_id: int | None = None,
    cursor: str | None = None,
    limit: int = 30,
) -> tuple[tuple[RecognitionRow, ...], str | None]:
    """Return a page of thanks, newest first, and the cursor of the next. Five queries, and one for each kind named."""
    rows = visible(actor=actor).select_related("user", "given_by")
    if value:
        rows = rows.filter(value=value)
    if user_id is not None:
        rows = rows.filter(user=user_id)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    named = subjects.titles(actor=actor, subjects={ref for row in page.rows if (ref := _about(row))})
    return tuple(
        RecognitionRow(
            id=row.pk,
            user_id=row.user_id,
            user=row.user.name,
            given_by=row.given_by.name if row.given_by else "",
            given_at=row.given_at,
            value=row.value,
            words=row.words,
            about=named.get(_about(row) or ("", 0)),
        )
        for row in page.rows
    ), page.next_cursor


def _about(row: models.Recognition) -> tuple[str, int] | None:
    return (row.about_kind, row.about_id) if row.about_id is not None else None


def last_month(*, actor: Actor, now: dt.datetime) -> tuple[int, int]:
    """Return how many thanks she may read were given in 30 days, and to how many colleagues. Three queries."""
    rows = visible(actor=actor).filter(given_at__gte=now - dt.timedelta(days=30))
    users = list(rows.values_list("user", flat=True))
    return len(users), len(set(users))


def unrecognised(*, actor: Actor, now: dt.datetime) -> tuple[Quiet, ...]:
    """Return by name those she leads whom nobody has thanked for 90 days, nobody to others. Three queries.

    By name and never by number: it is a reminder to look, not a measure of anybody.
    """
    if not actor.can(EDIT_PEOPLE):
        return ()
    staff = {person.id: person.name for person in accounts.staff(actor=actor) if person.id != actor.user_id}
    rows = in_world(models.Recognition.objects.filter(user__in=staff), actor.world)
    last = dict(rows.order_by().values_list("user").annotate(last=Max("given_at")))
    quiet = {pk: cast("dt.datetime | None", last.get(pk)) for pk in staff}
    return tuple(
        Quiet(user_id=pk, name=staff[pk], last_at=at)
        for pk, at in quiet.items()
        if at is None or at < now - QUIET_AFTER
    )


def own_news(*, actor: Actor, now: dt.datetime) -> tuple[tuple[str, str, str], ...]:
    """Return who thanked this person in the last week as (who, value, words), newest first. One query."""
    rows = own_recent(actor=actor, now=now).select_related("given_by").order_by("-given_at", "-pk")
    return tuple((row.given_by.name if row.given_by else "Somebody", row.value, row.words) for row in rows[:10])


def own_recent(*, actor: Actor, now: dt.datetime) -> "QuerySet[models.Recognition]":
    """Return the thanks this person was given in the last week; for this app alone."""
    rows = models.Recognition.objects.filter(user=actor.user_id, given_at__gte=now - NEWS_FOR)
    return in_world(rows, actor.world)
