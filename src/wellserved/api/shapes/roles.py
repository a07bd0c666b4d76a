"""Roles, what they require, who can do what, and what is asked of the caller."""

import datetime as dt
from decimal import Decimal

from pydantic import Field

from wellserved.api.shapes.people import Skill
from wellserved.api.shapes.wire import After, Given, Id, Limit, Reason, Told


class Requirement(Given):
    """A skill and the level asked for, 1 to 4."""

    skill_id: Id
    level: int = Field(3, ge=1, le=4)


class Requirements(Given):
    """Everything a queue asks of whoever is given its tickets; what is left out is asked no more."""

    skills: list[Requirement] = Field(max_length=6)


class CriterionGiven(Given):
    """What a role asks of a person, seen by application, interview, trial or reference."""

    text: str = Field(min_length=1, max_length=300)
    is_essential: bool = True
    assessed_by: str = Field("interview", max_length=12)


class StepGiven(Given):
    """A step of an induction, by herself, leader or buddy; day 1 is the first day."""

    day: int = Field(ge=1, le=730)
    text: str = Field(min_length=1, max_length=300)
    by: str = Field("herself", max_length=8)


class RoleGiven(Given):
    """A new role; `starter` is the key of a template, empty for none."""

    name: str = Field(min_length=1, max_length=120)
    starter: str = Field("", max_length=20)


class RolePackGiven(Given):
    """The four documents of a role; every field is replaced."""

    purpose: str = Field("", max_length=500)
    reports_to: str = Field("", max_length=120)
    decides: str = Field("", max_length=500)
    duties: list[str] = Field(default_factory=list, max_length=15)
    criteria: list[CriterionGiven] = Field(default_factory=list, max_length=15)
    skills: list[Requirement] = Field(default_factory=list, max_length=15)
    stages: list[str] = Field(default_factory=list, max_length=15)
    pass_mark: int = Field(60, ge=0, le=100)
    steps: list[StepGiven] = Field(default_factory=list, max_length=15)


class Publication(Given):
    """Why a pack changes; the first needs no reason."""

    reason: Reason = ""


class HolderGiven(Given):
    """Who has the role, and from when."""

    user_id: Id
    since: dt.date
    with_induction: bool = True


class SkillDescription(Given):
    """A skill, its group and what each level from 0 to 4 looks like."""

    name: str = Field(min_length=1, max_length=120)
    group: str = Field("", max_length=80)
    description: str = Field("", max_length=300)
    descriptors: list[str] = Field(default_factory=list, max_length=5)
    minimum_cover: int = Field(1, ge=0, le=1000)


class RolesQuery(Given):
    """Which roles: those that hold, `drafts` or `retired`, whose name holds `q`."""

    view: str = Field("", max_length=10)
    q: str = Field("", max_length=100)
    after: After | None = None
    limit: Limit = 50


class RoleRow(Told):
    """A role in the register."""

    id: int
    name: str
    current: int
    holders: int
    has_draft: bool
    is_retired: bool
    version: int


class SkillAsked(Told):
    """A skill that is required, and at which level."""

    skill_id: int
    skill: str
    level: int


class Criterion(Told):
    """What a role asks of a person."""

    text: str
    is_essential: bool
    assessed_by: str


class InductionStep(Told):
    """A step of an induction."""

    day: int
    text: str
    by: str


class Pack(Told):
    """The four documents of a role at one number; one without `published_at` is being written."""

    number: int
    purpose: str
    reports_to: str
    decides: str
    duties: list[str]
    criteria: list[Criterion]
    skills: list[SkillAsked]
    stages: list[str]
    pass_mark: int
    steps: list[InductionStep]
    published_at: dt.datetime | None
    published_by: str
    reason: str


class Holder(Told):
    """Somebody who has a role; `read` is the newest pack she has said she read."""

    id: int
    user_id: int
    name: str
    number: int
    since: dt.date
    until: dt.date | None
    read: int


class Role(Told):
    """A role with what holds, what is being written, and who has it."""

    row: RoleRow
    pack: Pack | None
    draft: Pack | None
    holders: list[Holder]


class Gap(Told):
    """A skill somebody's role requires and she does not hold today."""

    user_id: int
    name: str
    skill_id: int
    skill: str
    needed: int
    held: int
    expires_on: dt.date | None


class QueueCover(Told):
    """A skill a queue asks for, who may be given its tickets today, and how many must."""

    skill_id: int
    skill: str
    level: int
    able: list[str]
    needed: int
    missing: int
    held_back: int


class CoverDay(Told):
    """From a day on, how many can use a skill alone, and who drops out then."""

    on: dt.date
    able: int
    lost: list[str]


class SkillRecord(Told):
    """A skill, who can use it alone today with the full weeks they make, and the coming 90 days."""

    skill: Skill
    group: str
    descriptors: list[str]
    able: list[str]
    fte: Decimal
    missing: int
    days: list[CoverDay]
    version: int


class OwnDuty(Told):
    """Something asked of the caller besides tickets; without a day it is asked now."""

    what: str
    url: str
    due_on: dt.date | None


class Adjustment(Told):
    """What is done so that a colleague can work well; never why."""

    id: int
    text: str
    review_on: dt.date
    agreed_at: dt.datetime
    agreed_by: str


class AdjustmentGiven(Given):
    """What is done, and when it is looked at again."""

    text: str = Field(min_length=1, max_length=500)
    review_on: dt.date
