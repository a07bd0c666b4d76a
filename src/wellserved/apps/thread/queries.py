"""Where a record fits in the thread."""

import operator
from collections.abc import Collection, Iterable
from functools import reduce

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.thread import kinds
from wellserved.apps.thread.models import Link
from wellserved.apps.thread.types import STEPS, LinkRow, Ref, Strip, ThreadRecord
from wellserved.platform.origin import in_world

MOST_HOPS = len(STEPS)
MOST_AT_ONE_HOP = 200


def strip(*, actor: Actor, kind: str, record_id: int, through: Collection[Ref] = ()) -> Strip:
    """Return what stands before and after a record, through every record in between the actor may see.

    Steps lead only onwards from the record, in either direction: a problem leads to its change, never back down to its
    other tickets. `through` names records it belongs with by their own data, as a partner with what she agreed to:
    they stand in the strip, and lead on. At most one query a hop, and two a kind for names and policy.
    """
    start = (kind, record_id)
    subjects.require_visible(actor=actor, subject=start)
    found = subjects.titles(actor=actor, subjects=[ref for ref in through if _step(ref[0])])
    ahead, behind = {start} | found.keys(), {start} | found.keys()
    for _hop in range(MOST_HOPS):
        links = _neighbours(actor, ahead | behind)
        onward = {b for a, b, _ in links if a in ahead and _place(b) > _place(a)} - found.keys()
        backward = {b for a, b, _ in links if a in behind and 0 <= _place(b) < _place(a)} - found.keys()
        named = subjects.titles(actor=actor, subjects=onward | backward)
        found |= named
        ahead, behind = onward & named.keys(), backward & named.keys()
        if not ahead and not behind:
            break
    by_step: dict[str, list[ThreadRecord]] = {step: [] for step in STEPS}
    for ref, (label, url) in sorted(found.items()):
        by_step[kinds.registry[ref[0]].step].append(_record(ref, label, url))
    return Strip(current=_step(kind), links={step: tuple(records) for step, records in by_step.items()})


def links(*, actor: Actor, kind: str, record_id: int) -> tuple[LinkRow, ...]:
    """Return the direct links of a record to records the actor may see, in the order they were made."""
    start = (kind, record_id)
    subjects.require_visible(actor=actor, subject=start)
    rows = _neighbours(actor, {start})
    named = subjects.titles(actor=actor, subjects={other for _, other, _ in rows})
    return tuple(
        LinkRow(verb=link.verb, outward=(link.from_kind, link.from_id) == start, other=_record(other, *named[other]))
        for _, other, link in rows
        if other in named
    )


def linked(*, actor: Actor, refs: Collection[Ref], step: str) -> tuple[ThreadRecord, ...]:
    """Return the records of one step that are linked to any of these and that the actor may see.

    None without refs; else a query for the links, and two a kind for names and policy.
    """
    if not refs:
        return ()
    found = {other for _, other, _ in _neighbours(actor, refs) if _step(other[0]) == step}
    named = subjects.titles(actor=actor, subjects=found)
    return tuple(_record(ref, *named[ref]) for ref in sorted(named))


def ends(*, actor: Actor, start_kind: str, verb: str, end_kind: str) -> tuple[tuple[int, int], ...]:
    """Return every link of this sort in the actor's world as (start, end), for figures over all of them. One query.

    Ids alone: whoever shows a name or an address asks for what the actor may see.
    """
    rows = in_world(Link.objects.filter(from_kind=start_kind, verb=verb, to_kind=end_kind), actor.world)
    return tuple(rows.order_by("id").values_list("from_id", "to_id"))


def _neighbours(actor: Actor, refs: Iterable[Ref]) -> list[tuple[Ref, Ref, Link]]:
    """Return each link from one of the refs as (that ref, the other end, link). One query."""
    wanted = set(refs)
    ids: dict[str, set[int]] = {}
    for kind, record_id in wanted:
        ids.setdefault(kind, set()).add(record_id)
    ends = reduce(
        operator.or_,
        (Q(from_kind=kind, from_id__in=of_kind) | Q(to_kind=kind, to_id__in=of_kind) for kind, of_kind in ids.items()),
    )
    rows = in_world(Link.objects.filter(ends), actor.world).order_by("id")[:MOST_AT_ONE_HOP]
    pairs = []
    for link in rows:
        start, end = (link.from_kind, link.from_id), (link.to_kind, link.to_id)
        pairs += [(a, b, link) for a, b in ((start, end), (end, start)) if a in wanted]
    return pairs


def _step(kind: str) -> str:
    known = kinds.registry.get(kind)
    return known.step if known else ""


def _place(ref: Ref) -> int:
    step = _step(ref[0])
    return STEPS.index(step) if step else -1


def _record(ref: Ref, label: str, url: str) -> ThreadRecord:
    known = kinds.registry.get(ref[0])
    return ThreadRecord(kind=ref[0], id=ref[1], label=label, url=url, detail=known.label if known else "")
