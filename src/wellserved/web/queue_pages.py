"""What a queue asks of whoever is given its tickets, and who may be given one today."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.actions.competence import MOST_SKILLS
from wellserved.apps.desk.queries import competence
from wellserved.apps.desk.types.competence import Asked, QueueCover
from wellserved.apps.desk.wording import say_queue_cover
from wellserved.apps.people import queries as people
from wellserved.apps.people.types import ABLE, LEVELS, SkillRow
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt


class AskForm(forms.Form):
    """Up to six skills, each at a level."""

    def __init__(self, *args: Any, skills: tuple[SkillRow, ...], asked: tuple[Asked, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "none"), *((row.id, row.name) for row in skills)]
        levels = [(level, f"{level} {name}") for level, name in LEVELS.items() if level]
        for at in range(MOST_SKILLS):
            now = asked[at] if at < len(asked) else None
            self.fields[f"skill{at}"] = forms.TypedChoiceField(
                label=f"Skill {at + 1}",
                choices=names,
                coerce=int,
                empty_value=None,
                required=False,
                initial=now.skill_id if now else None,
            )
            self.fields[f"level{at}"] = forms.TypedChoiceField(
                label=f"Level of skill {at + 1}",
                choices=levels,
                coerce=int,
                empty_value=None,
                required=False,
                initial=now.level if now else ABLE,
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the fields of each skill."""
        return [(self[f"skill{at}"], self[f"level{at}"]) for at in range(MOST_SKILLS)]

    def levels(self) -> dict[int, int]:
        """Return the levels asked for by skill."""
        given = self.cleaned_data
        chosen = [given[f"skill{at}"] for at in range(MOST_SKILLS) if given[f"skill{at}"]]
        if len(set(chosen)) < len(chosen):
            raise Invalid("Each skill can be asked for once.", code="queue_skills")
        return {given[f"skill{at}"]: given[f"level{at}"] or ABLE for at in range(MOST_SKILLS) if given[f"skill{at}"]}


@require_http_methods(["GET", "POST"])
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def skills(request: HttpRequest, queue_id: int) -> HttpResponse:
    """Show what a queue asks for and who may be given its tickets today; keep what it asks for from now on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    queue = next((each for each in queries.choices(actor=actor).queues if each.id == queue_id), None)
    if queue is None:
        raise NotFound("There is no such queue.", code="queue_not_found")
    listed = people.skills(actor=actor)
    asked = competence.asked_by(actor=actor, queue_id=queue_id)
    form = AskForm(request.POST or None, skills=listed, asked=asked)
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda _given: actions.set_queue_skills(actor=actor, queue_id=queue_id, levels=form.levels(), now=now),
        )
        if status == 200:
            messages.success(request, "From the next assignment on, this queue asks for them.")
            return redirect("web:queue_skills", queue_id)
    rows = [row for row in competence.cover(actor=actor, on=clock.day_of(now)) if row.asked.queue_id == queue_id]
    context = {
        "queue": queue,
        "form": form,
        "rows": [(row, say_queue_cover(row)) for row in rows],
        "has_skills": bool(listed),
        "sentence": say_queue(rows),
        "form_errors": bool(form.errors),
    }
    return render(request, "web/queue_skills.html", context, status=status)


def say_queue(rows: list[QueueCover]) -> str:
    """Return what a queue asks for, and whether enough can be given its tickets."""
    if not rows:
        return "It asks for no skill: whoever answers it may be given its tickets."
    short = [row.asked.skill for row in rows if row.missing]
    names = " and ".join(row.asked.skill for row in rows)
    return f"It asks for {names}; cover is short in {', '.join(short)}." if short else f"It asks for {names}; covered."
