"""Examples of the addresses of the API; `tests/api/test_access.py` calls every method of each of them."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, RESTRICTED, Example, Kind, Ref, Scene
from tests.access.examples.accounts import never, sees_staff
from tests.access.examples.desk import OF_TICKETS, make_helper, reads_ticket, restrict
from tests.access.examples.ledger import reads_profiles
from tests.personas import NOW
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.desk import actions as desk
from wellserved.apps.standards import actions as standards
from wellserved.platform.origin import World

JSON = "application/json"
ANY_VERSION = {"If-Match": "*"}


def house(placement: str) -> Actor:
    return system_actor(world=World.SAMPLE if placement == OTHER_WORLD else World.REAL)


def side(placement: str) -> str:
    """Return the placement of what the whole world shares."""
    return OTHER_WORLD if placement == OTHER_WORLD else OWN


def make_queue(scene: Scene, placement: str) -> int:
    team_id = scene.object("accounts.team", placement)
    return desk.save_queue(actor=house(placement), name=f"Queue of {placement}", team_id=team_id, now=NOW)


def make_customer(_scene: Scene, placement: str) -> int:
    return desk.save_customer(actor=house(placement), name=f"Customer of {placement}", now=NOW)


def make_policy(_scene: Scene, placement: str) -> int:
    return standards.create_default_standards(actor=house(placement), now=NOW).policy_id


def make_calendar(_scene: Scene, placement: str) -> int:
    spec = {"tz": "Europe/London", "hours": {"0": [["09:00", "17:30"]]}, "holidays": []}
    return standards.save_calendar(
        actor=house(placement), calendar_id=None, name="Mondays", spec=spec, now=NOW
    ).calendar_id


def open_ticket(scene: Scene, placement: str) -> Any:
    scene.object("api.policy", side(placement))
    return desk.open_ticket(
        actor=house(placement),
        subject=f"Ticket of {placement}",
        body="Where is it?",
        customer_id=scene.object("api.customer", side(placement)),
        queue_id=scene.object("api.queue", placement),
        now=NOW,
    )


def make_number(scene: Scene, placement: str) -> int:
    opened = open_ticket(scene, OWN if placement == RESTRICTED else placement)
    if placement == RESTRICTED:
        restrict(opened.ticket_id)
    return int(opened.number)


def reads_number(actor: Actor, placement: str, key: object) -> bool:
    return actor.role == Role.MANAGER if placement == RESTRICTED else sees_staff(actor, placement, key)


def make_promise(scene: Scene, placement: str) -> int:
    ticket_id = open_ticket(scene, placement).ticket_id
    due_at = NOW.replace(year=2090)
    return desk.make_promise(actor=house(placement), ticket_id=ticket_id, text="A call", due_at=due_at, now=NOW)


def make_foreign_view(scene: Scene, _placement: str) -> int:
    return desk.save_view(actor=scene.people["chloe"].actor, name="Chloe's own", query="view=overdue")


def named(save: Callable[..., int]) -> Callable[[Scene, str], int]:
    """Return a maker of something that has a name and belongs to a world."""
    return lambda _scene, placement: save(actor=house(placement), name=f"Thing of {placement}", now=NOW)


def in_her_world(actor: Actor, placement: str, _key: object) -> bool:
    return actor.role in STAFF_ROLES and placement != OTHER_WORLD


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("form.pdf", b"%PDF-1.7\n", content_type="application/pdf")


BOTH_WORLDS = (OWN, OTHER_WORLD)
OBJECTS = {
    "api.number": Kind(make=make_number, visible=reads_number, placements=OF_TICKETS),
    "api.promise": Kind(make=make_promise, visible=sees_staff),
    "api.helper": Kind(make=make_helper, visible=reads_ticket),
    "api.queue": Kind(make=make_queue, visible=sees_staff),
    "api.customer": Kind(make=make_customer, visible=in_her_world, placements=BOTH_WORLDS),
    "api.policy": Kind(make=make_policy, visible=in_her_world, placements=BOTH_WORLDS),
    "api.calendar": Kind(make=make_calendar, visible=in_her_world, placements=BOTH_WORLDS),
    "api.organisation": Kind(make=named(desk.save_organisation), visible=in_her_world, placements=BOTH_WORLDS),
    "api.product": Kind(make=named(desk.save_product), visible=in_her_world, placements=BOTH_WORLDS),
    "api.place": Kind(make=named(desk.save_place), visible=in_her_world, placements=BOTH_WORLDS),
    "api.view": Kind(make=make_foreign_view, visible=never, placements=(OTHER_TEAM,)),
}


def change(method: str, body: dict[str, Any], **kwargs: Any) -> Example:
    """Return how an address is called that only takes changes."""
    return Example(kwargs=kwargs, method=method, body=lambda _scene: body, content_type=JSON, headers=ANY_VERSION)


NUMBER = Ref("api.number")
EXAMPLES = {
    "api:nowhere": Example(kwargs={"rest": "nothing/here"}),
    "api:list_tickets": Example(
        method="POST",
        body=lambda scene: {
            "subject": "Late",
            "body": "Where?",
            "customer_id": scene.object("api.customer", OWN),
            "queue_id": scene.object("api.queue", OWN),
            "product_id": scene.object("api.product", OWN),
            "place_id": scene.object("api.place", OWN),
        },
        secondary={
            "customer_id": Ref("api.customer"),
            "queue_id": Ref("api.queue"),
            "product_id": Ref("api.product"),
            "place_id": Ref("api.place"),
        },
        content_type=JSON,
    ),
    "api:list_customers": Example(
        method="POST",
        body=lambda scene: {"name": "New", "organisation_id": scene.object("api.organisation", OWN)},
        secondary={"organisation_id": Ref("api.organisation")},
        content_type=JSON,
    ),
    "api:add_queue": Example(
        method="POST",
        body=lambda scene: {"name": "New", "team_id": scene.object("accounts.team", OWN)},
        secondary={"team_id": Ref("accounts.team")},
        content_type=JSON,
    ),
    "api:list_limits": Example(
        method="POST",
        body=lambda scene: {
            "remedy": "refund",
            "amount": "20.00",
            "period": "day",
            "reason": "Agreed",
            "user_id": scene.object("accounts.staff", OWN),
        },
        secondary={"user_id": Ref("accounts.staff")},
        content_type=JSON,
    ),
    "api:read_ticket": Example(kwargs={"number": NUMBER}),
    "api:change_priority": change("PUT", {"impact": "high", "urgency": "high"}, number=NUMBER),
    "api:move_ticket": change("POST", {"move": "resolve"}, number=NUMBER),
    "api:assign_ticket": change("PUT", {"assignee_id": None}, number=NUMBER),
    "api:explain_clock": Example(kwargs={"number": NUMBER, "metric": "first_reply", "cycle": 1}),
    "api:read_timeline": Example(kwargs={"number": NUMBER}),
    "api:reply": change("POST", {"body": "On its way."}, number=NUMBER),
    "api:write_note": change("POST", {"body": "Called."}, number=NUMBER),
    "api:add_customer_message": change("POST", {"body": "Still nothing."}, number=NUMBER),
    "api:read_drafts": Example(kwargs={"number": NUMBER}),
    "api:keep_draft": change("PUT", {"body": "Dear"}, number=NUMBER, kind="reply"),
    "api:read_presence": Example(kwargs={"number": NUMBER}),
    "api:make_promise": change("POST", {"text": "A call", "due_at": "2090-01-01T10:00:00Z"}, number=NUMBER),
    "api:read_ticket_history": Example(kwargs={"number": NUMBER}),
    "api:settle_promise": change("POST", {"state": "kept"}, promise_id=Ref("api.promise")),
    "api:remove_view": Example(kwargs={"view_id": Ref("api.view")}, method="DELETE"),
    "api:read_customer": Example(kwargs={"customer_id": Ref("api.customer")}),
    "api:read_organisation": change("PUT", {"name": "Bright"}, organisation_id=Ref("api.organisation")),
    "api:change_queue": change("PUT", {"name": "Parcels"}, queue_id=Ref("api.queue")),
    "api:change_product": change("PUT", {"name": "Lamp"}, product_id=Ref("api.product")),
    "api:change_place": change("PUT", {"name": "Leeds"}, place_id=Ref("api.place")),
    "api:read_policy": Example(kwargs={"policy_id": Ref("api.policy")}),
    "api:list_policy_versions": Example(kwargs={"policy_id": Ref("api.policy")}),
    "api:retire_policy": change("POST", {"reason": "Replaced"}, policy_id=Ref("api.policy")),
    "api:read_calendar": Example(kwargs={"calendar_id": Ref("api.calendar")}),
    "api:list_calendar_versions": Example(kwargs={"calendar_id": Ref("api.calendar")}),
    "api:read_person": Example(kwargs={"user_id": Ref("accounts.staff")}),
    "api:change_profile": change("PUT", {"job_title": "Adviser"}, user_id=Ref("accounts.staff")),
    "api:set_availability": change("PUT", {"availability": "busy"}, user_id=Ref("accounts.staff")),
    "api:set_skill": change("PUT", {"level": 3}, user_id=Ref("accounts.staff"), skill_id=Ref("people.skill")),
    "api:rename_team": change("PUT", {"name": "Evening"}, team_id=Ref("accounts.team")),
    "api:add_member": change("PUT", {"is_leader": False}, team_id=Ref("accounts.team"), user_id=Ref("accounts.staff")),
    "api:remove_limit": change("POST", {"reason": "Over"}, limit_id=Ref("people.limit")),
    "api:read_import": Example(kwargs={"import_id": 1}),
    "api:save_mapping": change("PUT", {"mapping": {}}, import_id=1),
    "api:rehearse_import": Example(kwargs={"import_id": 1}),
    "api:start_import": change("POST", {}, import_id=1),
    "api:undo_import": change("POST", {}, import_id=1),
    "api:revoke_token": Example(kwargs={"token_id": Ref("accounts.token")}, method="DELETE"),
    "api:send_message": Example(
        kwargs={"number": NUMBER},
        method="POST",
        body=lambda _scene: {"kind": "note", "body": "See the form.", "files": [_pdf()]},
    ),
    "api:list_ticket_files": Example(kwargs={"number": NUMBER}, method="POST", body=lambda _scene: {"file": _pdf()}),
    "api:read_ticket_escalations": Example(kwargs={"number": NUMBER}),
    "api:read_file": Example(kwargs={"file_id": Ref("ledger.file")}),
    "api:download_file": Example(kwargs={"file_id": Ref("ledger.file")}),
    "api:list_comments": Example(
        kwargs={"subject_kind": "people.profile", "subject_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"body": "Well done"},
        visible=reads_profiles,
        content_type=JSON,
    ),
    "api:read_approval": Example(kwargs={"approval_id": Ref("ledger.approval")}),
    "api:decide_approval": change("POST", {"approve": True}, approval_id=Ref("ledger.approval")),
    "api:offer_instead": change("POST", {"reason": "Half of it"}, approval_id=Ref("ledger.approval")),
    "api:withdraw_approval": change("POST", {}, approval_id=Ref("ledger.approval")),
    "api:stop_watch": Example(kwargs={"watch_id": 1}, method="DELETE"),
    "api:list_collaborators": Example(
        kwargs={"number": NUMBER},
        method="POST",
        body=lambda scene: {"user_id": scene.object("accounts.staff", OWN), "ask": "Could you look?"},
        secondary={"user_id": Ref("desk.assignee")},
        content_type=JSON,
    ),
    "api:ask_a_partner": change(
        "POST", {"name": "Ana", "email": "ana@carrier.test", "ask": "Where is it?"}, number=NUMBER
    ),
    "api:share_a_solution": change("POST", {"text": "Ask the depot"}, number=NUMBER),
    "api:finish_collaboration": change("POST", {"contribution": "Found it"}, collaborator_id=Ref("api.helper")),
    "api:note_solution": change("POST", {}, solution_id=Ref("desk.solution")),
    "api:list_likely_same": Example(kwargs={"customer_id": Ref("api.customer")}),
    "api:list_merges": Example(
        kwargs={"customer_id": Ref("api.customer")},
        method="POST",
        body=lambda scene: {"other_id": scene.object("desk.customer", OWN), "reason": "She said so"},
        secondary={"other_id": Ref("desk.customer")},
        content_type=JSON,
    ),
    "api:undo_merge": change("POST", {}, customer_id=Ref("desk.customer"), merge_id=Ref("desk.merge")),
}
