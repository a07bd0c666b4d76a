"""Reads of standards: the register, one whole, what its clocks are called, whose review is due."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import clocks
from wellserved.apps.standards.types import OUTCOME
from wellserved.apps.standards.types import commitments as types
from wellserved.apps.standards.types.measures import FREQUENCIES, MEASURES, SOURCES
from wellserved.apps.standards.types.wording import say_share, say_span, say_standard
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_day

ORDER = Keyset("name", "id")
State = models.Standard.State
VIEWS: dict[str, str] = {
    "in_force": "In force",
    "review_due": "Review due",
    "open": "Not yet in force",
    "retired": "Retired",
}
MOST_IN_FORCE = 1000
MOST_NEIGHBOURS = 50


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the register is asked for."""

    view: str = "in_force"
    audience: str = ""
    search: str = ""


def register(
    *, actor: Actor, filters: Filters, cursor: str | None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.StandardRow, ...], str | None]:
    """Return one page of standards by name, and the cursor of the next. Three queries."""
    rows = in_world(models.Standard.objects.all(), actor.world).filter(_view(filters.view, now))
    if filters.audience:
        rows = rows.filter(audience=filters.audience)
    if filters.search:
        rows = rows.filter(name__icontains=filters.search)
    page = ORDER.page(_loaded(rows), cursor=cursor, limit=limit)
    return _rows(actor, page.rows, now), page.next_cursor


def in_force(*, actor: Actor, now: dt.datetime) -> tuple[types.StandardRow, ...]:
    """Return every live standard of the world, up to a thousand, for the verdict over all of them. Three queries."""
    rows = in_world(models.Standard.objects.filter(state=State.LIVE), actor.world)
    return _rows(actor, _loaded(rows).order_by("name", "pk")[:MOST_IN_FORCE], now)


def some(*, actor: Actor, ids: Collection[int], now: dt.datetime) -> tuple[types.StandardRow, ...]:
    """Return these standards by name; a foreign one reads as absent. Three queries."""
    rows = in_world(models.Standard.objects.filter(pk__in=set(ids)), actor.world)
    return _rows(actor, _loaded(rows).order_by("name", "pk"), now)


def agreements_of(*, actor: Actor, partner_id: int, now: dt.datetime) -> tuple[types.StandardRow, ...]:
    """Return the standards a partner has agreed to. Three queries."""
    rows = in_world(models.Standard.objects.filter(partner=partner_id), actor.world)
    return _rows(actor, _loaded(rows).order_by("name", "pk"), now)


def carried_by(*, actor: Actor, policy_id: int) -> tuple[int, ...]:
    """Return the live standards whose clock a policy runs. One query."""
    rows = in_world(models.Standard.objects.filter(policy=policy_id, state=State.LIVE), actor.world)
    return tuple(rows.order_by("name", "pk").values_list("pk", flat=True)[:MOST_NEIGHBOURS])


def measuring(*, actor: Actor, measures: Collection[str]) -> tuple[int, ...]:
    """Return the live standards that promise one of these measures. One query, none without a measure."""
    if not measures:
        return ()
    rows = in_world(models.Standard.objects.filter(measure__in=measures, state=State.LIVE), actor.world)
    return tuple(rows.order_by("name", "pk").values_list("pk", flat=True)[:MOST_NEIGHBOURS])


def reviews_due(*, actor: Actor, now: dt.datetime) -> tuple[str, ...]:
    """Return the names of live standards whose review is due, by date. One query."""
    rows = in_world(models.Standard.objects.filter(_view("review_due", now)), actor.world)
    return tuple(rows.order_by("review_on", "pk").values_list("name", flat=True)[:101])


def exists(*, actor: Actor) -> bool:
    """Return whether the world holds any standard. One query."""
    return in_world(models.Standard.objects.all(), actor.world).exists()


def _view(view: str, now: dt.datetime) -> Q:
    match view:
        case "review_due":
            return Q(state=State.LIVE, review_on__lte=now.date())
        case "open":
            return Q(state__in=[State.DRAFT, State.AGREED])
        case "retired":
            return Q(state=State.RETIRED)
        case "all":
            return Q()
    return Q(state=State.LIVE)


def _loaded(rows: QuerySet[models.Standard]) -> QuerySet[models.Standard]:
    return rows.select_related("owner").prefetch_related("versions")


def find(*, actor: Actor, standard_id: int) -> models.Standard:
    """Return the row, or say there is none; for this app alone. Two queries."""
    row = _loaded(in_world(models.Standard.objects.filter(pk=standard_id), actor.world)).first()
    if row is None:
        raise NotFound("There is no such standard.", code="standard_not_found")
    return row


def standard(*, actor: Actor, standard_id: int, now: dt.datetime) -> types.StandardDetail:
    """Return a standard with its draft, versions and readings. Six queries."""
    row = find(actor=actor, standard_id=standard_id)
    named = calendar_names(actor=actor)
    versions = sorted(row.versions.all(), key=lambda version: -version.number)
    read = [types.Answers.from_data(version.content) for version in versions]
    people = accounts.names(
        user_ids={i for i in (*(v.created_by_id for v in versions), *(a.owner_id for a in read)) if i}
    )
    return types.StandardDetail(
        row=_row(row, named, now),
        draft=types.Answers.from_data(row.draft) if row.draft is not None else None,
        versions=tuple(
            types.StandardVersion(
                id=version.pk,
                number=version.number,
                answers=read[at],
                effective_on=version.effective_on,
                created_at=version.created_at,
                created_by=people.get(version.created_by_id or 0, ""),
                reason=version.reason,
                changes=differences(read[at + 1], read[at], named, people) if at + 1 < len(read) else (),
            )
            for at, version in enumerate(versions)
        ),
        readings=tuple(
            types.Reading(
                id=reading.pk,
                on=reading.on,
                value=float(reading.value),
                cases=reading.cases,
                source=reading.source,
                note=reading.note,
                entered_by=reading.entered_by.name if reading.entered_by else "",
            )
            for reading in row.readings.select_related("entered_by").order_by("-on")
        ),
    )


def calendar_names(*, actor: Actor) -> dict[int, str]:
    """Return the names of the world's calendars by id. One query."""
    return dict(in_world(models.Calendar.objects.order_by("name"), actor.world).values_list("pk", "name"))


def _rows(actor: Actor, rows: Iterable[models.Standard], now: dt.datetime) -> tuple[types.StandardRow, ...]:
    found = list(rows)
    named = calendar_names(actor=actor) if found else {}
    return tuple(_row(row, named, now) for row in found)


def answers_of(row: models.Standard) -> types.Answers:
    """Return what holds of a standard: its newest version, or its draft before the first."""
    newest = max(row.versions.all(), key=lambda version: version.number, default=None)
    return types.Answers.from_data(newest.content if newest else row.draft or {})


def _row(row: models.Standard, calendars: Mapping[int, str], now: dt.datetime) -> types.StandardRow:
    answers = answers_of(row)
    return types.StandardRow(
        id=row.pk,
        name=row.name,
        audience=row.audience,
        state=row.state,
        measure=row.measure,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        review_on=row.review_on,
        is_review_due=row.state == State.LIVE and row.review_on is not None and row.review_on <= now.date(),
        partner_id=row.partner_id,
        policy_id=row.policy_id,
        carried_from=row.carried_from,
        effective_on=row.effective_on,
        version=row.version,
        answers=answers,
        has_draft=row.draft is not None,
        sentence=say_standard(answers, calendars),
    )


def differences(
    before: types.Answers,
    after: types.Answers,
    calendars: Mapping[int, str],
    people: Mapping[int, str],
    *,
    say_day: Callable[[dt.date], str] = format_day,
) -> tuple[tuple[str, str, str], ...]:
    """Return what changed between two versions as label, before, after; `say_day` says how a day is written."""
    old, new = (_in_words(each, calendars, people, say_day) for each in (before, after))
    return tuple((label, old[label], new[label]) for label in new if old[label] != new[label])


def _in_words(
    answers: types.Answers, calendars: Mapping[int, str], people: Mapping[int, str], say_day: Callable[[dt.date], str]
) -> dict[str, str]:
    measure = MEASURES.get(answers.measure)
    is_amount = measure is not None and measure.shape == "amount"

    def figure(value: float | None) -> str:
        return "" if value is None else f"£{value:,.2f}" if is_amount else say_share(value)

    return {
        "Name": answers.name,
        "Expectation": answers.expectation,
        "Promise": answers.promise,
        "Measure": measure.label if measure else "",
        "Source": SOURCES.get(answers.source, ""),
        "Target": figure(answers.target),
        "Tolerance": figure(answers.tolerance),
        "Time": say_span(answers.seconds) if answers.seconds else "",
        "Calendar": calendars.get(answers.calendar or 0, ""),
        "Pauses": ", ".join(answers.pause_on).replace("_", " "),
        "Audience": types.AUDIENCES.get(answers.audience, ""),
        "Which tickets": "; ".join(f"{k} {', '.join(map(str, v))}" for k, v in sorted(answers.conditions.items())),
        "Agreed with": answers.agreed_with,
        "Looked at": FREQUENCIES.get(answers.frequency, ""),
        "Owner": people.get(answers.owner_id or 0, ""),
        "Begins": say_day(answers.effective_on) if answers.effective_on else "",
        "Review": say_day(answers.review_on) if answers.review_on else "",
        "Legal basis": answers.legal_basis,
    }


def clock_keys(*, rows: Sequence[types.StandardRow]) -> tuple[types.ClockKeys, ...]:
    """Return which clocks of the desk belong to these standards. One query.

    A priority with a target of its own in the same policy runs under that and not under the standard.
    """
    timed = [row for row in rows if row.policy_id]
    if not timed:
        return ()
    versions: dict[int, list[models.PolicyVersion]] = {}
    for version in models.PolicyVersion.objects.filter(policy__in={row.policy_id for row in timed}):
        versions.setdefault(version.policy_id, []).append(version)
    return tuple(
        types.ClockKeys(
            standard_id=row.id,
            metric=row.measure,
            keys=frozenset(_keys(versions.get(row.policy_id or 0, ()), row.measure, since=row.carried_from)),
        )
        for row in timed
    )


def _keys(versions: Iterable[models.PolicyVersion], metric: str, *, since: int) -> Iterable[str]:
    for version in versions:
        if version.number < since:
            continue
        own = {target["priority"] for target in version.targets if target["metric"] == metric}
        if None in own:
            for priority in {1, 2, 3, 4} - own:
                yield f"policy:{version.pk}/{priority}"
                yield f"policy:{version.pk}/{priority}/{OUTCOME}"


def behind(*, clocks_of_ticket: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Return id and name of the standard behind each clock, given as (policy key, metric). Two queries."""
    wanted = {int(key.removeprefix("policy:").partition("/")[0]) for key, _ in clocks_of_ticket if key}
    if not wanted:
        return {}
    rows = models.Standard.objects.filter(
        policy__versions__in=wanted, measure__in={metric for _, metric in clocks_of_ticket}, state=State.LIVE
    ).distinct()
    found = list(rows.values_list("pk", "name", "policy_id", "measure", "carried_from"))
    if not found:
        return {}
    versions = models.PolicyVersion.objects.filter(policy__in={policy_id for _, _, policy_id, _, _ in found})
    by_policy: dict[int, list[models.PolicyVersion]] = {}
    for version in versions:
        by_policy.setdefault(version.policy_id, []).append(version)
    named: dict[tuple[str, str], tuple[int, str]] = {}
    for pk, name, policy_id, metric, since in found:
        named |= {(key, metric): (pk, name) for key in _keys(by_policy[policy_id or 0], metric, since=since)}
    return {pair: named[pair] for pair in clocks_of_ticket if pair in named}


def calendar_version_for(*, actor: Actor, calendar_id: int, at: dt.datetime) -> Any:
    """Return the version of a calendar in force at a moment, the first before there was one. One query."""
    history = clocks.calendar_history(actor=actor, calendar_id=calendar_id)
    return next((version for version in history if version.effective_from <= at), history[-1])


def recent_readings(
    *, actor: Actor, standard_ids: Collection[int], since: dt.date
) -> dict[int, tuple[tuple[dt.date, float, int], ...]]:
    """Return the readings of these standards since a day as day, figure and cases, oldest first. One query."""
    rows = in_world(models.Reading.objects.filter(standard__in=standard_ids), actor.world, field="standard__origin")
    found: dict[int, tuple[tuple[dt.date, float, int], ...]] = {}
    for pk, on, value, cases in (
        rows.filter(on__gte=since).order_by("on").values_list("standard_id", "on", "value", "cases")
    ):
        found[pk] = (*found.get(pk, ()), (on, float(value), cases))
    return found
