"""How a procedure does on real tickets, and how replies sound under a guideline."""

import statistics
from collections import Counter

from django.db.models import Count, Exists, F, OuterRef, Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, tone
from wellserved.apps.desk.models import ProcedureRun, ProcedureStep, ReplyTone, TicketEvent
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types import Status
from wellserved.apps.desk.types.knowledge import Content, Effectiveness, RunState, Sound, StepState
from wellserved.science.calendars import EventKind
from wellserved.science.statistics import wilson

_OVER = [Status.RESOLVED, Status.CLOSED]


def effectiveness(*, actor: Actor, guideline_id: int) -> Effectiveness:
    """Return the figures of all runs of a procedure: tickets, median time, tickets open again after it.

    A ticket counts as opened again when it was reopened, or its customer wrote after it was over, once a run was
    completed; the interval is Wilson's, at 95 %. The skips name the steps of the version in force. Four queries.
    """
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    woken = Q(kind=EventKind.REOPENED) | Q(
        kind=EventKind.CUSTOMER_MESSAGE, status=Status.OPEN, detail__changes__status__0__in=_OVER
    )
    back = TicketEvent.objects.filter(woken, ticket=OuterRef("ticket"), at__gte=OuterRef("ended_at")).exclude(
        detail__has_key=adapters.CALLED_BACK
    )
    runs = list(
        ProcedureRun.objects.filter(guideline=row)
        .annotate(came_back=Exists(back))
        .values_list("ticket", "state", "started_at", "ended_at", "came_back")
    )
    done = [run for run in runs if run[1] == RunState.COMPLETED]
    taken = [(ended - started).total_seconds() for _, _, started, ended, _ in done if ended]
    closed = {run[0] for run in done}
    again = {run[0] for run in done if run[4]}
    interval = wilson(len(again), len(closed)) if closed else None
    return Effectiveness(
        tickets=len({run[0] for run in runs}),
        running=sum(run[1] == RunState.RUNNING for run in runs),
        completed=len(closed),
        stopped=sum(run[1] == RunState.STOPPED for run in runs),
        median_seconds=round(statistics.median(taken)) if taken else None,
        reopened=len(again),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        skips=_skips(row.pk, Content.from_data(row.current.content) if row.current else Content()),
    )


def sound(*, actor: Actor, guideline_id: int) -> Sound:
    """Return how the replies sounded that were written while a version of this was in force. Two queries."""
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    rows = ReplyTone.objects.filter(message__guidelines__version__guideline=row).order_by()
    missed: Counter[str] = Counter()
    total = whole = 0
    # One row for each sort of reply, of which there are at most 2 to the number of marks.
    for marks, count in rows.values_list("missed").annotate(n=Count("message", distinct=True)):
        total += count
        whole += 0 if marks else count
        missed.update(dict.fromkeys(filter(None, marks.split(",")), count))
    interval = wilson(whole, total) if total else None
    return Sound(
        replies=total,
        whole=whole,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        missed=tuple((tone.MARKS[mark], count) for mark, count in missed.most_common()),
    )


def _skips(guideline_id: int, content: Content) -> tuple[tuple[str, int, int], ...]:
    """Return each step of the version in force that was skipped: its title, how often, and of how many."""
    rows = ProcedureStep.objects.filter(run__guideline=guideline_id, run__version=F("run__guideline__current"))
    settled: Counter[int] = Counter()
    skipped: Counter[int] = Counter()
    for order, state in rows.values_list("order", "state"):
        settled[order] += 1
        skipped[order] += state == StepState.SKIPPED
    return tuple(
        (title, skipped[order], settled[order])
        for order, (title, _) in enumerate(content.steps, start=1)
        if skipped[order]
    )
