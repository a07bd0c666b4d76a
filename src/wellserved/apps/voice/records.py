"""Surveys, follow-ups and feedback as history and links know them."""

from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds
from wellserved.apps.voice import types
from wellserved.apps.voice.queries import follow_ups, surveys

_SENTENCES = {
    "voice.begin_survey": "began a survey",
    "voice.set_rules": "changed when and whom the survey asks",
    "voice.add_question": "added a question to the survey",
    "voice.remove_question": "took a question out of the survey",
    "voice.move_survey": "changed the state of the survey",
    "voice.ask": "asked the customer how it was",
    "voice.answer": "took the customer's answer to a survey",
    "voice.fall_silent": "noted that the customer is not to be asked again",
    "voice.open_follow_up": "opened a follow-up of an answer",
    "voice.close_follow_up": "closed the follow-up",
    "voice.hand_over": "gave the follow-up to a colleague",
    "voice.take_feedback": "took feedback down",
}


def register() -> None:
    """Make these records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    wording.values("voice.survey_state", types.STATES)
    wording.values("voice.feedback_kind", types.FEEDBACK_KINDS)
    for key, label, folder, titles, policy in (
        (types.SURVEY, "Survey", "/surveys/", surveys.titles, surveys.visible_ids),
        (types.FOLLOW_UP, "Follow-up", "/follow-ups/", follow_ups.titles, follow_ups.visible_ids),
        (types.FEEDBACK, "Feedback", "/feedback/", follow_ups.feedback_titles, follow_ups.visible_feedback_ids),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=lambda pk, folder=folder: f"{folder}{pk}",  # type: ignore[misc]
                titles=titles,
                policy=policy,
                is_open=False,
            )
        )
