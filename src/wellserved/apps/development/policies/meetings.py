"""Who arranges a meeting, who writes what came of it, and who may be named in it."""

from collections.abc import Collection

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as people
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import organisation, scope
from wellserved.apps.development.models import Meeting
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.policies.voice import EVERYBODY, check_version
from wellserved.apps.development.types import meetings as types
from wellserved.apps.standards.queries import partners
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

__all__ = ["ARRANGE", "EVERYBODY", "check_version"]

ARRANGE = accounts.EDIT_PEOPLE


def require_arrange(actor: Actor) -> None:
    """Refuse whoever leads nobody."""
    accounts.check_can(actor, ARRANGE, "Only those who lead a team or the service arrange meetings here.")


def minutes_it(actor: Actor, row: Meeting) -> bool:
    """Return whether this person leads the meeting, and so writes what came of it."""
    return actor.user_id is not None and actor.user_id == row.chair_id


def require_minutes(actor: Actor, row: Meeting) -> None:
    """Refuse whoever does not lead the meeting."""
    if not minutes_it(actor, row):
        raise Refused("Only whoever leads this meeting writes what came of it.", code="not_the_chair")


def require_state(row: Meeting, *states: str, said: str) -> None:
    """Refuse what no longer, or not yet, can be done with a meeting."""
    if row.state not in states:
        raise Conflict(said, code="meeting_state")


def require_colleagues(actor: Actor, ids: Collection[int]) -> None:
    """Refuse, as absent, whoever does not work in this world. One query."""
    wanted = set(ids)
    if len(people.active_staff(world=actor.world, ids=wanted)) != len(wanted):
        raise NotFound("There is no such colleague.", code="colleague_not_found")


def require_inside(row: Meeting, user_id: int) -> None:
    """Refuse to give something of a private meeting to somebody who was not asked to it. One query."""
    if row.is_private and user_id != row.chair_id and not row.people.filter(user=user_id).exists():
        raise Invalid("In private, only somebody in the meeting takes it on.", code="owner_outside", field="owner_id")


def require_guests(actor: Actor, given: types.MeetingGiven) -> None:
    """Refuse, as absent, records of guests the actor may not see. Five queries at most."""
    if given.customer_id and not scope.visible_customers(actor=actor).filter(pk=given.customer_id).exists():
        raise NotFound("There is no such customer.", code="customer_not_found")
    if given.organisation_id:
        organisation(actor=actor, organisation_id=given.organisation_id)
    if given.partner_id and given.partner_id not in partners.names(actor=actor, ids=[given.partner_id]):
        raise NotFound("There is no such partner.", code="partner_not_found")


def read(given: types.MeetingGiven) -> types.MeetingGiven:
    """Return what was planned, trimmed, or say what is missing."""
    rules.choice(given.kind, types.KINDS, field="kind")
    if len(given.agenda) > types.MOST_POINTS:
        raise Invalid(f"Keep the agenda to {types.MOST_POINTS} points.", code="agenda_long", field="agenda")
    if len(given.staff_ids) > types.MOST_PEOPLE or len(given.guests) > types.MOST_GUESTS:
        raise Invalid(
            f"Ask at most {types.MOST_PEOPLE} colleagues and {types.MOST_GUESTS} guests.",
            code="meeting_crowd",
            field="staff_ids",
        )
    if given.period_from and given.period_to and given.period_from > given.period_to:
        raise Invalid("The period ends before it begins.", code="period_order", field="period_to")
    return types.MeetingGiven(
        kind=given.kind,
        title=rules.said(given.title, 160, field="title", missing="Give the meeting a name."),
        starts_at=given.starts_at,
        lasts=rules.number(given.lasts, low=5, high=600, field="lasts"),
        place=rules.said(given.place, 160, field="place"),
        is_private=given.is_private,
        staff_ids=tuple(dict.fromkeys(given.staff_ids)),
        customer_id=given.customer_id,
        organisation_id=given.organisation_id,
        partner_id=given.partner_id,
        guests=tuple(name for each in given.guests if (name := rules.said(each, 160, field="guests"))),
        agenda=tuple(_point(each) for each in given.agenda if each.words.strip()),
        period_from=given.period_from,
        period_to=given.period_to,
    )


def _point(given: types.Point) -> types.Point:
    return types.Point(
        words=rules.said(given.words, 300, field="agenda"), detail=rules.said(given.detail, 1000, field="agenda")
    )
