"""Criteria kept by training needs, courses, coaching, reviews and support, acted on the sample through its screens."""

import datetime as dt
import re

import pytest

from tests.standards.conftest import Colleague
from wellserved.apps.accounts.models import User
from wellserved.apps.development.models import Coaching, Course, LearningPlan, Need, TrainingEvent
from wellserved.apps.people.models import Skill, StaffSkill
from wellserved.platform import clock

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def named(name: str) -> Colleague:
    user = User.objects.get(name=name)
    found = Colleague(user.role)
    found.user = user
    found.client.force_login(user)
    return found


@pytest.fixture
def ben(sample: dt.datetime) -> Colleague:
    return named("Ben Dahl")


@pytest.fixture
def lena(sample: dt.datetime) -> Colleague:
    return named("Lena Fischer")


@pytest.fixture
def sana(sample: dt.datetime) -> Colleague:
    return named("Sana Patel")


@pytest.fixture
def isla(sample: dt.datetime) -> Colleague:
    return named("Isla Grant")


def skill_of(who: Colleague, skill: str) -> StaffSkill:
    return StaffSkill.objects.get(user=who.user, skill__name=skill)


def move_clock(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def test_F17_O3_a_certificate_that_ends_becomes_a_need_and_comes_back_by_training(
    manager: Colleague, sana: Colleague, isla: Colleague, monkeypatch: pytest.MonkeyPatch
):
    """An expired certificate stands in the analysis until its holder passes a course; then it is gone from there."""
    now = clock.now()
    StaffSkill.objects.filter(pk=skill_of(isla, "Refunds").pk).update(expires_on=now.date() + 400 * DAY)
    assert "Isla Grant Refunds" not in sana.read("/development/needs?q=isla")
    StaffSkill.objects.filter(pk=skill_of(isla, "Refunds").pk).update(expires_on=now.date() + DAY)
    assert "Isla Grant Refunds" in sana.read("/development/needs?q=isla")
    event = TrainingEvent.objects.get(course__title="Refunds, from asking to paying")
    move_clock(monkeypatch, event.ends_at + DAY)
    pk = isla.user.pk
    passed = {f"there_{pk}": "on", f"before_{pk}": 60, f"after_{pk}": 90, f"gives_{pk}": "on"}
    manager.send(f"/development/training/{event.pk}/attendance", **passed)
    assert skill_of(isla, "Refunds").expires_on == dt.date(2027, 3, 15)
    assert "Isla Grant Refunds" not in sana.read("/development/needs?q=isla")


def test_F17_B2(lena: Colleague, ben: Colleague, monkeypatch: pytest.MonkeyPatch):
    """A slot that staff book and that is held moves the month's report of hours offered and held."""
    before = lena.read("/development/support")
    starts = (clock.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    lena.send("/development/support/offer", starts_at=starts, minutes=60, weeks=1)
    offered = [float(re.search(r"Offered ([\d.]+) h", page)[1]) for page in (before, lena.read("/development/support"))]  # type: ignore[index]
    assert offered[1] - offered[0] == pytest.approx(1.0)
    slot = re.search(r"/development/support/(\d+)/book", ben.client.get("/development/support").content.decode())
    assert slot
    ben.send(f"/development/support/{slot[1]}/book", about="How to say no")
    assert "How to say no" in lena.read("/development/support?view=mine")
    move_clock(monkeypatch, clock.now() + 2 * DAY)
    lena.send(f"/development/support/{slot[1]}/confirm", held_minutes=30)
    held = [float(re.search(r"Held ([\d.]+) h", page)[1]) for page in (before, lena.read("/development/support"))]  # type: ignore[index]
    assert held[1] - held[0] == pytest.approx(0.5, abs=0.11)


def test_U34_4_2(manager: Colleague, sample: dt.datetime):
    """A held course shows its before and after points, and the desk's figure of the group before and since."""
    event = TrainingEvent.objects.filter(course__title="Negotiating and reassuring").get()
    page = manager.read(f"/development/training/{event.pk}")
    assert "Learning Do they know more than before? +29 points" in page
    assert re.search(r"First reply kept \d+% of \d+ before and \d+% of \d+ since|Too few: \d+ promises before", page)
    Course.objects.filter(pk=event.course_id).update(metric="")
    assert "The course names no figure of the desk" in manager.read(f"/development/training/{event.pk}")


def test_F11_O2(lena: Colleague, ben: Colleague):
    """A need a colleague names is planned by her leader and, done, writes the skill."""
    ben.send("/development/needs/name", person_id=ben.user.pk, skill_id=Skill.objects.get(name="French").pk)
    need = Need.objects.get(person=ben.user, what="French")
    assert "Ben Dahl French" in lena.read("/development/needs?view=unplanned")
    day = (clock.now() + 9 * DAY).date().isoformat()
    lena.send(f"/development/needs/{need.pk}/plan", measure="shadowing", by_on=day, owner_id=ben.user.pk)
    assert "Ben Dahl French" not in lena.read("/development/needs?view=unplanned")
    assert "French" in ben.read("/development")
    plan = LearningPlan.objects.get(need=need)
    lena.send(f"/development/plans/{plan.pk}/finish", outcome="Answers alone.", level=3)
    assert skill_of(ben, "French").level == 3
    assert "Ben Dahl French" not in lena.read("/development/needs")


def test_F11_E9_needs(lena: Colleague, ben: Colleague):
    """The analysis leaves as CSV with what is at stake, and a need that is named stands in it."""
    ben.send("/development/needs/name", person_id=ben.user.pk, what="Sign language", said="A customer asked.")
    text = lena.client.get("/development/needs.csv").content.decode()
    assert text.splitlines()[0].startswith("Person,What,Level asked")
    assert "Ben Dahl,Sign language" in text


def test_F11_E10(manager: Colleague):
    """The four levels stand side by side, each with its figure or the honest reason why there is none."""
    early = TrainingEvent.objects.get(course__title="Complaints to the final letter")
    page = manager.read(f"/development/training/{early.pk}")
    levels = ("Reaction", "Learning", "Behaviour", "Results")
    assert [level for level in levels if level in page] == list(levels)
    assert "Too few to show" in page
    old = manager.read(f"/development/training/{TrainingEvent.objects.order_by('starts_at')[0].pk}")
    assert "4.2 of 5" in old


def test_F6_K4(lena: Colleague, ben: Colleague):
    """A conversation played through in coaching is counted by the card of whoever played it."""
    made = Coaching.objects.get()
    assert "through once in the past year" in ben.read("/learning")
    lena.send(
        f"/development/coaching/{made.pk}/session",
        held_on=clock.now().date().isoformat(),
        form="role_play",
        scenario="A full refund for something used",
        what="Offered half at once.",
    )
    assert "through 2 times in the past year" in ben.read("/learning")
