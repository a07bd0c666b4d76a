"""Examples of the routes of standards and calendars; the standards' own pages are composed in `web`."""

from typing import Any

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.personas import NOW
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.standards import actions
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy
from wellserved.platform.origin import Origin, World

BOTH_WORLDS = (OWN, OTHER_WORLD)


def origins(placement: str) -> str:
    return Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE


def begin_standards(_scene: Scene, placement: str) -> None:
    """Put the proposed first standard in force in the placement's world, unless one is."""
    if not Policy.objects.filter(origin=origins(placement)).exists():
        world = World.SAMPLE if placement == OTHER_WORLD else World.REAL
        actions.create_default_standards(actor=system_actor(world=world), now=NOW)


def make_policy(scene: Scene, placement: str) -> int:
    begin_standards(scene, placement)
    return Policy.objects.get(origin=origins(placement)).pk


def make_calendar(scene: Scene, placement: str) -> int:
    begin_standards(scene, placement)
    return Calendar.objects.get(origin=origins(placement)).pk


def make_calendar_version(scene: Scene, placement: str) -> int:
    return CalendarVersion.objects.get(calendar=scene.object("standards.calendar", placement)).pk


def in_her_world(actor: Actor, placement: str, _key: object) -> bool:
    return actor.role in STAFF_ROLES and placement == OWN


def calendar_fields(_scene: Scene) -> dict[str, Any]:
    return {"name": "Office hours", "tz": "Europe/London", "day_0": "09:00-17:30", "version": 1, "intent": "save"}


def policy_fields(scene: Scene) -> dict[str, Any]:
    return {
        "name": "Promise",
        "agreement": "sla",
        "t0_metric": "first_reply",
        "t0_within": "4 h",
        "calendar": scene.object("standards.calendar_version", OWN),
        "t0_calendar": scene.object("standards.calendar_version", OWN),
        "when_queue": scene.object("desk.queue", OWN),
        "when_product": scene.object("desk.product", OWN),
        "intent": "save",
    }


OBJECTS = {
    "standards.policy": Kind(make=make_policy, visible=in_her_world, placements=BOTH_WORLDS),
    "standards.calendar": Kind(make=make_calendar, visible=in_her_world, placements=BOTH_WORLDS),
    "standards.calendar_version": Kind(make=make_calendar_version, visible=in_her_world, placements=BOTH_WORLDS),
}

NAMED = {
    "calendar": Ref("standards.calendar_version"),
    "t0_calendar": Ref("standards.calendar_version"),
    "when_queue": Ref("desk.queue"),
    "when_product": Ref("desk.product"),
}

EXAMPLES = {
    "ical:feed": Example(kwargs={"calendar_id": Ref("standards.calendar")}),
    "ical:stop": Example(kwargs={"calendar_id": Ref("standards.calendar")}, method="POST"),
    "standards:calendar": Example(kwargs={"calendar_id": Ref("standards.calendar")}),
    "standards:calendar_edit": Example(
        kwargs={"calendar_id": Ref("standards.calendar")}, method="POST", body=calendar_fields
    ),
    "web:policy_new": Example(method="POST", body=policy_fields, secondary=NAMED),
    "web:policy": Example(
        kwargs={"policy_id": Ref("standards.policy")},
        method="POST",
        body=lambda scene: policy_fields(scene) | {"version": 1},
        secondary=NAMED,
    ),
    "web:policy_move": Example(
        kwargs={"policy_id": Ref("standards.policy")}, method="POST", body=lambda _scene: {"direction": "up"}
    ),
    "web:policy_retire": Example(
        kwargs={"policy_id": Ref("standards.policy")},
        method="POST",
        body=lambda _scene: {"reason": "Nobody asks for it", "version": 1},
    ),
}
