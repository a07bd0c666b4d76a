"""The desk's records as history, links, files and live screens know them: titles, addresses, who may see which."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import Model

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import (
    Customer,
    Draft,
    Message,
    Organisation,
    Place,
    Product,
    Promise,
    Queue,
    Tag,
    Ticket,
)
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import SEEN_BY_CUSTOMER, Channel, Kind, Level, Priority, Status
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "desk.open_ticket": "opened the ticket",
    "desk.reply": "replied to the customer",
    "desk.take_back_reply": "took a reply back before it left",
    "desk.note": "left an internal note",
    "desk.customer_message": "added what the customer said",
    "desk.automatic_message": "sent an automatic message",
    "desk.move": "changed the status",
    "desk.assign": "changed the assignee",
    "desk.change_priority": "changed the priority",
    "desk.change_fields": "changed the ticket",
    "desk.make_promise": "promised the customer something",
    "desk.resend_mail": "sent a message again",
    "desk.settle_mail": "settled a message",
    "desk.settle_promise": "settled a promise",
    "desk.ask_colleague": "asked a colleague to help",
    "desk.ask_partner": "asked a service partner to help",
    "desk.answer_partner": "answered what was asked of her",
    "desk.finish_help": "noted what came of the help",
    "desk.share_solution": "told colleagues what solved it",
    "desk.customers_merged": "found two addresses to be one person's",
    "desk.customers_parted": "parted two addresses again",
    "desk.clock_breached": "saw a promise pass its due time",
    "desk.escalation_fired": "escalated by time",
    "desk.queue.saved": "saved a queue",
    "desk.product.saved": "saved a product",
    "desk.place.saved": "saved a place",
    "desk.organisation.saved": "saved an organisation",
    "desk.customer.saved": "saved a customer",
    "desk.set_queue_skills": "changed what the queue asks for",
    "desk.customer.forgotten": "forgot the customer",
}
_LABELS = {
    "without_skill": "Without the skill",
    "queue_id": "Queue",
    "product_id": "Product",
    "place_id": "Place",
    "team_id": "Team",
    "organisation_id": "Organisation",
    "user_id": "Portal sign-in",
    "due_at": "Due",
    "kind": "Type of ticket",
    "promise": "Commitment",
    "promise_state": "Commitment",
    "priority_reason": "Why this priority",
    "is_default": "Takes what has no other queue",
    "is_internal": "Internal",
    "platform.message": "Mail",
    "desk.organisation": "Organisation",
    "desk.product": "Product",
    "desk.place": "Place",
    "desk.queue": "Queue",
}
_VALUES: dict[str, Mapping[Any, str]] = {
    "status": dict(Status.choices),
    "priority": dict(Priority.choices),
    "kind": dict(Kind.choices),
    "impact": dict(Level.choices),
    "urgency": dict(Level.choices),
    "channel": dict(Channel.choices),
    "promise_state": dict(Promise.State.choices),
    "pause_on": dict(Status.choices),
}
_NAMED: dict[str, type[Organisation | Customer | Queue | Product | Place | Tag]] = {
    "organisation": Organisation,
    "customer": Customer,
    "queue": Queue,
    "product": Product,
    "place": Place,
    "tag": Tag,
}


def register() -> None:
    """Make tickets and customers known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    for field, table in _VALUES.items():
        wording.values(field, table)
    for field, model in _NAMED.items():
        find = _names_of(model)
        wording.names(field, find)
        wording.names(f"{field}_id", find)
    _register_kinds()


def _register_kinds() -> None:
    kinds.register(
        kinds.Kind(
            key="desk.ticket",
            label="Ticket",
            url=_ticket_address,
            titles=_ticket_titles,
            policy=_visible_tickets,
            step="clock",
            kept_from=_kept_tickets,
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.customer",
            label="Customer",
            url=lambda pk: f"/customers/{pk}",
            titles=_customer_titles,
            policy=_visible_customers,
            is_restricted=True,
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.message",
            label="Message",
            url=_message_address,
            titles=_message_titles,
            policy=_visible_messages,
            kept_from=_kept_messages,
            # Nobody adds to what somebody has said: a file comes with the message or not at all.
            is_open=False,
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.draft",
            label="Draft",
            url=_draft_address,
            titles=_draft_titles,
            policy=_visible_drafts,
            is_open=False,
        )
    )


def _names_of(model: type[Model]) -> wording.Find:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", "name"))


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
    rows = scope.of_visible_tickets(Message.objects.filter(pk__in=ids), actor=actor)
    if actor.role == Role.CUSTOMER:
        rows = rows.filter(kind__in=SEEN_BY_CUSTOMER)
    return set(rows.values_list("pk", flat=True))


def _draft_address(pk: int) -> str:
    return f"/c/{Draft.objects.filter(pk=pk).values_list('ticket__number', flat=True).first()}"


def _draft_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Draft.objects.filter(pk__in=ids).values_list("pk", "ticket__number")
    return {pk: f"#{number}, a draft" for pk, number in rows}


def _visible_drafts(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """Return those of the drafts that are this actor's own, on tickets she still reads."""
    rows = Draft.objects.filter(pk__in=ids, user=actor.user_id, ticket__in=scope.visible_tickets(actor=actor))
    return set(rows.values_list("pk", flat=True))


def _kept_tickets(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """Return the tickets behind complaints kept from this actor."""
    return set(scope.kept_tickets(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def _kept_messages(actor: Actor, ids: Collection[int]) -> Collection[int]:
    rows = Message.objects.filter(pk__in=ids, ticket__in=scope.kept_tickets(actor=actor))
    return set(rows.values_list("pk", flat=True))
