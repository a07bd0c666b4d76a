"""What Today says of the plan: what changed in the offer, and what somebody meant to look at by now."""

import datetime as dt
from collections.abc import Iterator, Sequence

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.standards.queries import commitments, expectations, offer, partners, plans, vision
from wellserved.platform.ui.formatting import format_day

_LEAST_PRESSING = 3


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what changed in the offer, what plans ask of this person, and reviews due. Nine queries at most."""
    yield from _of_plans(actor, now)
    yield from _news(actor, now)
    if not actor.can(policies.EDIT_STANDARDS):
        return
    if names := expectations.reviews_due(actor=actor, now=now):
        yield _item("expectation_review", "expectation is", "expectations are", names, "/expectations?review=due")
    if names := commitments.reviews_due(actor=actor, now=now):
        yield _item("standard_review", "standard is", "standards are", names, "/standards?view=review_due")
    if names := partners.reviews_due(actor=actor, now=now):
        yield _item("partner_review", "service partner is", "service partners are", names, "/partners")


def _news(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what changed in the offer, and a vision not read as it stands. Four queries at most."""
    changed = offer.news_for(actor=actor, now=now)
    if changed:
        first = changed[0]
        names = ", ".join(each.name for each in changed[:3])
        yield AttentionItem(
            kind="offer_changed",
            sentence=f"The offer changed: {names}." if len(changed) < 4 else f"The offer changed {len(changed)} times.",
            evidence=f"From {format_day(first.effective_on)}: {first.reason or 'new on offer'}",
            count=len(changed),
            url=f"/offer/{first.service_id}",
            button="Read it",
            severity=_LEAST_PRESSING,
        )
    if vision.is_unread(actor=actor):
        yield AttentionItem(
            kind="vision_unread",
            sentence="The vision has been written anew.",
            evidence="You have not said yet that you have read it.",
            count=1,
            url="/vision",
            button="Read it",
            severity=_LEAST_PRESSING,
        )


def _of_plans(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Whoever writes plans is told of everything due, everybody else of her own part."""
    everything = actor.can(policies.EDIT_PLANS)
    found = plans.due(actor=actor, now=now, person_id=None if everything else actor.user_id)
    if not found:
        return
    missed = sum(each.state == "missed" for each in found)
    count = len(found)
    said = "One action or review of a plan is due" if count == 1 else f"{count} actions and reviews of plans are due"
    yield AttentionItem(
        kind="plan_due",
        sentence=f"{said}, {missed} of them missed." if missed else f"{said}.",
        evidence=", ".join(dict.fromkeys(each.what for each in found[:3])),
        count=count,
        url=f"/plans/{found[0].plan_id}" if everything else "/plans/mine",
        button="Open",
        severity=_LEAST_PRESSING,
    )


def _item(kind: str, one: str, many: str, names: Sequence[str], url: str) -> AttentionItem:
    count = len(names)
    return AttentionItem(
        kind=kind,
        sentence=f"One {one} due to be reviewed." if count == 1 else f"{count} {many} due to be reviewed.",
        evidence=", ".join(names[:3]) + (" and others" if count > 3 else ""),
        count=count,
        url=url,
        button="Review",
        severity=_LEAST_PRESSING,
    )
