"""The cast: nine people every test may call by name.

    amira   manager                       sees every team
    lena    team leader of team A
    ben     agent of team A
    chloe   agent of team B
    anna    analyst                       sees every team, changes nothing
    frank   approver (decision maker)     sees every team, decides
    ada     administrator
    dev     customer
    eve     customer, a stranger to dev's tickets

Each is a fixture of the same name (`tests/conftest.py`) with `.user`, `.actor` and `.client`, a signed-in browser.
`team_a` and `team_b` are fixtures too. Everybody stands in the real world; `in_world` gives the same person's actor
in the sample.
"""

import dataclasses
import datetime as dt
import functools

from django.test import Client

from wellserved.apps.accounts import queries
from wellserved.apps.accounts.models import Membership, Team, User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.platform.origin import Origin, World

NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"

CAST: dict[str, tuple[str, str, str]] = {
    "amira": ("Amira Haddad", Role.MANAGER, ""),
    "lena": ("Lena Fischer", Role.TEAM_LEADER, "Team A"),
    "ben": ("Ben Okafor", Role.AGENT, "Team A"),
    "chloe": ("Chloe Martin", Role.AGENT, "Team B"),
    "anna": ("Anna Kowalska", Role.ANALYST, ""),
    "frank": ("Frank Osei", Role.DECISION_MAKER, ""),
    "ada": ("Ada Larsen", Role.ADMINISTRATOR, ""),
    "dev": ("Dev Patel", Role.CUSTOMER, ""),
    "eve": ("Eve Novak", Role.CUSTOMER, ""),
}


@dataclasses.dataclass(frozen=True)
class Persona:
    """Somebody of the cast."""

    user: User

    @property
    def actor(self) -> Actor:
        """Return the actor as the data now make her."""
        return queries.actor_for(user=User.objects.get(pk=self.user.pk))

    def in_world(self, world: World) -> Actor:
        """Return the actor standing in `world`."""
        return queries.actor_for(user=self.user, world=world)

    @functools.cached_property
    def client(self) -> Client:
        """Return a browser in which she is signed in."""
        client = Client()
        client.force_login(self.user)
        return client


def make_team(name: str, *, origin: str = Origin.LIVE) -> Team:
    """Return the team called `name`, made on first use."""
    return Team.objects.get_or_create(name=name, origin=origin)[0]


def make_user(
    name: str, role: str, *, email: str = "", team: Team | None = None, leads: bool = False, origin: str = Origin.LIVE
) -> User:
    """Return a new person who can sign in with `PASSWORD`."""
    user = User(
        email=email or f"{name.lower().replace(' ', '.')}@example.test",
        name=name,
        role=role,
        origin=origin,
        created_at=NOW,
    )
    user.set_password(PASSWORD)
    user.save()
    if team is not None:
        Membership.objects.create(team=team, user=user, is_leader=leads)
    return user


def make_persona(key: str) -> Persona:
    """Return the member of the cast called `key`."""
    name, role, team = CAST[key]
    user = make_user(
        name,
        role,
        email=f"{key}@example.test",
        team=make_team(team) if team else None,
        leads=role == Role.TEAM_LEADER,
    )
    return Persona(user=user)
