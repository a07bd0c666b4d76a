"""Remember how tickets stood before an import told them anew, and put them back when it is undone."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from wellserved.apps.desk import adapters, search
from wellserved.apps.desk.actions.clocks import rebuild_clocks
from wellserved.apps.desk.actions.load.reading import made_here, said_here
from wellserved.apps.desk.models import Clock, Escalation, Message, Ticket, TicketEvent
from wellserved.platform import manners

_PARTS: tuple[type[models.Model], ...] = (TicketEvent, Message, Clock)
_RESTORED = [field.name for field in Ticket._meta.concrete_fields if field.name != "id"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """One ticket with its rows, as they stood: plain values, ready to be kept as JSON."""

    ticket_id: int
    rows: dict[str, Any]


def standing_before(ticket_ids: Sequence[int]) -> list[Before]:
    """Return how these tickets stand now. Five queries."""
    rows: dict[int, dict[str, Any]] = {
        ticket.pk: {"Ticket": _plain(ticket), "tags": []} for ticket in Ticket.objects.filter(pk__in=ticket_ids)
    }
    for ticket_id, tag_id in Ticket.tags.through._default_manager.filter(ticket__in=ticket_ids).values_list(
        "ticket_id", "tag_id"
    ):
        rows[ticket_id]["tags"].append(tag_id)
    for model in _PARTS:
        found = model._default_manager.filter(ticket__in=ticket_ids).order_by("pk")
        for row in found.exclude(said_here()) if model is Message else found:
            rows[row.ticket_id].setdefault(model.__name__, []).append(_plain(row))  # type: ignore[attr-defined]
    return [Before(ticket_id=ticket_id, rows=told) for ticket_id, told in rows.items()]


def clear(ticket_ids: Sequence[int]) -> None:
    """Delete what was told of these tickets; what people wrote on them here stays, and stays findable."""
    search.forget(ticket_ids)
    for model in (TicketEvent, Clock, Ticket.tags.through):
        model._default_manager.filter(ticket__in=ticket_ids).delete()
    Escalation.objects.filter(ticket__in=ticket_ids, fired_at=None).delete()
    Message.objects.filter(ticket__in=ticket_ids).exclude(said_here()).delete()
    search.write_rows([search.message_row(row) for row in Message.objects.filter(ticket__in=ticket_ids)])


def restore(befores: Iterable[Before]) -> int:
    """Put tickets back as they stood, in short writes, and return how many; what people did since stays."""
    return manners.short_writes(befores, _restore)


def _restore(chunk: Sequence[Before]) -> None:
    here = dict(Ticket.objects.filter(pk__in=[before.ticket_id for before in chunk]).values_list("pk", "version"))
    befores = [before for before in chunk if before.ticket_id in here]
    since = _done_since(befores)
    clear(list(here))
    tickets = [_row(Ticket, before.rows["Ticket"]) for before in befores]
    for ticket in tickets:
        if ticket.pk in since:
            ticket.version = here[ticket.pk] + 1
    Ticket.objects.bulk_update(tickets, _RESTORED)
    for model in _PARTS:
        rows = [_row(model, row) for before in befores for row in before.rows.get(model.__name__, ())]
        model._default_manager.bulk_create(rows)
        if model is Message:
            search.write_rows([search.message_row(row) for row in rows])
    links = Ticket.tags.through
    links._default_manager.bulk_create(
        links(ticket_id=before.ticket_id, tag_id=tag) for before in befores for tag in before.rows["tags"]
    )
    search.index_all(tickets=Ticket.objects.filter(pk__in=list(here)).select_related("customer"), messages=())
    TicketEvent.objects.bulk_create(event for events in since.values() for event in events)
    rebuild_clocks(ticket_ids=list(since))


def _done_since(befores: Sequence[Before]) -> dict[int, list[TicketEvent]]:
    """Return what people did to these tickets after they were told anew, to stand after what they did before."""
    told = {before.ticket_id: before.rows.get("TicketEvent", []) for before in befores}
    since: dict[int, list[TicketEvent]] = defaultdict(list)
    for event in made_here(told):
        rows = told[event.ticket_id]
        known = [row for row in rows if row["kind"] == event.kind and _fact(row["detail"]) == _fact(event.detail)]
        if known:
            # What has been called back since stays called back.
            known[0]["detail"] |= {key: True for key in (adapters.CALLED_BACK,) if key in event.detail}
            continue
        event.pk, event.order = None, max(row["order"] for row in rows) + 1 + len(since[event.ticket_id])
        since[event.ticket_id].append(event)
    return dict(since)


def _fact(detail: dict[str, Any]) -> dict[str, Any]:
    """Return what a fact says, without what says whether it holds."""
    return {key: value for key, value in detail.items() if key not in {adapters.CALLED_BACK, "voids"}}


def _plain(row: models.Model) -> dict[str, Any]:
    values = ((field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields)
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values}


def _row(model: type[models.Model], plain: dict[str, Any]) -> Any:
    return model(**{field.attname: field.to_python(plain[field.attname]) for field in model._meta.concrete_fields})
