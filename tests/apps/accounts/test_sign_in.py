"""Signing in and out."""

from django.test import Client

from tests.personas import PASSWORD, Persona


def test_the_sign_in_page_is_ours(client: Client, db: None) -> None:
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    assert b"<h1>Sign in</h1>" in page.content
    assert b"css" in page.content


def test_a_person_signs_in_with_her_address_in_any_case(ben: Persona) -> None:
    answer = Client().post("/accounts/login/", {"login": "BEN@example.test", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(ben: Persona) -> None:
    wrong = Client().post("/accounts/login/", {"login": "ben@example.test", "password": "not hers at all"})
    unknown = Client().post("/accounts/login/", {"login": "nobody@example.test", "password": "not hers at all"})
    sentence = b"The email address and/or password you specified are not correct."
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert sentence in wrong.content
    assert sentence in unknown.content
