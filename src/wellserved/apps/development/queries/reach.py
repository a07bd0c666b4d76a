"""Whose learning somebody may read: her own, and that of those she leads. The one place that says so."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import Actor, Person
from wellserved.platform.origin import in_world

M = TypeVar("M", bound=Model)


def people(*, actor: Actor, staff: Iterable[Person] | None = None) -> dict[int, str]:
    """Return the names of those whose seats in training this actor may know. Two queries at most, none with `staff`."""
    if not actor.can(READ_PEOPLE):
        return {actor.user_id: actor.name} if actor.user_id else {}
    return {person.id: person.name for person in (accounts.staff(actor=actor) if staff is None else staff)}


def learners(*, actor: Actor, staff: Iterable[Person] | None = None) -> dict[int, str]:
    """Return the names of those whose needs and plans this actor may read. Three queries at most, one with `staff`."""
    led = leading.led_ids(actor=actor)
    known = people(actor=actor, staff=staff)
    return {pk: name for pk, name in known.items() if pk == actor.user_id or pk in led}


def in_reach(rows: QuerySet[M], *, actor: Actor) -> QuerySet[M]:
    """Keep the rows of herself and of those she leads. No query beside that of the rows."""
    rows = in_world(rows, actor.world)
    if actor.user_id is None:
        return rows if actor.automatic else rows.none()
    return rows.filter(Q(person=actor.user_id) | Q(person__in=leading.led_by(actor=actor)))


def visible_ids(model: type[M], *, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read."""
    rows = in_reach(model._default_manager.filter(pk__in=ids), actor=actor)
    return frozenset(rows.values_list("pk", flat=True))
