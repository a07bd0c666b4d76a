"""Reads of segments and expectations: the register, one whole, what is served and promised of it."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types import offer as types
from wellserved.apps.thread import queries as thread
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

KIND, SERVICE, STANDARD = "standards.expectation", "standards.service", "standards.standard"
BY_NAME = Keyset("name", "id")
BY_IMPORTANCE = Keyset("-importance", "id")
GAPS: dict[str, str] = {"": "Any", **types.COVER}
MOST_CHOICES = 500


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the register of expectations is asked for."""

    segment: int | None = None
    basis: str = ""
    cover: str = ""
    review: str = ""
    search: str = ""


def segments(
    *, actor: Actor, search: str = "", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.SegmentRow, ...], str | None]:
    """Return one page of segments by name, and the cursor of the next. One query."""
    rows = _segments(actor)
    if search:
        rows = rows.filter(name__icontains=search)
    page = BY_NAME.page(rows, cursor=cursor, limit=limit)
    return tuple(_segment_row(row, now) for row in page.rows), page.next_cursor


def active_segments(*, actor: Actor, now: dt.datetime) -> tuple[types.SegmentRow, ...]:
    """Return the segments in use by name, the first fifty: more is no segmentation. One query."""
    return tuple(_segment_row(row, now) for row in _segments(actor).filter(is_active=True).order_by("name", "pk")[:50])


def segment(*, actor: Actor, segment_id: int, now: dt.datetime) -> types.SegmentRow:
    """Return a segment, or say there is none. One query."""
    row = _segments(actor).filter(pk=segment_id).first()
    if row is None:
        raise NotFound("There is no such segment.", code="segment_not_found")
    return _segment_row(row, now)


def _segments(actor: Actor) -> QuerySet[models.Segment]:
    counted = Count("expectations", filter=Q(expectations__is_active=True))
    return in_world(models.Segment.objects.all(), actor.world).select_related("owner").annotate(counted=counted)


def _segment_row(row: models.Segment, now: dt.datetime) -> types.SegmentRow:
    return types.SegmentRow(
        id=row.pk,
        name=row.name,
        description=row.description,
        rule=types.Rule.from_data(row.rule),
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        review_on=row.review_on,
        is_review_due=row.is_active and row.review_on is not None and row.review_on <= now.date(),
        is_active=row.is_active,
        expectations=row.counted,  # type: ignore[attr-defined]
        version=row.version,
    )


def register(
    *, actor: Actor, filters: Filters, cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.ExpectationRow, ...], str | None]:
    """Return one page of expectations that hold, the most important first, and the cursor of the next. Five queries."""
    rows = in_world(models.Expectation.objects.filter(is_active=True), actor.world)
    if filters.segment:
        rows = rows.filter(segment=filters.segment)
    if filters.basis:
        rows = rows.filter(basis=filters.basis)
    if filters.review == "due":
        rows = rows.filter(review_on__lte=now.date())
    if filters.search:
        rows = rows.filter(title__icontains=filters.search)
    promised = _promised(actor)
    page = BY_IMPORTANCE.page(_covered_as(rows, filters.cover, promised), cursor=cursor, limit=limit)
    return _rows(page.rows, promised, now), page.next_cursor


def _covered_as(
    rows: QuerySet[models.Expectation], cover: str, promised: Mapping[int, Collection[int]]
) -> QuerySet[models.Expectation]:
    served = Exists(models.Service.objects.filter(is_offered=True, meets=OuterRef("pk")))
    match cover:
        case "unserved":
            return rows.filter(~served)
        case "unpromised":
            return rows.filter(served).exclude(pk__in=promised)
        case "covered":
            return rows.filter(served, pk__in=promised)
    return rows


def _promised(actor: Actor) -> dict[int, list[int]]:
    """Return which live standards promise which expectation. Two queries."""
    pairs = thread.ends(actor=actor, start_kind=STANDARD, verb="promises", end_kind=KIND)
    live = models.Standard.objects.filter(state=models.Standard.State.LIVE)
    known = set(in_world(live, actor.world).values_list("pk", flat=True)) if pairs else set()
    found: dict[int, list[int]] = {}
    for standard, expectation in pairs:
        if standard in known:
            found.setdefault(expectation, []).append(standard)
    return found


def _rows(
    rows: Iterable[models.Expectation], promised: Mapping[int, list[int]], now: dt.datetime
) -> tuple[types.ExpectationRow, ...]:
    """Return rows with what serves and promises them. Three queries."""
    found = list(rows)
    ids = [row.pk for row in found]
    named = dict(models.Segment.objects.filter(pk__in={row.segment_id for row in found}).values_list("pk", "name"))
    meets: dict[int, list[types.Named]] = {}
    through = models.Service.meets.through.objects.filter(expectation__in=ids, service__is_offered=True)
    for expectation, pk, name in through.order_by("service__name").values_list(
        "expectation_id", "service_id", "service__name"
    ):
        meets.setdefault(expectation, []).append(types.Named(id=pk, name=name, url=f"/offer/{pk}"))
    standards = {pk for each in ids for pk in promised.get(each, ())}
    names = dict(models.Standard.objects.filter(pk__in=standards).values_list("pk", "name")) if standards else {}
    kept = {
        pk: tuple(types.Named(id=one, name=names[one], url=f"/standards/{one}") for one in theirs if one in names)
        for pk, theirs in promised.items()
    }
    return tuple(_row(row, named, tuple(meets.get(row.pk, ())), kept.get(row.pk, ()), now) for row in found)


def _row(
    row: models.Expectation,
    named: Mapping[int, str],
    services: tuple[types.Named, ...],
    standards: tuple[types.Named, ...],
    now: dt.datetime,
) -> types.ExpectationRow:
    return types.ExpectationRow(
        id=row.pk,
        title=row.title,
        detail=row.detail,
        segment_id=row.segment_id,
        segment=named.get(row.segment_id, ""),
        basis=row.basis,
        nature=row.nature,
        importance=row.importance,
        source=row.source,
        source_note=row.source_note,
        source_on=row.source_on,
        credibility=row.credibility,
        is_current=now.date() - row.source_on <= types.CURRENT_FOR,
        review_on=row.review_on,
        is_review_due=row.is_active and row.review_on <= now.date(),
        is_active=row.is_active,
        signals=types.Signals.from_data(row.signals),
        version=row.version,
        cover="unserved" if not services else "covered" if standards else "unpromised",
        services=services,
        standards=standards,
    )


def expectation(*, actor: Actor, expectation_id: int, now: dt.datetime) -> types.ExpectationRow:
    """Return one expectation, in use or not, or say there is none. Six queries."""
    row = in_world(models.Expectation.objects.filter(pk=expectation_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such expectation.", code="expectation_not_found")
    return _rows([row], _promised(actor), now)[0]


def of_segments(
    *, actor: Actor, segment_ids: Collection[int], now: dt.datetime
) -> dict[int, tuple[types.ExpectationRow, ...]]:
    """Return what these segments expect, the most important first, a hundred at most. Six queries."""
    if not segment_ids:
        return {}
    rows = in_world(models.Expectation.objects.filter(is_active=True, segment__in=segment_ids), actor.world)
    found: dict[int, tuple[types.ExpectationRow, ...]] = {}
    for row in _rows(rows.order_by("-importance", "pk")[:100], _promised(actor), now):
        found[row.segment_id] = (*found.get(row.segment_id, ()), row)
    return found


def coverage(*, actor: Actor) -> types.Coverage:
    """Return how many of all expectations that hold are served, and promised. Four queries."""
    rows = in_world(models.Expectation.objects.filter(is_active=True), actor.world)
    promised = _promised(actor)
    served = set(_covered_as(rows, "", promised).filter(services__is_offered=True).values_list("pk", flat=True))
    return types.Coverage(total=rows.count(), served=len(served), covered=len(served & promised.keys()))


def choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the expectations that hold with their segment, for whoever cites them. One query."""
    rows = in_world(models.Expectation.objects.filter(is_active=True), actor.world).order_by("segment__name", "title")
    named = rows.values_list("pk", "segment__name", "title")[:MOST_CHOICES]
    return tuple((pk, f"{segment}: {title}") for pk, segment, title in named)


def titles(*, actor: Actor, ids: Collection[int], holding: bool = False) -> dict[int, str]:
    """Return the titles of these expectations by id; `holding` leaves out those no longer in use. One query."""
    rows = in_world(models.Expectation.objects.filter(pk__in=ids), actor.world)
    if holding:
        rows = rows.filter(is_active=True)
    return dict(rows.values_list("pk", "title"))


def unpromised(*, actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Return which of these expectations no standard in force promises, by id. Three queries."""
    promised = _promised(actor)
    return {pk: title for pk, title in titles(actor=actor, ids=ids, holding=True).items() if pk not in promised}


def reviews_due(*, actor: Actor, now: dt.datetime) -> tuple[str, ...]:
    """Return the titles of expectations whose review is due. One query."""
    rows = in_world(models.Expectation.objects.filter(is_active=True, review_on__lte=now.date()), actor.world)
    return tuple(rows.order_by("review_on", "pk").values_list("title", flat=True)[:101])


def count_sources(*, actor: Actor, now: dt.datetime) -> tuple[int, int, int]:
    """Return how many expectations hold, of them with a source over a year old, and perceived. One query."""
    rows = in_world(models.Expectation.objects.filter(is_active=True), actor.world)
    old = Q(source_on__lt=now.date() - types.CURRENT_FOR)
    found = rows.aggregate(
        total=Count("pk"), old=Count("pk", filter=old), perceived=Count("pk", filter=Q(nature="perceived"))
    )
    return found["total"], found["old"], found["perceived"]
