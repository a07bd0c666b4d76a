"""What allauth asks of us: sign-up is by invitation, mail and messages are ours, staff are known by their address."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wellserved.apps.accounts.models import User
from wellserved.platform.errors import TooMany

TOO_MANY = "Too many tries in a short time. Wait five minutes, then try again."
WAIT_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Close open sign-up: people come in by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth names it)
        """Return False: an invitation is the only way in."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failed try by account and by address, and answer too many as every other limit is answered."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as spent:
            raise TooMany(TOO_MANY, retry_after=WAIT_SECONDS) from spent


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Let an organisation's own identity provider vouch for people who are already invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth names them)
        """Return False: an unknown address is asked to get an invitation first."""
        return False

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
