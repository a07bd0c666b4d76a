"""Reward schemes with what was spent, and team events with who came."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from wellserved.apps.accounts.policies import EDIT_PLANS, READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types import recognition as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

SCHEMES, EVENTS = Keyset("-starts_on", "-id"), Keyset("-starts_at", "-id")
MOST_AWARDS = 200
NEAR = dt.timedelta(days=7)
_MONEY: DecimalField[Any, Any] = DecimalField(max_digits=12, decimal_places=2)


def visible_schemes(*, actor: Actor) -> "QuerySet[models.Scheme]":
    """Return the schemes this actor may read: the staff may know by which rules somebody is rewarded."""
    rows = in_world(models.Scheme.objects.all(), actor.world)
    return rows if actor.can(READ_STANDARDS) else rows.none()


def visible_scheme_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible_schemes(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def schemes(
    *, actor: Actor, on: dt.date, view: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.SchemeRow, ...], str | None]:
    """Return a page of schemes, the newest first, and the cursor of the next. One query.

    `view` narrows to those running, or to those to be evaluated.
    """
    rows = _counted(visible_schemes(actor=actor))
    if view == "running":
        rows = rows.filter(starts_on__lte=on, ends_on__gte=on)
    if view == "due":
        rows = rows.filter(ends_on__lt=on, outcome="")
    page = SCHEMES.page(rows, cursor=cursor, limit=limit)
    return tuple(_scheme(row, on) for row in page.rows), page.next_cursor


def scheme(*, actor: Actor, scheme_id: int, on: dt.date) -> types.SchemeRow:
    """Return one scheme, or say there is none. One query."""
    row = _counted(visible_schemes(actor=actor).filter(pk=scheme_id)).first()
    if row is None:
        raise NotFound("There is no such scheme.", code="scheme_not_found")
    return _scheme(row, on)


def awards(*, actor: Actor, scheme_id: int) -> tuple[types.AwardRow, ...]:
    """Return who got what and why, the latest first; to whoever holds no budget her own alone. One query."""
    rows = models.Award.objects.filter(scheme=scheme_id, scheme__in=visible_schemes(actor=actor))
    if not actor.can(EDIT_PLANS):
        rows = rows.filter(user=actor.user_id)
    return tuple(
        types.AwardRow(
            id=row.pk,
            user_id=row.user_id,
            user=row.user.name,
            what=row.what,
            amount=row.amount,
            why=row.why,
            given_at=row.given_at,
            given_by=row.given_by.name if row.given_by else "",
        )
        for row in rows.select_related("user", "given_by").order_by("-given_at", "-pk")[:MOST_AWARDS]
    )


def own_news(*, actor: Actor, now: dt.datetime) -> tuple[tuple[int, str, str, str], ...]:
    """Return what this person was given in the last week: scheme, its name, what, why. One query."""
    rows = own_recent(actor=actor, now=now).order_by("-given_at", "-pk")
    return tuple(rows.values_list("scheme", "scheme__name", "what", "why")[:10])


def own_recent(*, actor: Actor, now: dt.datetime) -> "QuerySet[models.Award]":
    """Return what this person was given in the last week; for this app alone."""
    rows = models.Award.objects.filter(user=actor.user_id, given_at__gte=now - NEAR)
    return rows.filter(scheme__in=visible_schemes(actor=actor))


def due_names(*, actor: Actor, on: dt.date) -> tuple[str, ...]:
    """Return the schemes that have ended and were not evaluated, for whoever runs them. One query."""
    rows = due(actor=actor, on=on).order_by("ends_on", "pk")
    return tuple(rows.values_list("name", flat=True)[:20])


def due(*, actor: Actor, on: dt.date) -> "QuerySet[models.Scheme]":
    """Return the schemes to be evaluated by whoever runs them; for this app alone."""
    rows = visible_schemes(actor=actor).filter(ends_on__lt=on, outcome="")
    return rows if actor.can(EDIT_PLANS) else rows.none()


def evaluated(*, actor: Actor) -> Mapping[str, int]:
    """Return how many schemes came to which outcome, those not evaluated under nothing. One query."""
    rows = visible_schemes(actor=actor).order_by()
    return dict(rows.values_list("outcome").annotate(n=Count("pk")))


def _counted(rows: "QuerySet[models.Scheme]") -> Any:
    given = models.Award.objects.filter(scheme=OuterRef("pk")).order_by().values("scheme")
    return rows.annotate(
        spent=Coalesce(
            Subquery(given.annotate(total=Sum("amount")).values("total"), output_field=_MONEY),
            Value(Decimal(0), output_field=_MONEY),
        ),
        given=Coalesce(Subquery(given.annotate(n=Count("pk")).values("n")), Value(0)),
    )


def _scheme(row: Any, on: dt.date) -> types.SchemeRow:
    return types.SchemeRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        purpose=row.purpose,
        rules=row.rules,
        criterion=row.criterion,
        budget=row.budget,
        spent=row.spent,
        awards=row.given,
        currency=row.currency,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        outcome=row.outcome,
        findings=row.findings,
        evaluated_at=row.evaluated_at,
        is_due=row.ends_on < on and not row.outcome,
        version=row.version,
    )


def visible_events(*, actor: Actor) -> "QuerySet[models.TeamEvent]":
    """Return the events this actor may read: those of her teams, or of all for whoever sees all."""
    rows = in_world(models.TeamEvent.objects.all(), actor.world)
    if not actor.can(READ_STANDARDS):
        return rows.none()
    return rows if actor.sees_all_teams else rows.filter(team__in=actor.team_ids)


def visible_event_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible_events(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def events(
    *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.EventRow, ...], str | None]:
    """Return a page of events, the latest first, and the cursor of the next. One query."""
    page = EVENTS.page(_with_places(visible_events(actor=actor)), cursor=cursor, limit=limit)
    return tuple(_event(row) for row in page.rows), page.next_cursor


def event(*, actor: Actor, event_id: int) -> tuple[types.EventRow, tuple[types.PlaceRow, ...]]:
    """Return one event and who is asked to it, or say there is none. Two queries."""
    row = _with_places(visible_events(actor=actor).filter(pk=event_id)).first()
    if row is None:
        raise NotFound("There is no such event, or it is of another team.", code="event_not_found")
    places = models.EventPlace.objects.filter(event=row).select_related("user").order_by("user__name", "pk")
    return _event(row), tuple(
        types.PlaceRow(user_id=place.user_id, name=place.user.name, was_there=place.was_there) for place in places
    )


def own_next(*, actor: Actor, now: dt.datetime) -> tuple[int, str, dt.datetime] | None:
    """Return the next event this person is asked to within a week as (id, title, when). One query."""
    soon = own_coming(actor=actor, now=now).order_by("starts_at", "pk")
    return soon.values_list("pk", "title", "starts_at").first()


def own_coming(*, actor: Actor, now: dt.datetime) -> "QuerySet[models.TeamEvent]":
    """Return the events of the coming week this person is asked to; for this app alone."""
    rows = in_world(models.TeamEvent.objects.filter(places__user=actor.user_id, held_at=None), actor.world)
    return rows.filter(starts_at__gte=now, starts_at__lt=now + NEAR)


def _with_places(rows: "QuerySet[models.TeamEvent]") -> Any:
    return rows.select_related("team", "organiser").annotate(
        asked=Count("places"), came=Count("places", filter=Q(places__was_there=True))
    )


def _event(row: Any) -> types.EventRow:
    return types.EventRow(
        id=row.pk,
        title=row.title,
        form=row.form,
        purpose=row.purpose,
        team_id=row.team_id,
        team=row.team.name,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=row.place,
        organiser=row.organiser.name if row.organiser else "",
        what_changed=row.what_changed,
        held_at=row.held_at,
        asked=row.asked,
        came=row.came,
        version=row.version,
    )
