"""Examples of referrals, promises, comfort checks and notices, on tickets of team A's queue."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_WORLD, OWN, RESTRICTED, Example, Kind, Ref, Scene
from tests.access.examples.api import JSON, change
from tests.access.examples.desk import OF_TICKETS, house, origin_of, reads_ticket, ticket_of
from tests.personas import NOW, make_user
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import actions
from wellserved.apps.desk.models import ComfortCheck, Referral
from wellserved.apps.desk.queries import comfort

LATER = "2099-01-01T10:00"
BOTH_WORLDS = (OWN, OTHER_WORLD)


def colleague(scene: Scene, placement: str, key: str) -> User:
    if placement != OTHER_WORLD:
        return scene.people[key].user
    return User.objects.filter(email=f"{key}@sample.test").first() or make_user(
        f"{key} of the sample", Role.MANAGER, email=f"{key}@sample.test", origin=origin_of(placement)
    )


def make_referral(scene: Scene, placement: str) -> int:
    """Return a referral put to the manager by the leader, so that an agent answers none of them."""
    return Referral.objects.create(
        ticket=ticket_of(scene, placement),
        question=f"May we refund, {placement}?",
        asked_by=colleague(scene, placement, "lena"),
        asked_of=colleague(scene, placement, "amira"),
        asked_at=NOW,
        due_at=NOW + dt.timedelta(days=36_500),
        origin=origin_of(placement),
    ).pk


def make_comfort(scene: Scene, placement: str) -> int:
    return ComfortCheck.objects.create(
        ticket=ticket_of(scene, placement),
        moment="before",
        about=f"A new parcel of {placement}",
        asked_at=NOW,
        answer="no",
        answered_at=NOW,
    ).pk


def make_comfort_token(scene: Scene, placement: str) -> str:
    return comfort.link_for(comfort_id=scene.object("desk.comfort", placement), now=NOW)


def make_notice(scene: Scene, placement: str) -> int:
    """Return a notice to the customers of this placement; in the own world, one of its tickets is restricted."""
    tickets = [ticket_of(scene, placement).pk, *([ticket_of(scene, RESTRICTED).pk] if placement == OWN else [])]
    return actions.save_notice(
        actor=house(placement),
        title=f"Problem of {placement}",
        body="Dear {name}, we are late.",
        ticket_ids=tickets,
        now=NOW,
    )


def make_noticed_ticket(scene: Scene, placement: str) -> int:
    return ticket_of(scene, placement).pk


def reads_referral(actor: Actor, placement: str, key: object) -> bool:
    return reads_ticket(actor, placement, key)


def only_beside_its_ticket(actor: Actor, placement: str, key: object) -> bool:
    return placement == OWN and reads_ticket(actor, placement, key)


def reads_notice(actor: Actor, placement: str, _key: object) -> bool:
    return placement != OTHER_WORLD and actor.can("desk.read")


def question(scene: Scene) -> dict[str, Any]:
    return {
        "kind": "advice",
        "question": "What does the law say?",
        "asked_of": colleague(scene, OWN, "amira").pk,
        "due_at": LATER,
    }


OBJECTS = {
    "desk.referral": Kind(make=make_referral, visible=reads_referral, placements=OF_TICKETS),
    "desk.comfort": Kind(make=make_comfort, visible=only_beside_its_ticket),
    "desk.noticed_ticket": Kind(
        make=make_noticed_ticket, visible=reads_ticket, placements=(OWN, OTHER_WORLD, RESTRICTED)
    ),
    "desk.notice": Kind(make=make_notice, visible=reads_notice, placements=BOTH_WORLDS),
}

TICKET = {"number": Ref("desk.ticket")}
REFERRAL = {"referral_id": Ref("desk.referral")}
NOTICE = {"notice_id": Ref("desk.notice")}

ASKED = {"question": "What does the law say?", "kind": "advice", "due_at": "2090-01-01T10:00:00Z"}
EXAMPLES = {
    "api:list_referrals": Example(),
    "api:list_silences": Example(),
    "api:list_notices": Example(),
    "api:list_comfort_checks": Example(kwargs={"number": Ref("api.number")}),
    "api:refer_ticket": Example(
        kwargs={"number": Ref("api.number")},
        method="POST",
        body=lambda scene: ASKED | {"asked_of_id": colleague(scene, OWN, "ada").pk},
        content_type=JSON,
    ),
    "api:read_referral": Example(kwargs=REFERRAL),
    "api:accept_referral": change("POST", {}, **REFERRAL),
    "api:decide_referral": change("POST", {"outcome": "refused", "answer": "No"}, **REFERRAL),
    "api:advise_on_referral": change("POST", {"answer": "Thirty days"}, **REFERRAL),
    "api:give_referral_back": change("POST", {"reason": "Not mine"}, **REFERRAL),
    "api:pass_referral_on": change("POST", {"to_id": 1, "reason": "She knows"}, **REFERRAL),
    "desk:refer": Example(
        kwargs=TICKET, method="POST", body=question, secondary={"asked_of": Ref("accounts.stranger")}
    ),
    "desk:draft_update": Example(kwargs=TICKET, method="POST"),
    "desk:settle_comfort": Example(
        kwargs={"number": Ref("desk.promised_ticket"), "comfort_id": Ref("desk.comfort")},
        method="POST",
        body=lambda _scene: {"how": "Rang her"},
    ),
    "desk:referrals": Example(),
    "desk:referral": Example(kwargs=REFERRAL),
    "desk:answer_referral": Example(
        kwargs=REFERRAL, method="POST", body=lambda _scene: {"verb": "accept", "version": 1}
    ),
    "desk:pass_referral_on": Example(
        kwargs=REFERRAL,
        method="POST",
        body=lambda scene: {"to": colleague(scene, OWN, "ada").pk, "reason": "She knows", "version": 1},
        secondary={"to": Ref("accounts.stranger")},
    ),
    "desk:advisers": Example(),
    "desk:promises_due": Example(),
    "desk:silences": Example(),
    "desk:notices": Example(),
    "desk:new_notice": Example(
        method="POST",
        body=lambda _scene: {"title": "Late", "body": "Dear {name}, we are late."},
        passed_over={"selected": Ref("desk.chosen")},
    ),
    "desk:notice": Example(kwargs=NOTICE),
    "desk:edit_notice": Example(kwargs=NOTICE, method="POST", body=lambda _scene: {"title": "Late", "body": "We are."}),
    "desk:send_notice": Example(kwargs=NOTICE, method="POST", body=lambda _scene: {}),
    "desk:leave_out": Example(kwargs={**NOTICE, "ticket_id": Ref("desk.noticed_ticket")}, method="POST"),
}
