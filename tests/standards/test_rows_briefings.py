"""The rows on briefing and understanding, each alive: somebody acts on the sample service, and it shows elsewhere."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from tests.standards.conftest import NOW, Colleague
from wellserved.apps.accounts.models import User
from wellserved.apps.development import samples
from wellserved.apps.ledger import tasks as ledger
from wellserved.apps.standards.models import Calendar, Standard, Vision
from wellserved.platform.origin import Origin

pytestmark = pytest.mark.slow

STANDARD = "First reply on deliveries"
VISION = "Our vision: version 2"
CHANGED = {"measure": "first_reply", "aim": "95", "tolerance": "2", "within": "4 h", "source": "desk"}


class Named(Colleague):
    """Somebody of the sample service, by name."""

    def __init__(self, name: str) -> None:
        self.user = User.objects.get(name=name, origin=Origin.SAMPLE)
        self.client = Client()
        self.client.force_login(self.user)


def standard() -> int:
    return Standard.objects.get(name=STANDARD, origin=Origin.SAMPLE).pk


def change(of: Colleague, pk: int) -> None:
    """Agree the next version of the standard on its pages."""
    hours = Calendar.objects.get(name="Round the clock", origin=Origin.SAMPLE).pk
    of.send(f"/standards/{pk}/shape/measure", calendar=hours, **CHANGED)
    owner = User.objects.get(name="Gareth Pugh", origin=Origin.SAMPLE).pk
    dates = {"effective_on": NOW.date().isoformat(), "review_on": (NOW + dt.timedelta(days=90)).date().isoformat()}
    of.send(f"/standards/{pk}/shape/people", name=STANDARD, owner_id=owner, frequency="week", **dates)
    of.send(f"/standards/{pk}/agree", reason="Customers wait too long")


def check_of(of: Colleague, about: str) -> int:
    return int(of.send("/checks/begin", about=about)["Location"].rpartition("/")[2])


def brief(of: Colleague, title: str, *, about: str = "", **fields: Any) -> int:
    """Write a briefing on its page, publish it, and return its id."""
    given = {"kind": "briefing", "title": title, "count": 1, "title0": "What changed", "body0": "It is 95 % now."}
    made = of.send("/briefings/new", **given | {"about": about, "needs_check": "on"} | fields)
    pk = int(made["Location"].rpartition("/")[2])
    of.send(f"/briefings/{pk}/publish")
    return pk


def find(of: Colleague, title: str, view: str = "published") -> int:
    [row] = [each for each in of.ask(f"/briefings?view={view}&limit=200")["items"] if each["title"] == title]
    return int(row["id"])


def colours(of: Colleague, part: str, names: Iterable[str]) -> list[str]:
    rows = {row["name"]: row["cells"][part]["colour"] for row in of.ask("/understanding")["items"]}
    return [rows[name] for name in names]


def answer(of: Colleague, check: int, *, wrong: int) -> str:
    """Take a check on its pages with so many wrong answers, and return the page of what came of it."""
    address = of.client.post(f"/checks/{check}/take")["Location"]
    given = {}
    for place, (pk, _, right) in enumerate(samples.put(attempt_id=int(address.rpartition("/")[2]))):
        given[f"q{pk}"] = [at for at, ok in enumerate(right) if ok != (place < wrong)][: sum(right)]
    of.send(address, **given)
    return of.read(address)


TOLD = ("Chloe Martin", "Gareth Pugh", "Owen Price", "Ruth Mensah")


def test_F17_O4(manager: Colleague) -> None:
    """A second version turns every understanding stale; who has 60 % of 80 is on the list, and reads her limits."""
    pk = standard()
    check = check_of(manager, f"standards.standard:{pk}")
    assert colours(manager, "standards", TOLD) == ["green"] * 4
    change(manager, pk)
    assert colours(manager, "standards", TOLD) == ["stale"] * 4
    manager.send(f"/checks/{check}/confirm")
    chloe = Named("Chloe Martin")
    assert "60 % right, 80 % are needed" in answer(chloe, check, wrong=2)
    again = manager.read("/understanding/again")
    assert f"Chloe Martin {STANDARD} version 2 60 %" in again
    assert "Owen Price" not in again.partition("Who needs help")[2].partition(STANDARD)[2].partition("Keep")[0]
    answer(chloe, check, wrong=1)
    assert colours(manager, "standards", TOLD) == ["green", "stale", "stale", "stale"]
    assert "Refund" in chloe.read("/people/authority")


def test_U34_2_5(manager: Colleague) -> None:
    """Targets and standards are sent to those they concern; the matrix says who has not read, and then that she has."""
    owen, isla = Named("Owen Price"), Named("Isla Grant")
    pk = brief(manager, "Ninety-five from Monday", teams=[owen.user.teams.get().pk], roles=["agent"])
    rows = {row["name"]: row["is_done"] for row in manager.ask(f"/briefings/{pk}/deliveries")["items"]}
    assert rows == {"Chloe Martin": False, "Owen Price": False, "Ruth Mensah": False}
    assert "Ninety-five from Monday" in owen.read("/briefings?view=mine")
    assert "Ninety-five from Monday" not in isla.read("/briefings?view=mine")
    owen.send(f"/briefings/{pk}/read")
    rows = {row["name"]: row["is_done"] for row in manager.ask(f"/briefings/{pk}/deliveries")["items"]}
    assert rows == {"Chloe Martin": False, "Owen Price": True, "Ruth Mensah": False}
    assert "Remind the 2" in manager.read(f"/briefings/{pk}")


def test_U34_3_2_a_change_of_hours_drafts_a_briefing_to_the_roles_it_names(manager: Colleague) -> None:
    """Opening hours change, and a briefing tied to that version waits, for the roles the offer names."""
    draft = find(manager, "Customer desk: version 2", "draft")
    page = manager.read(f"/briefings/{draft}")
    assert "Opening hours : Round the clock (before: Office hours)" in page
    assert re.search(r"Roles (Agent, Team leader|Team leader, Agent)", page), page[page.index("Whom") :][:200]
    assert "Customer desk, version 2" in page
    before = manager.ask("/briefings?view=draft")["items"]
    change(manager, standard())
    while ledger.follow(NOW):
        pass
    after = manager.ask("/briefings?view=draft")["items"]
    assert {row["title"] for row in after} - {row["title"] for row in before} >= {f"{STANDARD}: version 2"}


def test_U34_3_3(manager: Colleague) -> None:
    """A bulletin of best practice reaches the team and is acknowledged; research comes with a later part."""
    owen = Named("Owen Price")
    pk = brief(manager, "Say the day", kind="bulletin", everyone="on")
    assert "Say the day" in owen.read("/briefings?kind=bulletin")
    owen.send(f"/briefings/{pk}/read")
    [mine] = [row for row in manager.ask(f"/briefings/{pk}/deliveries")["items"] if row["name"] == "Owen Price"]
    assert mine["is_done"] is True


def test_U34_4_1(manager: Colleague, leader: Colleague, agent: Colleague) -> None:
    """The matrix has six parts with date, score and version, and is handed out green, amber and stale."""
    lines = manager.client.get("/understanding.csv").content.decode().splitlines()
    head = lines[0].split(",")
    parts = ["Vision", "Objectives", "Role", "Plan", "Standards", "Procedures"]
    assert [name.removesuffix(" state") for name in head if name.endswith(" state")] == parts
    body = "\n".join(lines)
    assert all(f",{colour}," in body for colour in ("green", "amber", "stale"))
    assert re.search(r",green,2026-\d\d-\d\d,100%,v2", body)
    assert [row["name"] for row in agent.ask("/understanding")["items"]] == [agent.user.name]
    assert "Owen Price" not in {row["name"] for row in leader.ask("/understanding")["items"]}


def test_POC_P9(manager: Colleague) -> None:
    """A team is briefed live on its targets; who was away has a task to catch up, on her own page."""
    owen, chloe, ruth = (Named(name) for name in ("Owen Price", "Chloe Martin", "Ruth Mensah"))
    pk = brief(manager, "Targets for spring", teams=[owen.user.teams.get().pk], roles=["agent"])
    attended = {f"p{owen.user.pk}": "there", f"p{chloe.user.pk}": "absent", f"p{ruth.user.pk}": ""}
    manager.send(f"/briefings/{pk}/session", note="Who covers Fridays?", **attended)
    assert "Catch up by 10 Mar 2026" in chloe.read(f"/briefings/{pk}")
    assert "Catch up" not in ruth.read(f"/briefings/{pk}")
    assert "Targets for spring" not in owen.read("/briefings?view=mine")
    chloe.send(f"/briefings/{pk}/read")
    assert "Targets for spring" not in chloe.read("/briefings?view=mine")


def test_POC_K8(manager: Colleague) -> None:
    """The list of how to brief stands where one briefs, and counts what was read of what was sent here."""
    before = re.search(
        r"Of (\d+) briefings sent to somebody in the last 90 days (\d+) were", manager.read("/briefings")
    )
    assert before
    brief(manager, "One more", people=[User.objects.get(name="Owen Price").pk])
    after = re.search(r"Of (\d+) briefings sent to somebody in the last 90 days (\d+) were", manager.read("/briefings"))
    assert after
    assert (int(after[1]) - int(before[1]), int(after[2]) - int(before[2])) == (1, 0)
    assert "what somebody does differently tomorrow" in manager.read("/briefings")


def test_POC_K9(manager: Colleague) -> None:
    """The questions most get wrong are named hard with their interval, and no person is."""
    vision = Vision.objects.get(origin=Origin.SAMPLE)
    check = check_of(manager, f"standards.vision:{vision.pk}")
    page = manager.read(f"/checks/{check}")
    assert re.search(r"What comes first on a bad day\?.{0,120}\d+ % \d+ of \d+, \d+ % to \d+ %", page)
    assert "Owen Price" not in page.partition("The bank")[2]
    [hard] = [row for row in manager.ask(f"/understanding/checks/{check}/items")["items"] if "bad day" in row["text"]]
    easy = [row for row in manager.ask(f"/understanding/checks/{check}/items")["items"] if "bad day" not in row["text"]]
    assert all(hard["share"] < row["share"] for row in easy)


def test_F11_O1(manager: Colleague) -> None:
    """The bank asks what customers expect, wrong answers are explained, and a new version makes it stale."""
    pk = standard()
    check = check_of(manager, f"standards.standard:{pk}")
    manager.send(f"/checks/{check}/suggest")
    manager.send(f"/checks/{check}/set-up", size=6, per_cent=80)
    assert f"What do customers expect of “{STANDARD}”?" in manager.read(f"/checks/{check}")
    chloe = Named("Chloe Martin")
    after = answer(chloe, check, wrong=6)
    assert "They expect: " in after
    assert colours(manager, "standards", TOLD) == ["green"] * 4
    change(manager, pk)
    assert colours(manager, "standards", TOLD) == ["stale"] * 4


def test_F11_E2(manager: Colleague) -> None:
    """A newsletter is made, stands on the staff page, and opens as slides and as one page for paper or PDF."""
    extra = {"count": 2, "title1": "Thanks", "body1": "To Priya, who rang back."}
    pk = brief(manager, "Larkfield in March", kind="newsletter", everyone="on", **extra)
    ruth = Named("Ruth Mensah")
    assert "Larkfield in March" in ruth.read("/briefings?kind=newsletter")
    for form in ("slides", "print"):
        assert "To Priya, who rang back." in ruth.read(f"/briefings/{pk}/{form}")


def test_F11_E3(manager: Colleague) -> None:
    """What was sent about a plan and the standards it delivers is found by the plan, and nothing else."""
    pk = find(manager, "New plan: Keep the promises this year")
    page = manager.client.get(f"/briefings/{pk}").content.decode()
    plan = re.search(r'href="/plans/(\d+)"', page)
    assert plan
    titles = {row["title"] for row in manager.ask(f"/briefings?plan={plan[1]}")["items"]}
    assert "New plan: Keep the promises this year" in titles
    assert not titles & {"This month at Larkfield", VISION}


def test_F17_K6(manager: Colleague) -> None:
    """The card sets understanding beside late promises and referrals by team, each with its interval, and no person."""
    said = manager.read("/learning")
    assert re.search(r"Customer care: understood \d+ % of \d+ \(\d+ % to \d+ %\), late \d+ % of \d+", said)
    assert "too few teams to say" in said
    assert "Billing and returns: understood" not in said
