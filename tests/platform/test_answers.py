"""One error tree, said three ways: a page, a fragment, problem+json."""

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.platform.trial_routes")]


def test_a_browser_gets_a_page_with_the_sentence(client: Client) -> None:
    answer = client.get("/refused")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert "<h1>You may not do this</h1>" in answer.content.decode()
    assert "Ask your manager." in answer.content.decode()


def test_a_fragment_gets_a_banner_without_a_page_round_it(client: Client) -> None:
    body = client.get("/refused", headers={"HX-Request": "true"}).content.decode()
    assert "Ask your manager." in body
    assert "<html" not in body


def test_a_program_gets_problem_details(client: Client) -> None:
    answer = client.get("/api/refused")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/docs/errors#over_authority",
        "title": "Forbidden",
        "status": 403,
        "code": "over_authority",
        "detail": "Ask your manager.",
        "data": {"limit": 50},
    }


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_stale_save_shows_what_differs_and_keeps_the_text(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/stale", headers=headers)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "theirs" in body
    assert "readonly>mine</textarea>" in body


def test_a_refused_form_gives_its_words_back_and_the_way_to_its_page(client: Client) -> None:
    given = {"what_is_done": "We send a new one", "password": "my secret words", "version": "3"}
    answer = client.post("/refused", given, headers={"Referer": "http://testserver/desk?view=mine"})
    body = answer.content.decode()
    assert "You wrote (What is done)" in body
    assert "readonly>We send a new one</textarea>" in body
    assert "my secret words" not in body
    assert 'href="/desk?view=mine"' in body


def test_a_way_back_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/refused", {"a": "b c"}, headers={"Referer": "http://elsewhere.test/desk"})
    assert "elsewhere" not in answer.content.decode()


def test_a_limit_says_when_to_come_back(client: Client) -> None:
    answer = client.get("/fast")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_our_fault_says_nothing_of_its_inside(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.raise_request_exception = False
    answer = client.get("/fault")
    assert answer.status_code == 500
    assert "Nothing was saved" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()
    assert "unanswered error on GET /fault" in caplog.messages


def test_an_address_without_a_route_reads_like_one_that_is_hidden(client: Client) -> None:
    unknown, undeclared = client.get("/no/such/page"), client.get("/undeclared")
    assert (unknown.status_code, undeclared.status_code) == (404, 404)
    assert client.get("/api/no/such").json()["code"] == "not_found"


def test_a_visitor_is_sent_to_sign_in_by_the_means_her_program_knows(client: Client) -> None:
    assert client.get("/closed").headers["Location"] == "/accounts/login/?next=/closed"
    assert client.get("/closed", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/login/"
    assert (client.get("/api/closed").status_code, client.get("/api/closed").json()["code"]) == (
        401,
        "sign_in_required",
    )


def test_a_role_without_the_capability_is_refused(client: Client, ben: Any) -> None:
    client.force_login(ben.user)
    assert client.get("/closed").content == b"in"
    assert client.get("/never").status_code == 403


def test_a_form_from_elsewhere_is_refused_in_our_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


@pytest.mark.parametrize("name", ["body", "a\0b"])
def test_text_no_database_could_keep_is_refused_before_anything_reads_it(client: Client, name: str) -> None:
    for answer in (client.post("/help", {name: "It never\0came to me"}), client.get("/help", {name: "\0"})):
        assert answer.status_code == 422
        assert "Text may not hold NUL characters" in answer.content.decode()


def test_an_address_no_database_could_look_for_is_refused(client: Client) -> None:
    answer = client.get("/named/a%00b")
    assert answer.status_code == 422
    assert "Text may not hold NUL characters" in answer.content.decode()


def test_a_row_that_is_there_already_is_no_fault_of_ours(client: Client) -> None:
    page, problem = client.get("/twice"), client.get("/api/twice")
    assert (page.status_code, problem.status_code, problem.json()["code"]) == (409, 409, "done_already")
    assert "This was done a moment ago. Reload the page and look." in page.content.decode()


def test_any_other_broken_rule_of_the_database_is_one(client: Client) -> None:
    assert client.get("/api/unruly").status_code == 500
