"""The desk of the cast: two queues, the standard promise, and dev's late parcel."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests import personas
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions
from wellserved.apps.desk.models import Customer, Ticket
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards.models import PolicyVersion

HOUR = 3600
# A Tuesday at 10:00 in London, where winter time is UTC; office hours are 09:00 to 17:30.
NOW = personas.NOW


def at(day: int, hour: int = 10, minute: int = 0, second: int = 0) -> dt.datetime:
    """Return a moment of March 2026: the 3rd is the Tuesday of the cast."""
    return dt.datetime(2026, 3, day, hour, minute, second, tzinfo=dt.UTC)


@pytest.fixture
def queue_a(team_a: Team) -> int:
    return actions.save_queue(actor=system_actor(), name="Parcels", team_id=team_a.pk, is_default=True, now=NOW)


@pytest.fixture
def queue_b(team_b: Team) -> int:
    return actions.save_queue(actor=system_actor(), name="Accounts", team_id=team_b.pk, now=NOW)


@pytest.fixture
def office(db: None) -> int:
    """Return the version of a calendar open 09:00 to 17:30 on weekdays."""
    return standards.save_calendar(
        actor=system_actor(),
        calendar_id=None,
        name="Office",
        spec={"tz": "Europe/London", "hours": {str(d): [["09:00", "17:30"]] for d in range(5)}, "holidays": []},
        now=NOW,
    ).pk


@pytest.fixture
def promise(office: int) -> PolicyVersion:
    """First reply in 4 working hours (1 at priority 1), next reply in 2, resolution in 8, paused by the customer."""
    return standards.save_policy(
        actor=system_actor(),
        policy_id=None,
        name="Promise",
        conditions={},
        targets=[
            {"metric": "first_reply", "seconds": 4 * HOUR, "calendar": office, "warn_before": HOUR, "aim": 0.9},
            {"metric": "first_reply", "priority": 1, "seconds": HOUR, "calendar": office},
            {"metric": "next_reply", "seconds": 2 * HOUR, "calendar": office},
            {"metric": "resolution", "seconds": 8 * HOUR, "calendar": office, "pause_on": ["waiting_customer"]},
            {"metric": "supplier", "seconds": 16 * HOUR, "calendar": office},
        ],
        escalation=[
            {"metric": "resolution", "level": 1, "before_seconds": HOUR, "tell": "assignee"},
            {"metric": "resolution", "level": 2, "after_seconds": 0, "tell": "team_leader"},
            {"metric": "resolution", "level": 3, "after_seconds": 8 * HOUR, "tell": "manager"},
        ],
        now=NOW,
    )


def make_customer(persona: personas.Persona) -> int:
    """Return the customer this person signs in as."""
    customer_id = actions.save_customer(actor=system_actor(), name=persona.user.name, email=persona.user.email, now=NOW)
    Customer.objects.filter(pk=customer_id).update(user=persona.user)
    return customer_id


@pytest.fixture
def dev_customer(dev: personas.Persona) -> int:
    return make_customer(dev)


@pytest.fixture
def eve_customer(eve: personas.Persona) -> int:
    return make_customer(eve)


@pytest.fixture
def parcel(promise: PolicyVersion, queue_a: int, dev_customer: int) -> Ticket:
    """Return dev's ticket in team A's queue, opened on Tuesday at 10:00."""
    return open_for(customer_id=dev_customer, queue_id=queue_a)


def open_for(**given: Any) -> Ticket:
    """Open a ticket and return its row."""
    wanted = {"subject": "Late parcel", "body": "Where is my parcel?", "now": NOW, "actor": system_actor()} | given
    return Ticket.objects.get(pk=actions.open_ticket(**wanted).ticket_id)


@pytest.fixture
def fresh() -> Callable[[Ticket], Ticket]:
    return lambda ticket: Ticket.objects.get(pk=ticket.pk)
