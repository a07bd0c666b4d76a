"""Types that every resource uses."""

import datetime as dt
import zoneinfo
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

T = TypeVar("T")

EARLIEST, LATEST = 1900, 2200


def _within_reach(moment: dt.datetime) -> dt.datetime:
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"give a time between the years {EARLIEST} and {LATEST}")
    return moment.astimezone(dt.UTC)


def _known_zone(name: str) -> str:
    if name and name not in zoneinfo.available_timezones():
        raise ValueError("give a time zone such as Europe/London")
    return name


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
Reason = Annotated[str, Field(max_length=300)]
Body = Annotated[str, Field(min_length=1, max_length=200_000)]
Limit = Annotated[int, Field(ge=1, le=200)]
After = Annotated[str, Field(max_length=2000)]


class Given(BaseModel):
    """Something sent to us: a field we do not know is refused, never quietly dropped."""

    model_config = ConfigDict(extra="forbid")


class Told(BaseModel):
    """Something we answer, read off the records of the apps."""

    model_config = ConfigDict(from_attributes=True)


class Meta(Told):
    """Where a list goes on."""

    has_more: bool
    after_cursor: str | None


class Links(Told):
    """The address of the rest of a list."""

    next: str | None


class Page(Told, Generic[T]):
    """One page of a list; ask again with `after` set to `after_cursor`, or follow `links.next`."""

    items: list[T]
    meta: Meta
    links: Links


class Items(Told, Generic[T]):
    """A whole list, short enough for one answer."""

    items: list[T]


class Made(Told):
    """The id of what was made or changed."""

    id: int


def page_of(request: HttpRequest, rows: Any, after: str | None) -> dict[str, Any]:
    """Return rows as one page of a list."""
    query = request.GET.copy()
    query["after"] = after or ""
    return {
        "items": list(rows),
        "meta": {"has_more": after is not None, "after_cursor": after},
        "links": {"next": f"{request.path}?{query.urlencode()}" if after else None},
    }


def items_of(rows: Any) -> dict[str, Any]:
    """Return rows as a whole list."""
    return {"items": list(rows)}
