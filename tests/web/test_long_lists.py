"""Lists people put in order by hand page like every other: policies, calendars, and the names of the house."""

import html
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.personas import Persona
from tests.web.conftest import Service
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Place, Product, Queue, Tag
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy, PolicyVersion

pytestmark = pytest.mark.django_db
NAMED = {"products": Product, "places": Place, "tags": Tag}


def page_of(who: Persona, path: str) -> str:
    answer = who.client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def next_of(text: str, name: str) -> str:
    """Return the address that continues the list whose cursor is called so."""
    [found] = [url for url in re.findall(r'href="([^"]+)" rel="next"', text) if f"{name}=" in url]
    return found


def count_queries(who: Persona, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        page_of(who, path)
    return len(seen)


def more_policies(count: int, *, first: int) -> None:
    kept = PolicyVersion.objects.order_by("pk").first()
    assert kept is not None
    rows = Policy.objects.bulk_create(
        Policy(name=f"Policy {at:03}", position=at, version=1) for at in range(first, first + count)
    )
    PolicyVersion.objects.bulk_create(
        PolicyVersion(
            policy=row,
            number=1,
            conditions={},
            targets=kept.targets,
            escalation=[],
            effective_from=kept.effective_from,
            created_at=kept.created_at,
        )
        for row in rows
    )


def more_calendars(count: int) -> None:
    kept = CalendarVersion.objects.order_by("pk").first()
    assert kept is not None
    rows = Calendar.objects.bulk_create(Calendar(name=f"Calendar {at:03}", version=1) for at in range(count))
    CalendarVersion.objects.bulk_create(
        CalendarVersion(
            calendar=row,
            number=1,
            spec=kept.spec,
            effective_from=kept.effective_from,
            created_at=kept.created_at,
            tzdata=kept.tzdata,
        )
        for row in rows
    )


def test_policies_and_calendars_page_each_by_itself_and_every_one_is_reached(service: Service) -> None:
    more_policies(70, first=2)
    more_calendars(60)
    first = page_of(service.manager, "/standards/policies")
    second = page_of(service.manager, next_of(first, "after"))
    shown = [re.findall(r'<h3><a href="/standards/policies/(\d+)"', text) for text in (first, second)]
    assert [len(rows) for rows in shown] == [50, 21]
    assert [int(pk) for rows in shown for pk in rows] == list(
        Policy.objects.order_by("position").values_list("pk", flat=True)
    )
    assert 'aria-hidden="true">51<' in second
    assert second.count("every ticket no standard above holds for") == 21
    calendars = page_of(service.manager, next_of(first, "calendars"))
    assert ("Calendar 059" in first, "Calendar 059" in calendars) == (False, True)


def test_what_was_kept_stands_beside_the_policies_and_not_in_their_place(service: Service) -> None:
    desk.reply(actor=service.agent.actor, ticket_id=service.ticket_id, body="It left.", now=service.now)
    text = page_of(service.manager, "/standards/policies")
    assert "Kept in the last 30 days" in text
    assert re.findall(r'<h3><a href="/standards/policies/(\d+)"', text) == [str(Policy.objects.get().pk)]


def test_the_costs_do_not_grow(service: Service) -> None:
    paths = ["/standards/policies", "/standards/policies?view=retired", *(f"/settings/lists/{name}" for name in NAMED)]
    service.manager.client.get("/docs/errors")
    more_policies(3, first=2)
    for model in NAMED.values():
        model.objects.create(name="A first one")
    few = [count_queries(service.manager, path) for path in paths]
    more_policies(120, first=10)
    more_calendars(120)
    for model in NAMED.values():
        model.objects.bulk_create(model(name=f"Name {at:03}") for at in range(120))
    assert [count_queries(service.manager, path) for path in paths] == few


def test_a_policy_moves_over_the_end_of_a_page_and_the_page_stays(service: Service) -> None:
    more_policies(60, first=2)
    after = next_of(page_of(service.manager, "/standards/policies"), "after")
    [moved, above] = Policy.objects.order_by("-position").filter(position__in=[50, 51])
    cursor = after.partition("after=")[2]
    answer = service.manager.client.post(
        f"/standards/policies/{moved.pk}/move", {"direction": "up", "after": html.unescape(cursor)}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/standards/policies?after=")
    places = dict(Policy.objects.filter(pk__in=[moved.pk, above.pk]).values_list("pk", "position"))
    assert places == {moved.pk: 50, above.pk: 51}


@pytest.mark.parametrize("name", NAMED)
def test_a_list_of_names_goes_on(service: Service, name: str) -> None:
    NAMED[name].objects.bulk_create(NAMED[name](name=f"Name {at:03}") for at in range(60))
    first = page_of(service.manager, f"/settings/lists/{name}")
    second = page_of(service.manager, next_of(first, "after"))
    assert ("Name 059" in first, "Name 059" in second, 'rel="next"' in second) == (False, True, False)


def test_a_name_changed_on_the_second_page_leads_back_to_it(service: Service) -> None:
    Queue.objects.bulk_create(Queue(name=f"Queue {at:03}") for at in range(60))
    first = page_of(service.manager, "/settings/lists/queues")
    cursor = next_of(first, "after").partition("after=")[2]
    last = Queue.objects.get(name="Queue 059")
    answer = service.manager.client.post(
        "/settings/lists/queues/save", {"entry": last.pk, "name": "Queue 059 b", "after": cursor}
    )
    assert "after=" in answer.headers["Location"]
    assert Queue.objects.get(pk=last.pk).name == "Queue 059 b"
