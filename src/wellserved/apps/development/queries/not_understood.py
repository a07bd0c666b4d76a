"""What people were asked to understand and do not: a failed go, or one that was of a version before."""

import dataclasses

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import understanding
from wellserved.apps.development.types.checks import CheckRow, Standing, Understanding


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing somebody does not understand as it holds now, and why it is said."""

    user_id: int
    name: str
    what: str
    why: str


def lacks(*, actor: Actor) -> tuple[Lack, ...]:
    """Return what those whose understanding this actor may read tried without success, or knew as it was. By name.

    Constant queries. Who has not tried yet lacks nothing that is known of.
    """
    people = understanding.people_of(actor=actor)
    asked = understanding.asked_of(actor=actor, people=people)
    checks = {row.id: row for rows in asked.values() for row in rows}
    pairs = [(user_id, row.id) for user_id, rows in asked.items() for row in rows]
    standing = understanding.standings(pairs=pairs, current={pk: row.current for pk, row in checks.items()})
    return tuple(
        Lack(user_id=person.id, name=person.name, what=f"Understanding: {row.title}", why=why)
        for person in people
        for row in asked[person.id]
        if (why := _why(standing[person.id, row.id], row))
    )


def _why(found: Understanding, check: CheckRow) -> str:
    if found.needs_help:
        return "The last go at what holds now was not enough"
    if found.standing == Standing.STALE:
        return f"Shown of version {found.number}; version {check.current} holds now"
    return ""
