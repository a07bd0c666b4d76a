"""What Today says of the staff's own voice: thanks, what is asked of her, what came of what she said."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.development.queries import conflicts, pulse, recognition, rewards, suggestions
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day, format_weekday
from wellserved.web.telling import Quiet


def _item(kind: str, *, said: tuple[str, str], told: Sequence[str], **more: Any) -> AttentionItem:
    """Return one line; `said` is its sentence for one and for many, `told` what stands behind it."""
    count = len(told)
    return AttentionItem(
        kind=kind,
        sentence=said[0] if count == 1 else said[1].format(count),
        evidence="; ".join(told[:3]) + (" and others" if count > 3 else ""),
        count=count,
        **{"severity": 3} | more,
    )


def _thanks(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the thanks of the last week. One query."""
    if found := recognition.own_news(actor=actor, now=now):
        yield _item(
            "thanks",
            said=(f"{found[0][0]} thanked you.", "You were thanked {} times this week."),
            told=[f"{who} for “{value}”{f': {words}' if words else ''}" for who, value, words in found],
            url=reverse("development:recognition"),
            button="Read it",
        )


def _awards(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the rewards of the last week. One query."""
    if given := rewards.own_news(actor=actor, now=now):
        yield _item(
            "award",
            said=(f"You were given something under “{given[0][1]}”.", "You were given {} things this week."),
            told=[f"{what}, for: {why}" for _, _, what, why in given],
            url=reverse("development:scheme", args=[given[0][0]]),
            button="See why",
        )


def _answered(actor: Actor, _now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what came of her suggestions. One query."""
    if found := suggestions.own_news(actor=actor):
        yield _item(
            "suggestion_answered",
            said=(f"Your suggestion was answered: {found[0][2].lower()}.", "{} of your suggestions were answered."),
            told=[f"{title}: {state.lower()}" for _, title, state in found],
            url=reverse("development:suggestion", args=[found[0][0]]),
            button="Read the answer",
        )


def _responded(actor: Actor, _now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what came of what she said on proposals. One query."""
    if responses := suggestions.own_responses(actor=actor):
        yield _item(
            "consultation_answered",
            said=("What you said on a proposal has its response.", "{} proposals you spoke on have their response."),
            told=[f"{title}: {outcome.lower()}" for _, title, outcome in responses],
            url=reverse("development:consultation", args=[responses[0][0]]),
            button="Read it",
        )


def _pulse(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield an open pulse she has not answered. Two queries."""
    running = pulse.open_pulse(actor=actor)
    if running and not running.has_answered and running.closes_on >= clock.day_of(now):
        yield _item(
            "pulse",
            said=("How is it to work here?", ""),
            told=[f"Six statements, a minute, anonymous; until {format_day(running.closes_on)}"],
            url=reverse("development:pulse_answer", args=[running.id]),
            button="Answer",
        )


def _asked(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the open consultations she has not spoken in. One query."""
    if asked := suggestions.asked_of(actor=actor, on=clock.day_of(now)):
        yield _item(
            "consultation",
            said=("Your view is asked for.", "Your view is asked for on {} proposals."),
            told=[f"{title}, until {format_day(until)}" for _, title, until in asked],
            url=reverse("development:consultation", args=[asked[0][0]]),
            button="Say it",
        )


def _in_private(actor: Actor, _now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield cases that wait for her, without a word of what they are. One query."""
    if cases := conflicts.waiting(actor=actor):
        yield AttentionItem(
            kind="case",
            sentence="Something in private waits for you.",
            evidence="",
            count=len(cases),
            url=reverse("development:cases"),
            button="Open",
            severity=3,
        )


def _together(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the next event of her team. One query."""
    if event := rewards.own_next(actor=actor, now=now):
        pk, title, at = event
        yield _item(
            "team_event",
            said=("Your team does something together.", ""),
            told=[f"{title}, on {format_weekday(clock.day_of(at))}"],
            url=reverse("development:team_event", args=[pk]),
            button="Open",
        )


def _late(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what waits too long for an answer, for whoever answers. One query."""
    if late := suggestions.late(actor=actor, on=clock.day_of(now)):
        yield _item(
            "suggestion_late",
            said=("A suggestion has waited over 10 days.", "{} suggestions have waited over 10 days."),
            told=late,
            url=f"{reverse('development:suggestions')}?view=open",
            button="Answer",
            severity=2,
        )


def _to_respond(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the consultations that are over, for whoever answers. One query."""
    if due := suggestions.to_respond(actor=actor, on=clock.day_of(now)):
        yield _item(
            "consultation_due",
            said=("A consultation waits for your response.", "{} consultations wait for your response."),
            told=[title for _, title in due],
            url=reverse("development:consultation", args=[due[0][0]]),
            button="Respond",
        )


def _to_evaluate(actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield the reward schemes to be evaluated. One query."""
    if ended := rewards.due_names(actor=actor, on=clock.day_of(now)):
        yield _item(
            "scheme_due",
            said=("A reward scheme has ended.", "{} reward schemes have ended."),
            told=ended,
            url=f"{reverse('development:rewards')}?view=due",
            button="Evaluate",
        )


SOURCES: tuple[Quiet, ...] = (
    Quiet(_thanks, lambda actor, now: recognition.own_recent(actor=actor, now=now)),
    Quiet(_awards, lambda actor, now: rewards.own_recent(actor=actor, now=now)),
    Quiet(_answered, lambda actor, _now: suggestions.own_unread(actor=actor)),
    Quiet(_responded, lambda actor, _now: suggestions.own_untold(actor=actor)),
    Quiet(_pulse, lambda actor, _now: pulse.visible(actor=actor).filter(closed_at=None)),
    Quiet(_asked, lambda actor, now: suggestions.unspoken(actor=actor, on=clock.day_of(now))),
    Quiet(_in_private, lambda actor, _now: conflicts.waiting_rows(actor=actor)),
    Quiet(_together, lambda actor, now: rewards.own_coming(actor=actor, now=now)),
    Quiet(_late, lambda actor, now: suggestions.unanswered(actor=actor, on=clock.day_of(now))),
    Quiet(_to_respond, lambda actor, now: suggestions.unresponded(actor=actor, on=clock.day_of(now))),
    Quiet(_to_evaluate, lambda actor, now: rewards.due(actor=actor, on=clock.day_of(now))),
)
