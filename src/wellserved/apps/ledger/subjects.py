"""The kinds of record history may speak of: who may see one, what it is called, where it stands.

Apps above register their kinds (through `thread.kinds`); a kind nobody registered is visible to nobody.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import wording
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import NotFound

Visible = Callable[[Actor, Collection[int]], Collection[int]]
Titles = Callable[[Collection[int]], Mapping[int, str]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """One kind of record; `visible` returns which of the ids this actor may see.

    `is_open` says whether somebody may put a comment or a file beside it at any time: what has been sent stays as sent.
    `is_restricted` keeps its history, too, from those who read the whole ledger but may not see the record;
    `kept_from` does so for some records of a kind, and returns which of the ids are kept from this actor.
    """

    key: str
    label: str
    url: Callable[[int], str]
    titles: Titles
    visible: Visible
    is_open: bool = True
    is_restricted: bool = False
    kept_from: Visible | None = None


registry: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind of record known."""
    registry[kind.key] = kind


def label_of(kind: str) -> str:
    """Return what records of a kind are called; a kind that has no page of its own is worded like a field."""
    known = registry.get(kind)
    return known.label if known else wording.label_of(kind)


def visible_ids(*, actor: Actor, kind: str, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids the actor may see; none of a kind nobody registered."""
    known = registry.get(kind)
    return frozenset(known.visible(actor, ids)) if known and ids else frozenset()


def require_visible(*, actor: Actor, subject: Subject) -> None:
    """Refuse, as absent, a record this actor may not see."""
    kind, subject_id = subject
    if subject_id not in visible_ids(actor=actor, kind=kind, ids=[subject_id]):
        raise NotFound("There is no such record, or it is not yours to see.")


def concealed(*, actor: Actor, subjects: Collection[Subject]) -> set[Subject]:
    """Return those records whose history is kept from this actor. One query a kind that keeps any."""
    found: set[Subject] = set()
    for known in [registry[key] for key in {kind for kind, _ in subjects} & registry.keys()]:
        asked = {i for kind, i in subjects if kind == known.key}
        if known.is_restricted:
            found |= {(known.key, i) for i in asked - visible_ids(actor=actor, kind=known.key, ids=asked)}
        elif known.kept_from:
            found |= {(known.key, i) for i in known.kept_from(actor, asked)}
    return found


def require_open(*, kind: str) -> None:
    """Refuse, as absent, a kind whose records take nothing more."""
    known = registry.get(kind)
    if known is None or not known.is_open:
        raise NotFound("There is no such record, or it is not yours to see.")


def titles(*, actor: Actor, subjects: Collection[Subject]) -> dict[Subject, tuple[str, str]]:
    """Return title and address of each record the actor may see: two queries a kind at most."""
    found: dict[Subject, tuple[str, str]] = {}
    for key in {kind for kind, _ in subjects}:
        known = registry.get(key)
        if known is None:
            continue
        ids = visible_ids(actor=actor, kind=key, ids={i for kind, i in subjects if kind == key})
        named = known.titles(ids) if ids else {}
        found |= {(key, i): (title, known.url(i)) for i, title in named.items() if i in ids}
    return found
