"""The crisis room: its clock, its log, the status page, the review that ends it."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.standards.actions import crises
from wellserved.apps.standards.models import Crisis, CrisisEntry
from wellserved.apps.standards.queries import crises as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
PARTS = {"course": "Take orders by telephone.", "because": "The supplier needs two hours."}


def after(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def declare(who: Persona) -> int:
    return crises.declare(actor=who.actor, title="The website is down", what="Orders fail since ten.", now=NOW)


def test_the_clock_runs_until_the_first_proposal_and_no_second_moves_it(lena: Persona):
    pk = declare(lena)
    assert queries.crisis(actor=lena.actor, crisis_id=pk).row.to_proposal_seconds is None
    crises.propose(actor=lena.actor, crisis_id=pk, parts=PARTS, now=after(11))
    crises.propose(actor=lena.actor, crisis_id=pk, parts=PARTS | {"course": "Wait."}, now=after(20))
    found = queries.crisis(actor=lena.actor, crisis_id=pk)
    assert (found.row.to_proposal_seconds, [entry.body for entry in found.entries]) == (
        660,
        ["Wait.", "Take orders by telephone."],
    )


def test_a_proposal_is_decided_once(lena: Persona, amira: Persona):
    pk = declare(lena)
    proposal = crises.propose(actor=lena.actor, crisis_id=pk, parts=PARTS, now=after(5))
    crises.decide(actor=amira.actor, crisis_id=pk, proposal_id=proposal, is_accepted=True, words="Do it.", now=after(6))
    with pytest.raises(Conflict, match="has been decided"):
        crises.decide(
            actor=lena.actor, crisis_id=pk, proposal_id=proposal, is_accepted=False, words="No.", now=after(7)
        )
    decision = queries.crisis(actor=lena.actor, crisis_id=pk).entries[-1].decision
    assert decision is not None
    assert (decision.is_accepted, decision.by, CrisisEntry.objects.count()) == (True, "Amira Haddad", 2)


def test_the_status_page_shows_what_stands_and_what_was_fixed_and_nothing_of_the_log(lena: Persona):
    pk = declare(lena)
    assert queries.public_problems(world=World.REAL, now=after(1)) == ()
    crises.publish(actor=lena.actor, crisis_id=pk, line="Our website is down.", expected_at=after(120), now=after(2))
    (problem,) = queries.public_problems(world=World.REAL, now=after(3))
    assert (problem.line, problem.expected_at, problem.fixed_at) == ("Our website is down.", after(120), None)
    assert queries.public_problems(world=World.SAMPLE, now=after(3)) == ()
    crises.stand_down(actor=lena.actor, crisis_id=pk, worked="All.", to_change="Nothing.", now=after(60))
    (fixed,) = queries.public_problems(world=World.REAL, now=after(61))
    assert fixed.fixed_at == after(60)
    assert queries.public_problems(world=World.REAL, now=after(60) + dt.timedelta(days=7)) == ()


def test_a_crisis_ends_with_its_review_and_then_its_log_is_closed(lena: Persona):
    pk = declare(lena)
    with pytest.raises(Invalid, match="Say what worked"):
        crises.stand_down(actor=lena.actor, crisis_id=pk, worked=" ", to_change="Nothing.", now=after(60))
    crises.stand_down(
        actor=lena.actor,
        crisis_id=pk,
        worked="The cover list.",
        to_change="A deputy.",
        cost=Decimal(300),
        now=after(60),
    )
    with pytest.raises(Conflict, match="This crisis is over"):
        crises.log(actor=lena.actor, crisis_id=pk, kind="action", words="More.", now=after(61))
    found = queries.crisis(actor=lena.actor, crisis_id=pk)
    assert (found.row.lasted_seconds, found.cost, len(found.entries)) == (3600, Decimal(300), 0)


def test_an_agent_declares_nothing_and_a_foreign_proposal_is_unknown(ben: Persona, lena: Persona):
    with pytest.raises(Refused):
        declare(ben)
    first, second = declare(lena), declare(lena)
    foreign = crises.propose(actor=lena.actor, crisis_id=first, parts=PARTS, now=after(1))
    with pytest.raises(NotFound):
        crises.decide(
            actor=lena.actor, crisis_id=second, proposal_id=foreign, is_accepted=True, words="Do it.", now=after(2)
        )
    assert (Crisis.objects.count(), CrisisEntry.objects.count()) == (2, 1)


def test_a_proposal_says_at_least_what_and_why(lena: Persona):
    pk = declare(lena)
    with pytest.raises(Invalid, match="Say what we do and why"):
        crises.propose(actor=lena.actor, crisis_id=pk, parts={"course": "Wait."}, now=after(1))
    assert Crisis.objects.get().proposed_at is None
