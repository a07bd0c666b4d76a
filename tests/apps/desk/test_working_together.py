"""Help is asked of whoever can give it, and two addresses become one person; each refusal leaves all as it was."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings as installation

from tests.apps.desk.conftest import NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Collaborator, Customer, Merge, Message, SolutionRead, Ticket
from wellserved.apps.desk.queries import partnering
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage


def written() -> tuple[int, int, int]:
    return Entry.objects.count(), Collaborator.objects.count(), OutboxMessage.objects.count()


def test_only_a_colleague_who_answers_the_queue_is_asked(
    parcel: Ticket, ben: Persona, chloe: Persona, lena: Persona
) -> None:
    before = written()
    for user_id in (chloe.user.pk, ben.user.pk, 999_999):
        with pytest.raises(Invalid, match="Choose a colleague who answers this queue"):
            actions.ask_colleague(actor=ben.actor, ticket_id=parcel.pk, user_id=user_id, ask="Look?", now=NOW)
    with pytest.raises(NotFound):
        actions.ask_colleague(actor=chloe.actor, ticket_id=parcel.pk, user_id=lena.user.pk, ask="Look?", now=NOW)
    assert written() == before


def test_a_colleague_is_asked_once_until_she_is_done(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    asked = {"actor": ben.actor, "ticket_id": parcel.pk, "user_id": lena.user.pk, "ask": "Look?", "now": NOW}
    helping = actions.ask_colleague(**asked)
    with pytest.raises(Conflict, match="Lena Fischer is asked already"):
        actions.ask_colleague(**asked)
    actions.finish_help(actor=lena.actor, collaborator_id=helping, contribution="It is in Leeds.", now=at(3, 11))
    with pytest.raises(Conflict, match="noted already"):
        actions.finish_help(actor=lena.actor, collaborator_id=helping, contribution="Again.", now=at(3, 11))
    assert actions.ask_colleague(**asked) > helping


def test_a_partner_needs_an_address_and_learns_nothing_of_the_customer(parcel: Ticket, ben: Persona) -> None:
    before = written()
    asked: dict[str, Any] = {
        "actor": ben.actor,
        "ticket_id": parcel.pk,
        "name": "Ana",
        "ask": "Where is it?",
        "now": NOW,
    }
    with pytest.raises(Invalid, match="not a mail address"):
        actions.ask_partner(**asked, email="nowhere")
    assert written() == before
    actions.ask_partner(**asked, email="ana@carrier.test")
    letter, row = OutboxMessage.objects.get(recipient="ana@carrier.test"), Collaborator.objects.get()
    # A token bears the second it was signed in, so the one that was sent is opened rather than made again.
    token = letter.body.partition("/help/partner/")[2].split()[0]
    assert partnering.open_link(token=token, now=NOW)[0] == row
    link = f"{installation.SITE_URL}/help/partner/{token}"
    assert (letter.subject, letter.body) == (
        "[#1001] A question to you",
        f"Where is it?\n\nAnswer here, without an account: {link}\n\n-- \nBen Okafor\n",
    )


def test_a_partners_link_ends_and_opens_no_other_question(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    told = {"actor": ben.actor, "ticket_id": parcel.pk, "now": NOW}
    asked = actions.ask_partner(**told, name="Ana", email="ana@carrier.test", ask="Where is it?")
    of_colleague = actions.ask_colleague(**told, user_id=lena.user.pk, ask="Look?")
    link = partnering.link_for(collaborator_id=asked, now=NOW)
    for token, when in (
        (link, NOW + dt.timedelta(days=31)),
        (link + "x", NOW),
        (partnering.link_for(collaborator_id=of_colleague, now=NOW), NOW),
    ):
        with pytest.raises(NotFound, match="no longer valid"):
            actions.answer_partner(token=token, words="Leeds.", now=when)
    assert Collaborator.objects.filter(done_at=None).count() == 2
    actions.answer_partner(token=link, words="Leeds.", now=at(3, 11))
    assert Collaborator.objects.get(pk=asked).contribution == "Leeds."
    parcel.refresh_from_db()
    assert parcel.status == "new"


def test_whoever_shared_a_solution_is_not_told_it_and_noting_it_twice_counts_once(
    parcel: Ticket, ben: Persona, lena: Persona, chloe: Persona
) -> None:
    told = actions.share_solution(actor=ben.actor, ticket_id=parcel.pk, text="Ask the depot.", now=NOW)
    assert [row.id for row in queries.latest_solutions(actor=lena.actor, now=at(3, 11))] == [told]
    assert queries.latest_solutions(actor=ben.actor, now=at(3, 11)) == ()
    assert queries.latest_solutions(actor=lena.actor, now=at(10, 10, 1)) == ()
    with pytest.raises(NotFound):
        actions.take_note(actor=chloe.actor, solution_id=told, now=NOW)
    actions.take_note(actor=lena.actor, solution_id=told, now=NOW)
    actions.take_note(actor=lena.actor, solution_id=told, now=NOW)
    assert SolutionRead.objects.count() == 1


@pytest.fixture
def other(dev_customer: int) -> int:
    return actions.save_customer(actor=system_actor(), name="Dev Patel", email="dev.other@example.test", now=NOW)


def merge(ben: Persona, kept: int, other: int, reason: str = "He said so") -> int:
    return actions.merge_customers(actor=ben.actor, kept_id=kept, other_id=other, reason=reason, now=NOW)


def test_a_link_sent_to_either_address_opens_the_ticket_while_they_are_one(
    parcel: Ticket, dev_customer: int, other: int, queue_a: int, ben: Persona
) -> None:
    theirs = open_for(customer_id=other, queue_id=queue_a)
    link = queries.link_for(ticket_id=theirs.pk, customer_id=other, now=NOW)
    merged = merge(ben, dev_customer, other)
    assert queries.ticket_by_link(token=link, now=NOW).customer_id == dev_customer
    actions.undo_merge(actor=ben.actor, customer_id=dev_customer, merge_id=merged, now=NOW)
    assert queries.ticket_by_link(token=link, now=NOW).customer_id == other


def test_whoever_signs_in_by_the_other_address_sees_both_addresses_tickets(
    parcel: Ticket, dev: Persona, dev_customer: int, queue_a: int, ben: Persona
) -> None:
    kept = actions.save_customer(actor=system_actor(), name="Dev Patel", email="dev.other@example.test", now=NOW)
    theirs = open_for(customer_id=kept, queue_id=queue_a)
    assert [row.id for row in queries.portal_tickets(actor=dev.actor)] == [parcel.pk]
    merge(ben, kept, dev_customer)
    assert {row.id for row in queries.portal_tickets(actor=dev.actor)} == {parcel.pk, theirs.pk}


def test_two_who_both_sign_in_are_not_made_one(dev_customer: int, eve_customer: int, ben: Persona) -> None:
    with pytest.raises(Conflict, match="Both sign in"):
        merge(ben, dev_customer, eve_customer)
    assert (Merge.objects.count(), Customer.objects.filter(merged_into=None).count()) == (0, 2)


def test_merging_needs_a_reason_another_card_and_the_right(
    dev_customer: int, other: int, ben: Persona, anna: Persona
) -> None:
    with pytest.raises(Invalid, match="how you know"):
        merge(ben, dev_customer, other, reason=" ")
    with pytest.raises(Invalid, match="same card"):
        merge(ben, dev_customer, dev_customer)
    with pytest.raises((NotFound, Refused)):
        merge(anna, dev_customer, other)
    assert Merge.objects.count() == 0


def test_a_reply_by_phone_leaves_no_mail_and_stops_the_clock(
    parcel: Ticket, dev_customer: int, ben: Persona, fresh: Any
) -> None:
    Customer.objects.filter(pk=dev_customer).update(preferred_channel="phone")
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="I rang you.", now=at(3, 11))
    assert OutboxMessage.objects.count() == 0
    assert (Message.objects.latest("pk").channel, fresh(parcel).first_replied_at) == ("phone", at(3, 11))
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="In writing.", channel="email", now=at(3, 12))
    assert OutboxMessage.objects.get().recipient == "dev@example.test"
