"""What Today says to those who plan for others: needs that leave the desk short and have no plan."""

import datetime as dt
from collections.abc import Iterator

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.development.queries import needs


def short_of(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield one line for all such needs."""
    rows = needs.uncovered(actor=actor, now=now) if actor.can(policies.EDIT_PEOPLE) else ()
    if rows:
        one = f"{rows[0].person} needs {rows[0].what}, or the desk is short: nothing is planned."
        yield AttentionItem(
            kind="training_need",
            sentence=one if len(rows) == 1 else f"{len(rows)} training needs leave the desk short and have no plan.",
            evidence="; ".join(f"{row.person}, {row.what}: {row.at_stake}" for row in rows[:2]),
            count=len(rows),
            url="/development/needs?view=unplanned",
            button="Plan them",
            severity=2,
        )
