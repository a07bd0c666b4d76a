"""What allauth asks of us: sign-up is by invitation, mail and messages are ours, staff are known by their address."""

from collections.abc import Callable
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wellserved.apps.accounts.models import User
from wellserved.platform.errors import TooMany, Upstream
from wellserved.platform.http.addresses import client_address

TOO_MANY = "Too many tries in a short time. Wait five minutes, then try again."
WAIT_SECONDS = 300
PATIENCE_SECONDS = 5
NO_ANSWER = "The service that signs you in does not answer. Try again in a minute, or sign in with your password."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Close open sign-up: people come in by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth names it)
        """Return False: an invitation is the only way in."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address its limits of tries count by, the same as ours."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failed try by account and by address, and answer too many as every other limit is answered."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as spent:
            raise TooMany(TOO_MANY, retry_after=WAIT_SECONDS) from spent


class ProviderSession(requests.Session):
    """Asks an identity provider, and says in a sentence that it is away."""

    def request(self, method: str, url: str | bytes, *given: Any, **named: Any) -> requests.Response:
        """Return the answer; one that cannot be had, or none of what everybody may read, is a provider that is away."""
        try:
            answer = super().request(method, url, *given, **{"timeout": PATIENCE_SECONDS, **named})
            if method == "GET":
                answer.raise_for_status()
        except requests.RequestException as error:
            raise Upstream(NO_ANSWER) from error
        return answer


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Let an organisation's own identity provider vouch for people who are already invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth names them)
        """Return False: an unknown address is asked to get an invitation first."""
        return False

    def get_requests_session(self) -> requests.Session:
        """Return the session by which a provider is asked."""
        return ProviderSession()

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Return whether the provider has verified this address and it is one of ours."""
        verified = {address.email.lower() for address in login.email_addresses if address.verified}
        return email.lower() in verified and User.objects.filter(email__iexact=email, is_active=True).exists()


def sign_in_choices(request: HttpRequest) -> dict[str, Callable[[], list[dict[str, str]]]]:
    """Context processor: the configured identity providers, asked for only by the pages that show them."""

    def list_providers() -> list[dict[str, str]]:
        return [
            {"name": str(provider.name), "url": str(provider.get_login_url(request))}
            for provider in get_adapter(request).list_providers(request)
        ]

    return {"sign_in_providers": list_providers}


def forget_sign_in(*, user_id: int) -> None:
    """Delete what allauth keeps of a person: her addresses, second steps and linked identities."""
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user_id=user_id).delete()


def has_second_step(*, user_id: int | None) -> bool:
    """Return whether a person has an authenticator app or a passkey; recovery codes alone are none. One query."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())
