"""The formulas of the metrics: each an Ibis expression of its cases, with a ticket, a moment and a value.

Nothing is imported here: an expression is built on the tables it is handed.
"""

from collections.abc import Mapping
from typing import Any

from wellserved.apps.measures.types import Formula, Moment

Tables = Mapping[str, Any]
DAY = 86_400
# A contact counts as the first and only one when nothing follows within so many days.
WINDOW_DAYS = 7


def _cases(table: Any, at: Any, value: Any) -> Any:
    return table.select(ticket_id=table.ticket_id, at=at, value=value.cast("float64"))


def _seconds(end: Any, start: Any) -> Any:
    return end.delta(start, unit="microsecond") / 1e6


def _one(table: Any) -> Any:
    return table.ticket_id.notnull().cast("int64")


def happened(name: str, moment: str, **only: Any) -> Formula:
    """Each row of a table with this moment is one case."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        rows = _where(tables[name], only)
        rows = rows.filter(rows[moment].notnull())
        return _cases(rows, rows[moment], _one(rows))

    return formula


def spell(name: str, start: str, end: str, *, at: str = "") -> Formula:
    """Return the seconds from one moment to another, of rows that have both."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        rows = tables[name]
        rows = rows.filter(rows[start].notnull(), rows[end].notnull())
        return _cases(rows, rows[at or start], _seconds(rows[end], rows[start]))

    return formula


def number(column: str, *, at: str, name: str = "tickets") -> Formula:
    """Return a number a row bears."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        rows = tables[name]
        rows = rows.filter(rows[at].notnull())
        return _cases(rows, rows[at], rows[column])

    return formula


def kept_clock(*metrics: str) -> Formula:
    """Return whether a clock's target was met, of clocks decided by now: met, or past the time it was due."""

    def formula(tables: Tables, moment: Moment) -> Any:
        rows = _of_metrics(tables["clocks"], metrics)
        rows = rows.filter(rows.decided_at.notnull(), rows.decided_at <= moment.now)
        return _cases(rows, rows.decided_at, rows.is_kept)

    return formula


def worked(metric: str) -> Formula:
    """Return the working seconds a clock ran, of clocks that stopped."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        rows = _of_metrics(tables["clocks"], (metric,))
        rows = rows.filter(rows.stopped_at.notnull())
        return _cases(rows, rows.stopped_at, rows.elapsed_seconds)

    return formula


def resolved_within(days: int) -> Formula:
    """Return whether a ticket was resolved within so many days of 24 hours, of tickets that old or resolved."""

    def formula(tables: Tables, moment: Moment) -> Any:
        rows = tables["tickets"]
        took = _seconds(rows.resolved_at, rows.opened_at)
        age = _seconds(_at(moment.now), rows.opened_at)
        rows = rows.filter(rows.resolved_at.notnull() | (age >= days * DAY))
        return _cases(rows, rows.opened_at, (took <= days * DAY).fill_null(False))

    return formula


def reopened(tables: Tables, _moment: Moment) -> Any:
    """Whether a ticket that was resolved was opened again."""
    rows = tables["tickets"]
    rows = rows.filter(rows.first_resolved_at.notnull())
    return _cases(rows, rows.first_resolved_at, rows.reopened > 0)


def first_contact(tables: Tables, moment: Moment) -> Any:
    """Whether nothing followed the resolution within the window, of tickets whose window is over."""
    rows = tables["tickets"]
    rows = rows.mutate(following=rows.opened_at.lead().over(group_by=rows.customer, order_by=rows.opened_at))
    rows = rows.filter(rows.first_resolved_at.notnull())
    rows = rows.filter(_seconds(_at(moment.now), rows.first_resolved_at) >= WINDOW_DAYS * DAY)
    again = rows.following.notnull() & (_seconds(rows.following, rows.first_resolved_at) <= WINDOW_DAYS * DAY)
    single = (rows.reopened == 0) & ~again
    return _cases(rows, rows.first_resolved_at, single)


def messages(*kinds: str) -> Formula:
    """Return how many messages of these kinds a resolved ticket has."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        said = tables["messages"]
        said = said.filter(said.kind.isin(kinds)).group_by("ticket_id").aggregate(said=lambda each: each.count())
        rows = tables["tickets"]
        rows = rows.filter(rows.resolved_at.notnull()).left_join(said, "ticket_id")
        return _cases(rows, rows.resolved_at, rows.said.fill_null(0))

    return formula


def waited(side: str) -> Formula:
    """Return the seconds a resolved ticket waited on one side."""

    def formula(tables: Tables, _moment: Moment) -> Any:
        parts = tables["segments"]
        parts = parts.filter(parts.side == side, parts.ended_at.notnull())
        parts = parts.mutate(seconds=_seconds(parts.ended_at, parts.started_at))
        parts = parts.group_by("ticket_id").aggregate(seconds=lambda each: each.seconds.sum())
        rows = tables["tickets"]
        rows = rows.filter(rows.resolved_at.notnull()).left_join(parts, "ticket_id")
        return _cases(rows, rows.resolved_at, rows.seconds.fill_null(0.0))

    return formula


def open_at_end(value: str) -> Formula:
    """Return the tickets open when the period ends, or now if that is sooner: `one`, `age`, `old` or `silent`."""

    def formula(tables: Tables, moment: Moment) -> Any:
        end = _at(min(moment.ends, moment.now))
        stays = tables["segments"]
        stays = stays.filter(stays.started_at < end, stays.ended_at.isnull() | (stays.ended_at >= end))
        rows = tables["tickets"].semi_join(stays, "ticket_id")
        age = _seconds(end, rows.opened_at)
        values = {
            "one": _one(rows),
            "age": age,
            "old": age > WINDOW_DAYS * DAY,
            "silent": rows.first_replied_at.isnull() | (rows.first_replied_at >= end),
        }
        return _cases(rows, end, values[value])

    return formula


def complained(tables: Tables, _moment: Moment) -> Any:
    """Whether a ticket opened became a formal complaint."""
    rows = tables["tickets"]
    return _cases(rows, rows.opened_at, rows.ticket_id.isin(tables["complaints"].ticket_id))


def upheld(tables: Tables, _moment: Moment) -> Any:
    """Whether a complaint that was decided was upheld, wholly or in part."""
    rows = tables["complaints"]
    rows = rows.filter(rows.decided_at.notnull(), rows.outcome != "")
    return _cases(rows, rows.decided_at, rows.outcome.isin(["upheld", "partly"]))


def kept_promise(tables: Tables, moment: Moment) -> Any:
    """Whether a promise was kept, of those due by now that were not withdrawn."""
    rows = tables["promises"]
    rows = rows.filter(rows.state != "withdrawn", rows.due_at <= moment.now)
    return _cases(rows, rows.due_at, rows.state == "kept")


def spent(tables: Tables, _moment: Moment) -> Any:
    """What a closed complaint cost: its own cost and its remedies."""
    rows = tables["complaints"]
    rows = rows.filter(rows.closed_at.notnull())
    return _cases(rows, rows.closed_at, rows.cost + rows.remedies)


def _at(moment: Any) -> Any:
    import ibis  # noqa: PLC0415 (never loads when the web server starts)

    return ibis.literal(moment, type="timestamp('UTC', 6)")


def _where(rows: Any, only: Mapping[str, Any]) -> Any:
    for column, wanted in only.items():
        rows = rows.filter(rows[column] == wanted)
    return rows


def _of_metrics(rows: Any, metrics: tuple[str, ...]) -> Any:
    return rows.filter(rows.metric.isin(metrics)) if metrics else rows
