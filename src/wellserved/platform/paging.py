"""Pages by key, not by number: a row that comes or goes meanwhile makes nobody see one twice or miss one."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import Q

from wellserved.platform.errors import Invalid

M = TypeVar("M", bound=models.Model)

LARGEST_PAGE = 200


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[M]):
    """Some rows in order, and the cursor of the rows after them, None at the end."""

    rows: tuple[M, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Keyset:
    """An order whose last field is unique, such as `Keyset("-opened_at", "-id")`; its fields are never null."""

    fields: tuple[str, ...]

    def __init__(self, *fields: str) -> None:
        object.__setattr__(self, "fields", fields)

    def encode(self, row: models.Model) -> str:
        """Return the cursor that continues after `row`: signed, and good for this order alone."""
        return encode([getattr(row, name.lstrip("-")) for name in self.fields], purpose=self._purpose())

    def after(self, cursor: str) -> Q:
        """Return the condition of the rows after the cursor; raises Invalid when it was altered or made elsewhere."""
        values = decode(cursor, purpose=self._purpose())
        if len(values) != len(self.fields):
            raise _unreadable()
        condition = Q()
        for i, name in enumerate(self.fields):
            equal = {other.lstrip("-"): values[j] for j, other in enumerate(self.fields[:i])}
            side = "lt" if name.startswith("-") else "gt"
            condition |= Q(**equal, **{f"{name.lstrip('-')}__{side}": values[i]})
        return condition

    def page(self, rows: "models.QuerySet[M]", *, cursor: str | None = None, limit: int = 50) -> Slice[M]:
        """Return one page of `rows` in this order. One query."""
        if not 1 <= limit <= LARGEST_PAGE:
            raise Invalid(f"A page holds 1 to {LARGEST_PAGE} rows; {limit} were asked for.", code="page_size")
        chosen = rows.order_by(*self.fields)
        if cursor:
            chosen = chosen.filter(self.after(cursor))
        found = list(chosen[: limit + 1])
        shown = tuple(found[:limit])
        return Slice(rows=shown, next_cursor=self.encode(shown[-1]) if len(found) > limit else None)

    def _purpose(self) -> str:
        return ",".join(self.fields)


def encode(values: Sequence[Any], *, purpose: str) -> str:
    """Return the values as an opaque, signed text for this purpose."""
    return signing.dumps([_pack(value) for value in values], salt=f"paging:{purpose}", compress=True)


def decode(cursor: str, *, purpose: str) -> list[Any]:
    """Return the values of a cursor made for this purpose; raises Invalid for any other text."""
    try:
        packed = signing.loads(cursor, salt=f"paging:{purpose}")
        return [_unpack(kind, text) for kind, text in packed]
    except (signing.BadSignature, ValueError, TypeError, ArithmeticError) as error:
        raise _unreadable() from error


def _unreadable() -> Invalid:
    return Invalid("This page marker cannot be read. Start again from the first page.", code="bad_cursor")


def _pack(value: Any) -> tuple[str, Any]:
    if isinstance(value, dt.datetime):
        return "at", value.isoformat()
    if isinstance(value, dt.date):
        return "on", value.isoformat()
    if isinstance(value, Decimal):
        return "dec", str(value)
    return "raw", value


def _unpack(kind: str, packed: Any) -> Any:
    match kind:
        case "at":
            return dt.datetime.fromisoformat(packed)
        case "on":
            return dt.date.fromisoformat(packed)
        case "dec":
            return Decimal(packed)
    return packed
