"""History speaks the field's words: no key, code or bare number stands for something that has a name."""

import pathlib
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.demo.test_sample import DAYS, NOW
from wellserved.apps.accounts import actions as accounts
from wellserved.apps.accounts.models import Team, User
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Queue, Ticket
from wellserved.apps.ledger import queries, wording
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.apps.ledger.types import HistoryItem
from wellserved.apps.people import actions as people
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards.models import Calendar, Policy
from wellserved.demo import service
from wellserved.platform.origin import Origin, World

pytestmark = pytest.mark.django_db
SOURCE = pathlib.Path(__file__).parents[2] / "src/wellserved"
RAW = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|(?<!@)\b[a-z]+\.[a-z_]{3,}\b|\d{4}-\d\d-\d\dT")


@pytest.fixture
def items(settings, tmp_path) -> tuple[HistoryItem, ...]:
    settings.VAR = tmp_path
    service.load_sample(now=NOW, days=DAYS)
    _work(User.objects.get(origin=Origin.SAMPLE, role="administrator"))
    page = queries.entries(actor=system_actor(world=World.SAMPLE), filters=HistoryFilters(), limit=2000)
    assert page.next_before is None
    return page.rows


def _work(user: User) -> None:
    boss = actor_for(user=user)
    agent = User.objects.filter(origin=Origin.SAMPLE, role="agent").exclude(memberships=None).first()
    team = Team.objects.filter(origin=Origin.SAMPLE).exclude(memberships__user=agent).first()
    ticket = Ticket.objects.filter(status="open", origin=Origin.SAMPLE).exclude(queue__is_default=True).first()
    at = {"actor": boss, "now": NOW}
    accounts.add_member(team_id=team.pk, user_id=agent.pk, **at)
    accounts.change_role(user_id=agent.pk, role="team_leader", reason="Grown.", **at)
    accounts.invite(email="new@example.com", name="New", role="decision_maker", team_id=team.pk, **at)
    people.set_limit(remedy="refund", amount=Decimal(50), period="day", role="analyst", reason="Trial.", **at)
    people.set_availability(user_id=agent.pk, availability="busy", **at)
    desk.assign(ticket_id=ticket.pk, assignee_id=user.pk, **at)
    desk.change_priority(ticket_id=ticket.pk, impact="high", urgency="high", **at)
    desk.change_fields(ticket_id=ticket.pk, queue_id=Queue.objects.get(is_default=True).pk, kind="complaint", **at)
    desk.move(ticket_id=ticket.pk, move="wait_customer", **at)
    desk.save_organisation(organisation_id=None, name="Northgate", is_internal=False, **at)
    standards.retire_policy(policy_id=Policy.objects.last().pk, reason="Replaced.", **at)


def test_no_kind_of_record_shows_a_key(items: tuple[HistoryItem, ...]) -> None:
    shown = {
        text
        for item in items
        for text in (
            item.sentence,
            item.subject_label,
            *(said or "" for change in item.changes for said in (change.label, change.before, change.after)),
        )
    }
    assert {text for text in shown if RAW.search(text)} == set()
    assert {item.subject_kind for item in items} >= {
        "accounts.invitation",
        "accounts.team",
        "accounts.user",
        "demo.sample",
        "desk.organisation",
        "desk.ticket",
        "people.limit",
        "people.profile",
        "standards.calendar",
        "standards.policy",
    }


def said(items: tuple[HistoryItem, ...], action: str) -> dict[str, tuple[str | None, str | None]]:
    item = next(item for item in items if item.action == action)
    return {change.label: (change.before, change.after) for change in item.changes}


def test_values_read_as_the_screens_say_them(items: tuple[HistoryItem, ...]) -> None:
    agent = next(item for item in items if item.action == "accounts.change_role")
    assert said(items, "accounts.change_role") == {"Role": ("Agent", "Team leader")}
    assert said(items, "desk.move")["Status"] == ("Open", "Waiting for customer")
    assert said(items, "desk.change_priority")["Priority"][1] == "Critical"
    assert said(items, "desk.change_fields")["Type of ticket"][1] == "Complaint"
    assert said(items, "desk.change_fields")["Queue"][1] == Queue.objects.get(is_default=True).name
    assert said(items, "people.set_availability") == {"Availability": ("Available", "Busy")}
    assert said(items, "accounts.add_member")["Member"] == (None, User.objects.get(pk=agent.subject_id).name)


def test_a_policy_reads_as_a_promise(items: tuple[HistoryItem, ...]) -> None:
    changes = said(items[::-1], "standards.save_policy")
    assert re.fullmatch(r"First reply, within .+, of (Office hours|Round the clock).*", changes["Targets"][1] or "")
    assert changes["Escalation by time"][1] == (
        "First reply, level 1, 30 min before it is due, tells whoever has it, on the screen; "
        "First reply, level 2, when it is due, tells team leader, on the screen"
    )
    hours = said(items, "standards.save_calendar")["Opening hours"][1] or ""
    assert hours.startswith("Monday ")
    assert Calendar.objects.count() == 2


def test_every_act_of_the_source_is_worded() -> None:
    written = {
        action
        for file in SOURCE.rglob("*.py")
        for action in re.findall(r'action="([a-z_]+\.[a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    assert written - set(wording.actions()) == set()
    assert len(written) > 50


def test_a_page_of_history_takes_the_same_queries_for_many(items) -> None:
    few = count_queries()
    boss = actor_for(user=User.objects.get(origin=Origin.SAMPLE, role="administrator"))
    for amount in range(60, 90):
        people.set_limit(
            actor=boss,
            now=NOW,
            remedy="refund",
            amount=Decimal(amount),
            period="day",
            role="analyst",
            reason="Trial.",
        )
    assert Entry.objects.count() > len(items) + 30
    # Some two a kind of record shown, of which the sample has fifty.
    assert (few, count_queries()) == (134, 134)


def count_queries() -> int:
    with CaptureQueriesContext(connection) as seen:
        queries.entries(actor=system_actor(world=World.SAMPLE), filters=HistoryFilters(), limit=2000)
    return len(seen)
