"""How acts and fields read: each app words its own actions once, beside its other registrations."""

_sentences: dict[str, str] = {}
_labels: dict[str, str] = {}


def register(action: str, sentence: str) -> None:
    """Word an action in the past tense, without its subject: `register("desk.reply", "replied to the customer")`."""
    _sentences[action] = sentence


def label(field: str, words: str) -> None:
    """Word a field: `label("due_at", "Due")`."""
    _labels[field] = words


def sentence_of(action: str) -> str:
    """Return the wording of an action; an unworded one is spelled out from its name."""
    return _sentences.get(action) or action.rpartition(".")[2].replace("_", " ")


def label_of(field: str) -> str:
    """Return the wording of a field; an unworded one is spelled out from its name."""
    return _labels.get(field) or field.rpartition(".")[2].replace("_", " ").capitalize()


def actions() -> dict[str, str]:
    """Return every worded action."""
    return dict(_sentences)


register("ledger.erased", "erased personal values")
register("ledger.discussion_erased", "erased comments and files")
register("ledger.commented", "commented")
register("ledger.called", "called colleagues")
register("ledger.file_attached", "attached a file")
register("ledger.approval_requested", "asked for approval")
register("ledger.approval_voted", "answered an approval")
register("ledger.approval_countered", "made a counter-offer")
register("ledger.approval_counter_accepted", "accepted a counter-offer")
register("ledger.approval_withdrawn", "withdrew a request for approval")
register("ledger.approval_expired", "let a request for approval expire")
register("ledger.approval_used", "carried out what was approved")
register("ledger.delivery_passed_over", "passed over a delivery that kept failing")
