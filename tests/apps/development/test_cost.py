"""What the pages of briefings and understanding cost: the same with five records as with five hundred."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.development.conftest import House
from tests.personas import NOW
from wellserved.apps.accounts.models import Team, User
from wellserved.apps.development.models import Attempt, Briefing, Check, Delivery, Question
from wellserved.apps.standards.models import Objective


def fill(house: House, *, first: int, count: int) -> None:
    """Add as many people, objectives, checks, briefings and goes."""
    team = Team.objects.get(name="Team A")
    places = range(first, first + count)
    people = User.objects.bulk_create(
        User(email=f"p{at}@example.test", name=f"Person {at:04}", role="agent", created_at=NOW) for at in places
    )
    team.memberships.bulk_create([team.memberships.model(team=team, user=person) for person in people])
    aims = Objective.objects.bulk_create(
        Objective(name=f"Aim {at:04}", measured_by="Nine", due_on=NOW.date(), version=1 + at % 7) for at in places
    )
    checks = Check.objects.bulk_create(
        Check(subject_kind="standards.objective", subject_id=aim.pk, number=aim.version) for aim in aims
    )
    questions = Question.objects.bulk_create(
        Question(check_of=check, kind="teach_back", text="Why?", explanation="So", created_at=NOW) for check in checks
    )
    briefings = Briefing.objects.bulk_create(
        Briefing(
            title=f"Briefing {aim.name}",
            state="published",
            items=[{"title": "One", "body": "Said", "about": None}],
            subject_kind="standards.objective",
            subject_id=aim.pk,
            subject_number=aim.version,
            due_on=NOW.date(),
            created_at=NOW,
            published_at=NOW,
        )
        for aim in aims
    )
    told = [*people, house.leader.user]
    Delivery.objects.bulk_create(
        Delivery(briefing=briefing, user=told[at % len(told)], sent_at=NOW) for at, briefing in enumerate(briefings)
    )
    Delivery.objects.bulk_create(
        Delivery(briefing=briefing, user=house.leader.user, sent_at=NOW) for briefing in briefings[:-1]
    )
    Attempt.objects.bulk_create(
        Attempt(
            check_of=check,
            user=told[at % len(told)],
            number=check.number,
            seed=1,
            question_ids=[questions[at].pk],
            pass_share=check.pass_share,
            state="failed" if at % 3 else "passed",
            score=0,
            started_at=NOW,
            finished_at=NOW,
        )
        for at, check in enumerate(checks)
    )


def cost(house: House, address: str) -> int:
    # Signing in is paid once, by the first page.
    house.leader.client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        page = house.leader.client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return len(seen)


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    ["/briefings", "/briefings?view=mine", "/understanding", "/understanding.csv", "/understanding/again", "/"],
)
def test_a_page_costs_the_same_with_five_records_as_with_five_hundred(house: House, address: str):
    fill(house, first=0, count=5)
    few = cost(house, address)
    fill(house, first=5, count=495)
    assert cost(house, address) == few


@pytest.mark.slow
def test_a_briefing_costs_the_same_sent_to_five_people_as_to_five_hundred(house: House):
    fill(house, first=0, count=5)
    briefing = Briefing.objects.earliest("pk")
    few = cost(house, f"/briefings/{briefing.pk}")
    fill(house, first=5, count=495)
    people = User.objects.filter(name__startswith="Person").exclude(
        pk__in=briefing.deliveries.values_list("user", flat=True)
    )
    Delivery.objects.bulk_create(Delivery(briefing=briefing, user=person, sent_at=NOW) for person in people)
    assert cost(house, f"/briefings/{briefing.pk}") == few
