"""Who begins a record of two people, and who of the two does what."""

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.development.models.private import Private
from wellserved.apps.people import policies as people
from wellserved.platform.errors import Invalid, NotFound, Refused

NOT_LED = "Only whoever leads this colleague begins this with her. Ask her team leader or manager."


def check_may_begin(actor: Actor, *, person_id: int, guide_id: int, may_ask: bool = False) -> None:
    """Refuse whoever does not lead the person; `may_ask` lets the person herself ask one of those who lead her."""
    if person_id == guide_id:
        raise Invalid("This is between two people: choose somebody else as the other.", code="alone", field="guide_id")
    for user_id in {person_id, guide_id} - {actor.user_id}:
        _known(actor, user_id)
    if leading.leads(actor=actor, user_id=person_id):
        return
    if may_ask and actor.user_id == person_id:
        if guide_id in leading.leaders_of(user_id=person_id, world=actor.world):
            return
        raise Refused("Ask whoever leads you; she can bring in somebody else.", code="not_your_leader")
    raise Refused(NOT_LED, code="not_led_by_you")


def _known(actor: Actor, user_id: int) -> Person:
    try:
        return accounts.person(actor=actor, user_id=user_id)
    except NotFound:
        if user_id in leading.leaders_of(user_id=actor.person_id, world=actor.world):
            # Whoever leads somebody is known to her, though she sees every team and sits in none.
            return accounts.person(actor=accounts.system_actor(world=actor.world), user_id=user_id)
        raise


def check_is_person(actor: Actor, row: Private) -> None:
    """Refuse everybody but the person the record is about."""
    if actor.user_id != row.person_id:
        raise Refused("Only the person it is about says this.", code="not_the_person")


def check_is_guide(actor: Actor, row: Private) -> None:
    """Refuse everybody but the guide."""
    if actor.user_id != row.guide_id:
        raise Refused("Only whoever keeps this record with her does this.", code="not_the_guide")


def check_is_one_of_two(actor: Actor, row: Private) -> None:
    """Refuse everybody but the two."""
    if actor.user_id not in {row.person_id, row.guide_id}:
        raise Refused("This is for the two people themselves.", code="not_one_of_two")


def check_may_plan_for(actor: Actor, *, person_id: int) -> None:
    """Refuse to speak of somebody's learning to whoever is neither she nor leads her."""
    person = accounts.person(actor=actor, user_id=person_id)
    if person_id == actor.user_id:
        return
    people.check_may_edit(actor, person)
    if not actor.automatic and not leading.leads(actor=actor, user_id=person_id):
        raise Refused("Only she and whoever leads her speak of her learning.", code="not_led_by_you")


def check_may_seat(actor: Actor, *, person_id: int) -> None:
    """Refuse to give somebody a seat, or to say how her day went, to whoever neither is she nor edits her profile."""
    person = accounts.person(actor=actor, user_id=person_id)
    if person_id != actor.user_id:
        people.check_may_edit(actor, person)
