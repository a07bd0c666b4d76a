"""What is known of learning needs and plans."""

import dataclasses
import datetime as dt

from django.db.models import TextChoices


class Source(TextChoices):
    """Where a need shows."""

    GAP = "gap", "Asked by the role"
    EXPIRY = "expiry", "Certificate ends"
    UNDERSTANDING = "understanding", "Understanding check"
    NAMED = "named", "Named by herself"
    LEADER = "leader", "Named by her leader"
    OBSERVATION = "observation", "Seen in an observation"


class NeedState(TextChoices):
    """How far a need has come."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    DROPPED = "dropped", "Dropped"


class Measure(TextChoices):
    """How a need is met."""

    COURSE = "course", "Course"
    COACHING = "coaching", "Coaching"
    SHADOWING = "shadowing", "Shadowing a colleague"
    READING = "reading", "Reading"


class PlanState(TextChoices):
    """How far a plan has come."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Priority(TextChoices):
    """What breaks on the desk if nothing happens, the worst first."""

    SHORT = "short", "Cover is short"
    SINGLE = "single", "Hangs on one"
    ROLE = "role", "The role asks for it"
    WISH = "wish", "Worth having"


RANK = {Priority.SHORT: 0, Priority.SINGLE: 1, Priority.ROLE: 2, Priority.WISH: 3}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One line of the analysis. `id` is none for what is worked out and nobody has taken up yet.

    `at_stake` says what breaks on the desk; `plan_id` is the plan that is to meet it.
    """

    id: int | None
    person_id: int
    person: str
    skill_id: int | None
    what: str
    level: int | None
    held: int
    source: str
    source_name: str
    due_on: dt.date | None
    priority: str
    at_stake: str
    words: str
    comment: str
    commented_by: str
    plan_id: int | None
    plan_by: dt.date | None
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """How one need is to be met."""

    id: int
    need_id: int
    person_id: int
    person: str
    what: str
    skill_id: int | None
    level: int | None
    measure: str
    measure_name: str
    how: str
    event_id: int | None
    event_title: str
    by_on: dt.date
    is_late: bool
    owner_id: int | None
    owner: str
    state: str
    state_name: str
    done_on: dt.date | None
    outcome: str
    version: int
