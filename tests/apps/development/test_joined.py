"""What one family of records does for another: roles are understood, values are observed, failed goes are needs."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.apps.development.conftest import House
from tests.personas import NOW, Persona
from wellserved.apps.development.actions import behaviours, observations, support, taking
from wellserved.apps.development.models import Briefing, Help, SupportSlot
from wellserved.apps.development.queries import behaviours as seen
from wellserved.apps.development.queries import needs, subjects, understanding
from wellserved.apps.development.queries.observations import starters
from wellserved.apps.development.types.checks import PARTS
from wellserved.apps.ledger.models import Comment, Entry
from wellserved.apps.people import actions as people
from wellserved.apps.people.models import JobRole
from wellserved.apps.standards.actions import vision
from wellserved.platform.errors import Conflict, Refused

DAY = dt.timedelta(days=1)
VALUES = [("One hand", "Keeps it"), ("Plain words", "Says it plainly")]


def failed(house: House) -> Persona:
    house.brief(now=NOW)
    house.take(house.agents[0], right=3, now=NOW)
    return house.agents[0]


def of_understanding(house: House, who: Persona) -> list[tuple[str, str, str]]:
    rows = needs.analysis(actor=who.actor, now=NOW)
    return [(row.person, row.what, row.at_stake) for row in rows if row.source == "understanding"]


def offer_slot(house: House) -> int:
    return support.offer(actor=house.leader.actor, starts_at=NOW + DAY, minutes=30, now=NOW)[0]


def test_a_new_pack_of_a_role_drafts_a_briefing_for_those_who_have_it(
    house: House, follow: Callable[[dt.datetime], None]
):
    role = people.start_role(actor=house.manager.actor, name="Adviser", starter="adviser", now=NOW)
    people.publish_role(actor=house.manager.actor, role_id=role, now=NOW)
    people.give_role(
        actor=house.manager.actor, role_id=role, user_id=house.agents[0].user.pk, since=NOW.date(), now=NOW
    )
    follow(NOW)
    row = Briefing.objects.get(subject_kind="people.role", subject_id=role)
    assert (row.subject_number, row.state, JobRole.objects.get(pk=role).current) == (1, "draft", 1)


def test_every_part_of_the_matrix_has_a_kind_of_record():
    assert {part for part in PARTS if subjects.kinds_of(part)} == set(PARTS)


def test_what_was_not_understood_is_a_need_until_it_is(house: House):
    who = failed(house)
    (found,) = of_understanding(house, house.leader)
    assert (found[0], found[2]) == ("Agent 01", "The last go at what holds now was not enough")
    assert of_understanding(house, who) == [found]
    assert of_understanding(house, house.agents[1]) == []
    house.take(who, right=5, now=NOW + DAY)
    assert of_understanding(house, house.leader) == []


def test_what_was_understood_of_a_version_before_is_a_need_too(house: House):
    house.brief(now=NOW)
    house.take(house.agents[0], right=5, now=NOW)
    house.change(now=NOW)
    assert [(who, why) for who, _, why in of_understanding(house, house.leader)] == [
        ("Agent 01", "Shown of version 1; version 2 holds now")
    ]


def test_such_a_need_is_taken_up_and_planned_for(house: House):
    who = failed(house)
    ((_, what, _),) = of_understanding(house, house.leader)
    answer = house.leader.client.post("/development/needs/take-up", {"person": who.user.pk, "what": what})
    assert answer.status_code == 302
    (row,) = [row for row in needs.analysis(actor=house.leader.actor, now=NOW) if row.what == what]
    assert (row.person, row.source, answer.headers["Location"]) == (
        "Agent 01",
        "understanding",
        f"/development/needs/{row.id}/plan",
    )


def test_help_can_be_a_support_slot_she_is_called_to(house: House):
    who, slot = failed(house), offer_slot(house)
    taking.help_with(actor=house.leader.actor, check_id=house.check, user_id=who.user.pk, slot_id=slot, now=NOW)
    row = SupportSlot.objects.get(pk=slot)
    assert (row.guest, row.about.startswith("Understanding: ")) == (who.user, True)
    (helped,) = understanding.rebrief(actor=house.leader.actor)
    assert helped.helped == "A support slot on 4 Mar 2026, 10:00 UTC"
    assert Comment.objects.filter(subject_kind="development.slot", mentions=who.user).count() == 1


def test_a_slot_of_somebody_else_or_one_that_is_taken_helps_nobody(house: House):
    who, slot = failed(house), offer_slot(house)
    given = {"check_id": house.check, "user_id": who.user.pk, "slot_id": slot, "now": NOW}
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        taking.help_with(actor=house.manager.actor, **given)
    assert (Help.objects.count(), Entry.objects.count()) == (0, entries)
    support.book(actor=house.agents[1].actor, slot_id=slot, now=NOW)
    with pytest.raises(Conflict):
        taking.help_with(actor=house.leader.actor, **given)
    assert (Help.objects.count(), SupportSlot.objects.get(pk=slot).guest) == (0, house.agents[1].user)


def test_values_are_observed_by_how_they_look_and_count_as_seen(house: House, ben: Persona, lena: Persona):
    vision.save_vision(actor=house.manager.actor, text="At home", values=VALUES, reason="What we value", now=NOW)
    assert "values" not in starters(actor=lena.actor)
    for value, sentence in (("One hand", "Keeps the ticket"), ("Plain words", "Says it in one sentence")):
        behaviours.add(actor=house.manager.actor, value=value, sentence=sentence, quality_item="Did she?", now=NOW)
    _, purpose, criteria = starters(actor=lena.actor)["values"]
    assert [words for _, words in criteria] == ["Keeps the ticket", "Says it in one sentence"]
    made = observations.announce(
        actor=lena.actor,
        person_id=ben.user.pk,
        guide_id=lena.user.pk,
        purpose=purpose,
        criteria=criteria,
        starts_at=NOW - DAY,
        now=NOW - 3 * DAY,
    )
    observations.record(
        actor=lena.actor,
        observation_id=made,
        ratings={criteria[0][0]: (3, "Kept it to the end"), criteria[1][0]: (2, "In three sentences")},
        strengths="Kept it.",
        now=NOW,
    )
    assert [(row.value, sum(row.months)) for row in seen.by_value(actor=ben.actor, now=NOW)] == [
        ("One hand", 1),
        ("Plain words", 0),
    ]
