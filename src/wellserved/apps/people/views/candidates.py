"""Candidates: added to a role, scored by criterion, decided with a reason."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.people import actions
from wellserved.apps.people.forms import roles as forms
from wellserved.apps.people.queries import candidates, roles
from wellserved.apps.people.sentences import say_candidate
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, refusal_of


@needs(accounts.EDIT_PEOPLE)
@require_POST
def add(request: HttpRequest, role_id: int) -> HttpResponse:
    """Consider somebody for a role."""
    actor, form = actor_of(request), forms.CandidateForm(request.POST)
    roles.find_role(actor=actor, role_id=role_id)
    made: list[int] = []
    status = attempt(
        form,
        lambda given: made.append(actions.add_candidate(actor=actor, role_id=role_id, now=clock.now(), **given)),
    )
    if status != 200:
        raise refusal_of(request, form)
    return redirect("people:candidate", made[0])


@needs(accounts.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Show a candidate, and keep what was seen of her by criterion."""
    actor = actor_of(request)
    row = candidates.candidate(actor=actor, candidate_id=candidate_id)
    form = forms.ScoringForm(request.POST or None, candidate=row, initial={"version": row.version})
    if request.method == "GET":
        return _show(request, candidate_id, form=form)
    status = attempt(
        form,
        lambda given: actions.score_candidate(
            actor=actor,
            candidate_id=candidate_id,
            scores=form.scores(),
            version=given["version"],
            now=clock.now(),
        ),
    )
    if status != 200:
        return _show(request, candidate_id, form=form, status=status)
    messages.success(request, "The scores are kept.")
    return redirect("people:candidate", candidate_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def decide(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Choose a candidate or not, with the reason."""
    actor, form = actor_of(request), forms.DecisionForm(request.POST, auto_id="decide_%s")
    candidates.candidate(actor=actor, candidate_id=candidate_id)
    status = attempt(
        form,
        lambda given: actions.decide_candidate(actor=actor, candidate_id=candidate_id, now=clock.now(), **given),
    )
    if status != 200:
        return _show(request, candidate_id, decision_form=form, status=status)
    messages.success(request, "Decided.")
    return redirect("people:candidate", candidate_id)


def _show(
    request: HttpRequest,
    candidate_id: int,
    *,
    form: Form | None = None,
    decision_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    row = candidates.candidate(actor=actor_of(request), candidate_id=candidate_id)
    form = form or forms.ScoringForm(candidate=row, initial={"version": row.version})
    decision_form = decision_form or forms.DecisionForm(initial={"version": row.version}, auto_id="decide_%s")
    context = {
        "row": row,
        "sentence": say_candidate(row),
        "form": form,
        "decision_form": decision_form,
        "form_errors": bool(form.errors or decision_form.errors),
    }
    return render(request, "people/candidate.html", context, status=status)
