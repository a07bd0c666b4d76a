"""Complaints as history and links know them."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Complaint
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.complaints import Cause, Outcome, Stage
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "desk.open_complaint": "took the ticket up as a complaint",
    "desk.save_complaint_record": "completed the record of the complaint",
    "desk.move_complaint": "took the complaint to another stage",
    "desk.assign_complaint": "changed who handles or reviews the complaint",
    "desk.decide_complaint": "decided the complaint",
    "desk.grant_remedy": "put something right",
    "desk.withdraw_remedy": "took a remedy back before the customer heard of it",
    "desk.send_letter": "sent a letter of the complaint",
    "desk.begin_wait": "let the law's clock wait for the complainant",
    "desk.end_wait": "let the law's clock run on",
    "desk.open_outside": "recorded that an outside body has the complaint",
    "desk.close_outside": "recorded what the outside body decided",
    "desk.complaint_alerted": "warned that the time the law gives runs out",
}
_WAITS = {"identity": "proof of identity", "clarification": "clarification", "fee": "a fee"}
_LABELS = {"handler_id": "Handler", "reviewer_id": "Independent reviewer", "is_restricted": "Restricted"}


def register() -> None:
    """Make complaints known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    for field, choices in (("stage", Stage), ("outcome", Outcome), ("cause", Cause)):
        wording.values(field, {value: str(label) for value, label in choices.choices})
    wording.values("waiting_for", _WAITS)
    for field in ("handler_id", "reviewer_id"):
        wording.names(field, lambda ids: accounts.names(user_ids=ids))
    kinds.register(
        kinds.Kind(
            key="desk.complaint",
            label="Complaint",
            url=lambda pk: f"/complaints/{pk}",
            titles=_titles,
            policy=_visible,
            is_restricted=True,
            step="clock",
        )
    )


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Complaint.objects.filter(pk__in=ids).values_list("pk", "ticket__number", "ticket__subject")
    return {pk: f"Complaint #{number} {subject}" for pk, number, subject in rows}


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(scope.visible_complaints(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))
