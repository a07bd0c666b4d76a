"""The desk's records as history, links, files and live screens know them: titles, addresses, who may see which."""

from collections.abc import Collection, Mapping

from django.core.cache import cache

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Customer, Message, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import SEEN_BY_CUSTOMER
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "desk.open_ticket": "opened the ticket",
    "desk.reply": "replied to the customer",
    "desk.note": "left an internal note",
    "desk.customer_message": "added what the customer said",
    "desk.automatic_message": "sent an automatic message",
    "desk.move": "changed the status",
    "desk.assign": "changed the assignee",
    "desk.change_priority": "changed the priority",
    "desk.change_fields": "changed the ticket",
    "desk.make_promise": "promised the customer something",
    "desk.settle_promise": "settled a promise",
    "desk.clock_breached": "saw a promise pass its due time",
    "desk.escalation_fired": "escalated by time",
    "desk.queue.saved": "saved a queue",
    "desk.product.saved": "saved a product",
    "desk.place.saved": "saved a place",
    "desk.organisation.saved": "saved an organisation",
    "desk.customer.saved": "saved a customer",
}
_LABELS = {
    "queue_id": "Queue",
    "product_id": "Product",
    "place_id": "Place",
    "team_id": "Team",
    "organisation_id": "Organisation",
    "user_id": "Portal sign-in",
    "due_at": "Due",
}


def register() -> None:
    """Make tickets and customers known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    kinds.register(
        kinds.Kind(
            key="desk.ticket",
            label="Issue",
            url=_ticket_address,
            titles=_ticket_titles,
            policy=_visible_tickets,
            step="clock",
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.customer",
            label="Customer",
            url=lambda pk: f"/customers/{pk}",
            titles=_customer_titles,
            policy=_visible_customers,
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.message",
            label="Message",
            url=_message_address,
            titles=_message_titles,
            policy=_visible_messages,
            # Nobody adds to what somebody has said: a file comes with the message or not at all.
            is_open=False,
        )
    )


def _ticket_address(pk: int) -> str:
    number = cache.get_or_set(
        _key(pk), lambda: Ticket.objects.filter(pk=pk).values_list("number", flat=True).first(), None
    )
    return f"/c/{number}"


def _key(pk: int) -> str:
    return f"desk.number_of.{pk}"


def _ticket_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = list(Ticket.objects.filter(pk__in=ids).values_list("pk", "number", "subject"))
    # Whoever asks for titles asks for addresses next; a number never changes.
    cache.set_many({_key(pk): number for pk, number, _ in rows}, None)
    return {pk: f"#{number} {subject}" for pk, number, subject in rows}


def _visible_tickets(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(scope.visible_tickets(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def _customer_titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Customer.objects.filter(pk__in=ids).values_list("pk", "name"))


def _visible_customers(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(scope.visible_customers(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def _message_address(pk: int) -> str:
    return f"/c/{Message.objects.filter(pk=pk).values_list('ticket__number', flat=True).first()}"


def _message_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Message.objects.filter(pk__in=ids).values_list("pk", "ticket__number", "ticket__subject")
    return {pk: f"#{number} {subject}, a message" for pk, number, subject in rows}


def _visible_messages(actor: Actor, ids: Collection[int]) -> Collection[int]:
    rows = Message.objects.filter(pk__in=ids, ticket__in=scope.visible_tickets(actor=actor))
    if actor.role == Role.CUSTOMER:
        rows = rows.filter(kind__in=SEEN_BY_CUSTOMER)
    return set(rows.values_list("pk", flat=True))
