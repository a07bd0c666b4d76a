"""Who has said that she has read or understood what."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Max

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people.models import Acknowledgement, LearningCheck


def acknowledged(*, actor: Actor, kind: str, record_ids: Collection[int]) -> dict[int, int]:
    """Return the newest version of each of these records that this person has said she has read. One query."""
    rows = Acknowledgement.objects.filter(user=actor.user_id, kind=kind, record_id__in=record_ids).order_by()
    return dict(rows.values_list("record_id").annotate(newest=Max("number")))


def readers(*, actor: Actor, kind: str, record_id: int, number: int) -> tuple[tuple[str, ...], int]:
    """Return who of the actor's colleagues has read this version, by name, and how many they are. Three queries."""
    known = accounts.staff(actor=actor)
    rows = Acknowledgement.objects.filter(kind=kind, record_id=record_id, number=number)
    read = set(rows.values_list("user_id", flat=True))
    return tuple(person.name for person in known if person.id in read), len(known)


def understood(*, actor: Actor) -> dict[str, dt.datetime]:
    """Return which learning cards this person has understood, and when. One query."""
    return dict(LearningCheck.objects.filter(user=actor.user_id).values_list("card", "understood_at"))
