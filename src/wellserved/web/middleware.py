"""Every page reads in its reader's time zone, and none before the second step her role needs is set up."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from wellserved.apps.accounts import adapters
from wellserved.platform.errors import Refused
from wellserved.platform.http.answers import answer, wants_json

SET_UP = "Your role signs in with two steps. Set up a passkey or an authenticator app before you go on."
# What she needs on the way: setting up, proving who she is, the password, the colours, signing out.
OPEN_ROUTES = frozenset(
    {
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "accounts:end_sessions",
        "web:theme",
    }
)


class ReadersZone:
    """Middleware: activate the signed-in person's zone before her view runs; stands after the access check."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Switch to the reader's zone; an unknown reader or zone reads in the service's."""
        zone = getattr(getattr(request, "actor", None), "time_zone", "")
        try:
            timezone.activate(zoneinfo.ZoneInfo(zone))
        except (ValueError, zoneinfo.ZoneInfoNotFoundError):
            timezone.deactivate()


class SecondStep:
    """Middleware: lead whoever's role needs a second step, and who has none, to set it up; after the access check."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Let pass whoever has a second step or needs none. One query for those who need one."""
        actor = getattr(request, "actor", None)
        if actor is None or actor.role not in settings.SECOND_STEP_ROLES or _is_on_the_way(request):
            return None
        if adapters.has_second_step(user_id=actor.user_id):
            return None
        if request.method == "GET" and not wants_json(request) and not request.headers.get("HX-Request"):
            messages.warning(request, SET_UP)
            return redirect("mfa_index")
        return answer(request, Refused(SET_UP, code="second_step_required"))


def _is_on_the_way(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in OPEN_ROUTES or name.startswith("mfa_")
