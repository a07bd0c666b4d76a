"""Write the ledger."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from wellserved.apps.accounts.types import Actor
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
    sides = [
        (field, side, value)
        for field, pair in (changes or {}).items()
        for side, value in zip(("before", "after"), pair, strict=True)
    ]
    if reason:
        sides.append(("reason", "reason", reason))
    values = [
        Value(
            position=i,
            field=field,
            side=side,
            salt=secrets.token_hex(16),
            content=json.dumps(value, default=str, ensure_ascii=False),
        )
        for i, (field, side, value) in enumerate(sides)
    ]
    entry = Entry.objects.create(
        occurred_at=occurred_at or now,
        recorded_at=now,
        actor_id=actor.user_id,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        origin=origin or live_origin(actor.world),
        event=event.name if event else "",
        data=event.as_data() if event else {},
        commitments=[
            {
                "field": v.field,
                "side": v.side,
                "hash": hashlib.sha256((v.salt + v.content).encode()).hexdigest(),
            }
            for v in values
        ],
    )
    for value in values:
        value.entry = entry
    Value.objects.bulk_create(values)
    return entry
