"""History as people read it."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts.policies import READ_LEDGER
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects, wording
from wellserved.apps.ledger.models import Entry, Value
from wellserved.apps.ledger.queries.speaking import EMPTY, Speaker
from wellserved.apps.ledger.types import Change, HistoryItem, HistoryPage, Subject
from wellserved.platform import clock
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

    Two queries, one for each sort of name they hold and the kind's own policy, however many acts there are. Whoever may
    read the whole ledger sees records of any kind but those restricted to others; a record one may see but whose acts
    would name somebody has none to show.
    """
    kept = subjects.concealed(actor=actor, subjects=[subject])
    if kept or not actor.can(READ_LEDGER):
        subjects.require_visible(actor=actor, subject=subject)
    if kept:
        return ()
    rows = in_world(Entry.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    return _items(rows.order_by("-id")[:limit])


def last_announced(*, actor: Actor, event: str, after: dt.datetime) -> dt.datetime | None:
    """Return when an event was last announced in the actor's world, if that was after an instant. One query."""
    rows = in_world(Entry.objects.filter(event=event, sequence__isnull=False), actor.world)
    newest = rows.order_by("-sequence").values_list("recorded_at", flat=True).first()
    return newest if newest and newest > after else None


def entries(*, actor: Actor, filters: HistoryFilters, before: int | None = None, limit: int = 50) -> HistoryPage:
    """Return a page of the whole ledger of the actor's world, newest first; needs `ledger.read` at the route.

    Acts on restricted records the actor may not see are left out, so that such a page is shorter.
    """
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
    read = items[:limit]
    about = {(i.subject_kind, i.subject_id) for i in read}
    concealed = subjects.concealed(actor=actor, subjects=about)
    shown = tuple(i for i in read if (i.subject_kind, i.subject_id) not in concealed)
    return HistoryPage(
        rows=shown,
        titles=subjects.titles(actor=actor, subjects=about - concealed),
        next_before=read[-1].id if len(items) > limit else None,
    )


def _items(rows: "QuerySet[Entry]") -> tuple[HistoryItem, ...]:
    """Return acts in words. Two queries, and one for each sort of name their values hold."""
    found = list(rows.select_related("actor").prefetch_related("values"))
    speaker = Speaker((_app(entry), value.field, _content(value)) for entry in found for value in entry.values.all())
    return tuple(_item(entry, speaker) for entry in found)


def _item(entry: Entry, speaker: Speaker) -> HistoryItem:
    values = sorted(entry.values.all(), key=lambda value: value.position)
    reasons = [value for value in values if value.side == Value.Side.REASON]
    only_day = entry.actor_id is None and wording.is_day_only(entry.action)
    return HistoryItem(
        id=entry.pk,
        sequence=entry.sequence,
        at=clock.begin_of_day(entry.occurred_at) if only_day else entry.occurred_at,
        recorded_at=clock.begin_of_day(entry.recorded_at) if only_day else entry.recorded_at,
        actor=_actor_name(entry),
        actor_id=entry.actor_id,
        action=entry.action,
        sentence=wording.sentence_of(entry.action),
        subject_kind=entry.subject_kind,
        subject_label=subjects.label_of(entry.subject_kind),
        subject_id=entry.subject_id,
        origin=entry.origin,
        changes=tuple(_changes(entry, (value for value in values if value.side != Value.Side.REASON), speaker)),
        reason=" ".join(ERASED if value.erased_at else str(_content(value) or "") for value in reasons),
        erased=any(value.erased_at is not None for value in values),
        only_day=only_day,
    )


def _app(entry: Entry) -> str:
    return entry.action.partition(".")[0]


def _actor_name(entry: Entry) -> str:
    if entry.actor_id is None:
        return PRODUCT
    # The account may be gone while its acts stay: then there is an id and nobody behind it.
    known = entry.actor
    return known.name if known is not None else "Somebody who has since left"


def _changes(entry: Entry, values: Iterable[Value], speaker: Speaker) -> Iterable[Change]:
    app = _app(entry)
    sides: dict[str, dict[str, Value]] = {}
    for value in values:
        sides.setdefault(value.field, {})[value.side] = value
    for field, pair in sides.items():
        before, after = (
            _content(pair[side]) if side in pair else None for side in (Value.Side.BEFORE, Value.Side.AFTER)
        )
        yield Change(
            field=field,
            label=wording.label_of(field, app=app),
            before=None if before in EMPTY else speaker.say(app, field, before),
            after=None if after in EMPTY else speaker.say(app, field, after),
            erased=any(side.erased_at is not None for side in pair.values()),
        )


def _content(value: Value) -> Any:
    return None if value.erased_at is not None else json.loads(value.content)
