"""The same work in django-helpdesk: run by `benchmarks/desk.py` with an interpreter that has the package.

    python benchmarks/peers/django_helpdesk.py TICKETS NOW

Makes a SQLite database in a directory of its own, fills it with closed and open tickets of two follow-ups each, asks
for the pages in this process as `desk.py` does for ours, and prints JSON. The list is the data request that its list
page makes; the dashboard is its first page.
"""

import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterable, Sequence
from typing import Any

BATCH = 2_000
OPEN, RESOLVED = 1, 3


def configure(folder: str) -> None:
    from django.conf import settings

    routes = types.ModuleType("peer_routes")
    sys.modules["peer_routes"] = routes
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="peer_routes",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/peer.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.sites",
            "django.contrib.humanize",
            "django.contrib.staticfiles",
            "django.contrib.admin",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        SITE_ID=1,
        USE_TZ=True,
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KANBAN_BOARD_ENABLED=False,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )
    import django

    django.setup()
    from django.contrib import admin
    from django.urls import include, path

    routes.urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]


def fill(count: int, now: dt.datetime) -> None:
    from django.contrib.auth.models import User
    from helpdesk.models import FollowUp, Queue, Ticket

    rng = random.Random(5)
    User.objects.create_superuser("manager", "manager@larkfield.example", "manager")
    queues = [
        Queue.objects.create(title=name, slug=name.split()[0].lower())
        for name in ("Customer care", "Orders and delivery", "Billing and returns")
    ]
    for first in range(0, count, BATCH):
        tickets = [
            Ticket(
                title=f"Order {index} about a lamp",
                queue=rng.choice(queues),
                created=(at := now - dt.timedelta(seconds=rng.randrange(86_400, 86_400 * 360))),
                modified=at,
                submitter_email=f"b{rng.randrange(5000)}@customer.example",
                description="Where is my lamp? It was due on Monday.",
                status=OPEN if index % 50 == 0 else RESOLVED,
                secret_key=f"{index:036d}",
            )
            for index in range(first, min(first + BATCH, count))
        ]
        Ticket.objects.bulk_create(tickets)
        FollowUp.objects.bulk_create(
            FollowUp(ticket=ticket, date=ticket.created, title="Comment", comment=words, public=True)
            for ticket in tickets
            for words in ("Where is my lamp? It was due on Monday.", "It is on the van today.")
        )


def query(statuses: Sequence[int]) -> str:
    from helpdesk.query import query_to_base64

    asked = {
        "filtering": {"status__in": list(statuses)},
        "sorting": "created",
        "search_string": "",
        "sortreverse": False,
    }
    return query_to_base64(asked)


def pages(client: Any, urls: Iterable[str]) -> dict[str, float]:
    asked = list(urls)
    took = [timed(lambda url=url: client.get(url)) for url in [asked[0], *asked]][1:]
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1)}


def timed(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    response = ask()
    took = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, (response.status_code, response.content[:300])
    return took


def created_per_second(rounds: int = 200) -> float:
    """Open tickets the way its public form does, form and mail handling included, without the HTTP around it."""
    from helpdesk.forms import PublicTicketForm
    from helpdesk.models import Queue

    queue = Queue.objects.first()
    Queue.objects.update(allow_public_submission=True)
    begun = time.perf_counter()
    for index in range(rounds):
        form = PublicTicketForm(
            data={
                "queue": queue.pk,
                "title": f"Bench {index}",
                "body": "A lamp is late.",
                "priority": 3,
                "submitter_email": f"c{index}@customer.example",
            }
        )
        assert form.is_valid(), form.errors
        form.save(user=None)
    return round(rounds / (time.perf_counter() - begun), 1)


def main() -> None:
    count, now = int(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="wellserved-peer-") as folder:
        configure(folder)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from django.contrib.auth.models import User
        from django.test import Client
        from helpdesk.models import Ticket

        fill(count, now)
        client = Client()
        client.force_login(User.objects.get(username="manager"))
        listed = (
            "/datatables_ticket_list/{}?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=asc&search[value]="
        )
        figures: dict[str, Any] = {
            "list_open": pages(client, [listed.format(query([OPEN]))] * 10),
            "list_all": pages(client, [listed.format(query([OPEN, RESOLVED]))] * 5),
            "ticket": pages(client, [f"/tickets/{pk}/" for pk in Ticket.objects.values_list("pk", flat=True)[:20]]),
            "dashboard": pages(client, ["/dashboard/"] * 5),
            "created_per_second": created_per_second(),
        }
        print(json.dumps({"tickets": Ticket.objects.count(), **figures}))


if __name__ == "__main__":
    main()
