"""What the thread hands over its border."""

import dataclasses
from collections.abc import Mapping
from typing import Any

Ref = tuple[str, int]

STEPS = ("expectation", "standard", "clock", "deviation", "problem", "option", "change", "effect", "evidence")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Where a record fits: for each step of the thread, in order, the records that stand there."""

    current: str
    links: "dict[str, tuple[ThreadRecord, ...]]"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRecord:
    """One record before or after another."""

    kind: str
    id: int
    label: str
    url: str
    detail: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One link as a page lists it; `other` is the record at its far end."""

    verb: str
    outward: bool
    other: ThreadRecord


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece of a lower record's page that an upper app fills."""

    title: str
    template: str
    context: Mapping[str, Any]
