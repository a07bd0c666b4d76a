"""Read what was sent, and refuse what no record could hold before anything else sees it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.parser import Parser

from wellserved.platform.errors import Invalid

LARGEST_BODY = 2 * 1024 * 1024
DEEPEST = 32
BROKEN_FORM = "The form did not arrive whole. Send the file as multipart/form-data."
LARGEST_NUMBER = 2**63 - 1


class Unreadable(Invalid):
    """The body is not JSON at all."""

    status = 400
    default_code = "unreadable_body"


class TooLarge(Invalid):
    """The body is larger than the API takes."""

    status = 413
    default_code = "body_too_large"


class NotJson(Invalid):
    """The body is said to be of another type."""

    status = 415
    default_code = "not_json"


class StrictJson(Parser):
    """Parse JSON strictly: UTF-8, no NaN, bounded depth and numbers, no text a database could not keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the parsed body; `check_body` has already said yes to it."""
        return request.api_body  # type: ignore[attr-defined]


def check_body(request: HttpRequest) -> None:
    """Parse the body once and keep it on the request, or refuse it with what would work."""
    body = _body_of(request)
    if not body:
        return
    if request.content_type != "application/json":
        raise NotJson("Send the body as JSON, with the header Content-Type: application/json.")
    try:
        parsed = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("The body is not JSON that can be read. Check quotes, commas and encoding (UTF-8).") from wrong
    for path, value in _walk(parsed):
        _check_value(path, value)
    request.api_body = parsed  # type: ignore[attr-defined]


def check_form(request: HttpRequest, *, largest: int | None) -> None:
    """Refuse a form that is larger than its files may be together, or whose words no record could hold."""
    length = request.headers.get("Content-Length") or "0"
    if largest is not None and length.isdigit() and int(length) > largest:
        raise TooLarge(f"A message with its files may be {largest // 1024 // 1024} MB at most.")
    try:
        given = [(name, value) for name, values in request.POST.lists() for value in values]
    except RequestDataTooBig as large:
        raise TooLarge("This is larger than the installation takes.") from large
    except (MultiPartParserError, BadRequest, SuspiciousOperation, UnreadablePostError) as broken:
        raise Unreadable(BROKEN_FORM) from broken
    for name, value in given:
        _check_value(name, value)


def digest_of_form(request: HttpRequest) -> bytes:
    """Return what makes two forms the same, whatever line their parts were separated by."""
    digest = hashlib.sha256(repr(sorted(request.POST.lists())).encode("utf-8", "backslashreplace"))
    for field, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((field, file.name, file.size)).encode("utf-8", "backslashreplace"))
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.digest()


def check_query(request: HttpRequest, known: frozenset[str]) -> None:
    """Refuse a parameter the operation does not have, and text no record could hold."""
    for name, values in request.GET.lists():
        if name not in known:
            allowed = ", ".join(sorted(known)) or "none"
            raise Invalid(
                f"There is no parameter called {name[:60]!a}; this address takes: {allowed}.", code="unknown_parameter"
            )
        for value in values:
            _check_value(name, value)


def _body_of(request: HttpRequest) -> bytes:
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
            raise TooLarge(f"A body may be {LARGEST_BODY // 1024 // 1024} MB at most.")
        body = request.body
    except (RequestDataTooBig, SuspiciousOperation) as large:
        raise TooLarge(f"A body may be {LARGEST_BODY // 1024 // 1024} MB at most.") from large
    except (UnreadablePostError, ValueError) as broken:
        raise Unreadable("The body did not arrive whole. Send it again.") from broken
    if len(body) > LARGEST_BODY:
        raise TooLarge(f"A body may be {LARGEST_BODY // 1024 // 1024} MB at most.")
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _walk(parsed: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key and value with its place, without recursion: the depth is the sender's choice."""
    waiting: list[tuple[str, Any, int]] = [("", parsed, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable(f"The body is nested more than {DEEPEST} levels deep.")
        if isinstance(value, dict):
            for key, inner in value.items():
                yield path, key
                waiting.append((f"{path}.{key[:60]}".lstrip("."), inner, depth + 1))
        elif isinstance(value, list):
            waiting.extend((f"{path}[{i}]", inner, depth + 1) for i, inner in enumerate(value))
        else:
            yield path, value


def _check_value(path: str, value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or not _is_encodable(value):
            raise Invalid(
                "Text may not hold NUL characters or halves of surrogate pairs; remove them.",
                code="unusable_text",
                field=_safe(path),
            )
    elif isinstance(value, int | float) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise Invalid("A number may have 63 bits at most.", code="number_too_large", field=_safe(path))


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _safe(path: str) -> str:
    return path.encode("ascii", "backslashreplace").decode()[:200]
