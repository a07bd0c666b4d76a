"""Examples of the routes of plans, resources and bids."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.access.engine import OTHER_WORLD, Example, Kind, Ref, Scene
from tests.access.examples.api import house, side
from tests.access.examples.standards import BOTH_WORLDS
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.actions import bids, carrying_out, plans, resources
from wellserved.apps.standards.types.resources import BASES

STARTS, ENDS = NOW.date(), NOW.date() + dt.timedelta(days=180)


def reads_plans(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.can("plans.read")


def make_plan(scene: Scene, placement: str) -> int:
    pk = plans.create(
        actor=house(placement),
        name=f"Plan of {placement}",
        owner_id=scene.object("accounts.staff", placement),
        starts_on=STARTS,
        ends_on=ENDS,
        now=NOW,
    )
    plans.save_section(
        actor=house(placement),
        plan_id=pk,
        section="budget",
        given=[{"label": "People", "kind": "people", "monthly": "100"}],
        now=NOW,
    )
    return pk


def make_target(scene: Scene, placement: str) -> int:
    return carrying_out.set_target(
        actor=house(placement),
        plan_id=scene.object("standards.plan", placement),
        level="organisation",
        statement="First replies in time",
        measure="first_reply",
        value=0.9,
        due_on=ENDS,
        now=NOW,
    )


def make_resource(_scene: Scene, placement: str) -> int:
    return resources.save(
        actor=house(placement),
        resource_id=None,
        name=f"Seats of {placement}",
        kind="licences",
        quantity=Decimal(10),
        monthly=Decimal(30),
        available_from=STARTS,
        now=NOW,
    )


def make_allocation(scene: Scene, placement: str) -> int:
    return resources.allocate(
        actor=house(placement),
        resource_id=scene.object("standards.resource", placement),
        plan_id=scene.object("standards.plan", placement),
        quantity=Decimal(1),
        starts_on=STARTS,
        ends_on=ENDS,
        figures={},
        comments=dict.fromkeys(BASES, "Weighed."),
        objective_id=scene.object("standards.objective", placement),
        now=NOW,
    ).pk


def bid_facts(scene: Scene, placement: str) -> dict[str, Any]:
    return {
        "name": f"Bid of {placement}",
        "plan_id": scene.object("standards.plan", placement),
        "kind": "people",
        "asked": Decimal(2),
        "monthly": Decimal(100),
        "months": 6,
        "justification": "Mondays are too much for four.",
        "needed_from": STARTS,
    }


def make_bid(scene: Scene, placement: str) -> int:
    facts = bid_facts(scene, placement)
    return bids.save(actor=house(placement), bid_id=None, fallbacks=[], now=NOW, **facts)


def of_plans(make: Any) -> Kind:
    return Kind(make=lambda scene, place: make(scene, side(place)), visible=reads_plans, placements=BOTH_WORLDS)


OBJECTS = {
    "standards.plan": of_plans(make_plan),
    "standards.target": of_plans(make_target),
    "standards.resource": of_plans(make_resource),
    "standards.allocation": of_plans(make_allocation),
    "standards.bid": of_plans(make_bid),
}
PLAN, RESOURCE, BID = Ref("standards.plan"), Ref("standards.resource"), Ref("standards.bid")


def frame(scene: Scene) -> dict[str, Any]:
    return {
        "name": "Another plan",
        "owner_id": scene.people["amira"].user.pk,
        "starts_on": STARTS.isoformat(),
        "ends_on": ENDS.isoformat(),
    }


def action_row(scene: Scene) -> dict[str, Any]:
    return {
        "what_0": "Brief the team",
        "owner_id_0": scene.people["amira"].user.pk,
        "due_on_0": STARTS.isoformat(),
    }


def target_body(scene: Scene) -> dict[str, Any]:
    return {
        "level": "organisation",
        "statement": "First replies in time",
        "measure": "first_reply",
        "aim": "90",
        "due_on": ENDS.isoformat(),
        "change": "",
    }


def resource_body(_scene: Scene) -> dict[str, Any]:
    return {
        "name": "Seats",
        "kind": "licences",
        "quantity": "3",
        "monthly": "30",
        "available_from": STARTS.isoformat(),
    }


def bid_body(scene: Scene) -> dict[str, Any]:
    return bid_facts(scene, "own team") | {"needed_from": STARTS.isoformat()}


def allocation_body(_scene: Scene) -> dict[str, Any]:
    said = {f"basis_{key}": "Weighed." for key in BASES}
    return said | {"quantity": "1", "starts_on": STARTS.isoformat(), "ends_on": ENDS.isoformat()}


def post(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


EXAMPLES = {
    "web:plan_new": Example(method="POST", body=frame, secondary={"owner_id": Ref("accounts.staff")}),
    "web:plan": Example(kwargs={"plan_id": PLAN}),
    "web:plan_section": Example(
        kwargs={"plan_id": PLAN, "section": "actions"},
        method="POST",
        body=action_row,
        secondary={"owner_id_0": Ref("accounts.staff")},
    ),
    "web:plan_send": post({"days": 14}, plan_id=PLAN),
    "web:plan_force": post({}, plan_id=PLAN),
    "web:plan_offer": post({}, plan_id=PLAN),
    "web:plan_reopen": post({"reason": "Too little"}, plan_id=PLAN),
    "web:plan_evaluate": post({"finding": "Kept", "decision": "keep"}, plan_id=PLAN),
    "web:plan_mark": post({"kind": "review", "key": "m1", "on": STARTS.isoformat(), "note": "Seen"}, plan_id=PLAN),
    "web:plan_spend": post({"month": STARTS.isoformat(), "line": "b1", "amount": "100"}, plan_id=PLAN),
    "web:plan_target": Example(kwargs={"plan_id": PLAN}, method="POST", body=target_body),
    "web:plan_target_remove": post({}, target_id=Ref("standards.target")),
    "web:plan_print": Example(kwargs={"plan_id": PLAN}),
    "web:plan_export": Example(kwargs={"plan_id": PLAN}),
    "web:resource_new": Example(method="POST", body=resource_body),
    "web:resource": Example(kwargs={"resource_id": RESOURCE}),
    "web:resource_edit": Example(kwargs={"resource_id": RESOURCE}, method="POST", body=resource_body),
    "web:resource_comment": post({"words": "It holds."}, resource_id=RESOURCE),
    "web:allocation_new": Example(
        kwargs={"resource_id": RESOURCE},
        method="POST",
        body=lambda scene: {"plan_id": scene.object("standards.plan", "own team")},
        secondary={"plan_id": PLAN},
    ),
    "web:allocate": Example(kwargs={"resource_id": RESOURCE, "plan_id": PLAN}, method="POST", body=allocation_body),
    "web:allocation_end": post({"reason": "No longer needed"}, allocation_id=Ref("standards.allocation")),
    "web:bid_new": Example(method="POST", body=bid_body, secondary={"plan_id": PLAN}),
    "web:bid": Example(kwargs={"bid_id": BID}),
    "web:bid_edit": Example(kwargs={"bid_id": BID}, method="POST", body=bid_body, secondary={"plan_id": PLAN}),
    "web:bid_send": post({"days": 14}, bid_id=BID),
    "web:bid_offer": post({"quantity": "1", "reason": "Half"}, bid_id=BID),
    "web:bid_accept": post({}, bid_id=BID),
    "web:bid_close": post({"reason": "Not needed"}, bid_id=BID),
}
