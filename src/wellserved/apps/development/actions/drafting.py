"""Write a draft when something people should know comes into force, and questions from what changed in it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import keeping
from wellserved.apps.development.events.briefings import BriefingDrafted
from wellserved.apps.development.models import Briefing
from wellserved.apps.development.queries import subjects
from wellserved.apps.development.queries.subjects import Telling
from wellserved.apps.development.types.briefings import BriefingKind, BriefingState, Content, Item
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.origin import live_origin

# A question, its answers with whether each is right, and why.
Suggested = tuple[str, tuple[tuple[str, bool], ...], str]
MOST_LINES = 3
TIME_TO_READ = dt.timedelta(days=7)
# What came into force longer ago, as imported and sample history did, is no news.
NEWS_FOR = dt.timedelta(days=14)


def content_of(telling: Telling, *, noun: str, today: dt.date) -> Content:
    """Return the briefing that tells of a version: what changed and why, what holds, what is expected and aimed at."""
    is_new = telling.number == 1
    said = _say_changes(telling)
    opening = [Item(title="What changed", body=said)] if said else []
    title = f"New {noun}: {telling.title}" if is_new else f"{telling.title}: version {telling.number}"
    return Content(
        kind=BriefingKind.BRIEFING,
        title=title[:160],
        items=(*opening, *telling.extracts),
        audience=telling.audience,
        due_on=today + TIME_TO_READ,
    )


def _say_changes(telling: Telling) -> str:
    lines = [_say_change(*line) for line in telling.changes]
    why = [f"Why: {telling.reason}"] if telling.reason else []
    return "\n".join([*lines, *([""] if lines and why else []), *why])


def _say_change(label: str, before: str, after: str) -> str:
    if "\n" in before or "\n" in after or len(before) + len(after) > 200:
        fresh = [line.lstrip("-* ") for line in after.splitlines() if line.strip() and line not in before.splitlines()]
        return "\n".join([f"- **{label}** now says:", *(f"    - {line}" for line in fresh[:MOST_LINES])])
    return f"- **{label}**: {after or 'none any more'}" + (f" (before: {before})" if before else " (new)")


def prepare(*, actor: Actor, subject: tuple[str, int], now: dt.datetime) -> Content:
    """Return the briefing that would tell of a record as it holds, for whoever begins one by hand."""
    source = subjects.source_of(subject[0])
    telling = source.telling(actor, subject[1], now)
    return content_of(telling, noun=source.noun, today=clock.day_of(now))


@transaction.atomic
def draft(*, subject: tuple[str, int], since: dt.datetime, now: dt.datetime) -> int | None:
    """Write the draft that tells of the version in force `since` then, once; return its id, None if there is none.

    It waits for a person: nothing is sent by itself. Drafts of older versions, never sent, give way to it.
    """
    if since < now - NEWS_FOR:
        return None
    source = subjects.source_of(subject[0])
    number = subjects.numbers([subject]).get(subject)
    world = source.world(subject[1])
    if number is None or world is None:
        return None
    told = Briefing.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    if told.filter(subject_number__gte=number).exists():
        return None
    told.filter(is_drafted=True, state=BriefingState.DRAFT).update(
        state=BriefingState.WITHDRAWN, reason=f"Version {number} has come into force before it was sent."
    )
    actor = accounts.system_actor(world=world)
    content = content_of(source.telling(actor, subject[1], now), noun=source.noun, today=clock.day_of(now))
    row = Briefing.objects.create(
        kind=content.kind,
        title=content.title,
        items=[item.as_data() for item in content.items],
        audience=content.audience.as_data(),
        subject_kind=subject[0],
        subject_id=subject[1],
        subject_number=number,
        is_drafted=True,
        due_on=content.due_on,
        created_at=now,
        origin=live_origin(world),
    )
    ledger.record(
        actor=actor,
        action="development.draft_briefing",
        subject=(keeping.BRIEFING, row.pk),
        now=now,
        changes={"title": (None, row.title)},
        event=BriefingDrafted(briefing_id=row.pk),
    )
    return row.pk


def questions_of(telling: Telling, *, others: Iterable[str]) -> tuple[Suggested, ...]:
    """Return questions a telling yields by itself: what holds now instead of before, and what customers expect."""
    found: list[Suggested] = [
        (
            f"{label}: what holds since version {telling.number}?",
            ((after, True), (before, False)),
            f"Since version {telling.number} it is {after}; before it was {before}.",
        )
        for label, before, after in telling.changes
        if before and after and len(before) + len(after) <= 200
    ]
    expected = next(
        (item.body.splitlines()[0] for item in telling.extracts if item.title == "What customers expect"), ""
    )
    wrong = [each for each in dict.fromkeys(others) if each != expected][:2]
    if expected and wrong:
        options = ((expected[:300], True), *((each[:300], False) for each in wrong))
        found.append((f"What do customers expect of “{telling.title}”?", options, f"They expect: {expected}"[:500]))
    return tuple(found)
