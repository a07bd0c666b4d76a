"""An example of each call, made from its schema, so that it cannot fall behind."""

import json
import shlex
from typing import Any

_BY_FORMAT = {"date-time": "2026-03-05T17:00:00Z", "date": "2026-03-05"}
_BY_NAME = {
    "subject": "Parcel has not arrived",
    "body": "My parcel was due on Monday.",
    "customer_email": "dev@example.test",
    "customer_name": "Dev Patel",
    "name": "Parcels",
    "figure": "arrivals",
    "text": "We call you back by Thursday evening.",
    "email": "dev@example.test",
    "time_zone": "Europe/London",
    "reason": "The customer called again.",
    "spec": {"tz": "Europe/London", "hours": {"0": [["09:00", "17:30"]]}, "holidays": []},
}


def curl_for(found: dict[str, Any], path: str, method: str, described: dict[str, Any], *, site_url: str) -> str:
    """Return a command that makes this call."""
    parts = ["curl"] + ([] if method == "GET" else ["-X", method])
    parts += ["-H", '"Authorization: Bearer $TOKEN"']
    for given in described["parameters"]:
        if given["in"] == "path":
            path = path.replace(f"{{{given['name']}}}", str(_value(found, given["name"], given["schema"])))
        elif given["in"] == "header" and given["required"]:
            parts += ["-H", shlex.quote(f'{given["name"]}: "3"')]
    body = body_for(found, described)
    if "multipart/form-data" in described.get("requestBody", {}).get("content", {}):
        parts += _form_parts(found, described)
    elif body is not None:
        parts += ["-H", '"Content-Type: application/json"', "-d", shlex.quote(json.dumps(body))]
    return " ".join([*parts, shlex.quote(site_url + path)])


def _form_parts(found: dict[str, Any], described: dict[str, Any]) -> list[str]:
    schema = described["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = _resolve(found, schema)
    parts = []
    for name in fields.get("required", ()):
        field = fields["properties"][name]
        is_file = _is_file(field) or _is_file(field.get("items", {}))
        value = "@form.pdf" if is_file else str(_value(found, name, field))
        parts += ["-F", shlex.quote(f"{name}={value}")]
    return parts


def _is_file(schema: dict[str, Any]) -> bool:
    return schema.get("format") == "binary" or "contentMediaType" in schema


def _resolve(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    named: dict[str, Any] = found["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return named


def show_examples(found: dict[str, Any]) -> None:
    """Put an example beside every JSON body the document describes: what is sent, and what is answered."""
    for methods in found["paths"].values():
        for described in methods.values():
            bodies = [described.get("requestBody", {}), *described["responses"].values()]
            for content in [body.get("content", {}).get("application/json") for body in bodies]:
                if content is not None:
                    content["example"] = _value(found, "", content["schema"])


def body_for(found: dict[str, Any], described: dict[str, Any]) -> Any:
    """Return a body this call takes, None when it takes none: the required fields and no others."""
    content = described.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else _value(found, "", content["schema"])


def _value(found: dict[str, Any], name: str, schema: dict[str, Any]) -> Any:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return _value(found, name, _resolve(found, schema))
    if "anyOf" in schema:
        return _value(found, name, schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    return _plain_value(found, name, schema)


def _plain_value(found: dict[str, Any], name: str, schema: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            wanted = schema.get("required") or list(properties)[:1]
            return {field: _value(found, field, properties[field]) for field in wanted}
        case "array":
            return [_value(found, name, each) for each in schema.get("prefixItems", [schema.get("items", {})])]
        case "integer":
            return 1
        case "number":
            return 10
        case "boolean":
            return True
    return _BY_FORMAT.get(schema.get("format", ""), "text")
