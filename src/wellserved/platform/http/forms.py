"""A form meets an action: what the action cannot use is said at the field, and the text stays."""

from collections.abc import Callable
from typing import Any

from django.forms import Form, HiddenInput, IntegerField
from django.http import HttpRequest

from wellserved.platform.errors import Conflict, Invalid

LONGEST_NUMBER = 18


class HiddenId(IntegerField):
    """The number of a record, carried along by a form; one no database could hold is refused like any other slip."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=HiddenInput, min_value=1, max_value=10**LONGEST_NUMBER - 1)


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


def refusal_of(request: HttpRequest, form: Form) -> Invalid:
    """Return the refusal of a form: what is wrong at which field, and what was typed."""
    labels = {name: field.label or name for name, field in form.fields.items()}
    said = [
        f"{labels.get(name, 'The form')}: {sentence}"
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    kept = {str(labels[name]): request.POST.get(name, "") for name in labels if name != "version"}
    return Invalid(" ".join(said), code="form", kept=kept)
