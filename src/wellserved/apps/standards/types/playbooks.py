"""Triggers in words, and steps as a row keeps them."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from wellserved.apps.standards.types.risks import MEASURES, RULES, SHARES, Step


def say_trigger(trigger: Mapping[str, Any]) -> str:
    """Return a trigger in words.

    >>> say_trigger({"measure": "overdue", "rule": "above", "value": 20, "for_minutes": 30})
    'Tickets past their due time rises above 20 for 30 minutes'
    """
    if not trigger:
        return "Started by hand"
    if "event" in trigger:
        return f"When {trigger['event'].replace('.', ': ').replace('_', ' ')}"
    if "staffing_gap" in trigger:
        return f"{trigger['staffing_gap']} people short of the rota; waits for staffing figures"
    measure, rule, value = trigger["measure"], trigger["rule"], trigger["value"]
    minutes = trigger.get("for_minutes", 0)
    shown = f"{value:.0%}" if measure in SHARES and rule != "runs" else f"{value:g}"
    held = f" for {minutes} minutes" if minutes else ""
    words = f"{MEASURES[measure]} {RULES[rule]}"
    return f"{words} {shown}{held}" if rule != "runs" else f"{words}: {shown} in a row{held}"


def steps_as_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return steps as a row keeps them."""
    return [dataclasses.asdict(step) for step in steps]


def steps_from_data(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return steps as a row kept them."""
    return tuple(
        Step(what=row["what"], role=row["role"], minutes=row["minutes"], message=row["message"]) for row in rows
    )
