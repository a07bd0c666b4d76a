"""A trial of many clients on a database of its own, run as a process: `python -m tests.apps.ledger.trial`.

DATABASE_URL names the empty database. Each client commits small acts; sequencers, deliverers and approvers compete.
The result is one line of JSON; who runs it judges the numbers.
"""

import argparse
import contextlib
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings_test")
os.environ.setdefault("WELLSERVED_LOG_LEVEL", "CRITICAL")

import django

django.setup()

# ruff: noqa: E402 (Django must be set up before its models are imported)

from django.core.management import call_command
from django.db import connection, transaction

from tests.apps.ledger import world
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.ledger import actions, queries
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.models import Approval, Comment, Entry, Vote
from wellserved.platform import clock, events
from wellserved.platform.errors import Conflict

REST_SECONDS = 0.03


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--acts", type=int, default=60, help="acts of each client")
    parser.add_argument("--sealers", type=int, default=1)
    parser.add_argument("--deliverers", type=int, default=0)
    parser.add_argument("--races", type=int, default=0, help="approvals that all clients decide at once")
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    world.register_kind()
    actor = world.person()
    result = {"database": connection.vendor, "clients": given.clients, **compete(given, actor)}
    if given.races:
        result["winners"] = race(given.races, given.clients)
    connection.close()
    sys.stdout.write(json.dumps(result) + "\n")


def compete(given: argparse.Namespace, actor) -> dict[str, object]:
    """Let clients act while sequencers seal and deliverers deliver."""
    events.subscribe(world.Happened, hear, name="trial.listener")
    teams = [Team.objects.create(name=f"Team {i}").pk for i in range(given.clients)]
    acted, waits = threading.Event(), []

    def client(number: int) -> None:
        for i in range(given.acts):
            began = time.perf_counter()
            act(actor, teams[number], i)
            waits.append(time.perf_counter() - began)

    def sealer(_number: int) -> None:
        while not (acted.is_set() and not Entry.objects.filter(sequence=None).exists()):
            actions.seal(now=clock.now())
            time.sleep(REST_SECONDS)

    def deliverer(_number: int) -> None:
        while not acted.is_set():
            actions.dispatch(now=clock.now(), limit=20)
            time.sleep(REST_SECONDS)

    began = time.perf_counter()
    with running(sealer, given.sealers), running(deliverer, given.deliverers):
        with running(client, given.clients):
            pass
        acts_done = time.perf_counter() - began
        acted.set()
    seconds = time.perf_counter() - began
    actions.dispatch(now=clock.now(), limit=10_000)
    total = given.clients * given.acts
    numbers = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
    waits.sort()
    return {
        "acts": total,
        "acts_a_second": round(total / acts_done, 1),
        "sealed_a_second": round(total / seconds, 1),
        "median_ms": round(1000 * waits[len(waits) // 2], 2),
        "p95_ms": round(1000 * waits[int(len(waits) * 0.95)], 2),
        "gapless": numbers == list(range(1, total + 1)),
        "out_of_id_order": count_out_of_order(),
        "heard_once": Comment.objects.count() == total // 10 == len(set(Comment.objects.values_list("body"))),
        "faults": list(queries.verify().faults),
    }


def act(actor, team_id: int, number: int) -> None:
    """Change one small row and record it; every tenth act is announced."""
    with transaction.atomic():
        Team.objects.filter(pk=team_id).update(name=f"Team {team_id} at {number}")
        actions.record(
            actor=actor,
            action="test.renamed",
            subject=(world.KIND, team_id),
            now=clock.now(),
            changes={"name": (f"Team {team_id} at {number - 1}", f"Team {team_id} at {number}")},
            event=world.Happened(record_id=team_id) if number % 10 == 0 else None,
        )


def hear(delivery: events.Delivery) -> None:
    """Leave one row a delivery: hearing something twice leaves two."""
    Comment.objects.create(subject_kind=world.KIND, subject_id=1, body=str(delivery.sequence), written_at=clock.now())


def count_out_of_order() -> int:
    """Return how often a lower id was committed, and so numbered, later."""
    ids = list(Entry.objects.order_by("sequence").values_list("id", flat=True))
    return sum(later < earlier for earlier, later in itertools.pairwise(ids))


def race(rounds: int, clients: int) -> list[int]:
    """Return how many of the clients won each race for one approval: always one."""
    asker = world.person("Asker", "agent")
    deciders = [world.person(f"Decider {i}", "manager") for i in range(clients)]
    winners = []
    for _ in range(rounds):
        now = clock.now()
        asked = approvals.request(
            actor=asker,
            purpose="test.race",
            subject=(world.KIND, 7),
            summary="Race",
            digest="d" * 64,
            capability=DECIDE,
            expires_at=now.replace(year=now.year + 1),
            now=now,
        )
        start = threading.Barrier(clients)

        def decide(number: int, asked: int = asked, start: threading.Barrier = start) -> None:
            start.wait()
            with contextlib.suppress(Conflict):
                approvals.decide(actor=deciders[number], approval_id=asked, approve=True, now=clock.now())

        with running(decide, clients):
            pass
        settled = Approval.objects.filter(pk=asked, state="approved").count()
        winners.append(Vote.objects.filter(approval_id=asked).count() * settled)
    return winners


@contextlib.contextmanager
def running(work: Callable[[int], None], count: int) -> Iterator[None]:
    """Run threads beside the block and wait for them; a failure in one ends the trial."""
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 (reported below)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


if __name__ == "__main__":
    main()
