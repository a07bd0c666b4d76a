"""Standards: what we promise, to whom, how far it was kept, and what a change would have meant."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.types import Channel, Kind, Priority
from wellserved.apps.standards import actions, forms, queries
from wellserved.apps.standards.types import CONDITION_FIELDS, METRIC_LABELS, PolicyRow
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

Offered = dict[str, tuple[str, list[tuple[str, str]]]]


@require_GET
@needs(policies.READ_STANDARDS)
def overview(request: HttpRequest) -> HttpResponse:
    """List the standards in the order they are tried, with the share each promise was kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    rows = queries.policies(actor=actor, now=now)
    context = {
        "active": _in_words(actor, [row for row in rows if row.is_active]),
        "retired": [row for row in rows if not row.is_active],
        "calendars": queries.calendars(actor=actor, now=now),
        "kept": desk_queries.promise_summary(actor=actor, now=now).metrics,
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "agreements": dict(forms.AGREEMENTS),
        "may_try": actor.can(policies.READ_TICKETS),
    }
    return render(request, "web/standards.html", context)


def _in_words(actor: Actor, rows: list[PolicyRow]) -> list[tuple[PolicyRow, str]]:
    """Return each standard with whom it holds for, in words."""
    offered = _conditions(actor) if any(row.current.conditions for row in rows) else {}
    return [(row, _who(row, offered=offered, is_first=at == 0)) for at, row in enumerate(rows)]


def _who(row: PolicyRow, *, offered: Offered, is_first: bool) -> str:
    if not row.current.conditions:
        return "every issue" if is_first else "every issue no standard above holds for"
    parts = []
    for field, values in row.current.conditions.items():
        names = dict(offered.get(field, ("", []))[1])
        words = " or ".join(names.get(str(value), str(value)) for value in values)
        parts.append(f"{CONDITION_FIELDS[field]} {words}")
    return ", ".join(parts)


def _conditions(actor: Actor) -> Offered:
    """Return what a standard may ask about, with the choices of this world."""
    choices = desk_queries.choices(actor=actor)

    def named(rows: Any) -> list[tuple[str, str]]:
        return [(str(row.id), row.name) for row in rows]

    return {
        "priority": ("Priority", [(str(value), str(label)) for value, label in Priority.choices]),
        "kind": ("Type of issue", [(str(value), str(label)) for value, label in Kind.choices]),
        "channel": ("Channel", [(str(value), str(label)) for value, label in Channel.choices]),
        "queue": ("Queue", named(choices.queues)),
        "product": ("Product", named(choices.products)),
        "tag": ("Tag", named(choices.tags)),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def policy(request: HttpRequest, policy_id: int | None = None) -> HttpResponse:
    """Write a standard: see what it would have meant, then save it as a new version."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = _find(actor, policy_id, now=now) if policy_id else None
    form = forms.PolicyForm(
        request.POST or None,
        initial=_initial(row),
        calendars=[(c.current.id, c.name) for c in queries.calendars(actor=actor, now=now)],
        conditions=_conditions(actor),
    )
    context: dict[str, Any] = {
        "form": form,
        "row": row,
        "conflict": None,
        "metrics": METRIC_LABELS,
        "versions": queries.policy_history(actor=actor, policy_id=policy_id) if policy_id else (),
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer = _save_or_preview(request, actor, row=row, form=form, context=context, now=now)
            if answer is not None:
                return answer
            status = 409 if context["conflict"] else 422 if form.errors else 200
    context["form_errors"] = bool(form.errors)
    return render(request, "web/policy.html", context, status=status)


def _find(actor: Actor, policy_id: int | None, *, now: dt.datetime) -> PolicyRow:
    for row in queries.policies(actor=actor, now=now):
        if row.id == policy_id:
            return row
    raise NotFound("There is no such standard.")


def _initial(row: PolicyRow | None) -> dict[str, Any]:
    if row is None:
        return {}
    return forms.policy_initial(
        name=row.name,
        agreement=row.agreement,
        version=row.version,
        conditions=row.current.conditions,
        targets=row.current.targets,
    )


def _save_or_preview(
    request: HttpRequest,
    actor: Actor,
    *,
    row: PolicyRow | None,
    form: forms.PolicyForm,
    context: dict[str, Any],
    now: dt.datetime,
) -> HttpResponse | None:
    facts = form.cleaned_data
    targets = _with_untouched(facts["targets"], row)
    try:
        if request.POST.get("intent") == "preview":
            context["preview"] = desk_queries.preview_policy(
                actor=actor, conditions=form.conditions(), targets=targets, now=now
            )
            return None
        kept = {target["metric"] for target in targets}
        actions.save_policy(
            actor=actor,
            policy_id=row.id if row else None,
            name=facts["name"],
            conditions=form.conditions(),
            targets=targets,
            escalation=[step for step in (row.current.escalation if row else ()) if step["metric"] in kept],
            agreement=facts["agreement"],
            reason=facts["reason"],
            version=facts["version"],
            now=now,
        )
    except Conflict as conflict:
        context["conflict"] = conflict
        return None
    except Invalid as wrong:
        form.add_error(None, wrong.sentence)
        return None
    messages.success(request, "Standard saved. It holds for issues opened from now on.")
    return redirect("web:standards")


def _with_untouched(targets: list[dict[str, Any]], row: PolicyRow | None) -> list[dict[str, Any]]:
    """Keep what the form does not show: reasons that pause, and what a reopening does."""
    old = {(t["metric"], t["priority"]): t for t in (row.current.targets if row else ())}
    hidden = ("pause_reasons", "reopen")
    return [
        target
        | {
            name: old[target["metric"], target["priority"]][name]
            for name in hidden
            if (target["metric"], target["priority"]) in old
        }
        for target in targets
    ]


@require_POST
@needs(policies.EDIT_STANDARDS)
def move_policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Try a standard earlier or later than its neighbour."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    order = [row.id for row in queries.policies(actor=actor, now=now) if row.is_active]
    if policy_id not in order:
        raise NotFound("There is no such standard in force.")
    at = order.index(policy_id)
    to = at + (-1 if request.POST.get("direction") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        actions.reorder_policies(actor=actor, policy_ids=order, now=now)
    return redirect("web:standards")


@require_POST
@needs(policies.EDIT_STANDARDS)
def retire_policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Stop promising this to new issues."""
    actions.retire_policy(
        actor=request.actor,  # type: ignore[attr-defined]
        policy_id=policy_id,
        reason=request.POST.get("reason", "").strip(),
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "Retired. Issues already under it keep its promises.")
    return redirect("web:standards")


@require_POST
@needs(policies.EDIT_STANDARDS)
def begin(request: HttpRequest) -> HttpResponse:
    """Accept the proposed first standard: office hours and one promise for every issue."""
    actions.create_default_standards(actor=request.actor, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, "Your first standard is in force. Change it whenever you know better.")
    return redirect("web:standards")


@require_GET
@needs(policies.READ_TICKETS)
def dry_run(request: HttpRequest) -> HttpResponse:
    """Say which standard an issue would get now, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    given = request.GET.get("number", "").strip().removeprefix("#")
    context: dict[str, Any] = {"number": given, "trials": (), "ticket": None, "sentence": ""}
    if given:
        number = read_number(given)
        if number is None:
            context["sentence"] = "Give the number of an issue, such as 1042."
        else:
            try:
                context["ticket"] = ticket = desk_queries.ticket(actor=actor, number=number, now=now)
                facts = desk_queries.ticket_facts(actor=actor, ticket_id=ticket.id)
                context["trials"] = queries.try_policies(actor=actor, facts=facts, at=now)
            except NotFound as absent:
                context["sentence"] = absent.sentence
    return render(request, "web/dry_run.html", context, status=422 if context["sentence"] else 200)
