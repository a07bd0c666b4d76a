"""Criteria kept by risks, playbooks, crises and incidents, acted on the sample service through its screens."""

import datetime as dt
import re

import pytest
from django.test import Client

from wellserved.apps.accounts.models import User
from wellserved.apps.desk.models import Affected, Clock
from wellserved.apps.standards.models import Contingency, Crisis, Risk
from wellserved.platform import clock
from wellserved.platform.jobs.worker import Worker
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db
DAYS = 30


@pytest.fixture(autouse=True)
def _sample(sample_of_today: dt.datetime, db: None) -> None:
    """Stand in the sample as it is today."""


def browser(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(name=name))
    return client


@pytest.fixture
def manager() -> Client:
    return browser("Amara Okafor")


@pytest.fixture
def leader() -> Client:
    return browser("Lena Fischer")


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def cell(page: str, name: str) -> str:
    """Return the words of a table's row, without its markup."""
    row = page[page.index(f">{name}</a>") :]
    return " ".join(re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split())


def in_days(days: int) -> str:
    return (clock.now() + dt.timedelta(days=days)).date().isoformat()


def assess(client: Client, title: str, *, likelihood: int = 4, impact: int = 4) -> int:
    given = {
        "title": title,
        "category": "system_loss",
        "likelihood": likelihood,
        "impact": impact,
        "proximity": "month",
        "review_on": in_days(90),
    }
    assert client.post("/risks/new", given).status_code == 302
    return Risk.objects.get(title=title).pk


def test_U34_2_3(manager: Client, leader: Client):
    """A risk at 16 of 25 without a rehearsed playbook says so on the register and on Today; rehearsing clears it."""
    before = html(manager, "/")
    pk = assess(manager, "The telephone is down")
    assert "No playbook" in cell(html(manager, "/risks"), "The telephone is down")
    assert "The telephone is down" not in before
    made = {"name": "Telephone down", "rehearse_months": 6, "what_0": "Call the supplier", "role_0": "Manager"}
    assert manager.post("/contingencies/new", made).status_code == 302
    playbook = Contingency.objects.get(name="Telephone down").pk
    manager.post(f"/risks/{pk}/playbooks", {"playbooks": playbook})
    assert "Playbook not rehearsed" in cell(html(manager, "/risks"), "The telephone is down")
    held = {"held_on": in_days(0), "who": "All", "result": "worked", "findings": "Ten minutes."}
    assert leader.post(f"/contingencies/{playbook}/rehearse", held).status_code == 302
    assert "Playbook rehearsed" in cell(html(manager, "/risks"), "The telephone is down")
    assert "The telephone is down" not in html(manager, "/risks?view=uncovered")


def test_POC_P5(manager: Client):
    """A risk that is added stands in the matrix and changes the expected loss in the verdict."""
    before = html(manager, "/risks")
    empty = html(manager, "/risks?at=5x4")
    assess(manager, "A strike of the couriers", likelihood=5, impact=4)
    after = html(manager, "/risks")
    verdict = re.compile(r"cost an expected £([\d,]+)")
    lost = [int(verdict.search(page)[1].replace(",", "")) for page in (before, after)]  # type: ignore[index]
    # 12 events a year of a mean of (20,000 + 4 x 50,000 + 125,000) / 6.
    assert lost[1] - lost[0] == pytest.approx(690_000, abs=1)
    assert "A strike of the couriers" not in empty
    assert "A strike of the couriers" in html(manager, "/risks?at=5x4")


def test_POC_P6(manager: Client, leader: Client):
    """A rehearsal is logged with what is to change and takes the playbook off Today's list."""
    due = Contingency.objects.get(name="Many tickets at once")
    assert due.name in html(manager, "/contingencies?view=rehearsal_due")
    held = {
        "held_on": in_days(0),
        "who": "Care",
        "result": "partly",
        "findings": "The text was out of date.",
        "to_change": "Review the text each month.",
    }
    leader.post(f"/contingencies/{due.pk}/rehearse", held)
    assert "Review the text each month." in html(manager, f"/contingencies/{due.pk}")
    assert due.name not in html(manager, "/contingencies?view=rehearsal_due")


def test_POC_K4(manager: Client):
    """The typology stands as prompts; a chosen one begins a risk of its kind, which the list then counts."""
    page = html(manager, "/risks/usual")
    kinds = ("Absence of staff", "Surge of demand", "Loss of a system", "Failure of a supplier",
             "Weather and premises", "Breach of personal data")  # fmt: skip
    assert [kind for kind in kinds if kind in page] == list(kinds)
    assert 'value="Nobody can reach the office"' in html(manager, "/risks/new?from=weather")
    assert 'value="Nobody can reach the office"' not in html(manager, "/risks/new")


def test_F17_K3(manager: Client):
    """The prompts are filled in from the past year's own late promises."""
    page = html(manager, "/risks/usual")
    said = re.search(r"([\d,]+) promises were late in (\d+) weeks", page)
    assert said
    assert "seen here" in page
    assert said[0] in html(manager, "/risks/new?from=absence")
    Clock.objects.filter(is_kept=False).update(is_kept=True)
    assert "promises were late" not in html(manager, "/risks/usual")
    assert "seen here" not in html(manager, "/risks/usual")


def test_F17_B1(leader: Client, manager: Client):
    """A declared crisis stands on everybody's Today until its first proposal has been timed."""
    agent = browser("Ben Dahl")
    assert "Crisis:" not in html(agent, "/")
    leader.post("/crises/new", {"title": "The tills are down", "what": "All shops, since nine."})
    pk = Crisis.objects.get(title="The tills are down").pk
    assert "nobody has proposed what to do" in html(agent, "/")
    leader.post(f"/crises/{pk}/propose", {"course": "Take cash.", "because": "The supplier needs an hour."})
    assert "nobody has proposed what to do" not in html(agent, "/")
    assert "The first proposal came after" in html(manager, f"/crises/{pk}")
    leader.post(f"/crises/{pk}/status", {"line": "Our tills are down."})
    assert "Our tills are down." in html(agent, "/status")


def test_F6_1_6(leader: Client):
    """A fed list of forty delayed orders is told before any contact, and those who never ask are counted as spared."""
    orders = "\n".join(f"delayed-{n}@mail.example,{9000 + n}" for n in range(40))
    sent = {"title": "Forty orders are late", "list": f"email,order\n{orders}"}
    made = leader.post("/incidents/new", sent)
    pk = int(made.headers["Location"].rpartition("/")[2])
    assert Affected.objects.filter(incident=pk).count() == 40
    notice = {"notice": "Order {reference} is late.", "version": 1}
    assert "Order 9000 is late." in " ".join(
        leader.post(f"/incidents/{pk}/notice", notice | {"intent": "preview"}).content.decode().split()
    )
    assert not OutboxMessage.objects.filter(subject_kind="desk.incident", subject_id=pk).exists()
    leader.post(f"/incidents/{pk}/notice", notice | {"intent": "send"})
    Worker(with_loops=False).drain()
    assert OutboxMessage.objects.filter(subject_kind="desk.incident", subject_id=pk).count() == 40
    leader.post("/inbox/new", {"subject": "Late", "body": "Where?", "customer_email": "delayed-3@mail.example"})
    assert "40 of 40 customers have been told" in html(leader, f"/incidents/{pk}")
