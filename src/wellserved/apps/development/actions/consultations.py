"""Put a proposal to the staff, hear them, and tell all who spoke what was made of it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.types.suggestions import CONSULTATION, CONSULTATION_OUTCOMES
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import in_world, live_origin


@transaction.atomic
def consult(*, actor: Actor, title: str, proposal: str, closes_on: dt.date, now: dt.datetime) -> int:
    """Put a proposal to the whole staff until a day, and return its id."""
    policies.require_answer(actor)
    row = models.Consultation.objects.create(
        title=rules.said(title, 160, field="title", missing="Say in a few words what is proposed."),
        proposal=rules.said(
            proposal, 4000, field="proposal", missing="Say what is proposed, why, and what is still open."
        ),
        closes_on=rules.day(closes_on, after=clock.day_of(now), field="closes_on"),
        opened_at=now,
        opened_by_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.consult",
        subject=(CONSULTATION, row.pk),
        now=now,
        changes={"title": (None, row.title), "closes_on": (None, row.closes_on.isoformat())},
        event=events.ConsultationOpened(consultation_id=row.pk),
    )
    return row.pk


@transaction.atomic
def speak(*, actor: Actor, consultation_id: int, text: str, now: dt.datetime) -> int:
    """Say what one thinks of a proposal while it is open, and return the id."""
    row = _locked(actor, consultation_id)
    if row.outcome or row.closes_on < clock.day_of(now):
        raise Conflict("This consultation is closed.", code="consultation_closed")
    person_id = policies.require_belonging(actor)
    made = models.ConsultationView.objects.create(
        consultation=row,
        author_id=person_id,
        text=rules.said(text, 2000, field="text", missing="Say what you think of it."),
        said_at=now,
    )
    ledger.record(
        actor=actor,
        action="development.speak",
        subject=(CONSULTATION, row.pk),
        now=now,
        changes={"said": (None, made.text)},
    )
    return made.pk


@transaction.atomic
def respond(
    *,
    actor: Actor,
    consultation_id: int,
    outcome: str,
    response: str,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say what is decided and what was made of what was said; it closes, and stands on the Today of all who spoke."""
    row = _locked(actor, consultation_id)
    policies.check_version(row.version, version)
    if row.outcome:
        raise Conflict("This consultation has its response.", code="consultation_answered")
    policies.require_answer(actor)
    row.outcome = rules.choice(outcome, CONSULTATION_OUTCOMES, field="outcome")
    row.response = rules.said(
        response, 4000, field="response", missing="Say what you made of what was said, also where you do not follow it."
    )
    row.responded_at, row.responded_by_id, row.version = now, actor.user_id, row.version + 1
    row.save(update_fields=["outcome", "response", "responded_at", "responded_by", "version"])
    speakers = row.views.exclude(author=None).values("author").distinct().count()
    ledger.record(
        actor=actor,
        action="development.respond",
        subject=(CONSULTATION, row.pk),
        now=now,
        changes={"outcome": (None, outcome), "response": (None, row.response), "told": (0, speakers)},
        event=events.ConsultationAnswered(consultation_id=row.pk),
    )


@transaction.atomic
def see_response(*, actor: Actor, consultation_id: int, now: dt.datetime) -> None:
    """Say that one has read the response to what one said."""
    row = _locked(actor, consultation_id)
    mine = row.views.filter(author=actor.user_id, told_at=None)
    if row.outcome and mine.update(told_at=now):
        ledger.record(actor=actor, action="development.see_response", subject=(CONSULTATION, row.pk), now=now)


def _locked(actor: Actor, consultation_id: int) -> models.Consultation:
    row = in_world(models.Consultation.objects.select_for_update().filter(pk=consultation_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such consultation.", code="consultation_not_found")
    return row
