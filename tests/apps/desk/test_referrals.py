"""Over the limit, a matter goes to somebody who may: with its question, its time, and never back without a reason."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.apps.desk.conftest import NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Role
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.actions import complaints, referrals
from wellserved.apps.desk.models import Clock, Complaint, Referral, Ticket
from wellserved.apps.desk.queries import advisers
from wellserved.apps.desk.queries import complaints as complaint_queries
from wellserved.apps.desk.queries import referrals as asked
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Mention
from wellserved.apps.people import actions as people
from wellserved.apps.people.models import AuthorityUse
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(db: None) -> None:
    """Agents refund to 50 a ticket, leaders to 200, managers to 1,000 a month."""
    for role, amount, period in (
        (Role.AGENT, "50", "ticket"),
        (Role.TEAM_LEADER, "200", "ticket"),
        (Role.MANAGER, "1000", "month"),
    ):
        people.set_limit(
            actor=system_actor(),
            remedy="refund",
            amount=Decimal(amount),
            period=period,
            role=role,
            reason="Agreed",
            now=NOW,
        )


@pytest.fixture
def put(parcel: Ticket, ben: Persona, lena: Persona) -> int:
    """Return ben's referral of a refund of 80 to lena, due in four hours."""
    return refer(ben, parcel, lena)


def refer(who: Persona, ticket: Ticket, to: Persona, **given: Any) -> int:
    wanted = {
        "question": "The vase came broken. May I refund it?",
        "remedy": "refund",
        "amount": Decimal(80),
        "due_at": at(3, 14),
        "now": at(3, 10, 5),
    } | given
    return referrals.refer(actor=who.actor, ticket_id=ticket.pk, asked_of_id=to.user.pk, **wanted)


def test_over_the_limit_the_ticket_is_referred_and_stays_whose_it_was(
    parcel: Ticket, ben: Persona, lena: Persona, fresh: Callable[[Ticket], Ticket]
) -> None:
    actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3, 10, 1))
    before = list(Clock.objects.filter(ticket=parcel).order_by("metric").values_list("metric", "due_at", "state"))
    refer(ben, parcel, lena)
    after = list(Clock.objects.filter(ticket=parcel).order_by("metric").values_list("metric", "due_at", "state"))
    assert (fresh(parcel).assignee_id, fresh(parcel).status, after) == (ben.user.pk, "new", before)
    assert Mention.objects.get(user=lena.user).comment.body.startswith("Ben Okafor: The vase came broken")
    said = [item.detail for item in queries.timeline(actor=ben.actor, ticket_id=parcel.pk)]
    assert "Put to Lena Fischer (refund of £80.00)." in said


def test_nobody_decides_who_was_not_asked_or_asked_it_herself(put: int, ben: Persona, amira: Persona) -> None:
    for who in (ben, amira):
        with pytest.raises(Refused) as refusal:
            referrals.decide(actor=who.actor, referral_id=put, outcome="granted", now=at(3, 11))
        assert refusal.value.code == "not_asked"
    assert Referral.objects.get(pk=put).state == "waiting"
    assert not AuthorityUse.objects.exists()


def test_what_is_granted_uses_the_deciders_limit_and_is_given_in_one_reply(
    put: int, parcel: Ticket, ben: Persona, lena: Persona
) -> None:
    referrals.accept(actor=lena.actor, referral_id=put, now=at(3, 10, 10))
    referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 10, 20))
    use = AuthorityUse.objects.get()
    assert (use.user_id, use.remedy, use.amount) == (lena.user.pk, "refund", Decimal(80))
    assert Mention.objects.filter(user=ben.user).count() == 2
    saved = actions.reply(
        actor=ben.actor, ticket_id=parcel.pk, body="We refund it.", referral_id=put, now=at(3, 10, 30)
    )
    row = Referral.objects.get(pk=put)
    assert (row.used_at, row.used_in_id, AuthorityUse.objects.count()) == (at(3, 10, 30), saved.message_id, 1)
    with pytest.raises(Conflict) as refusal:
        actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Again.", referral_id=put, now=at(3, 10, 40))
    assert refusal.value.code == "referral_used"


def test_a_reply_taken_back_leaves_the_grant_to_be_given(put: int, parcel: Ticket, ben: Persona, lena: Persona) -> None:
    referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 10, 20))
    saved = actions.reply(
        actor=ben.actor, ticket_id=parcel.pk, body="We refund it.", referral_id=put, now=at(3, 10, 30)
    )
    assert saved.message_id
    actions.take_back_reply(actor=ben.actor, ticket_id=parcel.pk, message_id=saved.message_id, now=at(3, 10, 30, 5))
    row = Referral.objects.get(pk=put)
    assert (row.used_at, row.used_in_id, AuthorityUse.objects.count()) == (None, None, 1)


def test_a_decider_whose_role_has_changed_meanwhile_is_held_to_the_new_limit(put: int, lena: Persona) -> None:
    User.objects.filter(pk=lena.user.pk).update(role=Role.AGENT)
    with pytest.raises(Refused) as refusal:
        referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 11))
    assert refusal.value.code == "over_authority"
    assert (Referral.objects.get(pk=put).state, AuthorityUse.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize("verb", ["give_back", "pass_on", "decide"])
def test_nothing_comes_back_or_goes_on_without_a_reason(put: int, lena: Persona, amira: Persona, verb: str) -> None:
    given: dict[str, dict[str, Any]] = {
        "give_back": {"reason": "  "},
        "pass_on": {"to_id": amira.user.pk, "reason": ""},
        "decide": {"outcome": "refused"},
    }
    with pytest.raises(Invalid) as refusal:
        getattr(referrals, verb)(actor=lena.actor, referral_id=put, now=at(3, 11), **given[verb])
    row = Referral.objects.get(pk=put)
    assert (refusal.value.code, row.state, row.asked_of_id) == ("reason_required", "waiting", lena.user.pk)


def test_it_is_passed_on_with_a_reason_and_the_next_one_decides(put: int, lena: Persona, amira: Persona) -> None:
    referrals.pass_on(
        actor=lena.actor, referral_id=put, to_id=amira.user.pk, reason="The courier is your contract", now=at(3, 11)
    )
    with pytest.raises(Refused):
        referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 11, 5))
    referrals.decide(
        actor=amira.actor,
        referral_id=put,
        outcome="other",
        remedy="refund",
        amount=Decimal(40),
        answer="Half, the rest is insured",
        now=at(3, 11, 10),
    )
    row = Referral.objects.get(pk=put)
    assert (row.state, row.granted_amount, row.closed_by_id) == ("other", Decimal(40), amira.user.pk)
    assert [step.reason for step in asked.passes(actor=lena.actor, referral_id=put)] == ["The courier is your contract"]


def test_of_two_decisions_at_once_the_first_stands(put: int, lena: Persona) -> None:
    referrals.decide(actor=lena.actor, referral_id=put, outcome="refused", answer="It was insured", now=at(3, 11))
    with pytest.raises(Conflict) as refusal:
        referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 11))
    assert (refusal.value.code, AuthorityUse.objects.count()) == ("referral_over", 0)


def test_refunds_split_over_tickets_are_held_by_the_period(
    put: int, parcel: Ticket, ben: Persona, amira: Persona, queue_a: int, dev_customer: int
) -> None:
    referrals.withdraw(actor=ben.actor, referral_id=put, now=at(3, 10, 6))
    first = refer(ben, parcel, amira, amount=Decimal(700))
    referrals.decide(actor=amira.actor, referral_id=first, outcome="granted", now=at(3, 11))
    other = open_for(customer_id=dev_customer, queue_id=queue_a)
    second = refer(ben, other, amira, amount=Decimal(400))
    with pytest.raises(Refused) as refusal:
        referrals.decide(actor=amira.actor, referral_id=second, outcome="granted", now=at(3, 12))
    assert (refusal.value.data["used"], Referral.objects.get(pk=second).state) == (Decimal(700), "waiting")


def test_advice_leaves_the_decision_where_it_is(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    made = refer(ben, parcel, lena, kind="advice", remedy="", amount=None, question="What does the law say?")
    referrals.give_advice(actor=lena.actor, referral_id=made, answer="Thirty days to reject it", now=at(3, 11))
    row = Referral.objects.get(pk=made)
    assert (row.state, row.answer, row.granted_amount) == ("advised", "Thirty days to reject it", None)


def test_only_somebody_who_sees_the_ticket_and_may_decide_is_asked(
    parcel: Ticket, ben: Persona, chloe: Persona, lena: Persona
) -> None:
    for who, amount in ((chloe, Decimal(10)), (ben, Decimal(10)), (lena, Decimal(201))):
        with pytest.raises(Invalid):
            refer(ben, parcel, who, amount=amount)
    assert not Referral.objects.exists()


def test_a_referral_of_another_team_reads_as_absent(put: int, chloe: Persona) -> None:
    with pytest.raises(NotFound):
        asked.referral(actor=chloe.actor, referral_id=put, now=NOW)
    assert asked.referrals(actor=chloe.actor, now=NOW).rows == ()


def test_the_directory_names_topics_cover_and_authority(ben: Persona, lena: Persona) -> None:
    skill = people.create_skill(actor=system_actor(), name="Refund law", minimum_cover=1, now=NOW)
    people.set_skill(actor=system_actor(), user_id=lena.user.pk, skill_id=skill, level=4, now=NOW)
    first = advisers.advisers(actor=ben.actor, q="refund law", now=NOW)[0]
    assert (first.name, first.topics, first.level) == ("Lena Fischer", ("Refund law",), 2)
    assert first.limits == (("Refund", Decimal(200), "GBP"),)


def test_the_figures_count_what_was_solved_first_and_decided_otherwise(
    put: int, parcel: Ticket, ben: Persona, lena: Persona, queue_a: int, dev_customer: int
) -> None:
    referrals.decide(actor=lena.actor, referral_id=put, outcome="refused", answer="Insured", now=at(3, 11))
    for ticket in (parcel, open_for(customer_id=dev_customer, queue_id=queue_a)):
        actions.move(actor=ben.actor, ticket_id=ticket.pk, move="resolve", now=at(3, 12))
    found = asked.figures(actor=ben.actor, now=at(3, 13))
    assert (found.solved, found.solved_first, found.decided, found.decided_otherwise) == (2, 1, 1, 1)


def test_the_register_asks_the_same_questions_for_5_and_500(
    put: int, ben: Persona, lena: Persona, parcel: Ticket, django_assert_num_queries: Any
) -> None:
    row = Referral.objects.get(pk=put)
    Referral.objects.bulk_create(
        Referral(
            ticket=parcel,
            question=f"May I refund {n}?",
            asked_by=row.asked_by,
            asked_of=row.asked_of,
            asked_at=NOW,
            due_at=NOW + dt.timedelta(minutes=n),
        )
        for n in range(500)
    )
    actor = ben.actor
    for limit in (5, 200):
        with django_assert_num_queries(1):
            assert len(asked.referrals(actor=actor, limit=limit, now=NOW).rows) == limit


def complain(ticket: Ticket, now: dt.datetime, **given: Any) -> Complaint:
    """Handle a ticket as a complaint."""
    made = complaints.open_complaint(actor=system_actor(), ticket_id=ticket.pk, now=now, **given)
    return Complaint.objects.get(pk=made)


def remedies(row: Complaint) -> list[tuple[str, Decimal | None, str]]:
    """Return what the page of a complaint lists, after its cost was found to be the sum."""
    found = complaint_queries.complaint(actor=system_actor(), complaint_id=row.pk, now=at(3, 18))
    assert found.row.cost == sum(remedy.amount or 0 for remedy in found.remedies)
    return [(remedy.kind, remedy.amount, remedy.by) for remedy in found.remedies]


def test_what_is_granted_by_referral_on_a_complaint_is_its_remedy_once(
    put: int, parcel: Ticket, ben: Persona, lena: Persona
) -> None:
    row = complain(parcel, at(3, 10, 6))
    referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 10, 20))
    assert remedies(row) == [("refund", Decimal(80), "Lena Fischer")]
    sent = actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="We refund it.", referral_id=put, now=at(3, 11))
    assert remedies(row) == [("refund", Decimal(80), "Lena Fischer")]
    assert sent.message_id
    actions.take_back_reply(actor=ben.actor, ticket_id=parcel.pk, message_id=sent.message_id, now=at(3, 11, 0, 5))
    # The grant stands and waits to be told.
    assert remedies(row) == [("refund", Decimal(80), "Lena Fischer")]
    [said] = [item for item in ledger.history(actor=lena.actor, subject=("desk.complaint", row.pk)) if item.reason]
    assert (said.sentence, said.reason) == ("put something right", "Granted by referral")


def test_a_refund_given_with_a_reply_is_a_remedy_until_the_reply_is_taken_back(parcel: Ticket, ben: Persona) -> None:
    row = complain(parcel, at(3, 10, 6))
    sent = actions.reply(
        actor=ben.actor,
        ticket_id=parcel.pk,
        body="We refund it.",
        remedy=actions.Remedy(kind="refund", amount=Decimal(30)),
        now=at(3, 11),
    )
    assert remedies(row) == [("refund", Decimal(30), "Ben Okafor")]
    assert sent.message_id
    actions.take_back_reply(actor=ben.actor, ticket_id=parcel.pk, message_id=sent.message_id, now=at(3, 11, 0, 5))
    assert (remedies(row), AuthorityUse.objects.count()) == ([], 0)


def test_what_was_granted_since_she_complained_is_there_when_the_ticket_becomes_a_complaint(
    put: int, parcel: Ticket, ben: Persona, lena: Persona
) -> None:
    refund = actions.Remedy(kind="refund", amount=Decimal(10))
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="Ten back.", remedy=refund, now=at(3, 10, 10))
    referrals.decide(actor=lena.actor, referral_id=put, outcome="granted", now=at(3, 10, 20))
    actions.customer_message(actor=system_actor(), ticket_id=parcel.pk, body="I complain.", now=at(3, 10, 30))
    later = actions.Remedy(kind="refund", amount=Decimal(20))
    actions.reply(actor=lena.actor, ticket_id=parcel.pk, body="Twenty more.", remedy=later, now=at(3, 10, 40))
    row = complain(parcel, at(3, 11))
    assert remedies(row) == [("refund", Decimal(20), "Lena Fischer")]
    # What was granted before she complained is among its remedies once it is given for it.
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="And this.", referral_id=put, now=at(3, 12))
    assert remedies(row) == [("refund", Decimal(20), "Lena Fischer"), ("refund", Decimal(80), "Lena Fischer")]


def test_a_grant_that_is_refused_is_no_remedy(parcel: Ticket, ben: Persona) -> None:
    row = complain(parcel, at(3, 10, 6))
    with pytest.raises(Refused):
        actions.reply(
            actor=ben.actor,
            ticket_id=parcel.pk,
            body="All of it.",
            remedy=actions.Remedy(kind="refund", amount=Decimal(51)),
            now=at(3, 11),
        )
    assert (remedies(row), Complaint.objects.get().version) == ([], row.version)
