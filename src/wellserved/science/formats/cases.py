"""Tell one case from its rows: its events in order, its values, and what is odd about it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wellserved.science.formats.layout import Layout
from wellserved.science.formats.records import CaseEvent, CaseRecord

__all__ = ["CaseRow", "build_case"]

ENDED: Final = frozenset({"resolved", "closed"})
_MARKS: Final = (
    ("opened", "opened", "Opened"),
    ("first_reply", "agent_reply", "First reply"),
    ("updated", "other", "Updated"),
    ("resolved", "resolved", "Resolved"),
    ("closed", "closed", "Closed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One accepted row: its number, its own time, what is odd about that time, and its cleaned cells."""

    number: int
    at: dt.datetime
    flag: str
    values: tuple[str, ...]


def build_case(external_id: str, rows: list[CaseRow], layout: Layout) -> CaseRecord:
    """Make the record of one case; `rows` come in file order and there is at least one."""
    in_order = sorted(rows, key=lambda row: row.at)  # stable: rows of the same moment keep the file's order
    flags = {row.flag for row in rows if row.flag}
    values = _values(in_order, layout)
    times = _times(values, layout, flags)
    events = tuple(_walk(in_order, layout) if layout.is_events else _marks(in_order, times, layout))
    opened_at = times.get("opened") or events[0].at
    status = _final_status(events, values, layout)
    resolved_at = times.get("resolved") or (_last(events, "resolved") if status in ENDED else None)
    closed_at = times.get("closed") or (_last(events, "closed") if status == "closed" else None)
    flags.update(_oddities(opened_at, resolved_at, closed_at, status))
    duplicates = len(rows) - len({row.values for row in rows})
    if duplicates:
        flags.add("repeated_rows")
    if layout.is_events and opened_at > events[0].at:
        flags.add("opened_after_first_event")
    if not layout.is_events and len(rows) > 1:
        flags.add("several_rows_for_one_ticket")
    return CaseRecord(
        external_id=external_id,
        opened_at=opened_at,
        events=events,
        rows=tuple(row.number for row in rows),
        status=status,
        status_text=values.get("status", ""),
        **{role: values.get(role, "") for role in _PLAIN},
        tags=tuple(tag for part in re.split(r"[,;|]", values.get("tags", "")) if (tag := part.strip())),
        attributes=_attributes(in_order, layout),
        first_reply_at=times.get("first_reply") or _first(events, "agent_reply"),
        resolved_at=resolved_at,
        closed_at=closed_at,
        updated_at=times.get("updated"),
        duplicate_rows=duplicates,
        flags=tuple(sorted(flags)),
    )


_PLAIN: Final = (
    "subject",
    "body",
    "kind",
    "category",
    "priority",
    "impact",
    "urgency",
    "agent",
    "team",
    "customer",
    "organisation",
    "product",
    "place",
    "channel",
)


def _values(rows: list[CaseRow], layout: Layout) -> dict[str, str]:
    """The case's value in each role: the last one said, or the first, as the mapping has it."""
    last_wins = frozenset(layout.mapping.last_row_wins) | {"status"}
    values: dict[str, str] = {}
    for role, place in layout.places.items():
        said = (row.values[place] for row in (reversed(rows) if role in last_wins else rows))
        values[role] = next(filter(None, said), "")
    return values


def _times(values: dict[str, str], layout: Layout, flags: set[str]) -> dict[str, dt.datetime]:
    times: dict[str, dt.datetime] = {}
    for role, reader in layout.readers.items():
        if role == "time" or not values.get(role):
            continue
        reading = reader.read(values[role])
        if reading.at is None:
            flags.add(f"unreadable_{role}")
            continue
        times[role] = reading.at
        if reading.flag:
            flags.add(reading.flag)
    return times


def _walk(rows: list[CaseRow], layout: Layout) -> Iterator[CaseEvent]:
    """One event a row."""
    places, mapping = layout.places, layout.mapping
    activity_at, status_at = places.get("activity"), places.get("status")
    agent_at, team_at = places.get("agent"), places.get("team")
    category: str | None = None
    before: CaseRow | None = None
    for row in rows:
        values = row.values
        activity = values[activity_at if activity_at is not None else places["status"]]
        status_text = values[status_at] if status_at is not None else ""
        now = mapping.status_map.get(status_text if status_at is not None else activity) or category
        moved = before is not None and any(
            place is not None and values[place] and values[place] != before.values[place]
            for place in (agent_at, team_at)
        )
        kind = mapping.activity_map.get(activity, "other")
        if status_at is not None:
            kind = _kind_of_snapshot(kind, category, now, first=before is None, moved=moved)
        elif category in ENDED and now not in ENDED and kind != "closed":
            kind = "reopened"
        yield CaseEvent(
            at=row.at,
            kind=kind,
            activity=activity,
            status=now,
            status_text=status_text,
            agent=values[agent_at] if agent_at is not None else "",
            team=values[team_at] if team_at is not None else "",
            row=row.number,
            attributes=_changes(before, row, layout),
        )
        category, before = now, row


def _kind_of_snapshot(kind: str, was: str | None, now: str | None, *, first: bool, moved: bool) -> str:
    """Where every row tells the state, what happened is the difference, not the state told again."""
    if now != was:
        if now in ENDED:
            return str(now)
        if was in ENDED:
            return "reopened"
    if first or kind not in {"opened", "resolved", "closed", "reopened", "status_changed", "other"}:
        return kind
    if moved:
        return "assigned"
    return "status_changed" if now != was else "other"


def _marks(rows: list[CaseRow], times: dict[str, dt.datetime], layout: Layout) -> Iterator[CaseEvent]:
    """A ticket that is one row has the events its time columns tell of."""
    last = rows[-1]
    agent, team = (last.values[layout.places[role]] if role in layout.places else "" for role in ("agent", "team"))
    told = sorted(
        (at, order, kind, activity)
        for order, (role, kind, activity) in enumerate(_MARKS)
        if (at := times.get(role)) is not None
    )
    told = [
        mark for mark in told if mark[2] != "other" or all(mark[0] != rest[0] for rest in told if rest[2] != "other")
    ]
    status: str | None = None
    for at, _order, kind, activity in told:
        status = kind if kind in ENDED else "new" if kind == "opened" else "open" if kind == "agent_reply" else status
        yield CaseEvent(
            at=at,
            kind=kind,
            activity=activity,
            status=status,
            agent=agent if kind != "opened" else "",
            team=team,
            row=last.number,
            attributes=_changes(None, last, layout) if kind == "opened" else {},
        )


def _final_status(events: tuple[CaseEvent, ...], values: dict[str, str], layout: Layout) -> str | None:
    """A log ends in its last event's status; a ticket says its own, or its times tell."""
    if layout.is_events:
        return events[-1].status
    said = layout.mapping.status_map.get(values.get("status", ""))
    reached = {event.status for event in events}
    return said or next((status for status in ("closed", "resolved") if status in reached), events[-1].status)


def _changes(before: CaseRow | None, row: CaseRow, layout: Layout) -> dict[str, str]:
    extras = layout.extras_of(row.values)
    if before is None:
        return {name: value for name, value in zip(layout.extra_names, extras, strict=True) if value}
    earlier = layout.extras_of(before.values)
    if earlier == extras:
        return {}
    return {name: value for name, value, was in zip(layout.extra_names, extras, earlier, strict=True) if value != was}


def _attributes(rows: list[CaseRow], layout: Layout) -> dict[str, str]:
    """The last value each unclaimed column held."""
    found = dict(zip(layout.extra_names, layout.extras_of(rows[-1].values), strict=True))
    sought = [name for name, value in found.items() if not value]
    for row in reversed(rows[:-1]):
        if not sought:
            break
        said = dict(zip(layout.extra_names, layout.extras_of(row.values), strict=True))
        found.update((name, said[name]) for name in sought)
        sought = [name for name in sought if not said[name]]
    return {name: value for name, value in found.items() if value}


def _oddities(
    opened_at: dt.datetime,
    resolved_at: dt.datetime | None,
    closed_at: dt.datetime | None,
    status: str | None,
) -> Iterable[str]:
    if any(at is not None and at < opened_at for at in (resolved_at, closed_at)):
        yield "negative_duration"
    if status in ENDED and resolved_at is None and closed_at is None:
        yield "ended_without_time"
    if status is not None and status not in ENDED and closed_at is not None:
        yield "open_with_closing_time"


def _first(events: tuple[CaseEvent, ...], kind: str) -> dt.datetime | None:
    return next((event.at for event in events if event.kind == kind), None)


def _last(events: tuple[CaseEvent, ...], kind: str) -> dt.datetime | None:
    return next((event.at for event in reversed(events) if event.kind == kind), None)
