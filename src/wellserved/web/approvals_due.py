"""What Today says of approvals: what waits for this person's decision, and what was answered to her own question."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.queries import approvals
from wellserved.apps.ledger.types import ApprovalRow
from wellserved.platform import clock
from wellserved.platform.ui import formatting

# A decision with less time left than this is pressing.
SOON = dt.timedelta(days=1)


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what she is asked to decide and what others decided for her. Constant queries."""
    if actor.can(policies.DECIDE) and (waiting := approvals.waiting(actor=actor, now=now)):
        yield _to_decide(waiting, now)
    if actor.can(policies.EDIT_PLANS) and (answered := approvals.answered(actor=actor, now=now)):
        yield _answer(actor, answered)


def _to_decide(rows: tuple[ApprovalRow, ...], now: dt.datetime) -> AttentionItem:
    first, count = rows[0], len(rows)
    money = f" for {formatting.format_money(first.amount, first.currency)}" if first.amount is not None else ""
    until = formatting.format_day(clock.day_of(first.expires_at))
    return AttentionItem(
        kind="approval",
        sentence="One decision waits for you." if count == 1 else f"{count} decisions wait for you.",
        evidence=f"{first.summary}{money}, asked by {first.requested_by}, by {until}",
        count=count,
        url=reverse("ledger:approval", args=[first.id]) if count == 1 else reverse("ledger:approvals"),
        button="Decide",
        severity=1 if first.expires_at - now < SOON else 2,
    )


def _answer(actor: Actor, rows: tuple[ApprovalRow, ...]) -> AttentionItem:
    first, count = rows[0], len(rows)
    record = subjects.titles(actor=actor, subjects=[(first.subject_kind, first.subject_id)])
    _, url = record.get((first.subject_kind, first.subject_id), ("", reverse("ledger:approval", args=[first.id])))
    said = f"{first.votes[-1].voter} answered: " if first.votes else ""
    return AttentionItem(
        kind="approval_answered",
        sentence="Your question was answered." if count == 1 else f"{count} of your questions were answered.",
        evidence=f"{said}{first.summary}, {first.state_label.lower()}",
        count=count,
        url=url if count == 1 else reverse("ledger:approvals"),
        button="Go on",
        severity=2,
    )
