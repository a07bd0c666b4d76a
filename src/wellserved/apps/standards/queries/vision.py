"""Reads of the vision and its objectives, and who has acknowledged what holds."""

import datetime as dt

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import queries as people
from wellserved.apps.standards import models
from wellserved.apps.standards.types import vision as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world, live_origin
from wellserved.platform.paging import Keyset

KIND, OBJECTIVE = "standards.vision", "standards.objective"
ORDER = Keyset("due_on", "id")


def vision(*, actor: Actor) -> types.VisionDetail | None:
    """Return the vision with every version, None while there is none. Three queries."""
    row = models.Vision.objects.filter(origin=live_origin(actor.world)).first()
    if row is None:
        return None
    versions = list(row.versions.order_by("-number"))
    named = accounts.names(user_ids={v.created_by_id for v in versions if v.created_by_id})
    read = tuple(
        types.VisionVersion(
            id=version.pk,
            number=version.number,
            text=version.text,
            values=tuple((name, meaning) for name, meaning in version.values),
            priorities=version.priorities,
            created_at=version.created_at,
            created_by=named.get(version.created_by_id or 0, ""),
            reason=version.reason,
        )
        for version in versions
    )
    return types.VisionDetail(id=row.pk, version=row.version, current=read[0], earlier=read[1:])


def is_unread(*, actor: Actor) -> bool:
    """Return whether a vision holds that this person has not acknowledged as it stands. Two queries."""
    row = models.Vision.objects.filter(origin=live_origin(actor.world)).first()
    if row is None or actor.user_id is None:
        return False
    return people.acknowledged(actor=actor, kind=KIND, record_ids=[row.pk]).get(row.pk, 0) < row.version


def objectives(
    *, actor: Actor, state: str = "open", search: str = "", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.ObjectiveRow, ...], str | None]:
    """Return one page of objectives, the soonest due first, and the cursor of the next. One query."""
    rows = in_world(models.Objective.objects.all(), actor.world).select_related("owner")
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, now) for row in page.rows), page.next_cursor


def objective(*, actor: Actor, objective_id: int, now: dt.datetime) -> types.ObjectiveRow:
    """Return one objective, or say there is none. One query."""
    rows = in_world(models.Objective.objects.filter(pk=objective_id), actor.world)
    row = rows.select_related("owner").first()
    if row is None:
        raise NotFound("There is no such objective.", code="objective_not_found")
    return _row(row, now)


def objective_choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the open objectives for whoever cites one, 200 at most. One query."""
    rows = in_world(models.Objective.objects.filter(state="open"), actor.world).order_by("due_on", "pk")
    return tuple(rows.values_list("pk", "name")[:200])


def _row(row: models.Objective, now: dt.datetime) -> types.ObjectiveRow:
    return types.ObjectiveRow(
        id=row.pk,
        name=row.name,
        why=row.why,
        measured_by=row.measured_by,
        due_on=row.due_on,
        is_overdue=row.state == "open" and row.due_on < now.date(),
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        state=row.state,
        outcome=row.outcome,
        version=row.version,
    )
