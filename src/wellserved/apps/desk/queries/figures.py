"""The desk as facts for analysis: codes, times and amounts, and no word anybody wrote."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.adapters import standing
from wellserved.apps.desk.models import (
    Clock,
    Complaint,
    ComplaintRemedy,
    Message,
    Place,
    Product,
    Promise,
    Tag,
    Ticket,
    TicketEvent,
)
from wellserved.apps.desk.queries import scope
from wellserved.platform.origin import World, in_world

Row = dict[str, Any]
Code = Callable[[str, int | None], str]

OVER = frozenset({"resolved", "closed"})
_SIDES = {"waiting_customer": "customer", "waiting_supplier": "supplier"}
# What history says of these changes no fact of a ticket.
_APART = frozenset(
    {"desk.draft", "desk.guideline", "desk.notice", "desk.organisation", "desk.place", "desk.product", "desk.referral"}
)
_WIDE = ("desk.", "integrations.", "demo.", "accounts.team")
_OF_TICKET = {
    "desk.ticket": "pk",
    "desk.complaint": "complaint",
    "desk.message": "messages",
    "desk.customer": "customer",
}


def months(*, world: World) -> tuple[str, ...]:
    """Return the months in which tickets were opened, such as 2026-03. One query."""
    found = in_world(Ticket.objects.order_by(), world).dates("opened_at", "month")
    return tuple(f"{day:%Y-%m}" for day in sorted(found))


def months_of(*, world: World, subjects: Collection[tuple[str, int]]) -> frozenset[str] | None:
    """Return the months whose facts these subjects of history may have changed; None when it may be any."""
    asked: dict[str, set[int]] = defaultdict(set)
    for kind, pk in subjects:
        if kind in _OF_TICKET:
            asked[_OF_TICKET[kind]].add(pk)
        elif kind not in _APART and kind.startswith(_WIDE):
            return None
    found: set[str] = set()
    for field, ids in asked.items():
        rows = in_world(Ticket.objects.filter(**{f"{field}__in": list(ids)}).order_by(), world)
        found |= {f"{day:%Y-%m}" for day in rows.dates("opened_at", "month")}
    return frozenset(found)


def rows_of(*, world: World, month: str, code: Code) -> dict[str, list[Row]]:
    """Return the facts of the tickets opened in a month, by table; people are told by `code` alone. Eight queries."""
    tickets = _opened_in(world, month)
    stories = _stories(tickets)
    restricted = set(_complaints(tickets).filter(is_restricted=True).values_list("ticket_id", flat=True))
    tags: dict[int, list[int]] = defaultdict(list)
    borne = Ticket.tags.through.objects.filter(ticket__in=tickets.order_by().values("pk"))
    for ticket, tag in borne.order_by("ticket_id", "tag_id").values_list("ticket_id", "tag_id"):
        tags[ticket].append(tag)
    rows = list(tickets.select_related("queue", "customer"))
    return {
        "tickets": [_ticket(row, stories[row.pk], tags[row.pk], row.pk in restricted, code) for row in rows],
        "segments": [each for row in rows for each in _segments(row.pk, stories[row.pk])],
        "clocks": _clocks(tickets),
        "messages": _messages(tickets, code),
        "complaints": _complaint_rows(tickets),
        "promises": _promises(tickets, code),
    }


def _opened_in(world: World, month: str) -> QuerySet[Ticket]:
    year, number = (int(part) for part in month.split("-"))
    begin = dt.datetime(year, number, 1, tzinfo=dt.UTC)
    end = dt.datetime(year + number // 12, number % 12 + 1, 1, tzinfo=dt.UTC)
    return in_world(Ticket.objects.filter(opened_at__gte=begin, opened_at__lt=end), world).order_by("pk")


def _stories(tickets: QuerySet[Ticket]) -> dict[int, list[TicketEvent]]:
    found: dict[int, list[TicketEvent]] = defaultdict(list)
    for row in TicketEvent.objects.filter(ticket__in=tickets.order_by().values("pk")).order_by("ticket_id", "order"):
        found[row.ticket_id].append(row)
    return defaultdict(list, {pk: standing(rows) for pk, rows in found.items()})


def _stays(story: Iterable[TicketEvent]) -> list[tuple[str, dt.datetime]]:
    """Return each status a ticket came to and when."""
    stays: list[tuple[str, dt.datetime]] = []
    for event in story:
        status = event.status or {"opened": "new", "reopened": "open"}.get(event.kind, "")
        if status and (not stays or stays[-1][0] != status):
            stays.append((status, event.at))
    return stays


def _ticket(row: Ticket, story: list[TicketEvent], tags: list[int], restricted: bool, code: Code) -> Row:
    stays = _stays(story)
    reopened = sum(was in OVER and now not in OVER for (was, _), (now, _) in itertools.pairwise(stays))
    return {
        "ticket_id": row.pk,
        "opened_at": row.opened_at,
        "first_replied_at": row.first_replied_at,
        "first_resolved_at": next((at for status, at in stays if status in OVER), row.resolved_at),
        "resolved_at": row.resolved_at,
        "closed_at": row.closed_at,
        "reopened": reopened,
        "type": row.kind,
        "priority": row.priority,
        "channel": row.channel,
        "queue_id": row.queue_id,
        "team_id": row.queue.team_id,
        "product_id": row.product_id,
        "place_id": row.place_id,
        "tag_ids": tags,
        "customer": code("customer", row.customer.merged_into_id or row.customer_id),
        "agent": code("user", row.assignee_id),
        "transfers": sum("queue_id" in event.detail.get("changes", {}) for event in story),
        "is_restricted": restricted,
        "source": row.external_system,
        "origin": row.origin,
    }


def _segments(pk: int, story: list[TicketEvent]) -> list[Row]:
    stays = _stays(story)
    ends: list[dt.datetime | None] = [at for _, at in stays[1:]]
    return [
        {
            "ticket_id": pk,
            "side": _SIDES.get(status, "us"),
            "status": status,
            "started_at": start,
            "ended_at": end,
        }
        for (status, start), end in zip(stays, [*ends, None], strict=False)
        if status not in OVER
    ]


def _clocks(tickets: QuerySet[Ticket]) -> list[Row]:
    rows = Clock.objects.filter(ticket__in=tickets.order_by().values("pk")).order_by("ticket_id", "metric", "cycle")
    fields = ("ticket_id", "metric", "cycle", "target_seconds", "elapsed_seconds", "started_at", "stopped_at")
    return [*rows.values(*fields, "decided_at", "is_kept")]


def _messages(tickets: QuerySet[Ticket], code: Code) -> list[Row]:
    rows = Message.objects.filter(ticket__in=tickets.order_by().values("pk")).order_by("ticket_id", "pk")
    return [
        {"ticket_id": ticket, "kind": kind, "channel": channel, "sent_at": at, "agent": code("user", author)}
        for ticket, kind, channel, at, author in rows.values_list("ticket_id", "kind", "channel", "sent_at", "author")
    ]


def _complaints(tickets: QuerySet[Ticket]) -> QuerySet[Complaint]:
    return Complaint.objects.filter(ticket__in=tickets.order_by().values("pk"))


def _complaint_rows(tickets: QuerySet[Ticket]) -> list[Row]:
    spent: dict[int, float] = defaultdict(float)
    granted = ComplaintRemedy.objects.filter(complaint__in=_complaints(tickets).values("pk"), amount__isnull=False)
    for complaint, amount in granted.values_list("complaint_id", "amount"):
        spent[complaint] += float(amount or 0)
    fields = ("ticket_id", "received_at", "decided_at", "closed_at", "outcome", "cause")
    return [
        {**{field: getattr(row, field) for field in fields}, "cost": float(row.cost), "remedies": spent[row.pk]}
        for row in _complaints(tickets).order_by("pk")
    ]


def _promises(tickets: QuerySet[Ticket], code: Code) -> list[Row]:
    rows = Promise.objects.filter(ticket__in=tickets.order_by().values("pk")).order_by("pk")
    fields = ("ticket_id", "made_at", "due_at", "settled_at", "state", "made_to", "cause")
    return [{**{f: getattr(row, f) for f in fields}, "agent": code("user", row.made_by_id)} for row in rows]


def reach(*, actor: Actor) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
    """Return the queues the actor reads figures of, None for all of her world, and the tickets kept from her."""
    kept = tuple(scope.kept_tickets(actor=actor).order_by().values_list("pk", flat=True))
    if actor.sees_all_teams:
        return None, kept
    return tuple(scope.visible_queues(actor=actor).order_by().values_list("pk", flat=True)), kept


def names_of(*, actor: Actor, kind: str) -> dict[int, str]:
    """Return the names of all queues, products, places or tags of the actor's world, by id. One query."""
    tables: dict[str, Any] = {"product": Product.objects.all(), "place": Place.objects.all(), "tag": Tag.objects.all()}
    rows = scope.visible_queues(actor=actor) if kind == "queue" else in_world(tables[kind], actor.world)
    return dict(rows.order_by("pk").values_list("pk", "name"))


def teams_of_queues(*, actor: Actor) -> dict[int, str]:
    """Return the names of the teams that answer the queues the actor may see, by id. One query."""
    rows = scope.visible_queues(actor=actor).filter(team__isnull=False).order_by("team_id")
    return dict(rows.values_list("team_id", "team__name"))
