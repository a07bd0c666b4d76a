"""Examples of the staff's voice; a case in private is its parties' and its handler's, whatever anybody's role."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.api import JSON, change, house
from tests.personas import NOW, make_team, make_user
from wellserved.apps.accounts.queries import actor_for
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development import models
from wellserved.apps.development.actions import behaviours, conflicts, consultations
from wellserved.apps.development.types.pulse import ITEMS
from wellserved.apps.standards.actions import vision
from wellserved.platform.origin import Origin

BOTH_WORLDS = (OWN, OTHER_WORLD)
ANSWERED = "answered"
FAR = "2099-01-01"
VALUE = "One hand"


def origin_of(placement: str) -> str:
    return Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE


def make_values(scene: Scene, placement: str) -> str:
    scene.object("standards.vision", placement)
    vision.save_vision(
        actor=house(placement), text="At home", values=[(VALUE, "Keeps it")], reason="What we value", now=NOW
    )
    return VALUE


def make_thanks(scene: Scene, placement: str) -> int:
    row = models.Recognition(user_id=scene.object("accounts.staff", placement), given_at=NOW, value=VALUE)
    row.origin = origin_of(placement)
    row.save()
    return row.pk


def make_scheme(_scene: Scene, placement: str) -> int:
    return models.Scheme.objects.create(
        name=f"Scheme of {placement}",
        kind="reward",
        purpose="Rescues count",
        rules="Leaders decide.",
        criterion="It rises",
        budget=100,
        starts_on=NOW.date(),
        ends_on=dt.date(2099, 1, 1),
        created_at=NOW,
        origin=origin_of(placement),
    ).pk


def make_event(scene: Scene, placement: str) -> int:
    return models.TeamEvent.objects.create(
        title=f"Event of {placement}",
        form="retro",
        purpose="One change",
        team_id=scene.object("accounts.team", placement),
        starts_at=NOW,
        origin=origin_of(placement),
    ).pk


def make_pulse(_scene: Scene, placement: str) -> int:
    closes = dt.date(2099, 1, 1)
    return models.Pulse.objects.create(opened_at=NOW, closes_on=closes, origin=origin_of(placement)).pk


def make_suggestion(scene: Scene, placement: str) -> int:
    said = {"state": "planned", "answer": "From May on", "answered_at": NOW} if placement == ANSWERED else {}
    return models.Suggestion.objects.create(
        author=None if placement == OTHER_WORLD else scene.people["ben"].user,
        title=f"Suggestion of {placement}",
        text="A picture on arrival",
        given_on=NOW.date(),
        origin=origin_of(placement),
        **said,
    ).pk


def make_consultation(_scene: Scene, placement: str) -> int:
    return consultations.consult(
        actor=house(placement), title="Saturdays", proposal="Until four?", closes_on=dt.date(2099, 1, 1), now=NOW
    )


def make_case(scene: Scene, placement: str) -> int:
    """Make a case of Ben's handled by Lena, or one of two others whom nobody of the cast leads."""
    origin = origin_of(placement)
    team = make_team("Team of a case", origin=origin)
    other = make_user(f"Party of {placement}", Role.AGENT, team=team, origin=origin)
    if placement == OWN:
        opener, handler = scene.people["ben"].user, scene.people["lena"].user
    else:
        opener = make_user(f"Opener of {placement}", Role.AGENT, team=team, origin=origin)
        handler = make_user(f"Handler of {placement}", Role.TEAM_LEADER, team=team, origin=origin)
    return conflicts.open_case(
        actor=actor_for(user=opener), party_ids=(other.pk,), handler_id=handler.pk, summary="Late vans", now=NOW
    )


def make_behaviour(scene: Scene, placement: str) -> int:
    value = scene.object("development.values", placement)
    return behaviours.add(
        actor=house(placement), value=value, sentence="Keeps the ticket", quality_item="Did she?", now=NOW
    )


def of_the_staff(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.can("standards.read")


def of_her_teams(actor: Actor, placement: str, key: Any) -> bool:
    return of_the_staff(actor, placement, key) and (actor.sees_all_teams or placement == OWN)


def reads_suggestion(actor: Actor, placement: str, key: Any) -> bool:
    hers = actor.role == Role.AGENT or actor.can("voice.answer") or placement == ANSWERED
    return of_the_staff(actor, placement, key) and hers


def wrote_suggestion(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.role == Role.AGENT


def in_the_case(actor: Actor, placement: str, _key: Any) -> bool:
    return placement == OWN and actor.role in {Role.AGENT, Role.TEAM_LEADER}


OBJECTS = {
    "development.values": Kind(make=make_values, visible=of_the_staff, placements=BOTH_WORLDS),
    "development.recognition": Kind(make=make_thanks, visible=of_her_teams),
    "development.scheme": Kind(make=make_scheme, visible=of_the_staff, placements=BOTH_WORLDS),
    "development.team_event": Kind(make=make_event, visible=of_her_teams),
    "development.pulse": Kind(make=make_pulse, visible=of_the_staff, placements=BOTH_WORLDS),
    "development.suggestion": Kind(
        make=make_suggestion, visible=reads_suggestion, placements=(OWN, ANSWERED, OTHER_WORLD)
    ),
    "development.consultation": Kind(make=make_consultation, visible=of_the_staff, placements=BOTH_WORLDS),
    "development.conflict_case": Kind(make=make_case, visible=in_the_case),
    "development.behaviour": Kind(make=make_behaviour, visible=of_the_staff, placements=BOTH_WORLDS),
}
SCHEME, EVENT, PULSE = ({f"{key}_id": Ref(f"development.{kind}")} for key, kind in (
    ("scheme", "scheme"), ("event", "team_event"), ("pulse", "pulse"),
))  # fmt: skip
SUGGESTION, CONSULTATION, CASE, BEHAVIOUR = ({f"{key}_id": Ref(f"development.{kind}")} for key, kind in (
    ("suggestion", "suggestion"), ("consultation", "consultation"), ("case", "conflict_case"),
    ("behaviour", "behaviour"),
))  # fmt: skip
STRANGER, TEAM = Ref("accounts.stranger"), Ref("accounts.team")
SCORES = dict.fromkeys(ITEMS, 4)
PLAN = {"title": "Look back", "purpose": "One change", "form": "retro", "starts_at": "2098-01-01T10:00:00Z"}
SET_UP = {
    "name": "Half a day", "kind": "reward", "purpose": "Rescues", "rules": "Leaders decide.", "criterion": "It rises",
    "budget": "100.00", "starts_on": "2026-01-01", "ends_on": FAR,
}  # fmt: skip


def post(kwargs: dict[str, Any], **body: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


def thanking(scene: Scene) -> dict[str, Any]:
    value = scene.object("development.values", OWN)
    return {"user_id": scene.object("accounts.staff", OWN), "value": value, "words": "Well done"}


def awarding(scene: Scene) -> dict[str, Any]:
    return {"user_id": scene.object("accounts.staff", OWN), "what": "Half a day", "amount": "10.00", "why": "A rescue"}


def planning(scene: Scene) -> dict[str, Any]:
    return PLAN | {"starts_at": "2098-01-01T10:00", "minutes": 60, "team_id": scene.object("accounts.team", OWN)}


def opening(scene: Scene) -> dict[str, Any]:
    return {
        "party_ids": scene.object("accounts.staff", OWN),
        "handler_id": scene.people["lena"].user.pk,
        "summary": "Late vans",
    }


def moving(scene: Scene) -> dict[str, Any]:
    return {"stage": "mediation", "handler_id": scene.people["lena"].user.pk}


def naming(scene: Scene) -> dict[str, Any]:
    value = scene.object("development.values", OWN)
    return {"value": value, "sentence": "Rings back", "quality_item": "Did she?"}


def sent(body: Any, field: str, ref: Ref, **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=body, secondary={field: ref}, content_type=JSON)


EXAMPLES = {
    "development:thank": Example(method="POST", body=thanking, secondary={"user_id": STRANGER}),
    "development:thanks": Example(kwargs={"recognition_id": Ref("development.recognition")}),
    "development:scheme_new": post({}, **SET_UP),
    "development:scheme": Example(kwargs=SCHEME),
    "development:award": Example(kwargs=SCHEME, method="POST", body=awarding, secondary={"user_id": STRANGER}),
    "development:scheme_evaluate": post(SCHEME, outcome="reached", findings="It rose."),
    "development:team_event_new": Example(method="POST", body=planning, secondary={"team_id": TEAM}),
    "development:team_event": Example(kwargs=EVENT),
    "development:team_event_held": post(EVENT, what_changed="We ring first."),
    "development:pulse_open": post({}, closes_on=FAR),
    "development:pulse_one": Example(kwargs=PULSE),
    "development:pulse_answer": post(PULSE, **SCORES),
    "development:pulse_close": post(PULSE),
    "development:pulse_plan": post(PULSE, item="respects", what="Listen first", due_on=FAR),
    "development:suggestion_new": post({}, title="Photos", text="A picture on arrival"),
    "development:receipt": post({}, receipt="0" * 24),
    "development:suggestion": Example(kwargs=SUGGESTION),
    "development:suggestion_answer": post(SUGGESTION, state="planned", answer="From May on"),
    "development:suggestion_seen": Example(kwargs=SUGGESTION, method="POST", visible=wrote_suggestion),
    "development:consultation_new": post({}, title="Saturdays", proposal="Until four?", closes_on=FAR),
    "development:consultation": Example(kwargs=CONSULTATION),
    "development:consultation_speak": post(CONSULTATION, text="Until three"),
    "development:consultation_respond": post(CONSULTATION, outcome="changed", response="Until three."),
    "development:consultation_seen": post(CONSULTATION),
    "development:case_new": Example(
        method="POST", body=opening, secondary={"party_ids": STRANGER, "handler_id": STRANGER}
    ),
    "development:case": Example(kwargs=CASE),
    "development:case_note": post(CASE, text="I never said so."),
    "development:case_move": Example(kwargs=CASE, method="POST", body=moving),
    "development:case_agreement": post(CASE, text="We take turns."),
    "development:case_sign": post(CASE, version=1),
    "development:case_decide": post(CASE, text="Turns, by day."),
    "development:case_settle": post(CASE, text="They shook hands."),
    "development:behaviours": Example(method="POST", body=naming),
    "development:behaviour_retire": post(BEHAVIOUR),
    "api:list_thanks": sent(thanking, "user_id", STRANGER),
    "api:list_suggestions": change("POST", {"title": "Photos", "text": "A picture on arrival"}),
    "api:read_suggestion": Example(kwargs=SUGGESTION),
    "api:answer_suggestion": change("POST", {"state": "planned", "answer": "From May on"}, **SUGGESTION),
    "api:list_consultations": change("POST", {"title": "Saturdays", "proposal": "Until four?", "closes_on": FAR}),
    "api:read_consultation": Example(kwargs=CONSULTATION),
    "api:speak": change("POST", {"text": "Until three"}, **CONSULTATION),
    "api:respond": change("POST", {"outcome": "changed", "response": "Until three."}, **CONSULTATION),
    "api:list_pulses": change("POST", {"closes_on": FAR}),
    "api:answer_pulse": change("POST", SCORES, **PULSE),
    "api:close_pulse": change("POST", {}, **PULSE),
    "api:read_results": Example(kwargs=PULSE),
    "api:list_schemes": change("POST", SET_UP),
    "api:give_award": sent(awarding, "user_id", STRANGER, **SCHEME),
    "api:evaluate_scheme": change("POST", {"outcome": "reached", "findings": "It rose."}, **SCHEME),
    "api:list_events": sent(lambda scene: PLAN | {"team_id": scene.object("accounts.team", OWN)}, "team_id", TEAM),
    "api:list_behaviours": Example(method="POST", body=naming, content_type=JSON),
    "api:retire_behaviour": change("POST", {}, **BEHAVIOUR),
}
