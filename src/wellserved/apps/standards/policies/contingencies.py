"""What a playbook may hold, and what its trigger says of a reading."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wellserved.apps.standards.types.risks import COUNTS, MEASURES, RULES, SHARES, Reading, Step
from wellserved.platform import events
from wellserved.platform.errors import Invalid
from wellserved.science.statistics import runs

MOST_STEPS = 20
LONGEST_WAIT_MINUTES = 7 * 24 * 60
# A share of fewer cases than this starts nothing: one late reply of one is no trend.
FEWEST_CASES = 10
_MEASURE_KEYS = frozenset({"measure", "rule", "value", "for_minutes"})


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a trigger says: whether it holds, None when nobody can tell yet, and the reading in words."""

    holds: bool | None
    words: str


def read_steps(given: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps in order, or say what is wrong with the first that is not usable."""
    steps = tuple(
        dataclasses.replace(step, what=step.what.strip(), role=step.role.strip(), message=step.message.strip())
        for step in given
    )
    if not steps or len(steps) > MOST_STEPS:
        raise Invalid(f"A playbook has 1 to {MOST_STEPS} steps.", code="playbook_steps", field="steps")
    for number, step in enumerate(steps, start=1):
        if not step.what or not step.role or len(step.what) > 300 or len(step.role) > 80 or len(step.message) > 1000:
            raise Invalid(
                f"Step {number}: say what is done (300 letters) and by which role (80); a message has up to 1,000.",
                code="playbook_step",
                field="steps",
            )
        if not 0 <= step.minutes <= LONGEST_WAIT_MINUTES:
            raise Invalid(
                f"Step {number}: give the minutes after activation, up to {LONGEST_WAIT_MINUTES:,} (a week).",
                code="playbook_minutes",
                field="steps",
            )
    return steps


def read_trigger(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trigger as data: a rule on a measure, a staffing gap, an event, or none for by hand."""
    if not given:
        return {}
    if "event" in given:
        return _read_event(given)
    if "staffing_gap" in given:
        gap = given["staffing_gap"]
        if set(given) != {"staffing_gap"} or not _is_whole(gap) or not 1 <= gap <= 1000:
            raise _bad("A staffing gap is a number of people from 1 to 1,000.")
        return {"staffing_gap": gap}
    return _read_measure(given)


def _read_event(given: Mapping[str, Any]) -> dict[str, Any]:
    name = given["event"]
    if set(given) != {"event"} or name not in events.type_registry:
        raise _bad("Name an event the product announces, such as standards.crisis_declared.")
    return {"event": name}


def _read_measure(given: Mapping[str, Any]) -> dict[str, Any]:
    if stray := sorted(set(given) - _MEASURE_KEYS):
        raise _bad(f"A trigger has no {', '.join(stray)}; it has {', '.join(sorted(_MEASURE_KEYS))}.")
    measure, rule, value = given.get("measure"), given.get("rule"), given.get("value")
    minutes = given.get("for_minutes", 0)
    if measure not in MEASURES:
        raise _bad(f"There is no measure called {measure}; use one of {', '.join(MEASURES)}.")
    if rule not in RULES:
        raise _bad(f"A rule is one of {', '.join(RULES)}.")
    if not _is_whole(minutes) or not 0 <= minutes <= LONGEST_WAIT_MINUTES:
        raise _bad("Give how long it must hold in whole minutes, up to a week.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad("Give the value as a number.")
    if rule == "runs" and (measure not in SHARES or value != int(value) or not 2 <= value <= 30):
        raise _bad("A rule of runs counts 2 to 30 days of a share that is kept.")
    if rule != "runs" and measure in SHARES and not 0 < value < 1:
        raise _bad("A share lies between 0 and 1, such as 0.8 for 80 %.")
    if rule != "runs" and measure in COUNTS and not 0 <= value <= 1_000_000:
        raise _bad("A count lies between 0 and 1,000,000.")
    return {"measure": measure, "rule": rule, "value": value, "for_minutes": minutes}


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bad(sentence: str) -> Invalid:
    return Invalid(sentence, code="playbook_trigger", field="trigger")


def judge(trigger: Mapping[str, Any], reading: Reading) -> Finding:
    """Return what a trigger on a measure says of a reading; a share of under ten cases says nothing."""
    measure, rule, value = trigger["measure"], trigger["rule"], trigger["value"]
    if rule == "runs":
        return _judge_runs(int(value), reading)
    if reading.value is None:
        return Finding(None, "There is no figure yet.")
    if reading.cases is not None and reading.cases < FEWEST_CASES:
        return Finding(None, f"Only {reading.cases} came due in 24 hours; fewer than {FEWEST_CASES} start nothing.")
    shown = f"{reading.value:.0%} of {reading.cases}" if reading.cases is not None else f"{reading.value:g}"
    holds = reading.value < value if rule == "below" else reading.value > value
    return Finding(holds, f"{MEASURES[measure]}: {shown}.")


def _judge_runs(length: int, reading: Reading) -> Finding:
    days = [(kept, total) for kept, total in reading.days if total]
    total = sum(total for _, total in days)
    if len(days) < 2 * length or not total:
        return Finding(None, f"A run of {length} days needs twice as many days with cases.")
    shares = np.array([kept / cases for kept, cases in days])
    centre = sum(kept for kept, _ in days) / total
    holds = bool(runs(shares, centre=centre, length=length)[-1] == -1)
    return Finding(holds, f"The last {length} days against a mean of {centre:.0%} over {len(days)} days.")


def has_held(*, since: dt.datetime, now: dt.datetime, for_minutes: int) -> bool:
    """Return whether a condition has held long enough."""
    return now - since >= dt.timedelta(minutes=for_minutes)
