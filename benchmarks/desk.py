"""How quick the desk is with 100,000 tickets on SQLite: list, ticket, Today, and tickets opened a second.

Pages are asked for through the whole stack (middleware, queries, templates) in one process. django-helpdesk does the
same work in the same run: an environment of its own is made for it in a temporary directory, so the package index must
be within reach. `--alone` leaves it out.

    python benchmarks/desk.py [--tickets 100000] [--alone]
"""

import argparse
import datetime as dt
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from typing import Any

PEERS = pathlib.Path(__file__).resolve().parent / "peers"

PEER = "django-helpdesk==2.6.1"
LIST_P95_TARGET_MS = 150.0
PAGES = ("list_open", "list_all", "ticket", "dashboard")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tickets", type=int, default=100_000)
    options.add_argument("--alone", action="store_true", help="do not measure the peer")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellserved-bench-") as folder:
        ours = measure_ours(asked.tickets, folder)
        peer = None if asked.alone else measure_peer(asked.tickets, folder, clock_now())
    answer: dict[str, object] = {
        "benchmark": "desk",
        "target_list_p95_ms": LIST_P95_TARGET_MS,
        "met": max(ours[name]["p95_ms"] for name in PAGES[:2]) <= LIST_P95_TARGET_MS,
        "ours": ours,
    }
    if peer:
        answer |= {"peer": {"name": PEER, **peer}, "times_faster_p50": ratios(ours, peer)}
    print(json.dumps(answer, indent=2))


def ratios(ours: dict[str, Any], peer: dict[str, Any]) -> dict[str, float]:
    """Return how many times quicker ours answers at the median, and opens tickets."""
    pages = {name: round(peer[name]["p50_ms"] / ours[name]["p50_ms"], 1) for name in PAGES}
    return {**pages, "created_per_second": round(ours["created_per_second"] / peer["created_per_second"], 1)}


def measure_peer(count: int, folder: str, now: dt.datetime) -> dict[str, Any]:
    """Install the peer beside us and let it do the same."""
    venv.create(f"{folder}/peer", with_pip=True)
    python = f"{folder}/peer/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=True, stdout=sys.stderr)
    done = subprocess.run(
        [python, "-W", "ignore", PEERS / "django_helpdesk.py", str(count), now.isoformat()],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def clock_now() -> dt.datetime:
    """Return the time; the clock can be read once the installation is set up."""
    from wellserved.platform import clock

    return clock.now()


def measure_ours(count: int, folder: str) -> dict[str, Any]:
    """Fill an empty installation and ask for its pages."""
    os.environ["WELLSERVED_VAR"] = f"{folder}/ours"
    pathlib.Path(folder, "ours").mkdir()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    return measure(count)


def measure(count: int) -> dict[str, Any]:
    from django.test import Client

    from wellserved.apps.accounts import samples
    from wellserved.apps.accounts.models import User
    from wellserved.apps.desk.models import Ticket
    from wellserved.demo import service
    from wellserved.platform import clock

    now = clock.now()
    begun = time.perf_counter()
    service.load_sample(now=now)
    fill(count, now)
    loaded = time.perf_counter() - begun
    assert samples.exist()
    client = Client()
    client.force_login(User.objects.get(email="amara@larkfield.example"))
    numbers = list(Ticket.objects.filter(origin="sample").order_by("-id").values_list("number", flat=True)[:40])
    figures = {
        "list_open": pages(client, ["/inbox?view=all_open"] * 40),
        "list_all": pages(client, ["/inbox?view=resolved"] * 40),
        "ticket": pages(client, [f"/c/{number}" for number in numbers]),
        "dashboard": pages(client, ["/"] * 40),
    }
    return {
        "tickets": Ticket.objects.count(),
        "loaded_per_second": round(count / loaded),
        **figures,
        "created_per_second": opened_per_second(now),
    }


def fill(count: int, now: dt.datetime) -> None:
    """Add closed history until there are `count` tickets."""
    from wellserved.apps.desk.actions import load
    from wellserved.apps.desk.models import Ticket

    missing = count - Ticket.objects.count()
    load.load_history(records=plain_tickets(missing, now), origin="sample", system="bench", batch=None, now=now)


def plain_tickets(count: int, now: dt.datetime) -> Iterator[object]:
    from wellserved.apps.desk.historic import HistoricCustomer, HistoricEvent, HistoricMessage, HistoricTicket
    from wellserved.apps.desk.types import MessageKind

    rng = random.Random(5)
    people = [HistoricCustomer(key=f"b{i}", name=f"Customer {i}", email=f"b{i}@customer.example") for i in range(5000)]
    queues = ("Customer care", "Orders and delivery", "Billing and returns")
    for index in range(count):
        at = now - dt.timedelta(seconds=rng.randrange(86400, 86400 * 360))
        reply = at + dt.timedelta(seconds=rng.randrange(300, 20000))
        stays_open = index % 50 == 0
        yield HistoricTicket(
            external_id=str(index),
            opened_at=at,
            subject=f"Order {index} about a lamp",
            customer=rng.choice(people),
            queue=rng.choice(queues),
            events=(
                HistoricEvent(at=at, kind="opened", status="new"),
                HistoricEvent(at=reply, kind="agent_reply"),
                HistoricEvent(at=reply, kind="status_changed", status="open" if stays_open else "resolved"),
            ),
            messages=(
                HistoricMessage(at=at, kind=MessageKind.CUSTOMER, body="Where is my lamp? It was due on Monday."),
                HistoricMessage(at=reply, kind=MessageKind.REPLY, body="It is on the van today."),
            ),
        )


def pages(client: object, urls: list[str]) -> dict[str, float]:
    """Return p50 and p95 of answering these, after one answer that warms up."""
    took = [timed(lambda url=url: client.get(url)) for url in [urls[0], *urls]][1:]  # type: ignore[attr-defined, misc]
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1)}


def timed(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    response = ask()
    took = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, response.status_code  # type: ignore[attr-defined]
    return took


def opened_per_second(now: dt.datetime, rounds: int = 200) -> float:
    from wellserved.apps.accounts import queries as accounts
    from wellserved.apps.desk import actions
    from wellserved.apps.desk.models import Customer
    from wellserved.platform.origin import World

    actor = accounts.system_actor(world=World.SAMPLE)
    customer = Customer.objects.filter(origin="sample").first()
    begun = time.perf_counter()
    for index in range(rounds):
        actions.open_ticket(
            actor=actor, subject=f"Bench {index}", body="A lamp is late.", customer_id=customer.pk, now=now
        )
    return round(rounds / (time.perf_counter() - begun), 1)


if __name__ == "__main__":
    main()
