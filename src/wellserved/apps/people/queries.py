"""Reads about colleagues: who is here, who can do what, who may grant how much."""

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Person, Role
from wellserved.apps.people.models import AuthorityLimit, AuthorityUse, Skill, StaffProfile, StaffSkill
from wellserved.apps.people.types import (
    ABLE,
    Colleague,
    Cover,
    HeldSkill,
    Limit,
    LimitRow,
    Profile,
    SkillRow,
)
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

REMEDIES = {
    "refund": "Refund",
    "goodwill": "Goodwill payment",
    "discount": "Discount",
    "replacement": "Replacement",
}


def limit_for(*, actor: Actor, remedy: str, subject: tuple[str, int] | None, now: dt.datetime) -> Limit | None:
    """Return what the actor may still grant alone, or None if she may grant nothing. Two queries.

    Her own limit replaces that of her role. `subject` is the record the remedy is for: a limit per issue is held
    against what she has granted on it.
    """
    row = _limit_row(actor=actor, remedy=remedy)
    if row is None:
        return None
    used = used_in_period(actor=actor, limit=row, subject=subject, now=now)
    return Limit(
        remedy=remedy,
        amount=row.amount,
        currency=row.currency,
        period=row.period,
        used=used,
        left=max(Decimal(0), row.amount - used),
    )


def who_may(*, actor: Actor, remedy: str, amount: Decimal, currency: str) -> tuple[str, ...]:
    """Return the names of colleagues and roles whose limit covers this amount, the actor herself left out."""
    rows = _limits(actor).filter(remedy=remedy, amount__gte=amount, currency=currency).select_related("user")
    found = [row for row in rows if row.user_id != actor.user_id and (row.user is None or row.user.is_active)]
    people = sorted(row.user.name for row in found if row.user is not None)
    roles = [Role(row.role).label for row in found if row.role and row.role != actor.role]
    return (*people, *roles)


def limits(*, actor: Actor) -> tuple[LimitRow, ...]:
    """Return the table of limits the actor may see: roles, then people. Two queries."""
    rows = _limits(actor).select_related("user").order_by("remedy", "-amount", "role", "user__name", "pk")
    visible = {actor.user_id}
    if actor.can(READ_PEOPLE):
        visible |= {person.id for person in accounts.staff(actor=actor, include_inactive=True)}
    return tuple(as_limit_row(row) for row in rows if row.user_id is None or row.user_id in visible)


def skills(*, actor: Actor) -> tuple[SkillRow, ...]:
    """Return the skills of the service, by name. One query."""
    return tuple(as_skill_row(row) for row in in_world(Skill.objects.all(), actor.world).order_by("name", "pk"))


def holders(*, actor: Actor, skill_id: int, on: dt.date, level: int = ABLE) -> tuple[int, ...]:
    """Return the ids of active colleagues who hold a skill at this level or above on a day; expired skills are none."""
    known = {person.id for person in accounts.staff(actor=actor)}
    rows = _current(StaffSkill.objects.filter(skill_id=skill_id, level__gte=level), on=on)
    return tuple(sorted(user_id for user_id in rows.values_list("user_id", flat=True) if user_id in known))


def cover(*, actor: Actor, on: dt.date) -> tuple[Cover, ...]:
    """Return for each skill who can use it alone on a day: gaps and single points of failure show. Four queries."""
    known = {person.id for person in accounts.staff(actor=actor)}
    able: dict[int, list[int]] = defaultdict(list)
    rows = _current(StaffSkill.objects.filter(level__gte=ABLE), on=on).order_by("user_id")
    for skill_id, user_id in rows.values_list("skill_id", "user_id"):
        if user_id in known:
            able[skill_id].append(user_id)
    return tuple(Cover(skill=row, holder_ids=tuple(able[row.id])) for row in skills(actor=actor))


def is_available(*, user_id: int, now: dt.datetime) -> bool:
    """Return whether work may be given to this colleague now; one without a profile is available. One query."""
    profile = StaffProfile.objects.filter(user_id=user_id).first()
    return _availability(profile, now) == StaffProfile.Availability.AVAILABLE


def colleagues(*, actor: Actor, now: dt.datetime) -> tuple[Colleague, ...]:
    """Return the staff list the actor may see. Six queries, however long the list."""
    people = accounts.staff(actor=actor)
    return _colleagues(people, actor=actor, now=now)


def profile(*, actor: Actor, user_id: int, now: dt.datetime) -> Profile:
    """Return one colleague with her skills and limits; a stranger reads as absent."""
    person = accounts.person(actor=actor, user_id=user_id)
    row = StaffProfile.objects.filter(user_id=user_id).first() or StaffProfile(user_id=user_id)
    held = _limits(actor).select_related("user").filter(Q(user_id=user_id) | Q(role=person.role))
    own = {limit.remedy for limit in held if limit.user_id}
    return Profile(
        colleague=_colleagues([person], actor=actor, now=now)[0],
        phone=row.phone,
        started_on=row.started_on,
        available_until=row.available_until if row.available_until and row.available_until > now else None,
        limits=tuple(as_limit_row(limit) for limit in held if limit.user_id or limit.remedy not in own),
        version=row.version,
    )


def used_in_period(
    *, actor: Actor, limit: AuthorityLimit, subject: tuple[str, int] | None, now: dt.datetime
) -> Decimal:
    """Return what the actor has granted in the period the limit is held against; for this app alone. One query."""
    uses = AuthorityUse.objects.filter(
        user_id=actor.person_id, remedy=limit.remedy, currency=limit.currency, granted_at__lte=now
    )
    uses = in_world(uses, actor.world)
    if limit.period == AuthorityLimit.Period.TICKET:
        if subject is None:
            return Decimal(0)
        uses = uses.filter(subject_kind=subject[0], subject_id=subject[1])
    else:
        uses = uses.filter(granted_at__gte=period_start(limit.period, zone=actor.time_zone, now=now))
    return uses.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def period_start(period: str, *, zone: str, now: dt.datetime) -> dt.datetime:
    """Return when the running day or month began where the person is.

    >>> period_start("day", zone="Europe/London", now=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)).isoformat()
    '2026-07-02T00:00:00+01:00'
    """
    local = now.astimezone(zoneinfo.ZoneInfo(zone))
    day = 1 if period == AuthorityLimit.Period.MONTH else local.day
    return local.replace(day=day, hour=0, minute=0, second=0, microsecond=0)


def as_limit_row(row: AuthorityLimit) -> LimitRow:
    """Return the row as other layers may know it."""
    return LimitRow(
        id=row.pk,
        holder=row.user.name if row.user else Role(row.role).label,
        role=row.role,
        user_id=row.user_id,
        remedy=row.remedy,
        amount=row.amount,
        currency=row.currency,
        period=row.period,
        period_name=AuthorityLimit.Period(row.period).label,
        version=row.version,
    )


def as_skill_row(row: Skill) -> SkillRow:
    """Return the row as other layers may know it."""
    return SkillRow(id=row.pk, name=row.name, description=row.description, minimum_cover=row.minimum_cover)


def applicable_limit(*, actor: Actor, remedy: str, lock: bool = False) -> AuthorityLimit | None:
    """Return the row that binds this actor, her own before her role's; for this app alone."""
    return _limit_row(actor=actor, remedy=remedy, lock=lock)


def _limit_row(*, actor: Actor, remedy: str, lock: bool = False) -> AuthorityLimit | None:
    rows = _limits(actor).filter(Q(user_id=actor.person_id) | Q(role=actor.role, user=None), remedy=remedy)
    if lock:
        rows = rows.select_for_update()
    found = sorted(rows, key=lambda row: (row.user_id is None, row.pk))
    return found[0] if found else None


def _limits(actor: Actor) -> QuerySet[AuthorityLimit]:
    rows = in_world(AuthorityLimit.objects.all(), actor.world)
    return rows if actor.automatic or actor.role in STAFF_ROLES else rows.none()


def _current(rows: QuerySet[StaffSkill], *, on: dt.date) -> QuerySet[StaffSkill]:
    return rows.filter(Q(expires_on=None) | Q(expires_on__gte=on))


def _availability(profile: StaffProfile | None, now: dt.datetime) -> str:
    if profile is None or (profile.available_until and profile.available_until <= now):
        return StaffProfile.Availability.AVAILABLE
    return profile.availability


def _colleagues(people: Iterable[Person], *, actor: Actor, now: dt.datetime) -> tuple[Colleague, ...]:
    people = tuple(people)
    ids = [person.id for person in people]
    today = now.astimezone(zoneinfo.ZoneInfo(actor.time_zone)).date()
    team_names = {team.id: team.name for team in accounts.teams(actor=actor)}
    profiles = {row.user_id: row for row in StaffProfile.objects.filter(user_id__in=ids)}
    held: dict[int, list[HeldSkill]] = defaultdict(list)
    rows = StaffSkill.objects.filter(user_id__in=ids, level__gt=0).select_related("skill")
    for row in rows.order_by("-level", "skill__name"):
        held[row.user_id].append(
            HeldSkill(
                skill_id=row.skill_id,
                name=row.skill.name,
                level=row.level,
                expires_on=row.expires_on,
                evidence=row.evidence,
                is_current=row.expires_on is None or row.expires_on >= today,
            )
        )
    return tuple(
        _as_colleague(person, profiles.get(person.id), team_names, tuple(held[person.id]), now) for person in people
    )


def _as_colleague(
    person: Person,
    profile: StaffProfile | None,
    team_names: dict[int, str],
    held: tuple[HeldSkill, ...],
    now: dt.datetime,
) -> Colleague:
    availability = _availability(profile, now)
    return Colleague(
        id=person.id,
        name=person.name,
        email=person.email,
        role=person.role,
        role_name=person.role_name,
        job_title=profile.job_title if profile else "",
        teams=tuple(sorted(team_names[team_id] for team_id in person.team_ids if team_id in team_names)),
        availability=availability,
        availability_name=StaffProfile.Availability(availability).label,
        skills=held,
        is_active=person.is_active,
    )


def find_colleague(*, actor: Actor, user_id: int) -> Person:
    """Return one colleague this actor may know of; a stranger reads as absent."""
    return accounts.person(actor=actor, user_id=user_id)


def find_skill(*, actor: Actor, skill_id: int) -> Skill:
    """Return one skill of the actor's world; for this app alone."""
    skill = in_world(Skill.objects.filter(pk=skill_id), actor.world).first()
    if skill is None:
        raise NotFound("There is no such skill.")
    return skill


def find_limit(*, actor: Actor, limit_id: int) -> LimitRow:
    """Return one limit the actor may see; a foreign one reads as absent."""
    for row in limits(actor=actor):
        if row.id == limit_id:
            return row
    raise NotFound("There is no such limit.")


def limit_titles(*, limit_ids: Iterable[int]) -> dict[int, str]:
    """Return what limits are called, by id. One query."""
    rows = AuthorityLimit.objects.filter(pk__in=set(limit_ids)).select_related("user")
    return {
        row.pk: f"{REMEDIES.get(row.remedy, row.remedy)}, {row.user.name if row.user else Role(row.role).label}"
        for row in rows
    }
