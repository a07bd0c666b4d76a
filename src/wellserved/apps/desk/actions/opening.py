"""A customer's words become a ticket."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import events, policies, search
from wellserved.apps.desk.actions import answering, attaching, catalogue, clocks, locking
from wellserved.apps.desk.models import Customer, Numbering, Place, Product, Queue, Tag, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Channel, Kind, Level, MessageKind, Saved
from wellserved.apps.ledger.actions.discussion import StoredUpload
from wellserved.platform.errors import Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin
from wellserved.science.calendars import EventKind


@transaction.atomic
def open_ticket(
    *,
    actor: Actor,
    subject: str,
    body: str,
    customer_id: int | None = None,
    customer_email: str = "",
    customer_name: str = "",
    kind: str = Kind.REQUEST,
    channel: str = Channel.WEB,
    queue_id: int | None = None,
    impact: str = Level.MEDIUM,
    urgency: str = Level.MEDIUM,
    product_id: int | None = None,
    place_id: int | None = None,
    tags: Iterable[str] = (),
    files: Sequence[StoredUpload] = (),
    now: dt.datetime,
) -> Saved:
    """Open a ticket for a customer known by id, or found or made by her address."""
    is_customer = actor.role == Role.CUSTOMER
    if not is_customer:
        policies.require_work(actor)
    subject = read_subject(subject)
    body = answering.read_body(body)
    _check_choice("kind", kind, Kind.values)
    _check_choice("channel", channel, Channel.values)
    # Taking the number makes openings wait for each other, so that two first messages find or make one customer.
    number = next_number()
    customer = (
        _own_customer(actor) if is_customer else _find_customer(actor, customer_id, customer_email, customer_name, now)
    )
    queue = _public_queue(actor, now=now) if is_customer else _find_queue(actor, queue_id, now=now)
    product = scope.find_in_world(Product, actor=actor, pk=product_id, noun="product")
    place = scope.find_in_world(Place, actor=actor, pk=place_id, noun="place")
    # A customer says what happened; how pressing it is among all others is the desk's to say.
    level = (Level.MEDIUM, Level.MEDIUM) if is_customer else (impact, urgency)
    ticket = Ticket(
        number=number,
        kind=kind,
        subject=subject,
        impact=level[0],
        urgency=level[1],
        priority=policies.priority_of(impact=level[0], urgency=level[1]),
        channel=channel,
        queue=queue,
        customer=customer,
        product=product,
        place=place,
        opened_at=now,
        origin=live_origin(actor.world),
    )
    locking.spoke(ticket, kind=MessageKind.CUSTOMER, body=body, at=now)
    ticket.save()
    ticket.tags.set(find_tags([] if is_customer else tags, actor=actor))
    search.index_ticket(ticket)
    return _tell_opening(actor, ticket, body, files, now)


def _tell_opening(actor: Actor, ticket: Ticket, body: str, files: Sequence[StoredUpload], now: dt.datetime) -> Saved:
    story = clocks.Story(ticket)
    message = answering.say(story, kind=MessageKind.CUSTOMER, actor=actor, body=body, channel=ticket.channel, now=now)
    names = attaching.attach(message, files, actor=actor, now=now)
    story.add(EventKind.OPENED, actor_id=actor.user_id, now=now, status=ticket.status, message_id=message.pk)
    clocks.match_policy(story, actor_id=actor.user_id, now=now)
    story.record(
        actor=actor,
        action="desk.open_ticket",
        now=now,
        changes={"subject": (None, ticket.subject), "body": (None, body), "queue": (None, ticket.queue_id)}
        | attaching.tell(names),
        event=events.TicketOpened(ticket_id=ticket.pk, kind=ticket.kind, channel=ticket.channel),
    )
    return locking.finish(story)


def next_number(count: int = 1) -> int:
    """Return the next ticket number, taking `count` of them; call inside the action's transaction."""
    row, _ = Numbering.objects.select_for_update().get_or_create(pk=1)
    first = row.next_number
    row.next_number = first + count
    row.save(update_fields=["next_number"])
    return first


def read_subject(subject: str) -> str:
    """Return the subject on one line, or say that there is none."""
    subject = " ".join(subject.split())
    if not 1 <= len(subject) <= 300:
        raise Invalid("Give the ticket a subject of 1 to 300 letters.", code="subject")
    return subject


def find_tags(names: Iterable[str], *, actor: Actor) -> list[Tag]:
    """Return the tags with these names, made on first use."""
    origin = live_origin(actor.world)
    wanted = {" ".join(name.lower().split())[:60] for name in names} - {""}
    if len(wanted) > 20:
        raise Invalid("A ticket takes at most 20 tags.", code="many_tags")
    return [Tag.objects.get_or_create(name=name, origin=origin)[0] for name in sorted(wanted)]


def _check_choice(field: str, given: str, known: list[str]) -> None:
    if given not in known:
        raise Invalid(f"The {field} is one of {', '.join(known)}, not {given}.", code=f"unknown_{field}")


def _own_customer(actor: Actor) -> Customer:
    row = scope.visible_customers(actor=actor).first()
    if row is None:
        raise Refused("Your sign-in is not tied to a customer yet; ask the service to do so.", code="no_customer")
    return row


def _public_queue(actor: Actor, *, now: dt.datetime) -> Queue:
    row = in_world(Queue.objects.order_by("-is_default", "pk"), actor.world).first()
    return row or catalogue.make_first_queue(actor=actor, now=now)


def _find_queue(actor: Actor, queue_id: int | None, *, now: dt.datetime) -> Queue:
    try:
        return scope.visible_queue(actor=actor, queue_id=queue_id)
    except NotFound:
        # A service that has arranged nothing yet must not turn its first customer away.
        if queue_id is not None or in_world(Queue.objects.all(), actor.world).exists():
            raise
        return catalogue.make_first_queue(actor=actor, now=now)


def _find_customer(actor: Actor, customer_id: int | None, email: str, name: str, now: dt.datetime) -> Customer:
    if customer_id is not None:
        return scope.visible_customer(actor=actor, customer_id=customer_id)
    email = email.strip().lower()
    if not email:
        raise Invalid("Say who the customer is: choose her, or give her address.", code="customer_required")
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Invalid(f"{email} is not a mail address.", code="email") from wrong
    known = in_world(Customer.objects.filter(email__iexact=email).order_by("pk"), actor.world).first()
    if known:
        return scope.standing(known)
    return Customer.objects.create(
        name=name.strip()[:200] or email, email=email, created_at=now, origin=live_origin(actor.world)
    )
