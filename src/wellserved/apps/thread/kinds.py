"""The registry of kinds: what a record is called, where it stands, who may see it, which step of the thread it is."""

import dataclasses
from collections.abc import Callable, Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.thread.types import STEPS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record.

    `titles` names records in one query; `policy` returns which of the ids the actor may see, in one query.
    `step` is its place in the thread, or nothing for kinds that stand beside it. `is_open` says whether comments and
    files may be put beside it at any time; `is_restricted`, that not even readers of the whole ledger see its history
    unless the policy lets them, and `kept_from` the same of some records of a kind: it returns which of the ids.
    """

    key: str
    label: str
    url: Callable[[int], str]
    titles: Callable[[Collection[int]], Mapping[int, str]]
    policy: Callable[[Actor, Collection[int]], Collection[int]]
    step: str = ""
    is_open: bool = True
    is_restricted: bool = False
    kept_from: Callable[[Actor, Collection[int]], Collection[int]] | None = None


registry: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known to links, history, files, approvals and live screens."""
    if kind.step and kind.step not in STEPS:
        raise ValueError(f"{kind.key}: {kind.step} is no step of the thread; use one of {', '.join(STEPS)}.")
    registry[kind.key] = kind
    subjects.register(
        subjects.SubjectKind(
            key=kind.key,
            label=kind.label,
            url=kind.url,
            titles=kind.titles,
            visible=kind.policy,
            is_open=kind.is_open,
            is_restricted=kind.is_restricted,
            kept_from=kind.kept_from,
        )
    )
