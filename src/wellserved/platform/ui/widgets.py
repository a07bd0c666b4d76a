"""Draws a Django form field's control with the names, hints and errors a screen reader needs."""

from __future__ import annotations

import copy
from typing import Any

from django.forms import BoundField
from django.forms.widgets import DateInput, DateTimeInput, TimeInput
from django.utils.safestring import SafeString

ISO_FORMATS: dict[str, tuple[type[DateInput | DateTimeInput | TimeInput], str]] = {
    "date": (DateInput, "%Y-%m-%d"),
    "time": (TimeInput, "%H:%M"),
    "datetime-local": (DateTimeInput, "%Y-%m-%dT%H:%M"),
}


def describe_field(bound: BoundField, *, hint: str) -> str:
    """The ids of the hint and the error, in reading order, for aria-describedby."""
    described = [f"{bound.auto_id}_hint"] if hint else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    return " ".join(described)


def render_widget(bound: BoundField, *, input_type: str = "", hint: str = "", **attributes: Any) -> SafeString:
    """Render the control of `bound`, as another input type when asked ('date', 'time', 'tel' ...)."""
    widget = copy.deepcopy(bound.field.widget)
    # A browser shows the value of a date or time only when it is written the ISO way, whoever asked for the type.
    input_type = input_type or getattr(widget, "input_type", "")
    if input_type in ISO_FORMATS:
        kind, layout = ISO_FORMATS[input_type]
        widget = kind(attrs=widget.attrs, format=layout)
    if input_type:
        widget.input_type = input_type
    # A browser's own bubble for "required" cannot be styled or read again; the error summary speaks instead.
    widget.use_required_attribute = lambda _initial: False
    named = {name.replace("_", "-"): value for name, value in attributes.items() if value not in ("", None)}
    classes = f"control {named.pop('class', '')} {widget.attrs.pop('class', '')}".split()
    if described := describe_field(bound, hint=hint):
        named["aria-describedby"] = described
    if bound.errors:
        named["aria-invalid"] = "true"
    return bound.as_widget(widget=widget, attrs={"class": " ".join(classes), **named})
