"""Examples of the desk's routes, on a ticket of team A's queue."""

import datetime as dt
import functools
from typing import Any

from tests.access.engine import (
    ABSENT,
    OTHER_CUSTOMER,
    OTHER_TEAM,
    OTHER_WORLD,
    OWN,
    RESTRICTED,
    Example,
    Kind,
    Ref,
    Scene,
)
from tests.access.examples.standards import begin_standards
from tests.personas import NOW
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import actions
from wellserved.apps.desk.actions import complaints
from wellserved.apps.desk.models import Place, Product, Ticket, View
from wellserved.platform.origin import Origin, World

INTERNAL = "the carrier lost it, do not tell"
LATER = "2099-01-01T10:00"


def house(placement: str) -> Actor:
    return system_actor(world=World.SAMPLE if placement == OTHER_WORLD else World.REAL)


def origin_of(placement: str) -> str:
    return Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE


def make_queue(scene: Scene, placement: str) -> int:
    team = scene.object("accounts.team", placement)
    return actions.save_queue(
        actor=house(placement), name=f"Queue of {placement}", team_id=team, is_default=placement == OWN, now=NOW
    )


def make_customer(scene: Scene, placement: str) -> int:
    who = "eve" if placement == OTHER_CUSTOMER else "dev"
    made = actions.save_customer(
        actor=house(placement), name=f"Customer of {placement}", email=f"{who}@mail.test", now=NOW
    )
    if placement != OTHER_WORLD:
        actions.tie_customer(actor=house(placement), customer_id=made, user_id=scene.people[who].user.pk, now=NOW)
    return made


def make_ticket(scene: Scene, placement: str) -> int:
    """Return the number of a ticket with a note on it: Dev's in team A, Dev's in team B, the sample's, or Eve's."""
    begin_standards(scene, placement)
    customer = {OTHER_TEAM: OWN, RESTRICTED: OWN}.get(placement, placement)
    queue = {OTHER_CUSTOMER: OWN, RESTRICTED: OWN}.get(placement, placement)
    opened = actions.open_ticket(
        actor=house(placement),
        subject=f"Ticket of {placement}",
        body=f"Words of {placement}",
        customer_id=scene.object("desk.customer", customer),
        queue_id=scene.object("desk.queue", queue),
        now=NOW,
    )
    actions.note(actor=house(placement), ticket_id=opened.ticket_id, body=INTERNAL, now=NOW)
    if placement == RESTRICTED:
        restrict(opened.ticket_id)
    return opened.number


def restrict(ticket_id: int) -> None:
    """Keep a ticket from everybody but managers: it is a complaint about a colleague."""
    complaints.open_complaint(actor=house(RESTRICTED), ticket_id=ticket_id, is_restricted=True, now=NOW)


def make_chosen(scene: Scene, placement: str) -> str:
    """Return a ticket as a list sends it along when it is ticked."""
    ticket = ticket_of(scene, placement)
    return f"{ticket.pk}:{ticket.version}"


def ticket_of(scene: Scene, placement: str = OWN) -> Ticket:
    return Ticket.objects.get(number=scene.object("desk.ticket", placement))


def make_ticket_id(scene: Scene, placement: str) -> int:
    return ticket_of(scene, placement).pk


def make_promise(scene: Scene, placement: str) -> int:
    return actions.make_promise(
        actor=house(placement),
        ticket_id=ticket_of(scene, placement).pk,
        text="We call back",
        due_at=NOW + dt.timedelta(days=36_500),
        now=NOW,
    )


def make_reply(scene: Scene, placement: str) -> int:
    """Return a reply of the house itself, which nobody but the house takes back."""
    saved = actions.reply(actor=house(placement), ticket_id=ticket_of(scene, placement).pk, body="On its way", now=NOW)
    assert saved.message_id
    return saved.message_id


def make_named(model: type[Product | Place], _scene: Scene, placement: str) -> int:
    return model.objects.create(name=f"One of {placement}", origin=origin_of(placement)).pk


def make_view(scene: Scene, placement: str) -> int:
    return View.objects.create(
        owner=scene.people["chloe"].user,
        name=f"View of {placement}",
        query="view=all_open",
        is_shared=True,
        origin=origin_of(placement),
    ).pk


def reads_ticket(actor: Actor, placement: str, _key: object) -> bool:
    if placement == OTHER_WORLD or not actor.can("desk.read"):
        return False
    if placement == RESTRICTED:
        return actor.role == Role.MANAGER
    return actor.sees_all_teams or placement == OWN


def only_beside_its_ticket(actor: Actor, placement: str, key: object) -> bool:
    return placement == OWN and reads_ticket(actor, placement, key)


def sees_queue(actor: Actor, placement: str, _key: object) -> bool:
    return placement != OTHER_WORLD and (actor.sees_all_teams or placement == OWN)


def in_her_world(_actor: Actor, placement: str, _key: object) -> bool:
    return placement == OWN


def reads_customer(actor: Actor, placement: str, _key: object) -> bool:
    return placement != OTHER_WORLD and actor.can("customers.read")


def never(_actor: Actor, _placement: str, _key: object) -> bool:
    return False


def answers_the_queue(actor: Actor, placement: str, _key: object) -> bool:
    """Whoever the actor sees may own her ticket only if she is of its team."""
    return placement == OWN and actor.can("desk.work")


def version_of(scene: Scene) -> int:
    return ticket_of(scene).version


def facts(scene: Scene) -> dict[str, Any]:
    return {
        "subject": "Parcel lost",
        "kind": "request",
        "queue": scene.object("desk.queue", OWN),
        "product": scene.object("desk.product", OWN),
        "place": scene.object("desk.place", OWN),
        "tags": "wool",
        "version": version_of(scene),
    }


def new_ticket(scene: Scene) -> dict[str, Any]:
    return {
        "subject": "Parcel lost",
        "body": "It never came",
        "customer_id": scene.object("desk.customer", OWN),
        "kind": "request",
        "channel": "phone",
        "queue": scene.object("desk.queue", OWN),
        "product": scene.object("desk.product", OWN),
        "place": scene.object("desk.place", OWN),
        "impact": "medium",
        "urgency": "medium",
    }


def make_helper(scene: Scene, placement: str) -> int:
    """Return somebody outside who was asked about the issue of this placement."""
    return actions.ask_partner(
        actor=house(placement),
        ticket_id=ticket_of(scene, placement).pk,
        name="Ana Costa",
        email="ana@carrier.test",
        ask="Where is it?",
        now=NOW,
    )


def make_solution(scene: Scene, placement: str) -> int:
    ticket_id = ticket_of(scene, placement).pk
    return actions.share_solution(actor=house(placement), ticket_id=ticket_id, text="Ask the depot", now=NOW)


def make_merge(scene: Scene, placement: str) -> int:
    """Return that a second card was found to be the customer's of this placement."""
    second = actions.save_customer(actor=house(placement), name=f"Second card of {placement}", now=NOW)
    return actions.merge_customers(
        actor=house(placement),
        kept_id=scene.object("desk.customer", placement),
        other_id=second,
        reason="She said so",
        now=NOW,
    )


BOTH_WORLDS = (OWN, OTHER_WORLD)
OF_TICKETS = (OWN, OTHER_TEAM, OTHER_WORLD, RESTRICTED)
OBJECTS = {
    "desk.ticket": Kind(make=make_ticket, visible=reads_ticket, placements=OF_TICKETS),
    "desk.ticket_id": Kind(make=make_ticket_id, visible=reads_ticket, placements=OF_TICKETS),
    "desk.chosen": Kind(make=make_chosen, visible=reads_ticket, placements=OF_TICKETS, absent=f"{ABSENT}:1"),
    "desk.words_of": Kind(
        make=lambda scene, placement: f'"{ticket_of(scene, placement).subject}"',
        visible=reads_ticket,
        placements=(OTHER_WORLD, RESTRICTED),
        absent='"Ticket of nobody"',
    ),
    "desk.promise": Kind(make=make_promise, visible=only_beside_its_ticket),
    # Another team's ticket has other promises, so beside it the promise of this one reads as absent to everybody.
    "desk.promised_ticket": Kind(
        make=lambda scene, placement: scene.object("desk.ticket", placement),
        visible=reads_ticket,
        placements=BOTH_WORLDS,
    ),
    "desk.helper": Kind(make=make_helper, visible=only_beside_its_ticket),
    "desk.solution": Kind(make=make_solution, visible=reads_ticket, placements=OF_TICKETS),
    "desk.reply": Kind(make=make_reply, visible=only_beside_its_ticket),
    "desk.queue": Kind(make=make_queue, visible=sees_queue),
    "desk.product": Kind(make=functools.partial(make_named, Product), visible=in_her_world, placements=BOTH_WORLDS),
    "desk.place": Kind(make=functools.partial(make_named, Place), visible=in_her_world, placements=BOTH_WORLDS),
    "desk.customer": Kind(make=make_customer, visible=reads_customer, placements=BOTH_WORLDS),
    "desk.merge": Kind(make=make_merge, visible=in_her_world, placements=BOTH_WORLDS),
    "desk.view": Kind(make=make_view, visible=never, placements=(OTHER_TEAM, OTHER_WORLD)),
    "desk.assignee": Kind(
        make=lambda scene, placement: scene.object("accounts.staff", placement), visible=answers_the_queue
    ),
}

ONE = {"number": Ref("desk.ticket")}

EXAMPLES = {
    "desk:conversation": Example(kwargs=ONE),
    "desk:thread": Example(kwargs=ONE),
    "desk:clock": Example(kwargs={**ONE, "metric": "first_reply", "cycle": 1}),
    "desk:write": Example(
        kwargs=ONE,
        method="POST",
        body=lambda scene: {"mode": "reply", "body": "On its way", "version": version_of(scene)},
    ),
    "desk:move": Example(
        kwargs=ONE, method="POST", body=lambda scene: {"move": "resolve", "version": version_of(scene)}
    ),
    "desk:assign": Example(
        kwargs=ONE,
        method="POST",
        body=lambda scene: {"assignee": "me", "version": version_of(scene)},
        secondary={"assignee": Ref("desk.assignee")},
    ),
    "desk:prioritise": Example(
        kwargs=ONE,
        method="POST",
        body=lambda scene: {"impact": "high", "urgency": "high", "version": version_of(scene)},
    ),
    "desk:correct": Example(
        kwargs=ONE,
        method="POST",
        body=facts,
        secondary={"queue": Ref("desk.queue"), "product": Ref("desk.product"), "place": Ref("desk.place")},
    ),
    "desk:promise": Example(kwargs=ONE, method="POST", body=lambda _scene: {"text": "We call back", "due_at": LATER}),
    "desk:settle": Example(
        kwargs={"number": Ref("desk.promised_ticket"), "promise_id": Ref("desk.promise")},
        method="POST",
        body=lambda _scene: {"state": "kept"},
    ),
    "desk:take_back": Example(
        kwargs={"number": Ref("desk.promised_ticket"), "message_id": Ref("desk.reply")}, method="POST"
    ),
    "desk:save_view": Example(
        method="POST",
        body=lambda _scene: {"name": "Late ones", "view": "overdue"},
        secondary={"share": Ref("accounts.team")},
    ),
    "desk:bulk": Example(
        method="POST", body=lambda _scene: {"move": "resolve"}, passed_over={"selected": Ref("desk.chosen")}
    ),
    "desk:undo": Example(kwargs={**ONE, "version": 1}, method="POST"),
    "desk:bulk_undo": Example(kwargs={"key": "of-no-press"}, method="POST"),
    "desk:tag": Example(kwargs=ONE, method="POST", body=lambda _scene: {"add": "wool"}),
    "desk:draft": Example(kwargs=ONE, method="POST", body=lambda _scene: {"mode": "note", "body": "Half a"}),
    "desk:presence": Example(kwargs=ONE, method="POST", body=lambda _scene: {"typing": "1"}),
    "desk:new": Example(
        method="POST",
        body=new_ticket,
        secondary={
            "queue": Ref("desk.queue"),
            "product": Ref("desk.product"),
            "place": Ref("desk.place"),
            "customer_id": Ref("desk.customer"),
        },
    ),
    "desk:ask_colleague": Example(
        kwargs=ONE,
        method="POST",
        body=lambda scene: {"colleague": scene.object("accounts.staff", OWN), "ask": "Could you look?"},
        secondary={"colleague": Ref("desk.assignee")},
    ),
    "desk:ask_partner": Example(
        kwargs=ONE,
        method="POST",
        body=lambda _scene: {"name": "Ana", "email": "ana@carrier.test", "ask": "Where is it?"},
    ),
    "desk:finish_help": Example(
        kwargs={"number": Ref("desk.promised_ticket"), "collaborator_id": Ref("desk.helper")},
        method="POST",
        body=lambda _scene: {"contribution": "Found it"},
    ),
    "desk:take_view_along": Example(
        kwargs=ONE,
        method="POST",
        body=lambda scene: {
            "about": f"desk.incident:{scene.object('desk.incident', OWN)}",
            "stance": "concern",
            "words": "A text would do.",
        },
    ),
    "desk:share_solution": Example(kwargs=ONE, method="POST", body=lambda _scene: {"text": "Ask the depot first"}),
    "desk:take_note": Example(kwargs={"solution_id": Ref("desk.solution")}, method="POST"),
    "desk:forget_view": Example(kwargs={"view_id": Ref("desk.view")}, method="POST"),
    "desk:customer": Example(kwargs={"customer_id": Ref("desk.customer")}),
    "desk:merge": Example(
        kwargs={"customer_id": Ref("desk.customer")},
        method="POST",
        body=lambda scene: {"other": scene.object("api.customer", OWN), "reason": "She said so"},
        secondary={"other": Ref("api.customer")},
    ),
    "desk:part": Example(kwargs={"customer_id": Ref("desk.customer"), "merge_id": Ref("desk.merge")}, method="POST"),
    "desk:customer_edit": Example(
        kwargs={"customer_id": Ref("desk.customer")},
        method="POST",
        body=lambda _scene: {"name": "Dev Patel", "version": 2},
    ),
}
