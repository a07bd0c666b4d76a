"""What Today says of decisions and of one's own week; what meetings ask stands among all that is asked of her."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from wellserved.apps.accounts.policies import EDIT_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.development.policies.decisions import may_open
from wellserved.apps.development.queries import decisions, week
from wellserved.platform import clock
from wellserved.web.telling import Quiet


def _decisions(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what whoever decides is to decide, and the outcomes she is asked for. One query."""
    if not may_open(actor):
        return
    found = decisions.asked_of(actor=actor, on=clock.day_of(now))
    outcomes = [(pk, question) for pk, question, is_review in found if is_review]
    undecided = [(pk, question) for pk, question, is_review in found if not is_review]
    if outcomes:
        yield _item(
            "decision_outcome",
            outcomes,
            said=("What came of your decision?", "What came of {} of your decisions?"),
            button="Compare",
            severity=3,
        )
    if undecided:
        yield _item(
            "decision_due",
            undecided,
            said=("A decision is due.", "{} decisions are due."),
            button="Decide",
            severity=2,
        )


def _item(
    kind: str, found: list[tuple[int, str]], *, said: tuple[str, str], button: str, severity: int
) -> AttentionItem:
    count = len(found)
    return AttentionItem(
        kind=kind,
        sentence=said[0] if count == 1 else said[1].format(count),
        evidence="; ".join(question for _, question in found[:3]) + (" and others" if count > 3 else ""),
        count=count,
        url=reverse("development:decision", args=[found[0][0]]),
        button=button,
        severity=severity,
    )


def _week(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield, from Friday on, how far her week has come, if she keeps one. One query, from Friday on."""
    if not actor.can(EDIT_PEOPLE):
        return
    if found := week.nudge(actor=actor, on=clock.day_of(now)):
        done, planned = found
        yield AttentionItem(
            kind="week_ends",
            sentence=f"Your week ends: {done} of {planned} done.",
            evidence="Tick what is done; what is open is carried over on Sunday night.",
            count=planned - done,
            url=reverse("development:week"),
            button="Close it",
            severity=3,
        )


SOURCES: tuple[Quiet, ...] = (
    Quiet(_decisions, lambda actor, now: decisions.asking(actor=actor, on=clock.day_of(now))),
    Quiet(_week, lambda actor, now: week.planned(actor=actor, on=clock.day_of(now))),
)
