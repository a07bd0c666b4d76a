"""A standard from its first answer to the day it is retired: what it writes, what it refuses."""

import datetime as dt
from typing import Any

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.models import Queue
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards import queries as clock_queries
from wellserved.apps.standards.actions import commitments as actions
from wellserved.apps.standards.models import Policy, PolicyVersion, Standard, StandardVersion
from wellserved.apps.standards.queries import commitments as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

TODAY = NOW.date()
LATER = NOW + dt.timedelta(days=30)
HOURS = {"tz": "Europe/London", "hours": {str(day): [["09:00", "17:30"]] for day in range(5)}, "holidays": []}


@pytest.fixture
def office(amira: Persona) -> int:
    return clocks.save_calendar(actor=amira.actor, calendar_id=None, name="Office", spec=HOURS, now=NOW).calendar_id


def answers(who: Persona, calendar: int | None, **given: Any) -> dict[str, Any]:
    return {
        "name": "First reply",
        "expectation": "They want to hear from us on the same day.",
        "promise": "We answer within one working day.",
        "measure": "first_reply",
        "source": "desk",
        "target": 0.95,
        "tolerance": 0.02,
        "seconds": 30_600,
        "calendar": calendar,
        "audience": "customers",
        "frequency": "week",
        "effective_on": TODAY,
        "owner_id": who.user.pk,
        "review_on": TODAY + dt.timedelta(days=90),
    } | given


def draft(who: Persona, calendar: int | None, **given: Any) -> int:
    return actions.save_draft(actor=who.actor, standard_id=None, answers=answers(who, calendar, **given), now=NOW).pk


def live(who: Persona, calendar: int | None, *, now: dt.datetime = NOW, **given: Any) -> Standard:
    pk = draft(who, calendar, **given)
    actions.agree(actor=who.actor, standard_id=pk, now=now)
    return actions.put_live(actor=who.actor, standard_id=pk, now=now)


def newest(policy_id: int | None) -> PolicyVersion:
    return PolicyVersion.objects.filter(policy=policy_id).latest("number")


def open_ticket(who: Persona, *, now: dt.datetime, **given: Any) -> int:
    if not Queue.objects.exists():
        desk.save_queue(actor=who.actor, name="Care", team_id=None, is_default=True, now=now)
    return desk.open_ticket(
        actor=who.actor, subject="Parcel", body="Where is it?", customer_email="dev@mail.test", now=now, **given
    ).number


def test_a_standard_that_goes_live_runs_its_clock_on_new_tickets_and_is_named_by_it(amira: Persona, office: int):
    before = open_ticket(amira, now=NOW)
    row = live(amira, office)
    after = open_ticket(amira, now=NOW + dt.timedelta(minutes=5))
    assert desk_queries.ticket(actor=amira.actor, number=before, now=LATER).clocks == ()
    clock = desk_queries.ticket(actor=amira.actor, number=after, now=NOW + dt.timedelta(minutes=5)).clocks[0]
    assert (clock.metric, clock.target_seconds, clock.standard.id, clock.standard.name) == (
        "first_reply",
        30_600,
        row.pk,
        "First reply",
    )
    assert clock.due_at == dt.datetime(2026, 3, 4, 10, 5, tzinfo=dt.UTC)


def test_it_runs_from_its_effective_day_and_not_before(amira: Persona, office: int):
    live(amira, office, effective_on=TODAY + dt.timedelta(days=2))
    early = open_ticket(amira, now=NOW + dt.timedelta(hours=1))
    due = open_ticket(amira, now=NOW + dt.timedelta(days=2))
    clocks_of = {n: desk_queries.ticket(actor=amira.actor, number=n, now=LATER).clocks for n in (early, due)}
    assert (len(clocks_of[early]), len(clocks_of[due])) == (0, 1)


def test_two_standards_for_the_same_tickets_share_one_policy(amira: Persona, office: int):
    first = live(amira, office)
    second = live(amira, office, name="Settled", measure="resolution", promise="Settled in five days.", seconds=153_000)
    assert (first.policy_id == second.policy_id, Policy.objects.count()) == (True, 1)
    assert [(t["metric"], t["aim"], t["warn_before"]) for t in newest(first.policy_id).targets] == [
        ("first_reply", 0.95, [7650]),
        ("resolution", 0.95, [38_250]),
    ]


def test_a_standard_for_some_tickets_stands_before_the_general_one_and_keeps_its_other_clocks(
    amira: Persona, office: int
):
    clocks.create_default_standards(actor=amira.actor, now=NOW)
    row = live(amira, office, name="Complaints", seconds=7200, conditions={"kind": ["complaint"]})
    names = [p.name for p in clock_queries.policies(actor=amira.actor, now=NOW) if p.is_active]
    assert names == ["Complaints", "Standard promise"]
    kept = sorted((t["metric"], t["priority"] or 0, t["seconds"]) for t in newest(row.policy_id).targets)
    assert kept == [
        ("first_reply", 0, 7200),
        ("first_reply", 1, 3600),
        ("next_reply", 0, 30_600),
        ("resolution", 0, 153_000),
        ("resolution", 1, 30_600),
    ]


def test_a_standard_joins_the_policy_that_asks_for_the_same_tickets(amira: Persona, office: int):
    version = clocks.create_default_standards(actor=amira.actor, now=NOW)
    row = live(amira, office, seconds=14_400)
    assert (row.policy_id, row.owns_policy, newest(row.policy_id).number) == (version.policy_id, False, 2)
    found = [t for t in newest(row.policy_id).targets if t["metric"] == "first_reply" and t["priority"] is None]
    assert [(t["seconds"], t["aim"]) for t in found] == [(14_400, 0.95)]


def test_a_change_of_a_live_standard_is_a_version_with_what_changed_and_why(amira: Persona, office: int):
    row = live(amira, office)
    actions.save_draft(actor=amira.actor, standard_id=row.pk, answers=answers(amira, office, seconds=14_400), now=LATER)
    written = actions.agree(actor=amira.actor, standard_id=row.pk, reason="Customers asked for half a day.", now=LATER)
    found = queries.standard(actor=amira.actor, standard_id=row.pk, now=LATER)
    assert (written.number, newest(row.policy_id).targets[0]["seconds"]) == (2, 14_400)
    assert [(v.number, v.reason, v.changes) for v in found.versions] == [
        (2, "Customers asked for half a day.", (("Time", "8 h 30 min", "4 h"),)),
        (1, "", ()),
    ]


def test_a_change_without_a_reason_is_refused_and_changes_nothing(amira: Persona, office: int):
    row = live(amira, office)
    actions.save_draft(actor=amira.actor, standard_id=row.pk, answers=answers(amira, office, seconds=14_400), now=LATER)
    with pytest.raises(Invalid, match="Say why it changes"):
        actions.agree(actor=amira.actor, standard_id=row.pk, now=LATER)
    assert (StandardVersion.objects.count(), newest(row.policy_id).targets[0]["seconds"]) == (1, 30_600)


def test_a_standard_made_for_itself_takes_its_policy_with_it_when_it_retires(amira: Persona, office: int):
    row = live(amira, office)
    actions.retire(actor=amira.actor, standard_id=row.pk, reason="Nobody asks.", now=LATER)
    assert (Standard.objects.get().state, Policy.objects.get().is_active) == ("retired", False)
    number = open_ticket(amira, now=LATER)
    assert desk_queries.ticket(actor=amira.actor, number=number, now=LATER).clocks == ()


def test_a_standard_that_shares_a_policy_leaves_the_other_clocks_running(amira: Persona, office: int):
    first = live(amira, office)
    second = live(amira, office, name="Settled", measure="resolution", promise="Settled in five days.", seconds=153_000)
    actions.retire(actor=amira.actor, standard_id=first.pk, reason="Merged.", now=LATER)
    assert [t["metric"] for t in newest(second.policy_id).targets] == ["resolution"]
    assert Policy.objects.get().is_active


@pytest.mark.parametrize(
    ("missing", "letter", "said"),
    [
        ({"source": ""}, "measurable", "First reply still needs where its figures come from."),
        ({"target": None, "promise": "Answer quickly"}, "specific", "“Answer quickly” does not say how often"),
        ({"measure": ""}, "measurable", "Choose the measure"),
        ({"seconds": None}, "measurable", "First reply still needs the time."),
        ({"expectation": ""}, "relevant", "Say which expectation it answers"),
        ({"owner_id": None}, "time_bound", "It still needs an owner."),
        ({"review_on": None}, "time_bound", "It still needs the day it is reviewed."),
        ({"audience": "colleagues"}, "specific", "Name the person on the other side"),
    ],
)
def test_what_cannot_be_measured_is_not_agreed(
    amira: Persona, office: int, missing: dict[str, Any], letter: str, said: str
):
    pk = draft(amira, office, **missing)
    with pytest.raises(Invalid, match=said) as refused:
        actions.agree(actor=amira.actor, standard_id=pk, now=NOW)
    assert (refused.value.code, letter in refused.value.data["missing"]) == ("not_smart", True)
    assert (Standard.objects.get().state, StandardVersion.objects.count(), Policy.objects.count()) == ("draft", 0, 0)


def test_only_what_was_agreed_goes_live(amira: Persona, office: int):
    pk = draft(amira, office)
    with pytest.raises(Conflict, match="Only an agreed standard goes live"):
        actions.put_live(actor=amira.actor, standard_id=pk, now=NOW)
    assert Policy.objects.count() == 0


def test_an_agent_reads_standards_and_writes_none(amira: Persona, ben: Persona, office: int):
    pk = draft(amira, office)
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        actions.agree(actor=ben.actor, standard_id=pk, now=NOW)
    assert queries.standard(actor=ben.actor, standard_id=pk, now=NOW).row.name == "First reply"
    assert (Standard.objects.get().state, Entry.objects.count()) == ("draft", entries)


def test_a_standard_of_another_world_is_absent(amira: Persona, office: int):
    pk = draft(amira, office)
    with pytest.raises(NotFound):
        queries.standard(actor=amira.in_world(World.SAMPLE), standard_id=pk, now=NOW)


def test_a_stale_draft_is_refused(amira: Persona, office: int):
    pk = draft(amira, office)
    actions.save_draft(actor=amira.actor, standard_id=pk, answers=answers(amira, office, name="Mine"), now=NOW)
    with pytest.raises(Conflict, match="Somebody saved version 2"):
        actions.save_draft(
            actor=amira.actor, standard_id=pk, answers=answers(amira, office, name="Hers"), version=1, now=NOW
        )
    assert Standard.objects.get().name == "Mine"


def test_a_figure_from_outside_is_entered_and_judged(amira: Persona):
    row = live(
        amira,
        None,
        name="Satisfied",
        measure="satisfaction",
        promise="Nine in ten are satisfied.",
        source="survey",
        target=0.9,
        seconds=None,
    )
    day = TODAY - dt.timedelta(days=1)
    actions.enter_reading(actor=amira.actor, standard_id=row.pk, on=day, value=171, cases=200, now=NOW)
    found = queries.recent_readings(actor=amira.actor, standard_ids=[row.pk], since=day)
    assert (found[row.pk], row.policy_id) == (((day, 171.0, 200),), None)
    with pytest.raises(Invalid, match="More cannot be satisfied"):
        actions.enter_reading(actor=amira.actor, standard_id=row.pk, on=day, value=201, cases=200, now=NOW)


def test_a_review_moves_the_day_it_is_due(amira: Persona, office: int):
    row = live(amira, office)
    due = NOW + dt.timedelta(days=90)
    assert queries.reviews_due(actor=amira.actor, now=due) == ("First reply",)
    actions.review(
        actor=amira.actor,
        standard_id=row.pk,
        finding="Still what they expect.",
        next_on=due.date() + dt.timedelta(days=90),
        now=due,
    )
    assert queries.reviews_due(actor=amira.actor, now=due) == ()
