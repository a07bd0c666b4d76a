"""What a rule pack consists of: clocks, letters and what they must say, record fields, duties."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from wellserved.science.calendars.feeds import holiday_dates
from wellserved.science.calendars.statutory import StatutoryRule


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One period of a pack: how it counts, the rule's own sentence, and which letters stop or stretch it."""

    rule: StatutoryRule
    sentence: str
    stops_on: tuple[str, ...]
    is_route: bool = False
    extends: str = ""
    letter: str = ""
    waits: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the clock's key within its pack."""
        return self.rule.key


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Something a letter must say: found by one of its phrases or by a fact of the case, or ticked with a reason."""

    key: str
    label: str
    phrases: tuple[str, ...] = ()
    fact: str = ""
    required: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LetterRule:
    """A letter of a pack: what it does (`role`), its text by language, and what it must say."""

    key: str
    title: str
    role: str
    texts: Mapping[str, str]
    elements: tuple[Element, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecordField:
    """A fact the law wants on the record beside those every complaint has."""

    key: str
    label: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRule:
    """A duty the pack brings into the register of law."""

    key: str
    title: str
    kind: str
    summary: str
    process: str
    clock: str
    letter: str
    roles: tuple[str, ...]
    attested: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """One dated version of a pack."""

    key: str
    title: str
    label: str
    subject: str
    jurisdiction: str
    sector: str
    source: str
    note: str
    review_on: date
    effective_from: date
    effective_to: date
    country: str
    subdivision: str
    time_zone: str
    retention_years: int
    retention: str
    ombudsman: str
    ombudsman_url: str
    ombudsman_limit: str
    clocks: tuple[ClockRule, ...]
    letters: tuple[LetterRule, ...]
    record_fields: tuple[RecordField, ...]
    obligations: tuple[ObligationRule, ...]

    def clock(self, key: str) -> ClockRule | None:
        """Return the clock of that key."""
        return next((clock for clock in self.clocks if clock.key == key), None)

    def letter(self, key: str) -> LetterRule | None:
        """Return the letter of that key."""
        return next((letter for letter in self.letters if letter.key == key), None)

    def letters_of(self, role: str) -> tuple[LetterRule, ...]:
        """Return the letters that do this."""
        return tuple(letter for letter in self.letters if letter.role == role)

    def holidays(self, years: Sequence[int]) -> tuple[date, ...]:
        """Return the public holidays the pack counts by, none when it names no country."""
        if not self.country:
            return ()
        return tuple(day for day, _ in holiday_dates(self.country, self.subdivision or None, years))
