"""Spans of time as they are typed: hours, minutes and seconds, never days."""

import re

from django import forms

UNITS = {"h": 3600, "min": 60, "s": 1}
_PART = re.compile(r"\s*(\d{1,6})\s*(h|min|m|s)(?![a-z])", re.IGNORECASE)


def read_duration(text: str) -> int:
    """Return a span in seconds; a day is refused because it may mean 24 hours or a working day.

    >>> read_duration("8 h 30 min")
    30600
    """
    seconds, at = 0, 0
    for part in _PART.finditer(text):
        if text[at : part.start()].strip():
            break
        unit = part[2].lower()
        seconds += int(part[1]) * UNITS["min" if unit == "m" else unit]
        at = part.end()
    if not seconds or text[at:].strip():
        raise forms.ValidationError("Give hours and minutes, such as 1 h, 8 h 30 min or 45 min.")
    return seconds


def write_duration(seconds: int) -> str:
    """Return a span as it is typed.

    >>> write_duration(30600)
    '8 h 30 min'
    """
    parts = []
    for unit, size in UNITS.items():
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts)
