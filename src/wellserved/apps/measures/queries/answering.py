"""One answer to a question, whoever asks: the page, the API, the command line and the list behind a number."""

import datetime as dt
from collections import defaultdict
from typing import Any

from wellserved.apps.accounts.policies import READ_TICKETS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import figures
from wellserved.apps.desk.types import Channel, Kind, Priority
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.measures.adapters import estimating, store
from wellserved.apps.measures.queries import registry
from wellserved.apps.measures.types import Answer, Cohort, Figure, Freshness, Metric, Moment, Question
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid

SPLITS = {
    "queue": "queue_id",
    "team": "team_id",
    "product": "product_id",
    "place": "place_id",
    "channel": "channel",
    "type": "type",
    "priority": "priority",
}
FILTERS = {**SPLITS, "tag": "tag_ids"}
STEPS = ("day", "week", "month")
LONGEST = dt.timedelta(days=366 * 20)
MOST_STEPS = 400
_FIXED: dict[str, Any] = {"channel": Channel.choices, "type": Kind.choices, "priority": Priority.choices}


def answer(*, actor: Actor, question: Question, now: dt.datetime) -> Answer:
    """Answer from the facts of the actor's world, of the queues she may see and without tickets kept from her."""
    metric = registry.metric(name=question.metric)
    _check(metric, question)
    names = {kind: _names(actor, kind) for kind in {*question.filters, *({question.by} & set(SPLITS))}}
    wanted = {kind: _find(kind, text, names[kind]) for kind, text in question.filters.items()}
    manifest = store.read_manifest(actor.world)
    if manifest is None:
        raise Conflict("The figures are not written yet: they are within seconds of the first record.", code="no_facts")
    rows = _cases(actor, metric, question, wanted, now)
    return Answer(
        metric=metric,
        question=question,
        whole=_figure("", metric, rows, question.begins, min(question.ends, now)),
        parts=_parts(metric, question, rows, names.get(question.by, {}), now),
        freshness=Freshness(
            sequence=manifest.sequence,
            written_at=manifest.written_at,
            behind=max(ledger.status().sequence - manifest.sequence, 0),
        ),
        ticket_ids=tuple(sorted({row["ticket_id"] for row in rows})) if actor.can(READ_TICKETS) else (),
    )


def _check(metric: Metric, question: Question) -> None:
    if not question.begins < question.ends:
        raise Invalid("The period ends before it begins; give a first day and a later end.", code="wrong_period")
    if question.ends - question.begins > LONGEST:
        raise Invalid("A period is 20 years at most.", code="wrong_period")
    if question.by and question.by not in {*SPLITS, *STEPS}:
        raise Invalid(f"Figures split by {', '.join([*SPLITS, *STEPS])}.", code="wrong_split", field="by")
    if metric.cohort == Cohort.ACTIVE and question.by in STEPS:
        raise Invalid(f"{metric.title} is a state when a period ends; ask for one end at a time.", code="wrong_split")
    if unknown := set(question.filters) - set(FILTERS):
        raise Invalid(f"Figures are narrowed by {', '.join(FILTERS)}, not by {min(unknown)[:60]}.", code="wrong_filter")


def _names(actor: Actor, kind: str) -> dict[Any, str]:
    if kind in _FIXED:
        return {value: str(label) for value, label in _FIXED[kind]}
    return figures.teams_of_queues(actor=actor) if kind == "team" else figures.names_of(actor=actor, kind=kind)


def _find(kind: str, text: str, names: dict[Any, str]) -> Any:
    for key, name in names.items():
        if text in {str(key), name}:
            return key
    offered = ", ".join(sorted(names.values())[:20]) or "none"
    raise Invalid(f"There is no {kind} called {text[:60]}. There are: {offered}.", code="wrong_filter", field=kind)


def _cases(actor: Actor, metric: Metric, question: Question, wanted: dict[str, Any], now: dt.datetime) -> list[Any]:
    manifest = store.read_manifest(actor.world)
    if manifest is None:
        return []
    connection, tables = store.tables(actor.world, manifest)
    try:
        moment = Moment(begins=question.begins, ends=question.ends, now=now)
        cases = metric.formula(tables, moment)
        if metric.cohort != Cohort.ACTIVE:
            cases = cases.filter(cases.at >= question.begins, cases.at < min(question.ends, now))
        dims = tables["tickets"].select("ticket_id", *FILTERS.values())
        cases = _narrow(cases.inner_join(dims, "ticket_id"), actor, wanted)
        columns = ["ticket_id", "at", "value", *([SPLITS[question.by]] if question.by in SPLITS else [])]
        found: list[Any] = cases.select(*columns).order_by("ticket_id", "at", "value").to_pyarrow().to_pylist()
    finally:
        connection.disconnect()
    return found


def _narrow(cases: Any, actor: Actor, wanted: dict[str, Any]) -> Any:
    queues, kept = figures.reach(actor=actor)
    if queues is not None:
        cases = cases.filter(cases.queue_id.isin(queues or (-1,)))
    if kept:
        cases = cases.filter(cases.ticket_id.notin(kept))
    for kind, value in wanted.items():
        column = cases[FILTERS[kind]]
        cases = cases.filter(column.contains(value) if kind == "tag" else column == value)
    return cases


def _figure(name: str, metric: Metric, rows: list[Any], begins: dt.datetime, ends: dt.datetime) -> Figure:
    days = max((ends - begins) / dt.timedelta(days=1), 0.0)
    return estimating.estimate(name, metric.statistic, [row["value"] for row in rows], days=days)


def _parts(
    metric: Metric, question: Question, rows: list[Any], names: dict[Any, str], now: dt.datetime
) -> tuple[Figure, ...]:
    if not question.by:
        return ()
    ends = min(question.ends, now)
    if question.by in STEPS:
        steps = _steps(question, ends)
        grouped = [(begin, end, [r for r in rows if begin <= r["at"] < end]) for begin, end in steps]
        return tuple(_figure(f"{clock.day_of(begin)}", metric, held, begin, end) for begin, end, held in grouped)
    held: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        held[row[SPLITS[question.by]]].append(row)
    named = sorted((names.get(key, "None"), key) for key in held if key is not None)
    lines = [*named, *([("None", None)] if None in held else [])]
    return tuple(_figure(name, metric, held[key], question.begins, ends) for name, key in lines)


def _steps(question: Question, ends: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the days, weeks (from Monday) or months of the service's zone that the period touches, cut to it."""
    day = clock.day_of(question.begins)
    steps: list[tuple[dt.datetime, dt.datetime]] = []
    while (begin := max(clock.begin_of(day), question.begins)) < ends:
        day = _next(day, question.by)
        steps.append((begin, min(clock.begin_of(day), ends)))
        if len(steps) > MOST_STEPS:
            raise Invalid(f"That is more than {MOST_STEPS} steps; ask for longer ones.", code="wrong_period")
    return steps


def _next(day: dt.date, step: str) -> dt.date:
    if step == "day":
        return day + dt.timedelta(days=1)
    if step == "week":
        return day + dt.timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
