"""Pages open to strangers: so many tries, then 429 and when to come back."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.personas import Persona
from tests.web.conftest import service  # noqa: F401 (a fixture, used by name)
from wellserved.apps.accounts.models import User


@pytest.fixture
def limits(settings: Settings) -> None:
    """Switch on what the installation has: the suite at large signs in more often than anybody would."""
    settings.ACCOUNT_RATE_LIMITS = {}


def statuses(client: Client, address: str, count: int, **given: str) -> list[int]:
    ask = client.post if given else client.get
    return [ask(address, given or None).status_code for _ in range(count)]


@pytest.mark.usefixtures("limits")
def test_the_sixth_wrong_password_for_one_account_waits_and_says_how_long(ben: Persona) -> None:
    tried = statuses(Client(), "/accounts/login/", 5, login="ben@example.test", password="not hers at all")
    assert tried == [200] * 5
    answer = Client().post("/accounts/login/", {"login": "ben@example.test", "password": "not hers at all"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert b"Too many tries in a short time. Wait five minutes, then try again." in answer.content


@pytest.mark.usefixtures("limits")
def test_the_limit_of_one_account_leaves_another_alone(ben: Persona, lena: Persona) -> None:
    statuses(Client(), "/accounts/login/", 6, login="ben@example.test", password="not hers at all")
    other = Client().post("/accounts/login/", {"login": "lena@example.test", "password": "correct horse battery"})
    assert other.status_code == 302


@pytest.mark.usefixtures("limits")
def test_one_address_trying_many_accounts_waits_too(db: None) -> None:
    tried = [
        Client().post("/accounts/login/", {"login": f"who{n}@example.test", "password": "a guess"}).status_code
        for n in range(11)
    ]
    assert tried == [200] * 10 + [429]
    assert User.objects.count() == 0


@pytest.mark.usefixtures("limits")
def test_signing_in_well_spends_nothing(ben: Persona) -> None:
    well = statuses(Client(), "/accounts/login/", 1, login="ben@example.test", password="correct horse battery")
    assert (
        well
        + [
            Client()
            .post("/accounts/login/", {"login": "ben@example.test", "password": "correct horse battery"})
            .status_code
            for _ in range(7)
        ]
        == [302] * 8
    )


@pytest.mark.parametrize(
    ("address", "limit"), [("/invitations/not-a-token", 30), ("/help/r/not-a-token", 120)], ids=["invitation", "link"]
)
def test_guessing_at_links_waits(db: None, address: str, limit: int) -> None:
    stranger = Client()
    assert statuses(stranger, address, limit) == [404] * limit
    answer = stranger.get(address)
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)


def test_a_limit_is_kept_by_address(db: None) -> None:
    statuses(Client(), "/invitations/not-a-token", 31)
    assert Client().get("/invitations/not-a-token").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get("/invitations/not-a-token").status_code == 404


def test_the_sixth_question_from_one_address_says_when_to_come_back(service: object) -> None:  # noqa: F811
    question = {"name": "Rosa", "email": "rosa@mail.test", "subject": "Where is it?", "body": "It never came."}
    assert statuses(Client(), "/help", 5, **question) == [302] * 5
    answer = Client().post("/help", question)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "720")
