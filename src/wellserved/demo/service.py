"""Load and remove the sample service."""

import dataclasses
import datetime as dt
import pathlib
import random
import secrets
from collections.abc import Callable

from django.conf import settings

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts import samples as account_samples
from wellserved.apps.desk import samples as desk_samples
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.historic import LoadCounts
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import samples as people_samples
from wellserved.apps.standards import samples as standard_samples
from wellserved.demo import company, history, people
from wellserved.platform.origin import Origin, World

SEED = 20_240_229
SYSTEM = "sample"
_WORDS = (
    "amber", "birch", "cedar", "copper", "coral", "fern", "harbour", "hazel", "heron", "indigo", "ivory", "juniper",
    "lantern", "maple", "meadow", "olive", "orchard", "pebble", "quill", "river", "saffron", "slate", "thistle", "willow",
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


def load_sample(*, now: dt.datetime, seed: int = SEED, progress: Callable[[int], None] | None = None) -> LoadCounts:
    """Write the fictional retailer with its last twelve months up to `now`; the same seed gives the same service."""
    rng = random.Random(seed)  # noqa: S311 (a story, not a secret)
    staff = people.hire(password=password(), now=now, rng=rng)
    desk_samples.add_queues(teams=account_samples.team_ids(), default=company.CARE)
    standard_samples.add(
        calendars={"Round the clock": company.ROUND_THE_CLOCK, "Office hours": company.OFFICE_HOURS},
        policies=company.POLICIES,
        effective_from=now - dt.timedelta(days=history.DAYS + 30),
        now=now,
    )
    cast = history.Cast(agents=staff.agents, customers=history.customers(rng=rng))
    counts = load.load_history(
        records=history.tickets(rng=rng, now=now, cast=cast),
        origin=Origin.SAMPLE,
        system=SYSTEM,
        batch=None,
        now=now,
        progress=progress,
    )
    desk_samples.give_portal(email=company.PORTAL_CUSTOMER[1], user_id=staff.portal_user_id)
    ledger.record(
        actor=accounts.system_actor(world=World.SAMPLE),
        action="demo.load",
        subject=("demo.sample", 1),
        now=now,
        changes={"tickets": (0, counts.created)},
    )
    return counts


def remove_sample(*, now: dt.datetime) -> int:
    """Delete the sample service whole and return how many tickets went; the ledger keeps that it was here."""
    gone = desk_samples.remove()
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
