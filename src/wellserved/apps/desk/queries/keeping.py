"""How far standards were kept, and would have been: shares with their base, by week, from the desk's own records."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncWeek

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock, TicketEvent
from wellserved.apps.desk.queries import preview, scope
from wellserved.apps.desk.types import Channel
from wellserved.apps.standards.queries import commitments
from wellserved.apps.standards.types.commitments import SCOPE_FIELDS, Answers, ClockKeys, Past, StandardRow, Week
from wellserved.apps.standards.types.measures import DESK, MEASURES
from wellserved.platform.origin import in_world
from wellserved.science.statistics import wilson

DAYS, WEEKS = 30, 26
# A case is given this long to be completed before it counts.
COMPLETED_WITHIN = dt.timedelta(days=30)
DIGITAL = (Channel.WEB, Channel.CHAT, Channel.EMAIL)

# Whose it is, the Monday when asked by week, how many were kept, of how many.
Counted = tuple[Any, dt.date | None, int, int]


def kept(*, actor: Actor, rows: Sequence[StandardRow], now: dt.datetime) -> dict[int, Past]:
    """Return how far each standard read from the desk was kept in the last 30 days. Four queries at most."""
    return kept_between(actor=actor, rows=rows, since=now - dt.timedelta(days=DAYS), until=now)


def kept_between(
    *, actor: Actor, rows: Sequence[StandardRow], since: dt.datetime, until: dt.datetime
) -> dict[int, Past]:
    """Return how far each standard read from the desk was kept in a stretch of time. Four queries at most."""
    counted = [*_of_clocks(actor, commitments.clock_keys(rows=rows), since.date(), until, by_week=False)]
    counted += _of_shares(actor, [(row.id, row.answers) for row in rows], since, until, by_week=False)
    return {row.id: past_of([each for each in counted if each[0] == row.id]) for row in rows}


def kept_by_week(*, actor: Actor, row: StandardRow, now: dt.datetime) -> Past:
    """Return how far one standard was kept in each of the last 26 weeks, the running one last. Three queries."""
    first = _first_monday(now, WEEKS)
    keys = commitments.clock_keys(rows=[row])
    counted = [*_of_clocks(actor, keys, first, now, by_week=True)]
    since = dt.datetime.combine(first, dt.time.min, tzinfo=dt.UTC)
    counted += _of_shares(actor, [(row.id, row.answers)], since, now, by_week=True)
    return past_of(counted, mondays=_mondays(now, WEEKS))


def would_have_met(*, actor: Actor, answers: Answers, now: dt.datetime) -> Past | None:
    """Return what the last 90 days would have kept of a standard not yet in force, None when the desk cannot say."""
    measure = MEASURES.get(answers.measure)
    if measure is None or DESK not in measure.sources:
        return None
    mondays = _mondays(now, preview.DAYS // 7 + 1)
    if measure.shape == "share":
        since = now - dt.timedelta(days=preview.DAYS)
        return past_of(_of_shares(actor, [(0, answers)], since, now, by_week=True), mondays=mondays)
    if not answers.seconds or not answers.calendar:
        return None
    version = commitments.calendar_version_for(actor=actor, calendar_id=answers.calendar, at=now)
    target = {
        "metric": answers.measure,
        "priority": None,
        "seconds": answers.seconds,
        "calendar": version.id,
        "pause_on": list(answers.pause_on),
    }
    found = preview.try_on_the_past(actor=actor, targets=[target], conditions=answers.conditions, now=now)
    decided = found.decided[answers.measure, None]
    return past_of([(0, _monday(at.date()), int(is_kept), 1) for at, is_kept in decided], mondays=mondays)


def past_of(counted: Iterable[Counted], *, mondays: Sequence[dt.date] = ()) -> Past:
    """Return counts as a share with its interval, and by week for these Mondays."""
    found = list(counted)
    met, total = sum(each[2] for each in found), sum(each[3] for each in found)
    interval = wilson(met, total) if total else None
    weeks: dict[dt.date | None, tuple[int, int]] = {}
    for _, monday, some, all_ in found:
        before = weeks.get(monday, (0, 0))
        weeks[monday] = (before[0] + some, before[1] + all_)
    return Past(
        kept=met,
        total=total,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        weeks=tuple(
            Week(starts_on=day, kept=weeks.get(day, (0, 0))[0], total=weeks.get(day, (0, 0))[1]) for day in mondays
        ),
    )


def _of_clocks(
    actor: Actor, wanted: Collection[ClockKeys], since: dt.date, now: dt.datetime, *, by_week: bool
) -> Iterable[Counted]:
    if not wanted:
        return
    rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=since, decided_at__lte=now, metric__in={each.metric for each in wanted}
    )
    if not actor.sees_all_teams:
        rows = rows.filter(queue__in=scope.visible_queues(actor=actor))
    owners = {(each.metric, key): each.standard_id for each in wanted for key in each.keys}
    fields = ("metric", "policy", "is_kept", *(("decided_on",) if by_week else ()))
    for metric, policy, is_kept, *day, count in rows.order_by().values_list(*fields).annotate(n=Count("pk")):
        if (metric, policy) in owners:
            monday = _monday(day[0]) if day else None
            yield owners[metric, policy], monday, count if is_kept else 0, count


def _of_shares(
    actor: Actor, wanted: Sequence[tuple[int, Answers]], since: dt.datetime, now: dt.datetime, *, by_week: bool
) -> list[Counted]:
    """Count the share measures of the desk. One query for each measure that is asked for."""
    found: list[Counted] = []
    for measure, condition, ago in (
        ("digital_take_up", Q(channel__in=DIGITAL), dt.timedelta()),
        ("completion", Q(resolved_at__lte=F("opened_at") + COMPLETED_WITHIN), COMPLETED_WITHIN),
    ):
        asked = [(pk, answers.conditions) for pk, answers in wanted if answers.measure == measure]
        if not asked:
            continue
        rows = scope.tickets_in_reach(actor=actor).filter(opened_at__gt=since - ago, opened_at__lte=now - ago)
        fields = [*SCOPE_FIELDS]
        if by_week:
            rows, fields = rows.annotate(week=TruncWeek("opened_at", tzinfo=dt.UTC)), [*fields, "week"]
        grouped = rows.order_by().values(*fields).annotate(n=Count("pk"), met=Count("pk", filter=condition))
        for group in grouped:
            monday = group["week"].date() if by_week else None
            found += [(pk, monday, group["met"], group["n"]) for pk, asks in asked if _holds(asks, group)]
    return found


def _holds(conditions: Mapping[str, Collection[Any]], group: Mapping[str, Any]) -> bool:
    return all(group[field] in values for field, values in conditions.items() if values)


def handed_over(*, actor: Actor, now: dt.datetime, days: int = 180) -> dict[str, Past]:
    """Return, for each word tickets were handed to a supplier with, how many came back in time. Two queries."""
    counted = _of_partners(actor, now, days)
    return {word: past_of([each for each in counted if each[0] == word]) for word in {each[0] for each in counted}}


def handed_over_by_week(*, actor: Actor, words: Collection[str], now: dt.datetime) -> Past:
    """Return how many tickets handed over with one of these words came back in time, by week. Two queries."""
    counted = [each for each in _of_partners(actor, now, WEEKS * 7) if each[0] in words]
    return past_of(counted, mondays=_mondays(now, WEEKS))


def _of_partners(actor: Actor, now: dt.datetime, days: int) -> list[Counted]:
    rows = in_world(Clock.objects.all(), actor.world).filter(
        decided_on__gte=(now - dt.timedelta(days=days)).date(), decided_at__lte=now, metric="supplier"
    )
    if not actor.sees_all_teams:
        rows = rows.filter(queue__in=scope.visible_queues(actor=actor))
    known = list(rows.order_by().values_list("ticket", "started_at", "decided_on", "is_kept"))
    handed = TicketEvent.objects.filter(ticket__in=rows.values("ticket"), kind="assigned_out")
    words = {(ticket, at): reason for ticket, at, reason in handed.values_list("ticket", "at", "reason")}
    return [
        (words.get((ticket, started), "").strip().lower(), _monday(day), int(is_kept), 1)
        for ticket, started, day, is_kept in known
        if day
    ]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _first_monday(now: dt.datetime, weeks: int) -> dt.date:
    return _monday(now.date()) - dt.timedelta(weeks=weeks - 1)


def _mondays(now: dt.datetime, weeks: int) -> tuple[dt.date, ...]:
    first = _first_monday(now, weeks)
    return tuple(first + dt.timedelta(weeks=at) for at in range(weeks))
