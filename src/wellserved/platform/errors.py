"""What can be refused, and how it is said.

    ServiceError            500  something of ours is wrong
    ├── Invalid             422  the input cannot be used; the sentence says what would work
    ├── Unauthenticated     401  nobody is signed in
    ├── Refused             403  this person may not; the sentence says who may
    ├── NotFound            404  absent, or not yours to know of: both read the same
    ├── Conflict            409  the record has moved on; `data["difference"]` holds what changed
    ├── TooMany             429  slow down; `data["retry_after"]` holds seconds
    └── Upstream            502  an outside system did not answer

Each carries a stable `code`, a sentence for a person, and data for a program.
`platform.http.answers` maps the tree once to HTML, JSON (problem+json) and htmx.
"""

from typing import Any, ClassVar


class ServiceError(Exception):
    """A refusal with a code, a sentence for a person and data for a program."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "service_error"

    def __init__(self, sentence: str, *, code: str | None = None, **data: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.default_code
        self.data = data


class Invalid(ServiceError):
    """The input cannot be used."""

    status = 422
    default_code = "invalid"


class Unauthenticated(ServiceError):
    """Nobody is signed in."""

    status = 401
    default_code = "sign_in_required"


class Refused(ServiceError):
    """This person may not do this."""

    status = 403
    default_code = "refused"


class NotFound(ServiceError):
    """Absent, or hidden from this person."""

    status = 404
    default_code = "not_found"


class Conflict(ServiceError):
    """The record has changed since it was read."""

    status = 409
    default_code = "conflict"


class TooMany(ServiceError):
    """Too many requests in too short a time."""

    status = 429
    default_code = "too_many"


class Upstream(ServiceError):
    """An outside system failed."""

    status = 502
    default_code = "upstream"
