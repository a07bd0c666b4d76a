"""What is known of service partners, and the seven headings under which working with them is judged."""

import dataclasses
import datetime as dt

HEADINGS: dict[str, str] = {
    "sla": "Service level agreement",
    "commitment": "Commitment to delivery",
    "conflicts": "Conflicts of interest",
    "responsiveness": "Responsiveness",
    "communication": "Communication",
    "leadership": "Leadership and management",
    "vision": "Vision and mission",
}
QUESTIONS: dict[str, str] = {
    "sla": "What have they agreed to, and does it still fit what we promise?",
    "commitment": "Do they give it people and time when it matters?",
    "conflicts": "Does anybody on either side gain from deciding one way?",
    "responsiveness": "How soon do they answer, and how often in time?",
    "communication": "Do they tell us before we have to ask?",
    "leadership": "Who decides there, and does it get done?",
    "vision": "Do they want for our customers what we want?",
}
# Kept on the partner in words; the other headings are worked out: agreements, declarations, clocks.
WRITTEN = ("commitment", "communication", "leadership", "vision")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom one asks at a partner, and the word under which a ticket is handed to it."""

    name: str
    email: str
    word: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """A partner as a list shows it."""

    id: int
    name: str
    known_as: str
    contact: str
    contact_email: str
    is_active: bool
    review_on: dt.date | None
    is_review_due: bool
    agreements: int
    has_declaration: bool
    has_interest: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRow:
    """What somebody declared."""

    user_id: int | None
    user: str
    has_interest: bool
    words: str
    declared_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review under all seven headings, in their order."""

    id: int
    findings: tuple[tuple[str, str], ...]
    reviewed_at: dt.datetime
    reviewed_by: str
    next_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDetail:
    """A partner whole."""

    row: PartnerRow
    headings: tuple[tuple[str, str, str], ...]
    declarations: tuple[DeclarationRow, ...]
    reviews: tuple[ReviewRow, ...]
