"""What the matrix is made of: routes, people, placements, examples."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests import personas
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.models import Entry
from wellserved.platform.http.access import RoutePolicy, policy_of

OWN, OTHER_TEAM, OTHER_WORLD, OTHER_CUSTOMER = "own team", "other team", "other world", "other customer"
RESTRICTED = "restricted"
PLACEMENTS = (OWN, OTHER_TEAM, OTHER_WORLD, OTHER_CUSTOMER)
ABSENT = 999_999_999
ROLES = {
    "anonymous": None,
    "customer": "dev",
    "agent": "ben",
    "team_leader": "lena",
    "manager": "amira",
    "analyst": "anna",
    "decision_maker": "frank",
    "administrator": "ada",
}
GATE = b"Your role does not open this page"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ref:
    """An argument or field that names an object of a kind."""

    kind: str

    def __init__(self, kind: str) -> None:
        object.__setattr__(self, "kind", kind)


Visible = Callable[[Actor, str, Any], bool]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of object: how one is made in a placement, and who may know of it."""

    make: Callable[["Scene", str], Any]
    visible: Visible
    placements: tuple[str, ...] = (OWN, OTHER_TEAM, OTHER_WORLD)
    absent: Any = ABSENT


@dataclasses.dataclass(frozen=True, kw_only=True)
class Example:
    """How one route is called when everything is right."""

    kwargs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    method: str = "GET"
    body: Callable[["Scene"], dict[str, Any]] = lambda _scene: {}
    secondary: Mapping[str, Ref] = dataclasses.field(default_factory=dict)
    passed_over: Mapping[str, Ref] = dataclasses.field(default_factory=dict)
    visible: Visible | None = None
    content_type: str = ""
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Route:
    """One address the router knows."""

    key: str
    name: str
    path: str
    arguments: tuple[str, ...]

    def address(self, kwargs: Mapping[str, Any]) -> str:
        """Return the address for these arguments."""
        return reverse(self.name, kwargs=dict(kwargs)) if self.name else "/" + self.path

    def methods(self) -> tuple[str, ...]:
        """Return the methods worth trying: a page is read and posted to, an API path takes them all."""
        return ("GET", "POST", "PUT", "PATCH", "DELETE") if self.path.startswith("api/") else ("GET", "POST")


class Scene:
    """The cast, their teams, and one object of each kind in each placement, made when first asked for."""

    def __init__(self) -> None:
        self.people = {key: personas.make_persona(key) for key in personas.CAST}
        self.team_a = personas.make_team("Team A")
        self.team_b = personas.make_team("Team B")
        self._made: dict[tuple[str, str], Any] = {}
        self._sessions: dict[str, str] = {}

    def actor(self, role: str) -> Actor | None:
        """Return the actor who stands for a role."""
        key = ROLES[role]
        return self.people[key].actor if key else None

    def object(self, kind: str, placement: str) -> Any:
        """Return the key of an object of a kind, standing in a placement."""
        if (kind, placement) not in self._made:
            self._made[kind, placement] = KINDS[kind].make(self, placement)
        return self._made[kind, placement]

    def fill(self, kwargs: Mapping[str, Any], placement: str = OWN) -> dict[str, Any]:
        """Return address arguments with every reference resolved."""
        return {
            name: self.object(value.kind, placement) if isinstance(value, Ref) else value
            for name, value in kwargs.items()
        }

    def ask(
        self,
        role: str,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        *,
        follow: bool = False,
    ) -> tuple[HttpResponse, int]:
        """Ask as a role, undo everything, and return the answer and how many ledger entries it wrote."""
        client = self._browser(role)
        given: dict[str, Any] = {"data": dict(body or {})} if method in {"GET", "POST"} or content_type else {}
        if content_type:
            given["content_type"] = content_type
        given |= {"follow": True} if follow else {}
        with transaction.atomic():
            before = Entry.objects.count()
            response = getattr(client, method.lower())(address, headers=dict(headers or {}), **given)
            written = Entry.objects.count() - before
            if response.streaming:
                # Closing the response itself would tell Django to close the test's connection too.
                for close in response._resource_closers:
                    close()
            transaction.set_rollback(True)
        return response, written

    def _browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if (key := ROLES[role]) is not None:
            if key not in self._sessions:
                self._sessions[key] = self.people[key].client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[key]
        return client


def expected_entry(policy: RoutePolicy | None, actor: Actor | None, method: str, address: str = "") -> str:
    """Return what the gate must do: "absent", "open", "sign in" or "closed"."""
    if policy is None or policy.kind == "closed":
        return "absent"
    if policy.kind == "public":
        return "open"
    if actor is None:
        return "sign in" if method == "GET" and not address.startswith("/api/") else "unauthenticated"
    if policy.kind == "signed_in" or policy.capabilities & actor.capabilities:
        return "open"
    return "closed"


def seen_entry(response: HttpResponse, address: str) -> str:
    """Return what the gate did."""
    if response.status_code == 302 and response["Location"].startswith(f"/accounts/login/?next={address[:8]}"):
        return "sign in"
    if response.status_code == 401 and b"Sign in first" in response.content:
        return "unauthenticated"
    if response.status_code == 403 and GATE in response.content:
        return "closed"
    if response.status_code == 404 and b"There is no such page." in response.content:
        return "absent"
    return "open" if response.status_code < 500 else f"broken ({response.status_code})"


def policy_at(address: str, method: str = "GET") -> RoutePolicy | None:
    """Return the policy the router and the declarations give an address and a method."""
    return policy_of(resolve(address), method)


def list_routes() -> tuple[Route, ...]:
    """Return every route of the product."""
    return tuple(_walk(get_resolver(), "", (), ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...], arguments: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + _text_of(entry.pattern)
        known = (*arguments, *_arguments_of(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, path, inner, known)
        elif isinstance(entry, URLPattern):
            name = ":".join([*spaces, entry.name]) if entry.name else ""
            yield Route(key=name or path, name=name, path=path, arguments=known)


def _arguments_of(pattern: Any) -> tuple[str, ...]:
    return tuple(pattern.converters) or tuple(pattern.regex.groupindex)


def _text_of(pattern: Any) -> str:
    return re.sub(r"^\^|\$$", "", str(pattern))


def _collect(name: str) -> dict[str, Any]:
    package = importlib.import_module("tests.access.examples")
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(package.__path__):
        found |= getattr(importlib.import_module(f"{package.__name__}.{module.name}"), name, {})
    return found


ROUTES = list_routes()
EXAMPLES: dict[str, Example] = {}
KINDS: dict[str, Kind] = {}


def load_examples() -> None:
    """Fill the registries from `tests/access/examples`."""
    EXAMPLES.update(_collect("EXAMPLES"))
    KINDS.update(_collect("OBJECTS"))
