"""Observation at work: announced a day beforehand, recorded with evidence, answered by the person."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.types.guiding import MOST_CRITERIA, OBSERVATION, RATINGS, ObservationState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin

NOTICE = dt.timedelta(hours=24)
_NOT_A_KEY = re.compile(r"[^a-z0-9]+")


@transaction.atomic
def announce(
    *,
    actor: Actor,
    person_id: int,
    guide_id: int,
    purpose: str,
    criteria: Sequence[tuple[str, str]],
    starts_at: dt.datetime,
    now: dt.datetime,
) -> int:
    """Announce an observation: what for, when, and at what one will look. Nobody is observed unannounced."""
    guiding.check_may_begin(actor, person_id=person_id, guide_id=guide_id)
    if starts_at < now + NOTICE:
        raise Invalid(
            "Whoever is observed knows it a day beforehand: choose a time at least 24 hours from now.",
            code="no_notice",
            field="starts_at",
        )
    row = models.Observation.objects.create(
        person_id=person_id,
        guide_id=guide_id,
        purpose=words.said(purpose, 300, field="purpose", missing="Say what the observation is for."),
        criteria=read_criteria(criteria),
        announced_at=now,
        starts_at=words.moment(starts_at, after=now, field="starts_at"),
        ends_on=starts_at.date(),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.announce_observation",
        subject=(OBSERVATION, row.pk),
        now=now,
        changes={"member": (None, person_id), "starts_at": (None, starts_at.isoformat())},
    )
    return row.pk


def read_criteria(given: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return criteria with keys that stay the same for the same words, so that later observations can be compared."""
    found: dict[str, str] = {}
    for key, what in given:
        line = words.said(what, 200, field="criteria")
        if line:
            found.setdefault(key or _NOT_A_KEY.sub("-", line.lower()).strip("-")[:60] or f"c{len(found)}", line)
    if not 1 <= len(found) <= MOST_CRITERIA:
        raise Invalid(
            f"Name one to {MOST_CRITERIA} things to look at, one a line.", code="criteria_count", field="criteria"
        )
    return [[key, line] for key, line in found.items()]


@transaction.atomic
def record(
    *,
    actor: Actor,
    observation_id: int,
    ratings: Mapping[str, tuple[int, str]],
    strengths: str,
    one_thing: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Keep what was seen, each mark with its evidence; the person says next how she saw it."""
    row = holding.locked(models.Observation, actor=actor, pk=observation_id, version=version)
    guiding.check_is_guide(actor, row)
    if row.state != ObservationState.ANNOUNCED:
        raise Conflict("This observation is recorded already.", code="observation_recorded")
    if now < row.starts_at:
        raise Conflict("Its time has not come yet: nothing can have been seen.", code="observation_to_come")
    row.ratings = {key: list(_rating(key, pair)) for key, pair in ratings.items() if key in dict(row.criteria)}
    if not row.ratings:
        raise Invalid("Mark at least one criterion you saw.", code="nothing_seen", field="strengths")
    row.strengths = words.said(strengths, 1000, field="strengths", missing="Say what she did well.")
    row.one_thing = words.said(one_thing, 500, field="one_thing")
    row.state, row.recorded_at, row.version = ObservationState.RECORDED, now, row.version + 1
    row.save(update_fields=["ratings", "strengths", "one_thing", "state", "recorded_at", "version"])
    _tell(actor, row, "development.record_observation", ObservationState.ANNOUNCED, now)


def _rating(key: str, pair: tuple[int, str]) -> tuple[int, str]:
    rating, evidence = pair
    if rating not in RATINGS:
        raise Invalid("Choose one of the four words.", code="unknown_rating", field=f"rating_{key}")
    seen = words.said(
        evidence, 500, field=f"evidence_{key}", missing="Say what you saw or heard: a mark without evidence is none."
    )
    return rating, seen


@transaction.atomic
def answer(*, actor: Actor, observation_id: int, own_view: str, now: dt.datetime) -> None:
    """Say, as the person observed, how one saw it oneself; it stands beside the observer's view."""
    row = holding.locked(models.Observation, actor=actor, pk=observation_id)
    guiding.check_is_person(actor, row)
    if row.state != ObservationState.RECORDED:
        raise Conflict("There is nothing to answer now.", code="nothing_to_answer")
    row.own_view = words.said(own_view, 1000, field="own_view", missing="Say how you saw it yourself.")
    row.state, row.own_view_at, row.version = ObservationState.ANSWERED, now, row.version + 1
    row.save(update_fields=["own_view", "own_view_at", "state", "version"])
    _tell(actor, row, "development.answer_observation", ObservationState.RECORDED, now)


def _tell(actor: Actor, row: models.Observation, action: str, before: str, now: dt.datetime) -> None:
    ledger.record(
        actor=actor,
        action=action,
        subject=(OBSERVATION, row.pk),
        now=now,
        changes={"observation_state": (str(before), str(row.state))},
    )
