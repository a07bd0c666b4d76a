"""History as people read it."""

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts.policies import READ_LEDGER
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects, wording
from wellserved.apps.ledger.models import Entry, Value
from wellserved.apps.ledger.types import Change, HistoryItem, HistoryPage, Subject
from wellserved.platform.origin import in_world

ERASED = "erased"
PRODUCT = "Wellserved"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilters:
    """What the list of history is narrowed to."""

    kind: str = ""
    subject_id: int | None = None
    actor_id: int | None = None
    action: str = ""


def history(*, actor: Actor, subject: Subject, limit: int = 50) -> tuple[HistoryItem, ...]:
    """Return the latest acts on one record the actor may see, newest first.

    Two queries and the kind's own policy, however many acts there are. Whoever may read the whole ledger sees records
    of any kind.
    """
    if not actor.can(READ_LEDGER):
        subjects.require_visible(actor=actor, subject=subject)
    rows = in_world(Entry.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    return _items(rows.order_by("-id")[:limit])


def entries(*, actor: Actor, filters: HistoryFilters, before: int | None = None, limit: int = 50) -> HistoryPage:
    """Return a page of the whole ledger of the actor's world, newest first; needs `ledger.read` at the route."""
    rows = in_world(Entry.objects.all(), actor.world)
    wanted = {
        "subject_kind": filters.kind or None,
        "subject_id": filters.subject_id,
        "actor_id": filters.actor_id,
        "action": filters.action or None,
        "id__lt": before,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    items = _items(rows.order_by("-id")[: limit + 1])
    shown = items[:limit]
    return HistoryPage(
        rows=shown,
        titles=subjects.titles(actor=actor, subjects={(i.subject_kind, i.subject_id) for i in shown}),
        next_before=shown[-1].id if len(items) > limit else None,
    )


def _items(rows: "QuerySet[Entry]") -> tuple[HistoryItem, ...]:
    return tuple(_item(row) for row in rows.select_related("actor").prefetch_related("values"))


def _item(entry: Entry) -> HistoryItem:
    values = sorted(entry.values.all(), key=lambda value: value.position)
    reasons = [value for value in values if value.side == Value.Side.REASON]
    return HistoryItem(
        id=entry.pk,
        sequence=entry.sequence,
        at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        actor=_actor_name(entry),
        actor_id=entry.actor_id,
        action=entry.action,
        sentence=wording.sentence_of(entry.action),
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        origin=entry.origin,
        changes=tuple(_changes(value for value in values if value.side != Value.Side.REASON)),
        reason=" ".join(_text(value) or "" for value in reasons),
        erased=any(value.erased_at is not None for value in values),
    )


def _actor_name(entry: Entry) -> str:
    if entry.actor_id is None:
        return PRODUCT
    # The account may be gone while its acts stay: then there is an id and nobody behind it.
    known = entry.actor
    return known.name if known is not None else "Somebody who has since left"


def _changes(values: Iterable[Value]) -> Iterable[Change]:
    sides: dict[str, dict[str, Value]] = {}
    for value in values:
        sides.setdefault(value.field, {})[value.side] = value
    for field, pair in sides.items():
        before, after = pair.get(Value.Side.BEFORE), pair.get(Value.Side.AFTER)
        yield Change(
            field=field,
            label=wording.label_of(field),
            before=_text(before) if before else None,
            after=_text(after) if after else None,
            erased=any(side.erased_at is not None for side in pair.values()),
        )


def _text(value: Value) -> str | None:
    if value.erased_at is not None:
        return None if value.side != Value.Side.REASON else ERASED
    content = json.loads(value.content)
    if content is None or content == "":
        return None
    return _spoken(content)


def _spoken(content: Any) -> str:
    """Return a value as a person reads it: nested records as their filled fields, one after the other."""
    if isinstance(content, bool):
        return "yes" if content else "no"
    if isinstance(content, list):
        mark = "; " if any(isinstance(part, dict) for part in content) else ", "
        return mark.join(_spoken(part) for part in content)
    if isinstance(content, dict):
        filled = {key: part for key, part in content.items() if part not in (None, "", [], {})}
        return ", ".join(f"{key.replace('_', ' ')} {_spoken(part)}" for key, part in filled.items())
    return str(content)
