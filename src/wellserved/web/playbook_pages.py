"""Playbooks: the list, one with rehearsals and activations, one click to put it to work."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import activations
from wellserved.apps.standards.actions import contingencies as actions
from wellserved.apps.standards.actions.risks import PLAYBOOK
from wellserved.apps.standards.forms import contingencies as forms
from wellserved.apps.standards.forms.risks import ReasonForm
from wellserved.apps.standards.queries import contingencies as queries
from wellserved.apps.standards.types.risks import SHARES, PlaybookDetail
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.web import fitting

STAGES = {"proposed": "warn", "active": "bad", "recovered": "ok", "dismissed": ""}


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the playbooks with what proposes them and when they were rehearsed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    view = request.GET.get("view", "") if request.GET.get("view", "") in queries.VIEWS else "active"
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.register(
        actor=actor, view=view, search=search, cursor=request.GET.get("after") or None, now=now
    )
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "sentence": _say_register(queries.counts(actor=actor, now=now)),
        "views": queries.VIEWS,
        "filters": {"view": view, "q": search},
        "is_filtered": bool(request.GET.get("view") or search),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/contingencies.html", context)


def _say_register(counts: dict[str, int]) -> str:
    total, running, due = counts["total"], counts["running"], counts["rehearsal_due"]
    if not total:
        return "What is done when it happens, by whom and how soon: written once, rehearsed, activated in one click."
    rehearsed = f"{total - due:,} of {total:,} playbooks {'is' if total - due == 1 else 'are'} rehearsed in time"
    if not running:
        return f"{rehearsed}; none is at work."
    return f"{rehearsed}; {running:,} {'is' if running == 1 else 'are'} proposed or at work."


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, contingency_id: int) -> HttpResponse:
    """Show one playbook."""
    return _show(request, contingency_id)


def _show(
    request: HttpRequest, contingency_id: int, *, form: django_forms.Form | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.playbook(actor=actor, contingency_id=contingency_id, now=now)
    running = next((each for each in found.activations if each.id == found.row.running_id), None)
    may_run = actor.can(policies.RUN_CRISIS)
    context = {
        "found": found,
        "row": found.row,
        "running": running,
        "late": [] if running is None else [s for s in running.steps if not s.done_at and s.due_at < now],
        "sentence": _say(found),
        "stages": STAGES,
        "form": form,
        "form_errors": bool(form and form.errors),
        "fit": fitting.playbook(actor=actor, found=found),
        "linked": thread_queries.links(actor=actor, kind=PLAYBOOK, record_id=contingency_id),
        "comments": discussion.comments(actor=actor, subject=(PLAYBOOK, contingency_id)),
        "comment_url": reverse("ledger:comment", args=[PLAYBOOK, contingency_id]),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "may_run": may_run and found.row.is_active,
    }
    return render(request, "web/contingency.html", context, status=status)


def _say(found: PlaybookDetail) -> str:
    row = found.row
    if not row.is_active:
        return "Put away; nobody activates it."
    if row.running_stage == "proposed":
        return "Its trigger has fired: activate it, or say why it is not needed."
    if row.running_stage == "active":
        return "It is at work: tick what is done, and say when the service is back to normal."
    if not found.rehearsals:
        return "It has never been rehearsed."
    rehearsed = "rehearsed in time" if row.is_rehearsed else "due to be rehearsed"
    return f"It is {rehearsed}; the last rehearsal: {found.rehearsals[0].result_label.lower()}."


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, contingency_id: int | None = None) -> HttpResponse:
    """Write a playbook's next version."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.playbook(actor=actor, contingency_id=contingency_id, now=now) if contingency_id else None
    people = [(str(person.id), person.name) for person in accounts.staff(actor=actor)]
    form = forms.PlaybookForm(request.POST or None, initial=_initial(found), people=people)
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(form, lambda given: saved.append(_save(actor, contingency_id, form, given, now)))
        if status == 200:
            messages.success(request, "The playbook is saved.")
            return redirect("web:contingency", saved[0])
    rows = [[form[f"{name}_{at}"] for name in ("what", "role", "minutes", "message")] for at in range(forms.STEPS)]
    context = {"form": form, "found": found, "steps": rows, "form_errors": bool(form.errors)}
    return render(request, "web/contingency_edit.html", context, status=status)


def _save(
    actor: Actor, contingency_id: int | None, form: forms.PlaybookForm, given: dict[str, Any], now: dt.datetime
) -> int:
    return actions.save_playbook(
        actor=actor,
        contingency_id=contingency_id,
        facts=form.facts(),
        reason=given["reason"],
        version=given["version"],
        now=now,
    )


def _initial(found: PlaybookDetail | None) -> dict[str, Any]:
    if found is None:
        return {}
    trigger = dict(found.row.trigger)
    kind = next((key for key in ("measure", "staffing_gap", "event") if key in trigger), "")
    value = trigger.get("value")
    is_share = trigger.get("measure") in SHARES and trigger.get("rule") != "runs"
    initial: dict[str, Any] = trigger | {
        "name": found.row.name,
        "summary": found.summary,
        "owner_id": found.row.owner_id,
        "trigger_kind": kind,
        "gap": trigger.get("staffing_gap"),
        "value": round(value * 100, 2) if is_share and value is not None else value,
        "rehearse_months": found.rehearse_months,
        "version": found.row.version,
    }
    for at, step in enumerate(found.steps[: forms.STEPS]):
        initial |= {
            f"what_{at}": step.what,
            f"role_{at}": step.role,
            f"minutes_{at}": step.minutes,
            f"message_{at}": step.message,
        }
    return initial


@require_http_methods(["GET", "POST"])
@needs(policies.RUN_CRISIS)
def rehearse(request: HttpRequest, contingency_id: int) -> HttpResponse:
    """Keep what a rehearsal showed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.playbook(actor=actor, contingency_id=contingency_id, now=now)
    form = forms.RehearsalForm(request.POST or None, initial={"held_on": now.date()})
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda given: actions.rehearse(actor=actor, contingency_id=contingency_id, now=now, **given)
        )
        if status == 200:
            messages.success(request, "The rehearsal is kept.")
            return redirect("web:contingency", contingency_id)
    context = {"form": form, "found": found, "form_errors": bool(form.errors)}
    return render(request, "web/rehearse.html", context, status=status)


@require_POST
@needs(policies.EDIT_STANDARDS)
def retire(request: HttpRequest, contingency_id: int) -> HttpResponse:
    """Put a playbook away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = ReasonForm(request.POST)
    status = attempt(
        form,
        lambda given: actions.retire_playbook(actor=actor, contingency_id=contingency_id, now=clock.now(), **given),
    )
    if status != 200:
        return _show(request, contingency_id, form=form, status=status)
    messages.success(request, "Put away.")
    return redirect("web:contingencies")


@require_POST
@needs(policies.RUN_CRISIS)
def activate(request: HttpRequest, contingency_id: int) -> HttpResponse:
    """Put a playbook to work."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    activations.activate(
        actor=actor, contingency_id=contingency_id, evidence=request.POST.get("evidence", "")[:300], now=clock.now()
    )
    messages.success(request, "The playbook is at work; its steps are below.")
    return redirect("web:contingency", contingency_id)


@require_POST
@needs(policies.RUN_CRISIS)
def tick(request: HttpRequest, activation_id: int, index: int) -> HttpResponse:
    """Say that a step is done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.activation(actor=actor, activation_id=activation_id)
    activations.tick(actor=actor, activation_id=activation_id, index=index, now=clock.now())
    return redirect("web:contingency", found.contingency_id)


@require_POST
@needs(policies.RUN_CRISIS)
def dismiss(request: HttpRequest, activation_id: int) -> HttpResponse:
    """Say why a proposed playbook stays at rest."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.activation(actor=actor, activation_id=activation_id)
    form = ReasonForm(request.POST)
    status = attempt(
        form, lambda given: activations.dismiss(actor=actor, activation_id=activation_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, found.contingency_id, form=form, status=status)
    messages.success(request, "Dismissed, with your reason.")
    return redirect("web:contingency", found.contingency_id)


@require_POST
@needs(policies.RUN_CRISIS)
def recover(request: HttpRequest, activation_id: int) -> HttpResponse:
    """Say that the service is back to normal."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.activation(actor=actor, activation_id=activation_id)
    form = forms.OutcomeForm(request.POST)
    status = attempt(
        form, lambda given: activations.recover(actor=actor, activation_id=activation_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, found.contingency_id, form=form, status=status)
    messages.success(request, "Back to normal.")
    return redirect("web:contingency", found.contingency_id)
