"""The local mailbox shows what stayed here, to those who may read it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from wellserved.platform import outbox

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
