"""The document for programs, and the same as a page for people, served from here alone."""

import dataclasses
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellserved.api.document import document
from wellserved.api.examples import curl_for
from wellserved.api.router import api
from wellserved.apps.accounts.capabilities import USE_API
from wellserved.platform.http.access import needs, public


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something an operation takes, as the page lists it."""

    name: str
    place: str
    type: str
    required: bool
    description: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An operation as the page shows it."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    capabilities: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str, str], ...]
    example: str


@public
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document; it holds no data of the service."""
    return JsonResponse(document(api))


@needs(USE_API)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the reference."""
    return render(request, "api/docs.html", {"groups": _groups(), "site_url": settings.SITE_URL})


def _groups() -> dict[str, list[Entry]]:
    found = document(api)
    groups: dict[str, list[Entry]] = {}
    for path, methods in found["paths"].items():
        for method, described in methods.items():
            entry = _entry(found, path, method.upper(), described)
            groups.setdefault(described["tags"][0], []).append(entry)
    return groups


def _entry(found: dict[str, Any], path: str, method: str, described: dict[str, Any]) -> Entry:
    return Entry(
        key=described["operationId"],
        method=method,
        path=path,
        summary=described["summary"],
        description=described.get("description", ""),
        scope=described["x-scope"],
        capabilities=tuple(described["x-capabilities"]),
        parameters=(*_parameters(found, described), *_fields(found, described)),
        answers=tuple(
            (status, answer["description"], _shape_of(answer)) for status, answer in described["responses"].items()
        ),
        example=curl_for(found, path, method, described, site_url=settings.SITE_URL),
    )


def _parameters(found: dict[str, Any], described: dict[str, Any]) -> list[Parameter]:
    return [
        Parameter(
            name=given["name"],
            place=given["in"],
            type=_type_of(found, given["schema"]),
            required=given["required"],
            description=given.get("description", ""),
        )
        for given in described["parameters"]
    ]


def _fields(found: dict[str, Any], described: dict[str, Any]) -> list[Parameter]:
    body = described.get("requestBody")
    if not body:
        return []
    schema = resolve(found, next(iter(body["content"].values()))["schema"])
    return [
        Parameter(
            name=name,
            place="body",
            type=_type_of(found, field),
            required=name in schema.get("required", ()),
            description=field.get("description", ""),
        )
        for name, field in schema.get("properties", {}).items()
    ]


def resolve(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema says, following its reference."""
    if "$ref" not in schema:
        return schema
    target: dict[str, Any] = found["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return target


def _type_of(found: dict[str, Any], schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type_of(found, option) for option in schema["anyOf"]))
    schema = resolve(found, schema)
    if "enum" in schema:
        return ", ".join(json.dumps(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_of(found, schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("title") if schema.get("type") == "object" else _plain(schema))


def _plain(schema: dict[str, Any]) -> str:
    return str(schema.get("format") or schema.get("type") or "anything")


def _shape_of(answer: dict[str, Any]) -> str:
    for content in answer.get("content", {}).values():
        schema = content["schema"]
        return str(schema.get("$ref", "").rsplit("/", 1)[-1] or schema.get("title", ""))
    return ""
