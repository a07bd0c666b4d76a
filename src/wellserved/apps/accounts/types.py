"""Roles, capabilities and the facts about a signed-in person that other apps may use."""

import dataclasses
import datetime as dt

from django.db import models

from wellserved.platform.errors import Refused
from wellserved.platform.origin import World


class Role(models.TextChoices):
    """What somebody is here to do."""

    CUSTOMER = "customer", "Customer"
    AGENT = "agent", "Agent"
    TEAM_LEADER = "team_leader", "Team leader"
    MANAGER = "manager", "Manager"
    ANALYST = "analyst", "Analyst"
    DECISION_MAKER = "decision_maker", "Approver"
    ADMINISTRATOR = "administrator", "Administrator"


READ, WRITE = "read", "write"
ALL_SCOPES = frozenset({READ, WRITE})

STAFF_ROLES = frozenset(set(Role.values) - {Role.CUSTOMER.value})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as every action and query takes it: resolved once at the edge.

    `sees_all_teams` is true for roles whose reach is the whole service; others reach the queues of `team_ids`.
    `world` is the side of the house the person is working in now. A request that came with an API token carries
    the token's id and scopes; a browser has every scope. `shortcuts` is a preset of platform.ui.keys, `keys` what the
    person has changed in it.
    """

    user_id: int | None
    role: str
    name: str
    team_ids: frozenset[int]
    world: World
    sees_all_teams: bool
    capabilities: frozenset[str]
    customer_id: int | None = None
    time_zone: str = "Europe/London"
    automatic: bool = False
    token_id: int | None = None
    scopes: frozenset[str] = ALL_SCOPES
    shortcuts: str = "keys"
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def person_id(self) -> int:
        """Return the id of the person who acts; the product itself is none."""
        if self.user_id is None:
            raise Refused("Only a person with an account can do this.", code="person_required")
        return self.user_id

    def can(self, capability: str) -> bool:
        """Return whether the role carries this capability."""
        return capability in self.capabilities


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can sign in, as other apps may know her."""

    id: int
    name: str
    email: str
    role: str
    team_ids: frozenset[int]
    is_active: bool
    time_zone: str

    @property
    def role_name(self) -> str:
        """Return the role in the words of the screens."""
        return Role(self.role).label


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A team and who is in it."""

    id: int
    name: str
    members: tuple["TeamMember", ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Somebody's place in a team."""

    user_id: int
    name: str
    is_leader: bool
    is_active: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """An offer to join that is neither accepted nor withdrawn."""

    id: int
    email: str
    name: str
    role: str
    team: str
    invited_by: str
    created_at: dt.datetime
    expires_at: dt.datetime

    @property
    def role_name(self) -> str:
        """Return the role in the words of the screens."""
        return Role(self.role).label


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """An API token as its owner sees it after the first time."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token at the only moment its secret is known."""

    id: int
    raw: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """What somebody chooses for herself."""

    name: str
    email: str
    time_zone: str
    theme: str
    shortcuts: str
    keys: tuple[tuple[str, str], ...]
