"""What each value of the vision looks like on a working day, and how often it is seen lived.

`SIGHTINGS` are the records that count as seeing it; each names (value, when) pairs of the actor's world.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types.behaviours import BehaviourRow, ValueTrend
from wellserved.apps.development.types.guiding import SEEN_FROM
from wellserved.apps.standards.queries import vision
from wellserved.platform.origin import in_world

MONTHS = 6
# No key made of typed words has an underscore.
_KEY = "behaviour_"
Sightings = Callable[[Actor, dt.datetime], Iterable[tuple[str, dt.datetime]]]


def values(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the values of the vision in force as (name, meaning). Three queries at most."""
    found = vision.vision(actor=actor)
    return found.current.values if found else ()


def current(*, actor: Actor) -> tuple[BehaviourRow, ...]:
    """Return the behaviours under the values in force, in the order of the values. Four queries at most."""
    order = [name for name, _ in values(actor=actor)]
    return tuple(row for row in _rows(actor, order))


def by_value(*, actor: Actor, now: dt.datetime) -> tuple[ValueTrend, ...]:
    """Return each value in force with its behaviours and how often it was seen in each of the last six months.

    A query more than `current`, for each kind of sighting. Counted over everybody: no figure is of one person.
    """
    known = values(actor=actor)
    rows = _rows(actor, [name for name, _ in known])
    since = now - dt.timedelta(days=30 * MONTHS)
    seen: dict[str, Counter[int]] = {name: Counter() for name, _ in known}
    for source in SIGHTINGS:
        for value, at in source(actor, since):
            if value in seen:
                seen[value][min((now - at).days // 30, MONTHS - 1)] += 1
    return tuple(
        ValueTrend(
            value=name,
            meaning=meaning,
            behaviours=tuple(row for row in rows if row.value == name),
            months=tuple(seen[name][back] for back in reversed(range(MONTHS))),
        )
        for name, meaning in known
    )


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return the sentences by id. One query."""
    return dict(models.Behaviour.objects.filter(pk__in=ids).values_list("pk", "sentence"))


def _rows(actor: Actor, order: list[str]) -> tuple[BehaviourRow, ...]:
    if not order:
        return ()
    found = in_world(models.Behaviour.objects.filter(retired_at=None, value__in=order), actor.world)
    return tuple(
        BehaviourRow(id=row.pk, value=row.value, sentence=row.sentence, quality_item=row.quality_item)
        for row in sorted(found, key=lambda row: (order.index(row.value), row.pk))
    )


def _thanks(actor: Actor, since: dt.datetime) -> Iterable[tuple[str, dt.datetime]]:
    rows = in_world(models.Recognition.objects.filter(given_at__gte=since), actor.world)
    return rows.values_list("value", "given_at")


def key_of(behaviour_id: int) -> str:
    """Return the key a behaviour has as a criterion of an observation."""
    return f"{_KEY}{behaviour_id}"


def _observed(actor: Actor, since: dt.datetime) -> Iterable[tuple[str, dt.datetime]]:
    """Yield each behaviour seen as agreed in an observation: what was seen and when, never of whom."""
    values = dict(in_world(models.Behaviour.objects.all(), actor.world).values_list("pk", "value"))
    rows = in_world(models.Observation.objects.filter(recorded_at__gte=since), actor.world)
    for ratings, at in rows.values_list("ratings", "starts_at"):
        for key, (rating, _evidence) in ratings.items():
            value = values.get(int(key.removeprefix(_KEY))) if key.startswith(_KEY) else None
            if value and rating >= SEEN_FROM:
                yield value, at


SIGHTINGS: tuple[Sightings, ...] = (_thanks, _observed)
