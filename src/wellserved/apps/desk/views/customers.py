"""Customers: who they are, what they asked, and what we promised them."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.queries import names
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.platform import clock
from wellserved.platform.errors import Conflict
from wellserved.platform.http.access import needs


@require_GET
@needs(accounts_policies.READ_CUSTOMERS)
def directory(request: HttpRequest) -> HttpResponse:
    """List customers, found by name, email or phone."""
    words = request.GET.get("q", "").strip()[:200]
    page = queries.customers(actor=request.actor, q=words, cursor=request.GET.get("cursor"))  # type: ignore[attr-defined]
    next_url = f"?q={words}&cursor={page.next_cursor}" if page.next_cursor else ""
    return render(request, "desk/customers.html", {"page": page, "q": words, "next_url": next_url})


@require_GET
@needs(accounts_policies.READ_CUSTOMERS)
def page(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show one customer with her issues."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    customer = queries.customer(actor=actor, customer_id=customer_id, now=now)
    return render(
        request,
        "desk/customer.html",
        {
            "customer": customer,
            "lines": [(row, wording.say_due(due_at=row.next_due_at, now=now)) for row in customer.tickets],
            "local_time": forms.local_time_of(customer.time_zone, now=now),
            "may_edit": actor.can(accounts_policies.EDIT_CUSTOMERS),
            "may_work": actor.can(accounts_policies.WORK_TICKETS),
            "history": ledger_queries.history(actor=actor, subject=("desk.customer", customer_id))
            if actor.can(accounts_policies.READ_LEDGER)
            else (),
            "wording": wording,
        },
    )


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.EDIT_CUSTOMERS)
def edit(request: HttpRequest, customer_id: int | None = None) -> HttpResponse:
    """Add a customer or correct what we know of her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    customer = queries.customer(actor=actor, customer_id=customer_id, now=now) if customer_id else None
    names = ("name", "email", "phone", "organisation", "is_internal", "sees_organisation", "time_zone")
    initial: dict[str, Any] = {
        name: getattr(customer, name) for name in (*names, "language", "note", "version") if customer
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


def _organisation(actor: Actor, name: str, *, now: dt.datetime) -> int | None:
    """Return the organisation called this, made on first use."""
    if not name.strip():
        return None
    known = names.organisation_named(actor=actor, name=name)
    return known or actions.save_organisation(actor=actor, name=name, now=now)
