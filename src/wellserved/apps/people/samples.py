"""The sample service's skills, profiles and limits of authority."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from wellserved.apps.people.models import AuthorityLimit, AuthorityUse, Skill, StaffProfile, StaffSkill
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


def remove() -> int:
    """Delete the sample's rows and return how many went; profiles and held skills go with their people."""
    gone = 0
    for model in (AuthorityUse, AuthorityLimit, Skill):
        gone += model.objects.filter(origin=Origin.SAMPLE).delete()[0]
    return gone
