"""Approvals: one answer each, never one's own, for exactly what was asked."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.apps.ledger import world
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.ledger import approving
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.models import Approval, Entry, Vote
from wellserved.apps.ledger.queries import approvals as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
NOW = world.NOW
TOMORROW = NOW + dt.timedelta(days=1)
REFUND = approving.fingerprint({"refund": "80.00"})


@pytest.fixture
def ask(agent):
    def put(**given):
        return approvals.request(
            **{
                "actor": agent,
                "purpose": "test.refund",
                "subject": (world.KIND, 7),
                "summary": "Refund 80.00 to the customer",
                "digest": REFUND,
                "capability": DECIDE,
                "amount": Decimal("80.00"),
                "currency": "GBP",
                "detail": [("Refund", "", "80.00")],
                "expires_at": TOMORROW,
                "now": NOW,
                **given,
            }
        )

    return put


def state(approval_id):
    return Approval.objects.get(pk=approval_id).state


def test_a_manager_approves_and_the_approval_takes_effect_once(ask, agent, manager):
    asked = ask()
    assert [row.id for row in queries.waiting(actor=manager, now=NOW)] == [asked]
    assert approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW) == "approved"
    assert queries.waiting(actor=manager, now=NOW) == ()
    effect = {"actor": agent, "approval_id": asked, "digest": REFUND, "amount": Decimal("80.00"), "now": NOW}
    approvals.take_effect(**effect)
    assert state(asked) == "used"
    with pytest.raises(Conflict, match="already settled: taken effect"):
        approvals.take_effect(**effect)
    sentences = [item.sentence for item in ledger.history(actor=manager, subject=(world.KIND, 7))]
    assert sentences == ["carried out what was approved", "answered an approval", "asked for approval"]


def test_nobody_decides_on_her_own_request(manager, ask):
    asked = ask(actor=manager)
    with pytest.raises(Refused, match="somebody else decides"):
        approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW)
    assert state(asked) == "open"
    assert Vote.objects.count() == 0


def test_somebody_without_the_capability_may_not_even_see_it(ask):
    asked = ask()
    other = world.person("Olive", "agent")
    with pytest.raises(NotFound):
        approvals.decide(actor=other, approval_id=asked, approve=True, now=NOW)
    assert state(asked) == "open"


def test_another_world_sees_nothing(ask):
    asked = ask()
    stranger = world.person("Sam", "manager", World.SAMPLE)
    with pytest.raises(NotFound):
        queries.approval(actor=stranger, approval_id=asked, now=NOW)


def test_two_of_three_named_people_are_enough_and_two_refusals_settle_it(ask, manager):
    second, third = world.person("Two", "manager"), world.person("Three", "decision_maker")
    named = [manager.user_id, second.user_id, third.user_id]
    asked = ask(approver_ids=named, needed=2)
    assert approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW) == "open"
    with pytest.raises(Conflict, match="already answered"):
        approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW)
    assert approvals.decide(actor=second, approval_id=asked, approve=False, reason="Too much.", now=NOW) == "open"
    assert approvals.decide(actor=third, approval_id=asked, approve=True, now=NOW) == "approved"
    other = ask(approver_ids=named, needed=2)
    approvals.decide(actor=manager, approval_id=other, approve=False, reason="No.", now=NOW)
    assert approvals.decide(actor=third, approval_id=other, approve=False, reason="No.", now=NOW) == "refused"


def test_a_manager_who_was_not_named_may_not_answer(ask, manager):
    asked = ask(approver_ids=[manager.user_id])
    other = world.person("Other", "manager")
    with pytest.raises(Refused, match="put to other people"):
        approvals.decide(actor=other, approval_id=asked, approve=True, now=NOW)


def test_a_refusal_needs_its_reason(ask, manager):
    asked = ask()
    with pytest.raises(Invalid, match="Say why you refuse"):
        approvals.decide(actor=manager, approval_id=asked, approve=False, now=NOW)
    assert state(asked) == "open"


def test_only_what_was_approved_takes_effect(ask, agent, manager):
    asked = ask()
    approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW)
    effect = {"actor": agent, "approval_id": asked, "digest": REFUND, "amount": Decimal("80.00"), "now": NOW}
    with pytest.raises(Conflict, match="not what is about to happen"):
        approvals.take_effect(**{**effect, "digest": approving.fingerprint({"refund": "90.00"})})
    with pytest.raises(Refused, match=r"up to 80\.00 GBP"):
        approvals.take_effect(**{**effect, "amount": Decimal("80.01")})
    with pytest.raises(Refused, match="Only whoever asked"):
        approvals.take_effect(**{**effect, "actor": manager})
    with pytest.raises(Conflict, match="ran out of time"):
        approvals.take_effect(**{**effect, "now": TOMORROW})
    assert state(asked) == "approved"


def test_a_counter_offer_accepted_counts_as_that_persons_yes(ask, agent, manager):
    asked = ask()
    with pytest.raises(Invalid, match="Offer less"):
        approvals.counter_offer(
            actor=manager, approval_id=asked, amount=Decimal("80.00"), reason="Half is fair.", now=NOW
        )
    approvals.counter_offer(actor=manager, approval_id=asked, amount=Decimal("40.00"), reason="Half is fair.", now=NOW)
    assert state(asked) == "countered"
    half = approving.fingerprint({"refund": "40.00"})
    with pytest.raises(Refused, match="Only whoever asked"):
        approvals.accept_counter(actor=manager, approval_id=asked, digest=half, now=NOW)
    assert approvals.accept_counter(actor=agent, approval_id=asked, digest=half, now=NOW) == "approved"
    row = queries.approval(actor=agent, approval_id=asked, now=NOW)
    assert (row.amount, row.given, [vote.answer for vote in row.votes]) == (Decimal("40.00"), 1, ["counter", "approve"])


def test_whoever_asked_may_withdraw_and_nobody_decides_after(ask, agent, manager):
    asked = ask()
    with pytest.raises(Refused):
        approvals.withdraw(actor=manager, approval_id=asked, now=NOW)
    approvals.withdraw(actor=agent, approval_id=asked, now=NOW)
    with pytest.raises(Conflict, match="already settled: withdrawn"):
        approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW)


def test_what_nobody_answered_expires_once(ask, manager):
    asked = ask()
    system = accounts.system_actor()
    assert approvals.expire(actor=system, now=NOW) == 0
    with pytest.raises(Conflict, match="ran out of time"):
        approvals.decide(actor=manager, approval_id=asked, approve=True, now=TOMORROW)
    assert approvals.expire(actor=system, now=TOMORROW) == 1
    assert approvals.expire(actor=system, now=TOMORROW) == 0
    assert state(asked) == "expired"


def test_a_limit_of_authority_and_a_changed_record_stop_a_decision(ask, manager, monkeypatch):
    standing = [REFUND]
    purpose = approving.Purpose(
        key="test.refund",
        label="Refund",
        digest_now=lambda _: standing[0],
        objection=lambda _, amount: "Your limit is 50.00 GBP." if amount > 50 else "",
    )
    monkeypatch.setattr(approving, "registry", {"test.refund": purpose})
    asked = ask()
    with pytest.raises(Refused, match="Your limit is 50"):
        approvals.decide(actor=manager, approval_id=asked, approve=True, now=NOW)
    small = ask(amount=Decimal(30))
    standing[0] = "0" * 64
    with pytest.raises(Conflict, match="changed since"):
        approvals.decide(actor=manager, approval_id=small, approve=True, now=NOW)
    assert {state(asked), state(small)} == {"open"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"needed": 0}, "At least one person"),
        ({"capability": ""}, "Name who may approve"),
        ({"expires_at": NOW}, "Leave time"),
        ({"approver_ids": [999_999]}, "must be somebody who may approve"),
    ],
)
def test_a_request_that_nobody_could_answer_is_refused(ask, given, sentence):
    with pytest.raises(Invalid, match=sentence):
        ask(**given)
    assert (Approval.objects.count(), Entry.objects.count()) == (0, 0)


def test_naming_oneself_among_the_approvers_does_not_count(ask, manager):
    with pytest.raises(Invalid, match="only 1 people besides you"):
        ask(actor=world.person("Two", "manager"), approver_ids=[manager.user_id], needed=2)


def test_the_list_takes_the_same_queries_for_many(ask, manager, django_assert_num_queries):
    ask()
    with django_assert_num_queries(3):
        assert len(queries.waiting(actor=manager, now=NOW)) == 1
    for _ in range(10):
        ask()
    with django_assert_num_queries(3):
        assert len(queries.waiting(actor=manager, now=NOW)) == 11
