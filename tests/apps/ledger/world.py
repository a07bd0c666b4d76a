"""A small world for the ledger's tests: people, a kind of record, and a few acts."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import ClassVar

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import actions, subjects
from wellserved.platform import events
from wellserved.platform.origin import Origin, World

NOW = dt.datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=dt.UTC)
KIND = "test.record"
HIDDEN_FROM_AGENTS = range(1000, 2000)


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Happened(events.Event):
    name: ClassVar[str] = "test.happened"
    record_id: int


def visible(actor: Actor, ids: Collection[int]) -> set[int]:
    return {i for i in ids if actor.sees_all_teams or i not in HIDDEN_FROM_AGENTS}


def register_kind() -> None:
    subjects.register(
        subjects.SubjectKind(
            key=KIND,
            label="Record",
            url=lambda i: f"/records/{i}",
            titles=lambda ids: {i: f"Record {i}" for i in ids},
            visible=visible,
        )
    )


def person(name: str = "Mina", role: str = Role.MANAGER, world: World = World.REAL) -> Actor:
    origin = Origin.SAMPLE if world == World.SAMPLE else Origin.LIVE
    email = f"{name.lower().replace(' ', '.')}.{role}@example.org"
    user = User.objects.create(email=email, name=name, role=role, created_at=NOW, origin=origin)
    return actor_of(user, world)


def actor_of(user: User, world: World = World.REAL) -> Actor:
    return Actor(
        user_id=user.pk,
        role=user.role,
        name=user.name,
        team_ids=frozenset(),
        world=world,
        sees_all_teams=user.role in policies.SEES_ALL_TEAMS,
        capabilities=policies.CAPABILITIES[user.role],
    )


def acts(actor: Actor, count: int, *, subject_id: int = 7) -> None:
    for i in range(count):
        actions.record(
            actor=actor,
            action="test.changed",
            subject=(KIND, subject_id),
            now=NOW + dt.timedelta(seconds=i),
            changes={"name": (f"Zoë {i}", f"Ann {i + 1}"), "size": (i, None)},
            reason="the customer asked" if i % 2 else "",
            event=Happened(record_id=subject_id),
        )
