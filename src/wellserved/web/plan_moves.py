"""What is done to a plan from its page: put in force, re-costed, taken up again, carried out, exported."""

import datetime as dt
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import planning
from wellserved.apps.ledger.exports import csv_text
from wellserved.apps.standards.actions import agreeing, carrying_out
from wellserved.apps.standards.actions import plans as actions
from wellserved.apps.standards.forms import plans as forms
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types.plans import FREQUENCIES, PlanDetail
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui.formatting import format_month
from wellserved.web import plan_figures, plan_pages


@require_POST
@needs(policies.EDIT_PLANS)
def put_in_force(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Let an approved plan take effect."""
    agreeing.put_in_force(
        actor=request.actor,  # type: ignore[attr-defined]
        plan_id=plan_id,
        version=plan_pages.read_version(request),
        now=clock.now(),
    )
    messages.success(request, "In force and locked. Its reviews fall due from now on.")
    return redirect("web:plan", plan_id)


@require_POST
@needs(policies.EDIT_PLANS)
def accept_offer(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Bring a plan to what was offered, and agree."""
    agreeing.accept_offer(
        actor=request.actor,  # type: ignore[attr-defined]
        plan_id=plan_id,
        version=plan_pages.read_version(request),
        now=clock.now(),
    )
    messages.success(request, "Re-costed, agreed and locked.")
    return redirect("web:plan", plan_id)


@require_POST
@needs(policies.EDIT_PLANS)
def reopen(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take an agreed plan up again."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    form = forms.ReopenForm(
        request.POST, auto_id="reopen_%s", evaluations=[(each.id, each.finding) for each in found.evaluations]
    )
    status = attempt(form, lambda given: agreeing.reopen(actor=actor, plan_id=plan_id, now=now, **given))
    if status != 200:
        return plan_pages.show(request, plan_id, status=status, reopen_form=form)
    messages.success(request, "It is a draft again. What was agreed holds until the next yes.")
    return redirect("web:plan", plan_id)


@require_POST
@needs(policies.EDIT_PLANS)
def evaluate(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hold a plan against what happened, with the figures of today."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    form = forms.EvaluateForm(request.POST, auto_id="evaluate_%s")
    standings = plan_figures.standing(actor=actor, ids=found.row.content.standards, now=now)
    figures = plan_figures.evaluation_figures(
        found=found, standings=standings, cost=plan_figures.costs(actor=actor, found=found)
    )
    status = attempt(
        form, lambda given: actions.evaluate(actor=actor, plan_id=plan_id, figures=figures, now=now, **given)
    )
    if status != 200:
        return plan_pages.show(request, plan_id, status=status, evaluate_form=form)
    messages.success(request, "The evaluation is kept with its figures.")
    return redirect("web:plan", plan_id)


@require_POST
@needs(policies.READ_TODAY)
def mark(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Say that something a plan asks for was done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    carrying_out.mark(
        actor=actor,
        plan_id=plan_id,
        kind=request.POST.get("kind", "")[:8],
        key=request.POST.get("key", "")[:20],
        on=_read_day(request.POST.get("on", "")),
        note=request.POST.get("note", ""),
        now=clock.now(),
    )
    messages.success(request, "Marked as done.")
    if request.POST.get("from") == "mine" or not actor.can(policies.READ_PLANS):
        return redirect("web:plans_mine")
    return redirect("web:plan", plan_id)


def _read_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as wrong:
        raise Invalid("Give a day such as 2026-03-31.", code="plan_days", field="on") from wrong


@require_POST
@needs(policies.EDIT_PLANS)
def spend(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Enter what a line cost in a month."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    form = forms.SpendingForm(
        request.POST,
        auto_id="spend_%s",
        months=[(month.starts_on.isoformat(), format_month(month.starts_on)) for month in found.budget.months],
        lines=[(line.key, line.label) for line in found.row.content.lines],
    )
    status = attempt(form, lambda given: carrying_out.enter_spending(actor=actor, plan_id=plan_id, now=now, **given))
    if status != 200:
        return plan_pages.show(request, plan_id, status=status, spending_form=form)
    messages.success(request, "Entered.")
    return redirect("web:plan", plan_id)


@require_POST
@needs(policies.EDIT_PLANS)
def set_target(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a target, held against what past weeks allow."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    parents = [(row.id, row.statement) for row in target_queries.cascade(actor=actor, plan_id=plan_id)]
    form = plan_pages.target_form(
        actor, request.POST, parents=parents, ends_on=found.row.ends_on, version=found.row.version
    )
    status = attempt(form, lambda _given: _add(actor, plan_id, form, now))
    if status != 200:
        return plan_pages.show(request, plan_id, status=status, target_form=form)
    messages.success(request, "The target is set.")
    return redirect("web:plan", plan_id)


def _add(actor: Actor, plan_id: int, form: forms.TargetForm, now: dt.datetime) -> None:
    given = {name: value for name, value in form.cleaned_data.items() if name != "aim"}
    team_id = given["team_id"]
    if given["level"] == "person" and given["parent_id"]:
        # A person's own figures are hers: what is ordinary is read from the queues of her team.
        team_id = target_queries.find(actor=actor, target_id=given["parent_id"]).team_id
    baseline = planning.baseline(actor=actor, measure=given["measure"], team_id=team_id, now=now)
    carrying_out.set_target(actor=actor, plan_id=plan_id, value=form.value(), baseline=baseline, now=now, **given)


@require_POST
@needs(policies.EDIT_PLANS)
def remove_target(request: HttpRequest, target_id: int) -> HttpResponse:
    """Take a target out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan_id = target_queries.find(actor=actor, target_id=target_id).plan_id
    carrying_out.remove_target(
        actor=actor, target_id=target_id, version=read_number(request.POST.get("version", "")), now=clock.now()
    )
    messages.success(request, "Taken out, with what hung on it.")
    return redirect("web:plan", plan_id)


@require_GET
@needs(policies.READ_PLANS)
def export(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hand out a plan with versions, approvals and monitoring as CSV."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=clock.now())
    text = csv_text(("what", "number", "item", "detail", "who", "on", "state"), list(_lines(found)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{plan_id}.csv"'
    return response


def _lines(found: PlanDetail) -> Iterator[tuple[object, ...]]:
    """Yield versions with who approved them and what changed, then the monitoring, then what became of it."""
    for version in found.versions:
        money, day = f"{version.amount} {found.row.currency}", version.agreed_at.date().isoformat()
        yield "version", version.number, "agreed", money, version.approved_by, day, version.reason
        for label, before, after in version.changes:
            yield "change", version.number, label, f"{before or 'nothing'} became {after or 'nothing'}", "", day, ""
    names = queries.people_of(found.row.content)
    for monitor in found.row.content.monitoring:
        every, who = FREQUENCIES[monitor.every][0], names.get(monitor.reviewer_id, "")
        yield "monitoring", "", monitor.what, every, who, monitor.starts_on.isoformat(), ""
    for each in found.occasions:
        yield each.kind, "", each.what, each.note, each.person, each.on.isoformat(), each.state
