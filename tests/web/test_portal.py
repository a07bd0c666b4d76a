"""The portal: four fields, a link, plain words; nothing internal is ever shown."""

import gzip
import pathlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import personas
from tests.web.conftest import SECRET, Service
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries
from wellserved.apps.desk.models import Message, Ticket
from wellserved.platform.models import OutboxMessage

ASKED = {
    "name": "Rosa Conti",
    "email": "rosa@mail.test",
    "subject": "Where is my refund?",
    "body": "I cancelled on Friday. <script>alert(1)</script>",
}


def page_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def key_on(html: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', html)
    assert found is not None
    return found[1]


@pytest.fixture
def stranger() -> Client:
    return Client()


def link_to(service: Service) -> str:
    token = queries.link_for(ticket_id=service.ticket_id, customer_id=service.customer_id, now=service.now)
    return f"/help/r/{token}"


def test_anybody_asks_with_four_fields_and_her_files_and_is_handed_the_link_that_follows(
    service: Service, stranger: Client
) -> None:
    html = page_of(stranger.get("/help"))
    assert len(re.findall(r"<(?:input|textarea)(?![^>]*hidden|[^>]*\"file\")", html)) == 4
    assert len(re.findall(r'<input type="file" name="files"', html)) == 1
    assert "<script" not in html
    response = stranger.post("/help", ASKED | {"key": key_on(html)})
    assert response.status_code == 302
    followed = page_of(stranger.get(response.headers["Location"]))
    assert "Where is my refund?" in followed
    assert "We have your message and will answer it." in followed
    assert "We answer by" in followed
    assert "<script" not in followed


def test_a_second_press_of_the_button_is_the_same_question(service: Service, stranger: Client) -> None:
    key = key_on(page_of(stranger.get("/help")))
    first = stranger.post("/help", ASKED | {"key": key})
    second = stranger.post("/help", ASKED | {"key": key})
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.filter(subject="Where is my refund?").count() == 1


def test_the_sixth_question_in_an_hour_waits(service: Service, stranger: Client) -> None:
    answers = [stranger.post("/help", ASKED | {"subject": f"Question {n}"}).status_code for n in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]
    assert Ticket.objects.filter(subject__startswith="Question").count() == 5


def test_the_acknowledgement_quotes_nothing_and_leaves_once_a_day(service: Service, stranger: Client) -> None:
    stranger.post("/help", ASKED)
    stranger.post("/help", ASKED | {"subject": "And another"})
    sent = OutboxMessage.objects.all()
    assert Message.objects.filter(kind="automatic").count() == 1
    assert all("refund" not in str(vars(message)) for message in sent)


def test_a_missing_field_is_named_and_the_text_kept(service: Service, stranger: Client) -> None:
    response = stranger.post("/help", ASKED | {"email": ""})
    html = page_of(response)
    assert response.status_code == 422
    assert "Tell us where to answer." in html
    assert "Where is my refund?" in html
    assert "<title>Error:" in html
    assert Ticket.objects.count() == 1


def test_whoever_holds_the_link_reads_and_writes_but_sees_no_note(service: Service, stranger: Client) -> None:
    link = link_to(service)
    html = page_of(stranger.get(link))
    assert "Where is it?" in html
    assert SECRET not in html
    assert "Ben Okafor" not in html
    assert stranger.post(link, {"body": "Any news?", "key": key_on(html)}).status_code == 302
    assert Message.objects.order_by("-pk").first().body == "Any news?"


def test_a_stranger_sends_a_file_and_her_link_opens_it(
    service: Service, stranger: Client, tmp_path: pathlib.Path, settings: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    link = stranger.post("/help", ASKED | {"files": SimpleUploadedFile("photo.png", b"hello")}).headers["Location"]
    more = {"body": "And the label.", "files": SimpleUploadedFile("label.png", b"there")}
    assert stranger.post(link, more).status_code == 302
    html = page_of(stranger.get(link))
    addresses = re.findall(r'<a href="(/help/r/[^"]+/files/\d+)" download>(\w+\.png)</a>', html)
    assert [name for _, name in addresses] == ["photo.png", "label.png"]
    assert stranger.get(f"{link_to(service)}/files/{addresses[0][0].rpartition('/')[2]}").status_code == 404
    answer = stranger.get(addresses[0][0], follow=True)
    assert b"".join(answer.streaming_content) == b"hello"
    answer.close()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="photo.png"'


def test_too_large_a_file_is_refused_in_a_sentence_and_the_text_kept(service: Service, stranger: Client) -> None:
    large = SimpleUploadedFile("film.mp4", b"x" * (25 * 1024 * 1024 + 1))
    response = stranger.post("/help", ASKED | {"files": large})
    html = page_of(response)
    assert response.status_code == 422
    assert "film.mp4: a file may hold 25 MB at most." in html
    assert "I cancelled on Friday." in html
    assert Ticket.objects.count() == 1


def test_a_made_up_link_opens_nothing(service: Service, stranger: Client) -> None:
    assert stranger.get(link_to(service)[:-2] + "xx").status_code == 404


def test_a_signed_in_customer_sees_her_own_questions_and_no_others(
    service: Service, dev: personas.Persona, eve: personas.Persona
) -> None:
    customer = desk.save_customer(actor=service.manager.actor, name="Dev Patel", now=service.now)
    desk.tie_customer(actor=service.manager.actor, customer_id=customer, user_id=dev.user.pk, now=service.now)
    dev.client.post("/help/mine/ask", {"subject": "My chair wobbles", "body": "One leg is short."})
    number = Ticket.objects.get(subject="My chair wobbles").number
    desk.note(actor=service.manager.actor, ticket_id=Ticket.objects.get(number=number).pk, body=SECRET, now=service.now)
    assert "My chair wobbles" in page_of(dev.client.get("/help/mine"))
    assert SECRET not in page_of(dev.client.get(f"/help/mine/{number}"))
    assert eve.client.get(f"/help/mine/{number}").status_code == 404
    assert dev.client.get(f"/help/mine/{service.number}").status_code == 404


def test_the_portal_is_light(service: Service, stranger: Client) -> None:
    html = page_of(stranger.get(link_to(service)))
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', html)
    bodies = [b"".join(stranger.get(sheet).streaming_content) for sheet in sheets]
    assert sum(len(gzip.compress(body)) for body in (html.encode(), *bodies)) <= 25_000


def test_a_signed_in_customer_who_presses_twice_asks_and_replies_once(service: Service, dev: personas.Persona) -> None:
    customer = desk.save_customer(actor=service.manager.actor, name="Dev Patel", now=service.now)
    desk.tie_customer(actor=service.manager.actor, customer_id=customer, user_id=dev.user.pk, now=service.now)
    key = key_on(page_of(dev.client.get("/help/mine")))
    asked = {"subject": "My chair wobbles", "body": "One leg is short.", "key": key}
    places = [dev.client.post("/help/mine/ask", asked).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    said = {"body": "Any news?", "key": key_on(page_of(dev.client.get(places[0])))}
    assert [dev.client.post(places[0], said).status_code for _ in range(2)] == [302, 302]
    assert Ticket.objects.filter(subject="My chair wobbles").count() == 1
    assert Message.objects.filter(body="Any news?").count() == 1


def test_a_signed_in_customer_keeps_her_text_when_a_field_is_missing(service: Service, dev: personas.Persona) -> None:
    response = dev.client.post("/help/mine/ask", {"subject": "", "body": "One leg is short."})
    html = page_of(response)
    assert response.status_code == 422
    assert "Say in a few words what it is about." in html
    assert "One leg is short." in html
    assert Ticket.objects.count() == 1


@pytest.mark.django_db
def test_a_service_without_a_queue_still_takes_a_question(stranger: Client) -> None:
    response = stranger.post("/help", ASKED)
    assert response.status_code == 302
    assert Ticket.objects.get(subject="Where is my refund?").queue.name == "Customer service"
