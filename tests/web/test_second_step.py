"""A second step that a role needs is set up before anything else; to other roles it is offered."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured

from tests.personas import PASSWORD, Persona
from wellserved.apps.accounts import actions
from wellserved.apps.accounts.types import Role
from wellserved.config import env
from wellserved.config import settings as installation
from wellserved.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _managers_need_it(settings) -> None:
    settings.SECOND_STEP_ROLES = frozenset({"manager"})


def give(persona: Persona, kind: str) -> None:
    Authenticator.objects.create(user=persona.user, type=kind, data={})


@pytest.mark.parametrize("address", ["/", "/inbox", "/people", "/history", "/me"])
def test_she_is_led_to_set_it_up_from_every_page(amira: Persona, address: str) -> None:
    answer = amira.client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
    page = amira.client.get("/accounts/2fa/").content.decode()
    assert "Your role signs in with two steps." in page


def test_nothing_is_done_before_it_is_set_up(amira: Persona) -> None:
    refused = amira.client.post("/people/invite", {"email": "new@example.test", "role": "agent"})
    assert (refused.status_code, "signs in with two steps" in refused.content.decode()) == (403, True)
    raw = actions.create_token(actor=amira.actor, name="Sync", scopes=["read"], days=1, now=clock.now()).raw
    told = amira.client.get("/api/v1/me", headers={"Authorization": f"Bearer {raw}"})
    assert (told.status_code, told.json()["code"]) == (403, "second_step_required")


def test_the_way_to_it_stays_open_from_the_sign_in_on(amira: Persona, client) -> None:
    signed_in = client.post("/accounts/login/", {"login": amira.user.email, "password": PASSWORD}, follow=True)
    assert signed_in.redirect_chain[-1][0] == "/accounts/2fa/"
    # Whoever adds a step proves once more that it is she.
    asked = client.get("/accounts/2fa/totp/activate/")
    proved = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert proved.headers["Location"] == "/accounts/2fa/totp/activate/"
    for address in ("/accounts/2fa/totp/activate/", "/accounts/password/change/", "/accounts/logout/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_an_app_or_a_passkey_opens_everything(amira: Persona, kind: str) -> None:
    give(amira, kind)
    assert amira.client.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(amira: Persona) -> None:
    give(amira, "recovery_codes")
    assert amira.client.get("/").status_code == 302


def test_other_roles_are_offered_it(ben: Persona, dev: Persona, client) -> None:
    assert [ben.client.get("/").status_code, dev.client.get("/help/mine").status_code] == [200, 200]
    assert client.get("/help").status_code == 200


def test_nobody_needs_it_unless_the_installation_says_so(monkeypatch) -> None:
    assert frozenset() == installation.SECOND_STEP_ROLES
    assert list(installation.ROLES) == list(Role.values)
    monkeypatch.setenv("NEEDED", "administrator, manager")
    assert env.choices("NEEDED", allowed=installation.ROLES) == {"administrator", "manager"}
    monkeypatch.setenv("NEEDED", "boss")
    with pytest.raises(ImproperlyConfigured, match=r"NEEDED: there is no boss\. Use customer, agent, "):
        env.choices("NEEDED", allowed=installation.ROLES)
