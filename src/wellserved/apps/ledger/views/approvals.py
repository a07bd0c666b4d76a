"""Approvals: what waits for me, what I asked for, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import approvals as actions
from wellserved.apps.ledger.forms import DecisionForm
from wellserved.apps.ledger.queries import approvals as queries
from wellserved.apps.ledger.queries import standpoints
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs, signed_in


@require_GET
@signed_in
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person and what she asked for."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    return render(
        request,
        "ledger/approvals.html",
        {
            "waiting": queries.waiting(actor=actor, now=now),
            "asked": queries.asked(actor=actor, now=now),
        },
    )


@require_GET
@signed_in
def approval(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Show one request with what would change."""
    actor = request.actor  # type: ignore[attr-defined]
    row = queries.approval(actor=actor, approval_id=approval_id, now=clock.now())
    subject = (row.subject_kind, row.subject_id)
    title = subjects.titles(actor=actor, subjects=[subject]).get(subject)
    context: dict[str, Any] = {"row": row, "subject": title, "form": DecisionForm()}
    if title:
        context["standpoints"] = standpoints.of_subject(actor=actor, subject=subject)
    return render(request, "ledger/approval.html", context)


@require_POST
@needs(DECIDE)
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Take the answer."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(str(sentence) for errors in form.errors.values() for sentence in errors))
    answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    if answer == "counter":
        actions.counter_offer(
            actor=actor, approval_id=approval_id, now=now, reason=reason, amount=form.cleaned_data["amount"]
        )
    else:
        actions.decide(actor=actor, approval_id=approval_id, approve=answer == "approve", now=now, reason=reason)
    messages.success(request, {"approve": "Approved.", "refuse": "Refused.", "counter": "Offer made."}[answer])
    return redirect("ledger:approval", approval_id)


@require_POST
@signed_in
def withdraw(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Take the question back."""
    actions.withdraw(
        actor=request.actor,  # type: ignore[attr-defined]
        approval_id=approval_id,
        now=clock.now(),
        reason=request.POST.get("reason", "")[:2000],
    )
    messages.success(request, "Withdrawn.")
    return redirect("ledger:approval", approval_id)
