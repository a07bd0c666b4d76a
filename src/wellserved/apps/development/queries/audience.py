"""Whom a briefing concerns, as people; and how that reads."""

import dataclasses
from collections.abc import Collection, Mapping

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person, Role
from wellserved.apps.desk.queries import names
from wellserved.apps.development.types.briefings import Audience


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The people an audience comes to: those the actor may send to, and how many lie beyond her teams."""

    people: tuple[Person, ...]
    outside: int


def reach(*, actor: Actor, audience: Audience) -> Reach:
    """Return the people of an audience by name. Four queries."""
    queues = names.queue_teams(actor=actor)
    everybody = accounts.staff(actor=accounts.system_actor(world=actor.world))
    concerned = concerned_of(audience, everybody, queues)
    hers = accounts.visible_staff_ids(actor=actor, user_ids=[person.id for person in concerned])
    within = tuple(person for person in concerned if person.id in hers)
    return Reach(people=within, outside=len(concerned) - len(within))


def concerned_of(
    audience: Audience, people: Collection[Person], queues: Mapping[int, tuple[str, int | None]]
) -> tuple[Person, ...]:
    """Return those of the people an audience means: an unnamed part narrows nothing, naming nothing means nobody."""
    teams = set(audience.teams) | {team for pk in audience.queues if (team := queues.get(pk, ("", None))[1])}
    by_group = bool(audience.roles or audience.teams or audience.queues)
    # A queue nobody's team answers narrows to no team, and not to every one.
    narrowed = bool(audience.teams or audience.queues)

    def means(person: Person) -> bool:
        if audience.everyone or person.id in audience.people:
            return True
        by_role = not audience.roles or person.role in audience.roles
        return by_group and by_role and (not narrowed or bool(person.team_ids & teams))

    return tuple(person for person in people if means(person))


def say(*, actor: Actor, audience: Audience) -> tuple[str, ...]:
    """Return whom an audience means, part by part. Three queries at most."""
    if audience.everyone:
        return ("Everybody who works here",)
    roles = ", ".join(str(Role(role).label) for role in audience.roles)
    queues = names.queue_teams(actor=actor) if audience.queues else {}
    teams = accounts.team_names(team_ids=audience.teams) if audience.teams else {}
    people = accounts.names(user_ids=audience.people) if audience.people else {}
    parts = (
        ("Roles", roles),
        ("In teams", ", ".join(sorted(teams.values()))),
        ("Of the queues", ", ".join(queues[pk][0] for pk in audience.queues if pk in queues)),
        ("People", ", ".join(sorted(people.values()))),
    )
    return tuple(f"{label}: {said}" for label, said in parts if said)
