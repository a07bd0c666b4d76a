"""An organisation's own provider vouches for people: invited ones come in, all others are turned away in a sentence."""

import dataclasses
from collections.abc import Generator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.apps.accounts import provider
from tests.personas import Persona
from wellserved.apps.accounts.models import User
from wellserved.config import env

LOGIN = "/accounts/oidc/sso/login/"
BEN = {"sub": "17", "email": "ben@example.test", "email_verified": True, "name": "Ben Okafor"}


@pytest.fixture
def house(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Generator[provider.Provider]:
    with provider.run() as served:
        monkeypatch.setenv("OIDC_URL", served.base)
        monkeypatch.setenv("OIDC_CLIENT_ID", provider.CLIENT)
        monkeypatch.setenv("OIDC_CLIENT_SECRET", provider.SECRET)
        monkeypatch.setenv("OIDC_NAME", "the house account")
        settings.SOCIALACCOUNT_PROVIDERS = env.oidc()
        settings.SIGN_IN_ORIGINS = [served.base]
        yield served


@dataclasses.dataclass(frozen=True)
class Return:
    """Somebody who comes back from the provider: her browser, and the page that meets her."""

    client: Client
    address: str
    text: str

    @property
    def user(self) -> str | None:
        """Return the id she is signed in by, if she is."""
        return self.client.session.get("_auth_user_id")


def come_back(house: provider.Provider, person: dict[str, Any], client: Client | None = None) -> Return:
    """Press the button, sign in there as `person`, and follow the way back."""
    client = client or Client()
    there = client.post(LOGIN)
    assert there.status_code == 302
    assert there["Location"].startswith(f"{house.base}/authorize?")
    page = client.get(house.consent(there["Location"], person), follow=True)
    return Return(client, page.redirect_chain[-1][0] if page.redirect_chain else "", page.text)


def test_the_sign_in_page_offers_the_provider_and_its_policy_lets_the_form_go_there(
    house: provider.Provider, db: None
) -> None:
    page = Client().get("/accounts/login/")
    assert "Sign in with the house account" in page.text
    assert f"form-action 'self' {house.base};" in page.headers["Content-Security-Policy"]


def test_whoever_was_invited_comes_in_and_again_under_a_new_address(house: provider.Provider, ben: Persona) -> None:
    first = come_back(house, BEN)
    assert (first.user, first.address) == (str(ben.user.pk), "/")
    again = come_back(house, BEN | {"email": "b.okafor@example.test"})
    assert again.user == str(ben.user.pk)
    assert (User.objects.count(), SocialAccount.objects.get().uid) == (1, "17")


def test_capital_letters_in_an_address_are_no_other_person(house: provider.Provider, ben: Persona) -> None:
    assert come_back(house, BEN | {"email": "Ben@Example.TEST"}).user == str(ben.user.pk)


@pytest.mark.parametrize("person", [BEN | {"email_verified": False}, BEN | {"email": "nobody@example.test"}])
def test_nobody_comes_in_unverified_or_uninvited(
    house: provider.Provider, ben: Persona, person: dict[str, Any]
) -> None:
    turned_away = come_back(house, person)
    assert turned_away.user is None
    assert "invitation" in turned_away.text
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_somebody_whose_access_was_closed_stays_out(house: provider.Provider, ben: Persona) -> None:
    come_back(house, BEN)
    User.objects.filter(pk=ben.user.pk).update(is_active=False)
    assert come_back(house, BEN).user is None


def test_a_token_meant_for_another_application_signs_nobody_in(house: provider.Provider, ben: Persona) -> None:
    house.audience = "another-application"
    back = come_back(house, BEN)
    assert back.user is None
    assert "Sign-in did not work" in back.text


def test_a_code_brought_by_another_browser_signs_nobody_in(house: provider.Provider, ben: Persona) -> None:
    there = Client().post(LOGIN)
    stranger = Client()
    page = stranger.get(house.consent(there["Location"], BEN), follow=True)
    assert "_auth_user_id" not in stranger.session
    assert "Sign-in did not work" in page.text


def test_a_provider_that_does_not_answer_is_said_to_be_away(house: provider.Provider, settings: Any, db: None) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    page = Client().post(LOGIN)
    assert page.status_code == 502
    assert "The service that signs you in does not answer." in page.text


def test_a_code_the_provider_does_not_know_signs_nobody_in(house: provider.Provider, ben: Persona) -> None:
    client = Client()
    back = house.consent(client.post(LOGIN)["Location"], BEN)
    house.codes.clear()
    page = client.get(back, follow=True)
    assert "_auth_user_id" not in client.session
    assert "Sign-in did not work" in page.text
