"""Laws, codes and policies as other layers and apps may know them."""

import dataclasses
import datetime as dt

from wellserved.science.calendars import RulePack

# What complaints fall back on in a service that has loaded no pack of its own.
GENERIC_PACK = "iso.10002"
NOT_ADVICE = "Figures and letters are data with a source and a review date. They are not legal advice."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackInForce:
    """One version of a pack with what it says."""

    version_id: int
    pack_id: int
    number: int
    is_active: bool
    is_default: bool
    created_at: dt.datetime
    rules: RulePack

    @property
    def name(self) -> str:
        """Return the title with the version's number."""
        return f"{self.rules.title}, version {self.number}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackOffer:
    """A pack that came with the product or lies in the installation's folder, and whether this world has it."""

    file: str
    title: str
    sector: str
    jurisdiction: str
    effective_from: dt.date
    is_loaded: bool
    fault: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFilters:
    """What the register of law is narrowed to."""

    q: str = ""
    role: str = ""
    kind: str = ""
    overdue: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """A duty as a list shows it; `attested` says whether the reader has attested the version in force."""

    id: int
    kind: str
    kind_name: str
    title: str
    summary: str
    process: str
    source: str
    pack: str
    pack_id: int | None
    clock: str
    letter: str
    owner: str
    owner_id: int | None
    review_on: dt.date
    is_overdue: bool
    roles: tuple[str, ...]
    is_attested: bool
    attested: bool
    is_retired: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who has attested a duty, and whether in the version now in force."""

    name: str
    at: dt.datetime
    is_current: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationPage:
    """One page of the register with the figures of its verdict."""

    rows: tuple[ObligationRow, ...]
    next_cursor: str | None
    total: int
    overdue: int
    unsigned: int
