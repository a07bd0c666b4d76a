"""Commitments to a customer: made by somebody, due at a time, kept or not."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.models import Promise
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound


@transaction.atomic
def make_promise(*, actor: Actor, ticket_id: int, text: str, due_at: dt.datetime, now: dt.datetime) -> int:
    """Write down what the customer was promised and by when; return the promise's id."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    text = " ".join(text.split())
    if not 1 <= len(text) <= 300:
        raise Invalid("Say in 1 to 300 letters what was promised.", code="promise_text")
    if due_at <= now:
        raise Invalid("A promise lies ahead; choose a later time.", code="promise_due")
    promise = Promise.objects.create(ticket=ticket, text=text, due_at=due_at, made_by_id=actor.user_id, made_at=now)
    ledger.record(
        actor=actor,
        action="desk.make_promise",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"promise": (None, text), "due_at": (None, due_at.isoformat())},
        event=events.PromiseMade(ticket_id=ticket.pk, promise_id=promise.pk),
    )
    return promise.pk


@transaction.atomic
def settle_promise(
    *, actor: Actor, promise_id: int, state: str, ticket_id: int | None = None, now: dt.datetime
) -> None:
    """Say whether a promise was kept, broken or withdrawn; kept after its time is broken all the same."""
    promise = Promise.objects.filter(pk=promise_id, ticket__in=scope.visible_tickets(actor=actor)).first()
    if promise is None or ticket_id not in (None, promise.ticket_id):
        raise NotFound("There is no such promise.")
    ticket = locking.locked_ticket(actor=actor, ticket_id=promise.ticket_id)
    promise = Promise.objects.select_for_update().get(pk=promise_id)
    if promise.state != Promise.State.OPEN:
        raise Conflict("This promise is settled already.", code="promise_settled", state=promise.state)
    policies.require_work(actor)
    if state not in {Promise.State.KEPT, Promise.State.BROKEN, Promise.State.WITHDRAWN}:
        raise Invalid("A promise is kept, broken or withdrawn.", code="promise_state")
    if state == Promise.State.KEPT and now > promise.due_at:
        state = Promise.State.BROKEN
    promise.state, promise.settled_at = state, now
    promise.save(update_fields=["state", "settled_at"])
    ledger.record(
        actor=actor,
        action="desk.settle_promise",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"promise_state": ("open", str(state))},
        event=events.PromiseSettled(ticket_id=ticket.pk, promise_id=promise.pk, state=str(state)),
    )
