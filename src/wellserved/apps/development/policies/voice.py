"""Who may do what where staff are heard and thanked."""

import datetime as dt

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as people
from wellserved.apps.accounts.types import Actor
from wellserved.platform.errors import Conflict, NotFound, Refused

EVERYBODY = accounts.READ_STANDARDS
ANSWER = accounts.ANSWER_STAFF


def require_answer(actor: Actor) -> None:
    """Refuse whoever does not answer the staff."""
    accounts.check_can(actor, ANSWER, "Only managers and administrators answer for the service here.")


def require_rewards(actor: Actor) -> None:
    """Refuse whoever holds no budget."""
    accounts.check_can(actor, accounts.EDIT_PLANS, "Only managers and administrators run reward schemes.")


def require_leading(actor: Actor) -> None:
    """Refuse whoever leads nobody."""
    accounts.check_can(actor, accounts.EDIT_PEOPLE, "Only those who lead a team plan what it does together.")


def require_belonging(actor: Actor) -> int:
    """Return the person, or refuse whoever only looks at this world: its staff speak for themselves."""
    person_id = actor.person_id
    if not people.active_staff(world=actor.world, ids=[person_id]):
        raise Refused("Only the staff of this service speak here; you are looking at it.", code="not_of_the_staff")
    return person_id


def require_staff(actor: Actor, user_id: int) -> None:
    """Refuse, as absent, whoever does not work in this world; thanks go across teams."""
    if not people.active_staff(world=actor.world, ids=[user_id]):
        raise NotFound("There is no such colleague.", code="colleague_not_found")


def check_version(current: int, given: int | None) -> None:
    """Refuse to write over what somebody else has changed meanwhile."""
    if given is not None and given != current:
        raise Conflict(
            f"Somebody saved version {current} while you were looking at version {given}; read it and try again.",
            code="stale",
            version=current,
        )


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, the first of the month after where it would not exist.

    >>> months_later(dt.date(2026, 3, 31), 12), months_later(dt.date(2026, 1, 31), 1)
    (datetime.date(2027, 3, 31), datetime.date(2026, 3, 1))
    """
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        return day.replace(year=day.year + year, month=month + 2, day=1)
