"""Performance reviews: opened, her own view first, then the other's on the same evidence, agreed by both."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import reviews as queries
from wellserved.apps.development.types.guiding import REVIEW, REVIEW_WORDS, ReviewState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin


@transaction.atomic
def open_review(
    *, actor: Actor, person_id: int, guide_id: int, period_from: dt.date, period_to: dt.date, now: dt.datetime
) -> int:
    """Begin a review of a period; the person writes first. Return its id."""
    guiding.check_may_begin(actor, person_id=person_id, guide_id=guide_id)
    if not period_from < period_to <= clock.day_of(now):
        raise Invalid(
            "A review looks back: choose a period that begins before it ends and is over.",
            code="review_period",
            field="period_to",
        )
    row = models.Review.objects.create(
        person_id=person_id,
        guide_id=guide_id,
        period_from=period_from,
        period_to=period_to,
        ends_on=clock.day_of(now),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.open_review",
        subject=(REVIEW, row.pk),
        now=now,
        changes={"member": (None, person_id), "period": (None, f"{period_from} to {period_to}")},
    )
    return row.pk


@transaction.atomic
def say_own_view(*, actor: Actor, review_id: int, own_view: str, version: int | None = None, now: dt.datetime) -> None:
    """Say, as the person, how one sees the period oneself, before anything else is written of it."""
    row = holding.locked(models.Review, actor=actor, pk=review_id, version=version)
    guiding.check_is_person(actor, row)
    if row.state not in {ReviewState.OPEN, ReviewState.OWN}:
        raise Conflict("This review is written. Say what you think is wrong by contesting it.", code="review_written")
    row.own_view = words.said(own_view, 4000, field="own_view", missing="Say how you see the period yourself.")
    row.own_view_at = now
    _move(actor, row, ReviewState.OWN, "development.say_own_view", fields=["own_view", "own_view_at"], now=now)


@transaction.atomic
def write(
    *, actor: Actor, review_id: int, text: str, rating: str, version: int | None = None, now: dt.datetime
) -> None:
    """Write the review, after her own view and on evidence that from now on stands as it was."""
    row = holding.locked(models.Review, actor=actor, pk=review_id, version=version)
    guiding.check_is_guide(actor, row)
    if row.state == ReviewState.OPEN:
        raise Conflict("Her own view comes first. Ask her for it.", code="own_view_first")
    if row.state == ReviewState.AGREED:
        raise Conflict("Both have agreed this review; it stays as it is.", code="review_agreed")
    row.words = words.said(text, 4000, field="text", missing="Say how you see the period, with examples.")
    row.rating = words.choice(rating, REVIEW_WORDS, field="rating")
    row.evidence = [[heading, list(lines)] for heading, lines in queries.gather(row, reader=actor, now=now)]
    row.written_at, row.agreed_by_guide_at, row.agreed_by_person_at = now, now, None
    fields = ["words", "rating", "evidence", "written_at", "agreed_by_guide_at", "agreed_by_person_at"]
    _move(actor, row, ReviewState.WRITTEN, "development.write_review", fields=fields, now=now)


@transaction.atomic
def agree_review(*, actor: Actor, review_id: int, version: int | None = None, now: dt.datetime) -> None:
    """Say, as the person, that one agrees with the review; who does not contests it instead."""
    row = holding.locked(models.Review, actor=actor, pk=review_id, version=version)
    guiding.check_is_person(actor, row)
    if row.state != ReviewState.WRITTEN:
        raise Conflict("There is no review that waits for your yes.", code="nothing_to_agree")
    row.agreed_by_person_at = now
    _move(actor, row, ReviewState.AGREED, "development.agree_review", fields=["agreed_by_person_at"], now=now)


def _move(actor: Actor, row: models.Review, state: str, action: str, *, fields: list[str], now: dt.datetime) -> None:
    before, row.state, row.version = row.state, state, row.version + 1
    row.save(update_fields=[*fields, "state", "version"])
    ledger.record(
        actor=actor,
        action=action,
        subject=(REVIEW, row.pk),
        now=now,
        changes={"review_state": (str(before), str(state))} if before != state else {},
    )
