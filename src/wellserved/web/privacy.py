"""Settings, Privacy: find a customer, see what is kept of her, and forget her."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt

MOST_FOUND = 20


class ForgetForm(forms.Form):
    """Why somebody is forgotten, and that it is meant."""

    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="It stays in history for ever: do not name her. For example: asked to be forgotten on 3 March.",
    )
    sure = forms.BooleanField(
        label="I understand that this cannot be undone",
        error_messages={"required": "Tick the box: what is erased cannot be brought back."},
    )


@require_GET
@needs(policies.SETTINGS)
def privacy(request: HttpRequest) -> HttpResponse:
    """Find somebody to forget. Two queries when something is asked."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET.get("q", "").strip()
    page = queries.customers(actor=actor, q=asked, limit=MOST_FOUND) if asked else None
    return render(request, "web/privacy.html", {"q": asked, "page": page})


@require_http_methods(["GET", "POST"])
@needs(policies.SETTINGS)
def forget(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show what would go, and let it go once a reason is given."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kept = queries.forgettable(actor=actor, customer_id=customer_id)
    form = ForgetForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda given: actions.forget_customer(
                actor=actor, customer_id=customer_id, reason=given["reason"], now=clock.now()
            ),
        )
        if status == 200:
            messages.success(request, "She is forgotten. Check the chain in History: nothing else has changed.")
            return redirect("web:privacy")
    context = {"kept": kept, "form": form, "form_errors": form.errors}
    return render(request, "web/forget.html", context, status=status)
