"""Delivery plans: the register, one whole, its sections question by question, and what goes to whoever decides."""

import datetime as dt
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import approvals, discussion, standpoints
from wellserved.apps.ledger.types import ApprovalRow
from wellserved.apps.standards.actions import agreeing
from wellserved.apps.standards.forms import plans as forms
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.policies import targets as target_rules
from wellserved.apps.standards.queries import bids as bid_queries
from wellserved.apps.standards.queries import calendar_of_plans
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import resources as resource_queries
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types.plan_templates import TEMPLATES
from wellserved.apps.standards.types.plans import CLASSES, FREQUENCIES, LINE_KINDS, SECTIONS, PlanDetail
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number
from wellserved.platform.ui import formatting
from wellserved.web import plan_figures

KIND = queries.KIND
STATES = {"draft": ("Draft", ""), "asked": ("Sent for approval", "warn"), "agreed": ("Agreed", "ok")}


@require_GET
@needs(policies.READ_PLANS)
def register(request: HttpRequest) -> HttpResponse:
    """List the plans, by state and name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    view = request.GET.get("view", "all")
    view = view if view in queries.VIEWS else "all"
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.register(actor=actor, view=view, search=search, cursor=request.GET.get("after") or None)
    counts = queries.counts(actor=actor)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "states": STATES,
        "views": queries.VIEWS,
        "view": view,
        "search": search,
        "is_empty": not sum(counts.values()),
        "sentence": _say_register(counts, len(queries.due(actor=actor, now=now))),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "templates": TEMPLATES,
        "may_edit": actor.can(policies.EDIT_PLANS),
    }
    return render(request, "web/plans.html", context)


def _say_register(counts: dict[str, int], due: int) -> str:
    if not sum(counts.values()):
        return "No plan yet: a plan says who does what so that a standard is kept, and what it costs."
    parts = [f"{counts['agreed']} {'plan is' if counts['agreed'] == 1 else 'plans are'} agreed"]
    parts += [
        f"{counts[state]} {words}"
        for state, words in (("asked", "wait for a decision"), ("draft", "in draft"))
        if counts[state]
    ]
    said = ", ".join(parts)
    return f"{said}. {due} of their actions and reviews {'is' if due == 1 else 'are'} due." if due else f"{said}."


def people(actor: Actor) -> list[tuple[int, str]]:
    """Return the colleagues one may name."""
    return [(person.id, person.name) for person in accounts.staff(actor=actor)]


@require_GET
@needs(policies.READ_PLANS)
def page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show one plan."""
    return show(request, plan_id)


def show(request: HttpRequest, plan_id: int, *, status: int = 200, **with_forms: Form) -> HttpResponse:
    """Show one plan, with whatever form was refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.plan(actor=actor, plan_id=plan_id, now=now)
    approval = approval_of(actor, found, now)
    strip = thread_queries.strip(actor=actor, kind=KIND, record_id=plan_id)
    context: dict[str, Any] = {**_forms(actor, found, now), **with_forms}
    context |= _figures(actor, found, now)
    context |= {
        "found": found,
        "row": found.row,
        "state": STATES[found.row.state],
        "sentence": _sentence(found, approval),
        "approval": approval,
        "offer": _offer(found, approval),
        "strip": {step: list(records) for step, records in strip.links.items()},
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=plan_id),
        "comments": discussion.comments(actor=actor, subject=(KIND, plan_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, plan_id]),
        "standpoints": standpoints.of_subject(actor=actor, subject=(KIND, plan_id)),
        "standpoint_url": reverse("ledger:gather_standpoint", args=[KIND, plan_id]),
        "classes": CLASSES,
        "frequencies": FREQUENCIES,
        "line_kinds": LINE_KINDS,
        "sections": SECTIONS,
        "names": queries.people_of(found.row.content),
        "form_errors": any(form.errors for form in with_forms.values()),
        "may_edit": actor.can(policies.EDIT_PLANS),
        "is_asker": approval is not None and (approval.may_withdraw or approval.may_accept or _asked(actor, approval)),
    }
    return render(request, "web/plan.html", context, status=status)


def _figures(actor: Actor, found: PlanDetail, now: dt.datetime) -> dict[str, Any]:
    """Return what is worked out for the page of a plan."""
    standings = plan_figures.standing(actor=actor, ids=found.row.content.standards, now=now)
    cost = plan_figures.costs(actor=actor, found=found)
    return {
        "cost": cost,
        "failure": plan_figures.say_failure(cost, found.row.currency) if cost else "",
        "figures": plan_figures.evaluation_figures(found=found, standings=standings, cost=cost),
        "standings": [(each, plan_figures.say_standing(each)) for each in standings],
        "targets": [(row, _realistic(row)) for row in target_queries.cascade(actor=actor, plan_id=found.row.id)],
        "on_time": calendar_of_plans.share_on_time(found.occasions),
        "pressing": [each for each in found.occasions if each.state in {"due", "missed"}],
        "occasions": [each for each in found.occasions if each.kind == "review"][-12:],
        "allocations": resource_queries.allocations(actor=actor, plan_id=found.row.id, now=now),
        "bids": bid_queries.of_plan(actor=actor, plan_id=found.row.id),
    }


def _asked(actor: Actor, approval: ApprovalRow) -> bool:
    return approval.requested_by == actor.name


def _forms(actor: Actor, found: PlanDetail, now: dt.datetime) -> dict[str, Form]:
    """Return the forms of the page, each under its name in the template."""
    months = [
        (month.starts_on.isoformat(), formatting.format_month(month.starts_on))
        for month in found.budget.months
        if month.starts_on <= now.date()
    ]
    parents = [
        (row.id, f"{row.who}: {row.statement}")
        for row in target_queries.cascade(actor=actor, plan_id=found.row.id)
        if row.level != "person"
    ]
    return {
        "spending_form": forms.SpendingForm(
            auto_id="spend_%s", months=months, lines=[(line.key, line.label) for line in found.row.content.lines]
        ),
        "evaluate_form": forms.EvaluateForm(auto_id="evaluate_%s"),
        "reopen_form": forms.ReopenForm(
            auto_id="reopen_%s",
            initial={"version": found.row.version},
            evaluations=[
                (each.id, f"{formatting.format_day(clock.day_of(each.at))}: {each.finding[:80]}")
                for each in found.evaluations
            ],
        ),
        "target_form": target_form(actor, None, parents=parents, ends_on=found.row.ends_on, version=found.row.version),
    }


def target_form(
    actor: Actor, data: Any, *, parents: list[tuple[int, str]], ends_on: dt.date, version: int
) -> forms.TargetForm:
    """Return the form of a target."""
    return forms.TargetForm(
        data,
        auto_id="target_%s",
        initial={"due_on": ends_on, "version": version},
        parents=parents,
        teams=[(team.id, team.name) for team in accounts.teams(actor=actor)],
        people=people(actor),
    )


def _realistic(row: Any) -> Any:
    return target_rules.realistic(value=row.value, baseline=row.baseline, change=row.change)


def approval_of(actor: Actor, found: PlanDetail, now: dt.datetime) -> ApprovalRow | None:
    """Return the approval a plan was last put up for, if this person may see it."""
    if found.row.approval_id is None:
        return None
    try:
        return approvals.approval(actor=actor, approval_id=found.row.approval_id, now=now)
    except NotFound:
        return None


def _offer(found: PlanDetail, approval: ApprovalRow | None) -> dict[str, Any] | None:
    """Return a counter-offer with what it would make of each line."""
    vote = agreeing.offer_of(approval)
    if vote is None:
        return None
    amount = vote.amount if vote.amount is not None else found.row.amount
    lines = found.row.content.lines
    after = rules.recost(lines, months=len(found.budget.months), amount=amount)
    pairs = [(old.label, old.monthly, new.monthly) for old, new in zip(lines, after, strict=True)]
    return {"by": vote.voter, "amount": amount, "reason": vote.reason, "lines": pairs}


def _sentence(found: PlanDetail, approval: ApprovalRow | None) -> str:
    row = found.row
    money = formatting.format_money(row.amount, row.currency)
    if row.state == "agreed":
        due = sum(each.state in {"due", "missed"} for each in found.occasions)
        wants = f" {due} of its actions and reviews {'is' if due == 1 else 'are'} due." if due else ""
        latest = found.versions[0]
        agreed = formatting.format_day(clock.day_of(latest.agreed_at))
        return f"Agreed by {latest.approved_by} on {agreed} for {money}, and locked.{wants}"
    if row.state == "asked" and approval is not None:
        ends = {
            "open": f"waits for a decision on {money}",
            "countered": "another amount is offered: bring the plan to it, or withdraw",
            "approved": f"approved for {money}: it takes effect when it is put in force",
        }
        said = ends.get(approval.state, f"{approval.state_label.lower()}: change it and send it again")
        return f"Sent on {formatting.format_day(clock.day_of(approval.requested_at))}; {said}."
    before = f" Version {row.agreed_number} holds until then." if row.agreed_number else ""
    if found.missing:
        return f"A draft, {money}. {found.missing[0].sentence}{before}"
    return f"A whole draft, {money}: nothing of it holds before somebody with the authority agrees.{before}"


def approvers(actor: Actor) -> list[tuple[int, str]]:
    """Return who may approve at all, whoever asks left out."""
    able = (p for p in accounts.staff(actor=actor) if policies.DECIDE in policies.CAPABILITIES[p.role])
    return [(person.id, person.name) for person in able if person.id != actor.user_id]


@require_GET
@needs(policies.READ_TODAY)
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person what plans ask of her: what she does, what she looks at, what she is to reach."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.part_of(actor=actor, now=now)
    due = [each for each in found if each.state in {"due", "missed"}]
    context = {
        "due": due,
        "ahead": [each for each in found if each.state == "ahead"],
        "done": [each for each in found if each.state in {"done", "late"}][-10:],
        "targets": target_queries.mine(actor=actor),
        "sentence": f"{len(due)} of what plans ask of you {'is' if len(due) == 1 else 'are'} due."
        if due
        else "Nothing that plans ask of you is due.",
        "may_read": actor.can(policies.READ_PLANS),
    }
    return render(request, "web/plans_mine.html", context)


@require_GET
@needs(policies.READ_PLANS)
def print_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan whole on one page, with every version and approval, for paper or a portfolio."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.plan(actor=actor, plan_id=plan_id, now=clock.now())
    context = {
        "found": found,
        "row": found.row,
        "names": queries.people_of(found.row.content, *(each.content for each in found.versions)),
        "standards": queries.standard_measures(
            actor=actor, ids={pk for each in found.versions for pk in each.content.standards}
        ),
        "frequencies": FREQUENCIES,
        "classes": CLASSES,
    }
    return render(request, "web/plan_print.html", context)


def read_version(request: HttpRequest) -> int | None:
    """Return the version of the record that the page showed."""
    return read_number(request.POST.get("version", ""))
