"""Colleagues, teams, skills and limits of authority; and the caller herself."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.wire import Given, Id, Moment, Reason, TimeZone, Told

Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class ProfileGiven(Given):
    """What the service knows of a colleague."""

    job_title: str = Field("", max_length=120)
    phone: str = Field("", max_length=40)
    started_on: dt.date | None = None
    fte: Annotated[Decimal, Field(gt=0, le=1, max_digits=3, decimal_places=2)] | None = None


class AvailabilityGiven(Given):
    """Whether work may be given to a colleague: available, busy or absent."""

    availability: str = Field(max_length=12)
    until: Moment | None = None


class SkillGiven(Given):
    """A skill of the service."""

    name: str = Field(min_length=1, max_length=120)
    group: str = Field("", max_length=80)
    description: str = Field("", max_length=300)
    minimum_cover: int = Field(1, ge=0, le=1000)


class HeldGiven(Given):
    """At which level a colleague holds a skill: 0 none, 1 learning, 2 with help, 3 alone, 4 teaches others."""

    level: int = Field(ge=0, le=4)
    expires_on: dt.date | None = None
    evidence: str = Field("", max_length=300)
    reason: Reason = ""


class LimitGiven(Given):
    """What a role, or one person, may grant alone; give either."""

    remedy: str = Field(min_length=1, max_length=40)
    amount: Amount
    currency: str = Field("GBP", pattern="^[A-Z]{3}$")
    period: str = Field(max_length=8, description="ticket, day or month.")
    role: str = Field("", max_length=20)
    user_id: Id | None = None
    reason: Reason


class Removal(Given):
    """Why it is taken away."""

    reason: Reason


class TeamGiven(Given):
    """A team."""

    name: str = Field(min_length=1, max_length=120)


class MemberGiven(Given):
    """Somebody's place in a team."""

    is_leader: bool = False


class SettingsGiven(Given):
    """What somebody chooses for herself."""

    name: str = Field(min_length=1, max_length=120)
    time_zone: TimeZone
    theme: str = Field("auto", max_length=10)
    shortcuts: Literal["keys", "chords", "off"] = "keys"


class HeldSkill(Told):
    """A skill a colleague holds."""

    skill_id: int
    name: str
    level: int
    level_name: str
    expires_on: dt.date | None
    evidence: str
    is_current: bool


class Colleague(Told):
    """Somebody on the staff list."""

    id: int
    name: str
    email: str
    role: str
    role_name: str
    job_title: str
    teams: list[str]
    availability: str
    skills: list[HeldSkill]
    is_active: bool


class LimitRow(Told):
    """One line of the table of limits."""

    id: int
    holder: str
    role: str
    user_id: int | None
    remedy: str
    amount: Decimal
    currency: str
    period: str
    version: int


class Profile(Told):
    """Everything about one colleague that her service needs."""

    colleague: Colleague
    phone: str
    started_on: dt.date | None
    available_until: dt.datetime | None
    limits: list[LimitRow]
    version: int


class Member(Told):
    """Somebody's place in a team."""

    user_id: int
    name: str
    is_leader: bool
    is_active: bool


class Team(Told):
    """A team and who is in it."""

    id: int
    name: str
    members: list[Member]


class Skill(Told):
    """A skill and how many colleagues must hold it."""

    id: int
    name: str
    description: str
    minimum_cover: int


class Cover(Told):
    """Who can use a skill alone today, against how many must."""

    skill: Skill
    holder_ids: list[int]
    missing: int
    is_single_point: bool


class Me(Told):
    """Who calls, and how far she reaches."""

    id: int | None
    name: str
    role: str
    world: str
    team_ids: list[int]
    sees_all_teams: bool
    capabilities: list[str]
    scopes: list[str]
    time_zone: str


class Settings(Told):
    """What somebody has chosen for herself."""

    name: str
    email: str
    time_zone: str
    theme: str
    shortcuts: Literal["keys", "chords", "off"]


class Token(Told):
    """An API token of the caller's own; its secret was shown once and is not here."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None
