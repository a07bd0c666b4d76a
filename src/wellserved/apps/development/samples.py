"""What the sample service needs that nobody does by hand, and its removal."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Model

from wellserved.apps.development import models
from wellserved.platform.origin import Origin

# In the order in which nothing left refers to what goes.
_TABLES: tuple[type[Model], ...] = (
    models.Briefing,
    models.Check,
    models.Contest,
    models.Task,
    models.Coaching,
    models.Observation,
    models.OneToOne,
    models.Review,
    models.LearningPlan,
    models.Need,
    models.TrainingEvent,
    models.Course,
    models.SupportSlot,
    models.OpenDoor,
    models.Recognition,
    models.Scheme,
    models.TeamEvent,
    models.Pulse,
    models.Suggestion,
    models.Consultation,
    models.ConflictCase,
    models.Behaviour,
    models.Meeting,
    models.Decision,
    models.Week,
)


def remove() -> int:
    """Delete the sample's records of this app; return the rows gone."""
    return sum(table._default_manager.filter(origin=Origin.SAMPLE).delete()[0] for table in _TABLES)


def remember_older(*, check_id: int, user_ids: Collection[int], number: int, at: dt.datetime) -> None:
    """Let what these people showed stand as shown of an older version, then."""
    rows = models.Attempt.objects.filter(check_of=check_id, check_of__origin=Origin.SAMPLE, user__in=user_ids)
    rows.update(number=number, started_at=at, finished_at=at)


def put(*, attempt_id: int) -> tuple[tuple[int, str, tuple[bool, ...]], ...]:
    """Return the questions put in a sample go, in their order: id, kind, and which options are right."""
    attempt = models.Attempt.objects.get(pk=attempt_id, check_of__origin=Origin.SAMPLE)
    rows = {row.pk: row for row in models.Question.objects.filter(pk__in=attempt.question_ids)}
    return tuple(
        (pk, rows[pk].kind, tuple(bool(is_right) for _, is_right in rows[pk].options)) for pk in attempt.question_ids
    )
