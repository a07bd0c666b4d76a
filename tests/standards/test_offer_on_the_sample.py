"""What expectations, offer, vision and cards show on the sample service, beyond the criteria they keep."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.standards.test_rows_offer import browser, html, in_days, line
from wellserved.apps.standards.models import Objective, Segment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sample(sample_of_today: dt.datetime, db: None) -> None:
    """Stand in the sample as it is today."""


@pytest.fixture
def manager() -> Client:
    return browser("Amara Okafor")


PAGES = (
    "/expectations",
    "/expectations?cover=unserved",
    "/expectations/new",
    "/expectations/segments",
    "/expectations/segments/new?from=business",
    "/offer",
    "/offer?view=coverage",
    "/offer/new",
    "/promises",
    "/promises/publish",
    "/vision",
    "/vision/edit",
    "/vision/objectives/new",
    "/learning",
    "/standards/new",
    "/customers",
    "/",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_offer_opens_on_the_sample(manager: Client, path: str) -> None:
    assert "<h1>" in html(manager, path)


def test_expectations_are_ranked_by_segment_with_source_and_age(manager: Client) -> None:
    """The ranking by a survey with intervals awaits part 4."""
    segment = Segment.objects.get(name="Business customers")
    page = html(manager, f"/expectations?segment={segment.pk}")
    titles = ("One person knows us", "Deliveries come on the day agreed", "Invoices are right the first time")
    places = [page.index(f">{title}</a>") for title in titles]
    assert places == sorted(places)
    assert "old source" in line(page, "One person knows us")
    assert "old source" not in line(page, "Invoices are right the first time")


def test_an_objective_is_set_settled_and_gone_from_the_open_ones(manager: Client) -> None:
    """The allocation that cites it belongs to the delivery plan."""
    body = {"name": "Fewer calls twice", "measured_by": "One in twenty calls again", "due_on": in_days(60)}
    wish = manager.post("/vision/objectives/new", body | {"measured_by": ""})
    assert (wish.status_code, Objective.objects.filter(name="Fewer calls twice").exists()) == (422, False)
    assert manager.post("/vision/objectives/new", body).status_code == 302
    made = Objective.objects.get(name="Fewer calls twice")
    assert "Fewer calls twice" in html(browser("Ben Dahl"), "/vision")
    settled = {"state": "met", "outcome": "One in thirty in May", "version": made.version}
    assert manager.post(f"/vision/objectives/{made.pk}/settle", settled).status_code == 302
    assert "Fewer calls twice" not in html(browser("Ben Dahl"), "/vision")


def test_a_card_begins_with_the_worst_week_of_the_own_past(manager: Client) -> None:
    assert re.search(
        r"broken in half a year \d+ broke in the week of \d+ [A-Z][a-z]{2} \d{4} in ", html(manager, "/learning")
    )


def test_a_card_names_who_may_decide_more(manager: Client) -> None:
    page = html(browser("Ben Dahl"), "/learning")
    assert "You may refund up to 50.00 GBP alone. Above that you ask" in page


def test_a_card_counts_who_waits_in_silence(manager: Client) -> None:
    """Satisfaction with and without timely updates awaits part 4."""
    assert re.search(r"\d+ open tickets wait over two days for our answer", html(manager, "/learning"))


def test_the_promises_are_public_until_they_are_withdrawn(manager: Client) -> None:
    page = manager.get("/promises")
    assert len(page.content) < 25_000
    assert "A person answers you within four hours, day or night." in page.content.decode()
    assert Client().get("/promises").status_code == 404
    assert manager.post("/promises/withdraw").status_code == 302
    assert manager.get("/promises").status_code == 404
