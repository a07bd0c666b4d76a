"""Change many tickets at once, each by itself, and say honestly what became of each."""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries
from wellserved.apps.desk.types import BULK_MOST, Matched
from wellserved.apps.desk.views import conversation
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, ServiceError
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

KEPT, WAY_BACK = "bulk", "bulk_undo"


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.WORK_TICKETS)
def page(request: HttpRequest) -> HttpResponse:
    """Assign or move the chosen tickets, or all that match; then show what became of each."""
    back = reverse("desk:inbox")
    if request.method == "GET":
        kept: dict[str, Any] | None = request.session.get(KEPT)
        return render(request, "desk/bulk.html", kept) if kept else redirect(back)
    back = conversation.safe_return(request, fallback=back)
    is_all = request.POST.get("scope") == "all"
    chosen = _all_matching(request) if is_all else _chosen(request)
    if not chosen:
        messages.warning(request, "Choose at least one ticket first.")
        return redirect(back)
    done, refused = _change(request, chosen)
    way_back = _remember(request, done)
    if not refused and not is_all:
        messages.success(request, f"{_tickets(len(done))} changed.", extra_tags=way_back)
        return redirect(back)
    is_full = is_all and len(chosen) == BULK_MOST
    if done:
        messages.success(request, f"{_tickets(len(done))} changed.", extra_tags=way_back)
    request.session[KEPT] = _account(done, refused, said="changed", back=back, is_full=is_full)
    return redirect("desk:bulk")


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what one press has changed, on each ticket by itself; what has changed since stays, and is told."""
    kept: dict[str, Any] = request.session.get(WAY_BACK) or {}
    if kept.get("key") != key:
        raise Conflict("This can no longer be undone; change the tickets by hand.", code="nothing_to_undo")
    del request.session[WAY_BACK]
    now = clock.now()
    acts = [Matched(**act) for act in kept["acts"]]
    done, refused = _each(acts, lambda one: _undo_one(request, one, now=now))
    back = conversation.safe_return(request, fallback=reverse("desk:inbox"))
    if not refused:
        messages.success(request, f"Undone: {_tickets(len(done))} changed back.")
        return redirect(back)
    request.session[KEPT] = _account(done, refused, said="changed back", back=back)
    return redirect("desk:bulk")


def _undo_one(request: HttpRequest, one: Matched, *, now: dt.datetime) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actions.undo(actor=actor, ticket_id=one.id, version=one.version, now=now).version


def _remember(request: HttpRequest, done: list[Matched]) -> str:
    """Keep which versions one press has left behind, for it to be taken back; return the address that does."""
    key = secrets.token_urlsafe(12)
    request.session[WAY_BACK] = {"key": key, "acts": [dataclasses.asdict(one) for one in done]}
    return reverse("desk:bulk_undo", args=[key])


def _chosen(request: HttpRequest) -> list[Matched]:
    """Return the tickets ticked on the page, with the versions it showed."""
    pairs = [pair.partition(":") for pair in request.POST.getlist("selected")[:BULK_MOST]]
    seen = [(read_number(ticket_id), read_number(version)) for ticket_id, _, version in pairs]
    if any(ticket_id is None or version is None for ticket_id, version in seen):
        raise Invalid("The list of chosen tickets cannot be read. Choose them again.", code="bulk_selection")
    versions = {ticket_id: version for ticket_id, version in seen if ticket_id is not None and version is not None}
    known = queries.named(actor=request.actor, ticket_ids=versions)  # type: ignore[attr-defined]
    return [
        Matched(
            id=ticket_id,
            version=version,
            number=known[ticket_id].number if ticket_id in known else 0,
            subject=known[ticket_id].subject if ticket_id in known else "",
        )
        for ticket_id, version in versions.items()
    ]


def _all_matching(request: HttpRequest) -> list[Matched]:
    """Return what the list's filter names now, as many as one press may change."""
    filters = forms.read_query(request.POST.get("query", ""))
    return list(queries.matching(actor=request.actor, filters=filters, now=clock.now()))  # type: ignore[attr-defined]


def _change(request: HttpRequest, chosen: Iterable[Matched]) -> tuple[list[Matched], list[tuple[Matched, str]]]:
    now = clock.now()
    return _each(chosen, lambda one: _change_one(request, one, now=now))


def _each(chosen: Iterable[Matched], act: Callable[[Matched], int]) -> tuple[list[Matched], list[tuple[Matched, str]]]:
    """Act on each ticket by itself; return those changed, with the version they have now, and the others with why."""
    done: list[Matched] = []
    refused: list[tuple[Matched, str]] = []
    for one in chosen:
        try:
            done.append(dataclasses.replace(one, version=act(one)))
        except ServiceError as error:
            refused.append((one, error.sentence))
    return done, refused


def _change_one(request: HttpRequest, one: Matched, *, now: dt.datetime) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    move = request.POST.get("move", "")
    if move:
        return actions.move(actor=actor, ticket_id=one.id, move=move, reason="", version=one.version, now=now).version
    assignee = forms.read_assignee(request.POST.get("assignee", ""), me=actor.user_id)
    return actions.assign(
        actor=actor,
        ticket_id=one.id,
        assignee_id=assignee,
        reason=request.POST.get("reason", ""),
        version=one.version,
        now=now,
    ).version


def _tickets(count: int) -> str:
    return f"{count} {'ticket' if count == 1 else 'tickets'}"


def _account(
    done: list[Matched], refused: list[tuple[Matched, str]], *, said: str, back: str, is_full: bool = False
) -> dict[str, Any]:
    """Return what the page of results shows; it stays in the session, so that reloading it changes nothing again."""
    verdict = f"{_tickets(len(done))} {said}" + (f", {len(refused)} not {said}." if refused else ".")
    if is_full:
        verdict += f" One press changes {BULK_MOST} at most: press again for the rest."
    rows = [{"number": one.number, "subject": one.subject, "why": why} for one, why in refused]
    rows += [{"number": one.number, "subject": one.subject, "why": ""} for one in done]
    return {"verdict": verdict, "rows": rows, "back_url": back}
