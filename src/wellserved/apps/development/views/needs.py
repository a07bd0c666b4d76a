"""The training needs analysis, and the plans that meet it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import learning as actions
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.forms import learning as forms
from wellserved.apps.development.learning_sentences import say_needs, say_plan
from wellserved.apps.development.queries import needs as queries
from wellserved.apps.development.queries import reach, training
from wellserved.apps.development.types.learning import NeedRow, PlanState, Priority
from wellserved.apps.development.types.recorded import NEEDS_EXPORTED, NEEDS_READ
from wellserved.apps.development.views.pages import act, chosen, fill
from wellserved.apps.ledger.exports import csv_text
from wellserved.apps.people import queries as people
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

PAGE = 100
TONES = {Priority.SHORT: "bad", Priority.SINGLE: "warn", Priority.ROLE: "", Priority.WISH: ""}


@needs(READ_STANDARDS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show what people lack, the worst for the desk first."""
    return _register(request)


def _register(request: HttpRequest, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    rows = queries.analysis(actor=actor, now=now)
    view, search = chosen(request, "view", queries.VIEWS), request.GET.get("q", "").strip()[:100]
    shown = queries.narrowed(rows, view=view, search=search)
    start = read_number(request.GET.get("from", "")) or 0
    _note(actor, NEEDS_READ, shown[start : start + PAGE], now)
    query = request.GET.copy()
    query["from"] = str(start + PAGE)
    context = {
        "rows": shown[start : start + PAGE],
        "sentence": say_needs(rows, is_own=not actor.can(policies.READ_PEOPLE)),
        "views": queries.VIEWS,
        "view": view,
        "search": search,
        "tones": TONES,
        "priorities": dict(Priority.choices),
        "next_url": f"{request.path}?{query.urlencode()}" if len(shown) > start + PAGE else "",
        "may_plan": actor.can(policies.EDIT_PEOPLE),
        **fill({"form": _need_form(actor, None)}, given),
    }
    return render(request, "development/needs.html", context, status=status)


def _need_form(actor: Actor, given: Any) -> forms.NeedForm:
    who = reach.learners(actor=actor) if actor.can(policies.EDIT_PEOPLE) else {actor.person_id: actor.name}
    skills = [(row.id, row.name) for row in people.skills(actor=actor)]
    return forms.NeedForm(given, people=who.items(), skills=skills, initial={"person_id": actor.user_id})


@needs(READ_STANDARDS)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Send the analysis as CSV."""
    actor, now = actor_of(request), clock.now()
    rows = queries.analysis(actor=actor, now=now)
    _note(actor, NEEDS_EXPORTED, rows, now)
    head = ("Person", "What", "Level asked", "Level held", "From", "Ends", "At stake", "Comment", "Planned until")
    text = csv_text(head, (_cells(row) for row in rows))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="training-needs.csv"'
    return response


def _note(actor: Actor, kind: str, rows: Iterable[NeedRow], now: dt.datetime) -> None:
    looking.note_list(actor=actor, kind=kind, person_ids={row.person_id for row in rows}, now=now)


def _cells(row: NeedRow) -> tuple[object, ...]:
    ends, by = row.due_on, row.plan_by
    return (
        row.person,
        row.what,
        row.level,
        row.held,
        row.source_name,
        ends.isoformat() if ends else "",
        row.at_stake,
        row.comment,
        by.isoformat() if by else "",
    )


@needs(READ_STANDARDS)
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Name a need."""
    actor = actor_of(request)
    return act(
        request,
        _need_form(actor, request.POST),
        lambda given: actions.name_need(actor=actor, **given, now=clock.now()),
        then=reverse("development:needs"),
        said="The need stands in the analysis.",
        again=_register,
    )


@needs(policies.EDIT_PEOPLE)
@require_POST
def comment(request: HttpRequest, need_id: int) -> HttpResponse:
    """Comment on a need."""
    actor = actor_of(request)
    queries.find(actor=actor, need_id=need_id)
    return act(
        request,
        forms.CommentForm(request.POST),
        lambda given: actions.comment_need(actor=actor, need_id=need_id, **given, now=clock.now()),
        then=reverse("development:needs"),
        said="Your comment stands beside the need.",
        again=_register,
    )


@needs(READ_STANDARDS)
@require_POST
def drop(request: HttpRequest, need_id: int) -> HttpResponse:
    """Say that nothing is to be learnt here after all."""
    actor = actor_of(request)
    queries.find(actor=actor, need_id=need_id)
    return act(
        request,
        forms.ReasonForm(request.POST),
        lambda given: actions.drop_need(actor=actor, need_id=need_id, **given, now=clock.now()),
        then=reverse("development:needs"),
        said="The need is closed.",
        again=_register,
    )


@needs(policies.EDIT_PEOPLE)
@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Take up a gap that was worked out, so that it can be planned for."""
    actor, now = actor_of(request), clock.now()
    person, skill = (read_number(request.POST.get(name, "")) or 0 for name in ("person", "skill"))
    people.find_colleague(actor=actor, user_id=person)
    what = request.POST.get("what", "")
    found = None if what else people.find_skill(actor=actor, skill_id=skill)
    wanted = (person, found.pk if found else None)
    rows = [row for row in queries.analysis(actor=actor, now=now) if (row.person_id, row.skill_id) == wanted]
    row = next((row for row in rows if found or row.what == what), None)
    need_id = actions.name_need(
        actor=actor,
        person_id=person,
        what=what,
        skill_id=found.pk if found else None,
        level=row.level if row else None,
        source=row.source if row else "",
        now=now,
    )
    return redirect("development:plan_new", need_id)


@needs(READ_STANDARDS)
@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest, need_id: int) -> HttpResponse:
    """Say how a need is met."""
    actor, now = actor_of(request), clock.now()
    need = queries.find(actor=actor, need_id=need_id)
    form = _plan_form(request, need.person_id, need.person.name, need.skill_id)
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(actions.plan(actor=actor, need_id=need_id, **given, now=now)),
            then=lambda: reverse("development:plan", args=made),
            said="It is planned.",
            again=_plan_page,
            arguments=(need,),
        )
    return _plan_page(request, need, given=form)


def _plan_page(request: HttpRequest, need: Any, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"need": need, "form": given, "form_errors": bool(given.errors)}
    return render(request, "development/plan_new.html", context, status=status)


def _plan_form(request: HttpRequest, person_id: int, person: str, skill_id: int | None) -> forms.PlanForm:
    actor, now = actor_of(request), clock.now()
    owners = {person_id: person, actor.person_id: actor.name}
    return forms.PlanForm(
        request.POST or None,
        events=training.choices(actor=actor, now=now, skill_id=skill_id),
        owners=owners.items(),
        initial={"owner_id": person_id, "by_on": (now + queries.SOON).date()},
    )


@needs(READ_STANDARDS)
@require_GET
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show one learning plan."""
    return _plan(request, plan_id)


def _plan(request: HttpRequest, plan_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    row = queries.plan(actor=actor, plan_id=plan_id, now=now)
    looking.note_view(actor=actor, kind="development.plan", record_id=row.id, person_id=row.person_id, now=now)
    context = {
        "row": row,
        "sentence": say_plan(row),
        "is_open": row.state == PlanState.PLANNED,
        "may_give": actor.can(policies.EDIT_PEOPLE) and row.person_id != actor.user_id and row.skill_id is not None,
        **fill(
            {
                "finish": forms.FinishForm(initial={"version": row.version, "level": row.level}),
                "drop": forms.ReasonForm(initial={"version": row.version}),
            },
            given,
        ),
    }
    return render(request, "development/plan.html", context, status=status)


@needs(READ_STANDARDS)
@require_POST
def plan_finish(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Say that a plan is done."""
    actor = actor_of(request)
    queries.find_plan(actor=actor, plan_id=plan_id)
    return act(
        request,
        forms.FinishForm(request.POST),
        lambda given: actions.finish(actor=actor, plan_id=plan_id, **given, now=clock.now()),
        then=reverse("development:plan", args=[plan_id]),
        said="Done, and kept.",
        again=_plan,
        arguments=(plan_id,),
    )


@needs(READ_STANDARDS)
@require_POST
def plan_drop(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Say that a plan is not carried out."""
    actor = actor_of(request)
    queries.find_plan(actor=actor, plan_id=plan_id)
    return act(
        request,
        forms.ReasonForm(request.POST),
        lambda given: actions.drop_plan(actor=actor, plan_id=plan_id, **given, now=clock.now()),
        then=reverse("development:plan", args=[plan_id]),
        said="The plan is dropped; the need stays open.",
        again=_plan,
        arguments=(plan_id,),
    )
