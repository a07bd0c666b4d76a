"""How acts, fields and values read: each app words its own once, beside its other registrations.

A field is worded for every app (`status`) or for the acts of one (`people.level`); the narrower wording wins.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
Say = Callable[[Any], str]
Find = Callable[[Collection[int]], Mapping[int, str]]

_sentences: dict[str, str] = {}
_by_day: set[str] = set()
_labels: dict[str, str] = {}
_values: dict[str, Say] = {}
_finders: dict[str, Find] = {}


def register(action: str, sentence: str) -> None:
    """Word an action in the past tense, without its subject: `register("desk.reply", "replied to the customer")`."""
    _sentences[action] = sentence


def day_only(action: str) -> None:
    """Let history show the day alone of an action that was done without an actor, since its time would name one."""
    _by_day.add(action)


def is_day_only(action: str) -> bool:
    """Return whether the time of such an action is kept back when nobody stands beside it."""
    return action in _by_day


def label(field: str, words: str) -> None:
    """Word a field: `label("due_at", "Due")`."""
    _labels[field] = words


def sentence_of(action: str) -> str:
    """Return the wording of an action; an unworded one is spelled out from its name."""
    return _sentences.get(action) or action.rpartition(".")[2].replace("_", " ")


def values(field: str, say: Say | Mapping[Any, str]) -> None:
    """Word the values of a field, by a table or a function: `values("status", dict(Status.choices))`."""
    _values[field] = say if callable(say) else lambda value: str(say.get(value) or spelled(str(value)))


def names(field: str, find: Find) -> None:
    """Let the ids a field holds be shown as names; `find` returns those of many ids in one query."""
    _finders[field] = find


def label_of(field: str, *, app: str = "") -> str:
    """Return the wording of a field; an unworded one is spelled out from its name."""
    found = _narrowest(_labels, app, field)
    return spelled(field.rpartition(".")[2]).capitalize() if found is None else found


def rank_of(field: str, *, app: str = "") -> int:
    """Return where a field stands among the parts of a record: in the order fields were worded, the unworded last."""
    known = list(_labels)
    return next((known.index(key) for key in (f"{app}.{field}", field) if key in _labels), len(known))


def say_of(field: str, *, app: str = "") -> Say | None:
    """Return what words the values of a field, if anything does."""
    return _narrowest(_values, app, field)


def finder_of(field: str, *, app: str = "") -> Find | None:
    """Return what names the ids a field holds, if anything does."""
    return _narrowest(_finders, app, field)


def spelled(key: str) -> str:
    """Return a key as words: `spelled("team_leader")` is "team leader"."""
    return key.replace("_", " ")


def _narrowest(table: Mapping[str, T], app: str, field: str) -> T | None:
    # A field may name what it belongs to first, as in "Spanish: level".
    last = field.rpartition(": ")[2]
    return next((table[key] for key in (f"{app}.{last}", last) if key in table), None)


def actions() -> dict[str, str]:
    """Return every worded action."""
    return dict(_sentences)


register("ledger.erased", "erased personal values")
register("ledger.discussion_erased", "erased comments and files")
register("ledger.commented", "commented")
register("ledger.view_gathered", "kept a view on it")
register("ledger.view_answered", "answered a view")
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

label("sha256", "Fingerprint")
label("ledger.cursor", "Subscriber")
