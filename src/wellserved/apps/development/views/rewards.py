"""Reward schemes: the register, one scheme with who got what, its evaluation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PLANS
from wellserved.apps.development.actions import rewards as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import EVERYBODY
from wellserved.apps.development.queries import rewards as queries
from wellserved.apps.development.types.recognition import SchemeRow
from wellserved.apps.development.views.voice_parts import after, next_url, staff_choices
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.ui import formatting

VIEWS = {"": "All", "running": "Running", "due": "To be evaluated"}


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """List the schemes, with what was spent and what they came to."""
    actor, now = actor_of(request), clock.now()
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    rows, cursor = queries.schemes(actor=actor, on=clock.day_of(now), view=view, **after(request))
    found = queries.evaluated(actor=actor)
    context = {
        "rows": rows,
        "views": [{"label": words, "url": f"?view={key}", "current": key == view} for key, words in VIEWS.items()],
        "next_url": next_url(request, cursor),
        "may_edit": actor.can(EDIT_PLANS),
        "card": cards.show(actor=actor, key="reward-strategies", now=now),
        "sentence": f"{found.get('reached', 0)} of {sum(n for key, n in found.items() if key)} schemes evaluated "
        "reached what they were for."
        if any(found)
        else "No reward scheme has been evaluated yet.",
    }
    return render(request, "development/rewards.html", context)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PLANS)
def new(request: HttpRequest) -> HttpResponse:
    """Set up a scheme."""
    form, made = forms.SchemeForm(request.POST or None), []
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda _: made.append(actions.set_up_scheme(actor=actor_of(request), given=form.scheme(), now=clock.now())),
        )
    if made:
        messages.success(request, "The scheme stands; all staff can read its rules.")
        return redirect("development:scheme", made[0])
    return render(
        request, "development/scheme_new.html", {"form": form, "form_errors": bool(form.errors)}, status=status
    )


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Show one scheme."""
    return _show(request, scheme_id)


@require_POST
@needs(EDIT_PLANS)
def award(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Give somebody what the scheme promises."""
    actor = actor_of(request)
    queries.scheme(actor=actor, scheme_id=scheme_id, on=clock.day_of(clock.now()))
    form = forms.AwardForm(request.POST, people=staff_choices(actor, besides=actor.user_id))
    status = attempt(form, lambda given: actions.award(actor=actor, scheme_id=scheme_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, scheme_id, award_form=form, status=status)
    messages.success(request, "Kept. She reads on her Today what she got, and why.")
    return redirect("development:scheme", scheme_id)


@require_POST
@needs(EDIT_PLANS)
def evaluate(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Say what a scheme came to."""
    actor = actor_of(request)
    queries.scheme(actor=actor, scheme_id=scheme_id, on=clock.day_of(clock.now()))
    form = forms.EvaluationForm(request.POST)
    status = attempt(form, lambda given: actions.evaluate(actor=actor, scheme_id=scheme_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, scheme_id, evaluation_form=form, status=status)
    messages.success(request, "Evaluated.")
    return redirect("development:scheme", scheme_id)


def _show(
    request: HttpRequest,
    scheme_id: int,
    *,
    award_form: forms.AwardForm | None = None,
    evaluation_form: forms.EvaluationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = actor_of(request), clock.day_of(clock.now())
    row = queries.scheme(actor=actor, scheme_id=scheme_id, on=today)
    may_edit = actor.can(EDIT_PLANS)
    context: dict[str, Any] = {
        "row": row,
        "awards": queries.awards(actor=actor, scheme_id=scheme_id),
        "may_edit": may_edit,
        "may_award": may_edit and not row.outcome and row.starts_on <= today <= row.ends_on,
        "sentence": _say(row),
        "award_form": award_form or forms.AwardForm(people=staff_choices(actor, besides=actor.user_id)),
        "evaluation_form": evaluation_form or forms.EvaluationForm(initial={"version": row.version}),
        "form_errors": bool((award_form and award_form.errors) or (evaluation_form and evaluation_form.errors)),
    }
    return render(request, "development/scheme.html", context, status=status)


def _say(row: SchemeRow) -> str:
    if row.outcome:
        return f"{row.outcome_name}: {row.findings}"
    spent, budget = (formatting.format_money(amount, row.currency) for amount in (row.spent, row.budget))
    return f"{row.awards} given, {spent} of {budget} spent.{' It has ended and waits to be evaluated.' * row.is_due}"
