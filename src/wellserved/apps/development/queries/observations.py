"""Reads of observations, and of the criteria one may begin with."""

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import behaviours, private
from wellserved.apps.development.types import guiding as types

Starter = tuple[str, str, tuple[tuple[str, str], ...]]


def observation(*, actor: Actor, observation_id: int) -> types.ObservationDetail:
    """Return an observation with its criteria, both views, and the coaching that came of it. Two queries."""
    row = private.find(models.Observation, actor=actor, pk=observation_id)
    return types.ObservationDetail(
        pair=private.pair_of(row, actor=actor),
        purpose=row.purpose,
        announced_at=row.announced_at,
        starts_at=row.starts_at,
        criteria=rated(row),
        strengths=row.strengths,
        one_thing=row.one_thing,
        recorded_at=row.recorded_at,
        own_view=row.own_view,
        own_view_at=row.own_view_at,
        coachings=_coachings(row, actor),
    )


def _coachings(row: models.Observation, actor: Actor) -> tuple[tuple[int, str], ...]:
    rows = private.visible(models.Coaching, actor=actor).filter(observation=row)
    return tuple(rows.order_by("pk").values_list("pk", "goal"))


def rated(row: models.Observation) -> tuple[types.Rated, ...]:
    """Return the criteria as announced, each with what was seen of it; for this app alone."""
    found = []
    for key, words in row.criteria:
        rating, evidence = row.ratings.get(key, (None, ""))
        found.append(
            types.Rated(
                key=key, words=words, rating=rating, rating_name=types.RATINGS.get(rating, ""), evidence=evidence
            )
        )
    return tuple(found)


def starters(*, actor: Actor) -> dict[str, Starter]:
    """Return sets of criteria to start from: those that come with the product, and the one this guide used last.

    What the values of the vision look like on a working day is one of them. Five queries.
    """
    last = private.visible(models.Observation, actor=actor).filter(guide=actor.user_id).order_by("-pk").first()
    known: dict[str, Starter] = dict(types.STARTERS)
    if lived := behaviours.current(actor=actor)[: types.MOST_CRITERIA]:
        criteria = tuple((behaviours.key_of(row.id), row.sentence) for row in lived)
        known["values"] = ("What we value", "To see how what we value is lived", criteria)
    if last is not None:
        known["last"] = ("As last time", last.purpose, tuple((key, words) for key, words in last.criteria))
    return known
