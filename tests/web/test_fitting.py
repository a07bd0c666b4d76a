"""Where risks, playbooks, partners, policies and customers fit: true neighbours, or what would make them."""

import dataclasses
import datetime as dt
import re

import pytest

from tests.apps.standards.test_risks import facts
from tests.personas import Persona
from tests.web.conftest import Service
from tests.web.test_offer import make_expectation, make_segment
from wellserved.apps.standards.actions import activations, commitments, contingencies, partners, risks
from wellserved.apps.standards.models import Calendar, Policy, Standard
from wellserved.apps.standards.types.risks import Step

pytestmark = pytest.mark.django_db
_STEP = re.compile(r'<li class="(?:has|none).*?</li>', re.DOTALL)
LATER = dt.date(2099, 1, 1)
EXPECTED = "An answer the same day"
STEPS = ("expectation", "standard", "clock", "deviation", "problem", "change", "effect", "evidence")


@dataclasses.dataclass(frozen=True)
class House:
    """A service with an expectation, a standard that answers it, and a playbook that watches it for a risk."""

    standard: int
    partner: int
    risk: int
    playbook: int


@pytest.fixture
def house(service: Service) -> House:
    boss, now = service.manager.actor, service.now
    partner = partners.save_partner(actor=boss, partner_id=None, name="Swiftline", known_as="courier", now=now)
    partners.declare(actor=boss, partner_id=partner, has_interest=False, now=now)
    expected = make_expectation(service.manager, make_segment(service.manager), EXPECTED)
    standard = promise(service, expected, name="Same day", audience="customers")
    agreed = promise(
        service, expected, name="Courier answers", audience="partners", partner_id=partner, agreed_with="The depot"
    )
    commitments.agree(actor=boss, standard_id=agreed, now=now)
    steps = [Step(what="Call two more in", role="Manager", minutes=10)]
    trigger = {"measure": "first_reply", "rule": "below", "value": 0.8, "for_minutes": 0}
    given = contingencies.PlaybookFacts(name="Too few people", steps=steps, trigger=trigger)
    playbook = contingencies.save_playbook(actor=boss, contingency_id=None, facts=given, now=now)
    risk = risks.save_risk(
        actor=boss, risk_id=None, facts=dataclasses.replace(facts(), review_on=LATER), seed=7, now=now
    )
    risks.answer(actor=boss, risk_id=risk, playbook_ids=[playbook], now=now)
    return House(standard=standard, partner=partner, risk=risk, playbook=playbook)


def promise(service: Service, expected: int, **given: object) -> int:
    answers = {
        "expectation": "They wait.",
        "expectation_id": expected,
        "promise": "Within a working day.",
        "measure": "first_reply",
        "source": "desk",
        "target": 0.9,
        "seconds": 3600,
        "calendar": Calendar.objects.get().pk,
        "frequency": "week",
        "effective_on": service.now.date(),
        "owner_id": service.manager.user.pk,
        "review_on": LATER,
    } | given
    row = commitments.save_draft(actor=service.manager.actor, standard_id=None, answers=answers, now=service.now)
    return row.pk


def go_live(service: Service, standard: int) -> Standard:
    commitments.agree(actor=service.manager.actor, standard_id=standard, now=service.now)
    return commitments.put_live(actor=service.manager.actor, standard_id=standard, now=service.now)


def strip(who: Persona, path: str) -> dict[str, str]:
    """Return the words and addresses at each step of the strip of a page."""
    page = who.client.get(path).content.decode()
    found = _STEP.findall(page[page.index('<section class="strip"') :])
    return dict(zip(STEPS, found, strict=False))


def test_a_risk_and_its_playbook_stand_beside_the_standard_they_watch_and_the_day_they_were_needed(
    service: Service, house: House
):
    boss = service.manager
    for path in (f"/risks/{house.risk}", f"/contingencies/{house.playbook}"):
        assert 'class="none' in strip(boss, path)["standard"]
        assert "what a standard measures" in strip(boss, path)["standard"]
    go_live(service, house.standard)
    activations.activate(actor=boss.actor, contingency_id=house.playbook, now=service.now)
    for path in (f"/risks/{house.risk}", f"/contingencies/{house.playbook}"):
        found = strip(boss, path)
        assert f'<a href="/standards/{house.standard}"' in found["standard"]
        assert EXPECTED in found["expectation"]
        assert f'<a href="/contingencies/{house.playbook}" title="Activated by hand."' in found["deviation"]
        assert 'class="none' in found["problem"]


def test_a_partner_stands_beside_what_it_agreed_to(service: Service, house: House):
    boss = service.manager
    found = strip(boss, f"/partners/{house.partner}")
    assert ("Courier answers" in found["standard"], EXPECTED in found["expectation"]) == (True, True)
    other = partners.save_partner(actor=boss.actor, partner_id=None, name="Other", known_as="other", now=service.now)
    assert "make an agreement with this partner" in strip(boss, f"/partners/{other}")["standard"]


def test_a_policy_stands_between_the_standard_that_writes_it_and_the_tickets_under_it(service: Service, house: House):
    policy = Policy.objects.get()
    found = strip(service.manager, f"/standards/policies/{policy.pk}")
    assert f'<a href="/c/{service.number}"' in found["clock"]
    assert "this record" in found["standard"]
    assert "leads there" in found["expectation"]
    live = go_live(service, house.standard)
    assert live.policy_id == policy.pk
    found = strip(service.manager, f"/standards/policies/{policy.pk}")
    assert ("Same day" in found["standard"], EXPECTED in found["expectation"]) == (True, True)


def test_a_customer_stands_beside_what_she_expects_and_what_runs_for_her(service: Service, house: House):
    go_live(service, house.standard)
    found = strip(service.agent, f"/customers/{service.customer_id}")
    assert EXPECTED in found["expectation"]
    assert "Same day" in found["standard"]
    assert f'<a href="/c/{service.number}"' in found["clock"]


def test_a_ticket_of_another_team_is_no_neighbour(service: Service, house: House, chloe: Persona):
    found = strip(chloe, f"/customers/{service.customer_id}")
    assert str(service.number) not in found["clock"]
    assert "the next ticket she opens" in found["clock"]
