"""What lists offer: queues, people who answer them, products, places, tags, saved views."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models import QuerySet

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Organisation, Place, Product, Queue, Tag, View
from wellserved.apps.desk.queries import scope
from wellserved.platform.origin import in_world

MOST_CHOICES = 500


def choices(*, actor: Actor) -> types.Choices:
    """Return what the lists of an inbox or a form offer. Six queries."""
    queues = list(scope.visible_queues(actor=actor).select_related("team").order_by("name"))
    teams = {row.team.pk: row.team.name for row in queues if row.team}
    return types.Choices(
        queues=tuple(types.Choice(id=row.pk, name=row.name) for row in queues),
        teams=tuple(types.Choice(id=pk, name=name) for pk, name in sorted(teams.items(), key=lambda pair: pair[1])),
        assignees=eligible(actor=actor),
        products=_named(Product, actor),
        places=_named(Place, actor),
        tags=_named(Tag, actor),
    )


def _named(model: type[models.Model], actor: Actor) -> tuple[types.Choice, ...]:
    rows = in_world(model._default_manager.order_by("name"), actor.world).values_list("pk", "name")
    return tuple(types.Choice(id=pk, name=name) for pk, name in rows[:MOST_CHOICES])


def conditions(*, actor: Actor, chosen: Mapping[str, Collection[int]]) -> dict[str, tuple[types.Choice, ...]]:
    """Return what a standard may ask about beside the fixed lists, with those `chosen` that lie beyond a list's end.

    Customers are too many to list, so only the chosen ones are. Of either, only those of the actor's world. Six to
    eleven queries.
    """
    lists: dict[str, QuerySet[Any]] = {
        "queue": scope.visible_queues(actor=actor),
        "product": in_world(Product.objects.all(), actor.world),
        "place": in_world(Place.objects.all(), actor.world),
        "tag": in_world(Tag.objects.all(), actor.world),
        "organisation": in_world(Organisation.objects.all(), actor.world),
        "customer": scope.visible_customers(actor=actor),
    }
    return {field: _offered(field, rows, set(chosen.get(field, ()))) for field, rows in lists.items()}


def _offered(field: str, rows: QuerySet[Any], wanted: set[int]) -> tuple[types.Choice, ...]:
    listed = [] if field == "customer" else list(rows.order_by("name", "pk").values_list("pk", "name")[:MOST_CHOICES])
    missing = wanted - {pk for pk, _ in listed}
    beyond = list(rows.filter(pk__in=missing).order_by("name", "pk").values_list("pk", "name")) if missing else []
    return tuple(types.Choice(id=pk, name=name) for pk, name in [*listed, *beyond])


def eligible(*, actor: Actor, queue: Queue | None = None) -> tuple[types.Choice, ...]:
    """Return the active people who may answer this queue (or any the actor sees): its team, and managers."""
    team_ids = {queue.team_id} if queue else actor.team_ids
    anyone = queue.team_id is None if queue else actor.sees_all_teams
    return tuple(
        types.Choice(id=person.id, name=person.name)
        for person in accounts.staff(actor=actor)
        if answers(person, None if anyone else team_ids)
    )


def answers(person: Person, team_ids: Collection[int | None] | None) -> bool:
    """Return whether somebody may answer queues of these teams (None: of any): their members, and managers."""
    return (
        person.is_active
        and accounts_policies.WORK_TICKETS in accounts_policies.CAPABILITIES[person.role]
        and (
            team_ids is None
            or person.role in accounts_policies.SEES_ALL_TEAMS
            or not person.team_ids.isdisjoint(team_ids)
        )
    )


def saved_views(*, actor: Actor) -> tuple[types.SavedView, ...]:
    """Return the actor's views and those shared with her teams or everybody, by name. One query."""
    rows = in_world(View.objects.select_related("team").order_by("name", "pk"), actor.world)
    return tuple(
        types.SavedView(
            id=row.pk,
            name=row.name,
            query=row.query,
            is_mine=row.owner_id == actor.user_id,
            is_shared=row.is_shared or row.team is not None,
            shared_with=row.team.name if row.team else "everyone" if row.is_shared else "",
        )
        for row in rows
        if row.is_shared or row.owner_id == actor.user_id or _reaches(row, actor)
    )


def _reaches(row: View, actor: Actor) -> bool:
    """Return whether a view is shared with a team of the actor's; a manager sees those of every team."""
    return row.team_id is not None and (actor.sees_all_teams or row.team_id in actor.team_ids)
