"""Fill an empty house for the browser tests, by actions alone: people, a standard, and a morning's tickets."""

import datetime as dt
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be ready first)

from tests import personas  # noqa: E402
from wellserved.apps.accounts.types import Actor  # noqa: E402
from wellserved.apps.desk import actions as desk  # noqa: E402
from wellserved.apps.standards import actions as standards  # noqa: E402
from wellserved.platform import clock  # noqa: E402

ALWAYS_OPEN = {"tz": "UTC", "hours": {str(day): [["00:00", "24:00"]] for day in range(7)}, "holidays": []}
MORNING = (
    ("Charged twice for renewal", "I can see two payments of £42.00, please refund one.", 32),
    ("Parcel not arrived, order 48213", "Nine days since dispatch. Can you tell me where it is?", 40),
    ("Change delivery address", "Est-il possible de changer une adresse avant demain ?", 20),
    ("Invoice copy for October", "Could you send me the VAT invoice for order 47120?", 5),
)


def main() -> None:
    """Write everything once."""
    call_command("migrate", verbosity=0)
    amira, ben, dev = (personas.make_persona(key) for key in ("amira", "ben", "dev"))
    fill(boss=amira.actor, ben=ben)
    dev_customer = desk.save_customer(
        actor=amira.actor, name="Dev Patel", email="dev@example.test", now=clock.now() - dt.timedelta(days=40)
    )
    desk.tie_customer(actor=amira.actor, customer_id=dev_customer, user_id=dev.user.pk, now=clock.now())


def fill(*, boss: Actor, ben: personas.Persona, is_default: bool = True) -> None:
    """Write a standard, a month of answered issues and this morning's."""
    now = clock.now()
    start = now - dt.timedelta(days=40)
    calendar = standards.save_calendar(actor=boss, calendar_id=None, name="Always", spec=ALWAYS_OPEN, now=start)
    standards.save_policy(
        actor=boss,
        policy_id=None,
        name="Everybody",
        conditions={},
        targets=[
            {"metric": "first_reply", "seconds": 3600, "calendar": calendar.pk, "aim": 0.9},
            {"metric": "resolution", "seconds": 86_400, "calendar": calendar.pk, "aim": 0.9},
        ],
        now=start,
    )
    queue = desk.save_queue(
        actor=boss, name="Care", team_id=personas.make_team("Team A").pk, is_default=is_default, now=start
    )
    for day in range(30, 0, -1):
        at = now - dt.timedelta(days=day)
        made = _open(boss, f"Old question {day}", "How do I wash it?", queue, at)
        desk.assign(actor=boss, ticket_id=made, assignee_id=ben.user.pk, now=at)
        desk.reply(
            actor=ben.actor, ticket_id=made, body="At 30 degrees.", then="resolve", now=at + dt.timedelta(minutes=9)
        )
    for subject, body, minutes in MORNING:
        at = now - dt.timedelta(minutes=minutes)
        desk.assign(actor=boss, ticket_id=_open(boss, subject, body, queue, at), assignee_id=ben.user.pk, now=at)
    # Two colleagues meet on this one; it is answered already, so no promise of the day hangs on it.
    shared = _open(boss, "A rug for the hall", "Which size fits a narrow hall?", queue, now - dt.timedelta(minutes=4))
    desk.reply(actor=ben.actor, ticket_id=shared, body="The runner does.", now=now - dt.timedelta(minutes=3))


def _open(boss: Actor, subject: str, body: str, queue: int, at: dt.datetime) -> int:
    made = desk.open_ticket(
        actor=boss,
        subject=subject,
        body=body,
        customer_email="joanna@mail.test",
        customer_name="Joanna Reyes",
        queue_id=queue,
        now=at,
    )
    return made.ticket_id


if __name__ == "__main__":
    main()
