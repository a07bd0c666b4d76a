"""The roles the person who asks has, and the targets set for her by name."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.types.recorded import Line
from wellserved.apps.people.queries import roles
from wellserved.apps.people.types.roles import InductionRow
from wellserved.apps.standards.queries import targets
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day


def role(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the roles she has, with their induction. Four queries."""
    return tuple(
        Line(
            kind=roles.KIND,
            record_id=row.role_id,
            at=row.since,
            title=row.role,
            by="",
            url=f"/people/roles/{row.role_id}",
            parts=(
                ("Pack she was brought in by", str(row.number)),
                *((("Read", f"pack {row.read}"),) if row.read else ()),
                *((step.text, f"{'done' if step.done_at else 'by'} {_day(step)}") for step in row.induction),
            ),
        )
        for row, _ in roles.own(actor=actor)
    )


def own_targets(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the targets plans set for her by name. One query."""
    return tuple(
        Line(
            kind="standards.target",
            record_id=row.id,
            at=row.due_on,
            title=row.statement,
            by="",
            url="/plans/mine",
            parts=(("Plan", row.plan), ("Aim", row.shown), ("By", row.due_on)),
        )
        for row in targets.mine(actor=actor)
        if row.level == "person"
    )


def _day(step: InductionRow) -> str:
    return format_day(clock.day_of(step.done_at) if step.done_at else step.due_on)
