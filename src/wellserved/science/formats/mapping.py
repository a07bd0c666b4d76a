"""The mapping file: which column plays which part, and what its words mean.

It is detected, edited by people and saved as JSON.
"""

import difflib
import json
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Final

from wellserved.science.formats.errors import MappingError
from wellserved.science.formats.moments import TIME_FORMATS, load_zone, require_layout

__all__ = ["EVENT_KINDS", "ROLES", "SHAPES", "STATUS_CATEGORIES", "TIME_ROLES", "Mapping"]

SHAPES: Final = ("events", "tickets")
TIME_ROLES: Final = ("time", "opened", "first_reply", "resolved", "closed", "updated")
ROLES: Final = (
    "case",
    *TIME_ROLES,
    "time_of_day",
    "activity",
    "status",
    "agent",
    "team",
    "customer",
    "organisation",
    "subject",
    "body",
    "kind",
    "category",
    "priority",
    "impact",
    "urgency",
    "channel",
    "product",
    "place",
    "tags",
)
STATUS_CATEGORIES: Final = (
    "new",
    "open",
    "waiting_customer",
    "waiting_supplier",
    "waiting_other",
    "resolved",
    "closed",
)
EVENT_KINDS: Final = (
    "opened",
    "customer_message",
    "agent_reply",
    "note",
    "status_changed",
    "assigned",
    "resolved",
    "reopened",
    "closed",
    "other",
)
DEFAULT_MISSING: Final = ("", "?", "-", "NULL", "null", "N/A", "n/a", "NaN", "nan", "None", "\\N", "#N/A")
DEFAULT_LAST_ROW_WINS: Final = (
    "agent",
    "team",
    "kind",
    "category",
    "priority",
    "impact",
    "urgency",
    "product",
    "place",
    "tags",
    "first_reply",
    "resolved",
    "closed",
    "updated",
)
FILE_FORMAT: Final = "wellserved-mapping"
FILE_VERSION: Final = 1
LARGEST_FILE: Final = 1_000_000
_LABELS: AbstractMapping[str, str] = MappingProxyType({"case": "the case's identifier", "time": "the event's time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How one table becomes cases. See ``docs/reference/mapping-file.md`` for each field.

    >>> mapping = Mapping(shape="tickets", columns={"case": "Id", "opened": "Created at"}, time_format="iso")
    >>> Mapping.from_json(mapping.to_json()) == mapping
    True
    >>> mapping.problems(["Id", "Created At"])
    ("There is no column 'Created at' for opened: did you mean 'Created At'?",)
    """

    shape: str
    columns: AbstractMapping[str, str]
    time_format: str = "iso"
    time_formats: AbstractMapping[str, str] = field(default_factory=dict)
    timezone: str = "UTC"
    missing: tuple[str, ...] = DEFAULT_MISSING
    status_map: AbstractMapping[str, str | None] = field(default_factory=dict)
    activity_map: AbstractMapping[str, str] = field(default_factory=dict)
    last_row_wins: tuple[str, ...] = DEFAULT_LAST_ROW_WINS

    def __post_init__(self) -> None:
        """Refuse words that mean nothing here; whether the columns exist is for `check`."""
        _require_word(self.shape, SHAPES, "shape")
        for role in (*self.columns, *self.last_row_wins):
            _require_word(role, ROLES, "column role")
        for role in self.time_formats:
            _require_word(role, TIME_ROLES, "role in time_formats")
        for time_format in (self.time_format, *self.time_formats.values()):
            if "%" in time_format:
                require_layout(time_format)
            else:
                _require_word(time_format, TIME_FORMATS, "time format")
        for category in self.status_map.values():
            if category is not None:
                _require_word(category, STATUS_CATEGORIES, "status category")
        for kind in self.activity_map.values():
            _require_word(kind, EVENT_KINDS, "event kind")
        load_zone(self.timezone)

    def time_format_of(self, role: str) -> str:
        """The rule one time column is read by."""
        return self.time_formats.get(role, self.time_format)

    @property
    def tells_replies(self) -> bool:
        """Whether the source says when anybody was answered: by a column of first replies or by an activity."""
        return "first_reply" in self.columns or "agent_reply" in self.activity_map.values()

    def problems(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Say what keeps this mapping from reading a table with these columns; nothing if it can."""
        names = tuple(columns)
        needed = ("case", "time") if self.shape == "events" else ("case", "opened")
        found = [
            f"No column is chosen for {role} ({_LABELS.get(role, 'when the ticket came in')}): choose one of "
            f"{_list_names(names)}."
            for role in needed
            if role not in self.columns
        ]
        if self.shape == "events" and not {"activity", "status"} & set(self.columns):
            found.append(f"No column is chosen for activity (what happened): choose one of {_list_names(names)}.")
        for role, name in self.columns.items():
            if name not in names:
                found.append(f"There is no column {name!r} for {role}{_did_you_mean(name, names)}")
        return tuple(found)

    def check(self, columns: Iterable[str]) -> None:
        """Refuse a table this mapping cannot read.

        Raises:
            MappingError: with every problem at once.
        """
        found = self.problems(columns)
        if found:
            raise MappingError(" ".join(found))

    def to_json(self) -> str:
        """Write the mapping file: always the same bytes for the same mapping."""
        document: dict[str, object] = {"format": FILE_FORMAT, "version": FILE_VERSION}
        for part in fields(self):
            value = getattr(self, part.name)
            if part.name == "columns":
                value = {role: value[role] for role in ROLES if role in value}
            elif isinstance(value, AbstractMapping):
                value = {key: value[key] for key in sorted(value)}
            document[part.name] = value
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Mapping":
        """Read a mapping file.

        Raises:
            MappingError: it is not JSON, no mapping file, of a later version, or says something impossible.
        """
        document = _load(text)
        known = {part.name for part in fields(cls)}
        for key in document:
            if key not in known:
                raise MappingError(f"A mapping file has no part {key!r}{_did_you_mean(key, known)}")
        for key in ("shape", "columns"):
            if key not in document:
                raise MappingError(f"The mapping file lacks {key!r}: add it, or detect a mapping anew.")
        checked: dict[str, object] = {}
        for key, value in document.items():
            checked[key] = _check_part(key, value)
        return cls(**checked)  # type: ignore[arg-type]  # each part was checked above


def _load(text: str | bytes) -> dict[str, object]:
    if len(text) > LARGEST_FILE:
        raise MappingError(f"The mapping file is larger than {LARGEST_FILE:,} characters, which no mapping is.")
    try:
        document = json.loads(text, object_pairs_hook=_refuse_twice)
    except MappingError:
        raise
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a bare ValueError
        detail = f" ({error.msg}, line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise MappingError(f"The mapping file is not JSON{detail}: correct it, or detect a mapping anew.") from error
    if not isinstance(document, dict) or document.pop("format", None) != FILE_FORMAT:
        raise MappingError(f'This is not a mapping file: it has to begin with {{"format": "{FILE_FORMAT}"}}.')
    version = document.pop("version", None)
    if version != FILE_VERSION:
        raise MappingError(f"The mapping file has version {version!r}; this Wellserved reads version {FILE_VERSION}.")
    return document


def _refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document: dict[str, object] = {}
    for key, value in pairs:
        if key in document:
            raise MappingError(f"The mapping file says {key!r} twice: keep one of them.")
        document[key] = value
    return document


def _check_part(key: str, value: object) -> object:
    if key in {"shape", "time_format", "timezone"}:
        if isinstance(value, str):
            return value
        raise MappingError(f"{key!r} in the mapping file has to be a text.")
    if key in {"missing", "last_row_wins"}:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise MappingError(f"{key!r} in the mapping file has to be a list of texts.")
    nothing = (str, type(None)) if key == "status_map" else (str,)
    if isinstance(value, dict) and all(isinstance(item, nothing) for item in value.values()):
        return value
    raise MappingError(f"{key!r} in the mapping file has to be an object from text to text.")


def _require_word(word: str, words: Iterable[str], what: str) -> None:
    known = tuple(words)
    if word not in known:
        raise MappingError(f"There is no {what} {word!r}{_did_you_mean(word, known, otherwise='use one of ')}")


def _did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "the table has ") -> str:
    names = sorted(set(known)) if isinstance(known, set) else list(known)
    lowered = {name.lower(): name for name in reversed(names)}
    close = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f": did you mean {lowered[close[0]]!r}?"
    return f": {otherwise}{_list_names(tuple(names))}."


def _list_names(names: tuple[str, ...], *, most: int = 30) -> str:
    listed = ", ".join(repr(name) for name in names[:most])
    return f"{listed} and {len(names) - most:,} more" if len(names) > most else listed
