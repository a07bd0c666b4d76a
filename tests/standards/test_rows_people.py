"""Criteria on roles and competence: somebody acts, and somebody else's work changes."""

import csv
import datetime as dt
import io
import re

import pytest

from tests.standards.conftest import Colleague
from wellserved.apps.accounts.models import User
from wellserved.apps.desk.models import Ticket
from wellserved.apps.people.models import InductionTask, JobRole, Skill, StaffSkill
from wellserved.platform import clock
from wellserved.platform.origin import Origin

pytestmark = pytest.mark.slow


def person(name: str) -> User:
    return User.objects.get(origin=Origin.SAMPLE, name=name)


def set_refunds(by: Colleague, of: User, *, days: int) -> None:
    set_level(by, of, "Refunds", days=days)


def set_level(by: Colleague, of: User, skill: str, *, days: int) -> None:
    until = clock.day_of(clock.now()) + dt.timedelta(days=days)
    by.send(
        "/people/skills/set",
        user_id=of.pk,
        skill_id=Skill.objects.get(name=skill, origin=Origin.SAMPLE).pk,
        level=3,
        expires_on=until.isoformat(),
        evidence="Ten of them checked",
        reason="Looked at on the day",
    )


def billing_ticket() -> Ticket:
    return Ticket.objects.filter(
        origin=Origin.SAMPLE, queue__name="Billing and returns", act_by__isnull=False, assignee=None
    ).earliest("pk")


def assign(by: Colleague, ticket: Ticket, to: User, reason: str = "") -> int:
    ticket.refresh_from_db()
    address = f"/c/{ticket.number}/assign"
    answer = by.client.post(address, {"assignee": to.pk, "version": ticket.version, "reason": reason})
    return int(answer.status_code)


def test_F17_O3_an_expired_certificate_leaves_the_queue_shows_the_gap_and_prompts_the_manager(
    manager: Colleague,
) -> None:
    isla, ticket = person("Isla Grant"), billing_ticket()
    set_refunds(manager, isla, days=40)
    assert "Cover is short in Billing and returns." not in manager.read("/")
    set_refunds(manager, isla, days=-1)
    assert assign(manager, ticket, isla) == 403
    ticket.refresh_from_db()
    assert ticket.assignee_id is None
    assert "Cover is short in Billing and returns." in manager.read("/")
    gaps = {(row["name"], row["skill"], row["needed"], row["held"]) for row in manager.ask("/gaps")["items"]}
    assert ("Isla Grant", "Refunds", 3, 0) in gaps
    set_refunds(manager, isla, days=365)
    assert assign(manager, ticket, isla) == 302
    ticket.refresh_from_db()
    assert ticket.assignee_id == isla.pk


def test_F17_K5_the_card_says_what_competence_does_to_solving_at_the_first_reply(manager: Colleague) -> None:
    told = re.compile(r"by the (\d+) who hold what their role requires, [\d,]+ of [\d,]+ by the (\d+) others")
    able, others = (int(each) for each in told.findall(manager.read("/learning"))[0])
    # A certificate renewed takes its holder from the one group to the other.
    set_refunds(manager, person("Karim Haddad"), days=365)
    assert told.findall(manager.read("/learning")) == [(str(able + 1), str(others - 1))]


def test_U34_4_3_a_new_pack_and_a_plan_are_on_her_page_until_she_says_that_she_read_them(
    agent: Colleague, manager: Colleague
) -> None:
    """Her shifts await part 5."""
    role = JobRole.objects.get(name="Customer service adviser", origin=Origin.SAMPLE)
    page = agent.read("/my-work")
    known = re.search(r"You are here as Customer service adviser; (\d+) things are asked of you", page)
    assert known
    assert "£50.00 per ticket" in page
    assert "90 % of first replies within 4 h" in page
    assert "First replies to her own tickets" in page
    manager.send(f"/people/roles/{role.pk}/write/selection", stages="Trial day", pass_mark=70)
    manager.send(f"/people/roles/{role.pk}/publish", reason="A trial day says more")
    asked = agent.read("/my-work")
    assert f"{int(known[1]) + 1} things are asked of you" in asked
    assert "Read pack 2 of your role, Customer service adviser" in asked
    agent.send("/acknowledge", kind="people.role", record=role.pk, number=2)
    assert "you have read pack 2" in agent.read("/my-work")
    holders = {row["name"]: row["read"] for row in manager.ask(f"/roles/{role.pk}")["holders"]}
    assert (holders["Ben Dahl"], holders["Priya Shah"]) == (2, 1)


def test_U34_A1_1d_the_allocation_shows_competence_and_experience_and_nobodys_mood(manager: Colleague) -> None:
    """The pulse of a team awaits what staff are asked; nobody's own mood is ever one of the figures."""
    resource = next(row for row in _links(manager, "/resources?kind=people", "/resources/"))
    plan = next(row for row in _links(manager, "/plans", "/plans/"))
    before = manager.read(f"/resources/{resource}/allocate/{plan}")
    assert "Can do alone, of needed:" in before
    assert "French 0 of 1 (0.0 FTE)" in before
    assert "years on average over" in before
    set_level(manager, person("Ben Dahl"), "French", days=365)
    assert "French 1 of 1 (1.0 FTE)" in manager.read(f"/resources/{resource}/allocate/{plan}")


def test_F11_E8_the_wizard_gives_four_documents_and_a_newcomer_dated_steps(manager: Colleague) -> None:
    begun = manager.send("/people/roles/new", name="Evening adviser", starter="adviser")
    role = JobRole.objects.get(name="Evening adviser")
    assert begun["Location"] == f"/people/roles/{role.pk}/write/description"
    manager.send(f"/people/roles/{role.pk}/publish")
    printed = manager.read(f"/people/roles/{role.pk}/print")
    assert [printed.count(name) for name in ("Duties", "Criterion", "Each criterion is scored", "Done by")] == [1] * 4
    manager.send(f"/people/roles/{role.pk}/give", user_id=person("Tom Whelan").pk, since="2026-03-09", with_induction=1)
    days = InductionTask.objects.filter(holder__role=role).order_by("place").values_list("due_on", flat=True)
    assert [day.isoformat() for day in days[:3]] == ["2026-03-09", "2026-03-09", "2026-03-10"]
    assert "Evening adviser" in manager.read(f"/people/{person('Tom Whelan').pk}")


def test_F11_E9_the_matrix_is_handed_out_as_it_stands(manager: Colleague) -> None:
    isla = person("Isla Grant")
    set_refunds(manager, isla, days=-1)
    answer = manager.client.get("/people/skills/export.csv")
    rows = [row for row in csv.DictReader(io.StringIO(answer.content.decode())) if row["person"] == "Isla Grant"]
    cell = next(row for row in rows if row["skill"] == "Refunds")
    assert (cell["level"], cell["required"], cell["state"], cell["cover"]) == ("0", "3", "expired", "1 of 2")
    assert StaffSkill.objects.get(user=isla, skill__name="Refunds").level == 3


def _links(of: Colleague, page: str, prefix: str) -> list[int]:
    body = of.client.get(page).content.decode()
    found = [part.split('"')[0] for part in body.split(f'href="{prefix}')[1:]]
    return [int(each) for each in found if each.isdigit()]
