"""What Today says of what customers answered: low scores and wishes to be called."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.voice.queries import follow_ups


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the follow-ups that wait for this person. One query."""
    count, late, first, numbers = follow_ups.news(actor=actor, now=now)
    if first is None:
        return
    one = "A customer waits to be spoken to after a survey."
    many = f"{count} customers wait to be spoken to after a survey."
    yield AttentionItem(
        kind="follow_up",
        sentence=one if count == 1 else many,
        evidence=", ".join(f"#{number}" for number in numbers)
        + (" and others" if count > len(numbers) else "")
        + (f"; {late} past the time" if late else ""),
        count=count,
        url=reverse("voice:follow_up", args=[first]) if count == 1 else reverse("voice:follow_ups"),
        button="Speak to them",
        severity=1 if late else 2,
    )
