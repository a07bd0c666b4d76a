"""Fill the house of the browser tests with what stands before a promise is planned: who works here, who may decide."""

import os
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be ready first)

from tests import personas  # noqa: E402
from tests.e2e import seed  # noqa: E402
from wellserved.apps.accounts import queries as accounts  # noqa: E402
from wellserved.apps.accounts.types import Role  # noqa: E402
from wellserved.apps.people import actions as people  # noqa: E402
from wellserved.platform import clock  # noqa: E402
from wellserved.platform.origin import World  # noqa: E402

LIMITS = ((Role.AGENT, "refund", "50"), (Role.MANAGER, "refund", "500"), (Role.DECISION_MAKER, "spend", "20000"))


def main() -> None:
    """Write the people with their limits, and a month of answered issues under office clocks."""
    call_command("migrate", verbosity=0)
    amira, ben, _frank = (personas.make_persona(key) for key in ("amira", "ben", "frank"))
    seed.fill(boss=amira.actor, ben=ben)
    house = accounts.system_actor(world=World.REAL)
    for role, remedy, amount in LIMITS:
        people.set_limit(
            actor=house,
            role=role,
            remedy=remedy,
            amount=Decimal(amount),
            period="ticket",
            reason="As agreed",
            now=clock.now(),
        )


if __name__ == "__main__":
    main()
