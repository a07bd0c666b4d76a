"""Which records people have acted on, who has, and how often somebody did what."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import wording
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.types import Subject
from wellserved.platform.origin import in_world


def acted_on(*, kind: str, subjects: Any) -> set[int]:
    """Return which of these records of one kind somebody has acted on; `subjects` are ids or a query of ids."""
    rows = Entry.objects.filter(subject_kind=kind, subject_id__in=subjects, actor__isnull=False)
    return set(rows.order_by().values_list("subject_id", flat=True))


def counted(*, actor: Actor, since: dt.datetime) -> tuple[tuple[str, int, dt.datetime], ...]:
    """Return (what, how often, when last) of everything this person did since a moment, the most frequent first.

    One query: what she herself may read of her own acts, without their records.
    """
    rows = in_world(Entry.objects.filter(actor=actor.user_id, occurred_at__gte=since), actor.world)
    found = (
        rows.order_by().values_list("action").annotate(n=Count("pk"), last=Max("occurred_at")).order_by("-n", "action")
    )
    return tuple((wording.sentence_of(action), n, last) for action, n, last in found)


def actors_of(*, subject: Subject, actions: Collection[str]) -> set[int]:
    """Return who has acted on a record in one of these ways. One query."""
    rows = Entry.objects.filter(subject_kind=subject[0], subject_id=subject[1], action__in=actions)
    return set(rows.exclude(actor=None).order_by().values_list("actor", flat=True))
