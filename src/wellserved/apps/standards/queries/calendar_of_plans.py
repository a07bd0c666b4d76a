"""When a plan wants something done or looked at, and what became of it: worked out, never kept."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wellserved.apps.standards import models
from wellserved.apps.standards.types.plans import FREQUENCIES, Content, Monitor, Occasion, PlanRow

# Reviews further back than this no longer come up.
LOOK_BACK = dt.timedelta(days=400)


def occasions(
    *,
    plan: PlanRow,
    content: Content | None,
    marks: Iterable[models.Mark],
    names: Mapping[int, str],
    today: dt.date,
) -> tuple[Occasion, ...]:
    """Return the actions and reviews of what was agreed, by day; of each review only the next one ahead.

    A review is done when somebody looked before the next was due, late when after, missed when nobody did.
    """
    if content is None:
        return ()
    made = {(mark.kind, mark.key, mark.on): mark for mark in marks}
    found = [
        Occasion(
            plan_id=plan.id,
            plan=plan.name,
            kind="action",
            key=action.key,
            what=action.what,
            person_id=action.owner_id,
            person=names.get(action.owner_id, ""),
            on=action.due_on,
            **_became(made.get(("action", action.key, action.due_on)), action.due_on, None, today),
        )
        for action in content.actions
    ]
    for monitor in content.monitoring:
        step = dt.timedelta(days=FREQUENCIES[monitor.every][1])
        found += [
            Occasion(
                plan_id=plan.id,
                plan=plan.name,
                kind="review",
                key=monitor.key,
                what=monitor.what,
                person_id=monitor.reviewer_id,
                person=names.get(monitor.reviewer_id, ""),
                on=day,
                **_became(made.get(("review", monitor.key, day)), day, day + step, today),
            )
            for day in _days(monitor, step, plan.ends_on, today)
        ]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.key)))


def _days(monitor: Monitor, step: dt.timedelta, ends_on: dt.date, today: dt.date) -> Iterator[dt.date]:
    day = monitor.starts_on
    if day < today - LOOK_BACK:
        day += step * ((today - LOOK_BACK - day) // step + 1)
    while day <= ends_on:
        yield day
        if day > today:
            return
        day += step


def _became(mark: models.Mark | None, on: dt.date, before: dt.date | None, today: dt.date) -> dict[str, Any]:
    if mark is not None:
        done = mark.done_at.date()
        on_time = done <= on if before is None else done < before
        return {"state": "done" if on_time else "late", "done_on": done, "note": mark.note}
    if before is not None and today >= before:
        return {"state": "missed"}
    return {"state": "due" if today >= on else "ahead"}


def share_on_time(found: Iterable[Occasion]) -> tuple[int, int]:
    """Return how many reviews were done in time, of how many that have passed."""
    passed = [each for each in found if each.kind == "review" and each.state in {"done", "late", "missed"}]
    return sum(each.state == "done" for each in passed), len(passed)
