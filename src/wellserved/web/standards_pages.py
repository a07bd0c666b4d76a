"""Policies and their order: what we promise, to whom, how far it was kept, and what a change would have meant."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.standards import actions, forms, queries
from wellserved.apps.standards.types import CONDITION_FIELDS, PolicyPage, PolicyRow
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number
from wellserved.web import policy_page


@require_GET
@needs(policies.READ_STANDARDS)
def overview(request: HttpRequest) -> HttpResponse:
    """List the standards in the order they are tried, with the share each promise was kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    view = "retired" if request.GET.get("view") == "retired" else "active"
    page = queries.policy_page(
        actor=actor, is_active=view == "active", cursor=request.GET.get("after") or None, now=now
    )
    calendars, more = queries.calendar_page(actor=actor, cursor=request.GET.get("calendars") or None, now=now)
    context = {
        "rows": _in_words(actor, page),
        "before": page.before,
        "is_last": page.next_cursor is None,
        "view": view,
        "after": request.GET.get("after", ""),
        "next_url": _with(request, after=page.next_cursor),
        "calendars": calendars,
        "more_calendars_url": _with(request, calendars=more),
        "kept": desk_queries.promise_summary(actor=actor, now=now).metrics if view == "active" else (),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "agreements": dict(forms.AGREEMENTS),
        "may_try": actor.can(policies.READ_TICKETS),
    }
    return render(request, "web/policies.html", context)


def _with(request: HttpRequest, **cursor: str | None) -> str:
    """Return the address of the next page of one of the lists, empty at its end; the other list stays where it is."""
    (name, value), *_ = cursor.items()
    query = request.GET.copy()
    query[name] = value or ""
    return f"{request.path}?{query.urlencode()}" if value else ""


def _in_words(actor: Actor, page: PolicyPage) -> list[tuple[PolicyRow, str]]:
    """Return each standard with whom it holds for, in words."""
    asked = [row.current.conditions for row in page.rows if row.current.conditions]
    offered = policy_page.conditions_offered(actor, asked) if asked else {}
    return [(row, _who(row, offered=offered, is_first=at == 0)) for at, row in enumerate(page.rows, start=page.before)]


def _who(row: PolicyRow, *, offered: policy_page.Offered, is_first: bool) -> str:
    if not row.current.conditions:
        return "every ticket" if is_first else "every ticket no standard above holds for"
    parts = []
    for field, values in row.current.conditions.items():
        names = dict(offered.get(field, ("", []))[1])
        words = " or ".join(names.get(str(value), str(value)) for value in values)
        parts.append(f"{CONDITION_FIELDS[field]} {words}")
    return ", ".join(parts)


@require_POST
@needs(policies.EDIT_STANDARDS)
def move_policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Try a standard earlier or later than its neighbour."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    order = list(queries.policy_order(actor=actor))
    if policy_id not in order:
        raise NotFound("There is no such standard in force.")
    at = order.index(policy_id)
    to = at + (-1 if request.POST.get("direction") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        actions.reorder_policies(actor=actor, policy_ids=order, now=clock.now())
    after = request.POST.get("after", "")
    return redirect(reverse("web:policies") + (f"?{urlencode({'after': after})}" if after else ""))


@require_POST
@needs(policies.EDIT_STANDARDS)
def retire_policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Stop promising this to new tickets."""
    actions.retire_policy(
        actor=request.actor,  # type: ignore[attr-defined]
        policy_id=policy_id,
        reason=request.POST.get("reason", "").strip(),
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "Retired. Tickets already under it keep its promises.")
    return redirect("web:policies")


@require_POST
@needs(policies.EDIT_STANDARDS)
def begin(request: HttpRequest) -> HttpResponse:
    """Accept the proposed first standard: office hours and one promise for every ticket."""
    actions.create_default_standards(actor=request.actor, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, "Your first standard is in force. Change it whenever you know better.")
    return redirect("web:policies")


@require_GET
@needs(policies.READ_TICKETS)
def dry_run(request: HttpRequest) -> HttpResponse:
    """Say which standard a ticket would get now, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    given = request.GET.get("number", "").strip().removeprefix("#")
    context: dict[str, Any] = {"number": given, "trials": (), "ticket": None, "sentence": ""}
    if given:
        number = read_number(given)
        if number is None:
            context["sentence"] = "Give the number of a ticket, such as 1042."
        else:
            try:
                context["ticket"] = ticket = desk_queries.ticket(actor=actor, number=number, now=now)
                facts = desk_queries.ticket_facts(actor=actor, ticket_id=ticket.id)
                names = policy_page.names_of_values(actor, facts, queries.policies(actor=actor, now=now))
                context["trials"] = queries.try_policies(actor=actor, facts=facts, at=now, names=names)
            except NotFound as absent:
                context["sentence"] = absent.sentence
    return render(request, "web/dry_run.html", context, status=422 if context["sentence"] else 200)
