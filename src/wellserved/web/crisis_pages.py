"""The crisis room, and the status page customers read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import crises as actions
from wellserved.apps.standards.forms import crises as forms
from wellserved.apps.standards.queries import contingencies
from wellserved.apps.standards.queries import crises as queries
from wellserved.apps.standards.types.crises import CrisisDetail, CrisisRow
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs, public
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.origin import World
from wellserved.platform.ui import formatting

_FORMS: dict[str, type[Form]] = {
    "proposal": forms.ProposalForm,
    "decision": forms.DecisionForm,
    "log": forms.LogForm,
    "status": forms.StatusForm,
    "stand_down": forms.StandDownForm,
}


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the crises with the time to their first proposal."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = request.GET.get("view", "") if request.GET.get("view", "") in queries.VIEWS else "all"
    rows, after = queries.register(actor=actor, view=view, cursor=request.GET.get("after") or None)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "sentence": _say_register(rows),
        "views": queries.VIEWS,
        "view": view,
        "is_filtered": bool(request.GET.get("view")),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_run": actor.can(policies.RUN_CRISIS),
    }
    return render(request, "web/crises.html", context)


def _say_register(rows: tuple[CrisisRow, ...]) -> str:
    if not rows:
        return "No crisis has been declared. When one is, its clock runs until somebody proposes what to do."
    running = sum(row.is_open for row in rows)
    times = [row.to_proposal_seconds for row in rows if row.to_proposal_seconds is not None]
    state = "No crisis is open" if not running else "One crisis is open" if running == 1 else f"{running} are open"
    if not times:
        return f"{state}; nothing has been proposed yet."
    slowest = formatting.format_duration(max(times))
    return f"{state}; of those shown the first proposal took {slowest} at most."


@require_http_methods(["GET", "POST"])
@needs(policies.RUN_CRISIS)
def declare(request: HttpRequest) -> HttpResponse:
    """Open a crisis room."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = forms.DeclareForm(request.POST or None, initial=_from_activation(request, actor))
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(form, lambda given: made.append(actions.declare(actor=actor, now=clock.now(), **given)))
        if status == 200:
            messages.success(request, "The crisis room is open and its clock runs: propose what to do.")
            return redirect("web:crisis", made[0])
    return render(request, "web/crisis_new.html", {"form": form, "form_errors": bool(form.errors)}, status=status)


def _from_activation(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    number = read_number(request.GET.get("activation", ""))
    if number is None:
        return {}
    found = contingencies.activation(actor=actor, activation_id=number)
    return {"activation_id": number, "title": found.name, "what": found.evidence}


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, crisis_id: int) -> HttpResponse:
    """Show the crisis room."""
    return _show(request, crisis_id)


def _show(
    request: HttpRequest, crisis_id: int, *, bound: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.crisis(actor=actor, crisis_id=crisis_id)
    initial = {"status": {"line": found.row.public_line}}
    shown = {key: kind(auto_id=f"{key}_%s", initial=initial.get(key)) for key, kind in _FORMS.items()}
    shown |= bound or {}
    context = {
        "found": found,
        "row": found.row,
        "now": now,
        "running_seconds": int((now - found.row.declared_at).total_seconds()),
        "sentence": _say(found),
        "forms": shown,
        "errors": next((form for form in shown.values() if form.errors), None),
        "form_errors": any(form.errors for form in shown.values()),
        "linked": thread_queries.links(actor=actor, kind=actions.KIND, record_id=crisis_id),
        "comments": discussion.comments(actor=actor, subject=(actions.KIND, crisis_id)),
        "comment_url": reverse("ledger:comment", args=[actions.KIND, crisis_id]),
        "may_run": actor.can(policies.RUN_CRISIS) and found.row.is_open,
    }
    return render(request, "web/crisis.html", context, status=status)


def _say(found: CrisisDetail) -> str:
    row = found.row
    taken = row.to_proposal_seconds
    if taken is None:
        return "The clock runs: nobody has proposed what to do yet."
    first = f"The first proposal came after {formatting.format_duration(taken)}"
    if row.is_open:
        undecided = sum(entry.kind == "proposal" and entry.decision is None for entry in found.entries)
        return f"{first}; {undecided} {'waits' if undecided == 1 else 'wait'} for a decision."
    return f"{first}; it was stood down after {formatting.format_duration(row.lasted_seconds)}."


def _act(
    request: HttpRequest, crisis_id: int, key: str, work: Callable[[dict[str, Any]], object], said: str
) -> HttpResponse:
    form = _FORMS[key](request.POST, auto_id=f"{key}_%s")
    status = attempt(form, work)
    if status != 200:
        return _show(request, crisis_id, bound={key: form}, status=status)
    messages.success(request, said)
    return redirect("web:crisis", crisis_id)


@require_POST
@needs(policies.RUN_CRISIS)
def propose(request: HttpRequest, crisis_id: int) -> HttpResponse:
    """Propose a course of action."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        crisis_id,
        "proposal",
        lambda given: actions.propose(actor=actor, crisis_id=crisis_id, parts=given, now=clock.now()),
        "Proposed.",
    )


@require_POST
@needs(policies.RUN_CRISIS)
def decide(request: HttpRequest, crisis_id: int, proposal_id: int) -> HttpResponse:
    """Take a proposal or leave it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        crisis_id,
        "decision",
        lambda given: actions.decide(
            actor=actor, crisis_id=crisis_id, proposal_id=proposal_id, now=clock.now(), **given
        ),
        "Decided.",
    )


@require_POST
@needs(policies.RUN_CRISIS)
def log(request: HttpRequest, crisis_id: int) -> HttpResponse:
    """Enter what was done or told."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        crisis_id,
        "log",
        lambda given: actions.log(actor=actor, crisis_id=crisis_id, now=clock.now(), **given),
        "Entered.",
    )


@require_POST
@needs(policies.RUN_CRISIS)
def publish(request: HttpRequest, crisis_id: int) -> HttpResponse:
    """Change what the status page says."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        crisis_id,
        "status",
        lambda given: actions.publish(actor=actor, crisis_id=crisis_id, now=clock.now(), **given),
        "The status page says so now.",
    )


@require_POST
@needs(policies.RUN_CRISIS)
def stand_down(request: HttpRequest, crisis_id: int) -> HttpResponse:
    """End a crisis with its review."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        crisis_id,
        "stand_down",
        lambda given: actions.stand_down(actor=actor, crisis_id=crisis_id, now=clock.now(), **given),
        "Stood down; the review is kept.",
    )


@require_GET
@public
def status(request: HttpRequest) -> HttpResponse:
    """Say whether there is a known problem, and when it will be fixed."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    problems = queries.public_problems(world=actor.world if actor else World.REAL, now=clock.now())
    standing = [problem for problem in problems if problem.fixed_at is None]
    context = {"standing": standing, "fixed": [problem for problem in problems if problem.fixed_at]}
    return render(request, "portal/status.html", context)
