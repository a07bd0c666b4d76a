"""Examples of the composed pages: the portal, and the lists a service names for itself."""

from tests.access.engine import OTHER_CUSTOMER, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.desk import never
from wellserved.apps.accounts.types import Actor, Role


def make_question(scene: Scene, placement: str) -> int:
    return int(scene.object("desk.ticket", placement))


def is_her_own(actor: Actor, placement: str, _key: object) -> bool:
    return actor.role == Role.CUSTOMER and placement == OWN


OBJECTS = {
    "web.question": Kind(make=make_question, visible=is_her_own, placements=(OWN, OTHER_CUSTOMER, OTHER_WORLD)),
    "web.queue_of_another_world": Kind(
        make=lambda scene, placement: scene.object("desk.queue", placement), visible=never, placements=(OTHER_WORLD,)
    ),
    "web.team_of_another_world": Kind(
        make=lambda scene, placement: scene.object("accounts.team", placement), visible=never, placements=(OTHER_WORLD,)
    ),
}

EXAMPLES = {
    "web:help_one": Example(
        kwargs={"number": Ref("web.question")}, method="POST", body=lambda _scene: {"body": "Any news?"}
    ),
    "web:help_follow": Example(kwargs={"token": "not-a-token"}),
    "web:help_comfort": Example(kwargs={"token": "not-a-token"}),
    "web:help_partner": Example(kwargs={"token": "not-a-token"}),
    "web:forget": Example(kwargs={"customer_id": Ref("desk.customer")}),
    "web:set_up_aside": Example(kwargs={"key": "team"}, method="POST", body=lambda _scene: {"aside": "1"}),
    "web:list": Example(kwargs={"name": "queues"}),
    "web:list_save": Example(
        kwargs={"name": "queues"},
        method="POST",
        body=lambda scene: {
            "name": "Evening queue",
            "entry": scene.object("desk.queue", OWN),
            "team": scene.object("accounts.team", OWN),
        },
        secondary={"entry": Ref("web.queue_of_another_world"), "team": Ref("web.team_of_another_world")},
    ),
}
