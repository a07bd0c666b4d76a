"""Optimistic saves: nobody overwrites what she has not seen, and nobody loses what she has typed."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from wellserved.platform.errors import Conflict


def check(row: models.Model, *, given: int, changed: Mapping[str, Any], read: Mapping[str, Any] | None = None) -> None:
    """Raise Conflict when `row` (locked by the caller) has moved on from the version the person had read.

    `changed` is what she wants to save, `read` what her page showed before. The conflict's `difference` maps each field
    that differs to (yours, theirs, before), and `kept` holds all she sent, so that the page can show it again.
    """
    current = row.version  # type: ignore[attr-defined]
    if current == given:
        return
    before = read or {}
    difference = {
        field: (value, getattr(row, field, None), before.get(field))
        for field, value in changed.items()
        if getattr(row, field, None) != value
    }
    raise Conflict(
        "Somebody else has saved this since you opened it. Yours is kept below; look at both, then save again.",
        code="stale",
        difference=difference,
        kept=dict(changed),
        given=given,
        current=current,
    )


def save(row: models.Model, *fields: str) -> None:
    """Save the named fields and raise the version with them."""
    row.version += 1  # type: ignore[attr-defined]
    row.save(update_fields=[*fields, "version"])
