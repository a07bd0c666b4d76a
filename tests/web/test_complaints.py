"""Complaints and the law on screen: one heading, constant queries, the portal's route, letters that wait."""

import datetime as dt
import pathlib
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from tests.personas import Persona
from tests.web.conftest import Service
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.models import Complaint, ComplaintLetter, Message, Ticket
from wellserved.apps.standards.actions import law
from wellserved.apps.standards.models import Obligation, RulePack
from wellserved.platform.clock import now as clock_now

HOUSE = system_actor()


def page_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def count_queries(persona: Persona, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert persona.client.get(path).status_code == 200
    return len(seen)


def complain_of_all() -> None:
    for ticket_id in Ticket.objects.filter(complaint=None).values_list("pk", flat=True):
        actions.open_complaint(actor=HOUSE, ticket_id=ticket_id, now=clock_now())


@pytest.mark.parametrize("path", ["/complaints", "/complaints?view=all&stage=response&q=late", "/law", "/law/packs"])
def test_a_register_has_one_heading_one_sentence_and_one_primary_button(service: Service, path: str) -> None:
    html = page_of(service.manager.client.get(path))
    assert html.count("<h1") == 1
    assert len(re.findall(r'class="verdict', html)) == 1
    assert len(re.findall(r'class="btn btn-primary', html)) == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", html)


def test_the_day_she_complained_is_asked_with_her_latest_message_as_the_answer(service: Service) -> None:
    html = page_of(service.agent.client.get(f"/c/{service.number}"))
    opened = Ticket.objects.get(pk=service.ticket_id).opened_at
    shown = timezone.localtime(opened).strftime("%Y-%m-%dT%H:%M")
    assert f'name="received_at" value="{shown}"' in html
    assert "The law counts from this day" in html
    path = f"/c/{service.number}/complaint"
    refused = service.agent.client.post(path, {"received_at": "the day before yesterday"})
    assert (refused.status_code, Complaint.objects.count()) == (422, 0)
    service.agent.client.post(path, {"received_at": shown})
    assert Complaint.objects.get().received_at == opened


def test_an_issue_becomes_a_complaint_in_one_act_and_leads_to_its_page(service: Service) -> None:
    answer = service.agent.client.post(f"/c/{service.number}/complaint")
    complaint = Complaint.objects.get()
    assert answer.headers["Location"] == f"/complaints/{complaint.pk}"
    html = page_of(service.agent.client.get(f"/complaints/{complaint.pk}"))
    assert html.count("<h1") == 1
    assert len(re.findall(r'class="btn btn-primary', html)) == 1
    assert "Acknowledge" in html
    assert f'href="/complaints/{complaint.pk}"' in page_of(service.agent.client.get(f"/c/{service.number}"))


@pytest.mark.parametrize("path", ["/complaints?view=all", "/law", "/"])
def test_a_register_costs_the_same_queries_with_few_and_with_many(service: Service, path: str) -> None:
    complain_of_all()
    service.manager.client.get("/docs/errors")
    small = count_queries(service.manager, path)
    service.open_more(20)
    complain_of_all()
    template = Obligation.objects.first()
    Obligation.objects.bulk_create(
        Obligation(title=f"Duty {n}", summary="x", review_on=dt.date(2099, 1, 1), created_at=clock_now(), origin="live")
        for n in range(30)
    )
    assert template is not None
    assert count_queries(service.manager, path) == small


def test_a_letter_on_screen_says_what_it_lacks_and_keeps_what_was_typed(service: Service) -> None:
    service.agent.client.post(f"/c/{service.number}/complaint")
    complaint = Complaint.objects.get()
    path = f"/complaints/{complaint.pk}/letters/acknowledgement"
    refused = service.agent.client.post(path, {"body": "We have it.", "do": "send", "version": complaint.version})
    assert refused.status_code == 422
    assert "it lacks The reference of the complaint" in page_of(refused)
    assert "We have it." in page_of(refused)
    assert Message.objects.filter(kind="reply").count() == 0
    body = f"We have your complaint #{service.number}. {complaint.handler} is dealing with your complaint."
    body += " You will hear from us by Friday."
    sent = service.agent.client.post(path, {"body": body, "do": "send", "version": complaint.version})
    assert sent.status_code == 302
    assert ComplaintLetter.objects.get().message == Message.objects.get(kind="reply")
    assert Complaint.objects.get().stage == "assessment"


def test_the_register_is_exported_as_the_address_narrows_it(service: Service) -> None:
    complain_of_all()
    text = page_of(service.manager.client.get("/complaints.csv?view=open"))
    assert text.splitlines()[0].startswith("number,subject,complainant,received_at,stage_name")
    assert len(text.splitlines()) == 1 + Complaint.objects.count()
    assert len(page_of(service.manager.client.get("/complaints.csv?view=closed")).splitlines()) == 1


COMPLAINT = {
    "name": "Rosa Lind",
    "email": "rosa@mail.test",
    "subject": "Charged twice",
    "body": "You took the money twice.",
    "wish": "Give one payment back.",
}


def test_a_complaint_made_on_the_portal_is_acknowledged_at_once_and_quotes_nothing(service: Service) -> None:
    answer = Client().post("/help/complain", COMPLAINT)
    assert answer.status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.stage, complaint.channel, complaint.complainant) == ("assessment", "web", "Rosa Lind")
    told = Message.objects.get(kind="automatic", ticket=complaint.ticket)
    assert f"#{complaint.ticket.number}" in told.body
    assert [word in told.body for word in ("Rosa", "Charged", "money")] == [False, False, False]
    assert complaint.clocks.get(key="acknowledge").stopped_on == complaint.received_on


def test_a_complaint_form_without_words_says_what_is_missing(service: Service) -> None:
    answer = Client().post("/help/complain", COMPLAINT | {"body": ""})
    assert (answer.status_code, Complaint.objects.count()) == (422, 0)
    assert "Tell us what happened." in page_of(answer)


def test_the_form_asks_what_it_is_about_once_there_are_several_rules(service: Service) -> None:
    assert "What is your complaint about?" not in page_of(Client().get("/help/complain"))
    for file in ("iso-10002.toml", "uk-sar.toml"):
        law.load_offered(actor=HOUSE, file=file, now=clock_now())
    html = page_of(Client().get("/help/complain"))
    assert ["A copy of my personal data" in html, "A complaint about our service" in html] == [True, True]
    about = re.search(r'value="(\d+)"[^>]*>A copy of my personal data', html)
    assert about is not None
    Client().post("/help/complain", COMPLAINT | {"about": about[1]})
    assert Complaint.objects.get().pack.pack.key == "uk.sar"


HOUSE_RULE = """
key = "house.ten_days"
title = "Ten days"
jurisdiction = "Our house"
sector = "All"
source = "https://example.test/ten-days"
review_on = 2099-01-01
[retention]
years = 1
sentence = "One year."
[[clocks]]
key = "answer"
title = "Answer"
count = 10
unit = "days"
sentence = "Within ten days."
stops_on = ["final"]
letter = "final"
[[letters]]
key = "final"
title = "Answer"
role = "final"
[letters.texts]
en = "Dear ${customer}, this is our answer."
"""


def bring_by_folder(service: Service, text: str, var: pathlib.Path) -> None:
    (var / "packs").mkdir(exist_ok=True)
    (var / "packs/ten-days.toml").write_text(text)
    assert "Ten days" in page_of(service.manager.client.get("/law/packs"))
    assert service.manager.client.post("/law/packs", {"offered": "ten-days.toml"}).status_code == 302


def bring_by_screen(service: Service, text: str, var: pathlib.Path) -> None:
    file = SimpleUploadedFile("ten-days.toml", text.encode())
    assert service.manager.client.post("/law/packs", {"file": file, "reason": "Agreed"}).status_code == 302


def bring_by_command(service: Service, text: str, var: pathlib.Path) -> None:
    (var / "ten-days.toml").write_text(text)
    call_command("packs", "add", str(var / "ten-days.toml"))


@pytest.mark.parametrize("bring", [bring_by_folder, bring_by_screen, bring_by_command])
def test_a_new_pack_is_data_alone_and_a_complaint_keeps_the_one_it_began_under(
    service: Service, bring: Callable[..., None], settings: Settings, tmp_path: pathlib.Path
) -> None:
    settings.VAR = tmp_path
    bring(service, HOUSE_RULE, tmp_path)
    pack = RulePack.objects.get(key="house.ten_days")
    service.agent.client.post(f"/c/{service.number}/complaint", {"pack": pack.pk})
    first = Complaint.objects.get()
    assert first.next_due_on == first.received_on + dt.timedelta(days=10)
    bring(service, HOUSE_RULE.replace("count = 10", "count = 7"), tmp_path)
    service.open_more(1)
    newer = Ticket.objects.get(complaint=None)
    service.agent.client.post(f"/c/{newer.number}/complaint", {"pack": pack.pk})
    second = Complaint.objects.get(ticket=newer)
    assert second.next_due_on == second.received_on + dt.timedelta(days=7)
    service.agent.client.post(f"/complaints/{first.pk}/record", {"summary": "Said again", "version": first.version})
    first.refresh_from_db()
    assert (first.summary, first.next_due_on) == ("Said again", first.received_on + dt.timedelta(days=10))
    assert "Ten days, version 1" in page_of(service.agent.client.get(f"/complaints/{first.pk}"))
    assert "Ten days, version 2" in page_of(service.agent.client.get(f"/complaints/{second.pk}"))


@pytest.mark.parametrize("handler", ["abc", "-1", "9" * 20])
def test_a_handler_who_is_no_choice_is_refused_and_the_handler_stays(service: Service, handler: str) -> None:
    service.agent.client.post(f"/c/{service.number}/complaint")
    complaint = Complaint.objects.get()
    answer = service.manager.client.post(f"/complaints/{complaint.pk}/people", {"handler": handler, "reviewer": ""})
    assert (answer.status_code, Complaint.objects.get().handler_id) == (422, service.agent.user.pk)
