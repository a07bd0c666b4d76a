"""The restricted records of two people as history and links know them: to nobody but those who may see them."""

from collections.abc import Callable, Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import private, recorded
from wellserved.apps.development.types import guiding as types
from wellserved.apps.development.types.recorded import Outcome
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "development.arrange_talk": "arranged a one-to-one",
    "development.add_item": "put something on the agenda",
    "development.note_talk": "wrote the notes of the one-to-one",
    "development.agree_talk": "agreed the notes of the one-to-one",
    "development.agree_task": "agreed on something to do",
    "development.finish_task": "did what was agreed",
    "development.begin_coaching": "began coaching",
    "development.add_session": "wrote down a session of coaching",
    "development.end_coaching": "ended coaching",
    "development.announce_observation": "announced an observation",
    "development.record_observation": "recorded an observation",
    "development.answer_observation": "said how she saw it herself",
    "development.open_review": "opened a performance review",
    "development.say_own_view": "wrote her own view",
    "development.write_review": "wrote the performance review",
    "development.agree_review": "agreed the performance review",
    "development.contest": "contested a record about herself",
    "development.answer_contest": "answered a contest",
}
_LABELS = {
    "development.talk_state": "State",
    "development.coaching_state": "State",
    "development.observation_state": "State",
    "development.review_state": "State",
    "development.coaching_kind": "Kind",
    "development.session_form": "What was done",
    "development.starts_at": "At",
    "development.period": "Period",
    "development.decider": "Asked",
    "development.contest_outcome": "Answer",
}


def register() -> None:
    """Make the records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("development.talk_state", dict(types.TalkState.choices))
    wording.values("development.coaching_state", dict(types.CoachingState.choices))
    wording.values("development.observation_state", dict(types.ObservationState.choices))
    wording.values("development.review_state", dict(types.ReviewState.choices))
    wording.values("development.coaching_kind", dict(types.CoachingKind.choices))
    wording.values("development.session_form", dict(types.SessionForm.choices))
    wording.values("development.contest_outcome", dict(Outcome.choices))
    for family in private.FAMILIES.values():
        kinds.register(
            kinds.Kind(
                key=family.kind,
                label=family.label,
                url=family.url,
                titles=_titles(family),
                policy=_policy(family),
                is_open=False,
                is_restricted=True,
            )
        )
    kinds.register(
        kinds.Kind(
            key="development.contest",
            label="Contest of a record",
            url=lambda pk: f"/development/contests/{pk}",
            titles=lambda ids: dict.fromkeys(ids, "Contest of a record"),
            policy=lambda actor, ids: recorded.visible_contest_ids(actor=actor, ids=ids),
            is_open=False,
            is_restricted=True,
        )
    )


def _titles(family: private.Family) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: {row.pk: family.title(row) for row in family.model._default_manager.filter(pk__in=ids)}


def _policy(family: private.Family) -> Callable[[Actor, Collection[int]], Collection[int]]:
    return lambda actor, ids: private.visible_ids(family.model, actor=actor, ids=ids)
