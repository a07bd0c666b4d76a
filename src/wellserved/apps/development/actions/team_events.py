"""Plan what a team does together, and keep who was there and what it changed."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import rewards
from wellserved.apps.development.types.recognition import EVENT, EVENT_FORMS
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import live_origin


@transaction.atomic
def plan(
    *,
    actor: Actor,
    form: str,
    title: str,
    purpose: str,
    team_id: int,
    starts_at: dt.datetime,
    minutes: int = 60,
    place: str = "",
    now: dt.datetime,
) -> int:
    """Plan an event for a team and return its id; everybody in the team is asked."""
    team = next((each for each in accounts.teams(actor=actor) if each.id == team_id), None)
    if team is None:
        raise NotFound("There is no such team, or it is not yours to see.", code="team_not_found")
    policies.require_leading(actor)
    row = models.TeamEvent.objects.create(
        form=rules.choice(form, EVENT_FORMS, field="form"),
        title=rules.said(title, 160, field="title", missing="Give it a name."),
        purpose=rules.said(purpose, 500, field="purpose", missing="Say what it is for."),
        team_id=team_id,
        starts_at=rules.moment(starts_at, after=now, field="starts_at"),
        minutes=rules.number(minutes, low=10, high=600, field="minutes"),
        place=rules.said(place, 160, field="place"),
        organiser_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    asked = [member.user_id for member in team.members if member.is_active]
    models.EventPlace.objects.bulk_create(models.EventPlace(event=row, user_id=pk) for pk in asked)
    ledger.record(
        actor=actor,
        action="development.plan_team_event",
        subject=(EVENT, row.pk),
        now=now,
        changes={"title": (None, row.title), "starts_at": (None, row.starts_at.isoformat()), "asked": (0, len(asked))},
        event=events.TeamEventPlanned(event_id=row.pk),
    )
    return row.pk


@transaction.atomic
def hold(
    *,
    actor: Actor,
    event_id: int,
    present: Collection[int],
    what_changed: str,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say who was at an event and what it changed; who stayed away needs no reason."""
    rows = rewards.visible_events(actor=actor).select_for_update(of=("self",)).filter(pk=event_id)
    row = rows.first()
    if row is None:
        raise NotFound("There is no such event, or it is of another team.", code="event_not_found")
    policies.check_version(row.version, version)
    if row.held_at:
        raise Conflict("Who was there is written down already.", code="event_held")
    if row.starts_at > now:
        raise Conflict("It has not begun yet.", code="event_to_come")
    policies.require_leading(actor)
    asked = set(row.places.values_list("user", flat=True))
    if set(present) - asked:
        raise NotFound("Somebody named was not asked to this event.", code="place_not_found")
    row.what_changed = rules.said(what_changed, 1000, field="what_changed", missing="Say what changes because of it.")
    row.held_at, row.version = now, row.version + 1
    row.save(update_fields=["what_changed", "held_at", "version"])
    row.places.filter(user__in=present).update(was_there=True)
    row.places.exclude(user__in=present).update(was_there=False)
    ledger.record(
        actor=actor,
        action="development.hold_team_event",
        subject=(EVENT, row.pk),
        now=now,
        changes={"came": (None, len(set(present))), "what_changed": (None, row.what_changed)},
    )
