"""Meetings: who reads them, who writes what came of them, what is refused, and what reaches whom."""

import dataclasses
import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk import actions as desk
from wellserved.apps.development.actions import meeting_results as results
from wellserved.apps.development.actions import meetings as actions
from wellserved.apps.development.models import Meeting, MeetingResult
from wellserved.apps.development.queries import about_meetings
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.types.meetings import MeetingGiven, Point
from wellserved.apps.ledger.models import Entry
from wellserved.apps.people import duties
from wellserved.apps.standards.actions import expectations
from wellserved.apps.standards.models import Expectation
from wellserved.apps.standards.types.offer import Rule
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage

DAY = dt.timedelta(days=1)
SECRET = "Who takes which hours"
GIVEN = MeetingGiven(
    kind="team", title="Team meeting", starts_at=NOW + DAY, lasts=45, agenda=(Point(words=SECRET, detail="Two asked."),)
)


def arrange(by: Persona, *asked: Persona, **more: object) -> int:
    given = dataclasses.replace(GIVEN, staff_ids=tuple(each.user.pk for each in asked), **more)
    return actions.save(actor=by.actor, meeting_id=None, given=given, now=NOW)


def minute(by: Persona, meeting: int) -> None:
    actions.write(actor=by.actor, meeting_id=meeting, notes="We ring first.", present=[], now=NOW + 2 * DAY)


def agree(by: Persona, meeting: int, owner: Persona, **more: object) -> int:
    given = {"sort": "action", "what": "Ring the depot", "owner_id": owner.user.pk, "due_on": (NOW + 3 * DAY).date()}
    return results.add(actor=by.actor, meeting_id=meeting, now=NOW, **(given | more))


def asked_of(who: Persona, now: dt.datetime = NOW) -> list[str]:
    return [each.what for each in duties.of_person(actor=who.actor, now=now)]


@pytest.fixture
def segment(amira: Persona) -> int:
    return expectations.save_segment(actor=amira.actor, segment_id=None, name="Hotels", rule=Rule(), now=NOW)


def test_one_in_private_is_read_by_those_in_it_and_nobody_else_in_any_role(
    lena: Persona, ben: Persona, chloe: Persona, amira: Persona, ada: Persona, anna: Persona, frank: Persona
) -> None:
    meeting = arrange(lena, ben, is_private=True)
    people = {"lena": lena, "ben": ben, "chloe": chloe, "amira": amira, "ada": ada, "anna": anna, "frank": frank}
    assert {name for name, who in people.items() if queries.visible_ids(who.actor, [meeting])} == {"lena", "ben"}
    assert queries.visible_ids(accounts.system_actor(), [meeting]) == frozenset()
    for who in (amira, ada, anna, frank, chloe):
        pages = [who.client.get(page) for page in ("/meetings", f"/meetings/{meeting}", f"/api/v1/meetings/{meeting}")]
        assert [page.status_code for page in pages] == [200, 404, 404]
        assert SECRET.encode() not in pages[0].content
    history = amira.client.get("/history").content + ada.client.get("/history").content
    assert b"Team meeting" not in history


def test_in_private_nothing_is_given_to_somebody_outside(lena: Persona, ben: Persona, chloe: Persona) -> None:
    meeting = arrange(lena, ben, is_private=True)
    with pytest.raises(Invalid, match="only somebody in the meeting") as refused:
        agree(lena, meeting, chloe)
    assert (refused.value.code, refused.value.data, MeetingResult.objects.count()) == (
        "owner_outside",
        {"field": "owner_id"},
        0,
    )
    taken = agree(lena, meeting, ben)
    MeetingResult.objects.filter(pk=taken).update(owner=chloe.user)
    assert queries.own_results(actor=chloe.actor, on=NOW.date()) == ()
    assert about_meetings.taken_on(chloe.actor, NOW) == ()


def test_a_talk_with_a_customer_is_for_those_who_may_read_customers(
    lena: Persona, ben: Persona, anna: Persona, frank: Persona
) -> None:
    meeting = arrange(lena, kind="customer")
    assert [bool(queries.visible_ids(who.actor, [meeting])) for who in (ben, anna, frank)] == [True, False, False]


def test_minutes_wait_for_the_meeting_and_are_written_by_whoever_leads_it(
    lena: Persona, ben: Persona, amira: Persona
) -> None:
    meeting = arrange(lena, ben, amira)
    written = Entry.objects.count()
    with pytest.raises(Conflict, match="has not begun"):
        actions.write(actor=lena.actor, meeting_id=meeting, notes="So", present=[], now=NOW)
    with pytest.raises(Refused, match="Only whoever leads"):
        minute(amira, meeting)
    with pytest.raises(NotFound, match="not asked"):
        actions.write(actor=lena.actor, meeting_id=meeting, notes="So", present=[999_999], now=NOW + 2 * DAY)
    assert (Meeting.objects.get(pk=meeting).state, Entry.objects.count()) == ("planned", written)
    minute(lena, meeting)
    assert Meeting.objects.get(pk=meeting).state == "held"


def test_minutes_are_sent_once_and_asked_to_be_read_of_colleagues(lena: Persona, ben: Persona) -> None:
    meeting = arrange(lena, ben)
    minute(lena, meeting)
    assert asked_of(ben) == []
    assert actions.send(actor=lena.actor, meeting_id=meeting, now=NOW + 2 * DAY) == 0
    assert asked_of(ben) == ["Read the minutes: Team meeting"]
    assert asked_of(lena, NOW + 2 * DAY) == []
    with pytest.raises(Conflict, match="no minutes to send"):
        actions.send(actor=lena.actor, meeting_id=meeting, now=NOW + 2 * DAY)
    with pytest.raises(Conflict, match="were sent"):
        minute(lena, meeting)
    actions.see_minutes(actor=ben.actor, meeting_id=meeting, now=NOW + 3 * DAY)
    assert asked_of(ben) == []


def test_by_mail_a_guest_reads_the_minutes_without_a_link_and_a_colleague_with_one(lena: Persona, ben: Persona) -> None:
    customer = desk.save_customer(actor=lena.actor, name="Mrs Moreau", email="moreau@hotel.example", now=NOW)
    meeting = arrange(lena, ben, kind="customer", customer_id=customer)
    agree(lena, meeting, ben)
    minute(lena, meeting)
    assert actions.send(actor=lena.actor, meeting_id=meeting, by_mail=True, now=NOW + 2 * DAY) == 2
    bodies = dict(OutboxMessage.objects.values_list("recipient", "body"))
    assert "We ring first." in bodies["moreau@hotel.example"]
    assert "Ring the depot (Ben Okafor, by 6 March 2026)" in bodies["moreau@hotel.example"]
    assert "/meetings/" not in bodies["moreau@hotel.example"]
    assert f"/meetings/{meeting}" in bodies[ben.user.email]


def test_what_is_said_in_private_leaves_no_mail(lena: Persona, ben: Persona) -> None:
    meeting = arrange(lena, ben, is_private=True)
    minute(lena, meeting)
    with pytest.raises(Invalid, match="leaves no mail"):
        actions.send(actor=lena.actor, meeting_id=meeting, by_mail=True, now=NOW + 2 * DAY)
    assert (OutboxMessage.objects.count(), Meeting.objects.get(pk=meeting).state) == (0, "held")


def test_the_agenda_is_open_to_those_asked_until_it_is_held(lena: Persona, ben: Persona, amira: Persona) -> None:
    meeting = arrange(lena, ben)
    actions.add_point(actor=ben.actor, meeting_id=meeting, what="Late vans", now=NOW)
    with pytest.raises(Refused, match="not asked"):
        actions.add_point(actor=amira.actor, meeting_id=meeting, what="Budget", now=NOW)
    minute(lena, meeting)
    with pytest.raises(Conflict, match="agenda of the next"):
        actions.add_point(actor=ben.actor, meeting_id=meeting, what="Later", now=NOW)
    assert Meeting.objects.get(pk=meeting).agenda == [[SECRET, "Two asked."], ["Late vans", ""]]


def test_a_change_keeps_who_leads_and_a_stale_one_changes_nothing(lena: Persona, ben: Persona, amira: Persona) -> None:
    meeting = arrange(lena, ben)
    later = dataclasses.replace(GIVEN, title="Moved", starts_at=NOW + 4 * DAY)
    with pytest.raises(Refused, match="Only whoever leads"):
        actions.save(actor=amira.actor, meeting_id=meeting, given=later, now=NOW)
    actions.save(actor=lena.actor, meeting_id=meeting, given=later, version=1, now=NOW)
    with pytest.raises(Conflict):
        actions.save(actor=lena.actor, meeting_id=meeting, given=GIVEN, version=1, now=NOW)
    row = Meeting.objects.get(pk=meeting)
    assert (row.title, row.version, row.chair_id) == ("Moved", 2, lena.user.pk)
    assert list(row.people.values_list("user", flat=True)) == [lena.user.pk]


def test_one_called_off_says_why_and_comes_to_nothing(lena: Persona, ben: Persona) -> None:
    meeting = arrange(lena, ben)
    actions.call_off(actor=lena.actor, meeting_id=meeting, reason="Nobody can come", now=NOW)
    assert "Called off: Nobody can come" in ben.client.get(f"/meetings/{meeting}").content.decode()
    with pytest.raises(Conflict, match="called off"):
        agree(lena, meeting, ben)
    with pytest.raises(Conflict):
        minute(lena, meeting)


def test_only_its_owner_or_whoever_leads_settles_an_action(lena: Persona, ben: Persona, amira: Persona) -> None:
    result = agree(lena, arrange(lena, ben, amira), ben)
    written = Entry.objects.count()
    with pytest.raises(Refused, match="Only whoever took it on"):
        results.settle(actor=amira.actor, result_id=result, settled="done", now=NOW)
    with pytest.raises(Invalid, match="Say why it will not"):
        results.settle(actor=ben.actor, result_id=result, settled="dropped", now=NOW)
    with pytest.raises(Invalid, match="Say why it takes longer"):
        results.move(actor=ben.actor, result_id=result, due_on=(NOW + 9 * DAY).date(), reason=" ", now=NOW)
    assert (MeetingResult.objects.get(pk=result).settled, Entry.objects.count()) == ("", written)
    results.settle(actor=ben.actor, result_id=result, settled="done", now=NOW)
    with pytest.raises(Conflict, match="settled already"):
        results.settle(actor=lena.actor, result_id=result, settled="dropped", said="No", now=NOW)


def test_each_kind_of_meeting_comes_to_its_own(lena: Persona, ben: Persona) -> None:
    team, partner = arrange(lena, ben), arrange(lena, kind="partner")
    with pytest.raises(Invalid, match="action and opportunity found"):
        agree(lena, team, ben, sort="requirement")
    with pytest.raises(Invalid, match="action and requirement agreed"):
        agree(lena, partner, ben, sort="opportunity")
    assert MeetingResult.objects.count() == 0


def test_a_requirement_becomes_one_expectation_by_whoever_edits_standards(
    lena: Persona, ben: Persona, amira: Persona, segment: int
) -> None:
    meeting = arrange(lena, kind="partner")
    result = agree(lena, meeting, ben, sort="requirement", what="One delivery a floor")
    with pytest.raises(Refused):
        results.expect(actor=lena.actor, result_id=result, segment_id=segment, now=NOW)
    with pytest.raises(Invalid, match="Choose whose"):
        results.expect(actor=amira.actor, result_id=result, now=NOW)
    assert Expectation.objects.count() == 0
    made = results.expect(actor=amira.actor, result_id=result, segment_id=segment, now=NOW)
    with pytest.raises(Conflict, match="already"):
        results.expect(actor=amira.actor, result_id=result, segment_id=segment, now=NOW)
    assert list(Expectation.objects.values_list("pk", "title")) == [(made, "One delivery a floor")]


def test_an_expectation_of_a_private_talk_does_not_name_it(amira: Persona, ben: Persona, segment: int) -> None:
    meeting = arrange(amira, kind="customer", title="Talk on the lawsuit", is_private=True)
    result = agree(amira, meeting, ben, sort="requirement", what="A letter a week", segment_id=segment)
    made = results.expect(actor=amira.actor, result_id=result, now=NOW)
    page = ben.client.get(f"/expectations/{made}").content.decode()
    assert "A letter a week" in page
    assert "lawsuit" not in page
    assert "lawsuit" in amira.client.get(f"/expectations/{made}").content.decode()


def test_open_actions_stand_before_the_next_meeting_of_the_kind_without_those_of_others(
    lena: Persona, ben: Persona, amira: Persona
) -> None:
    before = arrange(lena, ben)
    agree(lena, before, ben)
    agree(amira, arrange(amira, ben), ben, what="Of somebody else's")
    following = arrange(lena, ben, starts_at=NOW + 8 * DAY)
    found = queries.meeting(actor=ben.actor, meeting_id=following, now=NOW)
    assert [each.words for each in found.carried] == ["Ring the depot"]


def test_the_asked_are_of_this_world(lena: Persona) -> None:
    with pytest.raises(NotFound, match="no such colleague"):
        actions.save(actor=lena.actor, meeting_id=None, given=dataclasses.replace(GIVEN, staff_ids=(999_999,)), now=NOW)
    assert Meeting.objects.count() == 0
