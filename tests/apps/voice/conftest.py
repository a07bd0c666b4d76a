"""A running survey, and a ticket of dev's that was resolved."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.apps.desk.conftest import NOW, make_customer, open_for
from tests.personas import Persona
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.types import Move
from wellserved.apps.voice import types
from wellserved.apps.voice.actions import asking, surveys
from wellserved.apps.voice.models import Invitation
from wellserved.apps.voice.queries import links
from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def manager(amira: Persona) -> Actor:
    return actor_for(user=amira.user)


@pytest.fixture
def survey(manager: Actor) -> int:
    pk = surveys.begin(actor=manager, kind="csat", name="After a ticket", now=NOW)
    surveys.move(actor=manager, survey_id=pk, state="running", now=NOW)
    return pk


def rule(manager: Actor, survey: int, **given: object) -> None:
    rules = dataclasses.replace(types.Rules(), **given)
    surveys.set_rules(actor=manager, survey_id=survey, rules=rules, now=NOW)


def resolve(ticket: Ticket, now: dt.datetime = NOW + HOUR) -> Ticket:
    desk.move(actor=system_actor(), ticket_id=ticket.pk, move=Move.RESOLVE, reason="Sent again", now=now)
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def resolved(db: None, team_a: Team, dev: Persona) -> Ticket:
    queue = desk.save_queue(actor=system_actor(), name="Parcels", team_id=team_a.pk, is_default=True, now=NOW)
    return resolve(open_for(customer_id=make_customer(dev), queue_id=queue))


@pytest.fixture
def asked(survey: int, resolved: Ticket) -> Invitation:
    assert asking.plan(survey_id=survey, ticket_id=resolved.pk, chance=0.5, at=NOW + HOUR, now=NOW + HOUR) == ""
    assert asking.ask_due(now=NOW + 4 * HOUR) == 1
    return Invitation.objects.get()


@pytest.fixture
def page(asked: Invitation, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], str]:
    """Return the address of the link of a score, opened a day later."""
    monkeypatch.setattr(clock, "now", lambda: NOW + DAY)
    return lambda score: f"/help/survey/{links.link_for(invitation_id=asked.pk, score=score, now=NOW + 4 * HOUR)}"


def links_of_mail() -> list[str]:
    body = OutboxMessage.objects.filter(subject_kind="voice.invitation").latest("pk").body
    return re.findall(r"/help/survey/\S+", body)


@pytest.fixture
def customer() -> Client:
    return Client()
