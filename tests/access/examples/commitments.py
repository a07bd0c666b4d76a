"""Examples of the routes of standards and partners, on pages and in the API."""

import datetime as dt
from typing import Any

from tests.access.engine import OWN, Example, Kind, Ref, Scene
from tests.access.examples.api import JSON, change, house, side
from tests.access.examples.standards import BOTH_WORLDS, begin_standards, in_her_world, origins
from tests.personas import NOW
from wellserved.apps.standards.actions import commitments as actions
from wellserved.apps.standards.actions import partners
from wellserved.apps.standards.models import Calendar
from wellserved.apps.standards.types.partners import HEADINGS

NEVER_OVER = dt.date(2099, 1, 1)


def calendar(scene: Scene, placement: str) -> int:
    begin_standards(scene, placement)
    return Calendar.objects.filter(origin=origins(placement)).order_by("pk")[0].pk


def answers(scene: Scene, placement: str) -> dict[str, Any]:
    return {
        "name": f"First reply of {placement}",
        "expectation": "They want to hear from us.",
        "promise": "We answer within one working day.",
        "measure": "first_reply",
        "source": "desk",
        "target": 0.95,
        "seconds": 30_600,
        "calendar": calendar(scene, placement),
        "audience": "customers",
        "frequency": "week",
        "effective_on": NOW.date(),
        "review_on": NEVER_OVER,
        "owner_id": None,
    }


def make_draft(scene: Scene, placement: str) -> int:
    return actions.save_draft(actor=house(placement), standard_id=None, answers=answers(scene, placement), now=NOW).pk


def make_agreed(scene: Scene, placement: str) -> int:
    owner = scene.object("accounts.staff", placement)
    given = answers(scene, placement) | {"owner_id": owner}
    pk = actions.save_draft(actor=house(placement), standard_id=None, answers=given, now=NOW).pk
    actions.agree(actor=house(placement), standard_id=pk, now=NOW)
    return pk


def make_live(scene: Scene, placement: str) -> int:
    return actions.put_live(actor=house(placement), standard_id=make_agreed(scene, placement), now=NOW).pk


def make_surveyed(scene: Scene, placement: str) -> int:
    owner = scene.object("accounts.staff", placement)
    given = answers(scene, placement) | {
        "owner_id": owner,
        "measure": "satisfaction",
        "source": "survey",
        "seconds": None,
        "calendar": None,
    }
    pk = actions.save_draft(actor=house(placement), standard_id=None, answers=given, now=NOW).pk
    actions.agree(actor=house(placement), standard_id=pk, now=NOW)
    return actions.put_live(actor=house(placement), standard_id=pk, now=NOW).pk


def make_partner(_scene: Scene, placement: str) -> int:
    made = partners.save_partner(actor=house(placement), partner_id=None, name=f"Partner of {placement}", now=NOW)
    partners.declare(actor=house(placement), partner_id=made, has_interest=False, now=NOW)
    return made


def in_place(make: Any) -> Kind:
    return Kind(make=lambda scene, place: make(scene, side(place)), visible=in_her_world, placements=BOTH_WORLDS)


OBJECTS = {
    "standards.draft": in_place(make_draft),
    "standards.agreed": in_place(make_agreed),
    "standards.live": in_place(make_live),
    "standards.surveyed": in_place(make_surveyed),
    "standards.partner": in_place(make_partner),
    "standards.kept_calendar": in_place(calendar),
}
DRAFT, AGREED, LIVE = Ref("standards.draft"), Ref("standards.agreed"), Ref("standards.live")
SURVEYED, PARTNER = Ref("standards.surveyed"), Ref("standards.partner")
FINDINGS = dict.fromkeys(HEADINGS, "As agreed.")
REVIEW = {"finding": "It still fits.", "next_on": NEVER_OVER.isoformat()}
WRITTEN = {"promise": "We answer within one working day.", "expectation": "They wait."}


def post(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


def people_step(scene: Scene) -> dict[str, Any]:
    return {
        "name": "First reply",
        "effective_on": NOW.date().isoformat(),
        "owner_id": scene.people["amira"].user.pk,
        "frequency": "week",
        "review_on": NEVER_OVER.isoformat(),
    }


def sent(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body, content_type=JSON)


def answers_sent(scene: Scene) -> dict[str, Any]:
    return WRITTEN | {
        "partner_id": scene.object("standards.partner", OWN),
        "calendar": scene.object("standards.kept_calendar", OWN),
        "owner_id": scene.people["amira"].user.pk,
    }


NAMED = {
    "partner_id": PARTNER,
    "calendar": Ref("standards.kept_calendar"),
    "owner_id": Ref("accounts.staff"),
}

EXAMPLES = {
    "web:standard_new": post({"expectation": "They want to hear from us."}),
    "web:standard": Example(kwargs={"standard_id": LIVE}),
    "web:standard_step": Example(
        kwargs={"standard_id": DRAFT, "step": "people"},
        method="POST",
        body=people_step,
        secondary={"owner_id": Ref("accounts.staff")},
    ),
    "web:standard_agree": post({}, standard_id=DRAFT),
    "web:standard_live": post({}, standard_id=AGREED),
    "web:standard_retire": post({"reason": "Nobody asks"}, standard_id=LIVE),
    "web:standard_review": post(REVIEW, standard_id=LIVE),
    "web:standard_reading": post({"on": NOW.date().isoformat(), "value": 9, "cases": 10}, standard_id=SURVEYED),
    "web:standard_drop": post({}, standard_id=DRAFT),
    "web:partner_new": post({"name": "Another partner"}),
    "web:partner": Example(kwargs={"partner_id": PARTNER}),
    "web:partner_edit": post({"name": "Renamed"}, partner_id=PARTNER),
    "web:partner_declare": post({"has_interest": "no"}, partner_id=PARTNER),
    "web:partner_review": post({**FINDINGS, "next_on": NEVER_OVER.isoformat()}, partner_id=PARTNER),
    "api:list_standards": Example(method="POST", body=answers_sent, secondary=NAMED, content_type=JSON),
    "api:read_standard": change("PUT", WRITTEN, standard_id=DRAFT),
    "api:check_standard": Example(kwargs={"standard_id": DRAFT}),
    "api:agree_standard": change("POST", {}, standard_id=DRAFT),
    "api:put_standard_live": change("POST", {}, standard_id=AGREED),
    "api:retire_standard": change("POST", {"reason": "Over"}, standard_id=LIVE),
    "api:review_standard": change("POST", REVIEW, standard_id=LIVE),
    "api:enter_reading": sent({"on": NOW.date().isoformat(), "value": 9, "cases": 10}, standard_id=SURVEYED),
    "api:list_standard_versions": Example(kwargs={"standard_id": LIVE}),
    "api:read_partner": change("PUT", {"name": "Renamed"}, partner_id=PARTNER),
    "api:declare_interest": sent({"has_interest": False}, partner_id=PARTNER),
    "api:review_partner": sent({"findings": FINDINGS, "next_on": NEVER_OVER.isoformat()}, partner_id=PARTNER),
}
