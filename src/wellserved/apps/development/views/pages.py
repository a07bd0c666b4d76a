"""What the pages of this app do alike: who asks, several forms on a page, one act and where it leads."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wellserved.platform.http.forms import attempt

Show = Callable[..., HttpResponse]


def fill(forms: Mapping[str, Form], given: Form | None) -> dict[str, Any]:
    """Return the forms of a page by name, the one that was sent in its place; each has ids of its own."""
    shown = {name: given if given is not None and type(form) is type(given) else form for name, form in forms.items()}
    for name, form in shown.items():
        form.auto_id = f"{name}_%s"
    return {**shown, "sent": given, "form_errors": bool(given is not None and given.errors)}


def act(
    request: HttpRequest,
    form: Form,
    work: Callable[[dict[str, Any]], object],
    *,
    then: str | Callable[[], str],
    said: str,
    again: Show,
    arguments: tuple[Any, ...] = (),
) -> HttpResponse:
    """Run an act with what was typed; lead on and say so, or show the page again with what is wrong."""
    status = attempt(form, work)
    if status != 200:
        return again(request, *arguments, given=form, status=status)
    messages.success(request, said)
    return redirect(then if isinstance(then, str) else then())


def after(request: HttpRequest, view: str) -> str:
    """Return the address of the same list from another place on."""
    query = request.GET.copy()
    query["after"] = view
    return f"{request.path}?{query.urlencode()}"


def chosen(request: HttpRequest, name: str, known: Mapping[str, str]) -> str:
    """Return which of the known views the address names, the first when none."""
    given = request.GET.get(name, "")
    return given if given in known else next(iter(known))
