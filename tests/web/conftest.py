"""A small service for the screens: one standard, two queues, a few tickets, all made by actions."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from tests import personas
from wellserved.apps.desk import actions as desk
from wellserved.apps.standards import actions as standards
from wellserved.platform import clock

SECRET = "the carrier lost it, do not tell"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Service:
    """What the fixture made."""

    manager: personas.Persona
    agent: personas.Persona
    now: dt.datetime
    queue_id: int
    customer_id: int
    ticket_id: int
    number: int
    open_more: Callable[[int], None]


@pytest.fixture
def service(amira: personas.Persona, ben: personas.Persona) -> Service:
    now = clock.now()
    before = now - dt.timedelta(hours=2)
    boss = amira.actor
    standards.create_default_standards(actor=boss, now=before)
    team = personas.make_team("Team A")
    queue_id = desk.save_queue(actor=boss, name="Care", team_id=team.pk, is_default=True, now=before)
    customer_id = desk.save_customer(actor=boss, name="Joanna Reyes", email="joanna@mail.test", now=before)
    first = desk.open_ticket(
        actor=boss, subject="Parcel not arrived", body="Where is it?", customer_id=customer_id, now=before
    )
    desk.assign(actor=boss, ticket_id=first.ticket_id, assignee_id=ben.user.pk, now=before)
    desk.note(actor=boss, ticket_id=first.ticket_id, body=SECRET, now=before)

    def open_more(count: int) -> None:
        for number in range(count):
            customer = desk.save_customer(
                actor=boss, name=f"Customer {number:03}", email=f"c{number}@mail.test", now=before
            )
            made = desk.open_ticket(
                actor=boss,
                subject=f"Question {number}",
                body="How do I wash it?",
                customer_id=customer,
                queue_id=queue_id,
                tags=("wool",),
                now=before,
            )
            desk.assign(actor=boss, ticket_id=made.ticket_id, assignee_id=ben.user.pk, now=before)

    return Service(
        manager=amira,
        agent=ben,
        now=now,
        queue_id=queue_id,
        customer_id=customer_id,
        ticket_id=first.ticket_id,
        number=first.number,
        open_more=open_more,
    )
