"""Write a plan: its frame, then one question for each part, and what goes to whoever decides."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.actions import agreeing
from wellserved.apps.standards.actions import plans as actions
from wellserved.apps.standards.forms import plans as forms
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import resources as resource_queries
from wellserved.apps.standards.types.plan_templates import TEMPLATES, template
from wellserved.apps.standards.types.plans import SECTIONS, PlanDetail
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.web.plan_pages import approvers, people

STEPS = tuple(SECTIONS)
SHORT = ("Objectives", "Standards", "Actions", "Criteria", "Monitoring", "Budget", "Sustainability")


def _end_of_half_a_year(first: dt.date) -> dt.date:
    """Return the last day of the sixth month, so that a plan of half a year costs six months and never seven.

    >>> _end_of_half_a_year(dt.date(2027, 1, 1)), _end_of_half_a_year(dt.date(2026, 9, 1))
    (datetime.date(2027, 6, 30), datetime.date(2027, 2, 28))
    """
    years, month = divmod(first.month + 5, 12)
    return dt.date(first.year + years, month + 1, 1) - dt.timedelta(days=1)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan, from a template or from nothing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    chosen = template(request.GET.get("from", ""))
    first = (now.date().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    standard_id, named = _standard_asked_for(request, actor)
    initial = {
        "name": chosen.label if chosen else f"Keep “{named}”" if named else "",
        "template_key": chosen.key if chosen else "keep" if named else "",
        "standard_id": standard_id,
        "owner_id": actor.user_id,
        "starts_on": first,
        "ends_on": _end_of_half_a_year(first),
    }
    form = forms.NewPlanForm(request.POST or None, initial=initial, people=people(actor))
    made: list[int] = []
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda given: made.append(_create(actor, given, now)))
        if status == 200:
            return redirect("web:plan_section", made[0], "objectives")
    hints = {each.key: each.why for each in TEMPLATES}
    return render(
        request, "web/plan_new.html", {"form": form, "hints": hints, "form_errors": status != 200}, status=status
    )


def _standard_asked_for(request: HttpRequest, actor: Actor) -> tuple[int | None, str]:
    """Return the standard the plan is begun for, with its name; nothing when there is no such one."""
    pk = read_number(request.GET.get("standard", ""))
    named = dict(queries.standard_choices(actor=actor)) if pk else {}
    return (pk, named[pk]) if pk in named else (None, "")


def _create(actor: Actor, given: dict[str, Any], now: dt.datetime) -> int:
    given.pop("version", None)
    standard_id = given.pop("standard_id")
    return actions.create(actor=actor, standards=[standard_id] if standard_id else [], now=now, **given)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def section(request: HttpRequest, plan_id: int, section: str) -> HttpResponse:
    """Ask one question of a plan, keep the answer, and go on or back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if section not in STEPS:
        raise NotFound("A plan has no such part.")
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    form = forms.section_form(
        section,
        request.POST if request.method == "POST" else None,
        content=found.row.content,
        version=found.row.version,
        people=people(actor) if section in {"actions", "monitoring"} else (),
        standards=queries.standard_choices(actor=actor) if section == "standards" else (),
    )
    status = 200
    if request.method == "POST":
        lost: list[bool] = []
        status = attempt(
            form,
            lambda cleaned: lost.append(
                actions.save_section(
                    actor=actor,
                    plan_id=plan_id,
                    section=section,
                    given=form.given(),
                    version=cleaned.get("version"),
                    now=now,
                )
            ),
        )
        if status == 200:
            if any(lost):
                messages.warning(request, "The plan was altered, so its approval is lost: it is a draft again.")
            return redirect(_onward(plan_id, section, back=request.POST.get("intent") == "back"))
    context = {
        "form": form,
        "found": found,
        "row": found.row,
        "section": section,
        "question": SECTIONS[section],
        "steps": _steps(plan_id, section),
        "facts": _facts(actor, found, now) if section == "sustainability" else (),
        "form_errors": status != 200,
    }
    return render(request, "web/plan_section.html", context, status=status)


def _onward(plan_id: int, section: str, *, back: bool) -> str:
    at = STEPS.index(section) + (-1 if back else 1)
    if 0 <= at < len(STEPS):
        return reverse("web:plan_section", args=[plan_id, STEPS[at]])
    return reverse("web:plan", args=[plan_id])


def _steps(plan_id: int, section: str) -> list[dict[str, str]]:
    at = STEPS.index(section)
    return [
        {
            "label": label,
            "url": reverse("web:plan_section", args=[plan_id, name]) if place != at else "",
            "state": "current" if place == at else "done" if place < at else "todo",
        }
        for place, (name, label) in enumerate(zip(STEPS, SHORT, strict=True))
    ]


def _facts(actor: Actor, found: PlanDetail, now: dt.datetime) -> tuple[tuple[str, str], ...]:
    """Return what is worked out of whether a plan can be kept up: of the resources it has been given."""
    given = resource_queries.allocations(actor=actor, plan_id=found.row.id, now=now)
    lines = [("Budget", found.budget.sentence)]
    for pk in dict.fromkeys(each.resource_id for each in given if each.is_running):
        detail = resource_queries.resource(actor=actor, resource_id=pk, now=now)
        lines += [(f"{detail.row.name}: {each.label.lower()}", each.sentence) for each in detail.figures]
    if len(lines) == 1:
        lines.append(("Resources", "None is allocated yet, so overtime, leave, cover and cost trend are not known."))
    return tuple(lines)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def send(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what would be agreed and by whom, and send it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    candidates = approvers(actor)
    form = forms.SendForm(
        request.POST if request.method == "POST" else None,
        initial={"version": found.row.version},
        approvers=candidates,
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda given: agreeing.send(actor=actor, plan_id=plan_id, now=now, **given))
        if status == 200:
            messages.success(request, "Sent. Whatever changes from here on takes the approval with it.")
            return redirect("web:plan", plan_id)
    context = {
        "form": form,
        "found": found,
        "row": found.row,
        "changes": queries.changes_since_agreed(actor=actor, plan_id=plan_id),
        "authority": [(name, _objection(actor, pk, found, now)) for pk, name in candidates],
        "form_errors": status != 200,
    }
    return render(request, "web/plan_send.html", context, status=status)


def _objection(actor: Actor, pk: int, found: PlanDetail, now: dt.datetime) -> str:
    row = found.row
    return agreeing.objection_of(
        actor=actor, approver_id=pk, plan_id=row.id, amount=row.amount, currency=row.currency, now=now
    )
