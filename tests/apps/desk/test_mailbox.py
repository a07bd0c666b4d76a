"""The local mailbox shows what stayed here, to those who may read it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.apps.desk.conftest import at
from wellserved.apps.desk import actions
from wellserved.apps.desk.models import Ticket
from wellserved.apps.ledger.models import Entry
from wellserved.platform import outbox
from wellserved.platform.models import OutboxMessage

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def write(subject: str, **changes: Any) -> None:
    given = {
        "channel": "email",
        "recipient": "eve@c.example",
        "subject": subject,
        "body": "Hello <b>you</b>",
        "now": NOW,
    }
    outbox.queue(**(given | changes))


def page(client: Client, persona: Any) -> str:
    client.force_login(persona.user)
    return client.get("/mailbox").content.decode()


def test_an_administrator_reads_mail_about_accounts_and_an_agent_does_not(client: Client, ada: Any, ben: Any) -> None:
    write("Set a new password")
    assert "Set a new password" in page(client, ada)
    assert "Set a new password" not in page(client, ben)


def test_mail_is_shown_as_text(client: Client, ada: Any) -> None:
    write("Hello")
    assert "Hello &lt;b&gt;you&lt;/b&gt;" in page(client, ada)


def test_mail_of_the_sample_service_stays_out_of_the_real_world(client: Client, ada: Any) -> None:
    write("From the sample", origin="sample")
    assert "From the sample" not in page(client, ada)


def test_a_customer_and_a_visitor_do_not_enter(client: Client, dev: Any) -> None:
    assert client.get("/mailbox").status_code == 302
    client.force_login(dev.user)
    assert client.get("/mailbox").status_code == 403


def test_an_empty_mailbox_says_how_to_fill_it(client: Client, ada: Any) -> None:
    assert "Answer a ticket: ten seconds later the reply is here." in page(client, ada)


def doubtful(ticket: Ticket, ben: Any, state: str) -> OutboxMessage:
    actions.reply(actor=ben.actor, ticket_id=ticket.pk, body="On its way.", now=at(3, 11))
    message = OutboxMessage.objects.get()
    OutboxMessage.objects.filter(pk=message.pk).update(state=state, attempts=12, last_error="No answer.")
    return message


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_failed_or_doubtful_message_is_sent_again_under_its_own_id(parcel: Ticket, ben: Any, state: str) -> None:
    message = doubtful(parcel, ben, state)
    shown = ben.client.get("/mailbox").content.decode()
    assert "1 message failed or is in doubt" in shown
    assert f'action="/mailbox/{message.pk}/resend"' in shown
    assert ben.client.post(f"/mailbox/{message.pk}/resend").status_code == 302
    again = OutboxMessage.objects.get()
    assert (again.state, again.attempts, again.message_id) == ("waiting", 0, message.message_id)
    entry = Entry.objects.get(action="desk.resend_mail")
    assert (entry.subject_kind, entry.subject_id, entry.actor_id) == ("desk.ticket", parcel.pk, ben.user.pk)


@pytest.mark.parametrize(
    ("state", "settled", "words"),
    [
        ("failed", "cancelled", "Mark as settled"),
        ("unknown", "sent", "It arrived"),
    ],
)
def test_a_message_is_settled_and_not_sent_again(
    parcel: Ticket, ben: Any, state: str, settled: str, words: str
) -> None:
    message = doubtful(parcel, ben, state)
    assert words in ben.client.get("/mailbox").content.decode()
    assert ben.client.post(f"/mailbox/{message.pk}/settle").status_code == 302
    assert OutboxMessage.objects.get().state == settled
    assert outbox.send_due(at(4)) == 0
    assert f"/mailbox/{message.pk}/" not in ben.client.get("/mailbox").content.decode()
    assert Entry.objects.filter(action="desk.settle_mail").count() == 1


def test_nobody_decides_about_mail_she_may_not_read_or_that_is_settled(
    parcel: Ticket, ben: Any, chloe: Any, anna: Any, dev: Any
) -> None:
    message = doubtful(parcel, ben, "failed")
    for verb in ("resend", "settle"):
        address = f"/mailbox/{message.pk}/{verb}"
        assert [who.client.post(address).status_code for who in (chloe, anna, dev)] == [404, 403, 403]
    assert OutboxMessage.objects.get().state == "failed"
    write("Set a new password")
    account = OutboxMessage.objects.get(subject="Set a new password")
    assert ben.client.post(f"/mailbox/{account.pk}/resend").status_code == 404
    ben.client.post(f"/mailbox/{message.pk}/settle")
    assert ben.client.post(f"/mailbox/{message.pk}/resend").status_code == 409
    assert Entry.objects.filter(action="desk.resend_mail").count() == 0
