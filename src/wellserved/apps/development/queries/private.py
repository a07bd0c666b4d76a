"""The restricted records of two people: who may see one, stated once for pages, API, search, history and export."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.models.private import Private
from wellserved.apps.development.queries import recorded
from wellserved.apps.development.types import guiding as types
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_day, format_span

P = TypeVar("P", bound=Private)
ORDER = Keyset("-ends_on", "-id")
VIEWS = {"open": "Under way", "all": "All"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family of restricted records: its table, its words, how long it is kept, when it is at rest."""

    kind: str
    model: type[Private]
    label: str
    many: str
    folder: str
    states: dict[str, str]
    final: frozenset[str]
    months: int
    purpose: str
    title: Callable[[Any], str]

    def url(self, pk: int) -> str:
        """Return the address of one record's page."""
        return f"/development/{self.folder}/{pk}"


FAMILIES: dict[str, Family] = {
    family.kind: family
    for family in (
        Family(
            kind=types.TALK,
            model=models.OneToOne,
            label="One-to-one",
            many="One-to-ones",
            folder="one-to-ones",
            states=dict(types.TalkState.choices),
            final=frozenset({types.TalkState.AGREED}),
            months=24,
            purpose="So that two people keep to what they agreed",
            title=lambda row: f"One-to-one on {format_day(clock.day_of(row.starts_at))}",
        ),
        Family(
            kind=types.COACHING,
            model=models.Coaching,
            label="Coaching",
            many="Coaching",
            folder="coaching",
            states=dict(types.CoachingState.choices),
            final=frozenset({types.CoachingState.REACHED, types.CoachingState.STOPPED}),
            months=24,
            purpose="To help a person towards a goal of her own",
            title=lambda row: row.goal,
        ),
        Family(
            kind=types.OBSERVATION,
            model=models.Observation,
            label="Observation",
            many="Observations",
            folder="observations",
            states=dict(types.ObservationState.choices),
            final=frozenset({types.ObservationState.ANSWERED}),
            months=12,
            purpose="To find what help a person needs, never to rank people",
            title=lambda row: row.purpose,
        ),
        Family(
            kind=types.REVIEW,
            model=models.Review,
            label="Performance review",
            many="Reviews",
            folder="reviews",
            states=dict(types.ReviewState.choices),
            final=frozenset({types.ReviewState.AGREED}),
            months=36,
            purpose="To look back together and agree what comes next",
            title=lambda row: format_span(row.period_from, row.period_to),
        ),
    )
}
BY_MODEL = {family.model: family for family in FAMILIES.values()}


def visible(model: type[P], *, actor: Actor) -> QuerySet[P]:
    """Return the rows this actor may see: the two people's own, those of people she leads, and one she is asked about.

    Nobody else sees any, whatever her role, and neither does the product itself. One query, in its place.
    """
    rows = in_world(model._default_manager.all(), actor.world)
    if actor.user_id is None:
        return rows.none()
    asked = recorded.unanswered(actor=actor).filter(kind=BY_MODEL[model].kind)
    return rows.filter(
        Q(person=actor.user_id)
        | Q(guide=actor.user_id)
        | Q(person__in=leading.led_by(actor=actor))
        | Q(pk__in=asked.values("record_id"))
    )


def visible_ids(model: type[P], *, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may see. One query."""
    return frozenset(visible(model, actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def find(model: type[P], *, actor: Actor, pk: int) -> P:
    """Return one record with its two people, or say there is none; for this app alone. One query."""
    row = visible(model, actor=actor).filter(pk=pk).select_related("person", "guide").first()
    if row is None:
        raise absent()
    return row


def absent() -> NotFound:
    """Return what is said of a record that is not there or not the asker's to see."""
    return NotFound("There is no such record, or it is not yours to see.", code="private_record")


def register(
    *, actor: Actor, kind: str, view: str = "open", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.PrivateRow, ...], str | None]:
    """Return one page of the records of a family the actor may see, the newest first. One query."""
    family = FAMILIES[kind]
    rows = visible(family.model, actor=actor).select_related("person", "guide")
    if view == "open":
        rows = rows.exclude(state__in=family.final)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(as_row(row, actor=actor) for row in page.rows), page.next_cursor


def own(*, actor: Actor, kind: str, since: dt.date | None = None) -> tuple[Any, ...]:
    """Return the rows about the actor herself, the newest first; for this app alone. One query."""
    rows = in_world(FAMILIES[kind].model._default_manager.filter(person=actor.user_id), actor.world)
    if since is not None:
        rows = rows.filter(ends_on__gte=since)
    return tuple(rows.select_related("guide").order_by(*ORDER.fields))


def as_row(row: Private, *, actor: Actor) -> types.PrivateRow:
    """Return the row as a list shows it; `is_waiting` says that the reader herself is asked for something."""
    family, state = BY_MODEL[type(row)], row.state
    return types.PrivateRow(
        kind=family.kind,
        id=row.pk,
        title=family.title(row),
        person_id=row.person_id,
        person=row.person.name,
        guide_id=row.guide_id,
        guide=row.guide.name,
        on=row.ends_on,
        state=state,
        state_name=family.states[state],
        is_waiting=awaits(row, actor=actor),
        url=family.url(row.pk),
    )


def awaits(row: Private, *, actor: Actor) -> bool:
    """Return whether the record waits for this reader: for her view, her words, or her yes."""
    state = row.state
    if actor.user_id == row.person_id:
        return (state in {"recorded", "open"} and not isinstance(row, models.Coaching)) or _unagreed(row, "person")
    return actor.user_id == row.guide_id and (state == types.ReviewState.OWN or _unagreed(row, "guide"))


def _unagreed(row: Private, who: str) -> bool:
    stamp = getattr(row, f"agreed_by_{who}_at", row)
    return stamp is None and row.state in {types.TalkState.HELD, types.ReviewState.WRITTEN}


def pair_of(row: Private, *, actor: Actor) -> types.Pair:
    """Return what every record of two says."""
    state = row.state
    return types.Pair(
        id=row.pk,
        person_id=row.person_id,
        person=row.person.name,
        guide_id=row.guide_id,
        guide=row.guide.name,
        state=state,
        state_name=BY_MODEL[type(row)].states[state],
        is_person=actor.user_id == row.person_id,
        is_guide=actor.user_id == row.guide_id,
        ends_on=row.ends_on,
        version=row.version,
    )


def tasks(rows: QuerySet[models.Task], *, today: dt.date) -> tuple[types.TaskRow, ...]:
    """Return what was agreed, the open first, by their days. One query."""
    ordered = rows.select_related("owner").order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")
    return tuple(
        types.TaskRow(
            id=row.pk,
            words=row.words,
            owner_id=row.owner_id,
            owner=row.owner.name,
            due_on=row.due_on,
            done_at=row.done_at,
            is_late=row.done_at is None and row.due_on < today,
        )
        for row in ordered
    )
