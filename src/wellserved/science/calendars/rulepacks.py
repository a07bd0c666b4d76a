"""Rule packs: one dated version of a law, code or procedure for complaints, read from TOML or JSON.

A pack says which clocks run from the day of receipt, what stops and stretches them, which letters are due and what
each must say, what to record and for how long. Nothing here knows any law: the packs are data.
"""

import json
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wellserved.science.calendars.errors import CalendarError
from wellserved.science.calendars.rulepack_types import (
    ClockRule,
    Element,
    LetterRule,
    ObligationRule,
    RecordField,
    RulePack,
)
from wellserved.science.calendars.statutory import StatutoryRule, Unit

LARGEST = 200_000
MOST = 60
FACTS = frozenset(
    {
        "customer", "reference", "received_on", "today", "summary", "handler", "outcome", "cause", "answer", "remedy",
        "due_on", "new_due_on", "reason", "ombudsman", "ombudsman_url", "ombudsman_limit", "service",
    }
)  # fmt: skip
ROLES = ("acknowledgement", "update", "extension", "early", "final", "signpost")
WAITS = ("identity", "clarification", "fee")
SUBJECTS = ("complaint", "data-protection complaint", "subject access", "erasure")
KINDS = ("law", "code", "policy")
_KEY = re.compile(r"[a-z][a-z0-9_.-]{0,59}")


class PackError(CalendarError):
    """A pack cannot be used; the sentence names the place and what would work."""


def read_pack(text: str) -> tuple[RulePack, dict[str, Any]]:
    """Return the pack a TOML or JSON text describes, and its plain content as JSON can keep it.

    Raises:
        PackError: The text cannot be read, or says something no complaint could be handled by.
    """
    if len(text) > LARGEST:
        raise PackError(f"A pack has at most {LARGEST:,} characters.")
    try:
        content = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackError(f"This is neither TOML nor JSON: {str(error)[:200]}.") from error
    plain = json.loads(json.dumps(content, default=_plain))
    return build_pack(plain), plain


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise PackError("A pack holds text, numbers, dates, lists and tables only.")


def build_pack(content: Mapping[str, Any]) -> RulePack:
    """Return the pack of a plain mapping, checked."""
    top = _Table(content, "the pack")
    holidays, retention, outside = (top.table(name) for name in ("holidays", "retention", "ombudsman"))
    clocks = tuple(_clock(row) for row in top.rows("clocks"))
    letters = tuple(_letter(row) for row in top.rows("letters"))
    pack = RulePack(
        key=top.key("key"),
        title=top.text("title"),
        label=top.text("label", default=""),
        subject=top.choice("subject", SUBJECTS, default="complaint"),
        jurisdiction=top.text("jurisdiction"),
        sector=top.text("sector"),
        source=_source(top),
        note=top.text("note", default=""),
        review_on=top.day("review_on"),
        effective_from=top.day("effective_from", default=date.min),
        effective_to=top.day("effective_to", default=date.max),
        country=holidays.text("country", default=""),
        subdivision=holidays.text("subdivision", default=""),
        time_zone=top.text("time_zone", default="UTC"),
        retention_years=retention.whole("years", low=0, high=100),
        retention=retention.text("sentence"),
        ombudsman=outside.text("name", default=""),
        ombudsman_url=outside.text("url", default=""),
        ombudsman_limit=outside.text("limit", default=""),
        clocks=clocks,
        letters=letters,
        record_fields=tuple(
            RecordField(key=row.key("key"), label=row.text("label")) for row in top.rows("record_fields", least=0)
        ),
        obligations=tuple(_obligation(row) for row in top.rows("obligations", least=0)),
    )
    for table in (top, holidays, retention, outside):
        table.check_all_read()
    _check(pack)
    return pack


def _source(top: "_Table") -> str:
    source = top.text("source")
    if urlsplit(source).scheme not in {"http", "https"}:
        raise PackError("`source` is the address the rule is published at, beginning with https://.")
    return source


def _clock(row: "_Table") -> ClockRule:
    built = ClockRule(
        rule=StatutoryRule(
            key=row.key("key"),
            title=row.text("title"),
            count=row.whole("count", low=1, high=1000),
            unit=Unit(row.choice("unit", tuple(unit.value for unit in Unit))),
            rolls=row.flag("rolls"),
            counts_receipt=row.flag("counts_receipt"),
        ),
        sentence=row.text("sentence"),
        stops_on=row.words("stops_on", least=1),
        is_route=row.flag("route"),
        extends=row.text("extends", default=""),
        letter=row.text("letter", default=""),
        waits=row.words("waits"),
    )
    if unknown := set(built.waits) - set(WAITS):
        raise PackError(f"{row.place}: there is no wait {min(unknown)!r}; use {', '.join(WAITS)}.")
    row.check_all_read()
    return built


def _letter(row: "_Table") -> LetterRule:
    texts = row.table("texts")
    built = LetterRule(
        key=row.key("key"),
        title=row.text("title"),
        role=row.choice("role", ROLES),
        texts={language: texts.text(language, longest=20_000) for language in texts.names()},
        elements=tuple(_element(inner) for inner in row.rows("elements", least=0)),
    )
    row.check_all_read()
    if not built.texts:
        raise PackError(f"{row.place}: give the letter a text in at least one language, such as texts.en.")
    for text in built.texts.values():
        _check_slots(row.place, text)
    return built


def _check_slots(place: str, text: str) -> None:
    template = string.Template(text)
    if not template.is_valid():
        raise PackError(f"{place}: a single $ stands in its text; write $$ for the sign and ${{fact}} for a fact.")
    if unknown := set(template.get_identifiers()) - FACTS:
        raise PackError(f"{place}: there is no fact ${{{min(unknown)}}}; letters know {', '.join(sorted(FACTS))}.")


def _element(row: "_Table") -> Element:
    built = Element(
        key=row.key("key"),
        label=row.text("label"),
        phrases=row.words("phrases"),
        fact=row.text("fact", default=""),
        required=row.flag("required", default=True),
    )
    if built.fact and built.fact not in FACTS:
        raise PackError(f"{row.place}: there is no fact {built.fact!r}; letters know {', '.join(sorted(FACTS))}.")
    row.check_all_read()
    return built


def _obligation(row: "_Table") -> ObligationRule:
    built = ObligationRule(
        key=row.key("key"),
        title=row.text("title"),
        kind=row.choice("kind", KINDS, default="law"),
        summary=row.text("summary"),
        process=row.text("process"),
        clock=row.text("clock", default=""),
        letter=row.text("letter", default=""),
        roles=row.words("roles"),
        attested=row.flag("attested"),
    )
    row.check_all_read()
    return built


def _check(pack: RulePack) -> None:
    """Refuse a pack whose parts do not fit each other."""
    clocks, letters = [c.key for c in pack.clocks], [letter.key for letter in pack.letters]
    for name, keys in (("clocks", clocks), ("letters", letters)):
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise PackError(f"Two {name} are called {min(twice)!r}; each needs a key of its own.")
    if pack.effective_from > pack.effective_to:
        raise PackError("`effective_to` lies before `effective_from`.")
    _check_clocks(pack, clocks, letters)
    for duty in pack.obligations:
        if (duty.clock and duty.clock not in clocks) or (duty.letter and duty.letter not in letters):
            raise PackError(f"Obligation {duty.key!r} names a clock or letter this pack does not have.")
    if not pack.letters_of("final"):
        raise PackError("A pack needs a letter with role final: the answer to the complaint.")
    _check_place(pack)


def _check_clocks(pack: RulePack, clocks: list[str], letters: list[str]) -> None:
    for clock in pack.clocks:
        named = [*clock.stops_on, *([clock.letter] if clock.letter else [])]
        if unknown := [key for key in named if key not in (*letters, "close")]:
            known = ", ".join([*letters, "close"])
            raise PackError(f"Clock {clock.key!r} names the letter {unknown[0]!r}; this pack has {known}.")
        if clock.extends and clock.extends not in clocks:
            raise PackError(f"Clock {clock.key!r} extends {clock.extends!r}, which this pack does not have.")
        if clock.extends and not pack.letters_of("extension"):
            raise PackError(f"Clock {clock.key!r} is an extension, so the pack needs a letter with role extension.")


def _check_place(pack: RulePack) -> None:
    try:
        ZoneInfo(pack.time_zone)
        pack.holidays([2026])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise PackError(f"`time_zone` or `holidays` is not known: {str(error)[:200]}") from error


class _Table:
    """A table of the pack, read field by field; what nobody asked for is refused at the end."""

    def __init__(self, content: object, place: str) -> None:
        if not isinstance(content, Mapping):
            raise PackError(f"{place}: this should be a table of names and values.")
        self._content, self.place, self._read = content, place, set[str]()

    def names(self) -> list[str]:
        """Return the names of a table whose names are free, such as languages."""
        return [str(name) for name in self._content]

    def check_all_read(self) -> None:
        """Refuse a name that is not part of the format, so that a slip of the pen loses no rule."""
        if unknown := sorted(set(self._content) - self._read):
            raise PackError(
                f"{self.place}: there is no field {unknown[0]!r}; it takes {', '.join(sorted(self._read))}."
            )

    def _get(self, name: str, kind: type, wanted: str, default: Any = None) -> Any:
        self._read.add(name)
        value = self._content.get(name, default)
        if value is None:
            raise PackError(f"{self.place}: `{name}` is missing; give {wanted}.")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PackError(f"{self.place}: `{name}` should be {wanted}.")
        return value

    def text(self, name: str, *, default: str | None = None, longest: int = 2_000) -> str:
        """Return a text."""
        value: str = self._get(name, str, "a text", default).strip()
        if len(value) > longest or (default is None and not value):
            raise PackError(f"{self.place}: `{name}` has 1 to {longest:,} characters.")
        return value

    def key(self, name: str) -> str:
        """Return a key."""
        value = self.text(name)
        if not _KEY.fullmatch(value):
            raise PackError(f"{self.place}: `{name}` is lower-case letters, digits, dots, dashes and underscores.")
        return value

    def whole(self, name: str, *, low: int, high: int) -> int:
        """Return a whole number within bounds."""
        value: int = self._get(name, int, f"a whole number from {low} to {high}")
        if not low <= value <= high:
            raise PackError(f"{self.place}: `{name}` should be a whole number from {low} to {high}.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        return bool(self._get(name, bool, "true or false", default))

    def choice(self, name: str, known: Sequence[str], *, default: str | None = None) -> str:
        """Return one of the known words."""
        value = self.text(name, default=default)
        if value not in known:
            raise PackError(f"{self.place}: `{name}` is one of {', '.join(known)}, not {value!r}.")
        return value

    def day(self, name: str, *, default: date | None = None) -> date:
        """Return a date."""
        self._read.add(name)
        value = self._content.get(name, default.isoformat() if default else None)
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise PackError(f"{self.place}: `{name}` should be a date such as 2026-04-08.") from error

    def words(self, name: str, *, least: int = 0) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._get(name, list, "a list of texts", [])
        if not least <= len(value) <= MOST or not all(isinstance(word, str) and word.strip() for word in value):
            raise PackError(f"{self.place}: `{name}` should be a list of {least} to {MOST} texts.")
        return tuple(word.strip() for word in value)

    def table(self, name: str) -> "_Table":
        """Return an inner table, empty when it is left out."""
        self._read.add(name)
        return _Table(self._content.get(name, {}), f"{self.place}, {name}")

    def rows(self, name: str, *, least: int = 1) -> list["_Table"]:
        """Return a list of tables."""
        value = self._get(name, list, "a list of tables", [])
        if not least <= len(value) <= MOST:
            raise PackError(f"{self.place}: `{name}` should hold {least} to {MOST} tables.")
        return [
            _Table(row, f"{name} {row.get('key', at + 1) if isinstance(row, Mapping) else at + 1}")
            for at, row in enumerate(value)
        ]
