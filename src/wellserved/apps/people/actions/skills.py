"""Skills, who holds them, and how many must."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import events, policies, queries
from wellserved.apps.people.models import Skill, StaffSkill
from wellserved.apps.people.types import LEVELS
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import in_world, live_origin

KIND = "people.skill"
ONLY_LEADERS = "Only team leaders, managers and administrators change the list of skills."


@transaction.atomic
def create_skill(
    *,
    actor: Actor,
    name: str,
    description: str = "",
    group: str = "",
    minimum_cover: int = 1,
    now: dt.datetime,
    origin: str | None = None,
) -> int:
    """Add a skill to the service's list and return its id."""
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    cleaned = _name(name)
    if in_world(Skill.objects.filter(name=cleaned), actor.world).exists():
        raise Conflict(f"There is already a skill called {cleaned}. Choose another name.", code="skill_name_taken")
    _check_cover(minimum_cover)
    skill = Skill.objects.create(
        name=cleaned,
        group=" ".join(group.split())[:80],
        description=description.strip()[:300],
        minimum_cover=minimum_cover,
        origin=origin or live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="people.create_skill",
        subject=(KIND, skill.pk),
        now=now,
        changes={"name": (None, cleaned), "minimum_cover": (None, minimum_cover)},
        origin=skill.origin,
    )
    return skill.pk


@transaction.atomic
def describe_skill(
    *,
    actor: Actor,
    skill_id: int,
    name: str,
    description: str = "",
    group: str = "",
    descriptors: Sequence[str] = (),
    minimum_cover: int,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say what a skill is, what each level from 0 to 4 looks like, and how many must be able to use it alone."""
    queries.find_skill(actor=actor, skill_id=skill_id)
    row = Skill.objects.select_for_update().get(pk=skill_id)
    if version is not None and version != row.version:
        raise Conflict(
            "Somebody has changed this skill since you opened it. Look at what changed, then save again.",
            code="stale",
            version=row.version,
        )
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    _check_cover(minimum_cover)
    wanted = {
        "name": _name(name),
        "description": description.strip()[:300],
        "group": " ".join(group.split())[:80],
        "descriptors": _descriptors(descriptors),
        "minimum_cover": minimum_cover,
    }
    others = in_world(Skill.objects.filter(name=wanted["name"]), actor.world).exclude(pk=row.pk)
    if others.exists():
        raise Conflict(f"There is already a skill called {wanted['name']}.", code="skill_name_taken", field="name")
    changes = {field: (getattr(row, field), value) for field, value in wanted.items() if getattr(row, field) != value}
    if not changes:
        return
    for field, value in wanted.items():
        setattr(row, field, value)
    row.version += 1
    row.save(update_fields=[*wanted, "version"])
    ledger.record(actor=actor, action="people.describe_skill", subject=(KIND, row.pk), now=now, changes=changes)


@transaction.atomic
def set_skill(
    *,
    actor: Actor,
    user_id: int,
    skill_id: int,
    level: int,
    expires_on: dt.date | None = None,
    evidence: str = "",
    reason: str = "",
    now: dt.datetime,
) -> None:
    """Say at which level a colleague holds a skill, until when and on what evidence; a person decides, no score."""
    person = accounts.person(actor=actor, user_id=user_id)
    skill = queries.find_skill(actor=actor, skill_id=skill_id)
    row = StaffSkill.objects.select_for_update().filter(user_id=user_id, skill=skill).first()
    policies.check_may_edit(actor, person)
    if level not in LEVELS:
        raise Invalid("Choose a level from 0 (none) to 4 (teaches others).", field="level")
    before = (row.level, row.expires_on, row.evidence) if row else (0, None, "")
    after = (level, expires_on, evidence.strip()[:300])
    if before == after:
        return
    StaffSkill.objects.update_or_create(
        user_id=user_id,
        skill=skill,
        defaults={
            "level": level,
            "expires_on": expires_on,
            "evidence": after[2],
            # A new end is told of anew.
            "told": row.told if row and row.expires_on == expires_on else 0,
        },
    )
    ledger.record(
        actor=actor,
        action="people.set_skill",
        subject=("people.profile", user_id),
        now=now,
        changes={
            f"{skill.name}: {field}": pair
            for field, pair in zip(("level", "expires on", "evidence"), zip(before, after, strict=True), strict=True)
            if pair[0] != pair[1]
        },
        reason=reason,
        event=events.SkillSet(skill_id=skill.pk, user_id=user_id),
    )


def _check_cover(minimum_cover: int) -> None:
    if not 0 <= minimum_cover <= 1000:
        raise Invalid("Give a number of colleagues from 0 to 1000.", field="minimum_cover")


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 120:
        raise Invalid("Give the skill a name of 1 to 120 characters.", field="name")
    return cleaned


def _descriptors(given: Sequence[str]) -> list[str]:
    if len(given) > len(LEVELS):
        raise Invalid("There are five levels, 0 to 4.", code="skill_descriptors")
    return [line.strip()[:300] for line in given] if any(line.strip() for line in given) else []
