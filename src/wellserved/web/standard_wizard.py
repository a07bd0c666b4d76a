"""The wizard: from an expectation to a standard in five questions and a check, each answer kept as it is given."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import keeping
from wellserved.apps.people import cards
from wellserved.apps.standards.actions import commitments as actions
from wellserved.apps.standards.forms import commitments as forms
from wellserved.apps.standards.policies import smart
from wellserved.apps.standards.queries import commitments as queries
from wellserved.apps.standards.queries import consequences, expectations
from wellserved.apps.standards.queries import partners as partner_queries
from wellserved.apps.standards.types.commitments import SCOPE_FIELDS, Answers, StandardDetail
from wellserved.apps.standards.types.starters import STARTERS, starter
from wellserved.apps.standards.types.wording import say_standard, say_time
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.web import judging
from wellserved.web.policy_page import conditions_offered

QUESTIONS: dict[str, str] = {
    "expectation": "What do they expect?",
    "promise": "What do we promise?",
    "measure": "How is it measured, and from which data?",
    "scope": "For whom does it hold?",
    "people": "From when, and who answers for it?",
    "check": "Can it be kept, and what will happen?",
}
STEPS = tuple(QUESTIONS)
SHORT = ("Expectation", "Promise", "Measure", "For whom", "When and who", "Check")


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def new(request: HttpRequest) -> HttpResponse:
    """Ask the first question; a template may have answered it, and the rest."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = starter(request.POST.get("starter") or request.GET.get("from", ""))
    before = Answers.from_data(chosen.answers) if chosen else Answers()
    given = read_number(request.GET.get("expectation", ""))
    known = expectations.titles(actor=actor, ids=[given], holding=True) if given else {}
    chosen_one = {"expectation_id": given, "expectation": known[given]} if given in known else {}
    initial = forms.initial_of(before) | chosen_one
    form = forms.ExpectationForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(
            form,
            lambda cleaned: made.append(
                actions.save_draft(
                    actor=actor,
                    standard_id=None,
                    answers=forms.answers_from("expectation", cleaned, before),
                    now=clock.now(),
                ).pk
            ),
        )
        if status == 200:
            return redirect("web:standard_step", made[0], "promise")
    context = _frame("expectation", None) | {
        "form": form,
        "starters": STARTERS,
        "chosen": chosen,
        "card": cards.show(actor=actor, key="standards-from-expectations", now=clock.now()),
        "form_errors": bool(form.errors),
    }
    return render(request, "web/standard_step.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def step(request: HttpRequest, standard_id: int, step: str) -> HttpResponse:
    """Ask one question of a standard being written, keep the answer, and go on or back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if step not in STEPS:
        raise NotFound("There is no such step.")
    found = queries.standard(actor=actor, standard_id=standard_id, now=now)
    if found.row.state == "retired":
        raise Conflict("This standard is retired; write a new one.", code="standard_retired")
    before = found.draft or found.row.answers
    if step == "check":
        return _check(request, found, before, now=now)
    form = _form(actor, step, request.POST or None, before, now=now)
    status = 200
    if request.method == "POST":
        back = request.POST.get("intent") == "back"
        if back and not form.has_changed():
            return redirect(_neighbour(standard_id, step, -1))
        status = attempt(
            form,
            lambda cleaned: actions.save_draft(
                actor=actor,
                standard_id=standard_id,
                answers=forms.answers_from(step, cleaned, before),
                version=read_number(request.POST.get("version", "")),
                now=now,
            ),
        )
        if status == 200:
            return redirect(_neighbour(standard_id, step, -1 if back else 1))
    context = _frame(step, found) | {"form": form, "form_errors": bool(form.errors)}
    return render(request, "web/standard_step.html", context, status=status)


def _frame(step: str, found: StandardDetail | None) -> dict[str, Any]:
    at = STEPS.index(step)
    pk = found.row.id if found else None
    return {
        "step": step,
        "question": QUESTIONS[step],
        "found": found,
        "row": found.row if found else None,
        "starters": (),
        "chosen": None,
        "steps": [
            {
                "label": SHORT[place],
                "url": reverse("web:standard_step", args=[pk, name]) if pk and place != at else "",
                "state": "current" if place == at else "done" if place < at else "todo",
            }
            for place, name in enumerate(STEPS)
        ],
    }


def _neighbour(standard_id: int, step: str, by: int) -> str:
    at = STEPS.index(step) + by
    if at < 0:
        return reverse("web:standard", args=[standard_id])
    return reverse("web:standard_step", args=[standard_id, STEPS[at]])


def _form(actor: Actor, step: str, data: Any, before: Answers, *, now: dt.datetime) -> Form:
    initial = forms.initial_of(before)
    if step == "expectation":
        return forms.ExpectationForm(data, initial=initial)
    if step == "promise":
        return forms.PromiseForm(data, initial=initial)
    if step == "measure":
        named = queries.calendar_names(actor=actor)
        if len(named) == 1 and before.calendar is None:
            initial["calendar"] = next(iter(named))
        initial["source"] = before.source or "desk"
        return forms.MeasureForm(data, initial=initial, calendars=named.items())
    if step == "scope":
        initial["audience"] = before.audience or "customers"
        offered = conditions_offered(actor, [before.conditions], kept=before.conditions)
        return forms.ScopeForm(
            data,
            initial=initial,
            partners=partner_queries.choices(actor=actor),
            conditions={name: offered[name] for name in SCOPE_FIELDS},
        )
    initial["name"] = before.name or before.promise[:120]
    initial["owner_id"] = before.owner_id or actor.user_id
    initial["frequency"] = before.frequency or "week"
    initial["effective_on"] = before.effective_on or now.date() + dt.timedelta(days=1)
    initial["review_on"] = before.review_on or now.date() + dt.timedelta(days=91)
    people = [(person.id, person.name) for person in accounts.staff(actor=actor)]
    return forms.PeopleForm(data, initial=initial, people=people)


def _check(
    request: HttpRequest,
    found: StandardDetail,
    answers: Answers,
    *,
    now: dt.datetime,
    form: forms.AgreeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    named = queries.calendar_names(actor=actor)
    past = keeping.would_have_met(actor=actor, answers=answers, now=now)
    findings = smart.check(answers=answers, past=past, today=now.date(), time_words=say_time(answers, named))
    changed = found.versions and found.draft is not None
    form = form or forms.AgreeForm(initial={"version": found.row.version})
    form.fields["reason"].required = bool(found.versions)
    context = _frame("check", found) | {
        "answers": answers,
        "sentence": say_standard(answers, named),
        "findings": findings,
        "refused": [f for f in findings if f.holds is False and f.key != "achievable"],
        "past": past,
        "judged": judging.stand(past, target=answers.target) if past and past.total else None,
        "consequence": consequences.consequence(actor=actor, answers=answers, now=now),
        "changes": queries.differences(
            found.row.answers, answers, named, accounts.names(user_ids={i for i in _owners(found, answers) if i})
        )
        if changed
        else (),
        "form": form,
        "form_errors": status != 200,
    }
    return render(request, "web/standard_check.html", context, status=status)


def _owners(found: StandardDetail, answers: Answers) -> tuple[int | None, int | None]:
    return found.row.owner_id, answers.owner_id


@require_POST
@needs(policies.EDIT_STANDARDS)
def agree(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Make the draft the next version, or say what is missing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.standard(actor=actor, standard_id=standard_id, now=now)
    form = forms.AgreeForm(request.POST)
    status = attempt(form, lambda given: actions.agree(actor=actor, standard_id=standard_id, now=now, **given))
    if status != 200:
        if found.draft is None:
            raise Conflict("There is nothing to agree: no answer has changed.", code="no_draft")
        return _check(request, found, found.draft, now=now, form=form, status=status)
    messages.success(
        request,
        "The change is agreed and holds from its day on."
        if found.row.state == "live"
        else "Agreed. It waits to go live.",
    )
    return redirect("web:standard", standard_id)
