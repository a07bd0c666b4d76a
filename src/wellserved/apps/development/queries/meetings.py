"""Meetings: who may read one, the register, one whole, what came of them, and what waits."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from wellserved.apps.accounts.policies import READ_CUSTOMERS, READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types import meetings as types
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_day

ORDER, DUE = Keyset("-starts_at", "-id"), Keyset("-due_on", "-id")
VIEWS = {"all": "All", "coming": "To come", "minutes": "Minutes to be written", "mine": "Mine"}
CHANCES = {"open": "Not settled yet", "mine": "Mine", "all": "All"}
SOON = dt.timedelta(days=7)
_MOST = 50


def visible(*, actor: Actor) -> "QuerySet[models.Meeting]":
    """Return the meetings this actor may read: a private one is read by those in it alone, whoever chairs it included.

    Talks with customers are besides for those who may read customers.
    """
    rows = in_world(models.Meeting.objects.all(), actor.world)
    if not actor.can(READ_STANDARDS):
        return rows.none()
    open_ones = Q(is_private=False) if actor.can(READ_CUSTOMERS) else Q(is_private=False) & ~Q(kind="customer")
    return rows.filter(open_ones | _hers(actor))


def _hers(actor: Actor) -> Q:
    if actor.user_id is None:
        return Q(pk__in=[])
    there = models.MeetingPerson.objects.filter(meeting=OuterRef("pk"), user=actor.user_id)
    return Q(chair=actor.user_id) | Q(Exists(there))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each meeting is called. One query."""
    rows = models.Meeting.objects.filter(pk__in=ids).values_list("pk", "title", "starts_at")
    return {pk: f"{title}, {format_day(clock.day_of(at))}" for pk, title, at in rows}


def find(*, actor: Actor, meeting_id: int) -> models.Meeting:
    """Return a meeting this actor may read, or say there is none. One query."""
    row = visible(actor=actor).filter(pk=meeting_id).first()
    if row is None:
        raise absent()
    return row


def absent() -> NotFound:
    """Return what is said of a meeting that is not there, or not hers to see."""
    return NotFound("There is no such meeting, or you were not asked to it.", code="meeting_not_found")


def meetings(
    *,
    actor: Actor,
    view: str = "all",
    kind: str = "",
    now: dt.datetime,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[tuple[types.MeetingRow, ...], str | None]:
    """Return a page of meetings, the latest first, and the cursor of the next. Two queries."""
    rows = _counted(visible(actor=actor))
    if kind:
        rows = rows.filter(kind=kind)
    if view == "coming":
        rows = rows.filter(state="planned", starts_at__gt=now)
    if view == "minutes":
        rows = rows.filter(_unwritten(now))
    if view == "mine":
        rows = rows.filter(_hers(actor))
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, now) for row in page.rows), page.next_cursor


def counts(*, actor: Actor, now: dt.datetime) -> tuple[int, int, int, int]:
    """Return how many meetings come, lack their minutes, and of the actions agreed how many are open, and late."""
    rows = visible(actor=actor)
    found = rows.order_by().aggregate(
        coming=Count("pk", filter=Q(state="planned", starts_at__gt=now)), lacking=Count("pk", filter=_unwritten(now))
    )
    agreed = models.MeetingResult.objects.filter(meeting__in=rows, sort=types.ACTION, settled="").order_by()
    acts = agreed.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clock.day_of(now))))
    return found["coming"], found["lacking"], acts["open"], acts["late"]


def meeting(*, actor: Actor, meeting_id: int, now: dt.datetime) -> types.MeetingDetail:
    """Return one meeting whole, or say there is none. Five queries."""
    row = _counted(visible(actor=actor).filter(pk=meeting_id)).first()
    if row is None:
        raise absent()
    found = _results().filter(meeting=row).order_by("sort", "due_on", "pk")
    return types.MeetingDetail(
        row=_row(row, now),
        agenda=tuple(types.Point(words=words, detail=detail) for words, detail in row.agenda),
        people=_people(row),
        results=tuple(result_row(each, clock.day_of(now)) for each in found[:_MOST]),
        notes=row.notes,
        sent_at=row.sent_at,
        period_from=row.period_from,
        period_to=row.period_to,
        off_because=row.off_because,
        carried=_carried(actor, row, now),
    )


def _carried(actor: Actor, row: models.Meeting, now: dt.datetime) -> tuple[types.ResultRow, ...]:
    """Return what is still open from earlier meetings of the kind under the same chair, while this one is to come."""
    if row.state != "planned" or row.chair_id is None:
        return ()
    before = visible(actor=actor).filter(kind=row.kind, chair=row.chair_id, starts_at__lt=row.starts_at)
    found = _results().filter(meeting__in=before, sort=types.ACTION, settled="")
    return tuple(result_row(each, clock.day_of(now)) for each in found.order_by("due_on", "pk")[:10])


def opportunities(
    *, actor: Actor, view: str = "open", on: dt.date, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.ResultRow, ...], str | None]:
    """Return a page of the opportunities found in meetings, and the cursor of the next. One query."""
    rows = _results().filter(sort=types.CHANCE, meeting__in=visible(actor=actor))
    if view == "open":
        rows = rows.filter(settled="")
    if view == "mine":
        rows = rows.filter(owner=actor.user_id)
    page = DUE.page(rows, cursor=cursor, limit=limit)
    return tuple(result_row(row, on) for row in page.rows), page.next_cursor


def result(*, actor: Actor, result_id: int, on: dt.date, sort: str = "") -> types.ResultRow:
    """Return what a meeting came to, or say there is nothing such. One query."""
    rows = _results().filter(pk=result_id, meeting__in=visible(actor=actor))
    row = (rows.filter(sort=sort) if sort else rows).first()
    if row is None:
        raise NotFound("There is no such result of a meeting, or it is not yours to see.", code="result_not_found")
    return result_row(row, on)


def visible_opportunities(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids that are opportunities this actor may read. One query."""
    rows = models.MeetingResult.objects.filter(pk__in=ids, sort=types.CHANCE, meeting__in=visible(actor=actor))
    return frozenset(rows.values_list("pk", flat=True))


def opportunity_titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each opportunity is. One query."""
    rows = models.MeetingResult.objects.filter(pk__in=ids, sort=types.CHANCE)
    return dict(rows.values_list("pk", "words"))


def own_results(*, actor: Actor, on: dt.date) -> tuple[types.ResultRow, ...]:
    """Return what this person has taken on in meetings and is due within a week. One query."""
    hers = _results().filter(owner=actor.user_id, meeting__in=visible(actor=actor))
    rows = in_world(hers.filter(settled="", due_on__lte=on + SOON), actor.world)
    return tuple(result_row(row, on) for row in rows.order_by("due_on", "pk")[:_MOST])


def own_minutes(*, actor: Actor, now: dt.datetime) -> tuple[tuple[int, str, dt.date, bool], ...]:
    """Return the meetings whose minutes this person is to write, or to read: id, title, day, whether to write.

    One query.
    """
    unread = models.MeetingPerson.objects.filter(meeting=OuterRef("pk"), user=actor.user_id, read_at=None)
    to_write = _unwritten(now) & Q(chair=actor.user_id) & Q(starts_at__gt=now - 4 * types.MINUTES_DUE)
    to_read = Q(Exists(unread)) & Q(state="sent") & ~Q(chair=actor.user_id)
    rows = in_world(models.Meeting.objects.filter(to_write | to_read), actor.world).order_by("starts_at", "pk")
    found = rows.values_list("pk", "title", "starts_at", "state")[:_MOST]
    return tuple((pk, title, clock.day_of(at), state == "planned") for pk, title, at, state in found)


def _unwritten(now: dt.datetime) -> Q:
    return Q(state="planned", starts_at__lte=now)


def _counted(rows: "QuerySet[models.Meeting]") -> Any:
    guests = models.MeetingPerson.objects.filter(user=None).select_related("customer", "organisation", "partner")
    return (
        rows.select_related("chair")
        .annotate(
            asked=Count("people", distinct=True),
            found=Count("results", distinct=True),
            still_open=Count("results", filter=Q(results__settled="", results__sort=types.ACTION), distinct=True),
        )
        .prefetch_related(Prefetch("people", queryset=guests, to_attr="guests"))
    )


def _results() -> "QuerySet[models.MeetingResult]":
    return models.MeetingResult.objects.select_related("meeting", "owner", "segment")


def _row(row: Any, now: dt.datetime) -> types.MeetingRow:
    return types.MeetingRow(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        starts_at=row.starts_at,
        lasts=row.lasts,
        place=row.place,
        state=row.state,
        is_private=row.is_private,
        chair_id=row.chair_id,
        chair=row.chair.name if row.chair else "",
        outside=", ".join(guest_of(each)[0] for each in row.guests[:3]),
        people=row.asked,
        results=row.found,
        still_open=row.still_open,
        awaits_minutes=row.state == "planned" and row.starts_at <= now,
        version=row.version,
    )


def guest_of(each: models.MeetingPerson) -> tuple[str, str, str]:
    """Return how a guest is called, whose side she is on, and the address of her record."""
    if each.customer_id and each.customer:
        return each.customer.name, "Customer", f"/customers/{each.customer_id}"
    if each.organisation_id and each.organisation:
        return each.organisation.name, "Customer", ""
    if each.partner_id and each.partner:
        return each.partner.name, "Partner", f"/partners/{each.partner_id}"
    return each.name, "Guest", ""


def _people(row: models.Meeting) -> tuple[types.PersonRow, ...]:
    rows = models.MeetingPerson.objects.filter(meeting=row).select_related(
        "user", "customer", "organisation", "partner"
    )
    found = [
        types.PersonRow(
            id=each.pk,
            user_id=each.user_id,
            name=each.user.name if each.user else guest_of(each)[0],
            side="Colleague" if each.user else guest_of(each)[1],
            url="" if each.user else guest_of(each)[2],
            was_there=each.was_there,
            read_at=each.read_at,
        )
        for each in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.user_id is not None, each.name, each.id)))


def result_row(row: models.MeetingResult, on: dt.date) -> types.ResultRow:
    """Return what a meeting came to as screens show it."""
    return types.ResultRow(
        id=row.pk,
        meeting_id=row.meeting_id,
        meeting=row.meeting.title,
        meeting_on=clock.day_of(row.meeting.starts_at),
        sort=row.sort,
        words=row.words,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        due_on=row.due_on,
        is_late=not row.settled and row.due_on is not None and row.due_on < on,
        settled=row.settled,
        settled_at=row.settled_at,
        said=row.said,
        segment=row.segment.name if row.segment else "",
        expectation_id=row.expectation_id,
        version=row.version,
    )
