"""The small switches of the frame, theme and world, and the pages for whoever builds on it."""

import dataclasses
import functools
import json
import pathlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.platform import errors
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.http.access import needs, public, signed_in
from wellserved.platform.origin import World
from wellserved.platform.ui import gallery

YEAR = 31_536_000
# Every code the source raises; derived from it, and held equal to it by the test of the reference.
EXACT_CODES = pathlib.Path(__file__).parent / "error_codes.json"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ErrorKind:
    """One class of refusal as the docs list it."""

    code: str
    status: int
    meaning: str


def _back(request: HttpRequest) -> str:
    return _ours(request, request.POST.get("back") or request.headers.get("Referer", "")) or "/"


def _ours(request: HttpRequest, wanted: str) -> str:
    """Return an address of this site, or nothing."""
    ours = "/" in wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else ""


@require_POST
@public
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light, dark, or as the device says."""
    theme = request.POST.get("theme", "")
    response = redirect(_back(request))
    if theme in ("light", "dark"):
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
@signed_in
def choose_world(request: HttpRequest) -> HttpResponse:
    """Stand in the sample service or among one's own data."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = request.POST.get("world", "")
    if actor.role not in STAFF_ROLES:
        raise Refused("Only staff look at the sample service.")
    if wanted not in set(World):
        raise Invalid(f"A world is {' or '.join(World)}.", code="unknown_world")
    if wanted not in accounts.worlds_open_to(user=request.user):
        raise Refused(
            "A sample account sees the sample alone. Sign in with an account of your own; an administrator makes one.",
            code="sample_account",
        )
    request.session["world"] = wanted
    return redirect(_ours(request, request.POST.get("next", "")) or "web:today")


@require_GET
@public
def error_codes(request: HttpRequest) -> HttpResponse:
    """List what can be refused, and what each code means."""
    return render(request, "web/errors.html", {"kinds": _kinds(errors.ServiceError), "codes": _exact_codes()})


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def components(request: HttpRequest) -> HttpResponse:
    """Show the parts the screens are made of; what is sent from there goes nowhere, and says so."""
    if request.method == "POST":
        messages.info(request, "Nothing was sent: this page only shows the parts.")
        return redirect("web:components")
    return render(request, "ui/gallery.html", gallery.build_gallery_context())


@functools.cache
def _exact_codes() -> tuple[ErrorKind, ...]:
    return tuple(ErrorKind(**row) for row in json.loads(EXACT_CODES.read_text(encoding="utf-8")))


def _kinds(root: type[errors.ServiceError]) -> list[ErrorKind]:
    own = ErrorKind(code=root.default_code, status=root.status, meaning=(root.__doc__ or "").strip())
    return [
        own,
        *(kind for child in root.__subclasses__() if child.__module__ == root.__module__ for kind in _kinds(child)),
    ]
