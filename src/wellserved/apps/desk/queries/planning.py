"""What past weeks say to whoever plans: what is ordinary, how much work a person had, what service costs."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Iterable

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock, Message
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Kind, MessageKind
from wellserved.apps.people import queries as people
from wellserved.apps.standards.types.plans import Costs
from wellserved.apps.standards.types.resources import Load
from wellserved.apps.standards.types.targets import Baseline
from wellserved.platform.origin import in_world
from wellserved.science.statistics import p_chart

WEEKS = 26
# A past week counts as alike when a person had about as much to do: a tenth more or less.
ALIKE = 0.1
ENOUGH_WEEKS = 3


def baseline(*, actor: Actor, measure: str, team_id: int | None = None, now: dt.datetime) -> Baseline | None:
    """Return between which shares ordinary weeks lie, of all or of a team's queues, None of nothing. One query.

    Only whole weeks count; the limits are those of a control chart at the mean number of cases a week.
    """
    weeks = [week for week in _kept(actor, measure, team_id, now) if week[2]]
    if not weeks:
        return None
    kept, total = [week[1] for week in weeks], [week[2] for week in weeks]
    chart = p_chart(kept, total)
    lower, upper = chart.limits(sum(total) / len(total))
    return Baseline(
        weeks=len(weeks),
        cases=sum(total),
        mean=round(chart.centre, 4),
        lower=round(max(0.0, lower), 4),
        upper=round(min(1.0, upper), 4),
    )


def _kept(actor: Actor, measure: str, team_id: int | None, now: dt.datetime) -> list[tuple[dt.date, int, int]]:
    monday = now.date() - dt.timedelta(days=now.date().weekday())
    rows = in_world(Clock.objects.all(), actor.world).filter(
        metric=measure, decided_on__gte=monday - dt.timedelta(weeks=WEEKS), decided_on__lt=monday
    )
    if team_id is not None:
        rows = rows.filter(queue__team=team_id)
    if not actor.sees_all_teams:
        rows = rows.filter(queue__in=scope.visible_queues(actor=actor))
    grouped = rows.order_by().values_list("decided_on").annotate(n=Count("pk"), met=Count("pk", filter=Q(is_kept=True)))
    weeks: dict[dt.date, tuple[int, int]] = {}
    for day, count, met in grouped:
        start = day - dt.timedelta(days=day.weekday())
        before = weeks.get(start, (0, 0))
        weeks[start] = (before[0] + met, before[1] + count)
    return [(start, *weeks[start]) for start in sorted(weeks)]


def loads(*, actor: Actor, measure: str, now: dt.datetime) -> tuple[Load, ...]:
    """Return, for each whole past week, how many people answered how many tickets and what was kept. Two queries."""
    monday = now.date() - dt.timedelta(days=now.date().weekday())
    first = dt.datetime.combine(monday - dt.timedelta(weeks=WEEKS), dt.time.min, tzinfo=dt.UTC)
    until = dt.datetime.combine(monday, dt.time.min, tzinfo=dt.UTC)
    replies = in_world(Message.objects.all(), actor.world).filter(
        kind=MessageKind.REPLY, author__isnull=False, sent_at__gte=first, sent_at__lt=until
    )
    by_week = replies.annotate(week=TruncWeek("sent_at", tzinfo=dt.UTC)).order_by().values("week")
    counted = by_week.annotate(people=Count("author", distinct=True), tickets=Count("ticket", distinct=True))
    worked = {row["week"].date(): (row["people"], row["tickets"]) for row in counted}
    return tuple(
        Load(starts_on=start, people=worked[start][0], tickets=worked[start][1], kept=kept, due=total)
        for start, kept, total in _kept(actor, measure, None, now)
        if start in worked
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What so many more people would mean, by weeks in which a person had as much to do as she would have then."""

    people_now: float
    people_then: float
    load_then: float
    weeks: int
    kept: int
    due: int

    @property
    def share(self) -> float | None:
        """Return what those weeks kept, None where there are too few to say."""
        return self.kept / self.due if self.weeks >= ENOUGH_WEEKS and self.due else None


def prospect(*, past: Iterable[Load], more: float) -> Prospect | None:
    """Return what the past lets one expect of `more` people, None where it has no week of work at all.

    Eight weeks give the people and tickets of now; a week is alike when the tickets a person had lie within a tenth.

    >>> past = [Load(starts_on=dt.date(2026, 1, 5), people=4, tickets=400, kept=80, due=100)] * 8
    >>> prospect(past=past, more=0).share
    0.8
    >>> prospect(past=past, more=4).share is None
    True
    """
    weeks = [week for week in past if week.people]
    if not weeks:
        return None
    recent = weeks[-8:]
    now = sum(week.people for week in recent) / len(recent)
    tickets = sum(week.tickets for week in recent) / len(recent)
    then = max(now + more, 1.0)
    load = tickets / then
    alike = [week for week in weeks if abs(week.tickets / week.people - load) <= load * ALIKE]
    return Prospect(
        people_now=now,
        people_then=then,
        load_then=load,
        weeks=len(alike),
        kept=sum(week.kept for week in alike),
        due=sum(week.due for week in alike),
    )


def costs(*, actor: Actor, spent: decimal.Decimal, since: dt.datetime, until: dt.datetime) -> Costs:
    """Return contacts, complaints and what was granted between two moments, beside what was spent. Two queries."""
    tickets = scope.tickets_in_reach(actor=actor).filter(opened_at__gte=since, opened_at__lt=until)
    found = tickets.aggregate(contacts=Count("pk"), complaints=Count("pk", filter=Q(kind=Kind.COMPLAINT)))
    return Costs(
        contacts=found["contacts"],
        complaints=found["complaints"],
        remedies=people.granted_to_customers(actor=actor, since=since, until=until),
        spent=spent,
    )
