"""Repeat the whole chain and name whatever is no longer as it was written."""

import json
from typing import Any

from wellserved.apps.ledger import chain
from wellserved.apps.ledger.adapters import cells
from wellserved.apps.ledger.types import Report

MOST_FAULTS = 100
ERASURE = "ledger.erased"
_KEPT_ERASURES = 16


def verify(*, anchor: str = "") -> Report:
    """Return what a walk over every entry and value finds; memory stays bounded however long the history is.

    `anchor` is a head written down earlier, as `status().anchor` gives it: it also finds a chain cut back or rewritten
    together with its head.
    """
    with cells.snapshot():
        walk = _Walk(anchor=anchor)
        for chunk in cells.stream(cells.ENTRY_COLUMNS, key="sequence", where="sequence IS NOT NULL"):
            walk.sealed_chunk(chunk)
        walk.meet_head()
        for chunk in cells.stream(cells.ENTRY_COLUMNS, key="id", where="sequence IS NULL"):
            walk.unsealed_chunk(chunk)
        walk.count_values()
        return walk.report()


class _Walk:
    """The state of one verification."""

    def __init__(self, *, anchor: str) -> None:
        self.anchor_sequence, _, self.anchor_digest = anchor.partition(":")
        self.anchor_seen = not anchor
        self.faults: list[str] = []
        self.fault_count = 0
        self.sequence = 0
        self.digest = chain.GENESIS
        self.sealed = self.unsealed = self.values = self.erased = 0
        self.erasures: dict[Any, tuple[str, frozenset[tuple[Any, Any]]] | None] = {}

    def fault(self, sentence: str) -> None:
        self.fault_count += 1
        if self.fault_count <= MOST_FAULTS:
            self.faults.append(sentence)

    def sealed_chunk(self, chunk: list[cells.Row]) -> None:
        values = cells.values_of([row[0] for row in chunk])
        for row in chunk:
            facts, stored = cells.facts(row), row[12]
            if facts.sequence != self.sequence + 1:
                self.fault(f"After entry {self.sequence} comes {facts.sequence!r}: what stood between is gone.")
            if chain.digest(self.digest, facts) != stored:
                self.fault(f"Entry {facts.sequence!r} is not what was sealed.")
            if f"{facts.sequence}" == self.anchor_sequence and stored == self.anchor_digest:
                self.anchor_seen = True
            self.sequence, self.digest = facts.sequence, stored
            self.sealed += 1
            self.check_values(facts, values.get(row[0], []))

    def unsealed_chunk(self, chunk: list[cells.Row]) -> None:
        values = cells.values_of([row[0] for row in chunk])
        for row in chunk:
            if row[12] is not None:
                self.fault(f"The entry with id {row[0]!r} has a digest but has lost its number.")
            self.unsealed += 1
            self.check_values(cells.facts(row), values.get(row[0], []))

    def check_values(self, facts: chain.SealedFacts, rows: list[cells.Row]) -> None:
        """Hold an entry's value rows against its commitments."""
        committed = _parsed(facts.commitments, list)
        where = f"entry {facts.sequence!r} (id {facts.id!r})"
        if committed is None:
            self.fault(f"The commitments of {where} cannot be read.")
            return
        self.values += len(committed)
        by_position = {row[1]: row for row in rows}
        for position, expected in enumerate(committed):
            row = by_position.pop(position, None)
            if row is None:
                self.fault(f"Value {position} of {where} has been deleted; an erasure would have left its row.")
            elif not isinstance(expected, dict) or [row[2], row[3]] != [expected.get("field"), expected.get("side")]:
                self.fault(f"Value {position} of {where} no longer says which field it belongs to.")
            else:
                self.check_value(where, row, expected.get("hash"))
        if by_position:
            self.fault(f"{where.capitalize()} has values it never committed to.")
        if facts.action == ERASURE:
            self.check_erasure(facts)

    def check_value(self, where: str, row: cells.Row, committed: Any) -> None:
        entry_id, position, _field, _side, salt, content, erased_at, erased_by = row
        if erased_at is None and erased_by is None:
            intact = isinstance(salt, str) and isinstance(content, str) and len(salt) == chain.SALT_LENGTH
            if not intact or chain.commitment(salt=salt, content=content) != committed:
                self.fault(f"Value {position} of {where} is not what was committed to.")
            return
        self.erased += 1
        erasure = self.erasure(erased_by)
        if erasure is None or (entry_id, position) not in erasure[1]:
            self.fault(f"Value {position} of {where} is marked as erased, but no erasure names it.")
        elif cells.instant(erased_at) != erasure[0] or salt != "" or content != "":
            self.fault(f"Value {position} of {where} is not as its erasure left it.")

    def check_erasure(self, facts: chain.SealedFacts) -> None:
        named = _named_values(facts.data)
        if named is None:
            self.fault(f"What entry {facts.sequence!r} erased cannot be read.")
            return
        gone = cells.number("SELECT COUNT(*) FROM ledger_value WHERE erased_by_id = %s", [facts.id])
        if gone != len(named):
            self.fault(f"Entry {facts.sequence!r} erased {len(named)} values, but {gone} stand as erased by it.")

    def erasure(self, entry_id: Any) -> tuple[str, frozenset[tuple[Any, Any]]] | None:
        """Return when an erasure was recorded and what it names; a handful are remembered."""
        if entry_id not in self.erasures:
            if len(self.erasures) >= _KEPT_ERASURES:
                self.erasures.pop(next(iter(self.erasures)))
            found = cells.erasure(entry_id)
            named = _named_values(found[2]) if found and found[1] == ERASURE else None
            self.erasures[entry_id] = (cells.instant(found[0]), named) if found and named is not None else None
        return self.erasures[entry_id]

    def meet_head(self) -> None:
        """Hold the end of the chain against the head, against what subscribers heard, and against the anchor."""
        heads = cells.rows("SELECT id, sequence, digest FROM ledger_head")
        expected = [(1, self.sequence, self.digest)]
        if heads != expected and (heads or self.sealed):
            self.fault(f"The chain ends at {self.sequence!r}, but the head says {[row[1] for row in heads]!r}.")
        for name, heard in cells.rows("SELECT name, sequence FROM ledger_cursor WHERE sequence > %s", [self.sealed]):
            self.fault(f"{name} has heard up to {heard}, but the chain ends at {self.sequence!r}: its end was cut off.")
        if not self.anchor_seen and (self.anchor_sequence, self.anchor_digest) != ("0", chain.GENESIS):
            self.fault(f"The chain does not pass through the anchor {self.anchor_sequence}.")

    def count_values(self) -> None:
        stored = cells.number("SELECT COUNT(*) FROM ledger_value")
        if stored != self.values:
            self.fault(f"{stored} values are stored, but the entries commit to {self.values}.")

    def report(self) -> Report:
        if self.fault_count > MOST_FAULTS:
            self.faults.append(f"And {self.fault_count - MOST_FAULTS} more.")
        return Report(
            checked=self.sealed + self.unsealed,
            sealed=self.sealed,
            unsealed=self.unsealed,
            values=self.values,
            erased=self.erased,
            head=f"{self.sequence}:{self.digest}",
            faults=tuple(self.faults),
        )


def _parsed(text: Any, shape: type) -> Any:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return None
    return found if isinstance(found, shape) else None


def _named_values(data: Any) -> frozenset[tuple[Any, Any]] | None:
    found = _parsed(data, dict)
    try:
        return frozenset((entry, position) for entry, positions in found["values"] for position in positions)
    except (TypeError, ValueError, KeyError):
        return None
