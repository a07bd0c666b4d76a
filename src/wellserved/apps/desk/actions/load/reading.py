"""Turn records of the past into rows: all thinking is done here, before any lock is taken."""

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q

from wellserved.apps.desk import adapters
from wellserved.apps.desk.actions.load.judging import Judgement
from wellserved.apps.desk.actions.load.names import Customers, Names, TransactionOf
from wellserved.apps.desk.actions.load.rows import Known, Rows
from wellserved.apps.desk.historic import HistoricTicket
from wellserved.apps.desk.models import Message, Organisation, Place, Product, Queue, Tag, Ticket, TicketEvent
from wellserved.apps.desk.types import OPEN_STATUSES, PRIORITY_MATRIX, MessageKind, Status
from wellserved.platform.origin import Origin, in_world, world_of

_NO_QUEUE = "Imported"


class Reader:
    """Makes rows of records, with names and customers of one world at hand."""

    def __init__(
        self,
        *,
        origin: str,
        system: str,
        batch: int | None,
        now: dt.datetime,
        tells_replies: bool,
        transaction_of: TransactionOf = transaction.atomic,
    ) -> None:
        self.origin, self.system, self.batch, self.now = origin, system, batch, now
        names = functools.partial(Names, origin=origin, batch=batch, transaction_of=transaction_of)
        self.queues, self.products = names(model=Queue), names(model=Product)
        self.places, self.tags = names(model=Place), names(model=Tag)
        self.customers = Customers(
            origin=origin,
            batch=batch,
            organisations=names(model=Organisation),
            now=now,
            transaction_of=transaction_of,
        )
        self.judgement = Judgement(world=world_of(origin), tells_replies=tells_replies)

    def prepare(self, block: Sequence[HistoricTicket]) -> None:
        """Make sure that everybody and everything the block names exists."""
        self.customers.prepare(record.customer for record in block)
        self.queues.prepare(record.queue[:120] or _NO_QUEUE for record in block)
        self.products.prepare(record.product[:160] for record in block)
        self.places.prepare(record.place[:160] for record in block)
        self.tags.prepare(name[:60] for record in block for name in record.tags)

    def known(self, block: Sequence[HistoricTicket]) -> dict[str, Known]:
        """Return the tickets of the block that are here already, by external id. One query."""
        here = in_world(Ticket.objects.filter(external_system=self.system), world_of(self.origin))
        named = here.filter(external_id__in=[record.external_id[:120] for record in block])
        rows = named.values_list("external_id", "id", "number", "version", "assignee_id", "attributes")
        return {
            external_id: Known(
                id=pk, number=number, version=version, assignee_id=assignee, mark=attributes.get("fingerprint", "")
            )
            for external_id, pk, number, version, assignee, attributes in rows
        }

    def recall(self, changed: Iterable[Known]) -> None:
        """Read what people did here to tickets about to be told anew. Two queries."""
        by_id = {known.id: known for known in changed}
        if not by_id or self.origin == Origin.SAMPLE:
            return
        for event in made_here(by_id):
            by_id[event.ticket_id].events.append(event)
        for message in Message.objects.filter(said_here(), ticket__in=by_id).order_by("sent_at", "id"):
            by_id[message.ticket_id].messages.append(message)

    def read(self, record: HistoricTicket, mark: str, known: Known | None = None) -> Rows:
        """Return the rows of one record."""
        told = self._events(record)
        if known and known.events:
            told = [*told[:1], *sorted((*told[1:], *known.events), key=lambda event: event.at)]
        for order, event in enumerate(told):
            event.pk, event.order = None, order
        ticket = self._ticket(record, mark, told, known)
        tags = [tag for tag in (self.tags.find(name[:60]) for name in record.tags) if tag is not None]
        organisation = self.customers.organisation(record.customer)
        clocks = self.judgement.apply(ticket, told, tags=tags, organisation=organisation, customer=record.customer)
        return Rows(
            ticket=ticket,
            events=told,
            messages=self._messages(record, ticket),
            clocks=clocks,
            tags=list(dict.fromkeys(tags)),
            customer=record.customer,
            known_id=known.id if known else None,
        )

    def _events(self, record: HistoricTicket) -> list[TicketEvent]:
        return [
            TicketEvent(
                kind=event.kind,
                at=event.at,
                recorded_at=self.now,
                status=event.status,
                reason=event.reason[:120],
                activity=event.activity[:160],
                actor_id=event.actor_id,
                detail=dict(event.detail),
            )
            for event in record.events
        ]

    def _messages(self, record: HistoricTicket, ticket: Ticket) -> list[Message]:
        return [
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

    def _ticket(self, record: HistoricTicket, mark: str, events: Sequence[TicketEvent], known: Known | None) -> Ticket:
        events = adapters.standing(events)
        status, resolved_at, closed_at = _outcome(events)
        said = [(each.at, each.kind, each.body) for each in record.messages]
        said += [(each.sent_at, MessageKind(each.kind), each.body) for each in (known.messages if known else ())]
        replies = [at for at, kind, _ in said if kind == MessageKind.REPLY]
        replies += [event.at for event in events if event.kind == "agent_reply"]
        last = max(said, key=lambda each: each[0], default=None)
        queue_id = self.queues.find(record.queue[:120] or _NO_QUEUE)
        if queue_id is None:
            raise AssertionError("a queue always has a name here")
        return Ticket(
            version=known.version + 1 if known else 1,
            **({"number": known.number} if known else {}),
            assignee_id=record.assignee_id or (known.assignee_id if known else None),
            kind=record.kind,
            subject=record.subject[:300],
            status=status,
            impact=record.impact,
            urgency=record.urgency,
            priority=record.priority or PRIORITY_MATRIX[record.impact, record.urgency],
            channel=record.channel,
            queue_id=queue_id,
            customer_id=self.customers.id_of(record.customer),
            product_id=self.products.find(record.product[:160]),
            place_id=self.places.find(record.place[:160]),
            opened_at=record.opened_at,
            first_replied_at=min(replies, default=None),
            resolved_at=resolved_at,
            closed_at=closed_at,
            last_message_at=last[0] if last else None,
            last_message_kind=last[1] if last else "",
            preview=last[2][:200] if last else "",
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


def made_here(ticket_ids: Iterable[int]) -> list[TicketEvent]:
    """Return what was done to these tickets here: only such a fact names the version it left behind."""
    rows = TicketEvent.objects.filter(ticket__in=list(ticket_ids), detail__has_key="version")
    return adapters.marked(rows.order_by("ticket_id", "order"))


def said_here() -> Q:
    """Return the condition that a message on an imported ticket was written here: by somebody, or as it was kept."""
    return Q(author__isnull=False) | Q(sent_at=F("recorded_at"))


def _outcome(events: Sequence[TicketEvent]) -> tuple[Status, dt.datetime | None, dt.datetime | None]:
    status, resolved_at, closed_at = Status.NEW, None, None
    for event in events:
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
