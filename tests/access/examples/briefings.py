"""Examples of briefings, checks and goes at them; a go is its maker's and whoever leads her."""

import datetime as dt
from typing import Any

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.api import change, house
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development.actions import briefings, checks
from wellserved.apps.development.models import Answer, Attempt, Briefing, Check, Delivery
from wellserved.apps.development.types.briefings import Audience, Content, Item
from wellserved.apps.standards.actions import vision

DRAFT = "draft"
BOTH_WORLDS = (OWN, OTHER_WORLD)


def make_objective(_scene: Scene, placement: str) -> int:
    return vision.save_objective(
        actor=house(placement),
        objective_id=None,
        name=f"Objective of {placement}",
        measured_by="Nine in ten",
        due_on=NOW.date() + dt.timedelta(days=90),
        now=NOW,
    )


def make_subject(scene: Scene, placement: str) -> str:
    return f"standards.objective:{scene.object('development.objective', placement)}"


def make_briefing(scene: Scene, placement: str) -> int:
    made = briefings.save(
        actor=house(placement),
        briefing_id=None,
        content=Content(title="News", items=(Item(title="One", body="Said."),), audience=Audience(everyone=True)),
        now=NOW,
    )
    if placement != DRAFT:
        Briefing.objects.filter(pk=made).update(state="published", published_at=NOW)
        Delivery.objects.create(briefing_id=made, user=scene.people["ben"].user, sent_at=NOW)
    return made


def make_check(scene: Scene, placement: str) -> int:
    subject = ("standards.objective", scene.object("development.objective", placement))
    pk = checks.begin(actor=house(placement), subject=subject, now=NOW)
    add_question(pk, placement)
    return pk


def add_question(check_id: int, placement: str) -> int:
    return checks.add_question(
        actor=house(placement), check_id=check_id, kind="teach_back", text="Explain it", explanation="By when", now=NOW
    )


def make_question(scene: Scene, placement: str) -> int:
    return add_question(scene.object("development.check", placement), placement)


def make_attempt(scene: Scene, placement: str) -> int:
    side = OTHER_WORLD if placement == OTHER_WORLD else OWN
    check = Check.objects.get(pk=scene.object("development.check", side))
    who = scene.people["chloe" if placement == OTHER_TEAM else "ben"].user
    question = scene.object("development.question", side)
    attempt = Attempt.objects.create(
        check_of=check,
        user=who,
        number=check.number,
        seed=1,
        question_ids=[question],
        pass_share=check.pass_share,
        state="waiting",
        started_at=NOW,
        finished_at=NOW,
    )
    Answer.objects.create(attempt=attempt, question_id=question, given="I ring her on Friday.")
    return attempt.pk


def reads(actor: Actor, placement: str, _key: Any) -> bool:
    return placement != OTHER_WORLD and actor.can("standards.read")


def reads_briefing(actor: Actor, placement: str, key: Any) -> bool:
    return reads(actor, placement, key) and (placement != DRAFT or actor.can("briefings.edit"))


def reads_go(actor: Actor, placement: str, _key: Any) -> bool:
    if placement == OTHER_WORLD:
        return False
    leads = actor.can("people.edit") and (actor.sees_all_teams or placement == OWN)
    return leads or (actor.role == Role.AGENT and placement == OWN)


OBJECTS = {
    "development.objective": Kind(make=make_objective, visible=reads, placements=BOTH_WORLDS),
    "development.subject": Kind(make=make_subject, visible=reads, placements=BOTH_WORLDS),
    "development.briefing": Kind(make=make_briefing, visible=reads_briefing, placements=(OWN, DRAFT, OTHER_WORLD)),
    "development.check": Kind(make=make_check, visible=reads, placements=BOTH_WORLDS),
    "development.question": Kind(make=make_question, visible=reads, placements=BOTH_WORLDS),
    "development.attempt": Kind(make=make_attempt, visible=reads_go),
}

ONE = {"briefing_id": Ref("development.briefing")}
CHECK = {"check_id": Ref("development.check")}
GO = {"attempt_id": Ref("development.attempt")}


def post(kwargs: dict[str, Any], **body: Any) -> Example:
    return Example(kwargs=kwargs, method="POST", body=lambda _scene: body)


def new_briefing(scene: Scene) -> dict[str, Any]:
    return {
        "kind": "briefing",
        "title": "News",
        "count": "1",
        "title0": "One",
        "body0": "Said.",
        "people": scene.object("accounts.staff", OWN),
        "teams": scene.object("accounts.team", OWN),
        "about": scene.object("development.subject", OWN),
    }


EXAMPLES = {
    "development:briefing_new": Example(
        method="POST",
        body=new_briefing,
        secondary={
            "people": Ref("accounts.staff"),
            "teams": Ref("accounts.team"),
            "about": Ref("development.subject"),
        },
    ),
    "development:briefing": Example(kwargs=ONE),
    "development:briefing_edit": Example(kwargs=ONE),
    "development:briefing_slides": Example(kwargs=ONE),
    "development:briefing_print": Example(kwargs=ONE),
    "development:briefing_publish": post(ONE),
    "development:briefing_withdraw": post(ONE, reason="No longer so"),
    "development:briefing_read": post(ONE),
    "development:briefing_remind": post(ONE),
    "development:briefing_session": post(ONE, note="Asked about Fridays"),
    "development:check_begin": Example(
        method="POST",
        body=lambda scene: {"about": scene.object("development.subject", OWN)},
        secondary={"about": Ref("development.subject")},
    ),
    "development:check": Example(kwargs=CHECK),
    "development:check_set_up": post(CHECK, size="3", per_cent="80"),
    "development:question_add": post(CHECK, kind="teach_back", text="Why?", explanation="Because"),
    "development:check_suggest": post(CHECK),
    "development:check_confirm": post(CHECK),
    "development:question_retire": post({**CHECK, "question_id": Ref("development.question")}),
    "development:check_take": post(CHECK),
    "development:attempt": Example(kwargs=GO),
    "development:attempt_judge": post(
        {**GO, "question_id": Ref("development.question")}, is_right="yes", reasons="Names the day"
    ),
    "development:rebrief_help": Example(
        kwargs={**CHECK, "user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"how": "Talked it through"},
    ),
    "api:read_briefing": Example(kwargs=ONE),
    "api:publish_briefing": change("POST", {}, **ONE),
    "api:withdraw_briefing": change("POST", {"reason": "No longer so"}, **ONE),
    "api:confirm_briefing": change("POST", {}, **ONE),
    "api:remind_briefing": change("POST", {}, **ONE),
    "api:list_deliveries": Example(kwargs=ONE),
    "api:list_check_items": Example(kwargs=CHECK),
}
