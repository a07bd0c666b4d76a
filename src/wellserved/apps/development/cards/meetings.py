"""The cards on meetings, on decisions and on one's own time."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import decisions, meetings, week
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_rate


def register() -> None:
    """Make the cards known; called once when Django starts."""
    for card in (_meetings(), _decisions(), _time()):
        cards.register(card)


def _meetings() -> cards.Card:
    return cards.Card(
        key="meetings-that-lead-somewhere",
        rows=("F11-E14", "F11-E15", "U34-A1.7b"),
        title="Meetings that lead somewhere",
        points=(
            "Say beforehand what it is for and what is known; whoever reads figures aloud meets too long.",
            "Ask those who know and those who decide, and let the others read the minutes.",
            "End each point with who does what by when, or say that nothing follows.",
            "What a customer was promised in a talk is an expectation: write it where promises are made.",
            "Begin the next one with what was agreed in the last.",
        ),
        applied=_say_actions,
        url="/meetings",
    )


def _decisions() -> cards.Card:
    return cards.Card(
        key="decide-in-time",
        rows=("F17-B10",),
        title="Decisions in time, and what came of them",
        points=(
            "Ask first by when it must be decided: after that day the best choice is worth nothing.",
            "Leaving it as it is has a price too; weigh it beside the others.",
            "Write down what you do not know. Then find out what can be found out in time, and decide.",
            "Say what you expect before you know: afterwards everybody expected it.",
            "A good decision can turn out badly and a poor one well; look at many before you judge how you decide.",
        ),
        applied=_say_decided,
        url="/decisions",
    )


def _time() -> cards.Card:
    return cards.Card(
        key="your-time",
        rows=("F17-B8",),
        title="What to do first",
        points=(
            "Urgent is what is soon too late; valuable is what customers and colleagues would miss. Ask both.",
            "A small thing worth much goes first: the order here is value times urgency for each hour it takes.",
            "Plan fewer hours than you have; the desk takes its share.",
            "What was carried over three times is not going to happen: drop it, give it away, or cut it smaller.",
        ),
        applied=_say_weeks,
        url="/week",
    )


def _say_actions(actor: Actor, now: dt.datetime) -> str:
    _, _, still_open, late = meetings.counts(actor=actor, now=now)
    if not still_open:
        return "No action agreed in a meeting is open here."
    return f"{still_open} actions agreed in meetings are open here, {late} of them past their day."


def _say_decided(actor: Actor, now: dt.datetime) -> str:
    found = decisions.shares(actor=actor, on=clock.day_of(now))
    if not found.decided:
        return "No decision is written down here yet."
    came = format_rate(found.as_expected, found.reviewed) if found.reviewed else "none yet"
    return f"Decided in time here: {format_rate(found.in_time, found.decided)}. Came out as expected: {came}."


def _say_weeks(actor: Actor, _now: dt.datetime) -> str:
    found = week.closed(actor=actor)
    if not found:
        return "You have not closed a week yet, so nothing says how much you usually get done."
    planned, achieved = sum(each.planned for each in found), sum(each.achieved for each in found)
    return f"In {len(found)} weeks you got done {format_rate(achieved, planned)} of what you planned."
