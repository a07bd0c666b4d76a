"""What a policy may hold, and who may write one."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.types import CONDITION_FIELDS, HOW, METRIC_LABELS, TELL_LABELS
from wellserved.platform.errors import Invalid, Refused

TELL = tuple(TELL_LABELS)
REOPEN = ("resume", "restart")
MAX_TARGET_SECONDS = 10 * 366 * 86_400
MAX_LEVELS = 40
_TARGET_KEYS = frozenset(
    {"metric", "priority", "seconds", "calendar", "pause_on", "pause_reasons", "warn_before", "reopen", "aim"}
)
# What would break a line of text or a database: control characters, halves of a letter, separators of lines.
_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
_WAITING = ("waiting_customer", "waiting_supplier", "waiting_other")


def require_edit(actor: Actor) -> None:
    """Let only those change what is promised whose role it is."""
    if not actor.can(accounts_policies.EDIT_STANDARDS):
        raise Refused(
            "Your role reads the standards; a manager or administrator changes them.", code="may_not_edit_standards"
        )


def require_read(actor: Actor) -> None:
    """Let staff read what is promised."""
    if not actor.can(accounts_policies.READ_STANDARDS):
        raise Refused("The standards are for staff; ask the service what it promises.", code="may_not_read_standards")


def read_conditions(given: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the conditions with every value in a list, or say which field a policy cannot ask about."""
    unknown = sorted(set(given) - set(CONDITION_FIELDS))
    if unknown:
        raise Invalid(
            f"A policy cannot ask about {', '.join(unknown)}; it can ask about {', '.join(CONDITION_FIELDS)}.",
            code="unknown_condition",
        )
    listed = {field: list(v) if isinstance(v, list | tuple | set) else [v] for field, v in given.items()}
    return {field: _read_values(field, values) for field, values in listed.items() if values}


def _read_values(field: str, values: list[Any]) -> list[Any]:
    """Return the values each once and in order, so that one condition is written in one way only."""
    if any(not isinstance(value, str | int) for value in values) or len({type(value) for value in values}) > 1:
        raise Invalid(
            f"The {CONDITION_FIELDS[field]} is compared with texts, with whole numbers or with true and false.",
            code="condition_value",
        )
    return sorted(set(values))


def read_targets(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the targets with every field present, or say what is wrong with the first that is not usable."""
    targets = [_read_target(dict(target)) for target in given]
    if not targets:
        raise Invalid("A policy needs at least one target, such as a first reply.", code="no_target")
    seen: set[tuple[str, int | None]] = set()
    for target in targets:
        key = (target["metric"], target["priority"])
        if key in seen:
            raise Invalid(f"{METRIC_LABELS[key[0]]} has two targets for the same priority; keep one.", code="twice")
        seen.add(key)
    return targets


def _read_target(target: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(target) - _TARGET_KEYS):
        raise Invalid(f"A target has no {', '.join(unknown)}; it has {', '.join(sorted(_TARGET_KEYS))}.", code="target")
    metric, seconds = target.get("metric"), target.get("seconds")
    if metric not in METRIC_LABELS:
        raise Invalid(f"There is no target called {metric}; use one of {', '.join(METRIC_LABELS)}.", code="metric")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 1 <= seconds <= MAX_TARGET_SECONDS:
        raise Invalid(
            f"{METRIC_LABELS[metric]}: give a whole number of seconds from 1 to {MAX_TARGET_SECONDS:,} (ten years).",
            code="seconds",
        )
    if not isinstance(target.get("calendar"), int):
        raise Invalid(f"{METRIC_LABELS[metric]}: choose the calendar it counts in.", code="calendar")
    if target.get("priority") not in {None, 1, 2, 3, 4}:
        raise Invalid("A target's priority is 1 to 4, or none for every priority.", code="priority")
    reopen = target.get("reopen") or "resume"
    if reopen not in REOPEN:
        raise Invalid("After a reopening a target resumes or restarts.", code="reopen")
    pause_on = list(target.get("pause_on") or [])
    if stray := sorted(set(pause_on) - set(_WAITING)):
        raise Invalid(f"A target pauses on {', '.join(_WAITING)}, not on {', '.join(stray)}.", code="pause_on")
    aim = target.get("aim")
    if aim is not None and not 0 < aim <= 1:
        raise Invalid("The share aimed at lies above 0 and at most at 1.", code="aim")
    return {
        "metric": metric,
        "priority": target.get("priority"),
        "seconds": seconds,
        "calendar": target["calendar"],
        "pause_on": [status for status in _WAITING if status in pause_on],
        "pause_reasons": _read_reasons(target.get("pause_reasons")),
        "warn_before": _read_warnings(target.get("warn_before"), seconds),
        "reopen": reopen,
        "aim": aim,
    }


def _read_reasons(given: Any) -> list[str]:
    reasons = [str(reason).strip() for reason in given or ()]
    if any(unicodedata.category(letter) in _UNSAFE for reason in reasons for letter in reason):
        raise Invalid("A reason that pauses is one line of text.", code="pause_reasons")
    return [reason for reason in reasons if reason]


def _read_warnings(given: Any, seconds: int) -> list[int]:
    listed = [] if given is None else given if isinstance(given, list | tuple) else [given]
    if any(not isinstance(w, int) or not 0 < w < seconds for w in listed) or len(listed) > MAX_LEVELS:
        raise Invalid("A warning comes some seconds before the due time and after the start.", code="warn_before")
    return sorted(set(listed), reverse=True)


def read_escalation(given: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the ladder in order of level, or say what is wrong with its first unusable step."""
    shortest: dict[str, int] = {}
    for target in targets:
        shortest[target["metric"]] = min(target["seconds"], shortest.get(target["metric"], MAX_TARGET_SECONDS))
    steps = [_read_step(dict(step), shortest) for step in given]
    keys = [(step["metric"], step["level"]) for step in steps]
    if len(keys) != len(set(keys)):
        raise Invalid("Each level of a ladder stands once for each target.", code="level_twice")
    return sorted(steps, key=lambda step: (step["metric"], step["level"]))


def _read_step(step: dict[str, Any], shortest: Mapping[str, int]) -> dict[str, Any]:
    metric, level, tell = step.get("metric"), step.get("level"), step.get("tell")
    before, after = step.get("before_seconds"), step.get("after_seconds")
    if metric not in shortest:
        raise Invalid(f"The ladder speaks of {metric}, for which this policy has no target.", code="step_metric")
    if not isinstance(level, int) or not 1 <= level <= MAX_LEVELS:
        raise Invalid(f"A level is a number from 1 to {MAX_LEVELS}.", code="level")
    if tell not in TELL:
        raise Invalid(f"Tell one of {', '.join(TELL)}, not {tell}.", code="tell")
    if (before is None) == (after is None):
        raise Invalid("Give each level either seconds before or seconds after the due time.", code="offset")
    offset = before if before is not None else after
    if not isinstance(metric, str) or not isinstance(offset, int) or not 0 <= offset <= MAX_TARGET_SECONDS:
        raise Invalid(f"An offset is 0 to {MAX_TARGET_SECONDS:,} seconds.", code="offset")
    if before is not None and before >= shortest[metric]:
        raise Invalid("A level before the due time comes after the clock has started.", code="offset")
    how = step.get("how") or HOW[0]
    if how not in HOW:
        raise Invalid(f"A level tells by {' or '.join(HOW)}, not by {how}.", code="how")
    # Nothing before and nothing after the due time are the same moment.
    side = "before_seconds" if before else "after_seconds"
    return {"metric": metric, "level": level, side: offset, "tell": tell, "how": how}
