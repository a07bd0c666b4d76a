"""The sample service's skills, profiles and limits of authority."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from wellserved.apps.people.models import (
    Acknowledgement,
    Adjustment,
    AuthorityLimit,
    AuthorityUse,
    InductionTask,
    JobRole,
    RoleHolder,
    Skill,
    StaffProfile,
    StaffSkill,
)
from wellserved.apps.people.queries.roles import KIND
from wellserved.platform.origin import Origin


def add_profiles(*, titles: Mapping[int, str], started_on: Mapping[int, dt.date]) -> None:
    """Write a profile for each person: job title and first day."""
    StaffProfile.objects.bulk_create(
        StaffProfile(user_id=user_id, job_title=title, started_on=started_on[user_id])
        for user_id, title in titles.items()
    )


def add_skills(
    *,
    skills: Iterable[tuple[str, str, int]],
    held: Iterable[tuple[int, str, int, dt.date | None]],
) -> None:
    """Write skills (name, description, minimum cover) and who holds them (person, skill, level, expiry)."""
    Skill.objects.bulk_create(
        Skill(name=name, description=text, minimum_cover=cover, origin=Origin.SAMPLE) for name, text, cover in skills
    )
    ids = dict(Skill.objects.filter(origin=Origin.SAMPLE).values_list("name", "id"))
    StaffSkill.objects.bulk_create(
        StaffSkill(user_id=user_id, skill_id=ids[name], level=level, expires_on=expires_on)
        for user_id, name, level, expires_on in held
    )


def add_limits(*, limits: Iterable[tuple[str, str, str, str]]) -> None:
    """Write limits of authority (role, remedy, amount, period)."""
    AuthorityLimit.objects.bulk_create(
        AuthorityLimit(role=role, remedy=remedy, amount=Decimal(amount), period=period, origin=Origin.SAMPLE)
        for role, remedy, amount, period in limits
    )


def group_skills(*, groups: Mapping[str, str], descriptors: Mapping[str, Iterable[str]]) -> None:
    """Put the sample's skills into groups, and say of some what their levels look like."""
    for row in Skill.objects.filter(origin=Origin.SAMPLE):
        row.group, row.descriptors = groups.get(row.name, ""), list(descriptors.get(row.name, ()))
        row.save(update_fields=["group", "descriptors"])


def finish_inductions(*, now: dt.datetime) -> None:
    """Write that the steps of the sample's inductions were done on their days, but for the last that came due."""
    steps = InductionTask.objects.filter(holder__origin=Origin.SAMPLE, due_on__lt=now.date())
    for step in list(steps.order_by("due_on", "place"))[:-1]:
        step.done_at = now - (now.date() - step.due_on)
        step.save(update_fields=["done_at"])


def read_roles(*, but_for: int, now: dt.datetime) -> None:
    """Write that everybody has read the pack of her role, but for one."""
    holders = RoleHolder.objects.filter(origin=Origin.SAMPLE).exclude(user=but_for)
    Acknowledgement.objects.bulk_create(
        Acknowledgement(
            user_id=row.user_id,
            kind=KIND,
            record_id=row.role_id,
            number=row.number,
            acknowledged_at=now,
            origin=Origin.SAMPLE,
        )
        for row in holders
    )


def remove() -> int:
    """Delete the sample's rows and return how many went; profiles and held skills go with their people."""
    gone = 0
    for model in (AuthorityUse, AuthorityLimit, Adjustment, JobRole, Skill):
        gone += model.objects.filter(origin=Origin.SAMPLE).delete()[0]
    return gone
