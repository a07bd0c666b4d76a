"""Whom we serve, what they expect, what we offer them, and which of it is promised."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

WHO: dict[str, str] = {
    "anybody": "Anybody",
    "external": "Everybody outside",
    "household": "People outside, for themselves",
    "organisation": "People of organisations outside",
    "internal": "Colleagues and departments",
}
BASES: dict[str, str] = {
    "stated": "Stated: they said so",
    "derived": "Derived: their tickets say so",
    "observed": "Observed: we saw it",
}
NATURES: dict[str, str] = {
    "real": "Real: it is what they need",
    "perceived": "Perceived: it is what they believe they need",
}
SOURCES: dict[str, str] = {
    "survey": "A survey",
    "interview": "Talks with customers",
    "desk": "The desk's own records",
    "complaints": "Complaints",
    "observation": "Watching them",
    "staff": "Colleagues who serve them",
    "market": "Research of the market",
    "law": "Law or a code",
}
IMPORTANCE: dict[int, str] = {5: "Decisive", 4: "High", 3: "Middling", 2: "Low", 1: "Slight"}
CREDIBILITY: dict[int, str] = {3: "High", 2: "Fair", 1: "Low"}
# A source older than this no longer tells what customers expect now.
CURRENT_FOR = dt.timedelta(days=365)

SERVICE_KINDS: dict[str, str] = {"service": "Service", "product": "Product"}
LINE_KINDS: dict[str, str] = {
    "offer": "What they get",
    "channel": "How they reach it",
    "hours": "When",
    "entitlement": "What they are entitled to",
    "strength": "Strength",
    "weakness": "Weakness",
}
COVER: dict[str, str] = {
    "covered": "Served and promised",
    "unpromised": "Served, but nothing promised",
    "unserved": "Nobody serves this yet",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who belongs to a segment: whoever passes every question that is asked.

    `organisations`, `tags` and `products` are ids of the desk's records, `kinds` its types of ticket; the last three
    ask for a ticket of that sort. Membership is worked out whenever it is read, never stored.
    """

    who: str = "anybody"
    organisations: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the rule as JSON-ready data."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in dataclasses.asdict(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """Return the rule that was written with `as_data`."""
        return cls(
            who=data["who"],
            organisations=tuple(data["organisations"]),
            tags=tuple(data["tags"]),
            products=tuple(data["products"]),
            kinds=tuple(data["kinds"]),
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What marks the tickets that tell of an expectation: any of these tags or products, or a word of the subject."""

    tags: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tags or self.products or self.words)

    def as_data(self) -> dict[str, Any]:
        """Return the signals as JSON-ready data."""
        return {name: list(value) for name, value in dataclasses.asdict(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Signals":
        """Return the signals that were written with `as_data`."""
        return cls(**{name: tuple(value) for name, value in data.items()})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """A segment as lists show it; `expectations` counts those that hold."""

    id: int
    name: str
    description: str
    rule: Rule
    owner_id: int | None
    owner: str
    review_on: dt.date | None
    is_review_due: bool
    is_active: bool
    expectations: int
    version: int

    @property
    def is_internal(self) -> bool:
        """Return whether these customers are our own colleagues."""
        return self.rule.who == "internal"

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return f"/expectations/segments/{self.id}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationRow:
    """An expectation as lists show it; `cover` is a key of COVER."""

    id: int
    title: str
    detail: str
    segment_id: int
    segment: str
    basis: str
    nature: str
    importance: int
    source: str
    source_note: str
    source_on: dt.date
    credibility: int
    is_current: bool
    review_on: dt.date
    is_review_due: bool
    is_active: bool
    signals: Signals
    version: int
    cover: str = "unserved"
    services: tuple["Named", ...] = ()
    standards: tuple["Named", ...] = ()

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return f"/expectations/{self.id}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record by its name and address."""

    id: int
    name: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An expectation as a service meets it: how much it is said to matter, and by what tickets it is known."""

    id: int
    importance: int
    signals: Signals


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the offer and the expectations it meets."""

    kind: str
    text: str
    expectations: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the line as JSON-ready data."""
        return {"kind": self.kind, "text": self.text, "expectations": list(self.expectations)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Line":
        """Return the line that was written with `as_data`."""
        return cls(kind=data["kind"], text=data["text"], expectations=tuple(data["expectations"]))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service or product as it is offered: `calendar` is the id of a calendar, `roles` those told of a change."""

    name: str
    kind: str = "service"
    summary: str = ""
    calendar: int | None = None
    lines: tuple[Line, ...] = ()
    roles: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the offer as JSON-ready data."""
        return {
            "name": self.name,
            "kind": self.kind,
            "summary": self.summary,
            "calendar": self.calendar,
            "lines": [line.as_data() for line in self.lines],
            "roles": list(self.roles),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Offer":
        """Return the offer that was written with `as_data`."""
        return cls(
            name=data["name"],
            kind=data["kind"],
            summary=data["summary"],
            calendar=data["calendar"],
            lines=tuple(Line.from_data(line) for line in data["lines"]),
            roles=tuple(data["roles"]),
        )

    @property
    def expectations(self) -> frozenset[int]:
        """Return every expectation that a line meets; naming a weakness meets none."""
        return frozenset(pk for line in self.lines if line.kind != "weakness" for pk in line.expectations)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A service as the catalogue shows it."""

    id: int
    name: str
    kind: str
    summary: str
    is_offered: bool
    number: int
    changed_at: dt.datetime
    meets: int
    strengths: int
    weaknesses: int
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVersion:
    """The offer as it was; never changed once written. `changes` are (label, before, after)."""

    id: int
    number: int
    offer: Offer
    effective_on: dt.date
    created_at: dt.datetime
    created_by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDetail:
    """A service whole; `cited` names every expectation its lines cite."""

    row: ServiceRow
    offer: Offer
    calendar: str
    versions: tuple[ServiceVersion, ...]
    cited: Mapping[int, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the expectations that hold are served, and promised."""

    total: int
    served: int
    covered: int

    @property
    def share(self) -> float | None:
        """Return the share served and promised, None of nothing."""
        return self.covered / self.total if self.total else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferNews:
    """A change of the offer that somebody has not said she has read."""

    service_id: int
    name: str
    number: int
    reason: str
    effective_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """The page of promises as it stands: published when `published_at` is set."""

    introduction: str
    published_at: dt.datetime | None
    published_by: str
    version: int
