"""What every operation shares: scope, allowance, readable input, versions, and one effect for a request sent twice."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja.operation import Operation, PathView

from wellserved.api import identity, reading, versions
from wellserved.api.declaring import traits_of
from wellserved.api.problems import MethodUnknown
from wellserved.apps.accounts.types import Actor
from wellserved.platform import clock, idempotency
from wellserved.platform.errors import ServiceError
from wellserved.platform.http.access import RoutePolicy
from wellserved.platform.http.answers import problem

KEPT_HEADERS = ("ETag", "Location")
View = Callable[..., HttpResponseBase]


class _Unkept(Exception):
    """Carries a refusal out of a transaction that must not remember it."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


def guard(path_view: PathView) -> View:
    """Return the view of one address: its operations by method, each behind its own declared policy."""
    operations = {method: operation for operation in path_view.operations for method in operation.methods}
    run = path_view.get_view()

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        operation = operations.get(request.method or "")
        if operation is None:
            return _refuse_method(operations)
        try:
            left = _admit(request, operation)
        except ServiceError as refusal:
            return problem(refusal)
        response = _once(request, operation, functools.partial(run, request, **kwargs))
        response.headers["X-RateLimit-Limit"] = str(settings.API_REQUESTS_A_MINUTE)
        response.headers["X-RateLimit-Remaining"] = str(left)
        return response

    view.csrf_exempt = True  # type: ignore[attr-defined]
    view.route_policy = _policies(operations)  # type: ignore[attr-defined]
    return view


def parameters_of(operation: Operation) -> frozenset[str]:
    """Return the names of the query parameters an operation takes."""
    names: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            names |= set(getattr(model, "__ninja_flatten_map__", model.model_fields))
    return frozenset(names)


def _policies(operations: Mapping[str, Operation]) -> Mapping[str, RoutePolicy | None]:
    return {method: getattr(found.view_func, "route_policy", None) for method, found in operations.items()}


def _refuse_method(operations: Mapping[str, Operation]) -> HttpResponse:
    allowed = ", ".join(sorted(operations))
    response = problem(MethodUnknown(f"This address takes {allowed}."))
    response.headers["Allow"] = allowed
    return response


def _admit(request: HttpRequest, operation: Operation) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    traits = traits_of(operation.view_func)
    now = clock.now()
    left = identity.take_allowance(actor, now=now)
    identity.check_same_site(request, actor)
    identity.check_scope(actor, traits.scope(request.method or ""))
    if traits.hourly is not None:
        identity.take_costly(actor, name=operation.view_func.__name__, hourly=traits.hourly, now=now)
    reading.check_query(request, parameters_of(operation))
    request.api_body = None  # type: ignore[attr-defined]
    if traits.takes_file:
        reading.check_form(request, largest=traits.largest_form)
    else:
        reading.check_body(request)
    if traits.needs_version:
        request.given_version = versions.given_version(request)  # type: ignore[attr-defined]
    return left


def is_repeatable(operation: Operation, method: str) -> bool:
    """Return whether an operation honours Idempotency-Key: every POST that changes something and keeps its caller."""
    traits = traits_of(operation.view_func)
    return method == "POST" and not traits.only_reads and traits.remembers


def _once(request: HttpRequest, operation: Operation, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    key = request.headers.get("Idempotency-Key", "")
    if not key or not is_repeatable(operation, request.method or ""):
        return run()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        answer = idempotency.once(
            actor_id=actor.person_id,
            key=key,
            fingerprint=idempotency.fingerprint(
                method="POST", path=request.get_full_path(), body=_body_of(request, operation)
            ),
            now=clock.now(),
            act=lambda: _keep(run()),
        )
    except _Unkept as refused:
        return refused.response
    except ServiceError as refusal:
        return problem(refusal)
    return _tell_again(answer)


def _body_of(request: HttpRequest, operation: Operation) -> bytes:
    return reading.digest_of_form(request) if traits_of(operation.view_func).takes_file else request.body


def _keep(response: HttpResponseBase) -> idempotency.Answer:
    if response.status_code >= 400 or not isinstance(response, HttpResponse):
        raise _Unkept(response)
    headers = [response.headers.get(name) for name in KEPT_HEADERS]
    return idempotency.Answer(
        status=response.status_code, body=response.content.decode(), subject=json.dumps(headers, separators=(",", ":"))
    )


def _tell_again(answer: idempotency.Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json; charset=utf-8")
    if answer.status == 204:
        del response.headers["Content-Type"]
    for name, value in zip(KEPT_HEADERS, json.loads(answer.subject), strict=True):
        if value is not None:
            response.headers[name] = value
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response
