"""Notices: the list, one with each customer's own text, and whose turn has come."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import plain
from wellserved.apps.desk.models import Message, Notice, NoticeCopy, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.desk.types.updates import CopyRow, CopyState, NoticeDetail, NoticeRow
from wellserved.platform.errors import NotFound
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

_NEWEST = Keyset("-created_at", "-id")
_IN_ORDER = Keyset("id")
TOLD = (CopyState.SENT, CopyState.BESIDE, CopyState.NO_MAIL)


def visible_notices(*, actor: Actor) -> QuerySet[Notice]:
    """Return the notices of the actor's world; staff who read tickets read them."""
    rows = in_world(Notice.objects.all(), actor.world)
    return rows if actor.can("desk.read") else rows.none()


def visible_notice(*, actor: Actor, notice_id: int) -> Notice:
    """Return the notice, or say there is none. One query."""
    row = visible_notices(actor=actor).select_related("created_by", "sent_by").filter(pk=notice_id).first()
    if row is None:
        raise NotFound("There is no such notice.", code="notice_not_found")
    return row


def notices(*, actor: Actor, cursor: str | None = None, limit: int = 50) -> tuple[tuple[NoticeRow, ...], str | None]:
    """Return one page of notices, the latest first, and the cursor of the next. One query."""
    rows = (
        visible_notices(actor=actor)
        .select_related("created_by")
        .annotate(tickets=Count("copies"), told=Count("copies", filter=Q(copies__state__in=TOLD)))
    )
    page = _NEWEST.page(rows, cursor=cursor, limit=limit)
    found = tuple(
        NoticeRow(
            id=row.pk,
            title=row.title,
            created_by=row.created_by.name if row.created_by else "",
            created_at=row.created_at,
            sent_at=row.sent_at,
            tickets=row.tickets,  # type: ignore[attr-defined]
            told=row.told,  # type: ignore[attr-defined]
        )
        for row in page.rows
    )
    return found, page.next_cursor


def notice(*, actor: Actor, notice_id: int, cursor: str | None = None, limit: int = 50) -> NoticeDetail:
    """Return a notice with those of its tickets the actor may read, each with its own text. Five queries."""
    row = visible_notice(actor=actor, notice_id=notice_id)
    counts = dict(row.copies.order_by().values_list("state").annotate(n=Count("pk")))
    copies = scope.of_visible_tickets(row.copies.all(), actor=actor).select_related(
        "ticket__customer", "ticket__product", "message"
    )
    later = Message.objects.filter(
        ticket=OuterRef("ticket"), kind=MessageKind.CUSTOMER, sent_at__gt=OuterRef("told_at")
    )
    page = _IN_ORDER.page(copies.annotate(wrote_back=Exists(later)), cursor=cursor, limit=limit)
    sent = [copy.message.outbox_id for copy in page.rows if copy.message and copy.message.outbox_id]
    states = dict(OutboxMessage.objects.filter(pk__in=sent).values_list("pk", "state"))
    reading = plain.read(row.body)
    return NoticeDetail(
        id=row.pk,
        title=row.title,
        body=row.body,
        is_required=row.is_required,
        created_by=row.created_by.name if row.created_by else "",
        created_at=row.created_at,
        sent_by=row.sent_by.name if row.sent_by else "",
        sent_at=row.sent_at,
        version=row.version,
        counts=counts,
        copies=tuple(_copy(copy, row, states) for copy in page.rows),
        next_cursor=page.next_cursor,
        reading=reading,
        faults=_faults(reading.long_words, reading.words_a_sentence, reading.score),
    )


def _copy(copy: NoticeCopy, row: Notice, states: dict[int, str]) -> CopyRow:
    ticket = copy.ticket
    return CopyRow(
        id=copy.pk,
        ticket_id=ticket.pk,
        number=ticket.number,
        customer=ticket.customer.name,
        email=ticket.customer.email,
        text=copy.message.body if copy.message else text_for(row.body, ticket),
        state=copy.state,
        not_before=copy.not_before,
        told_at=copy.told_at,
        delivery=states.get(copy.message.outbox_id or 0, "") if copy.message else "",
        wrote_back=bool(copy.wrote_back),  # type: ignore[attr-defined]
    )


def _faults(long_words: tuple[str, ...], a_sentence: float, score: float) -> tuple[str, ...]:
    """Return what would make a text plainer."""
    found = []
    if score < plain.PLAIN:
        found.append(f"Reading ease is {score:.0f}; 60 or more is plain.")
    if a_sentence > plain.LONG_SENTENCE:
        found.append(f"A sentence has {a_sentence:.0f} words; 20 or fewer are read with ease.")
    if long_words:
        found.append(f"Long words: {', '.join(long_words)}.")
    return tuple(found)


def text_for(body: str, ticket: Ticket) -> str:
    """Return the text with this customer's names filled, and nobody else's."""
    return plain.fill(
        body,
        {
            "name": ticket.customer.name,
            "number": str(ticket.number),
            "subject": ticket.subject,
            "product": ticket.product.name if ticket.product else "order",
        },
    )


def due_copies(*, now: dt.datetime) -> QuerySet[NoticeCopy]:
    """Return what waits on notices that go out and whose turn has come, in order."""
    turn = Q(not_before=None) | Q(not_before__lte=now)
    rows = NoticeCopy.objects.filter(turn, state=CopyState.WAITING, notice__sent_at__lte=now)
    return rows.order_by("pk")


def last_automatic(*, customer_id: int) -> dt.datetime | None:
    """Return when a customer last had a mail nobody typed to her alone. One query."""
    rows = Message.objects.filter(ticket__customer=customer_id, kind=MessageKind.AUTOMATIC, outbox_id__isnull=False)
    return rows.order_by("-sent_at").values_list("sent_at", flat=True).first()
