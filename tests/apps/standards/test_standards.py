"""Versioned calendars and policies, and which policy a ticket gets."""

import datetime as dt
from typing import Any

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards import actions, adapters, queries
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy, PolicyVersion
from wellserved.apps.standards.types import TicketFacts
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

HOURS = {"0": [["09:00", "17:30"]]}
SPEC = {"tz": "Europe/London", "hours": HOURS, "holidays": ["12-25"]}
LATER = NOW + dt.timedelta(days=1)


def save_calendar(who: Persona, **given: Any) -> CalendarVersion:
    return actions.save_calendar(
        **{"actor": who.actor, "calendar_id": None, "name": "Office", "spec": SPEC, "now": NOW} | given
    )


def save_policy(who: Persona, calendar: int, **given: Any) -> PolicyVersion:
    target = {"metric": "first_reply", "seconds": 3600, "calendar": calendar}
    wanted = {"actor": who.actor, "policy_id": None, "name": "Promise", "conditions": {}, "targets": [target]}
    return actions.save_policy(**wanted | {"now": NOW} | given)


def facts(**given: Any) -> TicketFacts:
    return TicketFacts(**{"priority": 3, "kind": "request", "queue": 1, "channel": "email", "customer": 7} | given)


def test_saving_a_calendar_again_writes_a_version_and_keeps_the_first(amira: Persona) -> None:
    first = save_calendar(amira)
    second = save_calendar(
        amira, calendar_id=first.calendar_id, spec={**SPEC, "holidays": []}, version=1, now=LATER, reason="No holidays."
    )
    assert (first.number, second.number, second.effective_from) == (1, 2, LATER)
    assert CalendarVersion.objects.get(pk=first.pk).spec["holidays"] == ["12-25"]
    history = queries.calendar_history(actor=amira.actor, calendar_id=first.calendar_id)
    assert [(v.number, v.reason, v.tzdata) for v in history] == [
        (2, "No holidays.", adapters.tzdata_version()),
        (1, "", adapters.tzdata_version()),
    ]


def test_a_calendar_saved_on_a_stale_page_is_refused_with_the_difference(amira: Persona) -> None:
    first = save_calendar(amira)
    save_calendar(amira, calendar_id=first.calendar_id, spec={**SPEC, "holidays": []}, version=1, now=LATER)
    with pytest.raises(Conflict) as refused:
        save_calendar(amira, calendar_id=first.calendar_id, version=1, now=LATER)
    assert (refused.value.code, refused.value.data["difference"]["spec"]["holidays"]) == ("stale", [])
    assert CalendarVersion.objects.count() == 2


def test_a_calendar_without_working_time_is_refused_and_nothing_is_saved(amira: Persona) -> None:
    with pytest.raises(Invalid, match="This calendar never opens"):
        save_calendar(amira, spec={"tz": "UTC", "hours": {}, "holidays": []})
    assert (Calendar.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_agent_reads_the_standards_but_does_not_change_them(ben: Persona) -> None:
    with pytest.raises(Refused, match="a manager or administrator changes them"):
        save_calendar(ben)
    assert Calendar.objects.count() == 0


def test_a_policy_counts_in_the_newest_version_of_its_calendar(amira: Persona) -> None:
    first = save_calendar(amira)
    promise = save_policy(amira, first.pk)
    second = save_calendar(amira, calendar_id=first.calendar_id, spec={**SPEC, "holidays": []}, version=1, now=LATER)
    carried = PolicyVersion.objects.get(policy=promise.policy_id, number=2)
    assert (carried.targets[0]["calendar"], carried.effective_from, carried.reason) == (
        second.pk,
        LATER,
        "Office changed (version 2).",
    )
    assert PolicyVersion.objects.get(pk=promise.pk).targets[0]["calendar"] == first.pk


def test_the_first_policy_that_matches_wins_and_each_says_why(amira: Persona) -> None:
    calendar = save_calendar(amira).pk
    save_policy(amira, calendar, name="Complaints", conditions={"kind": ["complaint"], "priority": [1, 2]})
    save_policy(amira, calendar, name="Everybody")
    trials = queries.try_policies(actor=amira.actor, facts=facts(kind="complaint"), at=NOW)
    assert [(t.name, t.matched, t.chosen, t.why) for t in trials] == [
        (
            "Complaints",
            False,
            False,
            ("The type of ticket (complaint) is complaint.", "The priority (3) is not 1 or 2."),
        ),
        ("Everybody", True, True, ("It has no conditions, so it holds for every ticket.",)),
    ]
    named = queries.try_policies(
        actor=amira.actor,
        facts=facts(kind="complaint"),
        at=NOW,
        names={"priority": {"1": "Critical", "2": "High", "3": "Normal"}},
    )
    assert named[0].why[1] == "The priority (Normal) is not Critical or High."
    match = queries.match_policy(facts=facts(kind="complaint", priority=1), world=World.REAL, at=NOW)
    assert match.name == "Complaints"


@pytest.mark.parametrize(
    ("condition", "matching", "other"),
    [
        ({"priority": [1]}, {"priority": 1}, {"priority": 2}),
        ({"kind": ["complaint"]}, {"kind": "complaint"}, {"kind": "request"}),
        ({"queue": [4]}, {"queue": 4}, {"queue": 5}),
        ({"channel": ["phone"]}, {"channel": "phone"}, {"channel": "web"}),
        ({"customer": [9]}, {"customer": 9}, {"customer": 8}),
        ({"organisation": [3]}, {"organisation": 3}, {"organisation": None}),
        ({"product": [2]}, {"product": 2}, {"product": None}),
        ({"place": [8]}, {"place": 8}, {"place": None}),
        ({"tag": [5, 6]}, {"tag": (1, 6)}, {"tag": (1, 2)}),
        ({"internal": [True]}, {"internal": True}, {"internal": False}),
    ],
)
def test_a_policy_can_ask_about_each_of_these(
    amira: Persona, condition: dict[str, Any], matching: dict[str, Any], other: dict[str, Any]
) -> None:
    save_policy(amira, save_calendar(amira).pk, conditions=condition)
    assert queries.match_policy(facts=facts(**matching), world=World.REAL, at=NOW) is not None
    assert queries.match_policy(facts=facts(**other), world=World.REAL, at=NOW) is None


def test_a_ticket_of_the_past_gets_the_version_in_force_then(amira: Persona) -> None:
    calendar = save_calendar(amira).pk
    first = save_policy(amira, calendar)
    second = save_policy(amira, calendar, policy_id=first.policy_id, version=1, now=LATER)
    before = queries.match_policy(facts=facts(), world=World.REAL, at=LATER - dt.timedelta(seconds=1))
    after = queries.match_policy(facts=facts(), world=World.REAL, at=LATER)
    assert (before.policy_version_key, after.policy_version_key) == (f"policy:{first.pk}", f"policy:{second.pk}")


def test_policies_of_the_sample_stand_apart(amira: Persona) -> None:
    save_policy(amira, save_calendar(amira).pk)
    assert queries.match_policy(facts=facts(), world=World.SAMPLE, at=NOW) is None


def test_policies_are_tried_in_the_order_given(amira: Persona) -> None:
    calendar = save_calendar(amira).pk
    first, second = (save_policy(amira, calendar, name=name).policy_id for name in ("One", "Two"))
    actions.reorder_policies(actor=amira.actor, policy_ids=[second, first], now=NOW)
    assert [row.name for row in queries.policies(actor=amira.actor, now=NOW)] == ["Two", "One"]
    with pytest.raises(Conflict, match="The list of policies has changed"):
        actions.reorder_policies(actor=amira.actor, policy_ids=[first], now=NOW)


def test_a_retired_policy_takes_no_further_tickets(amira: Persona) -> None:
    policy_id = save_policy(amira, save_calendar(amira).pk).policy_id
    actions.retire_policy(actor=amira.actor, policy_id=policy_id, reason="Replaced.", now=NOW)
    assert queries.match_policy(facts=facts(), world=World.REAL, at=NOW) is None
    with pytest.raises(Conflict, match="retired already"):
        actions.retire_policy(actor=amira.actor, policy_id=policy_id, reason="Again.", now=NOW)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"targets": []}, "at least one target"),
        ({"conditions": {"queue": [1, "one"]}}, "with texts, with whole numbers or with true and false"),
        ({"conditions": {"mood": ["bad"]}}, "cannot ask about mood"),
        ({"targets": [{"metric": "joy", "seconds": 1, "calendar": 1}]}, "no target called joy"),
        ({"targets": [{"metric": "first_reply", "seconds": 0, "calendar": 1}]}, "whole number of seconds"),
        ({"escalation": [{"metric": "ola", "level": 1, "after_seconds": 0, "tell": "manager"}]}, "has no target"),
    ],
)
def test_a_policy_that_cannot_work_is_refused_and_nothing_is_saved(
    amira: Persona, given: dict[str, Any], sentence: str
) -> None:
    calendar = save_calendar(amira).pk
    with pytest.raises(Invalid, match=sentence):
        save_policy(amira, calendar, **given)
    assert Policy.objects.count() == 0


def test_a_calendar_of_the_other_world_cannot_be_used(amira: Persona) -> None:
    calendar = save_calendar(amira).pk
    with pytest.raises(NotFound):
        save_policy(amira, calendar, actor=amira.in_world(World.SAMPLE))
    assert Policy.objects.count() == 0


def test_the_default_standards_hold_for_history_and_close_on_englands_holidays(amira: Persona) -> None:
    written = actions.create_default_standards(actor=amira.actor, now=NOW)
    row = queries.policies(actor=amira.actor, now=NOW)[0]
    calendar = queries.calendars(actor=amira.actor, now=NOW)[0]
    boxing_day = next(h for h in calendar.current.spec["holidays"] if h["date"] == "2026-12-28")
    assert written.effective_from == actions.ALWAYS
    assert row.sentence.startswith(
        "First reply within 8 h 30 min of Office hours; First reply at priority 1 within 1 h"
    )
    assert (boxing_day["name"], calendar.policies) == ("Boxing Day (observed)", 1)
    assert queries.match_policy(facts=facts(), world=World.REAL, at=dt.datetime(2012, 1, 1, tzinfo=dt.UTC)) is not None


def test_an_icalendar_feed_becomes_dated_holidays() -> None:
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261224\r\n"
        "DTEND;VALUE=DATE:20261226\r\nSUMMARY:Shut\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    closed = adapters.holidays_of_ical(feed)
    assert adapters.with_holidays(SPEC, closed)["holidays"] == [
        "12-25",
        {"date": "2026-12-24", "name": "Shut"},
        {"date": "2026-12-25", "name": "Shut"},
    ]


def test_holidays_of_a_place_nobody_knows_are_refused() -> None:
    with pytest.raises(Invalid, match="There are no holidays for 'XX'"):
        adapters.public_holidays(country="XX", first_year=2026, last_year=2026)
