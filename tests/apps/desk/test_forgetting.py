"""Forgetting a customer: nothing of her stays anywhere, everything countable does, and the chain is whole."""

import pathlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.apps.desk.conftest import at
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Clock, Customer, Draft, Message, Ticket
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.models import Comment, Entry, File
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.jobs.worker import Worker
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db
WORD = "zanzibar"
TOLD = {"reason": "Asked to be forgotten on 3 March.", "sure": "on"}


@pytest.fixture
def disk(tmp_path: pathlib.Path, settings) -> pathlib.Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def told(parcel: Ticket, ben: Persona, dev: Persona, disk: pathlib.Path) -> Ticket:
    """Spread a word nobody else uses over everything a customer's ticket can hold."""
    customer = parcel.customer
    actions.save_customer(
        actor=ben.actor, customer_id=customer.pk, name=f"Dev {WORD}", email=f"{WORD}@example.test", phone="0123",
        note=WORD, now=at(3, 10),
    )  # fmt: skip
    with discussion.keep_uploads([SimpleUploadedFile(f"{WORD}.txt", WORD.encode(), "text/plain")]) as files:
        actions.reply(actor=ben.actor, ticket_id=parcel.pk, body=f"Dear {WORD}", files=files, now=at(3, 11))
    actions.note(actor=ben.actor, ticket_id=parcel.pk, body=f"{WORD} called", now=at(3, 11))
    actions.customer_message(actor=ben.actor, ticket_id=parcel.pk, body=f"I am {WORD}", now=at(3, 11))
    actions.change_fields(actor=ben.actor, ticket_id=parcel.pk, subject=f"{WORD} waits", now=at(3, 11))
    actions.make_promise(actor=ben.actor, ticket_id=parcel.pk, text=f"Ring {WORD}", due_at=at(4), now=at(3, 11))
    actions.save_draft(actor=ben.actor, ticket_id=parcel.pk, kind="reply", body=WORD, now=at(3, 11))
    discussion.comment(actor=ben.actor, subject=("desk.ticket", parcel.pk), body=WORD, now=at(3, 11))
    return Ticket.objects.get(pk=parcel.pk)


def rows_that_hold(word: str) -> set[str]:
    """Return the tables in which any cell holds the word."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(cell) for row in cursor.fetchall() for cell in row):
                found.add(table)
        cursor.execute("SELECT count(*) FROM desk_search WHERE words MATCH %s", [word])
        if cursor.fetchone()[0]:
            found.add("desk_search")
    return found


def on_disk(disk: pathlib.Path) -> int:
    return sum(path.is_file() for path in disk.rglob("*"))


def test_the_administrator_sees_what_is_kept_and_erases_all_of_it(
    told: Ticket, ada: Persona, disk: pathlib.Path, django_capture_on_commit_callbacks
) -> None:
    ledger.seal(now=at(3, 11))
    clocks = list(Clock.objects.order_by("pk").values())
    assert {"desk_customer", "desk_ticket", "desk_message", "ledger_value", "ledger_file"} <= rows_that_hold(WORD)
    found = ada.client.get("/settings/privacy", {"q": f"Dev {WORD}"}).content.decode()
    assert f'href="/settings/privacy/{told.customer_id}"' in found
    page = ada.client.get(f"/settings/privacy/{told.customer_id}").content.decode()
    assert all(words in page for words in (f"{WORD}@example.test", "4 messages", "1 ticket", f"#{told.number}"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = ada.client.post(f"/settings/privacy/{told.customer_id}", TOLD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/privacy")
    Worker(with_loops=False).drain()
    assert rows_that_hold(WORD) == set()
    assert on_disk(disk) == 0
    assert list(Clock.objects.order_by("pk").values()) == clocks
    ledger.seal(now=at(3, 12))
    assert ledger_queries.verify().faults == ()
    forgotten = Entry.objects.get(action="desk.customer.forgotten")
    assert (forgotten.actor_id, forgotten.subject_id) == (ada.user.pk, told.customer_id)


def test_a_forgotten_ticket_can_still_be_read(told: Ticket, ada: Persona, ben: Persona) -> None:
    actions.forget_customer(actor=ada.actor, customer_id=told.customer_id, reason="Asked.", now=at(3, 12))
    page = ben.client.get(f"/c/{told.number}")
    assert page.status_code == 200
    assert "Forgotten person" in page.content.decode()
    assert set(Message.objects.filter(ticket=told).values_list("body", flat=True)) == {"erased"}
    assert set(OutboxMessage.objects.values_list("recipient", "body", "state")) == {("", "", "cancelled")}
    assert (Draft.objects.count(), Comment.objects.get().body, File.objects.get().name) == (0, "", "erased")


def test_her_sign_in_is_closed_for_ever(told: Ticket, ada: Persona, dev: Persona) -> None:
    Customer.objects.filter(pk=told.customer_id).update(user=dev.user)
    assert dev.client.get("/help/mine").status_code == 200
    actions.forget_customer(actor=ada.actor, customer_id=told.customer_id, reason="Asked.", now=at(3, 12))
    dev.user.refresh_from_db()
    assert (dev.user.name, dev.user.email, dev.user.is_active, dev.user.has_usable_password()) == (
        "Forgotten person",
        f"forgotten-{dev.user.pk}@forgotten.invalid",
        False,
        False,
    )
    assert dev.client.get("/help/mine").status_code == 302


def test_nobody_is_forgotten_twice_without_a_reason_or_by_anybody_else(
    told: Ticket, ada: Persona, amira: Persona, dev: Persona, sample_world
) -> None:
    before = rows_that_hold(WORD)
    at_noon = {"customer_id": told.customer_id, "now": at(3, 12)}
    with pytest.raises(Refused):
        actions.forget_customer(actor=amira.actor, reason="Asked.", **at_noon)
    with pytest.raises(Refused):
        queries.forgettable(actor=amira.actor, customer_id=told.customer_id)
    with pytest.raises(NotFound):
        actions.forget_customer(actor=ada.in_world(sample_world), reason="Asked.", **at_noon)
    with pytest.raises(Invalid):
        actions.forget_customer(actor=ada.actor, reason=" ", **at_noon)
    page = ada.client.post(f"/settings/privacy/{told.customer_id}", {"reason": "Asked."})
    assert (page.status_code, "Tick the box" in page.content.decode()) == (422, True)
    assert rows_that_hold(WORD) - {"django_session"} == before - {"django_session"}
    actions.forget_customer(actor=ada.actor, reason="Asked.", **at_noon)
    with pytest.raises(Conflict):
        actions.forget_customer(actor=ada.actor, reason="Asked.", **at_noon)
