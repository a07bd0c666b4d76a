"""Clumsy and hostile input on the screens: refused in a sentence, and nothing typed is lost."""

import pytest

from tests.web.conftest import Service
from wellserved.apps.desk.models import Complaint, ComplaintRemedy, Message, Ticket
from wellserved.apps.standards.models import Standard

HUGE = "9" * 30


def test_a_reply_too_long_to_send_comes_back_whole(service: Service) -> None:
    before = Message.objects.count()
    version = Ticket.objects.get(pk=service.ticket_id).version
    text = "x" * 100_001
    response = service.agent.client.post(
        f"/c/{service.number}/write", {"mode": "reply", "body": text, "version": version}
    )
    assert response.status_code == 422
    assert text in response.content.decode()
    assert Message.objects.count() == before


def test_a_place_to_go_back_to_that_is_no_address_falls_back_to_the_ticket(service: Service) -> None:
    version = Ticket.objects.get(pk=service.ticket_id).version
    response = service.agent.client.post(
        f"/c/{service.number}/assign", {"assignee": "", "version": version, "back": "NaN"}
    )
    assert response.headers["Location"] == f"/c/{service.number}"


@pytest.mark.parametrize("assignee", [HUGE, "\N{SUPERSCRIPT TWO}", "nobody", "-1"])
def test_an_owner_nobody_can_read_is_refused_and_the_owner_stays(service: Service, assignee: str) -> None:
    ticket = Ticket.objects.get(pk=service.ticket_id)
    response = service.agent.client.post(
        f"/c/{service.number}/assign", {"assignee": assignee, "version": ticket.version}
    )
    assert response.status_code == 422
    assert "Choose a colleague from the list." in response.content.decode()
    assert Ticket.objects.get(pk=service.ticket_id).assignee_id == service.agent.user.pk


@pytest.mark.parametrize("number", [HUGE, "\N{SUPERSCRIPT TWO}"])
def test_a_number_no_database_could_hold_is_refused_on_every_form(service: Service, number: str) -> None:
    boss = service.manager.client
    assert boss.post(f"/c/{service.number}/move", {"move": "resolve", "version": number}).status_code == 422
    assert boss.post("/inbox/bulk", {"selected": f"{number}:1", "move": "resolve"}).status_code == 422
    assert boss.get(f"/standards/dry-run?number={number}").status_code == 422
    assert boss.get(f"/inbox/new?customer={number}").status_code == 200
    assert boss.post("/people/skills/set", {"user_id": number, "skill_id": number}).status_code == 422
    assert Ticket.objects.get(pk=service.ticket_id).status == "new"


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "abc"])
def test_a_record_no_database_could_hold_is_refused_on_a_wizard_and_the_words_stay(
    service: Service, number: str
) -> None:
    given = {"name": "First reply", "expectation": "They wait for a word", "expectation_id": number}
    answer = service.manager.client.post("/standards/new", given)
    assert answer.status_code == 422
    assert "They wait for a word" in answer.content.decode()
    assert Standard.objects.count() == 0


def test_a_remedy_that_is_refused_gives_its_words_back(service: Service) -> None:
    service.agent.client.post(f"/c/{service.number}/complaint")
    complaint = Complaint.objects.get()
    given = {"kind": "apology", "amount": "-5", "note": "We send flowers tomorrow", "version": complaint.version}
    answer = service.agent.client.post(f"/complaints/{complaint.pk}/remedies", given)
    assert answer.status_code == 422
    assert "readonly>We send flowers tomorrow</textarea>" in answer.content.decode()
    assert ComplaintRemedy.objects.count() == 0
