"""Thanks, reward schemes and team events as they cross borders."""

import dataclasses
import datetime as dt
from decimal import Decimal

RECOGNITION, SCHEME, EVENT = "development.recognition", "development.scheme", "development.team_event"

SCHEME_KINDS = {"reward": "Reward", "bonus": "Bonus", "enrichment": "Job enrichment", "team": "Team reward"}
OUTCOMES = {"reached": "Reached", "missed": "Missed", "unclear": "Not shown"}
EVENT_FORMS = {
    "retro": "Look back together",
    "swap": "Half a day in each other's place",
    "visit": "Visit to another team",
    "social": "Something that is not work",
    "skills": "Teach each other",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventTemplate:
    """What is filled in for whoever plans an event of a form."""

    title: str
    purpose: str
    minutes: int


EVENT_TEMPLATES = {
    "retro": EventTemplate(
        title="What we keep, what we change",
        purpose="Each says one thing to keep and one to change; the team picks one change to try for four weeks.",
        minutes=60,
    ),
    "swap": EventTemplate(
        title="A morning in each other's chair",
        purpose="Pairs sit beside each other and note what the other does that they never see.",
        minutes=180,
    ),
    "visit": EventTemplate(
        title="Where our tickets go next",
        purpose="See what the next team needs from us, and agree on one thing we hand over better.",
        minutes=120,
    ),
    "social": EventTemplate(
        title="Breakfast together",
        purpose="Time without tickets; nobody has to come.",
        minutes=45,
    ),
    "skills": EventTemplate(
        title="Ten minutes each",
        purpose="Everybody shows one thing she does well, on a real ticket; the others try it once.",
        minutes=60,
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRow:
    """One thank-you; `about` is the record it speaks of, as (title, address), for those who may see that record."""

    id: int
    user_id: int
    user: str
    given_by: str
    given_at: dt.datetime
    value: str
    words: str
    about: tuple[str, str] | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A colleague nobody has thanked for a while; `last_at` is None when nobody has yet."""

    user_id: int
    name: str
    last_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SchemeGiven:
    """A scheme as somebody writes it."""

    name: str
    kind: str
    purpose: str
    rules: str
    criterion: str
    budget: Decimal
    starts_on: dt.date
    ends_on: dt.date
    currency: str = "GBP"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SchemeRow:
    """A scheme of the register, with what has been spent of its budget."""

    id: int
    name: str
    kind: str
    purpose: str
    rules: str
    criterion: str
    budget: Decimal
    spent: Decimal
    awards: int
    currency: str
    starts_on: dt.date
    ends_on: dt.date
    outcome: str
    findings: str
    evaluated_at: dt.datetime | None
    is_due: bool
    version: int

    @property
    def kind_name(self) -> str:
        """Return the kind in words."""
        return SCHEME_KINDS[self.kind]

    @property
    def outcome_name(self) -> str:
        """Return what the evaluation found, in a word."""
        return OUTCOMES.get(self.outcome, "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """What somebody got, and why."""

    id: int
    user_id: int
    user: str
    what: str
    amount: Decimal
    why: str
    given_at: dt.datetime
    given_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """Somebody asked to an event, and whether she was there."""

    user_id: int
    name: str
    was_there: bool | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event of the register."""

    id: int
    title: str
    form: str
    purpose: str
    team_id: int
    team: str
    starts_at: dt.datetime
    minutes: int
    place: str
    organiser: str
    what_changed: str
    held_at: dt.datetime | None
    asked: int
    came: int
    version: int

    @property
    def form_name(self) -> str:
        """Return the form in words."""
        return EVENT_FORMS[self.form]
