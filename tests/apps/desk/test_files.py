"""Files that come with messages: who opens which, what the customer is told, and what is refused."""

import pathlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.desk.conftest import NOW, at
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Draft, Message, Ticket
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.models import Entry, File
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: pathlib.Path, settings: object) -> pathlib.Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def upload(name: str = "label.pdf", content: bytes = b"hello") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def on_disk(disk: pathlib.Path) -> int:
    return sum(path.is_file() for path in disk.rglob("*"))


def reply_with(ben: Persona, ticket: Ticket, *names: str, **given: object) -> None:
    with discussion.keep_uploads([upload(name) for name in names]) as files:
        actions.reply(actor=ben.actor, ticket_id=ticket.pk, body="See here.", files=files, now=at(3, 11), **given)


def note_with(ben: Persona, ticket: Ticket, name: str) -> int:
    with discussion.keep_uploads([upload(name)]) as files:
        actions.note(actor=ben.actor, ticket_id=ticket.pk, body="For us.", files=files, now=at(3, 11))
    return File.objects.get(name=name).pk


def status(client: Client, address: str) -> int:
    response = client.get(address)
    for close in response._resource_closers:
        close()
    return int(response.status_code)


def test_a_reply_brings_its_files_to_the_timeline_the_portal_and_history(
    parcel: Ticket, ben: Persona, dev: Persona
) -> None:
    reply_with(ben, parcel, "label.pdf", "photo.png")
    shown = [("label.pdf", 5, "application/pdf"), ("photo.png", 5, "application/pdf")]
    [reply] = [item for item in queries.timeline(actor=ben.actor, ticket_id=parcel.pk) if item.kind == "reply"]
    assert [(file.name, file.size, file.content_type) for file in reply.files] == shown
    hers = queries.portal_ticket(actor=dev.actor, number=parcel.number, now=at(3, 12)).messages[-1]
    assert [(file.name, file.size, file.content_type) for file in hers.files] == shown
    entry = Entry.objects.get(action="desk.reply")
    assert [v.content for v in entry.values.filter(field="files", side="after")] == ['"label.pdf, photo.png"']


def test_the_mail_names_the_files_and_carries_the_link_that_opens_them(parcel: Ticket, ben: Persona) -> None:
    reply_with(ben, parcel, "label.pdf", "photo.png")
    body = OutboxMessage.objects.get().body
    assert "Files, to be opened with the link below:\n- label.pdf\n- photo.png\n\n-- \nFollow your question" in body


def test_a_file_of_a_note_never_opens_for_a_customer(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    kept = note_with(ben, parcel, "secret.pdf")
    token = queries.link_for(ticket_id=parcel.pk, customer_id=parcel.customer_id, now=at(3, 11))
    assert status(ben.client, f"/files/{kept}") == 200
    assert status(dev.client, f"/files/{kept}") == 404
    with pytest.raises(NotFound):
        queries.file_by_link(token=token, file_id=kept, now=at(3, 12))
    seen = queries.ticket_by_link(token=token, now=at(3, 12)).messages
    assert [item.files for item in seen] == [()]


def test_a_file_of_a_reply_opens_for_its_customer_and_its_team_alone(
    parcel: Ticket, ben: Persona, chloe: Persona, dev: Persona, eve: Persona, amira: Persona
) -> None:
    reply_with(ben, parcel, "label.pdf")
    address = f"/files/{File.objects.get().pk}"
    people = {"ben": ben, "amira": amira, "dev": dev, "chloe": chloe, "eve": eve}
    opened = {name: status(person.client, address) for name, person in people.items()}
    assert opened == {"ben": 200, "amira": 200, "dev": 200, "chloe": 404, "eve": 404}


def test_a_link_opens_the_files_of_its_own_ticket_alone(
    parcel: Ticket, queue_a: int, eve_customer: int, ben: Persona
) -> None:
    reply_with(ben, parcel, "label.pdf")
    kept = File.objects.get().pk
    other = actions.open_ticket(
        actor=ben.actor, subject="Chair", body="It wobbles.", customer_id=eve_customer, queue_id=queue_a, now=NOW
    )
    hers = queries.link_for(ticket_id=parcel.pk, customer_id=parcel.customer_id, now=at(3, 11))
    address = queries.file_by_link(token=hers, file_id=kept, now=at(3, 12))
    assert address.startswith("/files/signed/")
    assert status(Client(), address) == 200
    foreign = queries.link_for(ticket_id=other.ticket_id, customer_id=eve_customer, now=at(3, 11))
    with pytest.raises(NotFound):
        queries.file_by_link(token=foreign, file_id=kept, now=at(3, 12))


def test_nobody_adds_a_file_to_what_has_been_said(parcel: Ticket, ben: Persona, dev: Persona) -> None:
    reply_with(ben, parcel)
    message = Message.objects.get(kind="reply").pk
    for person in (ben, dev):
        response = person.client.post(f"/files/desk.message/{message}", {"file": upload()})
        assert response.status_code == 404
    assert File.objects.count() == 0


def test_a_refused_reply_leaves_no_file_behind(parcel: Ticket, ben: Persona, dev: Persona, disk: pathlib.Path) -> None:
    before = Ticket.objects.get(pk=parcel.pk).version
    actions.customer_message(actor=dev.actor, ticket_id=parcel.pk, body="Any news?", now=at(3, 10, 30))
    with pytest.raises(Conflict):
        reply_with(ben, parcel, "label.pdf", version=before)
    assert (File.objects.count(), on_disk(disk)) == (0, 0)


def test_the_reply_box_takes_several_files(parcel: Ticket, ben: Persona, disk: pathlib.Path) -> None:
    html = ben.client.get(f"/c/{parcel.number}").content.decode()
    assert '<input type="file" id="files" name="files" multiple' in html
    given = {"mode": "reply", "body": "See here.", "version": parcel.version, "files": [upload(), upload("b.png")]}
    assert ben.client.post(f"/c/{parcel.number}/write", given).status_code == 302
    shown = ben.client.get(f"/c/{parcel.number}").content.decode()
    assert "label.pdf" in shown
    assert "5 Bytes" in shown
    assert (File.objects.count(), on_disk(disk)) == (2, 2)


def test_a_file_that_is_too_large_costs_no_words(
    parcel: Ticket, ben: Persona, disk: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = upload("film.mp4", b"x" * (25 * 1024 * 1024 + 1))
    given = {"mode": "note", "body": "Ring her at nine.", "version": parcel.version, "files": large}
    response = ben.client.post(f"/c/{parcel.number}/write", given, follow=True)
    html = response.content.decode()
    assert "film.mp4: a file may hold 25 MB at most. Make it smaller or send a link to it." in html
    assert ">Ring her at nine.</textarea>" in html
    assert Draft.objects.get().body == "Ring her at nine."
    assert (Message.objects.filter(kind="note").count(), File.objects.count(), on_disk(disk)) == (0, 0, 0)


def test_a_ticket_taken_down_keeps_what_the_customer_sent(
    promise: object, queue_a: int, dev_customer: int, ben: Persona
) -> None:
    facts = {"subject": "Broken lamp", "body": "See the photo.", "customer_id": dev_customer, "kind": "complaint"}
    facts |= {"channel": "phone", "impact": "medium", "urgency": "medium", "queue": queue_a}
    assert '<input type="file" name="files" multiple' in ben.client.get("/inbox/new").content.decode()
    assert ben.client.post("/inbox/new", {**facts, "files": upload("lamp.png")}).status_code == 302
    ticket = Ticket.objects.get(subject="Broken lamp")
    first = queries.timeline(actor=ben.actor, ticket_id=ticket.pk)[0]
    assert (first.kind, [file.name for file in first.files]) == ("customer", ["lamp.png"])


def test_files_cost_a_timeline_the_same_queries_at_two_sizes(parcel: Ticket, ben: Persona) -> None:
    counts = []
    for many in (1, 8):
        reply_with(ben, parcel, *(f"{n}.pdf" for n in range(many)))
        with CaptureQueriesContext(connection) as seen:
            queries.timeline(actor=ben.actor, ticket_id=parcel.pk)
        counts.append(len(seen))
    assert counts == [12, 12]
