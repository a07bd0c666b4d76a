"""The bank of questions, and taking a check."""

import secrets
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import checks as actions
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import taking
from wellserved.apps.development.forms import checks as forms
from wellserved.apps.development.forms.briefings import read_subject
from wellserved.apps.development.queries import attempts, checks
from wellserved.apps.development.sentences import say_attempt, say_check
from wellserved.apps.people import cards
from wellserved.apps.standards.queries import expectations
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

READ = accounts.READ_STANDARDS


@require_POST
@needs(accounts.BRIEF)
def begin(request: HttpRequest) -> HttpResponse:
    """Open the check of a record, made now if there was none."""
    subject = read_subject(request.POST)
    if subject is None:
        raise Invalid("Say what the questions are about.", code="no_subject")
    return redirect("development:check", actions.begin(actor=actor_of(request), subject=subject, now=clock.now()))


@require_GET
@needs(accounts.BRIEF)
def page(request: HttpRequest, check_id: int) -> HttpResponse:
    """Show the bank and what the answers say of it."""
    return _page(request, check_id)


def _page(
    request: HttpRequest,
    check_id: int,
    *,
    form: forms.QuestionForm | None = None,
    setup: forms.SetUpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    check = checks.check(actor=actor, check_id=check_id)
    items = checks.items(actor=actor, check_id=check_id)
    form = form or _question_form(actor)
    initial = {"size": check.size, "per_cent": round(check.pass_share * 100), "version": check.version}
    setup = setup or forms.SetUpForm(initial=initial, auto_id="setup_%s")
    context = {
        "check": check,
        "items": items,
        "sentence": say_check(check, items),
        "form": form,
        "setup": setup,
        "form_errors": form.errors or setup.errors,
        "card": cards.show(actor=actor, key="do-they-understand", now=clock.now()),
    }
    return render(request, "development/check.html", context, status=status)


def _question_form(actor: Actor, given: Any = None) -> forms.QuestionForm:
    return forms.QuestionForm(given, initial={"kind": "single"}, expectations=expectations.choices(actor=actor))


@require_POST
@needs(accounts.BRIEF)
def add(request: HttpRequest, check_id: int) -> HttpResponse:
    """Put a question into the bank."""
    actor = actor_of(request)
    form = _question_form(actor, request.POST)
    replaces = read_number(request.POST.get("replaces", ""))
    status = attempt(
        form,
        lambda _given: actions.add_question(
            actor=actor, check_id=check_id, replaces=replaces, now=clock.now(), **form.question()
        ),
    )
    if status != 200:
        return _page(request, check_id, form=form, status=status)
    messages.success(request, "The question is in the bank.")
    return redirect("development:check", check_id)


@require_POST
@needs(accounts.BRIEF)
def set_up(request: HttpRequest, check_id: int) -> HttpResponse:
    """Say how many are drawn and how many right are enough."""
    form = forms.SetUpForm(request.POST, auto_id="setup_%s")

    def save(given: dict[str, Any]) -> None:
        actions.set_up(
            actor=actor_of(request),
            check_id=check_id,
            size=given["size"],
            pass_share=Decimal(given["per_cent"]) / 100,
            version=given["version"],
            now=clock.now(),
        )

    status = attempt(form, save)
    if status != 200:
        return _page(request, check_id, setup=form, status=status)
    messages.success(request, "Kept for whoever begins from now on.")
    return redirect("development:check", check_id)


@require_POST
@needs(accounts.BRIEF)
def suggest(request: HttpRequest, check_id: int) -> HttpResponse:
    """Write questions from what changed."""
    made = actions.suggest(actor=actor_of(request), check_id=check_id, now=clock.now())
    messages.success(request, f"{made} written from what holds now. Read them before anybody is asked.")
    return redirect("development:check", check_id)


@require_POST
@needs(accounts.BRIEF)
def confirm(request: HttpRequest, check_id: int) -> HttpResponse:
    """Say that the questions hold for the version in force."""
    version = read_number(request.POST.get("version", ""))
    number = actions.confirm(actor=actor_of(request), check_id=check_id, version=version, now=clock.now())
    messages.success(request, f"The questions hold for version {number}.")
    return redirect("development:check", check_id)


@require_POST
@needs(accounts.BRIEF)
def retire(request: HttpRequest, check_id: int, question_id: int) -> HttpResponse:
    """Ask a question no more."""
    actions.retire_question(actor=actor_of(request), check_id=check_id, question_id=question_id, now=clock.now())
    messages.success(request, "Retired. What was answered to it stays.")
    return redirect("development:check", check_id)


@require_POST
@needs(READ)
def take(request: HttpRequest, check_id: int) -> HttpResponse:
    """Begin a go, or go on with the one begun."""
    begun = taking.start(actor=actor_of(request), check_id=check_id, seed=secrets.randbelow(2**31), now=clock.now())
    return redirect("development:attempt", begun)


@require_http_methods(["GET", "POST"])
@needs(READ)
def go(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Put the questions, take the answers, and show what came of them."""
    actor = actor_of(request)
    found = attempts.attempt(actor=actor, attempt_id=attempt_id)
    looking.note_view(
        actor=actor, kind="development.attempt", record_id=found.id, person_id=found.user_id, now=clock.now()
    )
    refused, status, given = "", 200, {}
    if request.method == "POST":
        given = forms.read_answers(found, request.POST)
        try:
            taking.submit(actor=actor, attempt_id=attempt_id, given=given, now=clock.now())
            return redirect("development:attempt", attempt_id)
        except Invalid as refusal:
            refused, status = refusal.sentence, refusal.status
    is_own = found.user_id == actor.user_id
    context = {
        "go": found,
        "is_own": is_own,
        "given": given,
        "refused": refused,
        "form_errors": bool(refused),
        "sentence": say_attempt(found, is_own=is_own),
    }
    return render(request, "development/attempt.html", context, status=status)


@require_POST
@needs(accounts.BRIEF)
def judge(request: HttpRequest, attempt_id: int, question_id: int) -> HttpResponse:
    """Say whether somebody's own words show that she understood."""
    form = forms.JudgementForm(request.POST)
    if not form.is_valid():
        raise Invalid("Say whether it shows that she understood, and why.", code="reasons")
    taking.judge(
        actor=actor_of(request),
        attempt_id=attempt_id,
        question_id=question_id,
        is_right=form.cleaned_data["is_right"] == "yes",
        reasons=form.cleaned_data["reasons"],
        now=clock.now(),
    )
    messages.success(request, "Judged. She reads your reasons.")
    return redirect("development:attempt", attempt_id)
