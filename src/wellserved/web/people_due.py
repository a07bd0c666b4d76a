"""What Today says of people: where cover is short, what runs out, and what is asked of oneself.

Each source yields items for one actor at one moment; another stream of people's records adds its own.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from wellserved.apps.accounts import leading, policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import competence
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.desk.wording import say_queue_cover
from wellserved.apps.people import duties
from wellserved.apps.people.queries import matrix
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day
from wellserved.web import learning_due, meetings_due, telling, voice_due

WEEK = dt.timedelta(days=7)


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what every source says, in their order."""
    yield from telling.tell(SOURCES, actor=actor, now=now)


def _cover(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the queues whose cover is short today, for those who lead. Six queries, or one while no queue asks."""
    if not actor.can(policies.READ_PEOPLE):
        return
    short = [row for row in competence.cover(actor=actor, on=clock.day_of(now)) if row.missing]
    if short:
        first = short[0]
        yield AttentionItem(
            kind="cover_gap",
            sentence=f"Cover is short in {first.asked.queue}."
            if len(short) == 1
            else f"Cover is short in {len(short)} places.",
            evidence=" ".join(say_queue_cover(row) for row in short[:2]),
            count=len(short),
            url=reverse("people:skill", args=[first.asked.skill_id]),
            button="See the cover",
            severity=2,
        )


def _running_out(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what has run out or does within a week of those the actor leads, or manages. Two queries."""
    if not actor.can(policies.READ_PEOPLE) or actor.user_id is None:
        return
    led = None if actor.sees_all_teams else leading.led_ids(actor=actor)
    rows = [
        row
        for row in matrix.expiring(actor=actor, on=clock.day_of(now), within=WEEK)
        if row.user_id != actor.user_id and (led is None or row.user_id in led)
    ]
    if rows:
        over = sum(row.is_over for row in rows)
        one = f"{rows[0].skill} of {rows[0].name} {'has run out' if rows[0].is_over else 'runs out within a week'}."
        many = f"{len(rows)} skills of colleagues have run out or do within a week, {over} of them already."
        yield AttentionItem(
            kind="skills_run_out",
            sentence=one if len(rows) == 1 else many,
            evidence=", ".join(f"{row.skill} of {row.name}, {format_day(row.expires_on)}" for row in rows[:3])
            + (" and others" if len(rows) > 3 else ""),
            count=len(rows),
            url=f"{reverse('people:skills')}?view=expiring",
            button="See who",
            severity=3,
        )


def _own(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield one line for all that is asked of the actor besides tickets."""
    found = duties.pressing(actor=actor, now=now)
    if found:
        yield AttentionItem(
            kind="my_work",
            sentence="One thing is asked of you." if len(found) == 1 else f"{len(found)} things are asked of you.",
            evidence="; ".join(duty.what for duty in found[:3]) + (" and others" if len(found) > 3 else ""),
            count=len(found),
            url=reverse("web:my_work"),
            button="Open my work",
            severity=3,
        )


def _near(actor: Actor, now: dt.datetime) -> QuerySet[Any]:
    return matrix.expiring_rows(actor=actor, on=clock.day_of(now), within=WEEK)


SOURCES: tuple[telling.Source, ...] = (
    _cover,
    telling.Quiet(_running_out, _near),
    telling.Quiet(learning_due.short_of, lambda actor, _now: matrix.skill_rows(actor=actor)),
    _own,
    *voice_due.SOURCES,
    *meetings_due.SOURCES,
)
