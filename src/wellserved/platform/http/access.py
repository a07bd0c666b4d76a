"""Default deny: every route declares who may come in, and a route that does not is never served.

A view is decorated with `public`, `signed_in` or `needs(capability)`. The declaration is read by the middleware before
the view runs, by the test that walks the router, and by the generated access matrix. Objects are not judged here:
each query takes the actor and returns only what she may see, so a foreign record reads as absent.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from wellserved.platform.errors import NotFound, Refused, ServiceError, Unauthenticated
from wellserved.platform.http.answers import answer, wants_json

V = TypeVar("V", bound=Callable[..., Any])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoutePolicy:
    """Who may enter a route: anyone, anyone signed in, whoever has one of these capabilities, or (closed) nobody."""

    kind: str
    capabilities: frozenset[str] = frozenset()

    def admits(self, actor: Any) -> bool:
        """Return whether this actor (or None, nobody signed in) may enter."""
        if self.kind == "public":
            return True
        if actor is None:
            return False
        return self.kind == "signed_in" or bool(self.capabilities & actor.capabilities)


def public(view: V) -> V:
    """Let anyone enter."""
    view.route_policy = RoutePolicy(kind="public")  # type: ignore[attr-defined]
    return view


def signed_in(view: V) -> V:
    """Let anyone enter who is signed in."""
    view.route_policy = RoutePolicy(kind="signed_in")  # type: ignore[attr-defined]
    return view


def needs(*capabilities: str) -> Callable[[V], V]:
    """Let those enter who have at least one of these capabilities."""

    def declare(view: V) -> V:
        view.route_policy = RoutePolicy(  # type: ignore[attr-defined]
            kind="capability", capabilities=frozenset(capabilities)
        )
        return view

    return declare


def policy_of(match: ResolverMatch, method: str = "GET") -> RoutePolicy | None:
    """Return the policy a resolved route declares, by its view or by the list of third-party routes.

    A view that serves several operations declares one policy for each method; a method it does not serve is refused
    by the view, to whoever is signed in.
    """
    declared = getattr(match.func, "route_policy", None)
    if isinstance(declared, Mapping):
        return declared[method] if method in declared else _for_method_not_served(declared)
    if declared is not None:
        return declared  # type: ignore[no-any-return]
    named: dict[str, RoutePolicy] = import_string(settings.THIRD_PARTY_ROUTE_POLICIES)
    return named.get(match.view_name or match.route)


def _for_method_not_served(declared: Mapping[str, RoutePolicy | None]) -> RoutePolicy | None:
    known = list(declared.values())
    return None if None in known else RoutePolicy(kind="signed_in")


class DefaultDeny:
    """Middleware: resolve the actor once, and refuse a route she may not enter."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Judge the route before its view runs; what is raised here passes the middleware that answers errors by."""
        try:
            return self._judge(request)
        except ServiceError as refusal:
            return answer(request, refusal)

    def _judge(self, request: HttpRequest) -> HttpResponseBase | None:
        match = request.resolver_match
        policy = policy_of(match, request.method or "") if match else None
        if policy is None:
            raise NotFound("There is no such page.", code="route_without_policy")
        if policy.kind == "closed":
            raise NotFound("There is no such page.", code="closed_route")
        actor = import_string(settings.ACTOR_OF_REQUEST)(request)
        request.actor = actor  # type: ignore[attr-defined]
        if policy.admits(actor):
            return None
        if actor is None:
            return ask_to_sign_in(request)
        raise Refused("Your role does not open this page. Ask an administrator if it should.")


def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send a browser to the sign-in page and tell a program that it needs a key."""
    if request.headers.get("HX-Request"):
        # A fragment cannot show the sign-in page, so the whole page goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    is_page = request.method == "GET" or "text/html" in request.headers.get("Accept", "")
    if wants_json(request) or not is_page:
        raise Unauthenticated("Sign in first, or send an API token.")
    return redirect_to_login(request.get_full_path())


def empty(status: int = 204) -> HttpResponse:
    """Return an answer without a body."""
    return HttpResponse(status=status)
