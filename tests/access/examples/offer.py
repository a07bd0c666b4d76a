"""Examples of the routes of segments, expectations, the offer, the vision and learning, on pages and in the API."""

from typing import Any

from tests.access.engine import OWN, Example, Ref, Scene
from tests.access.examples.api import JSON, change, house
from tests.access.examples.commitments import NEVER_OVER, in_place, post
from tests.personas import NOW
from wellserved.apps.standards.actions import expectations, vision
from wellserved.apps.standards.actions import offer as actions
from wellserved.apps.standards.types.offer import Line, Offer, Rule

TODAY = NOW.date().isoformat()


def make_segment(_scene: Scene, placement: str) -> int:
    return expectations.save_segment(
        actor=house(placement), segment_id=None, name=f"Segment of {placement}", rule=Rule(), now=NOW
    )


def make_expectation(scene: Scene, placement: str) -> int:
    return expectations.save_expectation(
        actor=house(placement),
        expectation_id=None,
        title=f"Expected in {placement}",
        segment_id=scene.object("standards.segment", placement),
        basis="stated",
        nature="real",
        importance=3,
        source="survey",
        source_on=NOW.date(),
        credibility=2,
        review_on=NEVER_OVER,
        now=NOW,
    )


def make_service(scene: Scene, placement: str) -> int:
    meets = (scene.object("standards.expectation", placement),)
    offer = Offer(name=f"Service of {placement}", lines=(Line(kind="offer", text="An answer", expectations=meets),))
    return actions.save_service(actor=house(placement), service_id=None, offer=offer, effective_on=NOW.date(), now=NOW)


def make_vision(_scene: Scene, placement: str) -> int:
    return vision.save_vision(actor=house(placement), text=f"At home in {placement}", now=NOW)


def make_objective(_scene: Scene, placement: str) -> int:
    return vision.save_objective(
        actor=house(placement),
        objective_id=None,
        name=f"Objective of {placement}",
        measured_by="90 %",
        due_on=NEVER_OVER,
        now=NOW,
    )


OBJECTS = {
    "standards.segment": in_place(make_segment),
    "standards.expectation": in_place(make_expectation),
    "standards.service": in_place(make_service),
    "standards.vision": in_place(make_vision),
    "standards.objective": in_place(make_objective),
}
SEGMENT, EXPECTATION, SERVICE = Ref("standards.segment"), Ref("standards.expectation"), Ref("standards.service")
OBJECTIVE, STAFF = Ref("standards.objective"), Ref("accounts.staff")
REVIEW = {"finding": "It still holds.", "next_on": NEVER_OVER.isoformat()}
WHO = {"name": "Renamed", "who": "anybody"}
TARGET = {"name": "Reach it", "measured_by": "90 %", "due_on": NEVER_OVER.isoformat()}
SETTLED = {"state": "met", "outcome": "Seen"}


def expected(scene: Scene) -> dict[str, Any]:
    return {
        "title": "They wait",
        "segment_id": scene.object("standards.segment", OWN),
        "basis": "stated",
        "nature": "real",
        "importance": 3,
        "source": "survey",
        "source_on": TODAY,
        "credibility": 2,
        "review_on": NEVER_OVER.isoformat(),
    }


def offered(scene: Scene, *, name: str = "Another service") -> dict[str, Any]:
    meets = scene.object("standards.expectation", OWN)
    return {
        "name": name,
        "kind": "service",
        "effective_on": TODAY,
        "line0_kind": "offer",
        "line0_text": "An answer",
        "line0_meets": meets,
        "reason": "Asked for",
    }


def sent_offer(scene: Scene) -> dict[str, Any]:
    meets = [scene.object("standards.expectation", OWN)]
    return {
        "name": "One more service",
        "lines": [{"kind": "offer", "text": "An answer", "expectations": meets}],
        "calendar": scene.object("standards.kept_calendar", OWN),
        "effective_on": TODAY,
        "reason": "Asked for",
    }


def objective_sent(scene: Scene) -> dict[str, Any]:
    return TARGET | {"owner_id": scene.people["amira"].user.pk}


def segment_sent(scene: Scene) -> dict[str, Any]:
    return {"name": "One more segment", "owner_id": scene.people["amira"].user.pk}


def with_body(body: Any, secondary: dict[str, Ref] | None = None, **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=body, secondary=secondary or {})


def sent_with(body: Any, secondary: dict[str, Ref]) -> Example:
    return Example(method="POST", body=body, secondary=secondary, content_type=JSON)


def reading(scene: Scene) -> dict[str, Any]:
    return {"kind": "standards.service", "record": scene.object("standards.service", OWN), "number": 1}


EXAMPLES = {
    "web:expectation": Example(kwargs={"expectation_id": EXPECTATION}),
    "web:expectation_new": with_body(expected),
    "web:expectation_edit": with_body(expected, expectation_id=EXPECTATION),
    "web:expectation_review": post(REVIEW, expectation_id=EXPECTATION),
    "web:segment": Example(kwargs={"segment_id": SEGMENT}),
    "web:segment_new": post({"name": "Another segment", "who": "anybody"}),
    "web:segment_edit": post(WHO, segment_id=SEGMENT),
    "web:service": Example(kwargs={"service_id": SERVICE}),
    "web:service_new": with_body(offered),
    "web:service_edit": with_body(offered, service_id=SERVICE),
    "web:service_withdraw": post({"reason": "Over"}, service_id=SERVICE),
    "web:promises_publish": post({"introduction": "Hello"}),
    "web:promises_withdraw": post({}),
    "web:vision_edit": post({"text": "At home", "reason": "Shorter"}),
    "web:objective": Example(kwargs={"objective_id": OBJECTIVE}),
    "web:objective_new": post(TARGET),
    "web:objective_edit": post(TARGET, objective_id=OBJECTIVE),
    "web:objective_settle": post(SETTLED, objective_id=OBJECTIVE),
    "people:learn": Example(kwargs={"key": "objectives-that-steer"}, method="POST"),
    "people:acknowledge": with_body(reading, {"record": SERVICE}),
    "api:list_segments": sent_with(segment_sent, {"owner_id": STAFF}),
    "api:read_segment": change("PUT", {"name": "Renamed"}, segment_id=SEGMENT),
    "api:list_expectations": sent_with(expected, {"segment_id": SEGMENT}),
    "api:read_expectation": Example(
        kwargs={"expectation_id": EXPECTATION},
        method="PUT",
        body=expected,
        content_type=JSON,
        headers={"If-Match": "*"},
        secondary={"segment_id": SEGMENT},
    ),
    "api:review_expectation": change("POST", REVIEW, expectation_id=EXPECTATION),
    "api:list_services": sent_with(sent_offer, {"calendar": Ref("standards.kept_calendar")}),
    "api:read_service": Example(
        kwargs={"service_id": SERVICE}, method="PUT", body=sent_offer, content_type=JSON, headers={"If-Match": "*"}
    ),
    "api:withdraw_service": change("POST", {"reason": "Over"}, service_id=SERVICE),
    "api:list_service_versions": Example(kwargs={"service_id": SERVICE}),
    "api:read_vision": change("PUT", {"text": "At home", "reason": "Shorter"}),
    "api:list_objectives": sent_with(objective_sent, {"owner_id": STAFF}),
    "api:read_objective": change("PUT", TARGET, objective_id=OBJECTIVE),
    "api:settle_objective": change("POST", SETTLED, objective_id=OBJECTIVE),
}
