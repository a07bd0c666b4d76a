"""What a person may do about records of herself: see who looked, contest, be answered; and how long they are kept."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Model

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.policies import words
from wellserved.apps.development.queries import about, private
from wellserved.apps.development.queries import recorded as queries
from wellserved.apps.development.types.recorded import ANSWER_DAYS, Outcome
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people.looking import Opened
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.platform.manners import short_writes
from wellserved.platform.origin import live_origin
from wellserved.science.calendars.statutory import add_months

CONTEST = "development.contest"
KEEP_VIEWINGS = 24
KEEP_CONTESTS = 36


def note_view(*, actor: Actor, kind: str, record_id: int, person_id: int, now: dt.datetime) -> None:
    """Keep that somebody opened a restricted record about somebody else; once a day, so that reading seldom writes."""
    note_views(actor=actor, opened=[(kind, record_id, person_id)], now=now)


def note_views(*, actor: Actor, opened: Collection[Opened], now: dt.datetime) -> None:
    """Keep that somebody opened several records about others, as for one. Two queries at most."""
    about_others = {each for each in opened if each[2] != actor.user_id}
    if actor.user_id is None or not about_others:
        return
    day = clock.day_of(now)
    today = models.Viewing.objects.filter(
        viewer=actor.user_id, day=day, person__in={person for _, _, person in about_others}
    )
    new = about_others - set(today.values_list("kind", "record_id", "person_id"))
    if new:
        seen = {"viewer_id": actor.user_id, "day": day, "viewed_at": now}
        models.Viewing.objects.bulk_create(
            [models.Viewing(kind=kind, record_id=pk, person_id=person, **seen) for kind, pk, person in sorted(new)],
            ignore_conflicts=True,
        )


def note_list(*, actor: Actor, kind: str, person_ids: Collection[int], now: dt.datetime) -> None:
    """Keep that somebody opened or exported a list in which people stand. Two queries at most."""
    note_views(actor=actor, opened=[(kind, person, person) for person in person_ids], now=now)


@transaction.atomic
def contest(*, actor: Actor, kind: str, record_id: int, what: str, now: dt.datetime) -> int:
    """Say what is wrong with a record about oneself; somebody who leads one and did not write it answers by a day."""
    line = queries.find_line(actor=actor, kind=kind, record_id=record_id, now=now)
    held = models.Contest.objects.filter(person=actor.user_id, kind=kind, record_id=record_id, answered_at=None)
    if held.exists():
        raise Conflict("You have contested this record; the answer is on its way.", code="contested_already")
    deciders = leading.leaders_of(user_id=actor.person_id, world=actor.world, but=_writers(kind, record_id))
    if not deciders:
        raise Invalid(
            "Nobody here may answer this yet. Ask an administrator to give your team a leader.", code="nobody_answers"
        )
    row = models.Contest.objects.create(
        person_id=actor.person_id,
        decider_id=deciders[0],
        kind=kind,
        record_id=record_id,
        title=line.title[:200],
        words=words.said(what, 1000, field="what", missing="Say what is wrong, and what would be right."),
        raised_at=now,
        due_on=clock.day_of(now) + dt.timedelta(days=ANSWER_DAYS),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.contest",
        subject=(CONTEST, row.pk),
        now=now,
        changes={"decider": (None, deciders[0]), "due_on": (None, row.due_on.isoformat())},
    )
    return row.pk


_WRITTEN_BY: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    **{kind: (family.model, ("guide",)) for kind, family in private.FAMILIES.items()},
    about.NEED: (models.Need, ("raised_by", "commented_by")),
    about.PLAN: (models.LearningPlan, ("owner",)),
    about.BOOKING: (models.Booking, ("seen_by",)),
}


def _writers(kind: str, record_id: int) -> tuple[int, ...]:
    """Return who wrote in a record: nobody judges her own words."""
    if kind not in _WRITTEN_BY:
        return ()
    model, fields = _WRITTEN_BY[kind]
    rows = model._default_manager.filter(pk=record_id).values_list(*fields)
    return tuple(user_id for row in rows for user_id in row if user_id is not None)


@transaction.atomic
def answer_contest(*, actor: Actor, contest_id: int, outcome: str, answer: str, now: dt.datetime) -> None:
    """Answer a contest with reasons; both stay beside the record."""
    queries.find_contest(actor=actor, contest_id=contest_id)
    row = models.Contest.objects.select_for_update().get(pk=contest_id)
    if row.decider_id != actor.user_id and not queries.stands_in(actor=actor, contest_id=contest_id):
        raise Refused("Whoever was asked answers this.", code="not_asked")
    if actor.user_id in _writers(row.kind, row.record_id):
        raise Refused("Whoever wrote the record does not judge it. Ask another who leads.", code="own_words")
    if row.answered_at is not None:
        raise Conflict("This is answered already.", code="contest_answered")
    row.outcome = words.choice(outcome, Outcome.values, field="outcome")
    row.answer = words.said(answer, 1000, field="answer", missing="Give your reasons: she reads them.")
    row.answered_at, row.decider_id = now, actor.user_id
    row.save(update_fields=["outcome", "answer", "answered_at", "decider"])
    ledger.record(
        actor=actor,
        action="development.answer_contest",
        subject=(CONTEST, row.pk),
        now=now,
        changes={"contest_outcome": (None, row.outcome)},
    )


def forget_old(*, now: dt.datetime) -> int:
    """Delete restricted records whose time is over, with who looked at them and what was contested; return how many."""
    today, gone = clock.day_of(now), 0
    for family in private.FAMILIES.values():
        old = family.model._default_manager.filter(ends_on__lt=add_months(today, -family.months))
        gone += _delete(family.model, old.values_list("pk", flat=True))
    looked = models.Viewing.objects.filter(day__lt=add_months(today, -KEEP_VIEWINGS))
    told = models.Contest.objects.filter(answered_at__date__lt=add_months(today, -KEEP_CONTESTS))
    gone += _delete(models.Viewing, looked.values_list("pk", flat=True))
    return gone + _delete(models.Contest, told.values_list("pk", flat=True))


def _delete(model: type[Model], ids: Iterable[int]) -> int:
    return short_writes(list(ids), lambda chunk: model._default_manager.filter(pk__in=chunk).delete())
