"""Promises to customers, colleagues and partners; updates; comfort checks; notices told to many at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.apps.desk.conftest import HOUR, NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions, plain, queries
from wellserved.apps.desk.models import ComfortCheck, Customer, Message, Notice, NoticeCopy, Promise, Ticket
from wellserved.apps.desk.queries import comfort, notices, portal, promising, updates
from wellserved.apps.desk.saying import read_promise
from wellserved.apps.ledger.models import Mention
from wellserved.apps.standards import actions as standards
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "what", "due"),
    [
        ("I will ring you back by Friday 14:00", "ring you back", at(6, 14)),
        ("I'll send the form by tomorrow", "send the form", at(4, 17)),
        ("Refund it within 2 hours", "Refund it", at(3, 12)),
        ("write to you by 12 March at 9am", "write to you", at(12, 9)),
        ("replace it by hand by 2026-03-05 11:30", "replace it by hand", at(5, 11, 30)),
        ("call by 15:00.", "call", at(3, 15)),
        ("call by Tuesday noon", "call", at(10, 12)),
    ],
)
def test_a_promise_is_read_from_one_line(line: str, what: str, due: dt.datetime) -> None:
    assert read_promise(line, now=NOW, zone="Europe/London") == (what, due)


@pytest.mark.parametrize("line", ["", "ring you", "ring you by then", "by Friday", "ring you by 31 February"])
def test_a_line_without_what_or_when_says_what_would_work(line: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_promise(line, now=NOW, zone="Europe/London")
    assert refusal.value.code == "promise_line"


def promise(who: Persona, ticket: Ticket, **given: Any) -> int:
    wanted = {"text": "Ring back", "due_at": at(3, 14), "now": NOW} | given
    return actions.make_promise(actor=who.actor, ticket_id=ticket.pk, **wanted)


def test_a_promise_may_be_made_to_a_colleague_or_a_partner(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    promise(ben, parcel, made_to="colleague", to_user_id=lena.user.pk)
    promise(ben, parcel, made_to="partner", to_name="Swift Couriers")
    rows = promising.due_list(actor=ben.actor, now=NOW).rows
    assert [(row.made_to, row.to_name) for row in rows] == [
        ("colleague", "Lena Fischer"),
        ("partner", "Swift Couriers"),
    ]
    assert queries.portal_ticket(actor=portal_holder(parcel), number=parcel.number, now=NOW).promises == ()


def portal_holder(ticket: Ticket) -> Any:
    return portal.holder_of(ticket, ticket.customer)


@pytest.mark.parametrize(
    "given", [{"made_to": "colleague"}, {"made_to": "partner", "to_name": " "}, {"made_to": "somebody"}]
)
def test_a_promise_to_others_names_them(parcel: Ticket, ben: Persona, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        promise(ben, parcel, **given)
    assert (refusal.value.code, Promise.objects.count()) == ("promise_to", 0)


def test_a_broken_promise_says_why(parcel: Ticket, ben: Persona) -> None:
    made = promise(ben, parcel)
    for state in ("broken", "kept"):
        with pytest.raises(Invalid) as refusal:
            actions.settle_promise(actor=ben.actor, promise_id=made, state=state, now=at(3, 15))
        assert refusal.value.code == "promise_cause"
    assert Promise.objects.get(pk=made).state == "open"
    actions.settle_promise(actor=ben.actor, promise_id=made, state="kept", cause="capacity", now=at(3, 15))
    missed = promising.due_list(actor=ben.actor, show="missed", now=at(3, 15)).rows
    assert [(row.state, row.cause) for row in missed] == [("broken", "capacity")]


def test_each_teams_share_counts_what_is_past_its_time_as_not_kept(parcel: Ticket, ben: Persona) -> None:
    kept = promise(ben, parcel)
    actions.settle_promise(actor=ben.actor, promise_id=kept, state="kept", now=at(3, 13))
    promise(ben, parcel, due_at=at(3, 11))
    found = promising.figures(actor=ben.actor, now=at(3, 15))
    assert [(team.team, team.kept, team.total) for team in found.teams] == [("Team A", 1, 2)]
    assert (found.open, found.overdue) == (1, 1)
    assert found.teams[0].low == pytest.approx(0.0945, abs=1e-4)


def test_whoever_promised_is_reminded_once_before_its_time(parcel: Ticket, ben: Persona) -> None:
    promise(ben, parcel)
    assert [actions.remind_promises(now=now) for now in (at(3, 12), at(3, 13, 30), at(3, 13, 40))] == [0, 1, 0]
    assert Mention.objects.get(user=ben.user).comment.body == "Your promise on #1001 comes due at 14:00 UTC."


def test_the_customer_reads_her_promises_and_when_she_hears_next(parcel: Ticket, ben: Persona) -> None:
    promise(ben, parcel, text="We ring you back")
    shown = queries.portal_ticket(actor=portal_holder(parcel), number=parcel.number, now=NOW)
    assert [(row.text, row.due_at) for row in shown.promises] == [("We ring you back", at(3, 14))]
    assert shown.next_update_at == at(3, 14)


@pytest.fixture
def informed(office: int, queue_a: int, dev_customer: int) -> Ticket:
    """Return a ticket whose customer is to hear every 4 working hours."""
    standards.save_policy(
        actor=system_actor(),
        policy_id=None,
        name="Informed",
        conditions={},
        targets=[{"metric": "keep_informed", "seconds": 4 * HOUR, "calendar": office}],
        escalation=[],
        now=NOW,
    )
    return open_for(customer_id=dev_customer, queue_id=queue_a)


def test_a_ticket_left_without_an_update_is_listed_and_sending_one_stops_it(informed: Ticket, ben: Persona) -> None:
    actions.reply(actor=ben.actor, ticket_id=informed.pk, body="We look into it.", now=at(3, 10, 5))
    assert updates.silences(actor=ben.actor, now=at(3, 12))[0] == ()
    rows, _ = updates.silences(actor=ben.actor, now=at(3, 15))
    assert [(row.number, row.silent_seconds, row.is_overdue) for row in rows] == [(informed.number, 17_700, True)]
    actions.assign(actor=ben.actor, ticket_id=informed.pk, assignee_id=ben.user.pk, now=at(3, 15, 1))
    text = actions.draft_update(actor=ben.actor, ticket_id=informed.pk, now=at(3, 15, 2))
    assert "- A colleague took your question on." in text
    actions.reply(actor=ben.actor, ticket_id=informed.pk, body=text, now=at(3, 15, 3))
    assert updates.silences(actor=ben.actor, now=at(3, 15, 4))[0] == ()
    shown = queries.portal_ticket(actor=portal_holder(informed), number=informed.number, now=at(3, 15, 5))
    assert (shown.messages[-1].body, shown.next_update_at) == (text, at(4, 10, 33))


def ask(who: Persona, ticket: Ticket, moment: str = "before", **given: Any) -> str:
    """Ask in a reply and return the token of the link in the mail."""
    asked = actions.Ask(moment=moment, about="We send a new parcel")
    actions.reply(
        actor=who.actor, ticket_id=ticket.pk, body="Here is our plan.", ask=asked, **({"now": at(3, 10, 5)} | given)
    )
    mail = OutboxMessage.objects.latest("pk").body
    return mail.split("/help/comfort/")[1].split("?")[0]


def test_a_no_by_link_flags_the_ticket_and_tells_its_owner(
    parcel: Ticket, ben: Persona, fresh: Callable[[Ticket], Ticket]
) -> None:
    actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3, 10, 1))
    token = ask(ben, parcel, then="wait_customer")
    assert token not in "".join(item.body for item in queries.timeline(actor=ben.actor, ticket_id=parcel.pk))
    actions.answer_comfort(token=token, answer="no", words="I want my money", now=at(3, 11))
    assert (fresh(parcel).status, Mention.objects.filter(user=ben.user).count()) == ("open", 1)
    row = comfort.of_ticket(actor=ben.actor, ticket_id=parcel.pk)[0]
    assert (row.answer, row.words, row.is_uneasy) == ("no", "I want my money", True)


def test_nothing_closes_over_a_no_without_a_reason_and_no_rule_ever_does(
    parcel: Ticket, ben: Persona, fresh: Callable[[Ticket], Ticket]
) -> None:
    actions.answer_comfort(token=ask(ben, parcel), answer="concern", now=at(3, 11))
    with pytest.raises(Invalid):
        actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 12))
    with pytest.raises(Refused):
        actions.move(actor=system_actor(), ticket_id=parcel.pk, move="resolve", reason="A week", now=at(3, 12))
    assert fresh(parcel).status == "open"
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", reason="She agreed by phone", now=at(3, 13))
    assert ComfortCheck.objects.get().settled_how == "Closed all the same: She agreed by phone"


def test_undoing_a_resolve_opens_again_the_no_it_closed_over(parcel: Ticket, ben: Persona) -> None:
    actions.answer_comfort(token=ask(ben, parcel), answer="no", now=at(3, 11))
    actions.answer_comfort(token=ask(ben, parcel, now=at(3, 11, 5)), answer="no", now=at(3, 11, 6))
    first = ComfortCheck.objects.earliest("pk").pk
    actions.settle_comfort(actor=ben.actor, ticket_id=parcel.pk, comfort_id=first, how="Refunded", now=at(3, 12))
    closed = actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", reason="Agreed", now=at(3, 13))
    assert ComfortCheck.objects.filter(settled_at=None).count() == 0
    actions.undo(actor=ben.actor, ticket_id=parcel.pk, version=closed.version, now=at(3, 13, 0, 20))
    stands = ComfortCheck.objects.order_by("pk").values_list("settled_how", "settled_at", "settled_by")
    assert list(stands) == [("Refunded", at(3, 12), ben.user.pk), ("", None, None)]
    with pytest.raises(Invalid):
        actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 14))


def test_an_answer_is_given_once_and_a_stranger_gives_none(parcel: Ticket, ben: Persona) -> None:
    token = ask(ben, parcel)
    actions.answer_comfort(token=token, answer="yes", now=at(3, 11))
    with pytest.raises(Conflict):
        actions.answer_comfort(token=token, answer="no", now=at(3, 12))
    with pytest.raises(NotFound):
        actions.answer_comfort(token=token + "x", answer="no", now=at(3, 12))
    assert ComfortCheck.objects.get().answer == "yes"


def test_a_no_dealt_with_lets_the_ticket_close(parcel: Ticket, ben: Persona) -> None:
    actions.answer_comfort(token=ask(ben, parcel), answer="no", now=at(3, 11))
    made = ComfortCheck.objects.get().pk
    with pytest.raises(Invalid):
        actions.settle_comfort(actor=ben.actor, ticket_id=parcel.pk, comfort_id=made, how=" ", now=at(3, 12))
    actions.settle_comfort(actor=ben.actor, ticket_id=parcel.pk, comfort_id=made, how="Refunded", now=at(3, 12))
    assert actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 13)).status == "resolved"


@pytest.fixture
def affected(parcel: Ticket, queue_a: int, dev_customer: int, eve_customer: int) -> list[Ticket]:
    """Return two tickets of dev's and one of eve's."""
    return [
        parcel,
        open_for(customer_id=dev_customer, queue_id=queue_a),
        open_for(customer_id=eve_customer, queue_id=queue_a),
    ]


def notice(who: Persona, tickets: list[Ticket], **given: Any) -> int:
    wanted = {"title": "Courier strike", "body": "Dear {name}, your parcel of {number} is late.", "now": NOW} | given
    return actions.save_notice(actor=who.actor, ticket_ids=[ticket.pk for ticket in tickets], **wanted)


def test_one_notice_reaches_every_ticket_and_each_customer_once(
    affected: list[Ticket], ben: Persona, lena: Persona
) -> None:
    made = notice(ben, affected)
    actions.send_notice(actor=lena.actor, notice_id=made, now=at(3, 10, 5))
    with pytest.raises(Conflict):
        actions.send_notice(actor=lena.actor, notice_id=made, now=at(3, 10, 5))
    told = [actions.tell_due(now=at(3, 10, minute)) for minute in (6, 7)]
    assert told == [3, 0]
    mails = OutboxMessage.objects.filter(subject_kind="desk.ticket").order_by("pk")
    assert sorted(mail.recipient for mail in mails) == ["dev@example.test", "eve@example.test"]
    assert mails[0].body.startswith("Dear Dev Patel, your parcel of 1001 is late.")
    assert [copy.state for copy in notices.notice(actor=lena.actor, notice_id=made).copies] == [
        "sent",
        "beside",
        "sent",
    ]
    assert Message.objects.filter(kind="automatic").count() == 3


def test_a_customer_who_had_an_automatic_message_today_waits_unless_law_requires_it(
    affected: list[Ticket], lena: Persona
) -> None:
    actions.automatic_message(actor=system_actor(), ticket_id=affected[2].pk, body="We have it.", now=at(3, 10, 1))
    for is_required, state in ((False, "waiting"), (True, "sent")):
        made = notice(lena, affected[2:], is_required=is_required)
        actions.send_notice(actor=lena.actor, notice_id=made, now=at(3, 10, 5))
        actions.tell_due(now=at(3, 10, 6))
        assert NoticeCopy.objects.get(notice=made).state == state
    held = NoticeCopy.objects.get(state="waiting")
    assert held.not_before == at(4, 10, 1)


def test_an_agent_writes_a_notice_and_a_leader_sends_it(affected: list[Ticket], ben: Persona) -> None:
    made = notice(ben, affected)
    with pytest.raises(Refused) as refusal:
        actions.send_notice(actor=ben.actor, notice_id=made, now=at(3, 11))
    assert (refusal.value.code, Notice.objects.get(pk=made).sent_at) == ("may_not_send_notice", None)


def test_a_gap_nothing_fills_is_refused(affected: list[Ticket], ben: Persona) -> None:
    with pytest.raises(Invalid) as refusal:
        notice(ben, affected, body="Dear {first_name}")
    assert (refusal.value.code, Notice.objects.exists()) == ("notice_gap", False)


def test_a_reply_to_a_notice_lands_on_its_ticket(affected: list[Ticket], lena: Persona) -> None:
    made = notice(lena, affected[:1])
    actions.send_notice(actor=lena.actor, notice_id=made, now=at(3, 10, 5))
    actions.tell_due(now=at(3, 10, 6))
    token = OutboxMessage.objects.latest("pk").body.split("/help/r/")[1].split()[0]
    actions.reply_by_link(token=token, body="Thank you", now=at(3, 11))
    assert notices.notice(actor=lena.actor, notice_id=made).copies[0].wrote_back


def test_a_text_is_scored_for_plain_words() -> None:
    easy = plain.read("Your parcel is late. We will send it again on Monday.")
    hard = plain.read("Notwithstanding operational considerations, remediation necessitates authorisation.")
    assert (easy.is_plain, hard.is_plain, hard.score) == (True, False, 0.0)


def test_lists_ask_the_same_questions_for_5_and_200(
    parcel: Ticket, ben: Persona, django_assert_num_queries: Any
) -> None:
    Promise.objects.bulk_create(
        Promise(ticket=parcel, text=f"Ring {n}", due_at=at(3, 14), made_by=ben.user, made_at=NOW) for n in range(500)
    )
    customer = Customer.objects.get(pk=parcel.customer_id)
    tickets = [open_for(customer_id=customer.pk, queue_id=parcel.queue_id) for _ in range(6)]
    made, actor = notice(ben, tickets), ben.actor
    for limit in (5, 200):
        with django_assert_num_queries(1):
            promising.due_list(actor=actor, limit=limit, now=NOW)
        with django_assert_num_queries(1):
            updates.silences(actor=actor, view="all", limit=limit, now=NOW)
        with django_assert_num_queries(3):
            notices.notice(actor=actor, notice_id=made, limit=limit)
