"""Is a target SMART, and do past weeks let anybody expect it?"""

import datetime as dt
from collections.abc import Collection

from wellserved.apps.standards.policies.smart import find_vague_word
from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.targets import LEVELS, Baseline, TargetFinding
from wellserved.apps.standards.types.wording import say_share
from wellserved.platform.errors import Invalid
from wellserved.platform.ui.formatting import format_day

# Fewer weeks than this say nothing of what is ordinary.
ENOUGH_WEEKS = 8
_ABOVE = {"team": "organisation", "person": "team"}


def check(
    *,
    statement: str,
    measure: str,
    value: float | None,
    due_on: dt.date | None,
    plan_days: tuple[dt.date, dt.date],
    measures_of_standards: Collection[str],
    baseline: Baseline | None,
    change: str,
) -> tuple[TargetFinding, ...]:
    """Return what each of the five letters says of a target."""
    known = MEASURES.get(measure)
    vague = find_vague_word(statement)
    specific = (
        (False, f"“{vague}” can be read in two ways: say what is done, by whom, for whom.")
        if vague
        else (bool(statement.strip()), "It says what is done." if statement.strip() else "Say what is to be reached.")
    )
    in_range = value is not None and (known is None or known.shape == "amount" or 0 < value <= 1)
    measurable = (
        (True, f"Worked out as {known.formula}.")
        if known and in_range
        else (False, "Choose a measure and a figure: for shares from 1 to 100 per cent.")
    )
    relevant = (
        (True, "A linked standard is measured by the same.")
        if measure in measures_of_standards
        else (None, "No standard of this plan is measured by it: is it the right measure?")
    )
    first, last = plan_days
    timed = due_on is not None and first <= due_on <= last
    when = (
        f"Due on {format_day(due_on)}."
        if timed and due_on
        else f"Give a day between {format_day(first)} and {format_day(last)}, in the plan."
    )
    return (
        _finding("specific", *specific),
        _finding("measurable", *measurable),
        realistic(value=value, baseline=baseline, change=change),
        _finding("relevant", *relevant),
        _finding("time_bound", timed, when),
    )


def realistic(*, value: float | None, baseline: Baseline | None, change: str) -> TargetFinding:
    """Return whether ordinary weeks reach the value: beyond their limits it needs a change to the process.

    >>> weeks = Baseline(weeks=20, cases=900, mean=0.8, lower=0.72, upper=0.88)
    >>> realistic(value=0.95, baseline=weeks, change="").sentence[:26]
    'Unrealistic without change'
    """
    if baseline is None or baseline.weeks < ENOUGH_WEEKS or value is None:
        return _finding("realistic", None, "Too few past weeks to say what is ordinary.")
    ordinary = (
        f"{baseline.weeks} past weeks lie between {say_share(baseline.lower)} and {say_share(baseline.upper)}, "
        f"{say_share(baseline.mean)} on average"
    )
    if value > baseline.upper:
        said = f"Unrealistic without change: {ordinary}."
        return _finding("realistic", False, f"{said} What changes: {change.strip()}" if change.strip() else said)
    if value > baseline.mean:
        return _finding("realistic", None, f"Only the better weeks reach it: {ordinary}.")
    return _finding("realistic", True, f"An ordinary week reaches it: {ordinary}.")


def require_smart(findings: Collection[TargetFinding]) -> None:
    """Refuse a target nobody could check; one that is merely out of reach is flagged instead."""
    failing = [each for each in findings if each.holds is False and each.key != "realistic"]
    if failing:
        raise Invalid(
            " ".join(each.sentence for each in failing), code="target_not_smart", missing=[each.key for each in failing]
        )


def require_cascade(level: str, parent_level: str | None) -> None:
    """Refuse a target that hangs on nothing: a team's on the organisation's, a person's on a team's."""
    if level not in LEVELS:
        raise Invalid(f"A target is for the {', a '.join(LEVELS)}.", code="target_level", field="level")
    wanted = _ABOVE.get(level)
    if parent_level != wanted:
        words = f"Choose the {wanted}'s target it contributes to." if wanted else "It stands at the top: no parent."
        raise Invalid(words, code="target_parent", field="parent_id")


def _finding(key: str, holds: bool | None, sentence: str) -> TargetFinding:
    return TargetFinding(key=key, label=key.replace("_", "-").capitalize(), holds=holds, sentence=sentence)
