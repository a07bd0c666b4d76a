"""Whether promises are kept, and what needs somebody now."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Clock, ComfortCheck, Escalation, Promise, Referral, Ticket
from wellserved.apps.desk.queries import lists, scope
from wellserved.apps.desk.queries.complaints.attention import attention as complaint_attention
from wellserved.apps.desk.types.updates import UNEASY
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform import clock
from wellserved.platform.origin import in_world
from wellserved.science.statistics import wilson

DAYS, WEEKS = 30, 26
_CACHE_SECONDS = 5
# Evidence names at most this many tickets; beyond it a count reads "100+".
_LOOKED_AT = 101

# (day, metric, kept?, number of promises decided): in this order one index answers without sorting.
Tally = tuple[dt.date, str, bool, int]


def promise_summary(*, actor: Actor, now: dt.datetime) -> types.PromiseSummary:
    """Return kept promises of the last 30 days and 26 weeks, and what is open now. At most eight queries.

    Figures of the past are remembered for five seconds unless a clock is written meanwhile.
    """
    tallies = _tallies(actor, now)
    book = standards.policy_book(world=actor.world)
    aims = standards.aims(book, at=now)
    found = (_metric(metric, tallies, aims.get(metric), now) for metric in METRIC_LABELS)
    metrics = tuple(metric for metric in found if metric.total or any(week.total for week in metric.weeks))
    kept, total = sum(m.kept for m in metrics), sum(m.total for m in metrics)
    counts = _open_counts(actor, now)
    return types.PromiseSummary(
        metrics=metrics,
        kept=kept,
        total=total,
        share=kept / total if total else None,
        overdue=counts["overdue"],
        due_within_hour=counts["due_soon"],
        unassigned=counts["unassigned"],
        open=counts["all_open"],
        policies=len(book.policies),
        at=now,
    )


def _open_counts(actor: Actor, now: dt.datetime) -> dict[str, int]:
    rows = scope.tickets_in_reach(actor=actor).order_by()
    return {
        view: rows.filter(lists.view_filter(view, actor=actor, now=now))[: types.COUNT_CAP + 1].count()
        for view in ("overdue", "due_soon", "unassigned", "all_open")
    }


def _tallies(actor: Actor, now: dt.datetime) -> list[Tally]:
    newest = Clock.objects.aggregate(newest=Max("pk"))["newest"]
    reach = "all" if actor.sees_all_teams else "-".join(map(str, sorted(actor.team_ids)))
    key = f"desk.tallies.{actor.world}.{reach}.{newest}.{int(now.timestamp()) // _CACHE_SECONDS}"
    known: list[Tally] | None = cache.get(key)
    if known is None:
        known = _count_tallies(actor, now)
        cache.set(key, known, _CACHE_SECONDS)
    return known


def _count_tallies(actor: Actor, now: dt.datetime) -> list[Tally]:
    rows = in_world(Clock.objects.all(), actor.world).filter(decided_on__gte=_first_monday(now), decided_at__lte=now)
    if not actor.sees_all_teams:
        rows = rows.filter(queue__in=scope.visible_queues(actor=actor))
    return list(rows.order_by().values_list("decided_on", "metric", "is_kept").annotate(n=Count("pk")))


def _first_monday(now: dt.datetime) -> dt.date:
    today = clock.day_of(now)
    return today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)


def _metric(metric: str, tallies: Iterable[Tally], aim: float | None, now: dt.datetime) -> types.PromiseMetric:
    mine = [(day, is_kept, n) for day, name, is_kept, n in tallies if name == metric]
    since = clock.day_of(now) - dt.timedelta(days=DAYS - 1)
    kept = sum(n for day, is_kept, n in mine if is_kept and day >= since)
    total = sum(n for day, _, n in mine if day >= since)
    interval = wilson(kept, total) if total else None
    return types.PromiseMetric(
        metric=metric,
        label=METRIC_LABELS[metric],
        kept=kept,
        total=total,
        share=kept / total if total else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        target=aim,
        weeks=tuple(_weeks(mine, now)),
    )


def _weeks(mine: list[tuple[dt.date, bool, int]], now: dt.datetime) -> Iterable[types.WeekPoint]:
    first = _first_monday(now)
    for week in range(WEEKS):
        starts = first + dt.timedelta(weeks=week)
        inside = [(is_kept, n) for day, is_kept, n in mine if starts <= day < starts + dt.timedelta(weeks=1)]
        yield types.WeekPoint(
            starts_on=starts, kept=sum(n for is_kept, n in inside if is_kept), total=sum(n for _, n in inside)
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Want:
    """One reason to look, its words for one ticket and for many, and where to go."""

    kind: str
    rows: QuerySet[Ticket]
    one: str
    many: str
    url: str
    button: str
    severity: int


def attention(*, actor: Actor, now: dt.datetime, limit: int = 8) -> tuple[types.AttentionItem, ...]:
    """Return what needs somebody now, the most serious first, each with its evidence. Eleven queries."""
    found = [_item(want) for want in _wants(actor, now)]
    items = [*(item for item in found if item is not None), *complaint_attention(actor=actor, now=now)]
    return tuple(sorted(items, key=lambda item: (item.severity, -item.count))[:limit])


def _wants(actor: Actor, now: dt.datetime) -> list[_Want]:
    rows = scope.tickets_in_reach(actor=actor)
    return [*_broken(rows, now), *_called_for(rows, actor, now), *_waiting(rows, now)]


def _broken(rows: QuerySet[Ticket], now: dt.datetime) -> list[_Want]:
    """Return what has gone past its time already."""
    is_open = Q(act_by__isnull=False)
    promised = Promise.objects.filter(state=Promise.State.OPEN, due_at__lte=now).values("ticket")
    uneasy = ComfortCheck.objects.filter(answer__in=UNEASY, settled_at=None)
    return [
        _Want(
            kind="overdue",
            rows=rows.filter(act_by__lte=now),
            one="One ticket is past its due time.",
            many="{n} tickets are past their due time.",
            url="/inbox?view=overdue",
            button="Open overdue",
            severity=1,
        ),
        _Want(
            kind="broken_promise",
            rows=rows.filter(is_open, pk__in=promised),
            one="A commitment to a customer has passed its time.",
            many="Commitments on {n} tickets have passed their time.",
            url="/promises-due?view=all&show=missed",
            button="Open the missed",
            severity=1,
        ),
        _Want(
            kind="not_comfortable",
            rows=rows.filter(pk__in=uneasy.values("ticket")),
            one="One customer is not comfortable with what we do.",
            many="{n} customers are not comfortable with what we do.",
            url="/inbox?view=all_open",
            button="Speak to them",
            severity=1,
        ),
    ]


def _called_for(rows: QuerySet[Ticket], actor: Actor, now: dt.datetime) -> list[_Want]:
    """Return what was referred or escalated to somebody who has not looked."""
    referred = Referral.objects.filter(asked_of=actor.user_id, closed_at=None)
    escalated = Escalation.objects.filter(
        fired_at__gte=now - dt.timedelta(days=7), level__gt=0, level__lt=Escalation.FIRST_WARNING, seen_at=None
    )
    return [
        _Want(
            kind="referred",
            rows=rows.filter(pk__in=referred.values("ticket")),
            one="One matter waits for your answer.",
            many="{n} matters wait for your answer.",
            url="/referrals?view=mine",
            button="Answer",
            severity=2,
        ),
        _Want(
            kind="escalated",
            rows=rows.filter(act_by__isnull=False, pk__in=escalated.values("ticket")),
            one="One ticket was escalated this week and nobody has looked.",
            many="{n} tickets were escalated this week and nobody has looked.",
            url="/inbox?view=overdue",
            button="Look at them",
            severity=1,
        ),
    ]


def _waiting(rows: QuerySet[Ticket], now: dt.datetime) -> list[_Want]:
    """Return what nobody has taken, answered or heard of."""
    is_open = Q(act_by__isnull=False)
    silent = Q(status=types.Status.WAITING_CUSTOMER, last_message_at__lte=now - dt.timedelta(days=14))
    answerable = is_open & Q(kind=types.Kind.COMPLAINT, first_replied_at=None)
    return [
        _Want(
            kind="complaint_unanswered",
            rows=rows.filter(answerable),
            one="One complaint has had no reply yet.",
            many="{n} complaints have had no reply yet.",
            url="/inbox?view=complaints",
            button="Open complaints",
            severity=2,
        ),
        _Want(
            kind="due_unassigned",
            rows=rows.filter(act_by__gt=now, act_by__lte=now + lists.SOON, assignee=None),
            one="One ticket is due within the hour and nobody has it.",
            many="{n} tickets are due within the hour and nobody has them.",
            url="/inbox?view=due_soon",
            button="Assign them",
            severity=2,
        ),
        _Want(
            kind="at_risk",
            rows=rows.filter(at_risk_from__lte=now, act_by__gt=now),
            one="One ticket is likely to break its promise unless somebody acts.",
            many="{n} tickets are likely to break their promise unless somebody acts.",
            url="/inbox?view=at_risk",
            button="See why",
            severity=2,
        ),
        _Want(
            kind="unassigned",
            rows=rows.filter(is_open, assignee=None),
            one="One open ticket has nobody.",
            many="{n} open tickets have nobody.",
            url="/inbox?view=unassigned",
            button="Open unassigned",
            severity=3,
        ),
        _Want(
            kind="silent_customer",
            rows=rows.filter(silent),
            one="One customer has not answered for two weeks.",
            many="{n} customers have not answered for two weeks.",
            url="/inbox?view=waiting_customer",
            button="Ask or close",
            severity=3,
        ),
    ]


def _item(want: _Want) -> types.AttentionItem | None:
    numbers = list(want.rows.order_by("act_by", "pk").values_list("number", flat=True)[:_LOOKED_AT])
    if not numbers:
        return None
    shown = f"{_LOOKED_AT - 1}+" if len(numbers) == _LOOKED_AT else str(len(numbers))
    return types.AttentionItem(
        kind=want.kind,
        sentence=want.one if len(numbers) == 1 else want.many.format(n=shown),
        evidence=", ".join(f"#{number}" for number in numbers[:3]) + (" and others" if len(numbers) > 3 else ""),
        count=len(numbers),
        url=want.url,
        button=want.button,
        severity=want.severity,
    )
