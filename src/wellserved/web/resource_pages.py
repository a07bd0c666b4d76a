"""Resources: the register, one with what is worked out of it, and its allocation to plans."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import resources as actions
from wellserved.apps.standards.forms import resources as forms
from wellserved.apps.standards.queries import plans as plan_queries
from wellserved.apps.standards.queries import resources as queries
from wellserved.apps.standards.queries import vision as vision_queries
from wellserved.apps.standards.types.resources import BASES, RESOURCE_KINDS
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.web import plan_figures

KIND = queries.KIND


@require_GET
@needs(policies.READ_PLANS)
def register(request: HttpRequest) -> HttpResponse:
    """List the resources by kind, with what they cost and how far they are used."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.register(
        actor=actor, kind=kind, search=search, cursor=request.GET.get("after") or None, now=clock.now()
    )
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "kinds": RESOURCE_KINDS,
        "kind": kind,
        "search": search,
        "sentence": _say_register(rows, queries.uncommented(actor=actor)),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_PLANS),
    }
    return render(request, "web/resources.html", context)


def _say_register(rows: tuple[Any, ...], uncommented: int) -> str:
    if not rows:
        return "No resource here: list the people, equipment and licences that keep your promises."
    full = [row.name for row in rows if row.utilisation is not None and row.utilisation >= 1]
    said = f"{full[0]} is wholly allocated." if len(full) == 1 else f"{len(full)} are wholly allocated."
    if uncommented:
        noun = "resource has" if uncommented == 1 else "resources have"
        said += f" {uncommented} {noun} no word yet on whether it can be kept up."
    return said


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def edit(request: HttpRequest, resource_id: int | None = None) -> HttpResponse:
    """Write a resource."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.resource(actor=actor, resource_id=resource_id, now=now).row if resource_id else None
    names = ("name", "kind", "quantity", "monthly", "available_from", "available_until", "team_id", "version")
    initial = {name: getattr(row, name) for name in names} if row else {"available_from": now.date(), "kind": "people"}
    teams = [(team.id, team.name) for team in accounts.teams(actor=actor)]
    form = forms.ResourceForm(request.POST or None, initial=initial, teams=teams)
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(
            form, lambda given: made.append(actions.save(actor=actor, resource_id=resource_id, now=now, **given))
        )
        if status == 200:
            messages.success(request, "Saved.")
            return redirect("web:resource", made[0])
    return render(
        request, "web/resource_edit.html", {"form": form, "row": row, "form_errors": status != 200}, status=status
    )


@require_http_methods(["GET", "POST"])
@needs(policies.READ_PLANS)
def page(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Show one resource."""
    return _show(request, resource_id)


def _show(
    request: HttpRequest, resource_id: int, *, form: forms.CommentForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.resource(actor=actor, resource_id=resource_id, now=now)
    form = form or forms.CommentForm(initial={"words": found.row.comment, "version": found.row.version})
    context = {
        "found": found,
        "row": found.row,
        "kind": RESOURCE_KINDS[found.row.kind],
        "team": accounts.team_names(team_ids=[found.row.team_id]).get(found.row.team_id) if found.row.team_id else None,
        "sentence": _sentence(found.row),
        "form": form,
        "plans": plan_queries.choices(actor=actor),
        "bases": BASES,
        "comments": discussion.comments(actor=actor, subject=(KIND, resource_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, resource_id]),
        "form_errors": bool(form.errors),
        "may_edit": actor.can(policies.EDIT_PLANS),
    }
    return render(request, "web/resource.html", context, status=status)


def _sentence(row: Any) -> str:
    share = f"{row.utilisation * 100:.0f} %" if row.utilisation is not None else "nothing"
    said = f"{float(row.quantity):g} {row.unit}, {share} allocated, {float(row.free):g} free."
    return said if row.comment else f"{said} Nobody has said yet whether it can be kept up."


@require_POST
@needs(policies.EDIT_PLANS)
def comment(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Say what the figures mean."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    queries.resource(actor=actor, resource_id=resource_id, now=now)
    form = forms.CommentForm(request.POST)
    status = attempt(form, lambda given: actions.comment(actor=actor, resource_id=resource_id, now=now, **given))
    if status != 200:
        return _show(request, resource_id, form=form, status=status)
    messages.success(request, "Your comment stands beside the figures.")
    return redirect("web:resource", resource_id)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def allocate(request: HttpRequest, resource_id: int, plan_id: int) -> HttpResponse:
    """Give some of a resource to a plan: each basis shows its figure and asks for a word."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.resource(actor=actor, resource_id=resource_id, now=now)
    plan = plan_queries.plan(actor=actor, plan_id=plan_id, now=now)
    figures = plan_figures.basis_figures(actor=actor, resource=found.row, plan=plan, now=now)
    initial = {
        "quantity": found.row.free if found.row.free > 0 else None,
        "starts_on": max(plan.row.starts_on, found.row.available_from),
        "ends_on": min(plan.row.ends_on, found.row.available_until or plan.row.ends_on),
    }
    objectives = vision_queries.objective_choices(actor=actor)
    form = forms.AllocationForm(request.POST or None, initial=initial, figures=figures, objectives=objectives)
    status = 200
    if request.method == "POST":
        made: list[Any] = []
        status = attempt(
            form,
            lambda given: made.append(
                actions.allocate(
                    actor=actor,
                    resource_id=resource_id,
                    plan_id=plan_id,
                    quantity=given["quantity"],
                    starts_on=given["starts_on"],
                    ends_on=given["ends_on"],
                    objective_id=given["objective_id"],
                    figures=figures,
                    comments=form.comments(),
                    now=now,
                )
            ),
        )
        if status == 200:
            warning = made[0].warning
            messages.warning(request, warning) if warning else messages.success(request, "Allocated.")
            return redirect("web:resource", resource_id)
    context = {
        "form": form,
        "row": found.row,
        "plan": plan.row,
        "bases": [form[f"basis_{key}"] for key in BASES],
        "has_objectives": bool(objectives),
        "form_errors": status != 200,
    }
    return render(request, "web/allocate.html", context, status=status)


@require_POST
@needs(policies.EDIT_PLANS)
def begin_allocation(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Go to the allocation of this resource to the plan that was chosen."""
    plan_id = read_number(request.POST.get("plan_id", ""))
    queries.resource(actor=request.actor, resource_id=resource_id, now=clock.now())  # type: ignore[attr-defined]
    if plan_id is None:
        messages.warning(request, "Choose the plan it goes to.")
        return redirect("web:resource", resource_id)
    plan_queries.plan(actor=request.actor, plan_id=plan_id, now=clock.now())  # type: ignore[attr-defined]
    return redirect("web:allocate", resource_id, plan_id)


@require_POST
@needs(policies.EDIT_PLANS)
def take_back(request: HttpRequest, allocation_id: int) -> HttpResponse:
    """End an allocation."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    resource_id = queries.find_allocation(actor=actor, allocation_id=allocation_id).resource_id
    actions.take_back(
        actor=actor, allocation_id=allocation_id, reason=request.POST.get("reason", "")[:500], now=clock.now()
    )
    messages.success(request, "Taken back.")
    return redirect("web:resource", resource_id)
