"""Examples of the routes of people."""

from decimal import Decimal

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.accounts import sees_only_herself_without_the_right
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.people.models import AuthorityLimit, Skill
from wellserved.platform.origin import Origin


def make_skill(_scene: Scene, placement: str) -> int:
    origin = Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE
    return Skill.objects.create(name=f"Skill of {placement}", origin=origin).pk


def sees_skill(actor: Actor, placement: str, _key: object) -> bool:
    return actor.role in STAFF_ROLES and placement == OWN


def make_limit(scene: Scene, placement: str) -> int:
    return AuthorityLimit.objects.create(
        user_id=scene.object("accounts.staff", placement),
        remedy="refund",
        amount=Decimal(50),
        origin=Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE,
    ).pk


OBJECTS = {
    "people.skill": Kind(make=make_skill, visible=sees_skill, placements=(OWN, OTHER_WORLD)),
    "people.limit": Kind(make=make_limit, visible=sees_only_herself_without_the_right),
}

EXAMPLES = {
    "people:profile": Example(kwargs={"user_id": Ref("accounts.staff")}, visible=sees_only_herself_without_the_right),
    "people:save_profile": Example(
        kwargs={"user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"job_title": "Adviser", "version": 1},
    ),
    "people:set_availability": Example(
        kwargs={"user_id": Ref("accounts.staff")}, method="POST", body=lambda _scene: {"availability": "busy"}
    ),
    "people:remove_limit": Example(
        kwargs={"limit_id": Ref("people.limit")},
        method="POST",
        body=lambda _scene: {"reason": "No longer needed", "version": 1},
    ),
    "people:set_skill": Example(
        method="POST",
        body=lambda scene: {
            "user_id": scene.object("accounts.staff", OWN),
            "skill_id": scene.object("people.skill", OWN),
            "level": 3,
            "reason": "Watched at work",
        },
        secondary={"user_id": Ref("accounts.staff"), "skill_id": Ref("people.skill")},
    ),
}
