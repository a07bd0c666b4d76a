"""Whether teams that understand more break fewer promises: team by team, never a person."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import team_outcomes
from wellserved.apps.development.queries import understanding
from wellserved.apps.development.types.checks import Standing, TeamUnderstanding

# Fewer than this in a team, and a share would speak of persons.
FEWEST_PEOPLE = 5
WINDOW = dt.timedelta(days=90)


def teams(*, actor: Actor, now: dt.datetime) -> tuple[TeamUnderstanding, ...]:
    """Return each team large enough with its understanding and what became of its tickets. Constant queries.

    A single small team beside large ones is left out with its figures, so that no sum gives it away: none are summed.
    """
    everybody = accounts.system_actor(world=actor.world)
    people = understanding.people_of(actor=everybody)
    asked = understanding.asked_of(actor=everybody, people=people)
    pairs = [(user_id, row.id) for user_id, rows in asked.items() for row in rows]
    current = {row.id: row.current for rows in asked.values() for row in rows}
    standing = understanding.standings(pairs=pairs, current=current)
    outcomes = team_outcomes.outcomes(actor=actor, since=now - WINDOW, until=now)
    found = []
    for team in accounts.teams(actor=actor):
        members = {person.id for person in people if team.id in person.team_ids and asked[person.id]}
        if len(members) < FEWEST_PEOPLE or team.id not in outcomes:
            continue
        mine = [each for (user_id, _), each in standing.items() if user_id in members]
        late, due, referred, tickets = outcomes[team.id]
        found.append(
            TeamUnderstanding(
                name=team.name,
                people=len(members),
                asked=len(mine),
                understood=sum(each.standing == Standing.UNDERSTOOD for each in mine),
                late=late,
                due=due,
                referred=referred,
                tickets=tickets,
            )
        )
    return tuple(found)


def shares(rows: Sequence[TeamUnderstanding]) -> tuple[tuple[float, float], ...]:
    """Return understanding and late share of each team that has both."""
    return tuple((row.understood / row.asked, row.late / row.due) for row in rows if row.asked and row.due)
