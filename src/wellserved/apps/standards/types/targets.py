"""What a target says, and what the past lets one expect of it."""

import dataclasses
import datetime as dt

LEVELS: dict[str, str] = {"organisation": "Organisation", "team": "Team", "person": "Person"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What past weeks did: their mean share and the limits between which ordinary weeks lie."""

    weeks: int
    cases: int
    mean: float
    lower: float
    upper: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TargetFinding:
    """What one letter of SMART says of a target; `holds` is None when nobody can say."""

    key: str
    label: str
    holds: bool | None
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target of a plan; `value` is a share from 0 to 1, or an amount for amounts."""

    id: int
    plan_id: int
    plan: str
    parent_id: int | None
    level: str
    who: str
    team_id: int | None
    user_id: int | None
    statement: str
    measure: str
    measure_label: str
    value: float
    shown: str
    due_on: dt.date
    change: str
    baseline: Baseline | None
    is_unrealistic: bool
    depth: int
