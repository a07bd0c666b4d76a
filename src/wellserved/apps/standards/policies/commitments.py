"""What a standard's answers may hold, before anybody asks whether they are enough."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from wellserved.apps.standards.policies.clocks import MAX_TARGET_SECONDS, read_conditions
from wellserved.apps.standards.types.commitments import AUDIENCES, SCOPE_FIELDS, Answers
from wellserved.apps.standards.types.measures import FREQUENCIES, MEASURES, SOURCES
from wellserved.platform.errors import Invalid

LONGEST = {"name": 120, "expectation": 500, "promise": 300, "agreed_with": 160, "legal_basis": 300}
_LARGEST_AMOUNT = 1_000_000
PAUSES = ("waiting_customer", "waiting_supplier", "waiting_other")


def read_answers(given: Mapping[str, Any]) -> Answers:
    """Return the answers, or say which of them cannot be used; what is missing is no fault yet."""
    known = {field.name for field in dataclasses.fields(Answers)}
    if unknown := sorted(set(given) - known):
        raise Invalid(f"A standard has no {', '.join(unknown)}.", code="standard_field")
    found = dict(given)
    for name, longest in LONGEST.items():
        found[name] = str(found.get(name) or "").strip()
        if len(found[name]) > longest:
            raise Invalid(f"Keep it to {longest} letters.", code="too_long", field=name)
    for name, allowed in (
        ("measure", MEASURES),
        ("source", SOURCES),
        ("audience", AUDIENCES),
        ("frequency", FREQUENCIES),
    ):
        found[name] = found.get(name) or ""
        if found[name] and found[name] not in allowed:
            raise Invalid(f"Choose one of {', '.join(allowed)}.", code="standard_choice", field=name)
    conditions = read_conditions(found.get("conditions") or {})
    if stray := sorted(set(conditions) - set(SCOPE_FIELDS)):
        raise Invalid(f"A standard cannot ask about {', '.join(stray)}.", code="standard_scope", field="conditions")
    found["conditions"] = {name: tuple(values) for name, values in conditions.items()}
    found["pause_on"] = tuple(found.get("pause_on") or ())
    if set(found["pause_on"]) - set(PAUSES):
        raise Invalid(f"A clock pauses on {', '.join(PAUSES)}.", code="pause_on", field="pause_on")
    found["tolerance"] = float(found.get("tolerance") or 0)
    answers = Answers(**found)
    _check_numbers(answers)
    return answers


def _check_numbers(answers: Answers) -> None:
    measure = MEASURES.get(answers.measure)
    is_amount = measure is not None and measure.shape == "amount"
    largest = _LARGEST_AMOUNT if is_amount else 1
    if answers.target is not None and not 0 < answers.target <= largest:
        words = (
            "The amount lies above 0 and below a million."
            if is_amount
            else "The share lies above 0 and at most at 100 %."
        )
        raise Invalid(words, code="target_share", field="target")
    if not 0 <= answers.tolerance < largest:
        raise Invalid("The tolerance is 0 or a little more.", code="tolerance", field="tolerance")
    if answers.seconds is not None and not 1 <= answers.seconds <= MAX_TARGET_SECONDS:
        raise Invalid("Give a time from a second to ten years.", code="seconds", field="seconds")


def require_dates(answers: Answers) -> None:
    """Refuse dates no calendar can count in."""
    for name in ("effective_on", "review_on"):
        day: dt.date | None = getattr(answers, name)
        if day and not 2000 <= day.year <= 2100:
            raise Invalid("Give a day between the years 2000 and 2100.", code="standard_day", field=name)
