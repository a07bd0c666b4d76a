"""A small service whose figures can be counted on the fingers."""

import datetime as dt
import pathlib

import pytest
from pytest_django import Settings

from tests import personas
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.measures import actions
from wellserved.platform.origin import World

HOUSE = system_actor()


def at(day: int, hour: int = 10) -> dt.datetime:
    """Return an hour of March 2026, when London keeps UTC."""
    return dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)


LATER = at(25)


def open_in(queue_id: int, when: dt.datetime, *, actor: Actor = HOUSE, customer: str = "Dora Quist") -> int:
    """Open a ticket with words and a name that no file of facts may hold."""
    mail = f"{customer.split(maxsplit=1)[0].lower()}@mail.test"
    customer_id = desk.save_customer(actor=actor, name=customer, email=mail, phone="01234 555", now=when)
    return desk.open_ticket(
        actor=actor,
        subject="Secret parcel",
        body="Confidential words",
        customer_id=customer_id,
        queue_id=queue_id,
        now=when,
    ).ticket_id


def publish(*, world: World = World.REAL, now: dt.datetime = LATER) -> None:
    """Seal what was done and bring the facts up to it, as the worker does."""
    while ledger.seal(now=now):
        pass
    actions.export(world=world, now=now)


@pytest.fixture
def facts(settings: Settings, tmp_path: pathlib.Path) -> pathlib.Path:
    """Return where the real facts lie."""
    settings.VAR = tmp_path
    return tmp_path / "facts" / "real"


@pytest.fixture
def service(facts: pathlib.Path, db: None) -> dict[str, int]:
    """Six tickets: four in Parcels (three resolved after 1, 2 and 3 hours), two in Accounts (one resolved after 5)."""
    teams = {"Parcels": personas.make_team("Team A"), "Accounts": personas.make_team("Team B")}
    ids = {
        name: desk.save_queue(actor=HOUSE, name=name, team_id=team.pk, is_default=name == "Parcels", now=at(1))
        for name, team in teams.items()
    }
    for day, queue, hours in ((2, "Parcels", 1), (3, "Parcels", 2), (4, "Parcels", 3), (5, "Accounts", 5)):
        ticket = open_in(ids[queue], at(day), customer=f"Person{day} Quist")
        desk.reply(actor=HOUSE, ticket_id=ticket, body="Answered in confidence", now=at(day))
        desk.move(actor=HOUSE, ticket_id=ticket, move="resolve", now=at(day, 10 + hours))
    open_in(ids["Parcels"], at(9), customer="Nina Quist")
    open_in(ids["Accounts"], at(10), customer="Olga Quist")
    publish()
    return ids
