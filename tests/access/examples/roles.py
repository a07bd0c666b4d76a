"""Examples of the routes of roles, candidates, adjustments and of what queues ask for."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.accounts import sees_only_herself_without_the_right, sees_staff
from tests.access.examples.api import change, house, side
from tests.access.examples.standards import BOTH_WORLDS
from tests.personas import NOW
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.people import actions
from wellserved.apps.people.models import Adjustment, InductionTask
from wellserved.platform.origin import Origin

FAR = "2090-01-01"


def make_role(_scene: Scene, placement: str) -> int:
    pk = actions.start_role(actor=house(placement), name=f"Role of {placement}", starter="adviser", now=NOW)
    actions.publish_role(actor=house(placement), role_id=pk, now=NOW)
    return pk


def sees_role(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.role in STAFF_ROLES


def make_holder(scene: Scene, placement: str) -> int:
    return actions.give_role(
        actor=house(placement),
        role_id=scene.object("people.role", side(placement)),
        user_id=scene.object("accounts.staff", placement),
        since=NOW.date(),
        now=NOW,
    )


def make_task(scene: Scene, placement: str) -> int:
    return InductionTask.objects.filter(holder=scene.object("people.holder", placement)).earliest("place").pk


def make_candidate(scene: Scene, placement: str) -> int:
    return actions.add_candidate(
        actor=house(placement), role_id=scene.object("people.role", placement), label="Reference 7", now=NOW
    )


def chooses(actor: Actor, placement: str, _key: Any) -> bool:
    # A leader sees those she brought in herself, and this one was not.
    return placement != OTHER_WORLD and actor.can("people.edit") and actor.sees_all_teams


def make_adjustment(scene: Scene, placement: str) -> int:
    row = Adjustment.objects.create(
        user_id=scene.object("accounts.staff", placement),
        text="Starts at ten on Tuesdays",
        review_on=NOW.date() + dt.timedelta(days=90),
        agreed_at=NOW,
        origin=Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE,
    )
    return row.pk


def leads_her(actor: Actor, placement: str, _key: Any) -> bool:
    """The leader of her team; nobody leads team B, so that its people are the manager's."""
    return actor.role == {OWN: Role.TEAM_LEADER, OTHER_TEAM: Role.MANAGER}.get(placement)


OBJECTS = {
    "people.role": Kind(make=make_role, visible=sees_role, placements=BOTH_WORLDS),
    "people.holder": Kind(make=make_holder, visible=sees_only_herself_without_the_right),
    "people.induction_task": Kind(make=make_task, visible=sees_only_herself_without_the_right),
    "people.candidate": Kind(make=make_candidate, visible=chooses, placements=BOTH_WORLDS),
    "people.adjustment": Kind(make=make_adjustment, visible=leads_her, placements=(OWN, OTHER_TEAM, OTHER_WORLD)),
}
ROLE, SKILL, QUEUE = Ref("people.role"), Ref("people.skill"), Ref("desk.queue")


def post(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


EXAMPLES = {
    "people:skill": Example(kwargs={"skill_id": SKILL}),
    "people:describe_skill": post({"name": "Refunds", "minimum_cover": 2}, skill_id=SKILL),
    "people:role": Example(kwargs={"role_id": ROLE}),
    "people:role_part": Example(kwargs={"role_id": ROLE, "part": "person"}),
    "people:role_publish": post({"reason": "The duties have changed"}, role_id=ROLE),
    "people:role_drop": post({}, role_id=ROLE),
    "people:role_retire": post({"reason": "Nobody needs it"}, role_id=ROLE),
    "people:role_print": Example(kwargs={"role_id": ROLE}),
    "people:role_give": Example(
        kwargs={"role_id": ROLE},
        method="POST",
        body=lambda scene: {"user_id": scene.object("accounts.staff", OWN), "since": "2026-03-09"},
        secondary={"user_id": Ref("accounts.staff")},
    ),
    "people:candidate_add": post({"label": "Reference 8"}, role_id=ROLE),
    "people:role_end": post({"until": "2026-03-31"}, holder_id=Ref("people.holder")),
    "people:induction_done": post({}, task_id=Ref("people.induction_task")),
    "people:candidate": Example(kwargs={"candidate_id": Ref("people.candidate")}),
    "people:candidate_decide": post(
        {"outcome": "withdrawn", "reason": "She took another post"}, candidate_id=Ref("people.candidate")
    ),
    "people:adjust": Example(
        kwargs={"user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"text": "A headset for both ears", "review_on": FAR},
        visible=sees_staff,
    ),
    "people:adjustment_end": post({}, adjustment_id=Ref("people.adjustment")),
    "web:queue_skills": Example(kwargs={"queue_id": QUEUE}),
    "api:list_roles": Example(),
    "api:read_role": Example(kwargs={"role_id": ROLE}),
    "api:write_pack": change("PUT", {"purpose": "Answers"}, role_id=ROLE),
    "api:publish_role": change("POST", {"reason": "The duties have changed"}, role_id=ROLE),
    "api:give_role": Example(
        kwargs={"role_id": ROLE},
        method="POST",
        body=lambda scene: {"user_id": scene.object("accounts.staff", OWN), "since": "2026-03-09"},
        secondary={"user_id": Ref("accounts.staff")},
        content_type="application/json",
    ),
    "api:read_skill": change("PUT", {"name": "Refunds"}, skill_id=SKILL),
    "api:read_queue_skills": Example(
        kwargs={"queue_id": Ref("api.queue")},
        method="PUT",
        body=lambda scene: {"skills": [{"skill_id": scene.object("people.skill", OWN), "level": 3}]},
        content_type="application/json",
    ),
    "api:list_adjustments": Example(
        kwargs={"user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"text": "A headset for both ears", "review_on": FAR},
        content_type="application/json",
        visible=sees_staff,
    ),
}
