"""Bring a record before one colleague: it stands among what she was called to."""

import datetime as dt

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import NotFound, Refused


def call(*, by: Actor, subject: Subject, user_id: int | None, text: str, now: dt.datetime) -> bool:
    """Call one colleague to a record and return whether she could be.

    Somebody who has left, or no longer sees the record, is passed over: it must not hold up what others do.
    """
    if user_id is None or user_id == by.user_id:
        return False
    try:
        subjects.require_visible(actor=accounts.actor_by_id(user_id, world=by.world), subject=subject)
    except (NotFound, Refused):
        return False
    # An agent need not know of the manager her matter goes to, so the product itself calls.
    house = accounts.system_actor(world=by.world)
    words = text if by.automatic else f"{by.name}: {text}"
    discussion.call_people(actor=house, subject=subject, text=words, mention_ids=(user_id,), now=now)
    return True
