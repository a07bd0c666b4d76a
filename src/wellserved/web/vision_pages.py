"""The vision with its values and who has read it; the objectives that plans and allocations cite."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import behaviours
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import cards
from wellserved.apps.people import queries as people
from wellserved.apps.standards.actions import vision as actions
from wellserved.apps.standards.forms import vision as forms
from wellserved.apps.standards.queries import resources
from wellserved.apps.standards.queries import vision as queries
from wellserved.apps.standards.types.vision import OBJECTIVE_STATES, ObjectiveRow, VisionDetail
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt

KIND, OBJECTIVE = "standards.vision", "standards.objective"


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest) -> HttpResponse:
    """Show what the service wants to be, what it values, and what it is run towards."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.vision(actor=actor)
    state = request.GET.get("state", "open")
    rows, after = queries.objectives(
        actor=actor,
        state=state if state in OBJECTIVE_STATES else "open",
        search=request.GET.get("q", "").strip()[:100],
        cursor=request.GET.get("after") or None,
        now=now,
    )
    query = request.GET.copy()
    query["after"] = after or ""
    context: dict[str, Any] = {
        "found": found,
        "rows": rows,
        "state": state,
        "states": OBJECTIVE_STATES,
        "kind": KIND,
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "card": cards.show(actor=actor, key="objectives-that-steer", now=now),
        "trends": behaviours.by_value(actor=actor, now=now),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "sentence": "Nobody has said yet what this service wants to be.",
    }
    if found:
        context |= _reading(actor, found)
    return render(request, "web/vision.html", context)


def _reading(actor: Actor, found: VisionDetail) -> dict[str, Any]:
    number = found.current.number
    readers, colleagues = people.readers(actor=actor, kind=KIND, record_id=found.id, number=number)
    mine = people.acknowledged(actor=actor, kind=KIND, record_ids=[found.id]).get(found.id, 0)
    return {
        "sentence": f"{len(readers)} of {colleagues} colleagues you know of have read version {number}.",
        "readers": readers,
        "is_unread": mine < number,
        "is_stale": 0 < mine < number,
        "comments": discussion.comments(actor=actor, subject=(KIND, found.id)),
        "comment_url": reverse("ledger:comment", args=[KIND, found.id]),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest) -> HttpResponse:
    """Say what the service wants to be."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.vision(actor=actor)
    form = forms.VisionForm(request.POST or None, initial=_initial(found))
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda given: actions.save_vision(
                actor=actor,
                values=form.values(),
                now=clock.now(),
                **{name: given[name] for name in ("text", "priorities", "reason", "version")},
            ),
        )
        if status == 200:
            messages.success(request, "Said. Colleagues are asked to read it.")
            return redirect("web:vision")
    context = {"form": form, "found": found, "form_errors": bool(form.errors)}
    return render(request, "web/vision_edit.html", context, status=status)


def _initial(found: VisionDetail | None) -> dict[str, Any]:
    if found is None:
        return {}
    initial: dict[str, Any] = {
        "text": found.current.text,
        "priorities": found.current.priorities,
        "version": found.version,
    }
    for at, (name, meaning) in enumerate(found.current.values):
        initial |= {f"value{at}": name, f"meaning{at}": meaning}
    return initial


@require_GET
@needs(policies.READ_STANDARDS)
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Show one objective and what cites it."""
    return _show(request, objective_id)


def _show(
    request: HttpRequest, objective_id: int, *, form: forms.SettleForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.objective(actor=actor, objective_id=objective_id, now=clock.now())
    linked = thread_queries.links(actor=actor, kind=OBJECTIVE, record_id=row.id)
    sees_plans = actor.can(policies.READ_PLANS)
    behind = resources.behind_objective(actor=actor, objective_id=row.id, now=clock.now()) if sees_plans else ()
    form = form or forms.SettleForm(initial={"version": row.version}, auto_id="settle_%s")
    context = {
        "row": row,
        "sentence": _say_objective(row, len(linked) + len(behind)),
        "sees_plans": sees_plans,
        "behind": behind,
        "state": OBJECTIVE_STATES[row.state],
        "linked": linked,
        "comments": discussion.comments(actor=actor, subject=(OBJECTIVE, row.id)),
        "comment_url": reverse("ledger:comment", args=[OBJECTIVE, row.id]),
        "form": form,
        "form_errors": bool(form.errors),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/objective.html", context, status=status)


def _say_objective(row: ObjectiveRow, cited: int) -> str:
    if row.state != "open":
        return f"{OBJECTIVE_STATES[row.state]}: {row.outcome}"
    noun = "record cites" if cited == 1 else "records cite"
    return f"{cited} {noun} it. {'It was due already.' if row.is_overdue else ''}".strip()


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def objective_edit(request: HttpRequest, objective_id: int | None = None) -> HttpResponse:
    """Set an objective."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.objective(actor=actor, objective_id=objective_id, now=now) if objective_id else None
    names = ("name", "why", "measured_by", "due_on", "owner_id", "version")
    form = forms.ObjectiveForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in names} if found else {},
        staff=[(person.id, person.name) for person in accounts.staff(actor=actor)],
    )
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(
            form,
            lambda given: saved.append(
                actions.save_objective(actor=actor, objective_id=objective_id, now=now, **given)
            ),
        )
        if status == 200:
            messages.success(request, "The objective is set. Plans can cite it.")
            return redirect("web:objective", saved[0])
    context = {"form": form, "found": found, "form_errors": bool(form.errors)}
    return render(request, "web/objective_edit.html", context, status=status)


@require_POST
@needs(policies.EDIT_STANDARDS)
def objective_settle(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Say how an objective ended."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    queries.objective(actor=actor, objective_id=objective_id, now=now)
    form = forms.SettleForm(request.POST, auto_id="settle_%s")
    status = attempt(
        form, lambda given: actions.settle_objective(actor=actor, objective_id=objective_id, now=now, **given)
    )
    if status != 200:
        return _show(request, objective_id, form=form, status=status)
    messages.success(request, "Settled.")
    return redirect("web:objective", objective_id)
