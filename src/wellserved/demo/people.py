"""Set up the sample retailer's people, teams, skills and limits."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator, Mapping

from wellserved.apps.accounts import samples as account_samples
from wellserved.apps.accounts.types import Role
from wellserved.apps.people import samples as people_samples
from wellserved.demo import company


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The sample's staff as the history needs them."""

    agents: Mapping[str, tuple[int, ...]]
    manager_id: int
    leader_id: int
    portal_user_id: int


def hire(*, password: str, now: dt.datetime, rng: random.Random) -> Staff:
    """Write users, teams, profiles, skills and limits; only those meant to sign in get the password."""
    ids = account_samples.add(people=tuple(_people()), password=password, now=now)
    today = now.date()
    by_person = {ids[person.email]: person for person in company.COLLEAGUES}
    people_samples.add_profiles(
        titles={user_id: person.title for user_id, person in by_person.items()},
        started_on={user_id: today - dt.timedelta(days=rng.randrange(200, 2200)) for user_id in by_person},
    )
    people_samples.add_skills(
        skills=company.SKILLS,
        held=[
            (user_id, skill, level, _until(today, person.name, rng) if skill == "Refunds" else None)
            for user_id, person in by_person.items()
            for skill, level in person.skills
        ],
    )
    people_samples.add_limits(limits=company.LIMITS)
    return Staff(
        agents={
            team: tuple(i for i, person in by_person.items() if team in person.teams and person.role == Role.AGENT)
            for team in (company.CARE, company.DELIVERY, company.BILLING)
        },
        manager_id=ids[company.COLLEAGUES[0].email],
        leader_id=ids[company.COLLEAGUES[1].email],
        portal_user_id=ids[company.PORTAL_CUSTOMER[1]],
    )


def _until(today: dt.date, name: str, rng: random.Random) -> dt.date:
    """Return until when somebody may grant refunds: one runs out within the week, one has run out."""
    drawn = rng.randrange(20, 500)
    return today + dt.timedelta(days=company.REFUNDS_END_IN.get(name, drawn))


def _people() -> Iterator[account_samples.SamplePerson]:
    for person in company.COLLEAGUES:
        yield account_samples.SamplePerson(
            email=person.email,
            name=person.name,
            role=person.role,
            time_zone=company.TIME_ZONE,
            teams=person.teams,
            leads=person.role == Role.TEAM_LEADER,
            signs_in=person.signs_in,
        )
    name, email = company.PORTAL_CUSTOMER
    yield account_samples.SamplePerson(
        email=email, name=name, role=Role.CUSTOMER, time_zone="America/New_York", signs_in=True
    )
