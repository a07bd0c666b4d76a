"""What is done so that somebody can work well: agreed and ended on her profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import actions, queries
from wellserved.apps.people.forms.roles import AdjustmentForm
from wellserved.apps.people.views import staff
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt


@needs(accounts.READ_STANDARDS)
@require_POST
def agree(request: HttpRequest, user_id: int) -> HttpResponse:
    """Agree what is done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.find_colleague(actor=actor, user_id=user_id)
    form = AdjustmentForm(request.POST, auto_id="adjust_%s")
    status = attempt(
        form, lambda given: actions.agree_adjustment(actor=actor, user_id=user_id, now=clock.now(), **given)
    )
    if status != 200:
        return staff.profile_page(request, user_id, adjustment_form=form, status=status)
    messages.success(request, "Agreed: she and whoever leads her see it, and nobody else.")
    return redirect("people:profile", user_id)


@needs(accounts.READ_STANDARDS)
@require_POST
def end(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """End what was agreed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    user_id = actions.end_adjustment(actor=actor, adjustment_id=adjustment_id, now=clock.now())
    messages.success(request, "Ended.")
    return redirect("people:profile", user_id)
