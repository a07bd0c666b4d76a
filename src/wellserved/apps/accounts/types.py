"""Roles, capabilities and the facts about a signed-in person that other apps may use."""

import dataclasses

from django.db import models

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


STAFF_ROLES = frozenset(set(Role.values) - {Role.CUSTOMER.value})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as every action and query takes it: resolved once at the edge.

    `sees_all_teams` is true for roles whose reach is the whole service; others reach the queues of `team_ids`.
    `world` is the side of the house the person is working in now.
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

    def can(self, capability: str) -> bool:
        """Return whether the role carries this capability."""
        return capability in self.capabilities
