"""Messages leave once, or their doubt is shown: a mail server that refuses, drops and dies."""

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as django_mail

from tests.platform.smtp_stub import Stub, running_stub
from wellserved.platform import outbox
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.models import OutboxMessage
from wellserved.platform.outbox import sending, smtp

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with running_stub() as server:
        settings.MAIL_URL = server.url
        settings.MAIL_FROM = "Retail care <care@shop.example>"
        yield server


def write(**changes: Any) -> OutboxMessage:
    given = {
        "channel": "email",
        "recipient": "eve@customer.example",
        "subject": "Your parcel",
        "body": "It left today.\n.\nYours",
        "about": ("desk.ticket", 7),
        "now": NOW,
    }
    return outbox.queue(**(given | changes))


def fate(message: OutboxMessage) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.carrier


def test_a_message_arrives_with_its_fixed_id_and_whole_text(stub: Stub) -> None:
    message = write(headers={"In-Reply-To": "<question@customer.example>"})
    assert outbox.send_due(NOW) == 1
    letter = email.message_from_bytes(stub.letters[0], policy=email.policy.default)
    assert fate(message) == ("sent", "smtp")
    assert letter["Message-ID"] == message.message_id
    assert letter["In-Reply-To"] == "<question@customer.example>"
    assert letter["From"] == "Retail care <care@shop.example>"
    assert letter.get_content().splitlines() == ["It left today.", ".", "Yours"]
    assert outbox.send_due(LATER) == 0
    assert len(stub.letters) == 1


def test_a_reply_waits_ten_seconds_and_can_be_called_back(stub: Stub) -> None:
    message = write(delay=outbox.UNDO)
    assert outbox.send_due(NOW + dt.timedelta(seconds=9)) == 0
    outbox.cancel(message_id=message.pk, now=NOW + dt.timedelta(seconds=9))
    assert outbox.send_due(NOW + dt.timedelta(seconds=10)) == 0
    assert fate(message) == ("cancelled", "")
    assert stub.letters == []


def test_a_message_that_left_cannot_be_called_back(stub: Stub) -> None:
    message = write()
    outbox.send_due(NOW)
    with pytest.raises(Conflict, match="The message is sent and cannot be called back"):
        outbox.cancel(message_id=message.pk, now=NOW)
    assert fate(message) == ("sent", "smtp")


def test_taken_and_then_dropped_before_the_answer_is_unknown_and_never_sent_blindly_again(stub: Stub) -> None:
    stub.drop_after_text = True
    message = write()
    outbox.send_due(NOW)
    assert fate(message) == ("unknown", "")
    stub.drop_after_text = False
    assert outbox.send_due(LATER) == 0
    assert len(stub.letters) == 1


def test_a_person_settles_a_doubt_either_way(stub: Stub) -> None:
    stub.drop_after_text = True
    arrived, lost = write(), write()
    outbox.send_due(NOW)
    stub.drop_after_text = False
    outbox.settle_unknown(message_id=arrived.pk, arrived=True, now=NOW)
    outbox.settle_unknown(message_id=lost.pk, arrived=False, now=NOW)
    assert outbox.send_due(LATER) == 1
    ids = [email.message_from_bytes(letter)["Message-ID"] for letter in stub.letters]
    assert ids == [arrived.message_id, lost.message_id, lost.message_id]
    assert (fate(arrived)[0], fate(lost)[0]) == ("sent", "sent")


def test_a_worker_that_dies_before_the_text_leaves_sends_it_again_and_after_it_shows_the_doubt(stub: Stub) -> None:
    before, after = write(), write()
    sending._claim(before, now=NOW)
    sending._claim(after, now=NOW)
    sending._mark_sending(after)
    outbox.send_due(NOW + dt.timedelta(days=365))
    assert (fate(before), fate(after)) == (("sent", "smtp"), ("unknown", ""))
    assert len(stub.letters) == 1


def test_a_refusal_for_good_fails_with_the_servers_words(stub: Stub) -> None:
    stub.recipient_reply = "550 no such person"
    message = write()
    outbox.send_due(NOW)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", "550 no such person")
    assert stub.letters == []


def test_a_refusal_for_now_waits_and_is_sent_later_once(stub: Stub) -> None:
    stub.text_reply = "451 busy"
    message = write()
    outbox.send_due(NOW)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("waiting", 1, "451 busy")
    stub.text_reply = "250 taken"
    outbox.send_due(message.send_after)
    assert fate(message) == ("sent", "smtp")


def test_a_server_that_is_away_costs_a_wait_and_after_twelve_tries_the_message_fails(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    message = write()
    for _ in range(sending.MOST_ATTEMPTS):
        message.refresh_from_db()
        outbox.send_due(message.send_after)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 12)
    assert message.last_error.startswith("Given up after 12 tries: ConnectionRefusedError")


def test_without_a_mail_server_mail_goes_to_the_local_mailbox(settings: Any) -> None:
    settings.MAIL_URL = ""
    message = write()
    outbox.send_due(NOW)
    assert fate(message) == ("sent", "mailbox")


def test_mail_of_the_sample_service_never_leaves(stub: Stub) -> None:
    message = write(origin="sample")
    outbox.send_due(NOW)
    assert fate(message) == ("sent", "mailbox")
    assert stub.letters == []


def test_imported_history_cannot_queue_a_message() -> None:
    with pytest.raises(Invalid, match="Imported history sends no messages"):
        write(origin="import")
    assert OutboxMessage.objects.count() == 0


def test_a_subject_with_line_breaks_starts_no_header_of_its_own(stub: Stub) -> None:
    write(subject="Hello\r\nBcc: everybody@example.org", headers={"X-Note": "a\nBcc: b@example.org"})
    outbox.send_due(NOW)
    letter = email.message_from_bytes(stub.letters[0], policy=email.policy.default)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: everybody@example.org"


def test_mail_of_other_libraries_is_queued_once_for_each_recipient() -> None:
    django_mail.get_connection("wellserved.platform.mail.OutboxBackend").send_messages(
        [django_mail.EmailMessage("Reset", "Here", "x@example.org", ["a@example.org"], cc=["b@example.org"])]
    )
    assert list(OutboxMessage.objects.order_by("pk").values_list("recipient", "state")) == [
        ("a@example.org", "waiting"),
        ("b@example.org", "waiting"),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "plain", "", "")),
        ("smtp+starttls://u:p%40@mail.example.org", ("mail.example.org", 587, "starttls", "u", "p@")),
        ("smtps://u:p@mail.example.org:4650", ("mail.example.org", 4650, "tls", "u", "p")),
    ],
)
def test_a_mail_url_names_server_security_and_person(url: str, expected: tuple[object, ...]) -> None:
    server = smtp.parse(url)
    assert (server.host, server.port, server.security, server.user, server.password) == expected


def test_a_link_to_sign_in_does_not_outlive_its_sending_and_a_reply_does(stub: Stub) -> None:
    reply = write()
    invitation = write(about=None, body="Choose your password here: https://shop.example/invitations/secret")
    assert outbox.send_due(NOW) == 2
    assert b"/invitations/secret" in stub.letters[1]
    assert (fate(invitation), invitation.body) == (("sent", "smtp"), "")
    assert (fate(reply), reply.body) == (("sent", "smtp"), "It left today.\n.\nYours")


def test_a_link_whose_fate_is_unknown_is_kept_until_somebody_settles_it(stub: Stub) -> None:
    stub.drop_after_text = True
    invitation = write(about=None, body="A way to a new password")
    outbox.send_due(NOW)
    assert (fate(invitation)[0], invitation.body) == ("unknown", "A way to a new password")
    outbox.settle_unknown(message_id=invitation.pk, arrived=True, now=LATER)
    assert (fate(invitation)[0], invitation.body) == ("sent", "")
