"""Reads of one-to-ones and of coaching."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import private
from wellserved.apps.development.types import guiding as types
from wellserved.platform import clock
from wellserved.platform.origin import in_world


def talk(*, actor: Actor, talk_id: int, now: dt.datetime) -> types.TalkDetail:
    """Return a one-to-one with its agenda, what was agreed, and what the two still owe from before. Four queries."""
    row = private.find(models.OneToOne, actor=actor, pk=talk_id)
    earlier = models.Task.objects.filter(
        done_at=None,
        talk__person=row.person_id,
        talk__guide=row.guide_id,
        talk__starts_at__lt=row.starts_at,
        origin=row.origin,
    )
    return types.TalkDetail(
        pair=private.pair_of(row, actor=actor),
        starts_at=row.starts_at,
        place=row.place,
        agenda=tuple(row.agenda.order_by("added_at", "pk").values_list("author__name", "words")),
        notes=row.notes,
        agreed_by_person_at=row.agreed_by_person_at,
        agreed_by_guide_at=row.agreed_by_guide_at,
        tasks=private.tasks(row.tasks.all(), today=clock.day_of(now)),
        carried=private.tasks(earlier, today=clock.day_of(now)),
    )


def coaching(*, actor: Actor, coaching_id: int, now: dt.datetime) -> types.CoachingDetail:
    """Return coaching with its sessions and tasks, and what was seen of its criterion since. Five queries.

    Whoever may not see an observation reads its mark of this criterion alone, not what was said and by whom.
    """
    row = private.find(models.Coaching, actor=actor, pk=coaching_id)
    seen = _observations(row)
    known = private.visible_ids(models.Observation, actor=actor, ids=[each.pk for each in seen])
    return types.CoachingDetail(
        pair=private.pair_of(row, actor=actor),
        kind=row.kind,
        kind_name=types.CoachingKind(row.kind).label,
        goal=row.goal,
        criterion=row.criterion,
        criterion_words=next((words for each in seen for words in _words(each, row.criterion)), ""),
        starts_on=row.starts_on,
        outcome=row.outcome,
        observation_id=row.observation_id,
        sessions=tuple(_session(each) for each in row.sessions.order_by("held_on", "pk")),
        tasks=private.tasks(row.tasks.all(), today=clock.day_of(now)),
        sightings=tuple(found for each in seen if (found := _sighting(each, row, is_known=each.pk in known))),
    )


def _observations(row: models.Coaching) -> tuple[models.Observation, ...]:
    """Return the recorded observations of the person, from the one the coaching came of on, the oldest first."""
    if not row.criterion:
        return ()
    rows = models.Observation.objects.filter(person=row.person_id, recorded_at__isnull=False, origin=row.origin)
    if row.observation_id is not None:
        begun = models.Observation.objects.filter(pk=row.observation_id).values("starts_at")
        rows = rows.filter(starts_at__gte=begun)
    return tuple(rows.select_related("guide").order_by("starts_at", "pk"))


def _words(row: models.Observation, key: str) -> tuple[str, ...]:
    return tuple(words for known, words in row.criteria if known == key)


def _sighting(row: models.Observation, coaching_row: models.Coaching, *, is_known: bool) -> types.Sighting | None:
    found = row.ratings.get(coaching_row.criterion)
    if found is None:
        return None
    rating, evidence = found
    return types.Sighting(
        observation_id=row.pk,
        on=row.starts_at.date(),
        rating=rating,
        rating_name=types.RATINGS[rating],
        evidence=evidence if is_known else "",
        is_source=row.pk == coaching_row.observation_id,
        observer=row.guide.name if is_known else "",
    )


def _session(row: models.CoachingSession) -> types.SessionRow:
    return types.SessionRow(
        held_on=row.held_on,
        form=row.form,
        form_name=types.SessionForm(row.form).label,
        scenario=row.scenario,
        words=row.words,
        next_step=row.next_step,
    )


def role_plays(*, actor: Actor, since: dt.date) -> int:
    """Return how many conversations the actor has played through, as herself or as a coach. One query."""
    rows = models.CoachingSession.objects.filter(form=types.SessionForm.PLAY, held_on__gte=since)
    return in_world(rows, actor.world, field="coaching__origin").filter(coaching__in=_hers(actor)).count()


def _hers(actor: Actor) -> list[int]:
    rows = private.visible(models.Coaching, actor=actor)
    return list(rows.values_list("pk", flat=True))
