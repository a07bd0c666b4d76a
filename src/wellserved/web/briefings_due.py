"""What Today says of briefings: what is asked of a person, and of whoever briefs others what waits."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.development.queries import briefings, understanding
from wellserved.apps.development.types.briefings import BriefingRow
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day

# Everything an agent is asked for that is no ticket: one of them a shift, the first of these.
PROMPTS = ("briefing", "pulse", "consultation", "my_work", "offer_changed", "vision_unread")


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield one prompt for what is asked of this person, and what waits for her who briefs. Constant queries."""
    yield from _mine(actor, now)
    if not briefings.briefs(actor):
        return
    if drafts := briefings.drafts(actor=actor):
        count = len(drafts)
        said = "A briefing is drafted: something came into force." if count == 1 else f"{count} briefings are drafted."
        titles = ", ".join(title for _, title in drafts[:3])
        url = f"/briefings/{drafts[0][0]}" if count == 1 else "/briefings?view=draft"
        yield _item("briefing_draft", said, titles, url=url, button="Look", count=count)
    if late := briefings.overdue(actor=actor, today=clock.day_of(now)):
        people = sum(missing for _, _, missing in late)
        pk, title, _ = late[0]
        verb = "has" if people == 1 else "have"
        said = f"{people} of your people {verb} not done what a briefing asked by its day."
        yield _item(
            "briefing_overdue", said, title, url=f"/briefings/{pk}", button="Remind them", severity=2, count=people
        )
    waiting = [row for row in understanding.rebrief(actor=actor) if not row.helped]
    if waiting:
        count = len(waiting)
        said = "One colleague did not get through a check." if count == 1 else f"{count} did not get through a check."
        titles = ", ".join(dict.fromkeys(row.check.title for row in waiting[:3]))
        yield _item("rebrief", said, titles, url="/understanding/again", button="Help", count=count)


def _mine(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    rows = briefings.to_do(actor=actor, now=now)
    if not rows or (
        actor.role == Role.AGENT and briefings.settled_lately(actor=actor, now=now) and not _presses(rows, now)
    ):
        return
    first, others = rows[0], len(rows) - 1
    when = f"By {format_day(first.due_on)}" if first.due_on else "No day is set"
    yield _item(
        "briefing",
        f"For you to read: {first.title}.",
        when + (f"; {others} more after it." if others else "."),
        url=f"/briefings/{first.id}",
        button="Read it",
        severity=2 if _presses(rows, now) else 3,
        count=len(rows),
    )


def _presses(rows: Iterable[BriefingRow], now: dt.datetime) -> bool:
    return any(row.due_on is not None and row.due_on <= clock.day_of(now) for row in rows)


def one_prompt(*, actor: Actor, items: Iterable[AttentionItem]) -> list[AttentionItem]:
    """Return the items with, for an agent, one prompt alone that is no ticket; it names all that comes after it.

    Thanks and answers to what she said ask for nothing, and stay.
    """
    found = list(items)
    if actor.role != Role.AGENT:
        return found
    prompts = sorted((each for each in found if each.kind in PROMPTS), key=lambda each: PROMPTS.index(each.kind))
    if len(prompts) < 2:
        return found
    first, *later = prompts
    named = " ".join(each.sentence for each in later)
    evidence = f"{first.evidence.rstrip('.')}. After it: {named}"
    shown = dataclasses.replace(first, evidence=evidence)
    return [shown if each is first else each for each in found if each.kind not in PROMPTS or each is first]


def _item(
    kind: str, sentence: str, evidence: str, *, url: str, button: str, severity: int = 3, count: int = 1
) -> AttentionItem:
    return AttentionItem(
        kind=kind, sentence=sentence, evidence=evidence, count=count, url=url, button=button, severity=severity
    )
