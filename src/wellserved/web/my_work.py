"""My work: what somebody is here to do, how far she may go, what her queues promise, and what is asked of her."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk
from wellserved.apps.people import duties
from wellserved.apps.people import queries as people
from wellserved.apps.people.queries import roles
from wellserved.apps.people.types import Gap
from wellserved.apps.standards.queries import commitments, plans
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.web import judging

MOST_STANDARDS = 20


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest) -> HttpResponse:
    """Show a person her role, her limits, her standards, her part in the plans and what is asked of her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    today = clock.day_of(now)
    held = roles.own(actor=actor)
    packs = roles.packs_of(actor=actor, role_ids=[row.role_id for row, _ in held])
    asked = duties.of_person(actor=actor, now=now)
    gaps = people.gaps(actor=actor, on=today, user_ids=[actor.person_id])
    parts = plans.mine(actor=actor)
    context: dict[str, Any] = {
        "roles": [(row, packs.get(row.role_id), current) for row, current in held],
        "asked": asked,
        "gaps": gaps,
        "today": today,
        "shown": people.profile(actor=actor, user_id=actor.person_id, now=now),
        "remedies": people.REMEDIES,
        "standards": _standards(actor, now),
        "occasions": [each for each in plans.part_of(actor=actor, now=now) if each.state in {"due", "missed", "ahead"}],
        "targets": target_queries.mine(actor=actor),
        "plans": parts,
        "part_kind": plans.PART,
        "read": people.acknowledged(actor=actor, kind=plans.PART, record_ids=[row.id for row in parts]),
        "sentence": say_work([row.role for row, _ in held], asked, gaps),
        "unread": next((row for row, current in held if row.read < current), None),
        "may_work": actor.can(policies.READ_TICKETS),
    }
    return render(request, "web/my_work.html", context)


def _standards(actor: Actor, now: dt.datetime) -> list[judging.Judged]:
    """Return the live standards that hold for a queue the actor answers, or for every queue. Nine queries at most."""
    queues = {choice.id for choice in desk.choices(actor=actor).queues}
    rows = [
        row
        for row in commitments.in_force(actor=actor, now=now)
        if not (asked := row.answers.conditions.get("queue", ())) or queues.intersection(asked)
    ]
    return list(judging.judge_all(actor=actor, rows=rows[:MOST_STANDARDS], now=now))


def say_work(roles_held: list[str], asked: tuple[duties.Duty, ...], gaps: tuple[Gap, ...]) -> str:
    """Return in one sentence what somebody is here for and what waits."""
    here = f"You are here as {' and '.join(roles_held)}" if roles_held else "No role pack has been given to you yet"
    waits = f"{len(asked)} {'thing is' if len(asked) == 1 else 'things are'} asked of you" if asked else "nothing waits"
    short = (
        f"; your role requires {', '.join(gap.skill for gap in gaps[:3])}, which you do not hold yet" if gaps else ""
    )
    return f"{here}; {waits}{short}."
