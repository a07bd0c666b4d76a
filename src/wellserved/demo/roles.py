"""What the fictional retailer's people are here to do: three roles, a newcomer, and what a queue asks for."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import actions as desk
from wellserved.apps.people import actions, queries, samples
from wellserved.apps.people.queries import roles
from wellserved.apps.people.types import ABLE, RoleRequirement
from wellserved.apps.people.types.roles import Pack
from wellserved.demo import company
from wellserved.platform.origin import World

SIX_MONTHS, TWELVE_DAYS = dt.timedelta(days=182), dt.timedelta(days=12)
# template, the role's name, the skills it requires
_ROLES: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    ("adviser", "Customer service adviser", (("Orders", 2),)),
    ("leader", "Team leader", (("Complaints", ABLE),)),
    ("adviser", "Billing adviser", (("Refunds", ABLE),)),
)


def write(*, queues: Mapping[str, int], now: dt.datetime) -> None:
    """Write roles, give them, begin a newcomer's induction, and let the queue of billing ask for refunds."""
    house = accounts.system_actor(world=World.SAMPLE)
    samples.group_skills(groups=company.SKILL_GROUPS, descriptors=company.SKILL_LEVELS)
    skills = {row.name: row.id for row in queries.skills(actor=house)}
    made = {
        name: _role(house, starter, name, [(skills[skill], level) for skill, level in asked], now)
        for starter, name, asked in _ROLES
    }
    staff = {person.name: person for person in accounts.staff(actor=house)}
    for colleague in company.COLLEAGUES:
        name = _role_of(colleague)
        if name:
            is_new = colleague.name == company.NEWCOMER
            actions.give_role(
                actor=house,
                role_id=made[name],
                user_id=staff[colleague.name].id,
                since=(now - (TWELVE_DAYS if is_new else SIX_MONTHS)).date(),
                with_induction=is_new,
                now=now,
            )
    actions.add_candidate(actor=house, role_id=made["Billing adviser"], label="Reference 2204", now=now - TWELVE_DAYS)
    samples.finish_inductions(now=now)
    samples.read_roles(but_for=staff[company.NEWCOMER].id, now=now - TWELVE_DAYS)
    desk.set_queue_skills(actor=house, queue_id=queues[company.BILLING], levels={skills["Refunds"]: ABLE}, now=now)


def _role(house: Actor, starter: str, name: str, asked: Sequence[tuple[int, int]], now: dt.datetime) -> int:
    then = now - SIX_MONTHS
    pk = actions.start_role(actor=house, name=name, starter=starter, now=then)
    skills = tuple(RoleRequirement(skill_id=skill_id, skill="", level=level) for skill_id, level in asked)
    begun = roles.role(actor=house, role_id=pk).draft or Pack()
    pack = dataclasses.replace(begun, skills=skills)
    actions.save_pack(actor=house, role_id=pk, pack=pack, parts=("person",), now=then)
    actions.publish_role(actor=house, role_id=pk, now=then)
    return pk


def _role_of(colleague: company.Colleague) -> str:
    if colleague.role == Role.TEAM_LEADER:
        return "Team leader"
    if colleague.role != Role.AGENT:
        return ""
    return "Billing adviser" if company.BILLING in colleague.teams else "Customer service adviser"
