"""What may be typed: lengths, days and choices, each refused in one way."""

import datetime as dt
from collections.abc import Collection

from wellserved.platform.errors import Invalid


def said(given: str, longest: int, *, field: str, missing: str = "") -> str:
    """Return the words without surrounding blanks; `missing` is the refusal when there are none."""
    words = given.strip()
    if missing and not words:
        raise Invalid(missing, code="words_missing", field=field)
    if len(words) > longest:
        raise Invalid(f"Keep it to {longest:,} letters.", code="words_too_long", field=field)
    return words


def day(given: dt.date, *, after: dt.date, field: str) -> dt.date:
    """Return a day not before another, within reach."""
    if given < after or given.year > 2100:
        raise Invalid("Choose a day that is still to come.", code="day_past", field=field)
    return given


def moment(given: dt.datetime, *, after: dt.datetime, field: str) -> dt.datetime:
    """Return a moment later than another, within reach."""
    if given <= after or given.year > 2100:
        raise Invalid("Choose a time that is still to come.", code="moment_past", field=field)
    return given


def choice(given: str, known: Collection[str], *, field: str) -> str:
    """Return one of the known keys."""
    if given not in known:
        raise Invalid(f"Choose one of {', '.join(known)}.", code="unknown_choice", field=field)
    return given


def number(given: int, *, low: int, high: int, field: str) -> int:
    """Return a whole number within bounds."""
    if not low <= given <= high:
        raise Invalid(f"Give a number from {low} to {high}.", code="number_bounds", field=field)
    return given
