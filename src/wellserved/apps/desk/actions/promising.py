"""Commitments on a ticket, to its customer, a colleague or a partner: made by somebody, due at a time, kept or not."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.models import Promise, Ticket
from wellserved.apps.desk.queries import offers, scope
from wellserved.apps.desk.types.promises import Cause, MadeTo
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import Origin, World

# So long before its time whoever made a promise is reminded.
REMINDED_BEFORE = dt.timedelta(hours=1)
BATCH = 100


@transaction.atomic
def make_promise(
    *,
    actor: Actor,
    ticket_id: int,
    text: str,
    due_at: dt.datetime,
    made_to: str = MadeTo.CUSTOMER,
    to_user_id: int | None = None,
    to_name: str = "",
    now: dt.datetime,
) -> int:
    """Write down what was promised to whom and by when; return the promise's id.

    A promise to a colleague names her, one to a service partner its name; anything else is made to the customer.
    """
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    text = " ".join(text.split())
    if not 1 <= len(text) <= 300:
        raise Invalid("Say in 1 to 300 letters what was promised.", code="promise_text")
    if due_at <= now:
        raise Invalid("A promise lies ahead; choose a later time.", code="promise_due")
    to_user_id, to_name = _whom(ticket, actor=actor, made_to=made_to, user_id=to_user_id, name=to_name)
    promise = Promise.objects.create(
        ticket=ticket,
        text=text,
        due_at=due_at,
        made_to=made_to,
        to_user_id=to_user_id,
        to_name=to_name,
        made_by_id=actor.user_id,
        made_at=now,
    )
    ledger.record(
        actor=actor,
        action="desk.make_promise",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"promise": (None, text), "due_at": (None, due_at.isoformat())}
        | ({"made_to": (None, to_name)} if to_name else {}),
        event=events.PromiseMade(ticket_id=ticket.pk, promise_id=promise.pk),
    )
    return promise.pk


def _whom(ticket: Ticket, *, actor: Actor, made_to: str, user_id: int | None, name: str) -> tuple[int | None, str]:
    if made_to not in MadeTo.values:
        raise Invalid(f"A promise is made to one of {', '.join(MadeTo.values)}.", code="promise_to", field="made_to")
    if made_to == MadeTo.CUSTOMER:
        return None, ""
    if made_to == MadeTo.COLLEAGUE:
        names = {choice.id: choice.name for choice in offers.eligible(actor=actor, queue=ticket.queue)}
        if user_id is None or user_id not in names:
            raise Invalid("Choose the colleague you promise it to.", code="promise_to", field="to_user_id")
        return user_id, names[user_id]
    name = " ".join(name.split())[:200]
    if not name:
        raise Invalid("Name the service partner you promise it to.", code="promise_to", field="to_name")
    return None, name


@transaction.atomic
def settle_promise(
    *,
    actor: Actor,
    promise_id: int,
    state: str,
    cause: str = "",
    note: str = "",
    ticket_id: int | None = None,
    now: dt.datetime,
) -> None:
    """Say whether a promise was kept, broken or withdrawn; late is broken, and broken has a cause."""
    promise = scope.of_visible_tickets(Promise.objects.filter(pk=promise_id), actor=actor).first()
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
    if state == Promise.State.BROKEN:
        promise.cause, promise.cause_note = _read_cause(cause, note)
    promise.state, promise.settled_at, promise.settled_by_id = state, now, actor.user_id
    promise.save(update_fields=["state", "settled_at", "settled_by", "cause", "cause_note"])
    ledger.record(
        actor=actor,
        action="desk.settle_promise",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"promise_state": ("open", str(state))} | ({"cause": (None, cause)} if promise.cause else {}),
        event=events.PromiseSettled(ticket_id=ticket.pk, promise_id=promise.pk, state=str(state)),
    )


def _read_cause(cause: str, note: str) -> tuple[str, str]:
    if cause not in Cause.values:
        raise Invalid(
            "A promise that was not kept in its time is broken: say why. "
            f"The cause is one of {', '.join(Cause.values)}.",
            code="promise_cause",
            field="cause",
        )
    return cause, " ".join(note.split())[:300]


def remind_promises(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Remind those whose promise comes due within the hour, once each; return how many. The sample reminds nobody."""
    rows = Promise.objects.filter(
        state=Promise.State.OPEN,
        reminded_at=None,
        due_at__gt=now,
        due_at__lte=now + REMINDED_BEFORE,
        made_by__isnull=False,
        ticket__origin__in=[Origin.LIVE, Origin.IMPORT],
    )
    return sum(_remind(pk, now) for pk in list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _remind(promise_id: int, now: dt.datetime) -> bool:
    row = Promise.objects.select_for_update(of=("self",), no_key=True).filter(pk=promise_id, reminded_at=None).first()
    # Whoever settled it meanwhile needs no reminder; whoever reminded was quicker.
    if row is None or row.state != Promise.State.OPEN or row.made_by_id is None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    house = accounts.system_actor(world=World.REAL)
    subject = ("desk.ticket", row.ticket_id)
    # Without its words: whoever it names with @ must not be called by it.
    said = f"Your promise on #{row.ticket.number} comes due at {row.due_at:%H:%M} UTC."
    calling.call(by=house, subject=subject, user_id=row.made_by_id, text=said, now=now)
    ledger.record(
        actor=house,
        action="desk.remind_promise",
        subject=subject,
        now=now,
        changes={"promise": (None, row.text)},
        event=events.PromiseDueSoon(ticket_id=row.ticket_id, promise_id=row.pk),
    )
    return True
