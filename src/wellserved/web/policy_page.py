"""The page of one standard: three questions first, everything a policy can say behind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.types import Channel, Kind, Priority
from wellserved.apps.standards import actions, forms, queries
from wellserved.apps.standards.types import CONDITION_FIELDS, METRIC_LABELS, PolicyRow, TicketFacts
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number
from wellserved.web import fitting

Offered = dict[str, tuple[str, list[tuple[str, str]]]]

_LISTED = ("queue", "product", "place", "tag", "organisation", "customer")


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def policy(request: HttpRequest, policy_id: int | None = None) -> HttpResponse:
    """Write a standard: see what it would have meant, then save it as a new version."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.policy(actor=actor, policy_id=policy_id, now=now) if policy_id else None
    context: dict[str, Any] = {
        "row": row,
        "conflict": None,
        "sentence": "",
        "metrics": METRIC_LABELS,
        "fit": fitting.policy(actor=actor, policy_id=policy_id) if policy_id else None,
        "versions": queries.policy_history(actor=actor, policy_id=policy_id) if policy_id else (),
    }
    intent, status = request.POST.get("intent", ""), 200
    if request.method == "POST" and not intent.startswith("add_"):
        form = _form(actor, row, request.POST, now=now)
        status = 422
        if form.is_valid():
            answer = _save_or_preview(request, actor, row=row, form=form, context=context, now=now)
            if answer is not None:
                return answer
            status = 409 if context["conflict"] else 422 if form.errors else 200
    else:
        form = _with_more(actor, row, request.POST, intent, context, now=now)
        status = 422 if context["sentence"] else 200
    context |= {"form": form, "form_errors": form.is_bound and bool(form.errors)}
    return render(request, "web/policy.html", context, status=status)


def _form(
    actor: Actor,
    row: PolicyRow | None,
    data: QueryDict | None,
    *,
    now: dt.datetime,
    initial: Mapping[str, Any] | None = None,
    customers: Iterable[int] = (),
    **more: int,
) -> forms.PolicyForm:
    kept = row.current.conditions if row else {}
    typed = {"customer": [*_numbers(data, "when_customer"), *customers]}
    return forms.PolicyForm(
        data,
        initial=initial if initial is not None else _initial(row),
        calendars=_calendars(actor, row, now=now),
        conditions=conditions_offered(actor, [kept, typed], kept=kept),
        **more,
    )


def _numbers(data: QueryDict | None, name: str) -> list[int]:
    found = [read_number(text) for text in data.getlist(name)] if data else []
    return [number for number in found if number is not None]


def _initial(row: PolicyRow | None) -> dict[str, Any]:
    if row is None:
        return forms.new_policy_initial()
    return forms.policy_initial(
        name=row.name,
        agreement=row.agreement,
        version=row.version,
        conditions=row.current.conditions,
        targets=row.current.targets,
        escalation=row.current.escalation,
    )


def _calendars(actor: Actor, row: PolicyRow | None, *, now: dt.datetime) -> list[tuple[int, str]]:
    """Return the newest version of each calendar, and the older ones this standard still counts in."""
    newest = [(c.current.id, c.name) for c in queries.calendars(actor=actor, now=now)]
    older = {t["calendar"] for t in (row.current.targets if row else ())} - {pk for pk, _ in newest}
    kept = queries.calendar_versions(older).values() if older else ()
    return [*newest, *((c.id, f"{c.name}, version {c.number}") for c in kept)]


def conditions_offered(
    actor: Actor, asked: Iterable[Mapping[str, Any]], *, kept: Mapping[str, Any] | None = None
) -> Offered:
    """Return what a standard may ask about, with the choices of this world.

    `asked` are conditions whose values are offered too; those of `kept` stay even when their record is gone.
    """
    chosen: dict[str, set[int]] = {}
    for conditions in asked:
        for field in _LISTED:
            chosen.setdefault(field, set()).update(conditions.get(field, ()))
    named = desk_queries.conditions(actor=actor, chosen=chosen)
    fixed: dict[str, list[tuple[str, str]]] = {
        "priority": [(str(value), str(label)) for value, label in Priority.choices],
        "kind": [(str(value), str(label)) for value, label in Kind.choices],
        "channel": [(str(value), str(label)) for value, label in Channel.choices],
        "internal": [("True", "our own colleagues"), ("False", "customers from outside")],
    }
    offered: Offered = {}
    for field in CONDITION_FIELDS:
        listed = fixed.get(field) or [(str(choice.id), choice.name) for choice in named[field]]
        known = {value for value, _ in listed}
        gone = [str(value) for value in (kept or {}).get(field, ()) if str(value) not in known]
        label = CONDITION_FIELDS[field]
        offered[field] = (label[:1].upper() + label[1:], [*listed, *((v, f"no longer here ({v})") for v in gone)])
    return offered


def names_of_values(actor: Actor, facts: TicketFacts, rows: Iterable[PolicyRow]) -> dict[str, dict[str, str]]:
    """Return what the values of a ticket's facts and of these standards' conditions are called."""
    own = {field: _as_list(getattr(facts, field)) for field in _LISTED}
    offered = conditions_offered(actor, [own, *(row.current.conditions for row in rows)])
    return {field: dict(choices) for field, (_, choices) in offered.items()}


def _as_list(value: int | tuple[int, ...] | None) -> list[int]:
    return list(value) if isinstance(value, tuple) else [] if value is None else [value]


def _with_more(
    actor: Actor,
    row: PolicyRow | None,
    data: QueryDict,
    intent: str,
    context: dict[str, Any],
    *,
    now: dt.datetime,
) -> forms.PolicyForm:
    """Return the form as typed so far, unjudged, with one more target, level or customer."""
    if not intent:
        return _form(actor, row, None, now=now)
    found: list[int] = []
    typed: dict[str, Any] = {name: data.get(name) for name in data}
    typed |= {name: data.getlist(name) for name in data if name.startswith("when_") or name.endswith("_pause")}
    if intent == "add_customer":
        found, context["sentence"] = _customer(actor, data.get("add_customer", ""))
        typed["add_customer"] = "" if found else data.get("add_customer", "")
        typed["when_customer"] = [*data.getlist("when_customer"), *map(str, found)]
    return _form(
        actor,
        row,
        None,
        now=now,
        initial=typed,
        customers=[*_numbers(data, "when_customer"), *found],
        more_targets=int(intent == "add_target"),
        more_steps=int(intent == "add_step"),
    )


def _customer(actor: Actor, text: str) -> tuple[list[int], str]:
    """Return the one customer these words mean, or what would find her."""
    if not text.strip():
        return [], "Type the address of a customer, or the beginning of her name."
    rows = desk_queries.customers(actor=actor, q=text, limit=6).rows
    exact = [row for row in rows if row.email.lower() == text.strip().lower()] or list(rows)
    if len(exact) == 1:
        return [exact[0].id], ""
    if not exact:
        return [], f"No customer's name or address begins with “{text.strip()}”."
    names = ", ".join(f"{row.name} ({row.email})" if row.email else row.name for row in exact[:5])
    return [], f"Several customers fit: {names}. Type the whole address of the one you mean."


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
    try:
        if request.POST.get("intent") == "preview":
            context["preview"] = desk_queries.preview_policy(
                actor=actor, conditions=form.conditions(), targets=facts["targets"], now=now
            )
            return None
        actions.save_policy(
            actor=actor,
            policy_id=row.id if row else None,
            name=facts["name"],
            conditions=form.conditions(),
            targets=facts["targets"],
            escalation=facts["escalation"],
            agreement=facts["agreement"],
            reason=facts["reason"],
            version=facts["version"],
            now=now,
        )
    except Conflict as conflict:
        context["conflict"] = conflict
        # Saving once more, having read the difference, is meant.
        data = request.POST.copy()
        data["version"] = str(conflict.data["version"])
        form.data = data
        return None
    except Invalid as wrong:
        form.add_error(None, wrong.sentence)
        return None
    messages.success(request, "Standard saved. It holds for tickets opened from now on.")
    return redirect("web:standards")
