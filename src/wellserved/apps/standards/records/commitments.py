"""Standards and partners as history and links know them."""

from wellserved.apps.ledger import wording
from wellserved.apps.standards.models import Partner, Standard
from wellserved.apps.standards.records.clocks import titles_of, visible_to_staff
from wellserved.apps.thread import kinds

_SENTENCES = {
    "standards.save_draft": "worked on the draft of the standard",
    "standards.drop_draft": "threw away the draft of the standard",
    "standards.agree": "agreed the standard",
    "standards.put_live": "put the standard in force",
    "standards.retire": "retired the standard",
    "standards.review": "reviewed the standard",
    "standards.enter_reading": "entered a figure of the standard",
    "standards.save_partner": "saved the partner",
    "standards.declare_interest": "declared whether there is an interest in the partner",
    "standards.review_partner": "reviewed the work with the partner",
}
_LABELS = {
    "standards.review_on": "Review",
    "standards.reading": "Figure",
    "standards.known_as": "Known on tickets as",
    "standards.is_active": "In use",
}


def register() -> None:
    """Make standards and partners known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    kinds.register(
        kinds.Kind(
            key="standards.standard",
            label="Standard",
            url=lambda pk: f"/standards/{pk}",
            titles=titles_of(Standard),
            policy=visible_to_staff(Standard),
            step="standard",
        )
    )
    kinds.register(
        kinds.Kind(
            key="standards.partner",
            label="Service partner",
            url=lambda pk: f"/partners/{pk}",
            titles=titles_of(Partner),
            policy=visible_to_staff(Partner),
        )
    )
