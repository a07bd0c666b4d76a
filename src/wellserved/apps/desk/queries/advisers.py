"""Whom to ask: what colleagues know, whether they are here, what they may decide."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import CAPABILITIES, SEES_ALL_TEAMS, WORK_TICKETS
from wellserved.apps.accounts.types import Actor, Person, Role
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.referrals import Adviser
from wellserved.apps.people import queries as people
from wellserved.apps.people.types import ABLE, Colleague, LimitRow
from wellserved.platform.origin import World

# How high somebody stands: whom a matter goes to when those below cannot decide it.
LEVELS = {Role.AGENT: 1, Role.TEAM_LEADER: 2, Role.MANAGER: 3, Role.ADMINISTRATOR: 3}
CURRENCY = "GBP"


def advisers(*, actor: Actor, q: str = "", now: dt.datetime) -> tuple[Adviser, ...]:
    """Return the colleagues one may ask, those who know every word of `q` first; at most eight queries.

    A word is found in a topic, a remedy, a role, a job title, a team or a name. Absence shows, never why.
    """
    house = accounts.system_actor(world=actor.world)
    limits = people.limits(actor=house)
    found = [
        _adviser(row, limits)
        for row in people.colleagues(actor=house, now=now)
        if Role(row.role) in LEVELS and row.is_active
    ]
    words = q.casefold().split()
    scored = [(sum(word in _words(adviser) for word in words), adviser) for adviser in found]
    kept = [(score, adviser) for score, adviser in scored if score or not words]
    # Whoever knows most of it comes first, then whoever is here, then the lowest level that can help.
    kept.sort(key=lambda pair: (-pair[0], not pair[1].is_here, pair[1].level, pair[1].name))
    return tuple(adviser for _, adviser in kept)


def able_to_answer(*, actor: Actor, ticket_id: int, remedy: str, amount: Decimal | None) -> tuple[Person, ...]:
    """Return the colleagues who see a ticket, work tickets and, for money, whose limit reaches the amount.

    The lowest level that can decide comes first. What each has used of her limit is asked when she decides. Four
    queries.
    """
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    house = accounts.system_actor(world=actor.world)
    limits = people.limits(actor=house) if amount else ()
    able = [
        person
        for person in accounts.staff(actor=house)
        if person.id != actor.user_id
        and WORK_TICKETS in CAPABILITIES[Role(person.role)]
        and (
            Role(person.role) in SEES_ALL_TEAMS
            or ticket.queue.team_id is None
            or ticket.queue.team_id in person.team_ids
        )
        and (amount is None or _limit(person.id, person.role, remedy, limits) >= amount)
    ]
    return tuple(sorted(able, key=lambda person: (LEVELS[Role(person.role)], person.name, person.id)))


def sees(*, user_id: int, ticket_id: int, world: World) -> bool:
    """Return whether a colleague reads a ticket. Three queries."""
    person = accounts.actor_by_id(user_id, world=world)
    return scope.visible_tickets(actor=person).filter(pk=ticket_id).exists()


def may_answer(*, actor: Actor, remedy: str, amount: Decimal | None) -> bool:
    """Return whether the actor's own limit reaches so far. Two queries."""
    limits = people.limits(actor=accounts.system_actor(world=actor.world)) if amount else ()
    return amount is None or _limit(actor.person_id, actor.role, remedy, limits) >= amount


def name_of(user_id: int) -> str:
    """Return what a colleague is called. One query."""
    return accounts.names(user_ids=[user_id]).get(user_id, "")


def _limit(user_id: int, role: str, remedy: str, limits: Iterable[LimitRow]) -> Decimal:
    """Return what somebody may grant alone: her own limit replaces that of her role."""
    bound = [row for row in limits if row.remedy == remedy and row.currency == CURRENCY]
    own = [row.amount for row in bound if row.user_id == user_id]
    of_role = [row.amount for row in bound if row.user_id is None and row.role == role]
    return (own or of_role or [Decimal(0)])[0]


def _adviser(row: Colleague, limits: Iterable[LimitRow]) -> Adviser:
    reach = [
        (people.REMEDIES[remedy], _limit(row.id, row.role, remedy, limits), CURRENCY) for remedy in people.REMEDIES
    ]
    return Adviser(
        id=row.id,
        name=row.name,
        role_name=row.role_name,
        level=LEVELS[Role(row.role)],
        job_title=row.job_title,
        topics=tuple(held.name for held in row.skills if held.level >= ABLE and held.is_current),
        teams=row.teams,
        cover=row.availability_name,
        is_here=row.availability == "available",
        limits=tuple(line for line in reach if line[1]),
    )


def _words(adviser: Adviser) -> str:
    parts = (adviser.name, adviser.role_name, adviser.job_title, *adviser.topics, *adviser.teams)
    return " ".join((*parts, *(remedy for remedy, _, _ in adviser.limits))).casefold()
