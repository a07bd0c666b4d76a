"""Write tickets of the past in bulk: the sample service and every import come in by this door.

Nothing is announced, mailed, surveyed or escalated. Rows are made ready outside any transaction and written in short
ones, so a person at work never waits for the write lock. A ticket already known by its system and external id is left
alone when nothing changed, and told anew when something did.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models, transaction

from wellserved.apps.desk import adapters, search
from wellserved.apps.desk.historic import HistoricCustomer, HistoricTicket, LoadCounts
from wellserved.apps.desk.models import (
    Clock,
    Customer,
    Message,
    Numbering,
    Organisation,
    Place,
    Product,
    Queue,
    Tag,
    Ticket,
    TicketEvent,
)
from wellserved.apps.desk.types import OPEN_STATUSES, PRIORITY_MATRIX, MessageKind, Status
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import TicketFacts
from wellserved.platform import bulk, manners
from wellserved.platform.origin import World, in_world, world_of

_BATCH = 400
# What a ticket keeps when it is told anew: its id, its number here, and the batch it first came with.
_RETOLD = [field.name for field in Ticket._meta.concrete_fields if field.name not in {"id", "number", "batch"}]


@dataclasses.dataclass(slots=True, kw_only=True)
class _Rows:
    """One ticket made ready: its row and everything that hangs on it."""

    ticket: Ticket
    events: list[TicketEvent]
    messages: list[Message]
    clocks: list[Clock]
    tags: list[int]
    customer: HistoricCustomer
    known_id: int | None = None


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


class _Names:
    """Rows found by name in one world, made when they are missing."""

    def __init__(self, *, model: type[models.Model], origin: str, batch: int | None, **extra: Any) -> None:
        self.model, self.origin, self.batch, self.extra = model, origin, batch, extra
        known = in_world(model._default_manager.all(), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("name", "id"))

    def find(self, name: str) -> int | None:
        """Return the id of the row with this name, or None for no name."""
        if not name:
            return None
        if name not in self.ids:
            row = self.model._default_manager.create(name=name, origin=self.origin, batch=self.batch, **self.extra)
            self.ids[name] = row.pk
        return self.ids[name]


class _Customers:
    """Customers found by their key in the outside system, made in bulk when they are missing."""

    def __init__(self, *, origin: str, batch: int | None, organisations: _Names, now: dt.datetime) -> None:
        self.origin, self.batch, self.organisations, self.now = origin, batch, organisations, now
        known = in_world(Customer.objects.exclude(external_id=""), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("external_id", "id"))

    def organisation(self, customer: HistoricCustomer) -> int | None:
        """Return the organisation this customer belongs to."""
        return self.organisations.find(customer.organisation[:200])

    def prepare(self, wanted: Iterable[HistoricCustomer]) -> None:
        """Make sure that all of these exist."""
        missing = {customer.key: customer for customer in wanted if customer.key not in self.ids}
        if not missing:
            return
        rows = [
            Customer(
                name=customer.name[:200],
                email=customer.email,
                phone=customer.phone[:40],
                organisation_id=self.organisations.find(customer.organisation[:200]),
                is_internal=customer.is_internal,
                time_zone=customer.time_zone,
                language=customer.language,
                created_at=self.now,
                origin=self.origin,
                batch=self.batch,
                external_id=customer.key[:120],
            )
            for customer in missing.values()
        ]
        manners.short_writes(rows, Customer.objects.bulk_create)
        wanted_keys = [customer.key[:120] for customer in missing.values()]
        found = in_world(Customer.objects.filter(external_id__in=wanted_keys), world_of(self.origin))
        ids = dict(found.values_list("external_id", "id"))
        self.ids.update({key: ids[key[:120]] for key in missing})


class _Judgement:
    """The promises of one world, held against tickets of the past.

    A ticket is judged by the policy in force when it was opened; one from before the first promise was written is
    judged by that first promise, in hindsight.
    """

    def __init__(self, *, world: World) -> None:
        self.book = standards.policy_book(world=world)
        self.since = min((v.effective_from for _, versions in self.book.policies for v in versions), default=None)
        self.rules: dict[str, adapters.Rules] = {}

    def apply(
        self,
        ticket: Ticket,
        events: list[TicketEvent],
        *,
        tags: Sequence[int],
        organisation: int | None,
        customer: HistoricCustomer,
    ) -> list[Clock]:
        """Put the ticket under its policy, set its derived columns and return its clocks."""
        facts = TicketFacts(
            priority=ticket.priority,
            kind=ticket.kind,
            queue=ticket.queue_id,
            channel=ticket.channel,
            customer=ticket.customer_id,
            organisation=organisation,
            product=ticket.product_id,
            tag=tuple(tags),
            internal=customer.is_internal,
        )
        match = self.book.match(facts=facts, at=max(ticket.opened_at, self.since)) if self.since else None
        if match:
            key = standards.key_for(match, priority=ticket.priority)
            self._rules_for(key)
            events[0].policy = key
            derived = adapters.derive(ticket, events, rules=self.rules[key])
        else:
            derived = adapters.derive(ticket, events, rules=adapters.Rules(policies={}, calendars={}, ladders={}))
        ticket.next_due_at, ticket.next_metric = derived.next_due_at, derived.next_metric
        ticket.breached_at, ticket.act_by = derived.breached_at, derived.act_by
        return list(derived.clocks)

    def _rules_for(self, key: str) -> None:
        if key not in self.rules:
            policies, calendars, ladders = standards.replay_inputs([key])
            self.rules[key] = adapters.Rules(policies=policies, calendars=calendars, ladders=ladders)


def load_history(
    *,
    records: Iterable[HistoricTicket],
    origin: str,
    system: str,
    batch: int | None,
    now: dt.datetime,
    progress: Callable[[int], None] | None = None,
) -> LoadCounts:
    """Write the records and return what was written.

    Clocks are replayed under the policies in force when each ticket was opened. Raises what the records raise while
    they are read; everything written before stays, so a repeated load goes on where the first one stopped.
    """
    loader = _Loader(origin=origin, system=system, batch=batch, now=now)
    counts, done = LoadCounts(), 0
    stream = iter(records)
    while block := list(islice(stream, _BATCH)):
        counts = counts.plus(loader.load(block))
        done += len(block)
        if progress:
            progress(done)
    return counts


class _Loader:
    def __init__(self, *, origin: str, system: str, batch: int | None, now: dt.datetime) -> None:
        self.origin, self.system, self.batch, self.now = origin, system, batch, now
        self.queues = _Names(model=Queue, origin=origin, batch=batch)
        self.products = _Names(model=Product, origin=origin, batch=batch)
        self.places = _Names(model=Place, origin=origin, batch=batch)
        self.tags = _Names(model=Tag, origin=origin, batch=batch)
        organisations = _Names(model=Organisation, origin=origin, batch=batch)
        self.customers = _Customers(origin=origin, batch=batch, organisations=organisations, now=now)
        self.writer = _Writer()
        self.judgement = _Judgement(world=world_of(origin))

    def load(self, block: Sequence[HistoricTicket]) -> LoadCounts:
        self.customers.prepare(record.customer for record in block)
        known = {
            external_id: (pk, number, attributes.get("fingerprint", ""))
            for pk, number, external_id, attributes in Ticket.objects.filter(
                external_system=self.system, external_id__in=[record.external_id for record in block]
            ).values_list("id", "number", "external_id", "attributes")
        }
        fresh, changed, unchanged = [], [], 0
        for record in block:
            mark = fingerprint(record)
            if record.external_id not in known:
                fresh.append(self._rows(record, mark))
            elif known[record.external_id][2] != mark:
                rows = self._rows(record, mark)
                rows.known_id, rows.ticket.number = known[record.external_id][:2]
                changed.append(rows)
            else:
                unchanged += 1
        self.writer.add(fresh)
        self.writer.replace(changed)
        written = fresh + changed
        return LoadCounts(
            created=len(fresh),
            updated=len(changed),
            unchanged=unchanged,
            events=sum(len(rows.events) for rows in written),
            messages=sum(len(rows.messages) for rows in written),
        )

    def _rows(self, record: HistoricTicket, mark: str) -> _Rows:
        ticket = self._ticket(record, mark)
        events = [
            TicketEvent(
                order=order,
                kind=event.kind,
                at=event.at,
                recorded_at=self.now,
                status=event.status,
                reason=event.reason[:120],
                activity=event.activity[:160],
                actor_id=event.actor_id,
                detail=dict(event.detail),
            )
            for order, event in enumerate(record.events)
        ]
        messages = [
            Message(
                kind=said.kind,
                channel=said.channel,
                author_id=said.author_id,
                author_label=said.author_label[:200],
                customer_id=ticket.customer_id if said.kind == MessageKind.CUSTOMER else None,
                body=said.body,
                sent_at=said.at,
                recorded_at=self.now,
                origin=self.origin,
            )
            for said in record.messages
        ]
        tags = [tag for tag in (self.tags.find(name[:60]) for name in record.tags) if tag is not None]
        organisation = self.customers.organisation(record.customer)
        clocks = self.judgement.apply(ticket, events, tags=tags, organisation=organisation, customer=record.customer)
        return _Rows(
            ticket=ticket, events=events, messages=messages, clocks=clocks, tags=tags, customer=record.customer
        )

    def _ticket(self, record: HistoricTicket, mark: str) -> Ticket:
        status, resolved_at, closed_at = _outcome(record)
        replies = [said.at for said in record.messages if said.kind == MessageKind.REPLY]
        replies += [event.at for event in record.events if event.kind == "agent_reply"]
        last = max(record.messages, key=lambda said: said.at, default=None)
        queue_id = self.queues.find(record.queue[:120] or "Imported")
        if queue_id is None:
            raise AssertionError("a queue always has a name here")
        return Ticket(
            kind=record.kind,
            subject=record.subject[:300],
            status=status,
            impact=record.impact,
            urgency=record.urgency,
            priority=record.priority or PRIORITY_MATRIX[record.impact, record.urgency],
            channel=record.channel,
            queue_id=queue_id,
            assignee_id=record.assignee_id,
            customer_id=self.customers.ids[record.customer.key],
            product_id=self.products.find(record.product[:160]),
            place_id=self.places.find(record.place[:160]),
            opened_at=record.opened_at,
            first_replied_at=min(replies, default=None),
            resolved_at=resolved_at,
            closed_at=closed_at,
            last_message_at=last.at if last else None,
            last_message_kind=last.kind if last else "",
            preview=last.body[:200] if last else "",
            origin=self.origin,
            batch=self.batch,
            external_system=self.system,
            external_id=record.external_id[:120],
            external_url=record.external_url[:500],
            attributes={**record.attributes, "fingerprint": mark},
        )


def fingerprint(record: HistoricTicket) -> str:
    """Return a mark that changes when anything about the record does."""
    return hashlib.blake2b(repr(record).encode(), digest_size=12).hexdigest()


def _outcome(record: HistoricTicket) -> tuple[Status, dt.datetime | None, dt.datetime | None]:
    status, resolved_at, closed_at = Status.NEW, None, None
    for event in record.events:
        if not event.status:
            continue
        status = Status(event.status)
        if status in OPEN_STATUSES:
            resolved_at = closed_at = None
        elif status == Status.RESOLVED:
            resolved_at, closed_at = event.at, None
        else:
            resolved_at, closed_at = resolved_at or event.at, event.at
    return status, resolved_at, closed_at


def _numbers(count: int) -> range:
    with transaction.atomic():
        Numbering.objects.get_or_create(pk=1)
        row = Numbering.objects.select_for_update(no_key=True).get(pk=1)
        first = row.next_number
        row.next_number = first + count
        row.save(update_fields=["next_number"])
    return range(first, first + count)


class _Writer:
    """Writes tickets with everything that hangs on them; all thinking is done before the lock is taken."""

    def __init__(self) -> None:
        self.ticket = bulk.Insert(Ticket, keyed=True)
        self.event, self.clock = bulk.Insert(TicketEvent), bulk.Insert(Clock)
        self.message = bulk.Insert(Message, keyed=True)

    def add(self, fresh: Sequence[_Rows]) -> None:
        """Write tickets not known before."""
        ids, numbers = bulk.reserve_ids(Ticket, len(fresh)), _numbers(len(fresh))
        for rows, ticket_id, number in zip(fresh, ids, numbers, strict=True):
            rows.ticket.pk, rows.ticket.number = ticket_id, number
        _key_messages(fresh)
        manners.short_writes((self._prepare(rows) for rows in fresh), self._insert)

    def replace(self, changed: Sequence[_Rows]) -> None:
        """Tell known tickets anew."""
        for rows in changed:
            rows.ticket.pk = rows.known_id
        _key_messages(changed)
        manners.short_writes((self._prepare(rows) for rows in changed), self._replace)

    def _prepare(self, rows: _Rows) -> _Prepared:
        ticket_id = rows.ticket.pk
        for row in (*rows.events, *rows.messages, *rows.clocks):
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
        search.forget(ids)
        for model in (TicketEvent, Message, Clock, Ticket.tags.through):
            model._default_manager.filter(ticket_id__in=ids).delete()
        Ticket.objects.bulk_update([ready.row for ready in chunk], _RETOLD)
        self._insert_rest(chunk)


def _key_messages(block: Sequence[_Rows]) -> None:
    messages = [message for rows in block for message in rows.messages]
    for message, key in zip(messages, bulk.reserve_ids(Message, len(messages)), strict=True):
        message.pk = key


def remove_tickets(ids: Sequence[int]) -> None:
    """Delete tickets of the past with everything that hangs on them, in short writes."""

    def remove(chunk: Sequence[int]) -> None:
        search.forget(chunk)
        Ticket.objects.filter(id__in=chunk).delete()

    manners.short_writes(ids, remove)


def unload(*, batch: int) -> Iterator[int]:
    """Delete everything a batch brought in, in short writes; yields how many tickets are gone so far."""
    gone = 0
    while ids := list(Ticket.objects.filter(batch=batch).values_list("id", flat=True)[:_BATCH]):
        remove_tickets(ids)
        gone += len(ids)
        yield gone
    for model in (Customer, Organisation, Queue, Product, Place, Tag):
        used = _used(model)
        model._default_manager.filter(batch=batch).exclude(pk__in=used).delete()


def _used(model: type[models.Model]) -> models.QuerySet[Any]:
    if model is Tag:
        return Ticket.tags.through._default_manager.values("tag_id")
    if model is Organisation:
        return Customer.objects.exclude(organisation=None).values("organisation_id")
    column = f"{model.__name__.lower()}_id"
    return Ticket.objects.exclude(**{column: None}).values(column)
