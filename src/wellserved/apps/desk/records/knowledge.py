"""Guidelines as history, links and approvals know them."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Guideline
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.ledger import approving, wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "desk.save_guideline": "worked on the guideline",
    "desk.drop_guideline_draft": "threw away the draft of the guideline",
    "desk.ask_guideline": "asked for approval of the guideline",
    "desk.put_guideline_in_force": "put the guideline in force",
    "desk.retire_guideline": "retired the guideline",
    "desk.read_guideline": "confirmed having read the guideline",
    "desk.start_procedure": "began a procedure",
    "desk.settle_step": "settled a step of a procedure",
    "desk.stop_procedure": "stopped a procedure",
}
_LABELS = {
    "guidelines": "Guidelines in force",
    "procedure": "Procedure",
    "procedure_step": "Step",
    "in_force": "Version in force",
    "read": "Read",
    "approver": "Approver",
}


def register() -> None:
    """Make guidelines known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    kinds.register(
        kinds.Kind(
            key=scope.KIND,
            label="Guideline",
            url=lambda pk: f"/guidelines/{pk}",
            titles=_titles,
            policy=_visible,
        )
    )
    approving.register(
        approving.Purpose(key=scope.PURPOSE, label="Put a guideline in force", digest_now=scope.digest_now)
    )


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Guideline.objects.filter(pk__in=ids).values_list("pk", "title"))


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(scope.visible_guidelines(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))
