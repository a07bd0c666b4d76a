"""What roles require, and what their holders lack of it on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, Q

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.people.models import RoleHolder, RoleSkill, StaffSkill
from wellserved.apps.people.types import Gap, RoleRequirement
from wellserved.platform.origin import in_world


def gaps(
    *, actor: Actor, on: dt.date, user_ids: Collection[int] | None = None, staff: Iterable[Person] | None = None
) -> tuple[Gap, ...]:
    """Return what is missing of what roles require on a day: what is not held, too low, or expired. Six queries.

    Four, when the staff have been read already. Those without the staff list see their own gaps alone.
    """
    names = _names(actor, accounts.staff(actor=actor) if staff is None else staff, user_ids)
    needed = requirements(actor=actor, user_ids=names, on=on)
    rows = StaffSkill.objects.filter(
        user_id__in=names, skill_id__in={row.skill_id for r in needed.values() for row in r}
    )
    held = {(row.user_id, row.skill_id): row for row in rows}
    found = []
    for user_id, name in names.items():
        for wanted in needed.get(user_id, ()):
            own = held.get((user_id, wanted.skill_id))
            level = level_on(own, on)
            if level < wanted.level:
                found.append(
                    Gap(
                        user_id=user_id,
                        name=name,
                        skill_id=wanted.skill_id,
                        skill=wanted.skill,
                        needed=wanted.level,
                        held=level,
                        expires_on=own.expires_on if own else None,
                    )
                )
    return tuple(found)


def requirements(*, actor: Actor, user_ids: Collection[int], on: dt.date) -> dict[int, tuple[RoleRequirement, ...]]:
    """Return what the roles of each of these colleagues require on a day, the higher level where two ask. Two queries.

    The pack in force counts, whichever she was brought in by.
    """
    running = Q(until=None) | Q(until__gte=on)
    holders = in_world(RoleHolder.objects.filter(running, user_id__in=user_ids, since__lte=on), actor.world)
    roles: dict[int, set[int]] = defaultdict(set)
    for user_id, role_id in holders.values_list("user_id", "role_id"):
        roles[role_id].add(user_id)
    rows = RoleSkill.objects.filter(pack__role_id__in=list(roles), pack__number=F("pack__role__current"))
    wanted: dict[int, dict[int, RoleRequirement]] = defaultdict(dict)
    for role_id, skill_id, skill, level in rows.values_list("pack__role_id", "skill_id", "skill__name", "level"):
        for user_id in roles[role_id]:
            known = wanted[user_id].get(skill_id)
            if known is None or known.level < level:
                wanted[user_id][skill_id] = RoleRequirement(skill_id=skill_id, skill=skill, level=level)
    return {
        user_id: tuple(sorted(rows.values(), key=lambda row: (row.skill, row.skill_id)))
        for user_id, rows in wanted.items()
    }


def levels(
    *, actor: Actor, user_ids: Collection[int], skill_ids: Collection[int], on: dt.date
) -> dict[tuple[int, int], int]:
    """Return at which level these people hold these skills on a day, by person and skill; expired is not held.

    One query, none without a skill.
    """
    if not skill_ids:
        return {}
    rows = in_world(
        StaffSkill.objects.filter(user_id__in=user_ids, skill_id__in=skill_ids), actor.world, field="skill__origin"
    )
    return {(row.user_id, row.skill_id): level_on(row, on) for row in rows}


def _names(actor: Actor, staff: Iterable[Person], user_ids: Collection[int] | None) -> dict[int, str]:
    may_list = actor.can(READ_PEOPLE)
    known = [person for person in staff if may_list or person.id == actor.user_id]
    return {person.id: person.name for person in known if user_ids is None or person.id in user_ids}


def level_on(held: StaffSkill | None, on: dt.date) -> int:
    """Return the level a held skill is worth on a day; for this app alone."""
    if held is None or (held.expires_on is not None and held.expires_on < on):
        return 0
    return held.level
