"""The error tree, mapped once: a page for a browser, a fragment for htmx, problem+json for a program."""

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import engines

from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused, ServiceError

logger = logging.getLogger(__name__)

_UNIQUE_VIOLATION = "23505"
_SECRET = re.compile("password|token|secret|code|csrf")

R = TypeVar("R", bound=HttpResponseBase)

OUR_FAULT = "Something of ours went wrong. Nothing was saved; try again in a moment."


TITLES = {
    401: "Sign in first",
    403: "You may not do this",
    404: "Not found",
    409: "This has changed",
    422: "That cannot be used",
    429: "Too many requests",
    500: "Something went wrong",
    502: "Another system did not answer",
}


def wants_json(request: HttpRequest) -> bool:
    """Return whether a program asked."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def problem(error: ServiceError) -> JsonResponse:
    """Return the error as RFC 9457 problem details."""
    response = JsonResponse(
        {
            "type": f"/docs/errors#{error.code}",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "code": error.code,
            "detail": error.sentence,
            **({"data": error.data} if error.data else {}),
        },
        status=error.status,
        json_dumps_params={"default": str},
    )
    response.headers["Content-Type"] = "application/problem+json"
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return _with_retry(response, error)


def page(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """Return the error as a page, or as a fragment when htmx asked."""
    name = "ui/error_fragment.html" if request.headers.get("HX-Request") else "ui/error.html"
    context = {
        "title": TITLES.get(error.status, HTTPStatus(error.status).phrase),
        "sentence": error.sentence,
        "code": error.status,
        "difference": _rows_of(error.data.get("difference")),
        "kept": error.data.get("kept") or _typed(request),
        **_way_back(request),
    }
    body = engines["jinja2"].get_template(name).render(context, request)
    return _with_retry(HttpResponse(body, status=error.status), error)


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return the words of a form that was refused, so that nobody writes them twice; never a secret or a number."""
    return {
        name.replace("_", " ").capitalize(): value
        for name, value in request.POST.items()
        if isinstance(value, str) and " " in value.strip() and not _SECRET.search(name)
    }


def _way_back(request: HttpRequest) -> dict[str, str]:
    """Return the page a refused form was sent from, as the way forward."""
    before = urlsplit(request.headers.get("Referer", ""))
    if request.method != "POST" or before.netloc != request.get_host():
        return {}
    return {"action_label": "Back to the page", "action_url": before._replace(scheme="", netloc="").geturl() or "/"}


def _rows_of(difference: Any) -> list[list[str]]:
    """Return the fields two people changed; a difference told in another form is for programs alone."""
    told = difference.items() if isinstance(difference, dict) else ()
    return [[field.replace("_", " "), *map(str, sides)] for field, sides in told if isinstance(sides, tuple)]


def answer(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """Return the error in the form the asker can use."""
    return problem(error) if wants_json(request) else page(request, error)


def _with_retry(response: R, error: ServiceError) -> R:
    if "retry_after" in error.data:
        response.headers["Retry-After"] = str(error.data["retry_after"])
    return response


def is_repeated(exception: Exception) -> bool:
    """Return whether the database refused a second row where there is one: somebody was quicker, perhaps oneself."""
    if not isinstance(exception, IntegrityError):
        return False
    # PostgreSQL names it by a number, SQLite in words alone.
    state = getattr(exception.__cause__, "sqlstate", None)
    return state == _UNIQUE_VIOLATION or str(exception).startswith("UNIQUE constraint failed")


def done_already() -> Conflict:
    """Return what is said of a request that another of the same sort has overtaken."""
    return Conflict("This was done a moment ago. Reload the page and look.", code="done_already")


class ErrorAnswers:
    """Middleware: turn a raised refusal into an answer."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer what we know; anything else is our fault and goes on to the last resort."""
        if isinstance(exception, SuspiciousOperation):
            return None
        if isinstance(exception, ServiceError):
            return answer(request, exception)
        if is_repeated(exception):
            return answer(request, done_already())
        if isinstance(exception, Http404):
            return answer(request, NotFound("There is no such page, or it is not yours to see."))
        if isinstance(exception, PermissionDenied):
            return answer(request, Refused("You may not do this."))
        logger.error("unanswered error on %s %s", request.method, request.path, exc_info=exception)
        return answer(request, ServiceError(OUR_FAULT))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    logger.info("unreadable request on %s: %s", request.path, exception)
    return _bare(request, Invalid("The request cannot be read. Go back, reload the page and try again."), status=400)


def no_such_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address without a route."""
    logger.debug("no route for %s: %s", request.path, type(exception).__name__)
    return answer(request, NotFound("There is no such page, or it is not yours to see."))


def last_resort(request: HttpRequest) -> HttpResponse:
    """Answer for a fault outside every view; uses nothing that may itself be at fault."""
    return _bare(request, ServiceError(OUR_FAULT), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not drawn by us, or too long ago."""
    logger.info("refused a form: %s", reason)
    return answer(request, Refused("This form has expired. Go back, reload the page and send it again.", code="csrf"))


def _bare(request: HttpRequest, error: ServiceError, *, status: int) -> HttpResponse:
    if wants_json(request):
        response = problem(error)
        response.status_code = status
        return response
    return HttpResponse(f"{error.sentence}\n", status=status, content_type="text/plain; charset=utf-8")
