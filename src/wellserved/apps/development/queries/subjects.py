"""What briefings and checks can be about: of each kind of record its part, its version, what changed, whom it concerns.

Other apps' records come in here and nowhere else. A kind registers one `Source`; the six parts are those of
`types.checks.PARTS`.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.types.briefings import Audience, Item
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World

Ref = tuple[str, int]
Lines = tuple[tuple[str, str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything of one version that a briefing or a question can be made of."""

    title: str
    number: int
    changes: Lines
    reason: str
    extracts: tuple[Item, ...]
    audience: Audience
    expectations: tuple[Ref, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of record: `numbers` are the versions in force by id, one query for many; `world` where one stands."""

    kind: str
    part: str
    noun: str
    numbers: Callable[[Collection[int]], Mapping[int, int]]
    world: Callable[[int], World | None]
    telling: Callable[[Actor, int, dt.datetime], Telling]


registry: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind known to briefings, checks and the matrix."""
    registry[source.kind] = source


def source_of(kind: str) -> Source:
    """Return what is known of a kind, or say that nobody is briefed of it."""
    if kind not in registry:
        raise NotFound("Nobody is briefed of such a record.", code="not_a_subject")
    return registry[kind]


def numbers(refs: Collection[Ref]) -> dict[Ref, int]:
    """Return the version in force of each record; one that holds no longer is left out. One query a kind."""
    found: dict[Ref, int] = {}
    for kind in {kind for kind, _ in refs} & registry.keys():
        ids = {pk for each, pk in refs if each == kind}
        found |= {(kind, pk): number for pk, number in registry[kind].numbers(ids).items()}
    return found


def kinds_of(part: str) -> tuple[str, ...]:
    """Return the kinds of record that make up one of the six parts."""
    return tuple(source.kind for source in registry.values() if source.part == part)
