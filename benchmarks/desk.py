"""How quick the desk is with 100,000 tickets on SQLite: list, ticket, Today, and tickets opened a second.

Pages are asked for through the whole stack (middleware, queries, templates) in one process. The figures of
django-helpdesk 2.6.1 with as many tickets, measured on a like machine through its own server, stand beside ours:
they were not taken in the same run, so read the ratio as an order of magnitude.

    python benchmarks/desk.py [tickets]
"""

import datetime as dt
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

REFERENCE = {
    "list_open": {"p50_ms": 501, "p95_ms": 617},
    "list_all": {"p50_ms": 3600, "p95_ms": 5500},
    "ticket": {"p50_ms": 92, "p95_ms": 117},
    "dashboard": {"p50_ms": 6700, "p95_ms": 9900},
    "created_per_second": 11.5,
}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    os.environ["WELLSERVED_VAR"] = tempfile.mkdtemp(prefix="wellserved-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    print(json.dumps(measure(count), indent=2))


def measure(count: int) -> dict[str, object]:
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
    created = opened_per_second(now)
    ratios = {
        name: round(REFERENCE[name]["p50_ms"] / figure["p50_ms"], 1)  # type: ignore[index]
        for name, figure in figures.items()
    }
    return {
        "tickets": Ticket.objects.count(),
        "loaded_per_second": round(count / loaded),
        "ours": {**figures, "created_per_second": created},
        "reference": REFERENCE,
        "ratio_p50": {**ratios, "created": round(created / REFERENCE["created_per_second"], 1)},  # type: ignore[operator]
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
