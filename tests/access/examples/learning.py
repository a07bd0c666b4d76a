"""Examples of needs, plans, courses, training, support and the records of two people."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.accounts import sees_staff
from tests.access.examples.api import ANY_VERSION, JSON, change
from tests.access.examples.standards import BOTH_WORLDS, in_her_world, origins
from tests.personas import make_user
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development import models
from wellserved.platform import clock

DAY = dt.timedelta(days=1)
LATER = "2099-01-01T10:00"
FAR = "2099-01-01"


def guide_of(scene: Scene, placement: str) -> User:
    """Return whoever leads the pair's team there: lena of team A, a stranger elsewhere."""
    if placement == OWN:
        return scene.people["lena"].user
    email = f"guide-{placement.replace(' ', '-')}@example.test"
    known = User.objects.filter(email=email).first()
    return known or make_user(f"Guide of {placement}", Role.MANAGER, email=email, origin=origins(placement))


def pair(scene: Scene, placement: str) -> dict[str, Any]:
    person = scene.people["ben"].user.pk if placement == OWN else scene.object("accounts.staff", placement)
    return {
        "person_id": person,
        "guide": guide_of(scene, placement),
        "ends_on": clock.day_of(clock.now()),
        "origin": origins(placement),
    }


def of_two(actor: Actor, placement: str, _key: object) -> bool:
    """The person and her leader; team B's agent has no team leader, so that the manager leads her."""
    if placement == OWN:
        return actor.name in {"Ben Okafor", "Lena Fischer"}
    return placement == OTHER_TEAM and actor.role == Role.MANAGER


def learns_under(actor: Actor, placement: str, _key: object) -> bool:
    """An agent's leader, and for team B's the manager: colleagues of the team and other leaders do not."""
    if placement == OWN:
        return actor.name == "Lena Fischer"
    return placement == OTHER_TEAM and actor.role == Role.MANAGER


def make_talk(scene: Scene, placement: str) -> int:
    at = clock.now() + DAY
    return models.OneToOne.objects.create(**pair(scene, placement), starts_at=at).pk


def make_held_talk(scene: Scene, placement: str) -> int:
    at = clock.now() - DAY
    return models.OneToOne.objects.create(**pair(scene, placement), starts_at=at, state="held", notes="German.").pk


def make_coaching(scene: Scene, placement: str) -> int:
    return models.Coaching.objects.create(
        **pair(scene, placement), goal="Plain words", starts_on=dt.date(2026, 3, 1)
    ).pk


def make_observation(scene: Scene, placement: str) -> int:
    at = clock.now() - DAY
    return models.Observation.objects.create(
        **pair(scene, placement),
        purpose="To help with calls",
        criteria=[["listens", "Listens"]],
        announced_at=at - 2 * DAY,
        starts_at=at,
    ).pk


def make_recorded(scene: Scene, placement: str) -> int:
    row = models.Observation.objects.get(pk=make_observation(scene, placement))
    row.state, row.recorded_at, row.strengths = "recorded", clock.now(), "Listened."
    row.ratings = {"listens": [3, "Said it back."]}
    row.save()
    return row.pk


def make_review(scene: Scene, placement: str, **more: Any) -> int:
    period = {"period_from": dt.date(2025, 9, 1), "period_to": dt.date(2026, 3, 1)}
    return models.Review.objects.create(**pair(scene, placement), **period, **more).pk


def make_task(scene: Scene, placement: str) -> int:
    talk = models.OneToOne.objects.get(pk=scene.object("development.talk", placement))
    return models.Task.objects.create(
        talk=talk, words="Book it", owner_id=talk.person_id, due_on=dt.date(2099, 1, 1), origin=talk.origin
    ).pk


def make_need(scene: Scene, placement: str) -> int:
    return models.Need.objects.create(
        person_id=scene.object("accounts.staff", placement),
        what=f"Need of {placement}",
        source="named",
        raised_at=clock.now(),
        origin=origins(placement),
    ).pk


def make_plan(scene: Scene, placement: str) -> int:
    need = models.Need.objects.get(pk=make_need(scene, placement))
    return models.LearningPlan.objects.create(
        person_id=need.person_id,
        need=need,
        measure="reading",
        by_on=dt.date(2099, 1, 1),
        owner_id=need.person_id,
        origin=need.origin,
    ).pk


def make_course(_scene: Scene, placement: str) -> int:
    title = f"Course of {placement} {models.Course.objects.count()}"
    return models.Course.objects.create(title=title, origin=origins(placement)).pk


def make_event(scene: Scene, placement: str, *, days: int = 9) -> int:
    at = clock.now() + days * DAY
    return models.TrainingEvent.objects.create(
        course_id=scene.object("development.course", placement),
        starts_at=at,
        ends_at=at + dt.timedelta(hours=2),
        place="Room 2",
        seats=8,
        origin=origins(placement),
    ).pk


def make_slot(scene: Scene, placement: str) -> int:
    host = scene.people["lena"].user.pk if placement == OWN else scene.object("accounts.staff", placement)
    at = clock.now() + DAY
    return models.SupportSlot.objects.create(host_id=host, starts_at=at, minutes=30, origin=origins(placement)).pk


def make_contest(scene: Scene, placement: str) -> int:
    decider = scene.people["amira"].user if placement == OWN else guide_of(scene, placement)
    return models.Contest.objects.create(
        person_id=scene.object("accounts.staff", placement),
        decider=decider,
        kind="development.observation",
        record_id=scene.object("development.observation", placement),
        title="To help with calls",
        words="I listened.",
        raised_at=clock.now(),
        due_on=dt.date(2099, 1, 1),
        origin=origins(placement),
    ).pk


def only_its_decider(actor: Actor, placement: str, _key: object) -> bool:
    return placement == OWN and actor.role == Role.MANAGER


OBJECTS = {
    "development.talk": Kind(make=make_talk, visible=of_two),
    "development.held_talk": Kind(make=make_held_talk, visible=of_two),
    "development.coaching": Kind(make=make_coaching, visible=of_two),
    "development.observation": Kind(make=make_observation, visible=of_two),
    "development.recorded": Kind(make=make_recorded, visible=of_two),
    "development.review": Kind(make=make_review, visible=of_two),
    "development.task": Kind(make=make_task, visible=of_two),
    "development.need": Kind(make=make_need, visible=learns_under),
    "development.plan": Kind(make=make_plan, visible=learns_under),
    "development.course": Kind(make=make_course, visible=in_her_world, placements=BOTH_WORLDS),
    "development.event": Kind(make=make_event, visible=in_her_world, placements=BOTH_WORLDS),
    "development.slot": Kind(make=make_slot, visible=sees_staff),
    "development.contest": Kind(make=make_contest, visible=only_its_decider, placements=(OWN, OTHER_WORLD)),
}
TALK, HELD = {"talk_id": Ref("development.talk")}, {"talk_id": Ref("development.held_talk")}
COACHING = {"coaching_id": Ref("development.coaching")}
OBSERVATION, RECORDED = (
    {"observation_id": Ref("development.observation")},
    {"observation_id": Ref("development.recorded")},
)
REVIEW = {"review_id": Ref("development.review")}
NEED, PLAN, EVENT = (
    {"need_id": Ref("development.need")},
    {"plan_id": Ref("development.plan")},
    {"event_id": Ref("development.event")},
)
SLOT, CONTEST = {"slot_id": Ref("development.slot")}, {"contest_id": Ref("development.contest")}
PERSON = {"person_id": Ref("accounts.staff")}


def seat_of_own(**more: Any) -> Example:
    """Return how a seat of a colleague of one's own team is taken or given back by program."""
    return Example(
        kwargs=EVENT,
        method="POST",
        body=lambda scene: {"person_id": scene.object("accounts.staff", OWN)},
        content_type=JSON,
        headers=ANY_VERSION,
        **more,
    )


def post(body: dict[str, Any], kwargs: dict[str, Any] | None = None, **more: Any) -> Example:
    return Example(kwargs=kwargs or {}, method="POST", body=lambda _scene: body, **more)


def two(scene: Scene, **more: Any) -> dict[str, Any]:
    return {"person_id": scene.people["ben"].user.pk, "guide_id": scene.people["lena"].user.pk, **more}


EXAMPLES = {
    "development:need_name": Example(
        method="POST",
        body=lambda scene: {"person_id": scene.people["ada"].user.pk, "what": "German"},
        secondary=PERSON,
    ),
    "development:need_take_up": Example(
        method="POST",
        body=lambda scene: {
            "person": scene.people["ada"].user.pk,
            "skill": scene.object("people.skill", OWN),
        },
        secondary={"person": Ref("accounts.staff"), "skill": Ref("people.skill")},
    ),
    "development:need_comment": post({"comment": "Yes"}, NEED),
    "development:need_drop": post({"reason": "Not now"}, NEED),
    "development:plan_new": post({"measure": "reading", "by_on": FAR}, NEED),
    "development:plan": Example(kwargs=PLAN),
    "development:plan_finish": post({"outcome": "Reads it alone"}, PLAN),
    "development:plan_drop": post({"reason": "Not now"}, PLAN),
    "development:course": post({"title": "Refunds"}, {"course_id": Ref("development.course")}),
    "development:event_new": Example(
        method="POST",
        body=lambda scene: {
            "course_id": scene.object("development.course", OWN),
            "starts_at": LATER,
            "ends_at": "2099-01-01T12:00",
            "place": "Room 2",
            "seats": 4,
            "cost": 0,
        },
        secondary={"course_id": Ref("development.course")},
    ),
    "development:event": Example(kwargs=EVENT),
    "development:event_book": Example(
        kwargs=EVENT,
        method="POST",
        body=lambda scene: {"person_id": scene.object("accounts.staff", OWN)},
        secondary=PERSON,
    ),
    "development:event_leave": post({"person_id": 1}, EVENT),
    "development:event_hold": post({}, EVENT),
    "development:event_cancel": post({"reason": "The trainer is ill"}, EVENT),
    "development:event_react": post({"useful": 4, "clear": 4}, EVENT),
    "development:event_look": post({"person_id": 1, "seen": "yes", "said": "Yes"}, EVENT),
    "development:talk_new": Example(method="POST", body=lambda scene: two(scene, starts_at=LATER)),
    "development:talk": Example(kwargs=TALK),
    "development:talk_item": post({"what": "German"}, TALK),
    "development:talk_note": post({"notes": "German"}, TALK),
    "development:talk_agree": post({}, HELD),
    "development:coaching_new": Example(
        method="POST",
        body=lambda scene: two(scene, kind="coaching", goal="Plain words", ends_on=FAR),
    ),
    "development:coaching": Example(kwargs=COACHING),
    "development:coaching_session": post({"held_on": "2026-03-01", "form": "talk", "what": "Plain words"}, COACHING),
    "development:coaching_end": post({"state": "reached", "outcome": "Plain words"}, COACHING),
    "development:observation_new": Example(
        method="POST",
        body=lambda scene: two(scene, purpose="To help", starts_at=LATER, criteria="Listens"),
    ),
    "development:observation": Example(kwargs=OBSERVATION),
    "development:observation_record": post(
        {"rating_listens": 3, "evidence_listens": "Said it back", "strengths": "Listens"}, OBSERVATION
    ),
    "development:observation_answer": post({"own_view": "The line was bad"}, RECORDED),
    "development:review_new": Example(
        method="POST",
        body=lambda scene: two(scene, period_from="2025-09-01", period_to="2026-03-01"),
    ),
    "development:review": Example(kwargs=REVIEW),
    "development:review_pack": Example(kwargs=REVIEW),
    "development:review_own_view": post({"own_view": "I learnt"}, REVIEW),
    "development:review_write": post({"text": "So did we", "rating": "steady"}, REVIEW),
    "development:review_agree": post({}, REVIEW),
    "development:task_done": post({}, {"task_id": Ref("development.task")}),
    "development:task_new": Example(
        kwargs={"folder": "one-to-ones", "record_id": Ref("development.talk")},
        method="POST",
        body=lambda scene: {"what": "Book it", "owner_id": scene.people["ben"].user.pk, "due_on": FAR},
    ),
    "development:slot_book": post({"about": "German"}, SLOT),
    "development:slot_give_back": post({}, SLOT),
    "development:slot_confirm": post({"held_minutes": 20}, SLOT),
    "development:contest": Example(kwargs=CONTEST),
    "development:contest_answer": post({"outcome": "beside", "answer": "Both stand"}, CONTEST),
    "api:comment_on_learning_need": change("POST", {"comment": "Yes"}, **NEED),
    "api:plan_learning": change("POST", {"measure": "reading", "by_on": FAR}, **NEED),
    "api:read_learning_plan": Example(kwargs=PLAN),
    "api:finish_learning_plan": change("POST", {"outcome": "Reads it alone"}, **PLAN),
    "api:read_training": Example(kwargs=EVENT),
    "api:book_training": seat_of_own(secondary=PERSON),
    "api:leave_training": seat_of_own(),
    "api:book_support_slot": change("POST", {}, **SLOT),
    "api:read_one_to_one": Example(kwargs=TALK),
    "api:read_coaching": Example(kwargs=COACHING),
    "api:read_observation": Example(kwargs=OBSERVATION),
    "api:read_review": Example(kwargs=REVIEW),
}
