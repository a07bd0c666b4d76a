"""The skills matrix, its export, and one skill's own record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as accounts_queries
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.exports import csv_text
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import actions, queries
from wellserved.apps.people.forms import skills as skill_forms
from wellserved.apps.people.forms import staff as forms
from wellserved.apps.people.queries import matrix
from wellserved.apps.people.sentences import say_cover, say_skill
from wellserved.apps.people.types import LEVELS
from wellserved.apps.people.types.matrix import ALLOWS, LABELS, VIEWS
from wellserved.apps.thread import panels
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

KIND = "people.skill"
TONES = {"missing": "bad", "expired": "bad", "low": "warn", "soon": "warn", "held": ""}


@needs(accounts.READ_PEOPLE)
@require_GET
def skills(request: HttpRequest) -> HttpResponse:
    """Who can do what, and where everything hangs on one colleague."""
    return _matrix_page(request)


@needs(accounts.READ_PEOPLE)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the matrix as CSV: one line for each person and skill, with what her role requires."""
    actor, on = actor_of(request), clock.day_of(clock.now())
    found = matrix.matrix(actor=actor, filters=skill_forms.read_filters(request.GET), on=on, limit=None)
    lines = (
        (
            row.name,
            line.skill.group,
            line.skill.name,
            cell.level,
            LEVELS[cell.level],
            cell.needed or "",
            LABELS.get(cell.state, ""),
            cell.expires_on.isoformat() if cell.expires_on else "",
            cell.evidence,
            f"{len(line.able)} of {line.skill.minimum_cover}",
        )
        for row in found.rows
        for line, cell in zip(found.shown, row.cells, strict=True)
    )
    header = ("person", "group", "skill", "level", "meaning", "required", "state", "valid until", "evidence", "cover")
    response = HttpResponse(csv_text(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="skills-{on.isoformat()}.csv"'
    return response


@needs(accounts.EDIT_PEOPLE)
@require_POST
def add_skill(request: HttpRequest) -> HttpResponse:
    """Add a skill to the list."""
    actor, form = actor_of(request), forms.SkillForm(request.POST)
    status = attempt(form, lambda given: actions.create_skill(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _matrix_page(request, skill_form=form, status=status)
    messages.success(request, f"{form.cleaned_data['name']} is on the list.")
    return redirect("people:skills")


@needs(accounts.EDIT_PEOPLE)
@require_POST
def set_skill(request: HttpRequest) -> HttpResponse:
    """Say at which level a colleague holds a skill."""
    actor = actor_of(request)
    form = _held_form(actor, request.POST)
    _find_secondary(actor, request.POST)
    status = attempt(form, lambda given: actions.set_skill(actor=actor, now=clock.now(), **given))
    if status != 200:
        return _matrix_page(request, held_form=form, status=status)
    messages.success(request, "The level is kept.")
    return redirect("people:skill", form.cleaned_data["skill_id"])


@needs(accounts.READ_PEOPLE)
@require_GET
def skill(request: HttpRequest, skill_id: int) -> HttpResponse:
    """One skill: who holds it, how its cover changes, what it serves and what would break."""
    return _skill_page(request, skill_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def describe(request: HttpRequest, skill_id: int) -> HttpResponse:
    """Say what a skill is and what its levels look like."""
    actor, form = actor_of(request), skill_forms.DescribeForm(request.POST)
    queries.find_skill(actor=actor, skill_id=skill_id)
    status = attempt(
        form, lambda _given: actions.describe_skill(actor=actor, skill_id=skill_id, now=clock.now(), **form.facts())
    )
    if status != 200:
        return _skill_page(request, skill_id, form=form, status=status)
    messages.success(request, "The skill is described.")
    return redirect("people:skill", skill_id)


def _skill_page(
    request: HttpRequest, skill_id: int, *, form: skill_forms.DescribeForm | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    found = matrix.skill(actor=actor, skill_id=skill_id, on=clock.day_of(now))
    row = found.cover.skill
    may_edit = actor.can(accounts.EDIT_PEOPLE)
    form = form or skill_forms.DescribeForm(initial=skill_forms.DescribeForm.values(row), auto_id="describe_%s")
    context = {
        "found": found,
        "row": row,
        "sentence": say_skill(found),
        "levels": [
            (level, name, row.descriptors[level] if level < len(row.descriptors) else "", ALLOWS[level])
            for level, name in LEVELS.items()
        ],
        "tones": TONES,
        "panels": panels.for_record(actor=actor, kind=KIND, record_id=skill_id),
        "comments": discussion.comments(actor=actor, subject=(KIND, skill_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, skill_id]),
        "may_edit": may_edit,
        "form": form,
        "held_form": _held_form(actor, None, skill_id=skill_id) if may_edit else None,
        "form_errors": bool(form.errors),
    }
    return render(request, "people/skill.html", context, status=status)


def _matrix_page(
    request: HttpRequest,
    *,
    skill_form: forms.SkillForm | None = None,
    held_form: forms.HeldSkillForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, on = actor_of(request), clock.day_of(clock.now())
    filters = skill_forms.read_filters(request.GET)
    found = matrix.matrix(actor=actor, filters=filters, on=on)
    skill_form = skill_form or forms.SkillForm()
    query = request.GET.copy()
    query["after"] = str(found.next_after or "")
    context: dict[str, Any] = {
        "found": found,
        "filters": filters,
        "views": VIEWS,
        "tones": TONES,
        "teams": accounts_queries.team_choices(actor=actor),
        "sentence": say_cover(found),
        "next_url": f"{request.path}?{query.urlencode()}" if found.next_after else "",
        "export_url": f"{reverse('people:skills_export')}?{request.GET.urlencode()}",
        "may_edit": actor.can(accounts.EDIT_PEOPLE),
        "skill_form": skill_form,
        "held_form": held_form or _held_form(actor, None),
        "form_errors": skill_form.errors or (held_form and held_form.errors),
    }
    return render(request, "people/skills.html", context, status=status)


def _held_form(actor: Actor, given: Any, *, skill_id: int | None = None) -> forms.HeldSkillForm:
    return forms.HeldSkillForm(
        given,
        people=accounts_queries.staff(actor=actor),
        skills=queries.skills(actor=actor),
        initial={"skill_id": skill_id, "level": 3},
        auto_id="held_%s",
    )


def _find_secondary(actor: Actor, given: Any) -> None:
    colleague, skill = (read_number(str(given.get(name, ""))) for name in ("user_id", "skill_id"))
    if colleague is not None:
        queries.find_colleague(actor=actor, user_id=colleague)
    if skill is not None:
        queries.find_skill(actor=actor, skill_id=skill)
