"""Reads about colleagues: who is here, who can do what, who may grant how much."""

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import READ_PEOPLE
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Person, Role
from wellserved.apps.people import counting
from wellserved.apps.people.counting import Place
from wellserved.apps.people.models import (
    AuthorityLimit,
    AuthorityUse,
    Skill,
    StaffProfile,
    StaffSkill,
)
from wellserved.apps.people.types import (
    ABLE,
    Allowance,
    Colleague,
    Cover,
    Grant,
    HeldSkill,
    Limit,
    LimitRow,
    Profile,
    SkillRow,
)
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

# Not given to a customer, but held against the same limits.
SPEND = "spend"
REMEDIES = {
    "refund": "Refund",
    "goodwill": "Goodwill payment",
    "discount": "Discount",
    "replacement": "Replacement",
    SPEND: "Spending on plans and resources",
}


def limit_for(*, actor: Actor, remedy: str, subject: tuple[str, int] | None, now: dt.datetime) -> Limit | None:
    """Return what the actor may still grant alone, or None if she may grant nothing. Two queries.

    Her own limit replaces that of her role. `subject` is the record the remedy is for: a limit per ticket is held
    against what she has granted on it.
    """
    row = _limit_row(actor=actor, remedy=remedy)
    if row is None:
        return None
    used = counting.used(Place(actor=actor, subject=subject, now=now), row)
    return Limit(
        remedy=remedy,
        amount=row.amount,
        currency=row.currency,
        period=row.period,
        used=used,
        left=max(Decimal(0), row.amount - used),
    )


def limits_held(*, actor: Actor, remedy: str, user_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how much of one remedy each of these people may grant alone, nothing without a limit. Three queries."""
    rows = list(_limits(actor).filter(remedy=remedy))
    own = {row.user_id: row.amount for row in rows if row.user_id}
    of_role = {row.role: row.amount for row in rows if row.role}
    staff = accounts.staff(actor=accounts.system_actor(world=actor.world))
    known = {person.id: person.role for person in staff if person.id in user_ids}
    return {pk: own.get(pk, of_role.get(known.get(pk, ""), Decimal(0))) for pk in user_ids}


def granted_to_customers(*, actor: Actor, since: dt.datetime, until: dt.datetime, currency: str = "GBP") -> Decimal:
    """Return what was granted to customers between two moments, refunds and goodwill alike. One query."""
    uses = AuthorityUse.objects.filter(granted_at__gte=since, granted_at__lt=until, currency=currency)
    total = in_world(uses, actor.world).exclude(remedy=SPEND).aggregate(total=Sum("amount"))["total"]
    return total or Decimal(0)


def grants_on(*, actor: Actor, subject: tuple[str, int], since: dt.datetime) -> tuple[Grant, ...]:
    """Return what was granted on a record since a moment, in that order. One query."""
    uses = AuthorityUse.objects.filter(subject_kind=subject[0], subject_id=subject[1], granted_at__gte=since)
    return tuple(
        Grant(
            user_id=use.user_id,
            remedy=use.remedy,
            amount=use.amount,
            currency=use.currency,
            granted_at=use.granted_at,
        )
        for use in in_world(uses, actor.world).order_by("granted_at", "pk")
    )


def who_may(*, actor: Actor, remedy: str, amount: Decimal, currency: str) -> tuple[str, ...]:
    """Return the names of colleagues and roles whose limit covers this amount, the actor herself left out."""
    rows = _limits(actor).filter(remedy=remedy, amount__gte=amount, currency=currency).select_related("user")
    found = [row for row in rows if row.user_id != actor.user_id and (row.user is None or row.user.is_active)]
    people = sorted(row.user.name for row in found if row.user is not None)
    roles = [Role(row.role).label for row in found if row.role and row.role != actor.role]
    return (*people, *roles)


def allowances(
    *, actor: Actor, subject: tuple[str, int], beside: Collection[int] = (), now: dt.datetime
) -> tuple[Allowance, ...]:
    """Return for each remedy somebody may grant what the actor may still grant on a record, and who more. Two queries.

    Nothing comes back for an actor who acts for nobody, or while the service has set no limit at all. `beside` are
    the records that count together with this one.
    """
    rows = list(_limits(actor).select_related("user").order_by("pk")) if actor.user_id else []
    if not rows:
        return ()
    place = Place(actor=actor, subject=subject, beside=frozenset(beside), now=now)
    spent = counting.uses(place)
    return tuple(
        _allowance(remedy, [row for row in rows if row.remedy == remedy], spent, place)
        for remedy in sorted({row.remedy for row in rows}, key=lambda remedy: REMEDIES.get(remedy, remedy))
    )


def _allowance(remedy: str, rows: list[AuthorityLimit], spent: list[AuthorityUse], place: Place) -> Allowance:
    actor = place.actor
    own = [row for row in rows if row.user_id == actor.user_id or (row.role == actor.role and row.user_id is None)]
    bound = min(own, key=lambda row: (row.user_id is None, row.pk), default=None)
    amount = bound.amount if bound else Decimal(0)
    more = [row for row in rows if row not in own and row.amount > amount and (row.user is None or row.user.is_active)]
    people = sorted(row.user.name for row in more if row.user is not None)
    roles = [str(Role(row.role).label) for row in more if row.role]
    used = counting.total(spent, place, bound) if bound else Decimal(0)
    return Allowance(
        remedy=remedy,
        name=REMEDIES.get(remedy, remedy),
        amount=amount,
        left=max(Decimal(0), amount - used),
        currency=bound.currency if bound else rows[0].currency,
        period_name=AuthorityLimit.Period(bound.period).label if bound else "",
        above=tuple(dict.fromkeys((*people, *roles))),
    )


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
    rows = current(StaffSkill.objects.filter(skill_id=skill_id, level__gte=level), on=on)
    return tuple(sorted(user_id for user_id in rows.values_list("user_id", flat=True) if user_id in known))


def cover(*, actor: Actor, on: dt.date, staff: Iterable[Person] | None = None) -> tuple[Cover, ...]:
    """Return for each skill who can use it alone on a day: gaps and single points of failure show. Four queries.

    Two, when the staff have been read already.
    """
    known = {person.id for person in (accounts.staff(actor=actor) if staff is None else staff)}
    able: dict[int, list[int]] = defaultdict(list)
    rows = current(StaffSkill.objects.filter(level__gte=ABLE), on=on).order_by("user_id")
    for skill_id, user_id in rows.values_list("skill_id", "user_id"):
        if user_id in known:
            able[skill_id].append(user_id)
    return tuple(Cover(skill=row, holder_ids=tuple(able[row.id])) for row in skills(actor=actor))


def years_of_service(*, actor: Actor, team_id: int | None, on: dt.date) -> tuple[int, float | None]:
    """Return how many colleagues a team has (all when none is named), and their mean years of service. Two queries."""
    ids = [person.id for person in accounts.staff(actor=actor) if team_id in {None, *person.team_ids}]
    begun = StaffProfile.objects.filter(user_id__in=ids, started_on__isnull=False).values_list("started_on", flat=True)
    years = [(on - day).days / 365.25 for day in begun if day and day <= on]
    return len(ids), sum(years) / len(years) if years else None


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
        fte=row.fte,
    )


def used_by_role(*, actor: Actor, since: dt.datetime, now: dt.datetime) -> tuple[tuple[str, str, int, Decimal], ...]:
    """Return (role, remedy, how often, how much) granted within limits since a moment, by role. One query."""
    rows = in_world(AuthorityUse.objects.filter(granted_at__gte=since, granted_at__lte=now), actor.world)
    found = rows.values_list("user__role", "remedy").annotate(n=Count("pk"), total=Sum("amount"))
    return tuple(
        (str(Role(role).label), REMEDIES.get(remedy, remedy), n, total)
        for role, remedy, n, total in found.order_by("user__role", "remedy")
    )


def own_use(
    *, actor: Actor, user_id: int, since: dt.datetime, now: dt.datetime
) -> tuple[tuple[str, int, Decimal], ...]:
    """Return (remedy, how often, how much) one colleague granted, to herself or to whoever leads her. Two queries."""
    if user_id != actor.user_id:
        accounts.person(actor=actor, user_id=user_id)
        if not actor.can(READ_PEOPLE):
            raise NotFound("There is no such colleague, or she is not in your teams.")
    rows = AuthorityUse.objects.filter(user_id=user_id, granted_at__gte=since, granted_at__lte=now)
    found = in_world(rows, actor.world).values_list("remedy").annotate(n=Count("pk"), total=Sum("amount"))
    return tuple((REMEDIES.get(remedy, remedy), n, total) for remedy, n, total in found.order_by("remedy"))


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
    return SkillRow(
        id=row.pk,
        name=row.name,
        description=row.description,
        minimum_cover=row.minimum_cover,
        group=row.group,
        descriptors=tuple(row.descriptors),
        version=row.version,
    )


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


def current(rows: QuerySet[StaffSkill], *, on: dt.date) -> QuerySet[StaffSkill]:
    """Return the rows still valid on a day; for this app alone."""
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
