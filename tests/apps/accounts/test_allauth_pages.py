"""Every page allauth opens is drawn by our templates, in our shell, with nothing inline."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.personas import PASSWORD, Persona
from wellserved.config.routes import THIRD_PARTY

OPENED = {name for name, policy in THIRD_PARTY.items() if policy.kind != "closed"}

KEY = {"name": "Laptop", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}

ENTRANCE = {
    "account_login": 200,
    "account_signup": 200,
    "account_inactive": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key_done": 200,
    "socialaccount_login_cancelled": 200,
    "socialaccount_login_error": 401,
}
OWN = (
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "socialaccount_connections",
)
WITH_APP = (
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)
# Redirects, downloads and steps with a test of their own below.
ELSEWHERE = {
    "account_set_password",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
}


OPENED = {name for name, policy in THIRD_PARTY.items() if policy.kind != "closed"}


def assert_ours(body: str) -> None:
    assert body.count("<h1>") == 1
    assert "ui/app.css" in body
    assert len(re.findall(r'class="btn btn-primary', body)) == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", body) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", body) == []


def signed_in(persona: Persona) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": persona.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def add_app(persona: Persona) -> None:
    Authenticator.objects.create(user=persona.user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    Authenticator.objects.create(user=persona.user, type="recovery_codes", data={"seed": "0123456789", "used_mask": 0})


def test_every_opened_route_is_crawled_here() -> None:
    assert {*ENTRANCE, *OWN, *WITH_APP} | ELSEWHERE == OPENED


@pytest.mark.parametrize("name", ENTRANCE)
def test_a_page_on_the_way_in(db: None, name: str) -> None:
    page = Client().get(reverse(name))
    assert page.status_code == ENTRANCE[name]
    assert_ours(page.content.decode())


@pytest.mark.parametrize("name", OWN)
def test_a_page_about_ones_own_access(ben: Persona, name: str) -> None:
    page = signed_in(ben).get(reverse(name))
    assert page.status_code == 200
    assert "<nav" in page.content.decode() or name in {"account_logout", "account_reauthenticate"}
    assert_ours(page.content.decode())


@pytest.mark.parametrize("name", WITH_APP)
def test_a_page_of_somebody_with_an_authenticator_app(ben: Persona, name: str) -> None:
    client = signed_in(ben)
    add_app(ben)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert_ours(page.content.decode())


def test_the_picture_to_scan_is_an_image_and_nothing_inline(ben: Persona) -> None:
    body = signed_in(ben).get("/accounts/2fa/totp/activate/").content.decode()
    assert '<img src="data:image/svg+xml;base64,' in body


def test_somebody_without_a_password_chooses_one(ben: Persona) -> None:
    ben.user.set_unusable_password()
    ben.user.save()
    page = ben.client.get("/accounts/password/set/")
    assert page.status_code == 200
    assert_ours(page.content.decode())


def test_the_second_step_asks_for_a_code(ben: Persona) -> None:
    add_app(ben)
    client = Client()
    answer = client.post("/accounts/login/", {"login": ben.user.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    page = client.get("/accounts/2fa/authenticate/")
    assert page.status_code == 200
    assert_ours(page.content.decode())
    assert client.get("/me").status_code == 302


def test_a_wrong_code_opens_nothing(ben: Persona) -> None:
    add_app(ben)
    client = Client()
    client.post("/accounts/login/", {"login": ben.user.email, "password": PASSWORD})
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert b"<title>Error: One more step" in page.content
    assert client.get("/me").status_code == 302


def test_recovery_codes_download_as_text(ben: Persona) -> None:
    client = signed_in(ben)
    add_app(ben)
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert len(answer.content.split()) == 10


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("mfa_edit_webauthn", "Rename a key"),
        ("mfa_remove_webauthn", "Remove a key"),
    ],
)
def test_a_key_is_renamed_and_removed_on_our_pages(ben: Persona, eve: Persona, name: str, heading: str) -> None:
    client = signed_in(ben)
    own = Authenticator.objects.create(user=ben.user, type="webauthn", data=KEY)
    foreign = Authenticator.objects.create(user=eve.user, type="webauthn", data=KEY)
    page = client.get(reverse(name, args=[own.pk]))
    assert f"<h1>{heading}</h1>" in page.content.decode()
    assert_ours(page.content.decode())
    assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
    assert client.post(reverse(name, args=[foreign.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=foreign.pk).exists()


def test_the_list_of_keys_names_them(ben: Persona) -> None:
    client = signed_in(ben)
    Authenticator.objects.create(user=ben.user, type="webauthn", data=KEY)
    body = client.get("/accounts/2fa/webauthn/").content.decode()
    assert "1 key opens your account." in body
    assert_ours(body)


def test_a_passkey_sign_in_gets_its_options_from_us(db: None) -> None:
    answer = Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert set(answer.json()["request_options"]) == {"publicKey"}


def test_the_key_ceremony_rides_in_a_data_attribute(ben: Persona) -> None:
    body = signed_in(ben).get("/accounts/2fa/webauthn/add/").content.decode()
    assert 'data-passkey="add"' in body
    assert "creation_options" in body
    assert "accounts/passkeys.js" in body


def test_a_pending_social_sign_up_leads_back_to_sign_in(db: None) -> None:
    assert Client().get("/accounts/3rdparty/signup/")["Location"] == "/accounts/login/"


def test_what_changes_how_one_signs_in_asks_who_one_is_again(ben: Persona) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": ben.user.email, "password": PASSWORD})
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"


def test_a_route_of_allauth_that_is_not_listed_is_not_served(ben: Persona) -> None:
    names = [name for name in _names(get_resolver()) if name not in OPENED]
    hidden = sorted(name for name in names if name.startswith(("account_", "mfa_", "socialaccount_")))
    assert hidden == [
        "account_confirm_email",
        "account_confirm_login_code",
        "account_email",
        "account_email_verification_sent",
    ]
    assert ben.client.get("/accounts/email/").status_code == 404
    assert ben.client.get("/accounts/social/connections/").status_code == 404


def test_rate_limits_are_on_outside_the_suite() -> None:
    from wellserved.config import settings as installed

    assert not hasattr(installed, "ACCOUNT_RATE_LIMITS")
    assert settings.ACCOUNT_RATE_LIMITS is False


def _names(resolver: URLResolver) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(entry.name or "")
        else:
            found += _names(entry)
    return found
