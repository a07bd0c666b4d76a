"""Examples of the routes of risks, playbooks, crises and incidents."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.access.engine import Example, Kind, Ref, Scene
from tests.access.examples.api import house, side
from tests.access.examples.standards import BOTH_WORLDS, in_her_world
from tests.personas import NOW
from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import incidents
from wellserved.apps.desk.types.incidents import Named
from wellserved.apps.standards.actions import activations, contingencies, crises, risks
from wellserved.apps.standards.models import Activation
from wellserved.apps.standards.types.risks import Assessment, Step

NEVER_OVER = dt.date(2099, 1, 1)
PARTS = {"course": "Wait for the supplier.", "because": "Two hours, he says."}


def make_risk(_scene: Scene, placement: str) -> int:
    loss = Decimal(1000)
    facts = risks.RiskFacts(
        title=f"Risk of {placement}",
        category="surge",
        assessment=Assessment(events_a_year=1, loss_low=loss, loss_mode=loss, loss_high=loss),
        proximity="year",
        review_on=NEVER_OVER,
    )
    return risks.save_risk(actor=house(placement), risk_id=None, facts=facts, seed=1, now=NOW)


def playbook(name: str, placement: str) -> int:
    facts = contingencies.PlaybookFacts(
        name=f"{name} of {placement}", steps=[Step(what="Call the cover list", role="Team leader", minutes=15)]
    )
    return contingencies.save_playbook(actor=house(placement), contingency_id=None, facts=facts, now=NOW)


def make_playbook(_scene: Scene, placement: str) -> int:
    return playbook("Playbook", placement)


def make_active(_scene: Scene, placement: str) -> int:
    return activations.activate(actor=house(placement), contingency_id=playbook("At work", placement), now=NOW)


def make_proposed(_scene: Scene, placement: str) -> int:
    made = activations.watch(
        actor=house(placement), contingency_id=playbook("Proposed", placement), holds=True, evidence="Late.", now=NOW
    )
    return Activation.objects.get(pk=made).pk


def make_crisis(_scene: Scene, placement: str) -> int:
    return crises.declare(actor=house(placement), title=f"Crisis of {placement}", what="All is down.", now=NOW)


def make_proposal(scene: Scene, placement: str) -> int:
    crisis_id = scene.object("standards.crisis", placement)
    return crises.propose(actor=house(placement), crisis_id=crisis_id, parts=PARTS, now=NOW)


def make_incident(_scene: Scene, placement: str) -> int:
    people = [Named(email=f"late-{placement.replace(' ', '-')}@mail.test")]
    return incidents.find_incident(actor=house(placement), title="Late", people=people, now=NOW)


def reads_tickets(actor: Actor, placement: str, key: object) -> bool:
    return in_her_world(actor, placement, key) and actor.can(policies.READ_TICKETS)


def in_place(make: Any, visible: Any = in_her_world) -> Kind:
    return Kind(make=lambda scene, place: make(scene, side(place)), visible=visible, placements=BOTH_WORLDS)


OBJECTS = {
    "standards.risk": in_place(make_risk),
    "standards.contingency": in_place(make_playbook),
    "standards.active": in_place(make_active),
    "standards.proposed": in_place(make_proposed),
    "standards.crisis": in_place(make_crisis),
    "standards.proposal": in_place(make_proposal),
    "desk.incident": in_place(make_incident, reads_tickets),
}
RISK, PLAYBOOK, ACTIVE = Ref("standards.risk"), Ref("standards.contingency"), Ref("standards.active")
PROPOSED, CRISIS, INCIDENT = Ref("standards.proposed"), Ref("standards.crisis"), Ref("desk.incident")


def post(body: dict[str, Any], **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


def risk_fields(scene: Scene) -> dict[str, Any]:
    return {
        "title": "The website is down",
        "category": "system_loss",
        "likelihood": "4",
        "impact": "4",
        "proximity": "year",
        "review_on": NEVER_OVER.isoformat(),
        "owner_id": scene.people["amira"].user.pk,
    }


def playbook_fields(scene: Scene) -> dict[str, Any]:
    return {
        "name": "Another playbook",
        "rehearse_months": 6,
        "what_0": "Call the cover list",
        "role_0": "Team leader",
        "minutes_0": 15,
        "reason": "Rehearsed",
        "owner_id": scene.people["amira"].user.pk,
    }


OWNER = {"owner_id": Ref("accounts.staff")}
REHEARSED = {"held_on": NOW.date().isoformat(), "who": "All", "result": "worked", "findings": "It stood."}

EXAMPLES = {
    "web:risk_new": Example(method="POST", body=risk_fields, secondary=OWNER),
    "web:risk": Example(kwargs={"risk_id": RISK}),
    "web:risk_edit": Example(kwargs={"risk_id": RISK}, method="POST", body=risk_fields, secondary=OWNER),
    "web:risk_answer": Example(
        kwargs={"risk_id": RISK},
        method="POST",
        body=lambda scene: {"playbooks": scene.object("standards.contingency", "own team")},
        secondary={"playbooks": PLAYBOOK},
    ),
    "web:risk_close": post({"reason": "It is over"}, risk_id=RISK),
    "web:contingency_new": Example(method="POST", body=playbook_fields, secondary=OWNER),
    "web:contingency": Example(kwargs={"contingency_id": PLAYBOOK}),
    "web:contingency_edit": Example(
        kwargs={"contingency_id": PLAYBOOK}, method="POST", body=playbook_fields, secondary=OWNER
    ),
    "web:contingency_rehearse": post(REHEARSED, contingency_id=PLAYBOOK),
    "web:contingency_retire": post({"reason": "Nobody needs it"}, contingency_id=PLAYBOOK),
    "web:contingency_activate": post({}, contingency_id=PLAYBOOK),
    "web:activation_tick": post({}, activation_id=ACTIVE, index=0),
    "web:activation_dismiss": post({"reason": "A test"}, activation_id=PROPOSED),
    "web:activation_recover": post({"outcome": "All is well"}, activation_id=ACTIVE),
    "web:crisis_new": Example(
        method="POST",
        body=lambda scene: {
            "title": "Down",
            "what": "The website.",
            "activation_id": scene.object("standards.active", "own team"),
        },
        secondary={"activation_id": ACTIVE},
    ),
    "web:crisis": Example(kwargs={"crisis_id": CRISIS}),
    "web:crisis_propose": post(PARTS, crisis_id=CRISIS),
    "web:crisis_decide": post(
        {"is_accepted": "yes", "words": "Do it"}, crisis_id=CRISIS, proposal_id=Ref("standards.proposal")
    ),
    "web:crisis_log": post({"kind": "action", "words": "Called the supplier"}, crisis_id=CRISIS),
    "web:crisis_publish": post({"line": "Our website is down."}, crisis_id=CRISIS),
    "web:crisis_stand_down": post({"worked": "The list", "to_change": "Nothing"}, crisis_id=CRISIS),
    "desk:incident_new": Example(
        method="POST",
        body=lambda scene: {
            "title": "Late",
            "list": "email\nanna@mail.test",
            "crisis": scene.object("standards.crisis", "own team"),
        },
        secondary={"crisis": CRISIS},
        passed_over={"words": Ref("desk.words_of")},
    ),
    "desk:incident": Example(kwargs={"incident_id": INCIDENT}),
    "desk:incident_notice": post({"notice": "It is late.", "intent": "send"}, incident_id=INCIDENT),
    "desk:incident_fix": post({}, incident_id=INCIDENT),
}
