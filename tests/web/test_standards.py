"""The pages of standards and partners: what they cost at two sizes, and what a person meets on them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.personas import NOW, Persona
from tests.web.conftest import Service
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards.actions import commitments, partners
from wellserved.apps.standards.models import Calendar, Standard, StandardVersion
from wellserved.platform import clock

LONG_AGO = NOW.date()


@pytest.fixture
def calendar(amira: Persona) -> int:
    clocks.create_default_standards(actor=amira.actor, now=NOW)
    return Calendar.objects.get().pk


def make_standards(who: Persona, calendar: int, *, first: int, count: int) -> None:
    """Write live standards at once, as one action after another would."""
    one = commitments.save_draft(
        actor=who.actor,
        standard_id=None,
        answers={
            "name": f"Standard {first:04}",
            "expectation": "They wait.",
            "promise": "Within a day.",
            "measure": "first_reply",
            "source": "desk",
            "target": 0.9,
            "seconds": 3600,
            "calendar": calendar,
            "audience": "customers",
            "frequency": "week",
            "effective_on": LONG_AGO,
            "owner_id": who.user.pk,
            "review_on": dt.date(2099, 1, 1),
        },
        now=NOW,
    )
    commitments.agree(actor=who.actor, standard_id=one.pk, now=NOW)
    commitments.put_live(actor=who.actor, standard_id=one.pk, now=NOW)
    row = Standard.objects.get(pk=one.pk)
    version = row.versions.get()
    copies = [
        Standard(
            name=f"Standard {at:04}",
            audience=row.audience,
            state=row.state,
            measure=row.measure,
            owner=row.owner,
            review_on=row.review_on,
            effective_on=row.effective_on,
            policy=row.policy,
            carried_from=row.carried_from,
        )
        for at in range(first + 1, first + count)
    ]
    Standard.objects.bulk_create(copies)
    StandardVersion.objects.bulk_create(
        StandardVersion(
            standard=copy, number=1, content=version.content, effective_on=version.effective_on, created_at=NOW
        )
        for copy in copies
    )


def count_queries(who: Persona, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert who.client.get(path).status_code == 200
    return len(seen)


def test_the_register_costs_the_same_with_five_standards_and_with_five_hundred(amira: Persona, calendar: int) -> None:
    amira.client.get("/docs/errors")
    make_standards(amira, calendar, first=0, count=5)
    few = count_queries(amira, "/standards")
    make_standards(amira, calendar, first=5, count=495)
    assert (Standard.objects.count(), count_queries(amira, "/standards")) == (500, few)
    page = amira.client.get("/standards").content.decode()
    assert (page.count('<th scope="row">'), 'rel="next"' in page) == (50, True)


def test_the_partners_cost_the_same_with_five_and_with_five_hundred(amira: Persona) -> None:
    amira.client.get("/docs/errors")

    def add(first: int, last: int) -> None:
        for at in range(first, last):
            partners.save_partner(actor=amira.actor, partner_id=None, name=f"Partner {at:03}", now=NOW)

    add(0, 5)
    few = count_queries(amira, "/partners")
    add(5, 500)
    assert count_queries(amira, "/partners") == few


def test_a_template_fills_every_step_and_going_back_loses_nothing(amira: Persona, calendar: int) -> None:
    page = amira.client.get("/standards/new?from=first_reply_day").content.decode()
    assert "Customers expect to hear from a person within a working day." in page
    amira.client.post("/standards/new", {"starter": "first_reply_day", "expectation": "A reply by tomorrow."})
    row = Standard.objects.get()
    assert (row.draft["expectation"], row.draft["target"], row.draft["seconds"]) == (
        "A reply by tomorrow.",
        0.95,
        30_600,
    )
    back = amira.client.post(
        f"/standards/{row.pk}/shape/measure",
        {
            "measure": "first_reply",
            "aim": "92.5",
            "within": "4 h",
            "calendar": calendar,
            "source": "desk",
            "intent": "back",
        },
    )
    assert back.headers["Location"] == f"/standards/{row.pk}/shape/promise"
    assert (Standard.objects.get().draft["target"], Standard.objects.get().draft["seconds"]) == (0.925, 14_400)


def test_what_was_typed_stays_when_a_step_is_refused(amira: Persona, calendar: int) -> None:
    amira.client.post("/standards/new", {"expectation": "A reply by tomorrow."})
    pk = Standard.objects.get().pk
    refused = amira.client.post(
        f"/standards/{pk}/shape/measure", {"measure": "first_reply", "aim": "95", "within": "two days"}
    )
    page = refused.content.decode()
    assert (refused.status_code, 'value="two days"' in page, 'value="95"' in page) == (422, True, True)


def test_an_agent_reads_a_standard_and_is_offered_no_change(amira: Persona, ben: Persona, calendar: int) -> None:
    make_standards(amira, calendar, first=0, count=1)
    page = ben.client.get(f"/standards/{Standard.objects.get().pk}").content.decode()
    assert ("Standard 0000" in page, "Change it" in page, "Retire this standard" in page) == (True, False, False)


def test_a_due_review_stands_on_today_for_a_manager_and_not_for_an_agent(
    service: Service, amira: Persona, ben: Persona
) -> None:
    make_standards(amira, Calendar.objects.get().pk, first=0, count=1)
    Standard.objects.update(review_on=clock.now().date())
    pages = {who.user.name: who.client.get("/today/live").content.decode() for who in (amira, ben)}
    assert {name: "due to be reviewed" in page for name, page in pages.items()} == {
        "Amira Haddad": True,
        "Ben Okafor": False,
    }
