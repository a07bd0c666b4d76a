"""Eight people reach for the same thing at once, as a process on a database of its own.

`python -m tests.races.trial --rounds 25` prints one line of JSON: each race with what every round of it came to, told
as a sorted list of the different outcomes. A race without a fault has exactly one. A race that has used up its
`--seconds` ends with fewer rounds.
"""

import argparse
import collections
import contextlib
import datetime as dt
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent import futures
from decimal import Decimal
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings_test")

import django

django.setup()

# ruff: noqa: E402 (Django must be set up before its models are imported)

from django.core.management import call_command
from django.db import connection

from tests import personas
from tests.personas import NOW
from wellserved.apps.accounts.models import Team, User
from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions.answering import Remedy
from wellserved.apps.desk.models import Customer, Message, Ticket, TicketEvent
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.models import Approval, Entry, Vote
from wellserved.apps.people import actions as people
from wellserved.apps.people.models import AuthorityUse
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards.actions import bids, plans
from wellserved.platform.errors import Conflict, Refused
from wellserved.platform.models import OutboxMessage

CLIENTS = 8
Outcome = dict[str, Any]


class House:
    """One team with eight agents, a queue, a promise and two who decide."""

    def __init__(self) -> None:
        team = Team.objects.create(name="Team A")
        self.team = team
        self.agents = [self.hire(f"Agent {i}", Role.AGENT) for i in range(CLIENTS)]
        self.deciders = [self.hire(f"Manager {i}", Role.MANAGER) for i in range(2)]
        self.planner = self.hire("Planner", Role.MANAGER)
        admin = self.hire("Admin", Role.ADMINISTRATOR)
        self.queue = desk.save_queue(actor=system_actor(), name="Parcels", team_id=team.pk, is_default=True, now=NOW)
        hours = {str(day): [["09:00", "17:30"]] for day in range(5)}
        calendar = standards.save_calendar(
            actor=system_actor(),
            calendar_id=None,
            name="Office",
            spec={"tz": "Europe/London", "hours": hours, "holidays": []},
            now=NOW,
        )
        standards.save_policy(
            actor=system_actor(),
            policy_id=None,
            name="Promise",
            conditions={},
            targets=[{"metric": "first_reply", "seconds": 14_400, "calendar": calendar.pk}],
            escalation=[{"metric": "first_reply", "level": 1, "after_seconds": 0, "tell": "team_leader"}],
            now=NOW,
        )
        for decider in self.deciders:
            people.set_limit(
                actor=admin,
                remedy="spend",
                amount=Decimal(10_000),
                period="ticket",
                user_id=decider.user_id,
                reason="the year's plan",
                now=NOW,
            )
        people.set_limit(
            actor=admin,
            remedy="refund",
            amount=Decimal(100),
            period="day",
            role=Role.AGENT,
            reason="the year's plan",
            now=NOW,
        )

    def hire(self, name: str, role: str) -> Actor:
        user: User = personas.make_user(name, role, team=self.team)
        return actor_for(user=user)

    def open(self, number: int, email: str = "") -> Ticket:
        saved = desk.open_ticket(
            actor=system_actor(),
            subject=f"Late parcel {number}",
            body="Where is it?",
            customer_email=email or f"customer{number}@example.test",
            queue_id=self.queue,
            now=NOW,
        )
        return Ticket.objects.get(pk=saved.ticket_id)


CROWD = futures.ThreadPoolExecutor(CLIENTS)


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Call `act` in eight threads that start together; return what each returned or was refused by."""
    start = threading.Barrier(CLIENTS)

    def run(client: int) -> Any:
        start.wait()
        try:
            return act(client)
        except Exception as error:  # noqa: BLE001 (an outcome to be judged)
            return error

    return list(CROWD.map(run, range(CLIENTS)))


def tell(results: list[Any]) -> Outcome:
    """Return how many won and how the others were told."""
    refusals = [each for each in results if isinstance(each, Exception)]
    told = collections.Counter(getattr(each, "code", "") or repr(each)[:200] for each in refusals)
    return {"won": len(results) - len(refusals), "refused": dict(told)}


def entries(action: str, ticket: Ticket) -> int:
    return Entry.objects.filter(action=action, subject_kind="desk.ticket", subject_id=ticket.pk).count()


def take(house: House, number: int) -> Outcome:
    """Eight agents take the ticket they all see free."""
    ticket = house.open(number)

    def act(client: int) -> Any:
        agent = house.agents[client]
        return desk.assign(actor=agent, ticket_id=ticket.pk, assignee_id=agent.user_id, version=ticket.version, now=NOW)

    results = at_once(act)
    winner = next((i for i, each in enumerate(results) if not isinstance(each, Exception)), 0)
    after = Ticket.objects.get(pk=ticket.pk)
    seen = [["assigned", house.agents[winner].user_id]]
    return tell(results) | {
        "told_who": all(
            [[each["kind"], each["actor_id"]] for each in error.data["difference"]] == seen
            for error in results
            if isinstance(error, Conflict)
        ),
        "assignee_is_winner": after.assignee_id == house.agents[winner].user_id,
        "versions": after.version - ticket.version,
        "facts": TicketEvent.objects.filter(ticket=ticket, kind="assigned").count(),
        "entries": entries("desk.assign", ticket),
    }


def reply(house: House, number: int) -> Outcome:
    """Eight agents answer the same message."""
    ticket = house.open(number)
    mails = OutboxMessage.objects.count()

    def act(client: int) -> Any:
        return desk.reply(
            actor=house.agents[client],
            ticket_id=ticket.pk,
            body=f"It is on its way, says {client}.",
            version=ticket.version,
            now=NOW + dt.timedelta(minutes=5),
        )

    results = at_once(act)
    return tell(results) | {
        "replies": Message.objects.filter(ticket=ticket, kind="reply").count(),
        "mails": OutboxMessage.objects.count() - mails,
        "entries": entries("desk.reply", ticket),
    }


def approve(house: House, number: int) -> Outcome:
    """Two managers press the button four times each."""
    asked = approvals.request(
        actor=house.agents[0],
        purpose="trial.race",
        subject=("desk.ticket", house.open(number).pk),
        summary="Race",
        digest="d" * 64,
        capability=DECIDE,
        expires_at=NOW + dt.timedelta(days=1),
        now=NOW,
    )
    results = at_once(
        lambda client: approvals.decide(actor=house.deciders[client % 2], approval_id=asked, approve=True, now=NOW)
    )
    return tell(results) | {
        "votes": Vote.objects.filter(approval_id=asked).count(),
        "state": Approval.objects.get(pk=asked).state,
    }


def grant(house: House, number: int) -> Outcome:
    """One agent, with 100 to grant a day, grants 30 eight times at once."""
    agent = house.hire(f"Newcomer {number}", Role.AGENT)
    results = at_once(
        lambda client: people.use_authority(
            actor=agent, remedy="refund", amount=Decimal(30), subject=("desk.ticket", client + 1), now=NOW
        )
    )
    granted = AuthorityUse.objects.filter(user_id=agent.user_id).values_list("amount", flat=True)
    return tell(results) | {"granted": str(sum(granted))}


def halves(house: House, number: int) -> Outcome:
    """Two who may each agree to 10,000 grant eight bids of 3,000 for one plan at once."""
    given = {"actor": house.planner, "now": NOW}
    starts = NOW.date()
    plan = plans.create(
        name=f"Plan {number}",
        owner_id=house.planner.person_id,
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=180),
        **given,
    )
    asked = []
    for client in range(CLIENTS):
        bid = bids.save(
            bid_id=None,
            name=f"Part {client} of {number}",
            plan_id=plan,
            kind="people",
            asked=Decimal(1),
            monthly=Decimal(500),
            months=6,
            justification="Part of one thing",
            fallbacks=[],
            needed_from=starts,
            **given,
        )
        decider = house.deciders[client % 2].person_id
        asked.append(bids.send(bid_id=bid, approver_id=decider, **given))
    results = at_once(
        lambda client: approvals.decide(
            actor=house.deciders[client % 2], approval_id=asked[client], approve=True, now=NOW
        )
    )
    agreed = Approval.objects.filter(pk__in=asked, state="approved").values_list("amount", flat=True)
    return tell(results) | {"agreed": str(sum(agreed))}


def arrive(house: House, number: int) -> Outcome:
    """Eight messages of one new customer arrive at once."""
    email = f"newcomer{number}@example.test"
    results = at_once(lambda client: house.open(client, email=email).number)
    numbers = sorted(each for each in results if isinstance(each, int))
    return tell(results) | {
        "consecutive": numbers == list(range(numbers[0], numbers[0] + CLIENTS)),
        "customers": Customer.objects.filter(email=email).count(),
    }


def storm(house: House, number: int) -> Outcome:
    """Everything at once on two tickets, nobody naming a version: whatever is done is counted, nobody is locked out."""
    tickets = [house.open(2 * number), house.open(2 * number + 1)]
    draw = random.Random(number)
    plan = [(draw.randrange(6), tickets[draw.randrange(2)].pk) for _ in range(CLIENTS)]

    def act(client: int) -> Any:
        kind, ticket_id = plan[client]
        agent = house.agents[client]
        given = {"actor": agent, "ticket_id": ticket_id, "now": NOW}
        small = Remedy(kind="refund", amount=Decimal("0.01"))
        acts: tuple[Callable[[], Any], ...] = (
            lambda: desk.reply(body="On its way.", remedy=small, **given),
            lambda: desk.customer_message(body="Any news?", **given),
            lambda: desk.assign(assignee_id=agent.user_id, **given),
            lambda: desk.change_fields(tags=[f"tag {client % 3}"], **given),
            lambda: desk.reply(body="Solved.", then="resolve", **given),
            lambda: desk.fire_due(now=NOW + dt.timedelta(days=1)),
        )
        with contextlib.suppress(Conflict, Refused):
            return acts[kind]()
        return None

    results = at_once(act)
    spoken = {0: "reply", 1: "customer", 4: "reply"}
    wanted = sum(kind in spoken and result is not None for (kind, _), result in zip(plan, results, strict=True))
    written = Message.objects.filter(ticket__in=tickets).count() - len(tickets)
    return {"faults": tell(results)["refused"], "all_words_kept": wanted == written}


RACES = {
    "take": take,
    "reply": reply,
    "approve": approve,
    "grant": grant,
    "halves": halves,
    "arrive": arrive,
    "storm": storm,
}


def run_rounds(
    race: Callable[[House, int], Outcome], house: House, *, first: int, given: argparse.Namespace
) -> Iterator[Outcome]:
    """Yield what each round came to, one round at least."""
    until = time.monotonic() + given.seconds
    for number in range(first, first + given.rounds):
        yield race(house, number)
        if time.monotonic() > until:
            return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25, help="rounds of each race at most")
    parser.add_argument("--seconds", type=float, default=10.0, help="begin no other round of a race after this")
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    house = House()
    told = {}
    for place, (name, race) in enumerate(RACES.items()):
        outcomes = list(run_rounds(race, house, first=place * 1_000_000, given=given))
        told[name] = [json.loads(text) for text in sorted({json.dumps(each, sort_keys=True) for each in outcomes})]
    at_once(lambda _client: connection.close())
    connection.close()
    sys.stdout.write(json.dumps({"database": connection.vendor, "rounds": given.rounds, "races": told}) + "\n")


if __name__ == "__main__":
    main()
