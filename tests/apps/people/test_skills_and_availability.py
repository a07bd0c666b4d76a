"""Profiles, skills with expiry, cover, and who is there."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.personas import NOW, Persona, make_team, make_user
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger.models import Entry, Value
from wellserved.apps.people import actions, queries
from wellserved.apps.people.models import StaffProfile, StaffSkill
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

TODAY = dt.date(2026, 3, 3)


def add_skill(persona: Persona, name: str = "Billing", cover: int = 2) -> int:
    return actions.create_skill(actor=persona.actor, name=name, minimum_cover=cover, now=NOW)


def set_level(by: Persona, of: Persona, skill_id: int, level: int, expires_on: dt.date | None = None) -> None:
    actions.set_skill(
        actor=by.actor, user_id=of.user.pk, skill_id=skill_id, level=level, expires_on=expires_on, now=NOW
    )


def test_an_expired_skill_is_held_by_nobody(amira: Persona, ben: Persona, chloe: Persona) -> None:
    skill_id = add_skill(amira)
    set_level(amira, ben, skill_id, 3, expires_on=TODAY)
    set_level(amira, chloe, skill_id, 4)
    both = tuple(sorted((ben.user.pk, chloe.user.pk)))
    assert queries.holders(actor=amira.actor, skill_id=skill_id, on=TODAY) == both
    assert queries.holders(actor=amira.actor, skill_id=skill_id, on=dt.date(2026, 3, 4)) == (chloe.user.pk,)


def test_cover_shows_gaps_and_single_points_of_failure(amira: Persona, ben: Persona, lena: Persona) -> None:
    billing, french = add_skill(amira), add_skill(amira, "French", cover=1)
    set_level(amira, ben, billing, 2)
    set_level(amira, ben, french, 3)
    lines = {line.skill.name: line for line in queries.cover(actor=amira.actor, on=TODAY)}
    assert (lines["Billing"].missing, lines["Billing"].is_single_point) == (2, False)
    assert (lines["French"].missing, lines["French"].is_single_point) == (0, True)
    body = amira.client.get("/people/skills").content.decode()
    assert "Short in Billing; everything hangs on Ben Okafor in French." in body


def test_a_level_is_recorded_with_what_stood_before(amira: Persona, ben: Persona) -> None:
    skill_id = add_skill(amira)
    set_level(amira, ben, skill_id, 1)
    set_level(amira, ben, skill_id, 3)
    set_level(amira, ben, skill_id, 3)
    assert StaffSkill.objects.get().level == 3
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "people.create_skill",
        "people.set_skill",
        "people.set_skill",
    ]
    assert list(Value.objects.filter(entry=Entry.objects.latest("pk")).values_list("field", "content")) == [
        ("Billing: level", "1"),
        ("Billing: level", "3"),
    ]


@pytest.mark.parametrize("level", [-1, 5])
def test_a_level_runs_from_0_to_4(amira: Persona, ben: Persona, level: int) -> None:
    with pytest.raises(Invalid):
        set_level(amira, ben, add_skill(amira), level)
    assert StaffSkill.objects.count() == 0


def test_an_agent_changes_nobodys_skill(ben: Persona, amira: Persona) -> None:
    skill_id = add_skill(amira)
    with pytest.raises(Refused):
        set_level(ben, ben, skill_id, 4)
    assert StaffSkill.objects.count() == 0


def test_somebody_absent_until_noon_is_there_at_noon(ben: Persona) -> None:
    noon = NOW.replace(hour=12)
    assert queries.is_available(user_id=ben.user.pk, now=NOW) is True
    actions.set_availability(actor=ben.actor, user_id=ben.user.pk, availability="absent", until=noon, now=NOW)
    assert queries.is_available(user_id=ben.user.pk, now=noon - dt.timedelta(seconds=1)) is False
    assert queries.is_available(user_id=ben.user.pk, now=noon) is True


def test_nobody_says_of_a_colleague_that_she_is_absent_but_who_leads_her(
    ben: Persona, lena: Persona, chloe: Persona
) -> None:
    with pytest.raises(Refused):
        actions.set_availability(actor=ben.actor, user_id=lena.user.pk, availability="absent", now=NOW)
    with pytest.raises(NotFound):
        actions.set_availability(actor=lena.actor, user_id=chloe.user.pk, availability="absent", now=NOW)
    actions.set_availability(actor=lena.actor, user_id=ben.user.pk, availability="absent", now=NOW)
    assert queries.is_available(user_id=ben.user.pk, now=NOW) is False


def test_a_stale_profile_is_refused_with_the_difference(amira: Persona, ben: Persona) -> None:
    given = {"actor": amira.actor, "user_id": ben.user.pk, "phone": "", "started_on": None, "now": NOW}
    actions.save_profile(job_title="Adviser", version=1, **given)
    with pytest.raises(Conflict) as caught:
        actions.save_profile(job_title="Senior adviser", version=1, **given)
    assert caught.value.data["difference"]["job_title"] == "Adviser"
    assert StaffProfile.objects.get(user=ben.user).job_title == "Adviser"


def test_a_stale_save_on_the_page_answers_409_and_keeps_the_text(amira: Persona, ben: Persona) -> None:
    actions.save_profile(
        actor=amira.actor, user_id=ben.user.pk, job_title="Adviser", phone="", started_on=None, version=1, now=NOW
    )
    page = amira.client.post(f"/people/{ben.user.pk}/edit", {"job_title": "Senior adviser", "version": 1})
    assert page.status_code == 409
    assert b'value="Senior adviser"' in page.content
    assert StaffProfile.objects.get(user=ben.user).job_title == "Adviser"


@pytest.mark.parametrize("number", [2, 12])
def test_the_staff_list_costs_the_same_at_two_sizes(
    amira: Persona, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    skill_id = add_skill(amira)
    for n in range(number):
        user = make_user(f"Agent {n}", Role.AGENT, team=make_team("Team A"))
        StaffSkill.objects.create(user=user, skill_id=skill_id, level=3)
    actor = amira.actor
    with django_assert_num_queries(6):
        assert len(queries.colleagues(actor=actor, now=NOW)) == number + 1
    with django_assert_num_queries(4):
        assert len(queries.cover(actor=actor, on=TODAY)[0].holder_ids) == number
