"""A form meets an action: what the action cannot use is said at the field, and the text stays."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from wellserved.platform.errors import Conflict, Invalid

LONGEST_NUMBER = 18


def read_number(text: str) -> int | None:
    """Return the whole number somebody typed, or None when it is none a database could hold.

    >>> read_number("42")
    42
    >>> [read_number(text) for text in ("", "-1", "\N{SUPERSCRIPT TWO}", "9" * 19)]
    [None, None, None, None]
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def attempt(form: Form, work: Callable[[dict[str, Any]], object]) -> int:
    """Run `work` with the cleaned form; return 200, or the status with which to show the form and its errors again.

    Refusals and foreign records are not the form's business and pass through.
    """
    if not form.is_valid():
        return Invalid.status
    try:
        work(form.cleaned_data)
    except (Invalid, Conflict) as refusal:
        field = refusal.data.get("field")
        form.add_error(field if field in form.fields else None, refusal.sentence)
        return refusal.status
    return 200
