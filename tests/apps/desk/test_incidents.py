"""Incidents: customers named from a list or from tickets, told once each, counted when they never had to ask."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions import incidents
from wellserved.apps.desk.models import Affected, Customer, Message
from wellserved.apps.desk.policies.incidents import read_list
from wellserved.apps.desk.queries import incidents as queries
from wellserved.apps.desk.types import InboxFilters, MessageKind
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.jobs.worker import Worker
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def table(count: int) -> bytes:
    rows = "\n".join(f"order-{n}@shop.test,Customer {n},{1000 + n}" for n in range(count))
    return f"Email,Name,Order\n{rows}\n".encode()


def find(who: Persona, count: int = 3) -> int:
    return incidents.find_incident(actor=who.actor, title="A trailer is late", people=read_list(table(count)), now=NOW)


def tell(who: Persona, pk: int, *, now: dt.datetime = NOW, is_urgent: bool = False) -> None:
    incidents.tell_affected(
        actor=who.actor, incident_id=pk, notice="Dear {name}, order {reference} is late.", is_urgent=is_urgent, now=now
    )
    while incidents.tell_next(actor=who.actor, incident_id=pk, now=now):
        pass


def test_forty_delayed_orders_are_listed_and_told_before_anybody_asked(lena: Persona):
    pk = find(lena, 40)
    found = queries.incident(actor=lena.actor, incident_id=pk)
    assert (found.row.counts.affected, found.row.counts.told) == (40, 0)
    tell(lena, pk)
    mail = OutboxMessage.objects.get(recipient="order-7@shop.test")
    assert (OutboxMessage.objects.count(), mail.body) == (40, "Dear Customer 7, order 1007 is late.")
    desk.open_ticket(
        actor=lena.actor, subject="Late", body="Where?", customer_email="order-7@shop.test", now=NOW + HOUR
    )
    counts = queries.incident(actor=lena.actor, incident_id=pk).row.counts
    assert (counts.told, counts.contacted, counts.spared) == (40, 1, 39)


def test_nobody_is_told_twice(lena: Persona):
    pk = find(lena)
    tell(lena, pk)
    with pytest.raises(Conflict, match="has been told"):
        tell(lena, pk, now=NOW + HOUR)
    assert OutboxMessage.objects.count() == 3


def test_who_had_an_automatic_message_today_is_told_tomorrow_unless_it_is_urgent(lena: Persona):
    first, second = find(lena, 1), find(lena, 1)
    tell(lena, first)
    tell(lena, second, now=NOW + HOUR)
    assert Affected.objects.get(incident=second).state == "today"
    tell(lena, second, now=NOW + 25 * HOUR)
    assert Affected.objects.get(incident=second).state == "sent"
    third = find(lena, 1)
    tell(lena, third, now=NOW + 26 * HOUR, is_urgent=True)
    assert OutboxMessage.objects.count() == 3


def test_who_has_an_open_ticket_is_told_on_it(lena: Persona):
    opened = desk.open_ticket(
        actor=lena.actor, subject="Late", body="Where?", customer_email="order-0@shop.test", now=NOW - HOUR
    )
    pk = find(lena, 1)
    tell(lena, pk)
    said = Message.objects.get(ticket=opened.ticket_id, kind=MessageKind.AUTOMATIC)
    assert said.body == "Dear order-0@shop.test, order 1000 is late."


def test_the_customers_of_matching_tickets_are_named_once_each(lena: Persona):
    for subject in ("Invoice wrong", "Invoice again", "Delivery"):
        desk.open_ticket(
            actor=lena.actor, subject=subject, body="Please look.", customer_email="dev@mail.test", now=NOW
        )
    ids = queries.customers_of(actor=lena.actor, filters=InboxFilters(q="invoice"), now=NOW, limit=10)
    pk = incidents.find_incident(actor=lena.actor, title="Wrong invoices", customer_ids=ids, now=NOW + HOUR)
    assert [row.email for row in queries.incident(actor=lena.actor, incident_id=pk).affected] == ["dev@mail.test"]


def test_the_worker_sends_what_was_asked_for(lena: Persona):
    pk = find(lena)
    incidents.tell_affected(actor=lena.actor, incident_id=pk, notice="We are late.", now=NOW)
    Worker(with_loops=False).drain()
    assert queries.incident(actor=lena.actor, incident_id=pk).row.counts.told == 3


def test_a_list_is_read_by_its_contents_and_strangers_to_it_are_refused(ben: Persona, lena: Persona):
    assert [person.email for person in read_list(b"who;ref\nA@b.test;7\nno address;8\na@b.test;9\n")] == ["a@b.test"]
    with pytest.raises(Invalid, match="No column holds email addresses"):
        read_list(b"order;day\n1;2\n")
    with pytest.raises(Refused):
        find(ben)
    with pytest.raises(Invalid, match="Nobody is on the list"):
        incidents.find_incident(actor=lena.actor, title="Nothing", now=NOW)
    assert (Affected.objects.count(), Customer.objects.count()) == (0, 0)


def test_an_incident_of_the_other_world_is_unknown(lena: Persona):
    pk = find(lena)
    with pytest.raises(NotFound):
        queries.incident(actor=lena.in_world(World.SAMPLE), incident_id=pk)


@pytest.mark.parametrize("count", [5, 500])
def test_an_incident_asks_the_same_few_queries_however_many_it_affects(
    lena: Persona, count: int, django_assert_num_queries
):
    pk = find(lena, count)
    actor = lena.actor
    with django_assert_num_queries(3):
        found = queries.incident(actor=actor, incident_id=pk)
    assert (found.row.counts.affected, len(found.affected)) == (count, min(count, 50))
