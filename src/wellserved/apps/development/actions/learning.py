"""Learning needs and plans: named, commented on, planned for, met; a met need writes the skill."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import needs as queries
from wellserved.apps.development.queries import training
from wellserved.apps.development.types.learning import Measure, NeedState, PlanState, Source
from wellserved.apps.development.types.training import EventState
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import actions as people
from wellserved.apps.people import queries as people_queries
from wellserved.apps.people.types import LEVELS
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.platform.origin import in_world, live_origin
from wellserved.platform.ui.formatting import format_day

NEED, PLAN = "development.need", "development.plan"


@transaction.atomic
def name_need(
    *,
    actor: Actor,
    person_id: int,
    what: str = "",
    skill_id: int | None = None,
    level: int | None = None,
    source: str = "",
    said: str = "",
    now: dt.datetime,
) -> int:
    """Name a learning need, of oneself or of somebody one leads; one of the same skill that is open is returned."""
    guiding.check_may_plan_for(actor, person_id=person_id)
    skill = people_queries.find_skill(actor=actor, skill_id=skill_id) if skill_id else None
    if level is not None and level not in LEVELS:
        raise Invalid("Choose a level from 0 (none) to 4 (teaches others).", code="unknown_level", field="level")
    held = models.Need.objects.filter(person=person_id, skill=skill, state=NeedState.OPEN) if skill else None
    if held is not None and (known := in_world(held, actor.world).first()):
        return known.pk
    row = models.Need.objects.create(
        person_id=person_id,
        skill=skill,
        what=words.said(what or (skill.name if skill else ""), 200, field="what", missing="Say what is to be learnt."),
        level=level if skill else None,
        source=source or (Source.NAMED if person_id == actor.user_id else Source.LEADER),
        words=words.said(said, 500, field="said"),
        raised_by_id=actor.user_id,
        raised_at=now,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.name_need",
        subject=(NEED, row.pk),
        now=now,
        changes={"need": (None, row.what), "member": (None, person_id)},
    )
    return row.pk


@transaction.atomic
def comment_need(*, actor: Actor, need_id: int, comment: str, version: int | None = None, now: dt.datetime) -> None:
    """Say, as whoever leads her, how one sees a need."""
    row = _open_need(actor, need_id, version)
    if row.person_id == actor.user_id:
        raise Refused("Whoever leads you comments on it; say more by naming it anew.", code="own_need")
    guiding.check_may_plan_for(actor, person_id=row.person_id)
    before, row.comment = row.comment, words.said(comment, 500, field="comment", missing="Say how you see it.")
    row.commented_by_id, row.version = actor.user_id, row.version + 1
    row.save(update_fields=["comment", "commented_by", "version"])
    ledger.record(
        actor=actor,
        action="development.comment_need",
        subject=(NEED, row.pk),
        now=now,
        changes={"comment": (before, row.comment)},
    )


@transaction.atomic
def drop_need(*, actor: Actor, need_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Say that nothing is to be learnt here after all, and why; its plans are dropped with it."""
    row = _open_need(actor, need_id, version)
    guiding.check_may_plan_for(actor, person_id=row.person_id)
    row.closed_because = words.said(reason, 300, field="reason", missing="Say why nothing is to be learnt here.")
    row.state, row.version = NeedState.DROPPED, row.version + 1
    row.save(update_fields=["state", "closed_because", "version"])
    row.plans.filter(state=PlanState.PLANNED).update(state=PlanState.DROPPED)
    ledger.record(
        actor=actor,
        action="development.drop_need",
        subject=(NEED, row.pk),
        now=now,
        changes={"need_state": (NeedState.OPEN.value, row.state.value)},
        reason=row.closed_because,
    )


@transaction.atomic
def plan(
    *,
    actor: Actor,
    need_id: int,
    measure: str,
    by_on: dt.date,
    how: str = "",
    event_id: int | None = None,
    owner_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Say how a need is met, until when and who sees to it; return the plan's id."""
    need = _open_need(actor, need_id, None)
    guiding.check_may_plan_for(actor, person_id=need.person_id)
    if need.plans.filter(state=PlanState.PLANNED).exists():
        raise Conflict("There is a plan for this need already: change or finish that one.", code="need_planned")
    if owner_id is not None and owner_id not in {need.person_id, actor.user_id}:
        people_queries.find_colleague(actor=actor, user_id=owner_id)
    row = models.LearningPlan.objects.create(
        person_id=need.person_id,
        need=need,
        measure=words.choice(measure, Measure.values, field="measure"),
        how=words.said(how, 300, field="how"),
        event=_event(actor, event_id) if measure == Measure.COURSE else None,
        by_on=words.day(by_on, after=clock.day_of(now), field="by_on"),
        owner_id=owner_id or need.person_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.plan_learning",
        subject=(PLAN, row.pk),
        now=now,
        changes={"need": (None, need.what), "measure": (None, row.measure), "by_on": (None, by_on.isoformat())},
    )
    return row.pk


def _event(actor: Actor, event_id: int | None) -> models.TrainingEvent | None:
    if event_id is None:
        return None
    found = models.TrainingEvent.objects.filter(pk=event_id, state=EventState.OPEN)
    row = in_world(found, actor.world).first()
    if row is None:
        raise training.event_not_found()
    return row


@transaction.atomic
def finish(
    *,
    actor: Actor,
    plan_id: int,
    outcome: str,
    level: int | None = None,
    expires_on: dt.date | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say that the plan is done: whoever leads her writes the level she now holds, and she may be assigned again."""
    row = _planned(actor, plan_id, version)
    guiding.check_may_plan_for(actor, person_id=row.person_id)
    row.outcome = words.said(outcome, 500, field="outcome", missing="Say what she can do now, and how it was seen.")
    if level is not None and row.need.skill_id:
        _check_gives(actor, row.person_id)
        people.set_skill(
            actor=actor,
            user_id=row.person_id,
            skill_id=row.need.skill_id,
            level=level,
            expires_on=expires_on,
            evidence=f"Learning plan, {format_day(clock.day_of(now))}",
            reason=row.outcome,
            now=now,
        )
    _close(actor, row, now)
    meet(actor=actor, needs=[row.need], now=now)


def _check_gives(actor: Actor, person_id: int) -> None:
    if person_id == actor.user_id:
        raise Refused("Nobody gives herself a level. Whoever leads you does.", code="own_level")


def _close(actor: Actor, row: models.LearningPlan, now: dt.datetime) -> None:
    row.state, row.done_on, row.version = PlanState.DONE, clock.day_of(now), row.version + 1
    row.save(update_fields=["state", "done_on", "outcome", "version"])
    ledger.record(
        actor=actor,
        action="development.finish_plan",
        subject=(PLAN, row.pk),
        now=now,
        changes={"plan_state": (PlanState.PLANNED.value, PlanState.DONE.value)},
        reason=row.outcome,
    )


def meet(*, actor: Actor, needs: list[models.Need], now: dt.datetime) -> None:
    """Say of needs that they are met; for this app's own actions, inside their transactions."""
    for need in needs:
        if need.state != NeedState.OPEN:
            continue
        need.state, need.version = NeedState.MET, need.version + 1
        need.save(update_fields=["state", "version"])
        ledger.record(
            actor=actor,
            action="development.meet_need",
            subject=(NEED, need.pk),
            now=now,
            changes={"need_state": (NeedState.OPEN.value, NeedState.MET.value)},
        )


def learnt(*, actor: Actor, person_id: int, event: models.TrainingEvent, outcome: str, now: dt.datetime) -> None:
    """Finish what was planned with a course for somebody who passed it; for this app's own actions."""
    plans = models.LearningPlan.objects.filter(person=person_id, event=event, state=PlanState.PLANNED)
    needs = {row.need_id: row.need for row in plans.select_related("need")}
    for row in plans:
        row.outcome = outcome
        _close(actor, row, now)
    if event.course.skill_id:
        same = models.Need.objects.filter(person=person_id, skill=event.course.skill_id, state=NeedState.OPEN)
        needs |= {row.pk: row for row in in_world(same, actor.world)}
    meet(actor=actor, needs=list(needs.values()), now=now)


@transaction.atomic
def drop_plan(*, actor: Actor, plan_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Say that this plan is not carried out; the need stays open."""
    row = _planned(actor, plan_id, version)
    guiding.check_may_plan_for(actor, person_id=row.person_id)
    row.outcome = words.said(reason, 500, field="reason", missing="Say why not.")
    row.state, row.version = PlanState.DROPPED, row.version + 1
    row.save(update_fields=["state", "outcome", "version"])
    ledger.record(
        actor=actor,
        action="development.drop_plan",
        subject=(PLAN, row.pk),
        now=now,
        changes={"plan_state": (PlanState.PLANNED.value, PlanState.DROPPED.value)},
        reason=row.outcome,
    )


def _open_need(actor: Actor, need_id: int, version: int | None) -> models.Need:
    queries.find(actor=actor, need_id=need_id)
    row = models.Need.objects.select_for_update().get(pk=need_id)
    holding.check_version(row.version, version)
    if row.state != NeedState.OPEN:
        raise Conflict("This need is closed. Name it anew if it has come back.", code="need_closed")
    return row


def _planned(actor: Actor, plan_id: int, version: int | None) -> models.LearningPlan:
    queries.find_plan(actor=actor, plan_id=plan_id)
    row = models.LearningPlan.objects.select_for_update().select_related("need").get(pk=plan_id)
    holding.check_version(row.version, version)
    if row.state != PlanState.PLANNED:
        raise Conflict("This plan is over.", code="plan_over")
    return row
