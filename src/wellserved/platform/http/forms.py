"""A form meets an action: what the action cannot use is said at the field, and the text stays."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from wellserved.platform.errors import Conflict, Invalid


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
