"""Needs, plans, courses, training and support as history and links know them."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model

from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import reach, support
from wellserved.apps.development.types.learning import Measure, NeedState, PlanState
from wellserved.apps.development.types.support import MATTERS
from wellserved.apps.development.types.training import EventState, Seat
from wellserved.apps.ledger import wording
from wellserved.apps.people.types import LEVELS
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world

Policy = Callable[[Actor, Collection[int]], Collection[int]]
_SENTENCES = {
    "development.name_need": "named a learning need",
    "development.comment_need": "commented on a learning need",
    "development.drop_need": "dropped a learning need",
    "development.meet_need": "met a learning need",
    "development.plan_learning": "planned how a need is met",
    "development.finish_plan": "finished a learning plan",
    "development.drop_plan": "dropped a learning plan",
    "development.save_course": "saved a course",
    "development.offer_training": "offered training",
    "development.book_training": "took a seat",
    "development.leave_training": "gave a seat back",
    "development.move_up": "gave the free seat to the next on the list",
    "development.cancel_training": "called training off",
    "development.hold_training": "held the training",
    "development.note_attendance": "noted who was there",
    "development.react": "said how the training was",
    "development.look_at_behaviour": "said whether it is seen at work",
    "development.offer_slot": "offered a support slot",
    "development.book_slot": "booked a support slot",
    "development.keep_slot": "kept a support slot for a colleague",
    "development.free_slot": "gave a support slot back",
    "development.withdraw_slot": "withdrew a support slot",
    "development.confirm_slot": "said how long a support slot took",
    "development.open_door": "noted an open-door talk",
}
_LABELS = {
    "development.need": "Learning need",
    "development.need_state": "State",
    "development.plan_state": "State",
    "development.event_state": "State",
    "development.seat": "Seat",
    "development.measure": "How",
    "development.by_on": "Until",
    "development.behaviour_weeks": "Weeks until it is looked for at work",
    "development.pass_score": "Points that pass",
    "development.valid_months": "Months it is valid",
    "development.metric": "Figure of the desk",
    "development.held_minutes": "Minutes held",
    "development.matter": "Matter",
    "development.door": "Open door",
}


def register() -> None:
    """Make the records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("development.need_state", dict(NeedState.choices))
    wording.values("development.plan_state", dict(PlanState.choices))
    wording.values("development.event_state", dict(EventState.choices))
    wording.values("development.seat", dict(Seat.choices))
    wording.values("development.measure", dict(Measure.choices))
    wording.values("development.metric", METRIC_LABELS)
    wording.values("development.matter", MATTERS)
    wording.values("development.level", LEVELS)
    for key, label, address, (model, title), policy in (
        ("need", "Learning need", "/development/needs", (models.Need, "what"), _of_people(models.Need)),
        (
            "plan",
            "Learning plan",
            "/development/plans/{}",
            (models.LearningPlan, "need__what"),
            _of_people(models.LearningPlan),
        ),
        ("course", "Course", "/development/courses/{}", (models.Course, "title"), _of_staff(models.Course)),
        (
            "training",
            "Training",
            "/development/training/{}",
            (models.TrainingEvent, "course__title"),
            _of_staff(models.TrainingEvent),
        ),
        ("slot", "Support slot", "/development/support", (models.SupportSlot, "host__name"), _slots),
    ):
        kinds.register(
            kinds.Kind(
                key=f"development.{key}",
                label=label,
                url=address.format,
                titles=_titles(model, title),
                policy=policy,
                is_open=key == "training",
                is_restricted=key in {"need", "plan"},
                kept_from=_kept_slots if key == "slot" else None,
            )
        )


def _titles(model: type[Model], field: str) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", field))


def _of_people(model: type[Model]) -> Policy:
    return lambda actor, ids: reach.visible_ids(model, actor=actor, ids=ids)


def _of_staff(model: type[Model]) -> Policy:
    def policy(actor: Actor, ids: Collection[int]) -> Collection[int]:
        if actor.role not in STAFF_ROLES and not actor.automatic:
            return ()
        rows = in_world(model._default_manager.filter(pk__in=ids), actor.world)
        return frozenset(rows.values_list("pk", flat=True))

    return policy


def _slots(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return support.visible_ids(actor=actor, ids=ids)


def _kept_slots(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return support.kept_ids(actor=actor, ids=ids)
