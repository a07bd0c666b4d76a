"""Guidelines and procedures: what a version holds, and how pages know them."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from django.db import models


class GuidelineKind(models.TextChoices):
    """What a record of the agreed way says."""

    GUIDELINE = "guideline", "Guideline"
    PROCEDURE = "procedure", "Procedure"


class GuidelineState(models.TextChoices):
    """Where a guideline stands."""

    DRAFT = "draft", "Not yet in force"
    IN_FORCE = "in_force", "In force"
    RETIRED = "retired", "Retired"


class StepState(models.TextChoices):
    """How a step of a procedure ended on one ticket."""

    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


class RunState(models.TextChoices):
    """How a procedure stands on one ticket."""

    RUNNING = "running", "Under way"
    COMPLETED = "completed", "Completed"
    STOPPED = "stopped", "Stopped"


GUIDELINE_VIEWS = {
    "in_force": "In force",
    "unread": "For me to read",
    "review": "Review due",
    "draft": "Being written",
    "retired": "Retired",
}
EDITORS_VIEWS = frozenset({"review", "draft", "retired"})
MOST_STEPS = 30


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything an approval covers; dates ISO, queues, products and teams by id, tags by name.

    An empty part of what it applies to narrows nothing; `roles` and `teams` say who reads it and confirms that.
    """

    kind: str = GuidelineKind.GUIDELINE
    title: str = ""
    body: str = ""
    reply: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    queues: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    owner_id: int | None = None
    review_on: str = ""
    roles: tuple[str, ...] = ()
    teams: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        lists = ("kinds", "queues", "products", "tags", "roles", "teams")
        data: dict[str, Any] = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return data | {name: list(data[name]) for name in lists} | {"steps": [list(step) for step in self.steps]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what JSON kept."""
        lists = ("kinds", "queues", "products", "tags", "roles", "teams")
        steps = tuple((title, detail) for title, detail in data.get("steps", ()))
        return cls(**{**data, **{name: tuple(data.get(name, ())) for name in lists}, "steps": steps})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineFilters:
    """How the register is narrowed; it stands in the address."""

    view: str = "in_force"
    kind: str = ""
    about: str = ""
    queue: int | None = None
    product: int | None = None
    tag: str = ""
    q: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineRow:
    """A line of the register; `missing` names who has still to read it, for those who lead them."""

    id: int
    kind: str
    title: str
    state: str
    number: int
    owner: str
    review_on: dt.date | None
    is_review_due: bool
    has_draft: bool
    concerned: int
    read: int
    missing: tuple[str, ...]
    is_unread: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelinePage:
    """A page of the register."""

    rows: tuple[GuidelineRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineFigures:
    """What the register comes to for one person."""

    in_force: int
    review_due: int
    drafts: int
    unread: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version as it came into force; it never changes."""

    number: int
    content: Content
    in_force_from: dt.datetime
    approved_by: str
    written_by: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field before and after, as an approval and the page of versions show it."""

    label: str
    before: str | None
    after: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineDetail:
    """A guideline with its versions, newest first, its draft and what stands between the draft and being in force.

    `approval` is "" without a request, else "open", "refused", "approved", "lost" (altered since), "over", or
    "asked" when a colleague asked and this person has no part in it.
    """

    row: GuidelineRow
    version: int
    content: Content
    draft: Content | None
    scope: tuple[tuple[str, str], ...]
    versions: tuple[VersionRow, ...]
    changes: tuple[Difference, ...]
    approval: str
    approval_id: int | None
    approver: str
    may_decide: bool
    read_by: tuple[tuple[str, dt.datetime], ...]
    used: int
    sent: int
    may_edit: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Effectiveness:
    """How a procedure does on real tickets: `median_seconds` from start to end of the completed runs, or None."""

    tickets: int
    running: int
    completed: int
    stopped: int
    median_seconds: int | None
    reopened: int
    low: float | None
    high: float | None
    skips: tuple[tuple[str, int, int], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A guideline in force for a ticket, its text to insert already filled in."""

    id: int
    version_id: int
    number: int
    kind: str
    title: str
    body: str
    reply: str
    steps: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """A step on one ticket; `state` is "", "done" or "skipped"."""

    order: int
    title: str
    detail: str
    state: str
    reason: str
    by: str
    at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A procedure on one ticket; `current` is the order of the step that is next, None when none is left."""

    id: int
    guideline_id: int
    title: str
    number: int
    state: str
    started_by: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    reason: str
    steps: tuple[RunStep, ...]
    current: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UsedVersion:
    """A version that was in force when a reply was written; `used` when its text stands in the reply."""

    guideline_id: int
    title: str
    number: int
    used: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """How the replies under a guideline sounded: of all, how many bore every mark, and which was missed how often."""

    replies: int
    whole: int
    low: float | None
    high: float | None
    missed: tuple[tuple[str, int], ...]
