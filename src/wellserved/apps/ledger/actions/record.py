"""Write an act."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import chain
from wellserved.apps.ledger.models import Entry, Value
from wellserved.platform.events import Event
from wellserved.platform.origin import live_origin


def record(
    *,
    actor: Actor,
    action: str,
    subject: tuple[str, int],
    now: dt.datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
    event: Event | None = None,
    origin: str | None = None,
    occurred_at: dt.datetime | None = None,
) -> Entry:
    """Write who did what to which record, when and why, and announce it; call inside the action's transaction.

    `changes` maps a field to its values before and after; they and the reason are stored erasably and committed to by
    salted hashes. Two statements.
    """
    return write(
        actor=actor,
        action=action,
        subject=subject,
        now=now,
        values=value_rows(changes or {}, reason),
        event=event.name if event else "",
        data=event.as_data() if event else {},
        origin=origin,
        occurred_at=occurred_at,
    )


def write(
    *,
    actor: Actor,
    action: str,
    subject: tuple[str, int],
    now: dt.datetime,
    values: list[Value],
    event: str = "",
    data: Mapping[str, Any],
    origin: str | None = None,
    occurred_at: dt.datetime | None = None,
) -> Entry:
    """Insert an unsealed entry and its values."""
    entry = Entry.objects.create(
        occurred_at=occurred_at or now,
        recorded_at=now,
        actor_id=actor.user_id,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        origin=origin or live_origin(actor.world),
        event=event,
        data=chain.canonical(data),
        commitments=chain.canonical(
            [
                {
                    "field": value.field,
                    "side": value.side,
                    "hash": chain.commitment(salt=value.salt, content=value.content),
                }
                for value in values
            ]
        ),
    )
    for value in values:
        value.entry_id = entry.pk
    if values:
        Value.objects.bulk_create(values)
    return entry


def value_rows(changes: Mapping[str, tuple[Any, Any]], reason: str) -> list[Value]:
    """Return the unsaved rows of an entry's values, each under a fresh salt."""
    sides = [
        (field, side, value)
        for field, pair in changes.items()
        for side, value in zip((Value.Side.BEFORE, Value.Side.AFTER), pair, strict=True)
    ]
    if reason:
        sides.append(("reason", Value.Side.REASON, reason))
    return [
        Value(
            position=position,
            field=field,
            side=side.value,
            salt=secrets.token_hex(chain.SALT_LENGTH // 2),
            content=chain.canonical(value),
        )
        for position, (field, side, value) in enumerate(sides)
    ]
