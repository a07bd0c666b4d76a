"""What an operation says of itself beside its types; who may call it is said with `access.needs`."""

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

from wellserved.apps.accounts.types import READ, WRITE

V = TypeVar("V", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the edge and the document need to know of an operation."""

    only_reads: bool = False
    needs_version: bool = False
    takes_file: bool = False
    hourly: int | None = None

    def scope(self, method: str) -> str:
        """Return the scope a token needs for this operation."""
        return READ if method in SAFE_METHODS or self.only_reads else WRITE


def traits_of(view: Callable[..., Any]) -> Traits:
    """Return what an operation says of itself."""
    return getattr(view, "api_traits", Traits())


def only_reads(view: V) -> V:
    """Say that a POST works something out and changes nothing: a token that may read may call it."""
    return _with(view, only_reads=True)


def needs_version(view: V) -> V:
    """Say that a change must name the version it was made on, in If-Match; the view reads `request.given_version`."""
    return _with(view, needs_version=True)


def takes_file(view: V) -> V:
    """Say that an operation takes a file as multipart/form-data instead of a JSON body."""
    return _with(view, takes_file=True)


def costly(*, hourly: int) -> Callable[[V], V]:
    """Bound how often one caller may ask for something that takes long."""
    return lambda view: _with(view, hourly=hourly)


def _with(view: V, **changes: Any) -> V:
    view.api_traits = dataclasses.replace(traits_of(view), **changes)  # type: ignore[attr-defined]
    return view
