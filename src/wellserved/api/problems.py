"""Every refusal leaves as RFC 9457 problem details, whoever raised it."""

from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from wellserved.api.reading import BROKEN_FORM, TooLarge, Unreadable
from wellserved.platform.errors import Conflict, Invalid, NotFound, ServiceError
from wellserved.platform.http.answers import done_already, is_repeated, problem

MOST_FIELDS = 50


class VersionMissing(Invalid):
    """A change came without If-Match."""

    status = 428
    default_code = "version_required"


class Stale(Conflict):
    """The version named in If-Match is no longer the current one."""

    status = 412
    default_code = "stale"


class MethodUnknown(Invalid):
    """The address exists, but not for this method."""

    status = 405
    default_code = "method_not_allowed"


def handle_errors(api: NinjaAPI) -> None:
    """Let the API answer every exception we know; any other goes on to the last resort of the product."""
    api.add_exception_handler(ServiceError, _answer_refusal)
    api.add_exception_handler(ValidationError, _answer_invalid_fields)
    api.add_exception_handler(IntegrityError, _answer_repeated)
    api.add_exception_handler(Http404, _answer_absent)
    api.add_exception_handler(HttpError, _answer_http_error)
    for broken in (MultiPartParserError, BadRequest, SuspiciousOperation):
        api.add_exception_handler(broken, _answer_broken)
    api.add_exception_handler(Exception, _raise_again)


def _answer_refusal(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error)


def _answer_repeated(_request: HttpRequest, error: Any) -> HttpResponse:
    if not is_repeated(error):
        raise error
    return problem(done_already())


def _answer_invalid_fields(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(invalid_fields(error.errors))


def _answer_absent(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(NotFound("There is no such record."))


def invalid_fields(errors: list[dict[str, Any]]) -> Invalid:
    """Return one refusal that names every field which cannot be used, and why."""
    fields = [{"field": _place(error["loc"]), "message": str(error["msg"])} for error in errors[:MOST_FIELDS]]
    first = fields[0] if fields else {"field": "body", "message": "cannot be used"}
    return Invalid(f"{first['field']}: {first['message']}.", code="invalid_fields", fields=fields)


def _place(loc: tuple[Any, ...]) -> str:
    # The first part says body, query, path or header; the second, of a body, is the name of our own argument.
    parts = loc[2:] if loc and loc[0] == "body" and len(loc) > 2 else loc[1:]
    joined = ".".join(str(part)[:60] for part in parts) or "body"
    return joined.encode("ascii", "backslashreplace").decode()[:200]


def _answer_broken(_request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return problem(TooLarge("This is larger than the installation takes."))
    return problem(Unreadable(BROKEN_FORM))


def _answer_http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    refusal = Invalid(error.message, code="unreadable")
    refusal.status = error.status_code  # type: ignore[misc]
    return problem(refusal)


def _raise_again(_request: HttpRequest, error: Any) -> HttpResponse:
    raise error
