"""Examples of meetings, decisions and weeks: what is private is that of those in it, whatever anybody's role."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.api import ANY_VERSION, JSON, change
from tests.access.examples.voice import BOTH_WORLDS, FAR, STRANGER, of_the_staff, origin_of, post
from tests.personas import NOW
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development import models

PRIVATE, CUSTOMER, RESTRICTED = "in private", "with a customer", "restricted"


def chair_of(scene: Scene, placement: str) -> Any:
    """Return who leads: the administrator her own, the leader what others may not see, a stranger elsewhere."""
    if placement == OTHER_WORLD:
        return User.objects.get(pk=scene.object("accounts.stranger", OTHER_WORLD))
    return scene.people["ada" if placement == OWN else "lena"].user


def make_meeting(scene: Scene, placement: str, *, kind: str = "team", state: str = "held") -> int:
    chair = chair_of(scene, placement)
    row = models.Meeting.objects.create(
        kind="customer" if placement == CUSTOMER else kind,
        title=f"Meeting of {placement}",
        starts_at=NOW,
        chair=chair,
        is_private=placement == PRIVATE,
        notes="" if state == "planned" else "We ring first.",
        state=state,
        origin=origin_of(placement),
    )
    row.people.create(user=chair)
    if placement == PRIVATE:
        row.people.create(user=scene.people["ben"].user)
    return row.pk


def make_coming(scene: Scene, placement: str) -> int:
    pk = make_meeting(scene, placement, state="planned")
    models.Meeting.objects.filter(pk=pk).update(starts_at=dt.datetime(2098, 1, 1, tzinfo=dt.UTC))
    return pk


def make_result(scene: Scene, placement: str, *, sort: str = "action") -> int:
    meeting = models.Meeting.objects.get(pk=scene.object("development.meeting", placement))
    return meeting.results.create(
        sort=sort, words="Ring the depot", owner=meeting.chair, due_on=NOW.date(), origin=meeting.origin
    ).pk


def make_requirement(scene: Scene, placement: str) -> int:
    meeting = models.Meeting.objects.get(pk=make_meeting(scene, placement, kind="partner"))
    segment = scene.object("standards.segment", placement if placement == OTHER_WORLD else OWN)
    return meeting.results.create(
        sort="requirement", words="One delivery a floor", segment_id=segment, origin=meeting.origin
    ).pk


def make_decision(scene: Scene, placement: str) -> int:
    chair = chair_of(scene, placement)
    row = models.Decision.objects.create(
        question=f"Decision of {placement}",
        needed_by=NOW.date(),
        is_restricted=placement == RESTRICTED,
        opened_at=NOW,
        opened_by=chair,
        decider=chair,
        origin=origin_of(placement),
    )
    row.options.create(words="Until three")
    row.options.create(words="Leave it as it is")
    return row.pk


def make_decided(scene: Scene, placement: str) -> int:
    pk = make_decision(scene, placement)
    day = NOW.date()
    models.Decision.objects.filter(pk=pk).update(
        decided_at=NOW, decided_on=day, expected="Fewer wait", review_on=day + dt.timedelta(days=1)
    )
    return pk


def make_week(scene: Scene, placement: str) -> int:
    owner = scene.people["lena"].user if placement == OWN else chair_of(scene, placement)
    return models.Week.objects.create(user=owner, starts_on=NOW.date(), origin=origin_of(placement)).pk


def make_priority(scene: Scene, placement: str) -> int:
    week = models.Week.objects.get(pk=scene.object("development.week", placement))
    return week.priorities.create(words="Visit the depot", value=3, urgency=3, hours=1).pk


def reads_meeting(actor: Actor, placement: str, key: Any) -> bool:
    if placement == PRIVATE:
        return actor.role in {Role.TEAM_LEADER, Role.AGENT}
    may_know = placement != CUSTOMER or actor.can("customers.read")
    return of_the_staff(actor, placement, key) and may_know


def reads_decision(actor: Actor, placement: str, key: Any) -> bool:
    return actor.role == Role.TEAM_LEADER if placement == RESTRICTED else of_the_staff(actor, placement, key)


def keeps_week(actor: Actor, placement: str, _key: Any) -> bool:
    return placement == OWN and actor.role == Role.TEAM_LEADER


WHO_MEETS, WHO_DECIDES = (OWN, PRIVATE, CUSTOMER, OTHER_WORLD), (OWN, RESTRICTED, OTHER_WORLD)
OBJECTS = {
    "development.meeting": Kind(make=make_meeting, visible=reads_meeting, placements=WHO_MEETS),
    "development.meeting_to_come": Kind(make=make_coming, visible=reads_meeting, placements=WHO_MEETS),
    "development.result": Kind(make=make_result, visible=reads_meeting, placements=WHO_MEETS),
    "development.requirement": Kind(
        make=make_requirement, visible=reads_meeting, placements=(OWN, PRIVATE, OTHER_WORLD)
    ),
    "development.decision": Kind(make=make_decision, visible=reads_decision, placements=WHO_DECIDES),
    "development.decided": Kind(make=make_decided, visible=reads_decision, placements=WHO_DECIDES),
    "development.week": Kind(make=make_week, visible=keeps_week, placements=BOTH_WORLDS),
    "development.priority": Kind(make=make_priority, visible=keeps_week, placements=BOTH_WORLDS),
}
MEETING, COMING = {"meeting_id": Ref("development.meeting")}, {"meeting_id": Ref("development.meeting_to_come")}
RESULT, REQUIREMENT = {"result_id": Ref("development.result")}, {"result_id": Ref("development.requirement")}
DECISION, DECIDED = {"decision_id": Ref("development.decision")}, {"decision_id": Ref("development.decided")}
WEEK, PRIORITY = {"week_id": Ref("development.week")}, {"priority_id": Ref("development.priority")}
PLANNED = {"kind": "team", "title": "Look back", "lasts": 60}
AGREED = {"sort": "action", "what": "Ring the depot", "due_on": FAR}
OPTION = {"words": "Until four", "advantages": "More are served"}
THING = {"words": "Visit the depot", "value": 4, "urgency": 3, "hours": 2}


def arranging(scene: Scene) -> dict[str, Any]:
    return PLANNED | {"starts_at": "2098-01-01T10:00", "staff_ids": scene.object("accounts.staff", OWN)}


def arranging_by_program(scene: Scene) -> dict[str, Any]:
    return PLANNED | {"starts_at": "2098-01-01T10:00:00Z", "partner_id": scene.object("standards.partner", OWN)}


def agreeing(scene: Scene) -> dict[str, Any]:
    return AGREED | {"owner_id": scene.object("accounts.staff", OWN)}


def putting_down(scene: Scene) -> dict[str, Any]:
    return {"question": "Do we open on Saturdays?", "needed_by": FAR, "decider_id": scene.people["lena"].user.pk}


def putting_down_in_a_meeting(scene: Scene) -> dict[str, Any]:
    return putting_down(scene) | {"meeting_id": scene.object("development.meeting", OWN)}


def choosing(scene: Scene) -> dict[str, Any]:
    decision = models.Decision.objects.get(pk=scene.object("development.decision", OWN))
    option = decision.options.order_by("pk")[0].pk
    return {"option_id": option, "reasons": "Most write then", "expected": "Fewer wait", "review_on": "2098-01-01"}


def expecting(scene: Scene) -> dict[str, Any]:
    return {"segment_id": scene.object("standards.segment", OWN)}


def versioned(body: Any, **kwargs: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=body, content_type=JSON, headers=ANY_VERSION)


EXAMPLES = {
    "development:meeting_new": Example(method="POST", body=arranging, secondary={"staff_ids": STRANGER}),
    "development:meeting": Example(kwargs=MEETING),
    "development:meeting_edit": Example(kwargs=COMING),
    "development:meeting_print": Example(kwargs=MEETING),
    "development:meeting_point": post(COMING, what="Late vans"),
    "development:meeting_off": post(COMING, reason="Nobody can come"),
    "development:meeting_minutes": post(MEETING, notes="We ring first."),
    "development:meeting_send": post(MEETING),
    "development:meeting_seen": post(MEETING),
    "development:meeting_agree": Example(
        kwargs=MEETING, method="POST", body=agreeing, secondary={"owner_id": STRANGER}
    ),
    "development:result": Example(kwargs=RESULT),
    "development:result_settle": post(RESULT, settled="done"),
    "development:result_move": post(RESULT, due_on=FAR, reason="The planner is away"),
    "development:result_expect": Example(
        kwargs=REQUIREMENT, method="POST", body=expecting, secondary={"segment_id": Ref("standards.segment")}
    ),
    "development:decision_new": Example(
        method="POST",
        body=putting_down_in_a_meeting,
        secondary={"decider_id": STRANGER, "meeting_id": Ref("development.meeting")},
    ),
    "development:decision": Example(kwargs=DECISION),
    "development:decision_weigh": post(DECISION, **OPTION),
    "development:decision_inform": post(DECISION, known="The figures of May"),
    "development:decision_decide": Example(kwargs=DECISION, method="POST", body=choosing),
    "development:decision_outcome": post(DECIDED, outcome="as_expected", found="Fewer wait."),
    "development:week_plan": post({}, **THING),
    "development:week_take_up": post({}, url="/meetings/1"),
    "development:week_one": Example(kwargs=WEEK),
    "development:week_hours": post(WEEK, hours=12),
    "development:week_sort": post(WEEK),
    "development:week_close": post(WEEK),
    "development:priority_move": post(PRIORITY, direction="up"),
    "development:priority_settle": post(PRIORITY, state="done"),
    "api:list_meetings": Example(
        method="POST",
        body=arranging_by_program,
        secondary={"partner_id": Ref("standards.partner")},
        content_type=JSON,
    ),
    "api:read_meeting": Example(kwargs=MEETING),
    "api:write_minutes": change("POST", {"notes": "We ring first."}, **MEETING),
    "api:send_minutes": change("POST", {}, **MEETING),
    "api:add_result": Example(
        kwargs=MEETING, method="POST", body=agreeing, secondary={"owner_id": STRANGER}, content_type=JSON
    ),
    "api:settle_result": change("POST", {"settled": "done"}, **RESULT),
    "api:move_result": change("POST", {"due_on": FAR, "reason": "The planner is away"}, **RESULT),
    "api:expect_result": versioned(lambda _scene: {}, **REQUIREMENT),
    "api:list_decisions": Example(
        method="POST", body=putting_down, secondary={"decider_id": STRANGER}, content_type=JSON
    ),
    "api:read_decision": Example(kwargs=DECISION),
    "api:add_option": change("POST", OPTION, **DECISION),
    "api:take_decision": versioned(choosing, **DECISION),
    "api:review_decision": change("POST", {"outcome": "as_expected", "found": "Fewer wait."}, **DECIDED),
    "api:plan_priority": change("POST", THING),
    "api:move_priority": change("POST", {"direction": "up"}, **PRIORITY),
    "api:settle_priority": change("POST", {"state": "done"}, **PRIORITY),
}
