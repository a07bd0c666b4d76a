"""The screens of guidelines: read, written, refused with the text kept, and beside the reply."""

import dataclasses
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.desk.test_knowledge import DAMAGE, LATE, bring_in_force
from tests.personas import Persona
from tests.web.conftest import Service
from wellserved.apps.desk.models import Guideline


@pytest.fixture
def late(service: Service, lena: Persona) -> int:
    content = dataclasses.replace(LATE, kinds=())
    return bring_in_force(content, lena=lena, amira=service.manager, now=service.now)


@pytest.mark.parametrize("path", ["/guidelines", "/guidelines?view=unread&q=late", "/guidelines/new", "/guidelines/{}"])
def test_a_screen_has_one_heading_one_sentence_and_one_primary_button(
    service: Service, late: int, ben: Persona, path: str
) -> None:
    response = service.manager.client.get(path.format(late))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert len(re.findall(r'class="(?:verdict|list-verdict)', html)) == 1
    assert len(re.findall(r'class="btn btn-primary', html)) == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", html)


def test_whoever_is_concerned_confirms_on_the_page(service: Service, late: int, ben: Persona) -> None:
    assert "1 for you to read." in ben.client.get("/guidelines").content.decode()
    assert "I have read this" in ben.client.get(f"/guidelines/{late}").content.decode()
    assert ben.client.post(f"/guidelines/{late}/read", {"number": "1"}).status_code == 302
    assert "You have read all that concerns you." in ben.client.get("/guidelines").content.decode()


def test_a_guideline_without_a_title_is_refused_and_the_text_stays(service: Service, lena: Persona) -> None:
    given = {"kind": "procedure", "title": "", "body": "Be kind.", "steps": ""}
    response = lena.client.post("/guidelines/new", given)
    assert response.status_code == 422
    assert "Give it a title." in response.content.decode()
    assert "Be kind." in response.content.decode()
    response = lena.client.post("/guidelines/new", given | {"title": "Kindness"})
    assert (response.status_code, Guideline.objects.count()) == (422, 0)
    assert "one on each line" in response.content.decode()


def test_inserting_a_text_keeps_what_was_typed(service: Service, late: int, ben: Persona) -> None:
    page = f"/c/{service.number}"
    assert f'formaction="{page}/insert"' in ben.client.get(page).content.decode()
    ben.client.post(f"{page}/insert", {"insert": late, "mode": "note", "body": "Ask the depot"})
    html = ben.client.get(page).content.decode()
    assert f"I am sorry, Joanna, that #{service.number} is late." in html
    assert "Ask the depot" in html


def test_the_pages_cost_the_same_queries_at_two_sizes(service: Service, lena: Persona) -> None:
    def bring(count: int) -> None:
        for i in range(count):
            bring_in_force(
                dataclasses.replace(DAMAGE, title=f"Procedure {i}"), lena=lena, amira=service.manager, now=service.now
            )

    def cost(path: str) -> int:
        service.manager.client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert service.manager.client.get(path).status_code == 200
        return len(asked)

    bring(5)
    before = [cost("/guidelines"), cost(f"/c/{service.number}")]
    bring(30)
    assert [cost("/guidelines"), cost(f"/c/{service.number}")] == before
