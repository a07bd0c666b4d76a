"""Write tickets with everything that hangs on them; what remains under the lock is one statement a table."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.desk import search
from wellserved.apps.desk.actions.load.names import TransactionOf
from wellserved.apps.desk.actions.load.restoring import Before, clear, standing_before
from wellserved.apps.desk.actions.load.rows import Rows
from wellserved.apps.desk.models import Clock, Message, Numbering, Ticket, TicketEvent
from wellserved.platform import bulk, manners

# What a ticket keeps when it is told anew: its id, its number here, and the batch it first came with.
_RETOLD = [field.name for field in Ticket._meta.concrete_fields if field.name not in {"id", "number", "batch"}]


@dataclasses.dataclass(slots=True, kw_only=True)
class _Prepared:
    """One ticket as parameters of the database."""

    row: Ticket
    ticket: tuple[Any, ...]
    events: list[tuple[Any, ...]]
    messages: list[tuple[Any, ...]]
    clocks: list[tuple[Any, ...]]
    tags: list[tuple[int, int]]
    words: list[tuple[int, int, str]]


class Writer:
    """Writes rows made ready; `keep` is given how tickets stood before they are told anew."""

    def __init__(
        self,
        *,
        keep: Callable[[Sequence[Before]], None] | None = None,
        transaction_of: TransactionOf = transaction.atomic,
    ) -> None:
        self.keep, self.transaction_of = keep, transaction_of
        self.ticket = bulk.Insert(Ticket, keyed=True)
        self.event, self.clock = bulk.Insert(TicketEvent), bulk.Insert(Clock)
        self.message = bulk.Insert(Message, keyed=True)

    def add(self, fresh: Sequence[Rows]) -> None:
        """Write tickets not known before."""
        ids, numbers = bulk.reserve_ids(Ticket, len(fresh)), _numbers(len(fresh))
        for rows, ticket_id, number in zip(fresh, ids, numbers, strict=True):
            rows.ticket.pk, rows.ticket.number = ticket_id, number
        _key_messages(fresh)
        manners.short_writes((self._prepare(rows) for rows in fresh), self._insert, transaction_of=self.transaction_of)

    def replace(self, changed: Sequence[Rows]) -> None:
        """Tell known tickets anew."""
        for rows in changed:
            rows.ticket.pk = rows.known_id
        _key_messages(changed)
        manners.short_writes(
            (self._prepare(rows) for rows in changed), self._replace, transaction_of=self.transaction_of
        )

    def _prepare(self, rows: Rows) -> _Prepared:
        ticket_id = rows.ticket.pk
        hanging: tuple[TicketEvent | Message | Clock, ...] = (*rows.events, *rows.messages, *rows.clocks)
        for row in hanging:
            row.ticket_id = ticket_id
        return _Prepared(
            row=rows.ticket,
            ticket=self.ticket.prepare(rows.ticket),
            events=[self.event.prepare(row) for row in rows.events],
            messages=[self.message.prepare(row) for row in rows.messages],
            clocks=[self.clock.prepare(row) for row in rows.clocks],
            tags=[(ticket_id, tag) for tag in rows.tags],
            words=[
                search.head_row(
                    ticket_id=ticket_id,
                    subject=rows.ticket.subject,
                    name=rows.customer.name,
                    email=rows.customer.email,
                ),
                *(search.message_row(message) for message in rows.messages),
            ],
        )

    def _insert(self, chunk: Sequence[_Prepared]) -> None:
        self.ticket.write([ready.ticket for ready in chunk])
        self._insert_rest(chunk)

    def _insert_rest(self, chunk: Sequence[_Prepared]) -> None:
        self.event.write([row for ready in chunk for row in ready.events])
        self.message.write([row for ready in chunk for row in ready.messages])
        self.clock.write([row for ready in chunk for row in ready.clocks])
        tags = (pair for ready in chunk for pair in ready.tags)
        bulk.link(Ticket.tags.through, tags, columns=("ticket_id", "tag_id"))
        search.write_rows([row for ready in chunk for row in ready.words])

    def _replace(self, chunk: Sequence[_Prepared]) -> None:
        ids = [ready.row.pk for ready in chunk]
        if self.keep:
            self.keep(standing_before(ids))
        clear(ids)
        Ticket.objects.bulk_update([ready.row for ready in chunk], _RETOLD)
        self._insert_rest(chunk)


def _key_messages(block: Sequence[Rows]) -> None:
    messages = [message for rows in block for message in rows.messages]
    for message, key in zip(messages, bulk.reserve_ids(Message, len(messages)), strict=True):
        message.pk = key


def _numbers(count: int) -> range:
    with transaction.atomic():
        Numbering.objects.get_or_create(pk=1)
        row = Numbering.objects.select_for_update(no_key=True).get(pk=1)
        first = row.next_number
        row.next_number = first + count
        row.save(update_fields=["next_number"])
    return range(first, first + count)
