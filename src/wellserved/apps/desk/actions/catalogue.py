"""What tickets refer to: queues, products, places, organisations and customers."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, models, transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Customer, Organisation, Place, Product, Queue
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Wish
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

FIRST_QUEUE = "Customer service"


@transaction.atomic
def save_queue(
    *,
    actor: Actor,
    name: str,
    team_id: int | None,
    is_default: bool = False,
    queue_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Make a queue or change one; a new default takes the place of the old."""
    row = scope.find_in_world(Queue, actor=actor, pk=queue_id, noun="queue") or Queue(origin=live_origin(actor.world))
    _require(actor, accounts_policies.EDIT_STANDARDS, "A manager or administrator arranges the queues.")
    if team_id is not None and team_id not in {team.id for team in accounts.teams(actor=actor)}:
        raise NotFound("There is no such team.", code="team_not_found")
    if is_default:
        in_world(Queue.objects.filter(is_default=True), actor.world).update(is_default=False)
    wanted = {"name": _name(name, 120), "team_id": team_id, "is_default": is_default}
    return _save(row, wanted, actor=actor, kind="desk.queue", now=now)


def make_first_queue(*, actor: Actor, now: dt.datetime) -> Queue:
    """Make the queue of a service that has none; call inside the transaction of what needs it."""
    row = Queue(origin=live_origin(actor.world))
    _save(row, {"name": FIRST_QUEUE, "team_id": None, "is_default": True}, actor=actor, kind="desk.queue", now=now)
    return row


@transaction.atomic
def save_product(*, actor: Actor, name: str, product_id: int | None = None, now: dt.datetime) -> int:
    """Make a product or rename one."""
    row = scope.find_in_world(Product, actor=actor, pk=product_id, noun="product")
    _require(actor, accounts_policies.EDIT_STANDARDS, "A manager or administrator keeps the list of products.")
    return _save(
        row or Product(origin=live_origin(actor.world)),
        {"name": _name(name, 160)},
        actor=actor,
        kind="desk.product",
        now=now,
    )


@transaction.atomic
def save_place(*, actor: Actor, name: str, place_id: int | None = None, now: dt.datetime) -> int:
    """Make a place or rename one."""
    row = scope.find_in_world(Place, actor=actor, pk=place_id, noun="place")
    _require(actor, accounts_policies.EDIT_STANDARDS, "A manager or administrator keeps the list of places.")
    return _save(
        row or Place(origin=live_origin(actor.world)),
        {"name": _name(name, 160)},
        actor=actor,
        kind="desk.place",
        now=now,
    )


@transaction.atomic
def save_organisation(
    *,
    actor: Actor,
    name: str,
    is_internal: bool = False,
    organisation_id: int | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Make an organisation or change one; an edit made on an older version is refused with the difference."""
    row = scope.find_in_world(Organisation, actor=actor, pk=organisation_id, noun="organisation")
    wanted: dict[str, Any] = {"name": _name(name, 200), "is_internal": is_internal}
    if row:
        _check_version(row, version, wanted, noun="organisation")
    _require(actor, accounts_policies.EDIT_CUSTOMERS, "Your role reads customers but does not change them.")
    if row:
        row.version += 1
    row = row or Organisation(origin=live_origin(actor.world))
    return _save(row, wanted, actor=actor, kind="desk.organisation", now=now)


def _check_version(row: Customer | Organisation, version: int | None, wanted: dict[str, Any], *, noun: str) -> None:
    if version is not None and version != row.version:
        raise Conflict(
            f"Somebody changed this {noun} while you did. Nothing of yours is saved; compare and save again.",
            code="stale",
            version=row.version,
            difference={field: getattr(row, field) for field, value in wanted.items() if getattr(row, field) != value},
        )


@transaction.atomic
def save_customer(
    *,
    actor: Actor,
    name: str,
    email: str = "",
    phone: str = "",
    organisation_id: int | None = None,
    is_internal: bool = False,
    sees_organisation: bool = False,
    time_zone: str = "",
    language: str = "",
    preferred_channel: str = "",
    needs: str = "",
    note: str = "",
    customer_id: int | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Make a customer or change one; an edit made on an older version is refused with the difference."""
    row = scope.visible_customer(actor=actor, customer_id=customer_id) if customer_id else None
    wanted: dict[str, Any] = {
        "name": _name(name, 200),
        "email": email.strip().lower(),
        "phone": phone.strip()[:40],
        "organisation_id": organisation_id,
        "is_internal": is_internal,
        "sees_organisation": sees_organisation,
        "time_zone": time_zone,
        "language": language,
        "preferred_channel": _wish(preferred_channel),
        "needs": " ".join(needs.split())[:300],
        "note": note.strip()[:500],
    }
    if row:
        _check_version(row, version, wanted, noun="customer")
    _require(actor, accounts_policies.EDIT_CUSTOMERS, "Your role reads customers but does not change them.")
    scope.find_in_world(Organisation, actor=actor, pk=organisation_id, noun="organisation")
    if row:
        row.version += 1
    row = row or Customer(created_at=now, origin=live_origin(actor.world))
    return _save(row, wanted, actor=actor, kind="desk.customer", now=now)


@transaction.atomic
def tie_customer(*, actor: Actor, customer_id: int, user_id: int, now: dt.datetime) -> None:
    """Let a person's sign-in open a customer's portal."""
    row = scope.visible_customer(actor=actor, customer_id=customer_id)
    _require(actor, accounts_policies.EDIT_CUSTOMERS, "Your role reads customers but does not change them.")
    _save(row, {"user_id": user_id}, actor=actor, kind="desk.customer", now=now)


def _save(row: models.Model, wanted: dict[str, Any], *, actor: Actor, kind: str, now: dt.datetime) -> int:
    is_new = row.pk is None
    changes = {
        field: (None if is_new else getattr(row, field), value)
        for field, value in wanted.items()
        if is_new or getattr(row, field) != value
    }
    for field, value in wanted.items():
        setattr(row, field, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise Conflict("There is one of that name already; choose another name.", code="name_taken") from taken
    if changes:
        ledger.record(actor=actor, action=f"{kind}.saved", subject=(kind, int(row.pk)), now=now, changes=changes)
    return int(row.pk)


def _wish(given: str) -> str:
    if given not in Wish.values:
        raise Invalid("A customer is answered by mail or by phone, or has no wish.", code="unknown_wish")
    return str(given)


def _name(name: str, longest: int) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= longest:
        raise Invalid(f"Give it a name of 1 to {longest} letters.", code="name")
    return name


def _require(actor: Actor, capability: str, sentence: str) -> None:
    if not actor.can(capability):
        raise Refused(sentence, code="refused", who_may=capability)
