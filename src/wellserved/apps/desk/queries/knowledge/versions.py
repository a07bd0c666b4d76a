"""Which version of a guideline holds now, for whoever holds reading and understanding against it."""

from collections.abc import Collection

from wellserved.apps.desk.models import Guideline
from wellserved.apps.desk.types.knowledge import GuidelineState
from wellserved.platform.origin import World, world_of


def numbers(*, ids: Collection[int]) -> dict[int, int]:
    """Return the number of the version in force of each guideline; one not in force is left out. One query."""
    rows = Guideline.objects.filter(pk__in=ids, state=GuidelineState.IN_FORCE)
    return dict(rows.exclude(current=None).values_list("pk", "current__number"))


def world(*, guideline_id: int) -> World | None:
    """Return which world a guideline stands in, None when there is none. One query."""
    origin = Guideline.objects.filter(pk=guideline_id).values_list("origin", flat=True).first()
    return world_of(origin) if origin else None
