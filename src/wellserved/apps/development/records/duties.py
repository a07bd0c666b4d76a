"""What of a person's development is asked of her, told where all else is that is asked of her."""

import datetime as dt
from collections.abc import Iterator

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import waiting
from wellserved.apps.people import duties


def _telling(source: waiting.Source) -> duties.Find:
    def find(actor: Actor, now: dt.datetime) -> Iterator[duties.Duty]:
        for row in source.find(actor, now):
            yield duties.Duty(what=f"{row.sentence} ({row.detail})", url=row.url, button="Open", due_on=row.on)

    return find


def register() -> None:
    """Make them known; called once when Django starts."""
    for name, source in waiting.SOURCES.items():
        duties.register(name, _telling(source), rows=source.rows)
