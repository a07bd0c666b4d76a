"""A role as briefings, checks and the matrix of six parts know it: its pack, told to those who have it."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries.subjects import Lines, Source, Telling, register
from wellserved.apps.development.types.briefings import Audience, Item
from wellserved.apps.people.queries import roles
from wellserved.apps.people.types.roles import Pack
from wellserved.platform.errors import NotFound


def register_role() -> None:
    """Make the kind known; called once when Django starts."""
    register(
        Source(
            kind=roles.KIND,
            part="role",
            noun="role",
            numbers=lambda ids: roles.numbers(ids=ids),
            world=lambda pk: roles.world(role_id=pk),
            telling=tell_role,
        )
    )


def tell_role(actor: Actor, pk: int, _now: dt.datetime) -> Telling:
    """A role concerns those who have it."""
    found = roles.role(actor=actor, role_id=pk)
    pack = found.pack
    if pack is None:
        raise NotFound("This role has no pack in force yet.", code="role_without_pack")
    before = next((each for each in found.versions if each.number == pack.number - 1), None)
    duties = "\n".join(f"- {line}" for line in pack.duties)
    extract = Item(title="What the role is for", body=f"{pack.purpose}\n\n{duties}".strip(), about=(roles.KIND, pk))
    decides = (Item(title="You decide alone", body=pack.decides, about=(roles.KIND, pk)),) if pack.decides else ()
    return Telling(
        title=found.row.name,
        number=pack.number,
        changes=_changes(before, pack) if before else (),
        reason=pack.reason,
        extracts=(extract, *decides),
        audience=Audience(people=tuple(sorted(row.user_id for row in found.holders))),
    )


def _changes(before: Pack, after: Pack) -> Lines:
    pairs: Sequence[tuple[str, str, str]] = (
        ("Purpose", before.purpose, after.purpose),
        ("Duties", "; ".join(before.duties), "; ".join(after.duties)),
        ("Decides alone", before.decides, after.decides),
        ("Answers to", before.reports_to, after.reports_to),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
