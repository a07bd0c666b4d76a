"""Surveys: the register, a new one, its results, its rules and questions, and a dry run."""

import dataclasses
from collections import Counter
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.voice import forms, types
from wellserved.apps.voice.actions import surveys as actions
from wellserved.apps.voice.policies import EDIT, READ, READ_TICKETS, advice
from wellserved.apps.voice.queries import results as result_queries
from wellserved.apps.voice.queries import surveys as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number


@require_GET
@needs(READ)
def register(request: HttpRequest) -> HttpResponse:
    """List the surveys."""
    actor = actor_of(request)
    rows = queries.surveys(actor=actor)
    running = sum(row.state == "running" for row in rows)
    asked, answered = sum(row.asked for row in rows), sum(row.answered for row in rows)
    sentence = (
        f"{running} of {len(rows)} surveys {'asks' if running == 1 else 'ask'} now; {answered:,} of {asked:,} "
        "customers who were asked have answered."
        if rows
        else "No customer has been asked yet."
    )
    context = {"rows": rows, "sentence": sentence, "may_edit": actor.can(EDIT)}
    return render(request, "voice/surveys.html", context)


@require_http_methods(["GET", "POST"])
@needs(EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a survey."""
    form = forms.BeginForm(request.POST or None)
    made: list[int] = []
    status = 200
    if request.method == "POST":
        actor = actor_of(request)
        status = attempt(form, lambda given: made.append(actions.begin(actor=actor, now=clock.now(), **given)))
    if made:
        messages.success(request, "Begun. Look at its rules and questions; nobody is asked before you start it.")
        return redirect("voice:design", made[0])
    return render(request, "voice/survey_new.html", {"form": form, "form_errors": bool(form.errors)}, status=status)


@require_GET
@needs(READ)
def page(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show what a survey found."""
    actor, now = actor_of(request), clock.now()
    row = queries.survey(actor=actor, survey_id=survey_id)
    days = read_number(request.GET.get("days", "")) or 90
    days = days if days in result_queries.PERIODS else 90
    queue = read_number(request.GET.get("queue", ""))
    found = result_queries.results(actor=actor, survey_id=survey_id, days=days, queue=queue, now=now)
    place = f"&queue={queue}" if queue else ""
    context = {
        "row": row,
        "found": found,
        "sentence": say(row, found.figure, days),
        "periods": [
            {"label": words, "url": f"?days={key}{place}", "current": key == days}
            for key, words in result_queries.PERIODS.items()
        ],
        "queues": [
            {"label": name, "url": f"?days={days}{f'&queue={pk}' if pk else ''}", "current": pk == queue}
            for pk, name in ((None, "All queues"), *result_queries.queues_of(actor=actor, survey_id=survey_id))
        ],
        "unit": UNITS[row.kind],
        "fewest_part": types.SMALL_CELL,
        "may_edit": actor.can(EDIT),
        "reads_tickets": actor.can(READ_TICKETS),
    }
    return render(request, "voice/results.html", context)


UNITS = {
    "csat": "Satisfied (4 or 5), per cent",
    "nps": "Net promoter score",
    "ces": "Found it easy (5 to 7), per cent",
    "own": "Answered 4 or 5, per cent",
}


def say(row: types.SurveyRow, figure: types.Figure, days: int) -> str:
    """Return in one sentence what a survey found, with its uncertainty."""
    if not figure.asked:
        return f"Nobody was asked in the last {days} days."
    response = f"{figure.answered:,} of {figure.asked:,} answered ({figure.rate:.0%})"
    if not figure.is_enough:
        return f"{response}. {figure.reason}"
    if row.kind == "nps":
        return f"Net promoter score {figure.score:+.0f} (between {figure.low:+.0f} and {figure.high:+.0f}); {response}."
    word = {"csat": "are satisfied", "ces": "found it easy", "own": "answered 4 or 5"}[row.kind]
    return f"{figure.score:.0f} % {word} (between {figure.low:.0f} and {figure.high:.0f} %); {response}."


@require_http_methods(["GET", "POST"])
@needs(EDIT)
def design(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show and change when a survey asks whom, and what."""
    actor = actor_of(request)
    row = queries.survey(actor=actor, survey_id=survey_id)
    form = _rules_form(actor, row, request.POST or None)
    status = 200
    if request.method == "POST":

        def work(given: dict[str, Any]) -> None:
            owner, version = given.pop("owner_id"), given.pop("version")
            lists = {key: tuple(given[key]) for key in ("queues", "kinds", "channels")}
            rules = types.Rules(**(given | lists))
            actions.set_rules(
                actor=actor, survey_id=survey_id, rules=rules, owner_id=owner, version=version, now=clock.now()
            )

        status = attempt(form, work)
        if status == 200:
            messages.success(request, "Saved; it holds from the next ticket on.")
            return redirect("voice:design", survey_id)
    return _show_design(request, row, rules=form, status=status)


def _rules_form(actor: Actor, row: types.SurveyRow, data: Any = None) -> forms.RulesForm:
    initial = dataclasses.asdict(row.rules) | {"owner_id": row.owner_id, "version": row.version}
    return forms.RulesForm(
        data,
        initial=initial,
        auto_id="rules_%s",
        queues=list(scope.visible_queues(actor=actor).order_by("name").values_list("pk", "name")),
        people=[(person.id, person.name) for person in accounts.staff(actor=actor)],
    )


def _show_design(
    request: HttpRequest,
    row: types.SurveyRow,
    *,
    rules: Form | None = None,
    question: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = next((form for form in (rules, question) if form is not None and form.errors), None)
    context = {
        "row": row,
        "rules": rules or _rules_form(actor_of(request), row),
        "question": question or forms.QuestionForm(auto_id="question_%s"),
        "sent": sent,
        "form_errors": sent is not None,
        "advice": [(text, found) for text in (row.lead, *(q.text for q in row.questions)) if (found := advice(text))],
        "moves": [(state, types.MOVE_WORDS[state]) for state in types.MOVES[row.state]],
        "conditions": types.CONDITIONS,
        "question_kinds": types.QUESTION_KINDS,
    }
    return render(request, "voice/design.html", context, status=status)


@require_POST
@needs(EDIT)
def question_add(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Add a question."""
    actor = actor_of(request)
    row = queries.survey(actor=actor, survey_id=survey_id)
    form = forms.QuestionForm(request.POST, auto_id="question_%s")
    status = attempt(
        form,
        lambda given: actions.add_question(
            actor=actor, survey_id=survey_id, now=clock.now(), **(given | {"options": given["options"].splitlines()})
        ),
    )
    if status != 200:
        return _show_design(request, row, question=form, status=status)
    messages.success(request, "Added.")
    return redirect("voice:design", survey_id)


@require_POST
@needs(EDIT)
def question_remove(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take a question out."""
    actions.remove_question(
        actor=actor_of(request), survey_id=survey_id, key=request.POST.get("key", ""), now=clock.now()
    )
    messages.success(request, "Taken out.")
    return redirect("voice:design", survey_id)


@require_POST
@needs(EDIT)
def move(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Start, pause or end a survey."""
    state = request.POST.get("state", "")
    actions.move(actor=actor_of(request), survey_id=survey_id, state=state, now=clock.now())
    messages.success(request, f"The survey is now {types.STATES[state].lower()}.")
    return redirect("voice:design", survey_id)


@require_GET
@needs(EDIT)
def dry_run(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show whom the survey would ask of the latest tickets, and whom not and why; nobody is asked."""
    actor = actor_of(request)
    row = queries.survey(actor=actor, survey_id=survey_id)
    judged = queries.dry_run(actor=actor, survey_id=survey_id, now=clock.now())
    counted = Counter(each.words for each in judged if each.reason)
    would = sum(not each.reason for each in judged)
    context = {
        "row": row,
        "judged": judged,
        "counted": counted.most_common(),
        "sentence": f"Of the latest {len(judged)} tickets it would ask about {would}; nobody is asked by looking here.",
    }
    return render(request, "voice/dry_run.html", context)
