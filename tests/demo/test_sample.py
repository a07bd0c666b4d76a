"""The sample service: the same for the same seed and moment, apart from everything real, and gone when removed."""

import datetime as dt
import pathlib

import pytest
from django.apps import apps
from django.db import models
from pytest_django.fixtures import Settings

from tests import personas
from tests.integrations import importing
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.queries import actor_for
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Message, Ticket
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.demo import service
from wellserved.platform.origin import Origin, World

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=dt.UTC)
DAYS = 20


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: pathlib.Path) -> None:
    settings.VAR = tmp_path


def told() -> list[tuple[object, ...]]:
    tickets = Ticket.objects.order_by("external_id").values_list(
        "external_id", "subject", "status", "priority", "opened_at", "resolved_at", "next_due_at", "breached_at"
    )
    messages = Message.objects.order_by("ticket__external_id", "sent_at", "pk").values_list("body", "sent_at", "kind")
    return [*tickets, *messages]


def with_origin() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if any(f.name == "origin" for f in model._meta.get_fields())]


def test_the_same_seed_and_moment_give_the_same_service() -> None:
    service.load_sample(now=NOW, days=DAYS)
    first = told()
    service.remove_sample(now=NOW)
    service.load_sample(now=NOW, days=DAYS)
    assert told() == first
    assert Ticket.objects.count() > 200


def test_another_seed_gives_another_service() -> None:
    service.load_sample(now=NOW, days=DAYS)
    first = told()
    service.remove_sample(now=NOW)
    service.load_sample(now=NOW, seed=7, days=DAYS)
    assert told() != first


@pytest.mark.parametrize("hour", [4, 10, 23])
def test_today_is_alive_at_any_hour(hour: int) -> None:
    now = NOW.replace(hour=hour)
    service.load_sample(now=now, days=DAYS)
    soon = Ticket.objects.filter(next_metric="first_reply", next_due_at__range=(now, now + dt.timedelta(hours=1)))
    assert soon.count() >= 3
    assert not Ticket.objects.filter(opened_at__gt=now).exists()


def test_removing_the_sample_leaves_every_table_as_it_was_but_the_ledger() -> None:
    before = importing.table_counts()
    loaded = service.load_sample(now=NOW, days=DAYS)
    assert (loaded.created, loaded.messages) == (Ticket.objects.count(), Message.objects.count())
    _work_in_the_sample()
    assert service.remove_sample(now=NOW) == loaded.created
    assert importing.table_counts() == before
    left = [model for model in with_origin() if model._default_manager.filter(origin=Origin.SAMPLE).exists()]
    assert [model._meta.label for model in left] == ["ledger.Entry"]


def test_the_ledger_is_whole_after_the_people_of_the_sample_are_gone() -> None:
    service.load_sample(now=NOW, days=DAYS)
    _work_in_the_sample()
    ledger.seal(now=NOW)
    service.remove_sample(now=NOW)
    ledger.seal(now=NOW)
    assert ledger_queries.verify().faults == ()


def test_removing_the_sample_leaves_real_tickets_alone(amira: personas.Persona) -> None:
    importing.bring_in(importing.log(3))
    before = importing.desk_content()
    service.load_sample(now=NOW, days=DAYS)
    service.remove_sample(now=NOW)
    assert importing.desk_content() == before
    assert User.objects.get().pk == amira.user.pk


def _work_in_the_sample() -> None:
    agent = User.objects.filter(origin=Origin.SAMPLE, role="agent").first()
    ticket = Ticket.objects.filter(assignee=agent).first()
    assert agent is not None
    assert ticket is not None
    desk.note(actor=actor_for(user=agent, world=World.SAMPLE), ticket_id=ticket.pk, body="Looked at it.", now=NOW)
