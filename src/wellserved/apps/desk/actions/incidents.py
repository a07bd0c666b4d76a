"""Handle an incident before customers ask: name who is affected, tell them once, say that it is fixed."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events
from wellserved.apps.desk.actions import answering
from wellserved.apps.desk.models import Affected, Customer, Incident, Message
from wellserved.apps.desk.policies import incidents as rules
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.desk.types.incidents import Named, NoticeState
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.thread import actions as thread
from wellserved.platform import jobs, outbox
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND = "desk.incident"
TELL = "desk.tell_affected"
A_DAY = dt.timedelta(days=1)


@transaction.atomic
def find_incident(
    *,
    actor: Actor,
    title: str,
    what: str = "",
    people: Sequence[Named] = (),
    customer_ids: Collection[int] = (),
    crisis_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep an incident with its customers, known by id or by address, and return its id."""
    rules.require_run(actor)
    named = " ".join(title.split())
    if not 1 <= len(named) <= 160 or len(what.strip()) > 1000:
        raise Invalid("Say in a few words what went wrong.", code="incident_title", field="title")
    known = dict(scope.visible_customers(actor=actor).filter(pk__in=set(customer_ids)).values_list("pk", "email"))
    if len(known) != len(set(customer_ids)):
        raise NotFound("There is no such customer.", code="customer_not_found")
    listed = _customers_of(rules.read_people(people), actor=actor, now=now) | dict.fromkeys(known, "")
    if not listed:
        raise Invalid("Nobody is on the list; give addresses, or tickets that match.", code="incident_nobody",
                      field="list")  # fmt: skip
    if len(listed) > rules.MOST_AFFECTED:
        raise Invalid(f"An incident holds up to {rules.MOST_AFFECTED:,} customers.", code="incident_many", field="list")
    row = Incident.objects.create(
        title=named, what=what.strip(), found_at=now, found_by_id=actor.user_id, origin=live_origin(actor.world)
    )
    Affected.objects.bulk_create(
        Affected(incident=row, customer_id=pk, reference=reference) for pk, reference in listed.items()
    )
    ledger.record(
        actor=actor,
        action="desk.find_incident",
        subject=(KIND, row.pk),
        now=now,
        changes={"title": (None, named), "affected": (None, len(listed))},
        event=events.IncidentFound(incident_id=row.pk),
    )
    if crisis_id:
        thread.link(actor=actor, start=(KIND, row.pk), verb="part_of", end=("standards.crisis", crisis_id), now=now)
    return row.pk


def _customers_of(people: Sequence[Named], *, actor: Actor, now: dt.datetime) -> dict[int, str]:
    """Return the references of these people by customer id; whoever is not known yet becomes a customer."""
    emails = [person.email for person in people]
    rows = in_world(Customer.objects.filter(email__in=emails).order_by("-pk"), actor.world)
    known = {email.lower(): pk for email, pk in rows.values_list("email", "pk")}
    made = Customer.objects.bulk_create(
        Customer(
            name=person.name or person.email.partition("@")[0],
            email=person.email,
            created_at=now,
            origin=live_origin(actor.world),
        )
        for person in people
        if person.email not in known
    )
    known |= {customer.email: customer.pk for customer in made}
    return {known[person.email]: person.reference for person in people}


@transaction.atomic
def tell_affected(
    *,
    actor: Actor,
    incident_id: int,
    notice: str,
    is_urgent: bool = False,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Queue the notice for everybody not told yet and return how many that are; nobody is told twice.

    Who had an automatic message within a day is passed over unless it is urgent, and can be told tomorrow.
    """
    row = _locked(actor, incident_id)
    if version is not None and version != row.version:
        raise Conflict("Somebody changed the incident meanwhile; look again.", code="stale", version=row.version)
    rules.require_run(actor)
    words = rules.read_notice(notice)
    waiting = row.affected.filter(state__in=[NoticeState.NONE, NoticeState.TODAY])
    count = waiting.update(state=NoticeState.WAITING)
    if not count:
        raise Conflict("Everybody who can be told has been told.", code="incident_told")
    before, row.notice, row.noticed_at, row.is_urgent = row.notice, words, row.noticed_at or now, is_urgent
    row.version += 1
    row.save(update_fields=["notice", "noticed_at", "is_urgent", "version"])
    ledger.record(
        actor=actor,
        action="desk.tell_affected",
        subject=(KIND, row.pk),
        now=now,
        changes={"notice": (before or None, words), "affected": (None, count)},
        event=events.IncidentNoticed(incident_id=row.pk),
    )
    jobs.enqueue(TELL, now=now, incident_id=row.pk, actor_id=actor.user_id, world=actor.world)
    return count


@transaction.atomic
def tell_next(*, actor: Actor, incident_id: int, now: dt.datetime) -> bool:
    """Tell one customer who waits for it: on her open ticket, or by mail; return whether there was one."""
    row = _locked(actor, incident_id)
    rules.require_run(actor)
    person = row.affected.select_related("customer").filter(state=NoticeState.WAITING).order_by("pk").first()
    if person is None:
        return False
    person.state = _state_of(person, row, now)
    if person.state == NoticeState.SENT:
        person.told_at = now
        person.outbox_id = _send(person, row, actor=actor, now=now)
    person.save(update_fields=["state", "told_at", "outbox_id"])
    return True


def _state_of(person: Affected, row: Incident, now: dt.datetime) -> NoticeState:
    if not person.customer.email:
        return NoticeState.NO_ADDRESS
    messages = Message.objects.filter(
        ticket__customer=person.customer_id, kind=MessageKind.AUTOMATIC, sent_at__gt=now - A_DAY
    )
    notices = Affected.objects.filter(customer=person.customer_id, told_at__gt=now - A_DAY)
    had_one = not row.is_urgent and (messages.exists() or notices.exists())
    return NoticeState.TODAY if had_one else NoticeState.SENT


def _send(person: Affected, row: Incident, *, actor: Actor, now: dt.datetime) -> int | None:
    words = words_for(row.notice, name=person.customer.name, reference=person.reference)
    # A ticket that is kept from whoever tells her is as none: the notice goes by mail, and says nothing of it.
    open_tickets = scope.visible_tickets(actor=actor).filter(customer=person.customer_id, act_by__isnull=False)
    open_id = open_tickets.order_by("-opened_at", "-pk").values_list("pk", flat=True).first()
    if open_id is not None:
        answering.automatic_message(actor=actor, ticket_id=open_id, body=words, now=now)
        return None
    sent = outbox.queue(
        channel="email",
        recipient=person.customer.email,
        subject=row.title,
        body=words,
        now=now,
        about=(KIND, row.pk),
        origin=row.origin,
    )
    return int(sent.pk)


def words_for(notice: str, *, name: str, reference: str) -> str:
    """Return the notice as one customer reads it.

    >>> words_for("Dear {name}, your order {reference} is late.", name="Ada", reference="77")
    'Dear Ada, your order 77 is late.'
    """
    return notice.replace("{name}", name).replace("{reference}", reference)


@transaction.atomic
def fix_incident(*, actor: Actor, incident_id: int, now: dt.datetime) -> None:
    """Say that what went wrong is mended."""
    row = _locked(actor, incident_id)
    if row.fixed_at:
        raise Conflict("It is fixed already.", code="incident_fixed")
    rules.require_run(actor)
    row.fixed_at, row.version = now, row.version + 1
    row.save(update_fields=["fixed_at", "version"])
    ledger.record(
        actor=actor,
        action="desk.fix_incident",
        subject=(KIND, row.pk),
        now=now,
        changes={"fixed_at": (None, now.isoformat())},
        event=events.IncidentFixed(incident_id=row.pk),
    )


def _locked(actor: Actor, incident_id: int) -> Incident:
    row = in_world(Incident.objects.select_for_update().filter(pk=incident_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such incident.", code="incident_not_found")
    return row
