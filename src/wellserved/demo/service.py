"""Load and remove the sample service."""

import dataclasses
import datetime as dt
import pathlib
import random
import secrets
from collections.abc import Callable, Mapping

from django.conf import settings

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts import samples as account_samples
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import samples as desk_samples
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.historic import LoadCounts
from wellserved.apps.development import samples as development_samples
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import samples as ledger_samples
from wellserved.apps.people import samples as people_samples
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards import samples as standard_samples
from wellserved.apps.thread import samples as thread_samples
from wellserved.apps.voice import samples as voice_samples
from wellserved.demo import (
    briefings,
    commitments,
    company,
    complaints,
    customers_voice,
    history,
    keeping,
    knowledge,
    learning,
    liaising,
    meetings,
    offer,
    people,
    plans,
    risks,
    roles,
    voice,
)
from wellserved.platform.origin import Origin, World
from wellserved.platform.outbox import samples as mail_samples

SEED = 20_240_229
SYSTEM = "sample"
_WORDS = (
    "amber", "birch", "cedar", "copper", "coral", "fern", "harbour", "hazel", "heron", "indigo", "ivory", "juniper",
    "lantern", "maple", "meadow", "olive", "orchard", "pebble", "quill", "river", "saffron", "slate", "thistle",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A line to print: who, in which role, with which address."""

    role: str
    name: str
    email: str


def is_loaded() -> bool:
    """Return whether the sample service is here."""
    return account_samples.exist()


def sign_ins() -> tuple[SignIn, ...]:
    """Return the people of the sample one can sign in as: manager, team leader, agent, administrator, customer."""
    staff = [
        SignIn(role=person.role.label, name=person.name, email=person.email)
        for person in company.COLLEAGUES
        if person.signs_in
    ]
    name, email = company.PORTAL_CUSTOMER
    return (*staff, SignIn(role="Customer", name=name, email=email))


def password() -> str:
    """Return the sample's password, made once for this installation and kept beside its data."""
    kept = _password_file()
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text("-".join(secrets.choice(_WORDS) for _ in range(4)), encoding="utf-8")
    return kept.read_text(encoding="utf-8").strip()


def load_sample(
    *,
    now: dt.datetime,
    seed: int = SEED,
    days: int = history.DAYS,
    progress: Callable[[int], None] | None = None,
) -> LoadCounts:
    """Write the fictional retailer with its last `days` up to `now`; the same seed and `now` give the same service."""
    now = now.replace(microsecond=0)
    rng = random.Random(seed)  # noqa: S311 (a story, not a secret)
    staff = people.hire(password=password(), now=now, rng=rng)
    queues = desk_samples.add_queues(teams=account_samples.team_ids(), default=company.CARE)
    _promise(actor=accounts.system_actor(world=World.SAMPLE), queues=queues, now=now)
    commitments.commit(queues=queues, now=now)
    cast = history.Cast(agents=staff.agents, customers=history.customers(rng=rng))
    load.load_history(
        records=history.tickets(rng=rng, now=now, cast=cast, days=days),
        origin=Origin.SAMPLE,
        system=SYSTEM,
        batch=None,
        now=now,
        progress=progress,
    )
    desk_samples.give_portal(email=company.PORTAL_CUSTOMER[1], user_id=staff.portal_user_id)
    complaints.complain(now=now)
    offer.offer(now=now)
    plans.plan(now=now)
    risks.write(
        manager=accounts.actor_by_id(staff.manager_id), leader=accounts.actor_by_id(staff.leader_id), now=now, rng=rng
    )
    keeping.keep(now=now)
    knowledge.add_guidelines(now=now)
    briefings.brief(now=now)
    liaising.liaise(now=now)
    roles.write(queues=queues, now=now)
    learning.learn(now=now)
    voice.hear(now=now, rng=random.Random(seed))  # noqa: S311 (a story, not a secret)
    meetings.meet(now=now)
    customers_voice.listen(now=now, rng=random.Random(seed))  # noqa: S311 (a story, not a secret)
    # Some of the tickets and messages came after the history, so what is here is counted.
    counts = desk_samples.count()
    ledger.record(
        actor=accounts.system_actor(world=World.SAMPLE),
        action="demo.load",
        subject=("demo.sample", 1),
        now=now,
        changes={"tickets": (0, counts.created)},
    )
    return counts


def _promise(*, actor: Actor, queues: Mapping[str, int], now: dt.datetime) -> None:
    since = now - dt.timedelta(days=history.DAYS + 30)
    versions = {
        name: standards.save_calendar(
            actor=actor, calendar_id=None, name=name, spec=spec, effective_from=since, now=now
        ).pk
        for name, spec in (("Round the clock", company.ROUND_THE_CLOCK), ("Office hours", company.OFFICE_HOURS))
    }
    for policy in company.POLICIES:
        standards.save_policy(
            actor=actor,
            policy_id=None,
            name=policy.name,
            conditions={field: [queues.get(v, v) for v in values] for field, values in policy.conditions.items()},
            targets=[
                {
                    "metric": target.metric,
                    "priority": None,
                    "seconds": target.hours * 3600,
                    "calendar": versions[target.calendar],
                    "pause_on": list(target.pause_on),
                    "aim": target.aim,
                }
                for target in policy.targets
            ],
            escalation=[
                {"metric": "first_reply", "level": 1, "before_seconds": 1800, "tell": "assignee"},
                {"metric": "first_reply", "level": 2, "after_seconds": 0, "tell": "team_leader"},
            ],
            effective_from=since,
            now=now,
        )


def remove_sample(*, now: dt.datetime) -> int:
    """Delete the sample service whole and return how many tickets went; the ledger keeps that it was here."""
    development_samples.remove()
    voice_samples.remove()
    gone = desk_samples.remove()
    mail_samples.remove()
    thread_samples.remove()
    ledger_samples.remove()
    standard_samples.remove()
    people_samples.remove()
    account_samples.remove()
    _password_file().unlink(missing_ok=True)
    ledger.record(
        actor=accounts.system_actor(world=World.SAMPLE),
        action="demo.remove",
        subject=("demo.sample", 1),
        now=now,
        changes={"tickets": (gone, 0)},
    )
    return gone


def _password_file() -> pathlib.Path:
    return pathlib.Path(settings.VAR) / "sample-sign-in"
