"""What a survey found: shares and means always with their interval, and no score of too few answers."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.voice import types
from wellserved.apps.voice.models import Invitation
from wellserved.apps.voice.queries import surveys

MOST, MOST_COMMENTS = 20_000, 50
PERIODS = {30: "30 days", 90: "90 days", 365: "A year"}

# queue, team, score
Tally = tuple[str, str, int | None]


def _reached(*, actor: Actor, survey_id: int) -> "QuerySet[Invitation]":
    rows = Invitation.objects.filter(survey=survey_id, state="asked")
    return rows if actor.sees_all_teams else rows.filter(queue__in=scope.visible_queues(actor=actor))


def queues_of(*, actor: Actor, survey_id: int) -> tuple[tuple[int, str], ...]:
    """Return the queues whose customers the survey asked. One query."""
    rows = _reached(actor=actor, survey_id=survey_id).order_by("queue__name")
    return tuple(rows.values_list("queue", "queue__name").distinct())


def results(
    *, actor: Actor, survey_id: int, days: int = 90, queue: int | None = None, now: dt.datetime
) -> types.Results:
    """Return what was answered in the last days, by when it was asked. Five queries."""
    row = surveys.survey(actor=actor, survey_id=survey_id)
    rows = _reached(actor=actor, survey_id=survey_id).filter(asked_at__gt=now - dt.timedelta(days=days))
    if queue is not None:
        rows = rows.filter(queue=queue)
    found = [
        (name, team or "", score)
        for name, team, score in rows.values_list("queue__name", "queue__team__name", "score")[:MOST]
    ]
    low, high = types.SCALES[row.kind]
    scores = [score for _, _, score in found if score is not None]
    return types.Results(
        figure=figure(row, found),
        counts=tuple((step, scores.count(step)) for step in range(low, high + 1)),
        queues=_parts(row, found, lambda each: each[0]),
        teams=_parts(row, found, lambda each: each[1]),
        comments=_comments(actor, rows),
    )


def figure(row: types.SurveyRow, found: list[Tally]) -> types.Figure:
    """Return response and score of some invitations."""
    from wellserved.science.statistics import samples, wilson  # noqa: PLC0415 (numpy stays out of the start)

    scores = [score for _, _, score in found if score is not None]
    asked, answered = len(found), len(scores)
    rate = wilson(answered, asked) if asked else None
    is_enough = answered >= max(row.rules.fewest, types.SMALL_CELL)
    score = low = high = None
    mean = samples.mean_interval(scores) if is_enough else None
    good = sum(each >= types.GOOD_FROM[row.kind] for each in scores)
    if is_enough and row.kind == "nps":
        bad = sum(each <= 6 for each in scores)
        net = samples.net_promoter(good, answered - good - bad, bad)
        score, low, high = net.score, net.adjusted.low, net.adjusted.high
    elif is_enough:
        around = wilson(good, answered)
        score, low, high = 100 * good / answered, 100 * around.low, 100 * around.high
    fewest = max(row.rules.fewest, types.SMALL_CELL)
    return types.Figure(
        asked=asked,
        answered=answered,
        rate=answered / asked if asked else None,
        rate_low=rate.low if rate else None,
        rate_high=rate.high if rate else None,
        score=score,
        low=low,
        high=high,
        mean=mean.value if mean else None,
        mean_low=mean.low if mean else None,
        mean_high=mean.high if mean else None,
        is_enough=is_enough,
        reason="" if is_enough else f"Too few answers for a score: {answered}, where {fewest} are needed.",
    )


def _parts(row: types.SurveyRow, found: list[Tally], key: Callable[[Tally], str]) -> tuple[types.Part, ...]:
    names = sorted({key(each) for each in found})
    parts = []
    for name in names:
        own = figure(row, [each for each in found if key(each) == name])
        parts.append(types.Part(name=name or "No team", figure=own, is_hidden=own.answered < types.SMALL_CELL))
    return tuple(_also_after_subtraction(parts))


def _also_after_subtraction(parts: list[types.Part]) -> Iterable[types.Part]:
    """Hide the next smallest part too where one hidden part alone could be had by subtracting the others."""
    hidden = [each for each in parts if each.is_hidden and each.figure.answered]
    if len(hidden) != 1 or len(parts) < 2:
        return parts
    shown = [each for each in parts if not each.is_hidden]
    if not shown:
        return parts
    least = min(shown, key=lambda each: each.figure.answered)
    return [types.Part(name=each.name, figure=each.figure, is_hidden=each.is_hidden or each is least) for each in parts]


def _comments(actor: Actor, rows: "QuerySet[Invitation]") -> tuple[types.Comment, ...]:
    """Return the latest words on tickets the actor may read. One query."""
    readable = scope.visible_tickets(actor=actor).filter(pk=OuterRef("ticket"))
    said = rows.filter(Exists(readable), answered_at__isnull=False).exclude(answers={})
    latest = said.select_related("ticket").order_by("-answered_at", "-pk")[:MOST_COMMENTS]
    return tuple(
        types.Comment(at=row.answered_at, score=row.score, words=words_of(row), number=row.ticket.number)
        for row in latest
        if row.answered_at is not None and row.score is not None and words_of(row)
    )


def words_of(row: Invitation) -> str:
    """Return everything a customer wrote or chose beside the score."""
    return "; ".join(str(value) for value in row.answers.values() if str(value).strip())
