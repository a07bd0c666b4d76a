"""Whoever opens or exports what is recorded about somebody else is told to that person, once a day."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.personas import NOW, Persona
from wellserved.apps.development import models
from wellserved.apps.development.actions import learning
from wellserved.apps.development.actions import recorded as actions
from wellserved.apps.development.queries import recorded as queries
from wellserved.apps.development.types.recorded import NEEDS_READ
from wellserved.apps.people import actions as people

DAY = dt.timedelta(days=1)


def looks(who: Persona) -> list[tuple[str, str]]:
    """Return who looked at what, in the order of what."""
    return sorted((look.viewer, look.what) for look in queries.looks(actor=who.actor))


def adjust(lena: Persona, ben: Persona) -> int:
    return people.agree_adjustment(
        actor=lena.actor, user_id=ben.user.pk, text="Starts at ten.", review_on=(NOW + 90 * DAY).date(), now=NOW
    )


def need_and_plan(lena: Persona, ben: Persona) -> int:
    need = learning.name_need(actor=lena.actor, person_id=ben.user.pk, what="Patience", now=NOW)
    return learning.plan(
        actor=lena.actor, need_id=need, measure="course", by_on=NOW.date() + DAY, owner_id=lena.user.pk, now=NOW
    )


@pytest.mark.parametrize("address", ["/people/{}", "/api/v1/people/{}/adjustments"])
def test_an_adjustment_somebody_opened_is_told_to_its_person_alone(
    address: str, lena: Persona, ben: Persona, chloe: Persona, amira: Persona
) -> None:
    page = address.format(ben.user.pk)
    assert (lena.client.get(page).status_code, looks(ben)) == (200, [])
    adjust(lena, ben)
    # Who is not told of it has not looked at it, and her own reading is no news.
    assert [who.client.get(page).status_code for who in (amira, ben, lena, lena)] == [200] * 4
    assert looks(ben) == [("Lena Fischer", "Adjustment: Adjustment")]
    assert looks(chloe) == []


def test_a_case_opened_by_whoever_handles_it_is_told_to_both_parties(lena: Persona, ben: Persona, chloe: Persona):
    case = models.ConflictCase.objects.create(summary="Shifts", handler=lena.user, opened_at=NOW)
    models.ConflictParty.objects.bulk_create([models.ConflictParty(case=case, user=each.user) for each in (ben, chloe)])
    page = reverse("development:case", args=[case.pk])
    assert [who.client.get(page).status_code for who in (ben, lena, lena)] == [200] * 3
    told = [("Lena Fischer", "Case in private: A case in private")]
    assert [looks(ben), looks(chloe), looks(lena)] == [told, told, []]


def test_a_contest_opened_by_whoever_answers_it_is_told(lena: Persona, ben: Persona):
    made = models.Contest.objects.create(
        person=ben.user, decider=lena.user, kind="development.need", record_id=1, title="Patience", words="I am",
        raised_at=NOW, due_on=NOW.date(),
    )  # fmt: skip
    assert lena.client.get(reverse("development:contest", args=[made.pk])).status_code == 200
    assert models.Viewing.objects.values_list("person", "viewer", "kind", "record_id").get() == (
        ben.user.pk,
        lena.user.pk,
        actions.CONTEST,
        made.pk,
    )


def test_needs_plans_and_understanding_read_or_exported_are_told_as_what_they_are(lena: Persona, ben: Persona):
    plan = need_and_plan(lena, ben)
    pages = [
        reverse("development:needs"),
        reverse("development:needs_export"),
        reverse("development:plan", args=[plan]),
        reverse("development:understanding"),
        reverse("development:understanding_export"),
    ]
    assert [who.client.get(page).status_code for page in pages for who in (lena, ben)] == [200] * 10
    assert looks(ben) == [
        ("Lena Fischer", "Learning needs"),
        ("Lena Fischer", "Learning needs, exported"),
        ("Lena Fischer", "Learning plan: Patience"),
        ("Lena Fischer", "Understanding"),
        ("Lena Fischer", "Understanding, exported"),
    ]
    assert looks(lena) == []


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/api/v1/learning-needs", "Learning needs"),
        ("/api/v1/learning-plans", "Learning plan: Patience"),
        ("/api/v1/understanding", "Understanding"),
    ],
)
def test_what_a_program_reads_of_somebody_is_told_as_well(address: str, what: str, lena: Persona, ben: Persona):
    need_and_plan(lena, ben)
    assert lena.client.get(address).status_code == 200
    assert looks(ben) == [("Lena Fischer", what)]


@pytest.mark.parametrize("address", ["/development/training/{}", "/api/v1/training/{}"])
def test_scores_of_a_training_are_told_and_a_seat_without_any_is_not(
    address: str, lena: Persona, ben: Persona, amira: Persona
):
    course = models.Course.objects.create(title="Refunds", aim="Say why")
    event = models.TrainingEvent.objects.create(course=course, starts_at=NOW, ends_at=NOW + DAY, seats=4, state="held")
    models.Booking.objects.create(
        event=event, person=ben.user, state="attended", score_before=40, score_after=90, booked_at=NOW
    )
    models.Booking.objects.create(event=event, person=amira.user, state="booked", booked_at=NOW)
    assert lena.client.get(address.format(event.pk)).status_code == 200
    assert (looks(ben), looks(amira)) == ([("Lena Fischer", "Training: Refunds")], [])


def test_a_list_is_kept_once_a_day_for_each_who_stands_in_it_with_two_queries(
    lena: Persona, ben: Persona, chloe: Persona, django_assert_num_queries: object
):
    people_there = [ben.user.pk, chloe.user.pk, lena.user.pk]
    actor = lena.actor
    given = {"actor": actor, "kind": NEEDS_READ, "person_ids": people_there}
    with django_assert_num_queries(2):
        actions.note_list(**given, now=NOW)
    with django_assert_num_queries(1):
        actions.note_list(**given, now=NOW + dt.timedelta(hours=1))
    actions.note_list(**given, now=NOW + DAY)
    kept = models.Viewing.objects.order_by("day", "person").values_list("person", "day")
    assert sorted(kept) == sorted((pk, day) for pk in people_there[:2] for day in (NOW.date(), (NOW + DAY).date()))
