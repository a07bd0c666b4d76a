"""The pages about colleagues."""

import re

import pytest

from tests.personas import Persona

PAGES = ("/people", "/people/skills", "/people/authority", "/people/invite", "/me", "/settings/teams")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_sentence_and_one_primary_button(amira: Persona, ben: Persona, path: str) -> None:
    page = amira.client.get(path)
    body = page.content.decode()
    assert page.status_code == 200
    assert body.count("<h1>") == 1
    assert body.count('<p class="verdict">') == 1
    assert len(re.findall(r'class="btn btn-primary', body)) == 1


def test_a_profile_page_has_one_of_each_too(amira: Persona, ben: Persona) -> None:
    body = amira.client.get(f"/people/{ben.user.pk}").content.decode()
    assert body.count("<h1>Ben Okafor</h1>") == 1
    assert '<p class="verdict">Agent in Team A, available.</p>' in body
    assert len(re.findall(r'class="btn btn-primary', body)) == 1


def test_an_agent_sees_her_own_profile_and_no_other(ben: Persona, lena: Persona) -> None:
    assert ben.client.get(f"/people/{ben.user.pk}").status_code == 200
    assert ben.client.get(f"/people/{lena.user.pk}").status_code == 404
