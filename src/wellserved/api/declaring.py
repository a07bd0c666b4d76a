"""What an operation says of itself beside its types; who may call it is said with `access.needs`."""

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

from wellserved.apps.accounts.types import READ, WRITE
from wellserved.apps.ledger.actions.discussion import LARGEST_FILE, MOST_FILES

V = TypeVar("V", bound=Callable[..., Any])
# The words of a form beside its files, with the lines that part them.
FORM_ROOM = 2 * 1024 * 1024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the edge and the document need to know of an operation."""

    only_reads: bool = False
    needs_version: bool = False
    takes_file: bool = False
    remembers: bool = True
    largest_form: int | None = None
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


def takes_attachments(view: V) -> V:
    """Say that an operation takes what comes with a message: some files, each and together within the one limit."""
    return _with(view, takes_file=True, largest_form=MOST_FILES * LARGEST_FILE + FORM_ROOM)


def unremembered(view: V) -> V:
    """Say that nothing of a request may be kept beside its caller, so that it honours no Idempotency-Key."""
    return _with(view, remembers=False)


def costly(*, hourly: int) -> Callable[[V], V]:
    """Bound how often one caller may ask for something that takes long."""
    return lambda view: _with(view, hourly=hourly)


def _with(view: V, **changes: Any) -> V:
    view.api_traits = dataclasses.replace(traits_of(view), **changes)  # type: ignore[attr-defined]
    return view
