"""Examples of complaints and of the law they run under; a restricted one is known to managers alone."""

from typing import Any

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, RESTRICTED, Example, Kind, Ref, Scene
from tests.access.examples.api import JSON, change
from tests.access.examples.desk import house, ticket_of
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.models import Complaint
from wellserved.apps.standards.actions import law
from wellserved.apps.standards.models import Obligation, RulePackVersion

BOTH_WORLDS = (OWN, OTHER_WORLD)
PLACEMENTS = (OWN, OTHER_TEAM, OTHER_WORLD, RESTRICTED)


def make_complaint(scene: Scene, placement: str) -> int:
    ticket = ticket_of(scene, placement)
    if placement == RESTRICTED:
        return Complaint.objects.get(ticket=ticket).pk
    return actions.open_complaint(actor=house(placement), ticket_id=ticket.pk, now=NOW)


def reads_complaint(actor: Actor, placement: str, _key: object) -> bool:
    if placement == OTHER_WORLD or not actor.can("complaints.read"):
        return False
    if placement == RESTRICTED:
        return actor.role == Role.MANAGER
    # An agent reads those she handles or whose issue is hers; nobody has this one.
    return actor.sees_all_teams or (placement == OWN and actor.role != Role.AGENT)


def make_case(scene: Scene, placement: str) -> int:
    complaint_id = scene.object("desk.complaint", placement)
    return actions.open_outside(
        actor=house(placement), complaint_id=complaint_id, kind="ombudsman", body="Ombudsman", now=NOW
    )


def only_beside_its_complaint(actor: Actor, placement: str, key: object) -> bool:
    return placement == OWN and reads_complaint(actor, placement, key)


def make_duty(_scene: Scene, placement: str) -> int:
    law.load_offered(actor=house(placement), file="iso-10002.toml", now=NOW)
    origin = "sample" if placement == OTHER_WORLD else "live"
    return Obligation.objects.get(pack__key="iso.10002", pack_key="known", origin=origin).pk


def make_pack(_scene: Scene, placement: str) -> int:
    version = law.load_offered(actor=house(placement), file="uk-sar.toml", now=NOW)
    return RulePackVersion.objects.get(pk=version).pack_id


def in_her_world(actor: Actor, placement: str, _key: object) -> bool:
    return placement == OWN and actor.can("standards.read")


OBJECTS = {
    "desk.complaint": Kind(make=make_complaint, visible=reads_complaint, placements=PLACEMENTS),
    "desk.complaint_case": Kind(make=make_case, visible=only_beside_its_complaint, placements=BOTH_WORLDS),
    # Beside another complaint the case of this one reads as absent to everybody.
    "desk.complaint_of_case": Kind(
        make=lambda scene, placement: scene.object("desk.complaint", placement),
        visible=reads_complaint,
        placements=BOTH_WORLDS,
    ),
    "standards.obligation": Kind(make=make_duty, visible=in_her_world, placements=BOTH_WORLDS),
    "standards.rulepack": Kind(make=make_pack, visible=in_her_world, placements=BOTH_WORLDS),
}

ONE = {"complaint_id": Ref("desk.complaint")}
DUTY = {"obligation_id": Ref("standards.obligation")}


def post(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs or ONE, method="POST", body=lambda _scene: body)


EXAMPLES = {
    "api:list_complaints": Example(
        method="POST",
        body=lambda scene: {"number": scene.object("api.number", OWN)},
        secondary={"number": Ref("api.number")},
        content_type=JSON,
    ),
    "desk:complain": Example(
        kwargs={"number": Ref("desk.ticket")}, method="POST", secondary={"pack": Ref("standards.rulepack")}
    ),
    "desk:complaint": Example(kwargs=ONE),
    "desk:complaint_stage": post({"to": "assessment", "note": "By telephone"}),
    "desk:complaint_people": Example(
        kwargs=ONE,
        method="POST",
        body=lambda _scene: {"handler": "", "reviewer": ""},
        secondary={"handler": Ref("accounts.stranger"), "reviewer": Ref("accounts.stranger")},
    ),
    "desk:complaint_decision": post({"outcome": "upheld", "cause": "system", "answer": "the till failed"}),
    "desk:complaint_remedies": post({"kind": "apology", "note": "In writing"}),
    "desk:complaint_wait": post({"reason": "identity", "note": "A passport"}),
    "desk:complaint_record": post({"summary": "Charged twice"}),
    "desk:complaint_outside": post({"kind": "court", "body": "County court"}),
    "desk:complaint_outside_case": post(
        {"decision": "Refund"}, complaint_id=Ref("desk.complaint_of_case"), case_id=Ref("desk.complaint_case")
    ),
    "desk:complaint_letter": Example(kwargs={**ONE, "key": "acknowledgement"}),
    "standards:obligation": Example(kwargs=DUTY),
    "standards:obligation_edit": Example(kwargs=DUTY),
    "standards:obligation_attest": post({}, **DUTY),
    "standards:obligation_review": post({"finding": "Kept", "next_on": "2099-01-01"}, **DUTY),
    "standards:pack": Example(kwargs={"pack_id": Ref("standards.rulepack")}),
    "api:read_complaint": Example(kwargs=ONE),
    "api:move_complaint": change("POST", {"to": "assessment", "note": "By telephone"}, **ONE),
    "api:assign_complaint": change("PUT", {}, **ONE),
    "api:decide_complaint": change("PUT", {"outcome": "upheld", "cause": "system", "answer": "the till failed"}, **ONE),
    "api:grant_remedy": change("POST", {"kind": "apology", "note": "In writing"}, **ONE),
    "api:draft_letter": Example(kwargs={**ONE, "key": "acknowledgement"}),
    "api:read_duty": Example(kwargs={"duty_id": Ref("standards.obligation")}),
    "api:attest_duty": Example(kwargs={"duty_id": Ref("standards.obligation")}, method="POST", content_type=JSON),
}
