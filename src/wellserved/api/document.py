"""The OpenAPI document: what ninja knows of the types, and what the edge adds to every operation."""

import functools
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from wellserved.api import edge
from wellserved.api.declaring import traits_of
from wellserved.api.examples import show_examples
from wellserved.platform.http.access import RoutePolicy

PREFIX = "api/v1"
PROBLEMS = {
    400: "The body or the request cannot be read.",
    401: "Nobody is known to be calling: the token is missing, unknown, revoked or over.",
    403: "The caller's role, or the token's scopes, do not reach this far.",
    404: "There is no such record, or it is not the caller's to see: both read the same.",
    405: "The address does not take this method.",
    409: "The record is in a state that does not allow this.",
    413: "The body is too large.",
    415: "The body is not said to be JSON.",
    422: "Something sent cannot be used; `data.fields` names each field.",
    429: "Too many requests; wait for the seconds in Retry-After.",
}
VERSION_PROBLEMS = {
    412: "The record has changed since it was read; `data.difference` says what.",
    428: "If-Match is missing.",
}
PROBLEM = {
    "title": "Problem",
    "description": "A refusal as RFC 9457 problem details.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Where this code is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; made for programs."},
        "detail": {"type": "string", "description": "A sentence for a person that says what would work."},
        "data": {"type": "object", "description": "What a program needs to act on the refusal."},
    },
    "additionalProperties": False,
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the version this change was made on, or * for whichever is current.",
    "schema": {"type": "string", "pattern": r'^("[0-9]{1,18}"|\*)$'},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "A key of your own; the request sent again with it has one effect and gets the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def document(api: NinjaAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    return _document(api)


@functools.cache
def _document(api: NinjaAPI) -> dict[str, Any]:
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    operations = _operations_by_id(api)
    for methods in found["paths"].values():
        for method, described in methods.items():
            _complete(described, operations[described["operationId"]], method.upper())
    components = found["components"]
    components["schemas"] = dict(sorted({**components["schemas"], "Problem": PROBLEM}.items()))
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An API token from your settings."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The session of a signed-in browser; changes also send X-CSRFToken.",
        },
    }
    show_examples(found)
    return found


def _operations_by_id(api: NinjaAPI) -> dict[str, Operation]:
    return {
        api.get_openapi_operation_id(operation): operation
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    }


def _complete(described: dict[str, Any], operation: Operation, method: str) -> None:
    traits = traits_of(operation.view_func)
    policy: RoutePolicy = operation.view_func.route_policy  # type: ignore[attr-defined]
    described["operationId"] = operation.view_func.__name__
    if traits.needs_version:
        described["parameters"].append(IF_MATCH)
    if edge.is_repeatable(operation, method):
        described["parameters"].append(IDEMPOTENCY_KEY)
    problems = PROBLEMS | (VERSION_PROBLEMS if traits.needs_version else {})
    answers = {str(status): answer for status, answer in described["responses"].items()}
    described["responses"] = answers | {str(status): _problem(text) for status, text in sorted(problems.items())}
    described["security"] = [{"token": []}, {"session": []}]
    described["x-scope"] = traits.scope(method)
    described["x-capabilities"] = sorted(policy.capabilities)


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}
