"""Who understands what: the matrix of six parts, oneself, and who is to be briefed again."""

import csv
import io
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import taking
from wellserved.apps.development.queries import attempts, briefings, support, understanding
from wellserved.apps.development.sentences import say_matrix
from wellserved.apps.development.types.checks import PARTS, Cell, PersonRow
from wellserved.apps.development.types.recorded import UNDERSTANDING_EXPORTED, UNDERSTANDING_READ
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

READ = accounts.READ_STANDARDS


@require_GET
@needs(READ)
def page(request: HttpRequest) -> HttpResponse:
    """Show oneself across the six parts; a leader sees those she leads as well, by name."""
    actor = actor_of(request)
    rows = understanding.matrix(actor=actor)
    _note(actor, UNDERSTANDING_READ, rows)
    context = {
        "rows": rows,
        "parts": PARTS,
        "sentence": say_matrix(rows),
        "mine": understanding.own(actor=actor),
        "briefs": briefings.briefs(actor),
    }
    return render(request, "development/understanding.html", context)


@require_GET
@needs(READ)
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the matrix as CSV, the same people as on the page."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [f"{label} {word}" for label in PARTS.values() for word in ("state", "date", "score", "version")]
    writer.writerow(["Person", "Role", *heads])
    actor = actor_of(request)
    rows = understanding.matrix(actor=actor)
    _note(actor, UNDERSTANDING_EXPORTED, rows)
    for row in rows:
        cells = [value for part in PARTS for value in _columns(row.cells[part])]
        writer.writerow([_plain(row.name), row.role, *cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="understanding.csv"'
    return response


def _note(actor: Actor, kind: str, rows: Iterable[PersonRow]) -> None:
    looking.note_list(actor=actor, kind=kind, person_ids=[row.user_id for row in rows], now=clock.now())


def _columns(cell: Cell) -> list[str]:
    score = "" if cell.score is None else f"{cell.score:.0%}"
    return [cell.colour, cell.at.isoformat() if cell.at else "", score, cell.versions]


def _plain(text: str) -> str:
    """Return a text no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@require_GET
@needs(accounts.BRIEF)
def rebrief(request: HttpRequest) -> HttpResponse:
    """Show who tried and has not understood yet, and what was done about it."""
    actor = actor_of(request)
    context = {
        "rows": understanding.rebrief(actor=actor),
        "to_judge": attempts.to_judge(actor=actor),
        "slots": support.own_free(actor=actor, now=clock.now()),
    }
    return render(request, "development/rebrief.html", context)


@require_POST
@needs(accounts.BRIEF)
def give_help(request: HttpRequest, check_id: int, user_id: int) -> HttpResponse:
    """Keep what was done for somebody."""
    taking.help_with(
        actor=actor_of(request),
        check_id=check_id,
        user_id=user_id,
        how=request.POST.get("how", ""),
        slot_id=read_number(request.POST.get("slot", "")),
        now=clock.now(),
    )
    messages.success(request, "Kept. She sees it, and can try again.")
    return redirect("development:rebrief")
