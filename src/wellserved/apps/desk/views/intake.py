"""A new ticket taken down for a customer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries
from wellserved.apps.ledger.actions.discussion import keep_uploads
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.WORK_TICKETS)
def page(request: HttpRequest) -> HttpResponse:
    """Take down what the customer said and start its clocks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    given = read_number(request.GET.get("customer", ""))
    customer = queries.customer(actor=actor, customer_id=given, now=now) if given else None
    form = forms.NewTicketForm(
        request.POST or None,
        request.FILES or None,
        offered=queries.choices(actor=actor),
        initial={"kind": request.GET.get("kind", "request")} | ({"customer_id": customer.id} if customer else {}),
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        with keep_uploads(facts["files"]) as files:
            opened = actions.open_ticket(
                actor=actor,
                subject=facts["subject"],
                body=facts["body"],
                customer_id=facts["customer_id"],
                customer_email=facts["customer_email"],
                customer_name=facts["customer_name"],
                kind=facts["kind"],
                channel=facts["channel"],
                queue_id=facts["queue"],
                impact=facts["impact"],
                urgency=facts["urgency"],
                product_id=facts["product"],
                place_id=facts["place"],
                files=files,
                now=now,
            )
        messages.success(request, f"Ticket #{opened.number} opened; its clocks run.")
        return redirect(reverse("desk:conversation", args=[opened.number]))
    return render(
        request,
        "desk/new.html",
        {"form": form, "customer": customer, "form_errors": bool(form.errors)},
        status=422 if form.is_bound else 200,
    )
