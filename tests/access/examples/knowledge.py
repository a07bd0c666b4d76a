"""Examples of guidelines: one in force and one still being written, in both worlds."""

from tests.access.engine import OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.desk import house, make_ticket_id
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import knowledge as actions
from wellserved.apps.desk.models import Guideline, GuidelineVersion, ProcedureRun
from wellserved.apps.desk.types.knowledge import Content, GuidelineKind, GuidelineState

DRAFT = "draft"
CONTENT = Content(kind=GuidelineKind.PROCEDURE, title="Late", body="Say sorry.", reply="Sorry.", steps=(("Ask", ""),))


def make_guideline(_scene: Scene, placement: str) -> int:
    made = actions.save_draft(actor=house(placement), guideline_id=None, content=CONTENT, now=NOW)
    if placement != DRAFT:
        version = GuidelineVersion.objects.create(
            guideline_id=made, number=1, content=CONTENT.as_data(), in_force_from=NOW
        )
        Guideline.objects.filter(pk=made).update(current=version, state=GuidelineState.IN_FORCE)
    return made


def reads_guideline(actor: Actor, placement: str, _key: object) -> bool:
    if placement == OTHER_WORLD or not actor.can("knowledge.read"):
        return False
    return placement == OWN or actor.can("knowledge.edit") or actor.can("approvals.decide")


def make_run(scene: Scene, placement: str) -> int:
    guideline = Guideline.objects.get(pk=scene.object("desk.guideline_beside", placement))
    return ProcedureRun.objects.create(
        ticket_id=make_ticket_id(scene, placement), guideline=guideline, version=guideline.current, started_at=NOW
    ).pk


def only_beside_its_ticket(actor: Actor, placement: str, _key: object) -> bool:
    return placement == OWN and actor.can("desk.read")


OBJECTS = {
    "desk.guideline": Kind(make=make_guideline, visible=reads_guideline, placements=(OWN, DRAFT, OTHER_WORLD)),
    "desk.guideline_beside": Kind(make=make_guideline, visible=reads_guideline, placements=(OWN, OTHER_WORLD)),
    "desk.procedure": Kind(make=make_run, visible=only_beside_its_ticket, placements=(OWN, OTHER_WORLD)),
}

ONE = {"guideline_id": Ref("desk.guideline")}
TICKET = {"number": Ref("desk.ticket")}
RUN = {"number": Ref("desk.promised_ticket"), "run_id": Ref("desk.procedure")}


def post(**body: object) -> Example:
    return Example(kwargs=ONE, method="POST", body=lambda _scene: body)


EXAMPLES = {
    "desk:guideline": Example(kwargs=ONE),
    "desk:guideline_edit": Example(kwargs=ONE),
    "desk:guideline_ask": post(approver="1"),
    "desk:guideline_in_force": Example(kwargs=ONE, method="POST"),
    "desk:guideline_drop": Example(kwargs=ONE, method="POST"),
    "desk:guideline_retire": post(reason="No longer so"),
    "desk:guideline_read": post(number="1"),
    "desk:insert": Example(
        kwargs=TICKET,
        method="POST",
        body=lambda scene: {"mode": "reply", "body": "Hello", "insert": scene.object("desk.guideline_beside", OWN)},
        secondary={"insert": Ref("desk.guideline_beside")},
    ),
    "desk:start_procedure": Example(
        kwargs=TICKET,
        method="POST",
        body=lambda scene: {"procedure": scene.object("desk.guideline_beside", OWN)},
        secondary={"procedure": Ref("desk.guideline_beside")},
    ),
    "desk:settle_step": Example(kwargs=RUN, method="POST", body=lambda _scene: {"order": "1", "state": "done"}),
    "desk:stop_procedure": Example(kwargs=RUN, method="POST", body=lambda _scene: {"reason": "Not needed"}),
    "api:read_guideline": Example(kwargs=ONE),
}
