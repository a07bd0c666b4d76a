"""Customers: who they are, what they asked, and what we promised them."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.queries import fitting, identity, names, segments
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.standards.queries import expectations
from wellserved.apps.standards.types.offer import ExpectationRow, SegmentRow
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

_MAKES = {
    "expectation": "write down what her segment expects",
    "standard": "a standard in force that answers it, or that holds for her tickets",
    "clock": "the next ticket she opens",
}


@require_GET
@needs(accounts_policies.READ_CUSTOMERS)
def directory(request: HttpRequest) -> HttpResponse:
    """List customers, found by name, email or phone, or by their segment, whose expectations stand beside them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    words = request.GET.get("q", "").strip()[:200]
    offered = expectations.active_segments(actor=actor, now=now)
    chosen = next((row for row in offered if row.id == read_number(request.GET.get("segment", ""))), None)
    page = queries.customers(
        actor=actor, q=words, rule=chosen.rule if chosen else None, cursor=request.GET.get("cursor")
    )
    asked = {"q": words, "segment": chosen.id if chosen else "", "cursor": page.next_cursor}
    context = {
        "page": page,
        "q": words,
        "segments": offered,
        "chosen": chosen,
        "expected": expectations.of_segments(actor=actor, segment_ids=[chosen.id], now=now) if chosen else {},
        "next_url": f"?{urlencode(asked)}" if page.next_cursor else "",
    }
    return render(request, "desk/customers.html", context)


@require_GET
@needs(accounts_policies.READ_CUSTOMERS)
def page(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show one customer with her tickets."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    customer = queries.customer(actor=actor, customer_id=customer_id, now=now)
    expected = _expected(actor, customer_id, now=now)
    return render(
        request,
        "desk/customer.html",
        {
            "customer": customer,
            "lines": [(row, wording.say_due(due_at=row.next_due_at, now=now)) for row in customer.tickets],
            "local_time": forms.local_time_of(customer.time_zone, now=now),
            "alike": queries.likely_same(actor=actor, customer_id=customer_id),
            "merges": queries.merges(actor=actor, customer_id=customer_id),
            "may_edit": actor.can(accounts_policies.EDIT_CUSTOMERS),
            "may_work": actor.can(accounts_policies.WORK_TICKETS),
            "expected": expected,
            "strip": _strip(actor, customer_id, [row.id for _, rows in expected for row in rows]),
            "makes": _MAKES,
            "history": ledger_queries.history(actor=actor, subject=("desk.customer", customer_id))
            if actor.can(accounts_policies.READ_LEDGER)
            else (),
            "wording": wording,
        },
    )


@require_POST
@needs(accounts_policies.EDIT_CUSTOMERS)
def merge(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Say that another card, chosen from those alike or named by its address, is the same person's."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    email = request.POST.get("email", "")
    other = read_number(request.POST.get("other", "")) or identity.known_by_address(actor=actor, email=email)
    if other is None:
        raise Invalid("No other customer has this address. Check it, or open her card first.", code="unknown_address")
    reason = request.POST.get("reason", "")
    actions.merge_customers(actor=actor, kept_id=customer_id, other_id=other, reason=reason, now=clock.now())
    messages.success(request, "One person now: what comes from either address is here. It can be undone below.")
    return redirect(reverse("desk:customer", args=[customer_id]))


@require_POST
@needs(accounts_policies.EDIT_CUSTOMERS)
def part(request: HttpRequest, customer_id: int, merge_id: int) -> HttpResponse:
    """Part two addresses again."""
    actions.undo_merge(
        actor=request.actor,  # type: ignore[attr-defined]
        customer_id=customer_id,
        merge_id=merge_id,
        now=clock.now(),
    )
    messages.success(request, "Parted again; the tickets that had moved are back.")
    return redirect(reverse("desk:customer", args=[customer_id]))


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.EDIT_CUSTOMERS)
def edit(request: HttpRequest, customer_id: int | None = None) -> HttpResponse:
    """Add a customer or correct what we know of her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    customer = queries.customer(actor=actor, customer_id=customer_id, now=now) if customer_id else None
    names = ("name", "email", "phone", "organisation", "is_internal", "sees_organisation", "time_zone")
    initial: dict[str, Any] = {
        name: getattr(customer, name)
        for name in (*names, "language", "preferred_channel", "needs", "note", "version")
        if customer
    }
    form = forms.CustomerForm(request.POST or None, initial=initial)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        facts = {k: v for k, v in form.cleaned_data.items() if k not in ("version", "organisation")}
        try:
            saved = actions.save_customer(
                actor=actor,
                customer_id=customer_id,
                version=form.cleaned_data["version"],
                organisation_id=_organisation(actor, form.cleaned_data["organisation"], now=now),
                now=now,
                **facts,
            )
        except Conflict as error:
            conflict = error
        else:
            messages.success(request, "Customer saved.")
            return redirect(reverse("desk:customer", args=[saved]))
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(
        request,
        "desk/customer_edit.html",
        {"form": form, "customer": customer, "conflict": conflict, "form_errors": bool(form.errors)},
        status=status,
    )


def _expected(
    actor: Actor, customer_id: int, *, now: dt.datetime
) -> list[tuple[SegmentRow, tuple[ExpectationRow, ...]]]:
    """Return the segments she belongs to, each with what it expects."""
    rows = {row.id: row for row in expectations.active_segments(actor=actor, now=now)}
    mine = segments.of_customer(actor=actor, customer_id=customer_id, rules={pk: row.rule for pk, row in rows.items()})
    found = expectations.of_segments(actor=actor, segment_ids=mine, now=now)
    return [(rows[pk], found.get(pk, ())) for pk in mine]


def _strip(actor: Actor, customer_id: int, expected: list[int]) -> dict[str, list[Any]]:
    """Return what she expects, what is promised for it, and her open tickets with the standards behind them."""
    hers = [
        *(("standards.expectation", pk) for pk in expected),
        *fitting.of_customer(actor=actor, customer_id=customer_id),
    ]
    found = thread_queries.strip(actor=actor, kind="desk.customer", record_id=customer_id, through=hers)
    return {step: list(records) for step, records in found.links.items()}


def _organisation(actor: Actor, name: str, *, now: dt.datetime) -> int | None:
    """Return the organisation called this, made on first use."""
    if not name.strip():
        return None
    known = names.organisation_named(actor=actor, name=name)
    return known or actions.save_organisation(actor=actor, name=name, now=now)
