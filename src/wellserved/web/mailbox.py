"""The local mailbox: what the service would have sent, or is about to send, and what a person must decide about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@needs(policies.READ_TICKETS, policies.SETTINGS)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mail the actor may read, newest first. Two queries."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may_decide = actor.can(policies.WORK_TICKETS) or actor.can(policies.SETTINGS)
    letters = queries.letters(actor=actor)
    doubtful = sum(letter.state in {"failed", "unknown"} for letter in letters)
    return render(request, "web/mailbox.html", {"letters": letters, "doubtful": doubtful, "may_decide": may_decide})


@needs(policies.WORK_TICKETS, policies.SETTINGS)
@require_POST
def resend(request: HttpRequest, message_id: int) -> HttpResponse:
    """Send a message again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.resend_mail(actor=actor, message_id=message_id, now=clock.now())
    messages.success(request, "The message is on its way again.")
    return redirect("mailbox")


@needs(policies.WORK_TICKETS, policies.SETTINGS)
@require_POST
def settle(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark a message as settled."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.settle_mail(actor=actor, message_id=message_id, now=clock.now())
    messages.success(request, "The message is settled; it is not sent again.")
    return redirect("mailbox")
