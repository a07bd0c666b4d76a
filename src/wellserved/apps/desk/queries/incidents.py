"""Reads of incidents: who is affected, who was told, who never had to ask."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.policies import READ_TICKETS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Affected, Incident, Ticket
from wellserved.apps.desk.queries import lists
from wellserved.apps.desk.types import InboxFilters
from wellserved.apps.desk.types import incidents as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("-found_at", "-id")
PEOPLE = Keyset("id")
NOT_TOLD = (types.NoticeState.NONE, types.NoticeState.TODAY)


def register(
    *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.IncidentRow, ...], str | None]:
    """Return one page of incidents, the newest first, and the cursor of the next. Two queries."""
    page = ORDER.page(_of(actor).select_related("found_by"), cursor=cursor, limit=limit)
    counts = _counts([row.pk for row in page.rows])
    return tuple(_row(row, counts) for row in page.rows), page.next_cursor


def incident(*, actor: Actor, incident_id: int, cursor: str | None = None, limit: int = 50) -> types.IncidentDetail:
    """Return an incident with a page of its customers. Three queries."""
    row = _of(actor).select_related("found_by").filter(pk=incident_id).first()
    if row is None:
        raise NotFound("There is no such incident.", code="incident_not_found")
    people = row.affected.select_related("customer").annotate(has_contacted=_contacted())
    page = PEOPLE.page(people, cursor=cursor, limit=limit)
    return types.IncidentDetail(
        row=_row(row, _counts([row.pk])),
        what=row.what,
        notice=row.notice,
        noticed_at=row.noticed_at,
        is_urgent=row.is_urgent,
        affected=tuple(_affected(each) for each in page.rows),
        next_cursor=page.next_cursor,
    )


def customers_of(*, actor: Actor, filters: InboxFilters, now: dt.datetime, limit: int) -> tuple[int, ...]:
    """Return the customers of the tickets that pass the filters, each once. One query."""
    rows = lists.filtered(actor=actor, filters=filters, now=now)
    return tuple(rows.order_by("customer").values_list("customer", flat=True).distinct()[:limit])


def totals(*, actor: Actor) -> tuple[int, int]:
    """Return how many customers of all incidents there are, and how many of them never had to ask. One query."""
    rows = in_world(Affected.objects.all(), actor.world, field="incident__origin").annotate(asked=_contacted())
    found = rows.aggregate(total=Count("pk"), spared=Count("pk", filter=Q(asked=False)))
    return found["total"], found["spared"]


def _of(actor: Actor) -> QuerySet[Incident]:
    if not actor.can(READ_TICKETS):
        return Incident.objects.none()
    return in_world(Incident.objects.all(), actor.world)


def _contacted() -> Exists:
    later = Ticket.objects.filter(customer=OuterRef("customer"), opened_at__gte=OuterRef("incident__found_at"))
    return Exists(later)


def _counts(ids: list[int]) -> dict[int, types.IncidentCounts]:
    rows = Affected.objects.filter(incident__in=ids).annotate(asked=_contacted()).order_by()
    state = types.NoticeState
    found = rows.values("incident").annotate(
        affected=Count("pk"),
        told=Count("pk", filter=Q(state=state.SENT)),
        waiting=Count("pk", filter=Q(state=state.WAITING)),
        not_told=Count("pk", filter=Q(state__in=NOT_TOLD)),
        contacted=Count("pk", filter=Q(asked=True)),
    )
    return {
        row["incident"]: types.IncidentCounts(
            affected=row["affected"],
            told=row["told"],
            waiting=row["waiting"],
            not_told=row["not_told"],
            contacted=row["contacted"],
        )
        for row in found
    }


_NOBODY = types.IncidentCounts(affected=0, told=0, waiting=0, not_told=0, contacted=0)


def _row(row: Incident, counts: dict[int, types.IncidentCounts]) -> types.IncidentRow:
    return types.IncidentRow(
        id=row.pk,
        title=row.title,
        found_at=row.found_at,
        found_by=row.found_by.name if row.found_by else "",
        fixed_at=row.fixed_at,
        counts=counts.get(row.pk, _NOBODY),
        version=row.version,
    )


def _affected(row: Affected) -> types.AffectedRow:
    return types.AffectedRow(
        id=row.pk,
        customer_id=row.customer_id,
        customer=row.customer.name,
        email=row.customer.email,
        reference=row.reference,
        state=row.state,
        state_label=row.get_state_display(),
        told_at=row.told_at,
        has_contacted=row.has_contacted,  # type: ignore[attr-defined]
    )
