"""What would have been kept: targets not yet in force, tried on tickets already resolved."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, types
from wellserved.apps.desk.models import TicketEvent
from wellserved.apps.desk.queries import scope
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import OUTCOME, REPLY_METRICS
from wellserved.science import calendars
from wellserved.science.statistics import wilson

MOST_TICKETS = 2000
DAYS = 90
_LOOKUPS = {
    "priority": "priority__in",
    "kind": "kind__in",
    "queue": "queue__in",
    "channel": "channel__in",
    "customer": "customer__in",
    "organisation": "customer__organisation__in",
    "product": "product__in",
    "place": "place__in",
    "tag": "tags__in",
    "internal": "customer__is_internal__in",
}


def preview_policy(
    *,
    actor: Actor,
    targets: Sequence[Mapping[str, Any]],
    conditions: Mapping[str, Sequence[Any]],
    calendar_spec: Mapping[str, Any] | None = None,
    now: dt.datetime,
) -> types.PolicyPreview:
    """Return the share of the last 90 days' resolved tickets that would have met each target. Four queries.

    Every ticket is counted up to 2,000; of more, every k-th by id is, so that the answer is the same each time.
    `calendar_spec` stands for every target's calendar, to try hours not yet saved.
    """
    found = try_on_the_past(actor=actor, targets=targets, conditions=conditions, calendar_spec=calendar_spec, now=now)
    return types.PolicyPreview(
        metrics=tuple(
            _metric(metric, priority, [kept for _, kept in decided])
            for (metric, priority), decided in found.decided.items()
        ),
        sampled=found.sampled,
        matching=found.matching,
        since=found.since,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """For each target, when each of its clocks would have been decided and whether kept."""

    decided: dict[tuple[str, int | None], list[tuple[dt.datetime, bool]]]
    sampled: int
    matching: int
    since: dt.datetime


def try_on_the_past(
    *,
    actor: Actor,
    targets: Sequence[Mapping[str, Any]],
    conditions: Mapping[str, Sequence[Any]],
    calendar_spec: Mapping[str, Any] | None = None,
    now: dt.datetime,
) -> Trials:
    """Return what each clock of the last 90 days' resolved tickets would have become under these targets."""
    since = now - dt.timedelta(days=DAYS)
    rows = scope.tickets_in_reach(actor=actor).filter(resolved_at__gt=since, resolved_at__lte=now)
    wanted = Q(**{_LOOKUPS[field]: list(values) for field, values in conditions.items() if values})
    priorities = dict(rows.filter(wanted).order_by("pk").values_list("pk", "priority"))
    step = -(-len(priorities) // MOST_TICKETS) or 1
    sample = list(priorities)[::step]
    trial = standards.trial_policies(actor=actor, targets=targets, calendar_spec=calendar_spec)
    rules = adapters.Rules(policies=trial.policies, calendars=trial.calendars, ladders={})
    decided: dict[tuple[str, int | None], list[tuple[dt.datetime, bool]]] = {key: [] for key in trial.metrics}
    for ticket_id, events in _events(sample):
        priority = priorities[ticket_id]
        for state in _try(events, f"trial/{priority}", rules, now):
            key = trial.target_of(state.metric.value, priority)
            if state.state != "cancelled" and key is not None:
                at = state.breached_at or state.stopped_at or now
                decided[key].append((at, state.breached_at is None))
    return Trials(decided=decided, sampled=len(sample), matching=len(priorities), since=since)


def _events(sample: list[int]) -> list[tuple[int, list[TicketEvent]]]:
    told: dict[int, list[TicketEvent]] = {}
    for first in range(0, len(sample), 500):
        rows = TicketEvent.objects.filter(ticket__in=sample[first : first + 500]).order_by("ticket_id", "order")
        for row in rows.only("ticket_id", "order", "kind", "at", "status", "reason", "policy", "detail"):
            told.setdefault(row.ticket_id, []).append(row)
    return list(told.items())


def _try(
    events: list[TicketEvent], key: str, rules: adapters.Rules, now: dt.datetime
) -> tuple[calendars.ClockState, ...]:
    is_outcome_only = events[0].policy.endswith(f"/{OUTCOME}")
    for row in events:
        row.policy = key if row.kind == calendars.EventKind.OPENED else ""
    clocks = adapters.replay(events, rules=rules, until=now).clocks
    return tuple(state for state in clocks if not is_outcome_only or state.metric.value not in REPLY_METRICS)


def _metric(metric: str, priority: int | None, kept: list[bool]) -> types.MetricPreview:
    total = len(kept)
    interval = wilson(sum(kept), total) if total else None
    return types.MetricPreview(
        metric=metric,
        priority=priority,
        kept=sum(kept),
        total=total,
        share=sum(kept) / total if total else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )
