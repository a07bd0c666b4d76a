"""What came of training at four levels: reaction, learning, behaviour, results; of the group, never of one of it."""

import datetime as dt
import statistics
from collections.abc import Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries.groups import kept_by_group
from wellserved.apps.development import models
from wellserved.apps.development.types.training import (
    EARLIEST_RESULT_DAYS,
    FEWEST,
    FEWEST_PROMISES,
    REACTION_DAYS,
    RESULT_DAYS,
    Level,
    Seat,
    Seen,
)
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day
from wellserved.science.statistics import proportions

QUESTIONS = {
    "Reaction": "Was it useful to those who came?",
    "Learning": "Do they know more than before?",
    "Behaviour": "Is it seen at work?",
    "Results": "Do customers notice?",
}


def levels(
    *, actor: Actor, event: models.TrainingEvent, bookings: Sequence[models.Booking], now: dt.datetime
) -> tuple[Level, ...]:
    """Return the four levels of a held event. Two queries, for the desk's figure."""
    there = [row for row in bookings if row.state == Seat.ATTENDED]
    found = (
        _reaction(there, event, now),
        _learning(there, event),
        _behaviour(there, now),
        _results(actor, event, there, now),
    )
    return tuple(
        Level(name=name, question=question, figure=figure, verdict=verdict, n=n)
        for (name, question), (figure, verdict, n) in zip(QUESTIONS.items(), found, strict=True)
    )


def _few(n: int, of: str) -> tuple[str, str, int]:
    return "", f"Too few to show: {n} {of}, and a figure of fewer than {FEWEST} would be one of single people.", n


def reactions_close(event: models.TrainingEvent) -> dt.date:
    """Return the last day on which those who were there say how it was."""
    return clock.day_of(event.starts_at) + dt.timedelta(days=REACTION_DAYS)


def _reaction(there: Sequence[models.Booking], event: models.TrainingEvent, now: dt.datetime) -> tuple[str, str, int]:
    """Say how it was found, once and for all: a mean that moves with each answer tells what the last one was."""
    said = [row for row in there if row.useful is not None and row.clear is not None]
    until = reactions_close(event)
    if len(said) < len(there) and clock.day_of(now) <= until:
        return "", f"Not yet: shown once all who were there have answered, or after {format_day(until)}.", 0
    if len(said) < FEWEST:
        return _few(len(said), f"of {len(there)} answered")
    useful, clear = (statistics.fmean(getattr(row, name) for row in said) for name in ("useful", "clear"))
    return (
        f"{useful:.1f} of 5",
        f"Useful {useful:.1f}, clear {clear:.1f}; {len(said)} of {len(there)} answered.",
        len(said),
    )


def _learning(there: Sequence[models.Booking], event: models.TrainingEvent) -> tuple[str, str, int]:
    pairs = [
        (row.score_before, row.score_after)
        for row in there
        if row.score_before is not None and row.score_after is not None
    ]
    if len(pairs) < FEWEST:
        return _few(len(pairs), "scored before and after")
    n = len(pairs)
    before, after = (statistics.fmean(pair[side] for pair in pairs) for side in (0, 1))
    better, passed = sum(b < a for b, a in pairs), sum(a >= event.course.pass_score for _, a in pairs)
    around = proportions.wilson(better, n)
    return (
        f"{after - before:+.0f} points",
        (
            f"From {before:.0f} to {after:.0f} on average; {better} of {n} did better than before "
            f"(between {around.low:.0%} and {around.high:.0%}), {passed} passed."
        ),
        n,
    )


def _behaviour(there: Sequence[models.Booking], now: dt.datetime) -> tuple[str, str, int]:
    seen = [row for row in there if row.seen]
    days = [row.look_on for row in there if row.look_on and not row.seen]
    if not seen and days and min(days) > clock.day_of(now):
        return "", f"Too early: those who lead them are asked on {format_day(min(days))}.", 0
    if len(seen) < FEWEST:
        return _few(len(seen), f"of {len(there)} were looked at")
    counts = {each: sum(row.seen == each for row in seen) for each in Seen}
    around = proportions.wilson(counts[Seen.YES], len(seen))
    return (
        f"{counts[Seen.YES]} of {len(seen)}",
        (
            f"Seen at work with {counts[Seen.YES]} of {len(seen)} (between {around.low:.0%} and {around.high:.0%}), "
            f"in part with {counts[Seen.PARTLY]}, not yet with {counts[Seen.NO]}."
        ),
        len(seen),
    )


def _results(
    actor: Actor, event: models.TrainingEvent, there: Sequence[models.Booking], now: dt.datetime
) -> tuple[str, str, int]:
    metric, held = event.course.metric, event.starts_at.date()
    label = METRIC_LABELS.get(metric, "")
    if not label:
        return "", "The course names no figure of the desk to look at.", 0
    if len(there) < FEWEST:
        return _few(len(there), "came")
    since = (clock.day_of(now) - held).days
    if since < EARLIEST_RESULT_DAYS:
        ready = held + dt.timedelta(days=EARLIEST_RESULT_DAYS)
        return "", f"Too early: four weeks of work are needed, until {format_day(ready)}.", 0
    ids, span = [row.person_id for row in there], dt.timedelta(days=RESULT_DAYS)
    day = held + dt.timedelta(days=1)
    before = kept_by_group(actor=actor, user_ids=ids, metric=metric, since=held - span, until=held)
    after = kept_by_group(
        actor=actor,
        user_ids=ids,
        metric=metric,
        since=day,
        until=min(day + span, clock.day_of(now) + dt.timedelta(days=1)),
    )
    if min(before[1], after[1]) < FEWEST_PROMISES:
        said = f"Too few: {before[1]} promises before and {after[1]} since, of {FEWEST_PROMISES} needed on each side."
        return "", said, after[1]
    return _say_difference(label, before, after)


def _say_difference(label: str, before: tuple[int, int], after: tuple[int, int]) -> tuple[str, str, int]:
    around = proportions.difference(after[0], after[1], other_kept=before[0], other_total=before[1])
    gained = after[0] / after[1] - before[0] / before[1]
    verdict = "not shown"
    if around.low > 0:
        verdict = "works"
    elif around.high < 0:
        verdict = "does not"
    return (
        f"{gained * 100:+.0f} points",
        (
            f"{label} kept {before[0] / before[1]:.0%} of {before[1]} before and {after[0] / after[1]:.0%} of "
            f"{after[1]} since: between {around.low * 100:+.0f} and {around.high * 100:+.0f} points. "
            f"Verdict: {verdict}. Other things changed as well; this alone proves nothing."
        ),
        after[1],
    )
