"""Examples of the customers' voice: what hangs on a ticket opens with the ticket."""

from typing import Any

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.api import house
from tests.access.examples.voice import BOTH_WORLDS, of_the_staff, origin_of
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Ticket
from wellserved.apps.voice.actions import surveys
from wellserved.apps.voice.models import Feedback, FollowUp, Invitation


def make_survey(_scene: Scene, placement: str) -> int:
    return surveys.begin(actor=house(placement), kind="csat", name=f"Survey of {placement}", now=NOW)


def make_follow_up(scene: Scene, placement: str) -> int:
    ticket = Ticket.objects.get(number=scene.object("desk.ticket", placement))
    survey = scene.object("voice.survey", OTHER_WORLD if placement == OTHER_WORLD else OWN)
    invitation = Invitation.objects.create(
        survey_id=survey,
        number=1,
        ticket=ticket,
        customer_id=ticket.customer_id,
        queue_id=ticket.queue_id,
        state="asked",
        ask_at=NOW,
        asked_at=NOW,
        score=1,
        answered_at=NOW,
        origin=origin_of(placement),
    )
    return FollowUp.objects.create(
        invitation=invitation, reason="low", opened_at=NOW, due_at=NOW, origin=origin_of(placement)
    ).pk


def make_feedback(scene: Scene, placement: str) -> int:
    ticket = Ticket.objects.get(number=scene.object("desk.ticket", placement)).pk
    return Feedback.objects.create(
        kind="remark", source="verbal", words="Hm", ticket_id=ticket, given_at=NOW, origin=origin_of(placement)
    ).pk


def with_the_ticket(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.can("desk.read") and (actor.sees_all_teams or placement == OWN)


OBJECTS = {
    "voice.survey": Kind(make=make_survey, visible=of_the_staff, placements=BOTH_WORLDS),
    "voice.follow_up": Kind(make=make_follow_up, visible=with_the_ticket),
    "voice.feedback": Kind(make=make_feedback, visible=with_the_ticket),
}
SURVEY, FOLLOW_UP = {"survey_id": Ref("voice.survey")}, {"follow_up_id": Ref("voice.follow_up")}
RULES = {
    "moment": "resolved", "delay_hours": 2, "share": 50, "quarantine_days": 30, "low_at": 2, "follow_hours": 24,
    "fewest": 10,
}  # fmt: skip


def giving(scene: Scene) -> dict[str, Any]:
    return {"owner_id": scene.object("accounts.staff", OWN)}


EXAMPLES = {
    "voice:answer": Example(kwargs={"token": "not-a-token"}),
    "voice:survey_new": Example(method="POST", body=lambda _scene: {"kind": "csat", "name": "After a call"}),
    "voice:survey": Example(kwargs=SURVEY),
    "voice:design": Example(kwargs=SURVEY, method="POST", body=lambda _scene: RULES),
    "voice:question_add": Example(
        kwargs=SURVEY, method="POST", body=lambda _scene: {"text": "What first?", "kind": "text"}
    ),
    "voice:question_remove": Example(kwargs=SURVEY, method="POST", body=lambda _scene: {"key": "why"}),
    "voice:survey_move": Example(kwargs=SURVEY, method="POST", body=lambda _scene: {"state": "running"}),
    "voice:dry_run": Example(kwargs=SURVEY),
    "voice:follow_up": Example(kwargs=FOLLOW_UP),
    "voice:hand_over": Example(kwargs=FOLLOW_UP, method="POST", body=giving),
    "voice:feedback_new": Example(
        method="POST", body=lambda _scene: {"words": "So kind", "kind": "compliment", "source": "verbal"}
    ),
    "voice:feedback_one": Example(kwargs={"feedback_id": Ref("voice.feedback")}),
}
