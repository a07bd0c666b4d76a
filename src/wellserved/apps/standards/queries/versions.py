"""Which version of a record holds now, for whoever holds reading, briefings and understanding against it."""

from collections.abc import Callable, Collection

from django.db.models import Max

from wellserved.apps.standards import models
from wellserved.platform.origin import World, world_of

_Rows = Callable[[Collection[int]], Collection[tuple[int, int | None]]]


def numbers(*, kind: str, ids: Collection[int]) -> dict[int, int]:
    """Return the number of the version in force of each record; what was never or is no longer in force is left out.

    One query.
    """
    found = _NUMBERS[kind](ids) if ids else ()
    return {pk: number for pk, number in found if number}


def world(*, kind: str, record_id: int) -> World | None:
    """Return which world a record stands in, None when there is none. One query."""
    origin = _MODELS[kind]._default_manager.filter(pk=record_id).values_list("origin", flat=True).first()
    return world_of(origin) if origin else None


def _of_standards(ids: Collection[int]) -> Collection[tuple[int, int | None]]:
    held = [models.Standard.State.AGREED, models.Standard.State.LIVE]
    rows = models.Standard.objects.filter(pk__in=ids, state__in=held)
    return rows.annotate(number=Max("versions__number")).values_list("pk", "number")


def _of_services(ids: Collection[int]) -> Collection[tuple[int, int | None]]:
    return models.Service.objects.filter(pk__in=ids, is_offered=True).values_list("pk", "number")


def _of_visions(ids: Collection[int]) -> Collection[tuple[int, int | None]]:
    return models.Vision.objects.filter(pk__in=ids).values_list("pk", "version")


def _of_objectives(ids: Collection[int]) -> Collection[tuple[int, int | None]]:
    return models.Objective.objects.filter(pk__in=ids, state="open").values_list("pk", "version")


def _of_plans(ids: Collection[int]) -> Collection[tuple[int, int | None]]:
    return models.Plan.objects.filter(pk__in=ids).values_list("pk", "agreed_number")


_NUMBERS: dict[str, _Rows] = {
    "standards.standard": _of_standards,
    "standards.service": _of_services,
    "standards.vision": _of_visions,
    "standards.objective": _of_objectives,
    "standards.plan": _of_plans,
}
_MODELS = {
    "standards.standard": models.Standard,
    "standards.service": models.Service,
    "standards.vision": models.Vision,
    "standards.objective": models.Objective,
    "standards.plan": models.Plan,
}
