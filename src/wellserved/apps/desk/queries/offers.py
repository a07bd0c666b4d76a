"""What lists offer: queues, people who answer them, products, places, tags, saved views."""

from django.db import models

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Place, Product, Queue, Tag, View
from wellserved.apps.desk.queries import scope
from wellserved.platform.origin import in_world

MOST_CHOICES = 500


def choices(*, actor: Actor) -> types.Choices:
    """Return what the lists of an inbox or a form offer. Six queries."""
    return types.Choices(
        queues=tuple(
            types.Choice(id=row.pk, name=row.name) for row in scope.visible_queues(actor=actor).order_by("name")
        ),
        assignees=eligible(actor=actor),
        products=_named(Product, actor),
        places=_named(Place, actor),
        tags=_named(Tag, actor),
    )


def _named(model: type[models.Model], actor: Actor) -> tuple[types.Choice, ...]:
    rows = in_world(model._default_manager.order_by("name"), actor.world).values_list("pk", "name")
    return tuple(types.Choice(id=pk, name=name) for pk, name in rows[:MOST_CHOICES])


def eligible(*, actor: Actor, queue: Queue | None = None) -> tuple[types.Choice, ...]:
    """Return the active people who may answer this queue (or any the actor sees): its team, and managers."""
    team_ids = {queue.team_id} if queue else actor.team_ids
    anyone = queue.team_id is None if queue else actor.sees_all_teams
    return tuple(
        types.Choice(id=person.id, name=person.name)
        for person in accounts.staff(actor=actor)
        if person.is_active
        and accounts_policies.WORK_TICKETS in accounts_policies.CAPABILITIES[person.role]
        and (anyone or person.role in accounts_policies.SEES_ALL_TEAMS or team_ids & set(person.team_ids))
    )


def saved_views(*, actor: Actor) -> tuple[types.SavedView, ...]:
    """Return the actor's views and those shared in her world, by name. One query."""
    rows = in_world(View.objects.order_by("name", "pk"), actor.world)
    return tuple(
        types.SavedView(
            id=row.pk,
            name=row.name,
            query=row.query,
            is_mine=row.owner_id == actor.user_id,
            is_shared=row.is_shared,
        )
        for row in rows
        if row.is_shared or row.owner_id == actor.user_id
    )
