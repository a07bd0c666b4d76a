"""Thanks, rewards, the pulse, suggestions, consultations and cases as history and links know them."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model

from wellserved.apps.development.models import Behaviour, Scheme, TeamEvent
from wellserved.apps.development.queries import behaviours, conflicts, pulse, recognition, rewards, suggestions
from wellserved.apps.development.types.behaviours import BEHAVIOUR
from wellserved.apps.development.types.conflicts import CASE, ENDINGS, STAGES
from wellserved.apps.development.types.pulse import PULSE
from wellserved.apps.development.types.recognition import EVENT, OUTCOMES, RECOGNITION, SCHEME
from wellserved.apps.development.types.suggestions import (
    CONSULTATION,
    CONSULTATION_OUTCOMES,
    SUGGESTION,
    SUGGESTION_STATES,
)
from wellserved.apps.ledger import wording
from wellserved.apps.standards.records.clocks import visible_to_staff
from wellserved.apps.thread import kinds

# Acts of somebody whom nothing names: the time of one would, so history shows its day.
_ANONYMOUS = ("development.suggest", "development.count_pulse")
_SENTENCES = {
    "development.thank": "thanked a colleague",
    "development.set_up_scheme": "set up a reward scheme",
    "development.award": "rewarded a colleague",
    "development.evaluate_scheme": "evaluated the reward scheme",
    "development.plan_team_event": "planned a team event",
    "development.hold_team_event": "wrote down who was at the team event",
    "development.open_pulse": "asked the staff",
    "development.count_pulse": "counted an answer",
    "development.close_pulse": "closed the pulse",
    "development.plan_on_pulse": "planned something on the pulse",
    "development.suggest": "suggested something",
    "development.answer_suggestion": "answered the suggestion",
    "development.see_answer": "read the answer",
    "development.consult": "put a proposal to the staff",
    "development.speak": "spoke on the proposal",
    "development.respond": "responded to what was said",
    "development.see_response": "read the response",
    "development.open_case": "opened a case in private",
    "development.note_case": "said something in a case",
    "development.move_case": "took a case further",
    "development.write_agreement": "wrote an agreement",
    "development.sign_agreement": "signed the agreement",
    "development.close_case": "closed a case",
    "development.add_behaviour": "said what a value looks like",
    "development.retire_behaviour": "asked for a behaviour no more",
}
_LABELS = {
    "development.suggestion_state": "State",
    "development.done": "What was done",
    "development.quality_item": "Quality item",
    "development.what_changed": "What it changed",
    "development.came": "Came",
    "development.asked": "Asked",
    "development.criterion": "Judged by",
}


def register() -> None:
    """Make these records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for action in _ANONYMOUS:
        wording.day_only(action)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("development.suggestion_state", SUGGESTION_STATES)
    wording.values("development.outcome", OUTCOMES | CONSULTATION_OUTCOMES)
    wording.values("development.stage", STAGES)
    wording.values("development.ending", ENDINGS)
    _register_kinds()


def _register_kinds() -> None:
    for key, label, folder, titles, policy in (
        (RECOGNITION, "Thanks", "/recognition/", recognition.titles, recognition.visible_ids),
        (SCHEME, "Reward scheme", "/rewards/", _names(Scheme, "name"), rewards.visible_scheme_ids),
        (EVENT, "Team event", "/team-events/", _names(TeamEvent, "title"), rewards.visible_event_ids),
        (PULSE, "Pulse", "/pulse/", pulse.titles, pulse.visible_ids),
        (SUGGESTION, "Suggestion", "/suggestions/", suggestions.titles, suggestions.visible_ids),
        (
            CONSULTATION,
            "Consultation",
            "/consultations/",
            suggestions.consultation_titles,
            suggestions.visible_consultation_ids,
        ),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=_under(folder),
                titles=titles,
                policy=policy,
                is_open=False,
                kept_from=suggestions.kept_ids if key == SUGGESTION else None,
            )
        )
    kinds.register(
        kinds.Kind(
            key=BEHAVIOUR,
            label="Behaviour",
            url=lambda _pk: "/vision#behaviours",
            titles=behaviours.titles,
            policy=visible_to_staff(Behaviour),
            is_open=False,
        )
    )
    kinds.register(
        kinds.Kind(
            key=CASE,
            label="Case in private",
            url=_under("/cases/"),
            titles=conflicts.titles,
            policy=conflicts.visible_ids,
            is_open=False,
            is_restricted=True,
        )
    )


def _under(folder: str) -> Callable[[int], str]:
    return lambda pk: f"{folder}{pk}"


def _names(model: type[Model], field: str) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", field))
