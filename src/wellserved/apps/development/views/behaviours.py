"""What each value looks like on a working day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS
from wellserved.apps.development.actions import behaviours as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.queries import behaviours as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt


@require_http_methods(["GET", "POST"])
@needs(EDIT_STANDARDS)
def page(request: HttpRequest) -> HttpResponse:
    """List the behaviours under each value, and name one more."""
    actor, now = actor_of(request), clock.now()
    trends = queries.by_value(actor=actor, now=now)
    form = forms.BehaviourForm(
        request.POST or None, values=[trend.value for trend in trends], initial=request.GET.dict()
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda given: actions.add(actor=actor, now=now, **given))
        if status == 200:
            messages.success(request, "Kept. Observations and quality checks can ask for it.")
            return redirect("development:behaviours")
    bare = [trend.value for trend in trends if not trend.behaviours]
    context = {
        "trends": trends,
        "form": form,
        "form_errors": bool(form.errors),
        "sentence": _say(bool(trends), bare),
    }
    return render(request, "development/behaviours.html", context, status=status)


def _say(has_values: bool, bare: list[str]) -> str:
    if not has_values:
        return "The vision names no values yet; behaviours follow from them."
    return f"Nothing to be seen yet for: {', '.join(bare)}." if bare else "Every value can be seen on a working day."


@require_POST
@needs(EDIT_STANDARDS)
def retire(request: HttpRequest, behaviour_id: int) -> HttpResponse:
    """Ask for a behaviour no more."""
    actions.retire(actor=actor_of(request), behaviour_id=behaviour_id, now=clock.now())
    messages.success(request, "It is asked for no more.")
    return redirect("development:behaviours")
