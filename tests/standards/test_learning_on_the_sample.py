"""What no single criterion asks of learning: the coaching after an observation, the review pack, what is recorded."""

import datetime as dt

import pytest

from tests.standards.conftest import Colleague
from wellserved.apps.accounts.models import User
from wellserved.apps.development.models import Coaching, Contest, Observation, Review, TrainingEvent

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


def test_the_review_pack_holds_both_views_and_the_evidence(lena: Colleague):
    """The review pack holds both views and the evidence of the records; without the record its line is gone."""
    review = Review.objects.get(guide__name="Lena Fischer")
    page = lena.read(f"/development/reviews/{review.pk}/pack")
    assert "I know the order system now" in page
    assert "Negotiating and reassuring, " in page
    TrainingEvent.objects.all().delete()
    assert "Negotiating and reassuring, " not in lena.read(f"/development/reviews/{review.pk}/pack")
    assert named("Tom Whelan").client.get(f"/development/reviews/{review.pk}/pack").status_code == 404


def test_an_observation_leads_to_coaching_whose_page_shows_the_later_one(lena: Colleague, ben: Colleague):
    """What was seen later of the same criterion stands on the page of the coaching, below where it began."""
    made = Coaching.objects.get()
    page = ben.read(f"/development/coaching/{made.pk}")
    assert "Last seen “as agreed”, better than when it began." in page
    Observation.objects.exclude(pk=made.observation_id).delete()
    assert "No observation since it began" in ben.read(f"/development/coaching/{made.pk}")


def test_what_is_recorded_shows_who_looked_and_takes_a_contest(lena: Colleague, ben: Colleague, manager: Colleague):
    """She sees everything, who looked and when; what she contests goes to her leader's manager and is answered."""
    first = Observation.objects.exclude(pk__in=Contest.objects.values("record_id")).earliest("starts_at")
    lena.read(f"/development/observations/{first.pk}")
    page = ben.read("/me/recorded")
    assert page.count("Lena Fischer Observation: To help with negotiating and reassuring") == 2
    sent = {"kind": "development.observation", "record_id": first.pk, "what": "I named the day."}
    ben.send("/me/recorded/contest", **sent)
    assert "Ben Dahl says that a record is wrong" in manager.read("/my-work")
    contest = Contest.objects.get(kind="development.observation", record_id=first.pk)
    manager.send(f"/development/contests/{contest.pk}/answer", outcome="beside", answer="Both stand.")
    assert "Both stand." in ben.read(f"/development/observations/{first.pk}")
    assert ben.client.get("/me/recorded.json").json()["contests"][0]["outcome"] == "beside"
    assert named("Tom Whelan").client.get(f"/development/observations/{first.pk}").status_code == 404
