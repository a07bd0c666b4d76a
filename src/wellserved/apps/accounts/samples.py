"""The sample service's people: written and removed in bulk, apart from everybody real."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password

from wellserved.apps.accounts.models import Invitation, Membership, Team, User
from wellserved.platform.origin import Origin


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody to write: `password` is empty for those who never sign in."""

    email: str
    name: str
    role: str
    time_zone: str
    teams: tuple[str, ...] = ()
    leads: bool = False
    signs_in: bool = False


def exist() -> bool:
    """Return whether the sample service is here."""
    return User.objects.filter(origin=Origin.SAMPLE).exists()


def add(*, people: Iterable[SamplePerson], password: str, now: dt.datetime) -> Mapping[str, int]:
    """Write the people and their teams and return ids by address; one password opens all who sign in."""
    people = tuple(people)
    known, unusable = make_password(password), make_password(None)
    User.objects.bulk_create(
        User(
            email=person.email,
            name=person.name,
            role=person.role,
            time_zone=person.time_zone,
            origin=Origin.SAMPLE,
            created_at=now,
            password=known if person.signs_in else unusable,
        )
        for person in people
    )
    ids = dict(User.objects.filter(origin=Origin.SAMPLE).values_list("email", "id"))
    names = sorted({team for person in people for team in person.teams})
    Team.objects.bulk_create(Team(name=name, origin=Origin.SAMPLE) for name in names)
    teams = dict(Team.objects.filter(origin=Origin.SAMPLE).values_list("name", "id"))
    Membership.objects.bulk_create(
        Membership(team_id=teams[team], user_id=ids[person.email], is_leader=person.leads)
        for person in people
        for team in person.teams
    )
    return ids


def team_ids() -> Mapping[str, int]:
    """Return the sample's teams by name."""
    return dict(Team.objects.filter(origin=Origin.SAMPLE).values_list("name", "id"))


def remove() -> int:
    """Delete the sample's people and teams and return how many rows went."""
    gone = Invitation.objects.filter(origin=Origin.SAMPLE).delete()[0]
    gone += Team.objects.filter(origin=Origin.SAMPLE).delete()[0]
    return gone + User.objects.filter(origin=Origin.SAMPLE).delete()[0]
