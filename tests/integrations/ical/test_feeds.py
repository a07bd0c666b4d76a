"""Closed days by address: read on demand, kept and read once a day, each failure told and nothing lost."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from unittest import mock

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integrations.ical.stub import FILE, answer, web_server
from tests.personas import NOW, Persona
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards import queries as standard_queries
from wellserved.apps.standards.models import CalendarVersion
from wellserved.integrations.ical import actions, queries
from wellserved.integrations.ical.models import Feed
from wellserved.integrations.ical.queries import FeedRow
from wellserved.platform.errors import Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
OFFICE = {"tz": "Europe/London", "hours": {str(d): [["09:00", "17:30"]] for d in range(5)}, "holidays": ["12-25"]}
DAY = dt.timedelta(days=1)


@pytest.fixture
def calendar(amira: Persona) -> int:
    made = standards.save_calendar(actor=amira.actor, calendar_id=None, name="Office", spec=OFFICE, now=NOW)
    return made.calendar_id


@pytest.fixture
def server() -> Iterator[Any]:
    with web_server(answer()) as running:
        yield running


def read(who: Persona, calendar: int, server: Any, **given: Any) -> int:
    wanted = {"url": f"http://{server.place}/f.ics", "allowed": {server.place}, "now": NOW} | given
    return actions.read(actor=who.actor, calendar_id=calendar, **wanted)


def closed(who: Persona, calendar: int) -> set[str]:
    newest = standard_queries.calendar_history(actor=who.actor, calendar_id=calendar)[0]
    return {day if isinstance(day, str) else day["date"] for day in newest.spec["holidays"]}


def kept(who: Persona, calendar: int) -> FeedRow:
    found = queries.feed_of(actor=who.actor, calendar_id=calendar)
    assert found is not None
    return found


def page(who: Persona, calendar: int, more: str = "") -> str:
    answered = who.client.get(f"/standards/calendars/{calendar}{more}")
    assert answered.status_code == 200
    return answered.content.decode()


def test_days_read_make_one_new_version_and_reading_again_makes_none(
    amira: Persona, calendar: int, server: Any
) -> None:
    assert read(amira, calendar, server) == 2
    assert closed(amira, calendar) == {"12-25", "2026-05-04", "2026-12-28"}
    assert read(amira, calendar, server) == 0
    newest = CalendarVersion.objects.latest("number")
    assert (newest.number, newest.reason) == (2, f"2 closed days read from http://{server.place}/f.ics")
    assert not Feed.objects.exists()


def test_what_is_kept_is_read_once_a_day_and_brings_what_is_new(amira: Persona, calendar: int, server: Any) -> None:
    read(amira, calendar, server, keep=True)
    assert actions.read_due(allowed={server.place}, now=NOW + DAY - dt.timedelta(minutes=1)) == 0
    server.pieces = [answer(FILE.replace("20260504", "20260525"))]
    assert [actions.read_due(allowed={server.place}, now=NOW + DAY) for _ in range(2)] == [1, 0]
    assert len(server.asked) == 2
    found = kept(amira, calendar)
    assert (found.days, found.well_at, found.error, found.kept_by) == (1, NOW + DAY, "", "Amira Haddad")
    # A day that has gone from the file stays closed until somebody opens it.
    assert closed(amira, calendar) >= {"2026-05-04", "2026-05-25"}


def test_a_failed_reading_is_told_and_tried_again_the_next_day(amira: Persona, calendar: int, server: Any) -> None:
    read(amira, calendar, server, keep=True)
    before = closed(amira, calendar)
    server.pieces = [answer("", "503 Service Unavailable")]
    assert actions.read_due(allowed={server.place}, now=NOW + DAY) == 0
    found = kept(amira, calendar)
    assert found.error == "127.0.0.1 answers 503 instead of a file. Check the address."
    assert (found.well_at, found.read_at, closed(amira, calendar)) == (NOW, NOW + DAY, before)
    assert "answers 503 instead of a file" in page(amira, calendar)
    server.pieces = [answer()]
    actions.read_due(allowed={server.place}, now=NOW + 2 * DAY)
    assert kept(amira, calendar).error == ""


def test_a_feed_that_fails_as_nobody_foresaw_keeps_no_other_from_being_read(
    amira: Persona, calendar: int, server: Any
) -> None:
    other = standards.save_calendar(actor=amira.actor, calendar_id=None, name="Evenings", spec=OFFICE, now=NOW)
    read(amira, calendar, server, keep=True)
    read(amira, other.calendar_id, server, keep=True)
    told = [RuntimeError("odd"), icalendar.Calendar.from_ical(FILE.replace("20260504", "20260525").encode())]
    with mock.patch.object(icalendar.Calendar, "from_ical", side_effect=told):
        assert actions.read_due(allowed={server.place}, now=NOW + DAY) == 1
    found = kept(amira, calendar)
    assert (found.error, found.read_at, found.well_at) == ("It could not be read.", NOW + DAY, NOW)
    assert "2026-05-25" in closed(amira, other.calendar_id)
    assert actions.read_due(allowed={server.place}, now=NOW + DAY) == 0


def test_a_day_closed_by_somebody_while_the_feed_was_read_stays_closed(
    amira: Persona, calendar: int, server: Any
) -> None:
    found = actions._Read(FILE, now=NOW)
    assert len(found.days_in("Europe/London")) == 2
    spec = {**OFFICE, "tz": "Asia/Tokyo", "holidays": ["12-25", "2026-07-01"]}
    standards.save_calendar(actor=amira.actor, calendar_id=calendar, name="Office", spec=spec, now=NOW)
    assert actions._write(amira.actor, calendar, found, url="https://example.org/f.ics", now=NOW) == 2
    assert closed(amira, calendar) == {"12-25", "2026-07-01", "2026-05-04", "2026-12-28"}


def test_an_address_kept_is_judged_anew_each_day(amira: Persona, calendar: int, server: Any) -> None:
    read(amira, calendar, server, keep=True)
    actions.read_due(now=NOW + DAY)
    assert (len(server.asked), kept(amira, calendar).error[:33]) == (1, "Give an address that begins with ")


@pytest.mark.parametrize("body", ["<html>Sign in</html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", ""])
def test_what_is_no_calendar_changes_nothing(amira: Persona, calendar: int, server: Any, body: str) -> None:
    server.pieces = [answer(body)]
    before = CalendarVersion.objects.count(), Entry.objects.count()
    with pytest.raises(Invalid):
        read(amira, calendar, server, keep=True)
    assert (CalendarVersion.objects.count(), Entry.objects.count(), Feed.objects.count()) == (*before, 0)


def test_the_history_says_that_it_is_kept_and_no_longer(amira: Persona, calendar: int, server: Any) -> None:
    read(amira, calendar, server, keep=True)
    actions.stop(actor=amira.actor, calendar_id=calendar, now=NOW + DAY)
    said = {item.sentence for item in ledger.history(actor=amira.actor, subject=("standards.calendar", calendar))}
    assert said >= {"let closed days be read from an address", "stopped reading closed days from an address"}
    assert actions.read_due(allowed={server.place}, now=NOW + 2 * DAY) == 0
    assert (Feed.objects.count(), len(server.asked), len(closed(amira, calendar))) == (0, 1, 3)


def test_only_whoever_changes_calendars_lets_one_be_read(
    amira: Persona, ben: Persona, calendar: int, server: Any
) -> None:
    with pytest.raises(Refused):
        read(ben, calendar, server)
    elsewhere = amira.in_world(World.SAMPLE)
    with pytest.raises(NotFound):
        actions.read(actor=elsewhere, calendar_id=calendar, url=f"http://{server.place}/", now=NOW)
    assert server.asked == []


def test_the_page_refuses_a_machine_of_the_house_at_the_field(amira: Persona, calendar: int) -> None:
    path = f"/standards/calendars/{calendar}/address"
    refused = amira.client.post(path, {"url": "https://127.0.0.1/f.ics", "keep": "on"})
    text = refused.content.decode()
    assert (refused.status_code, "is a machine inside the house or none at all" in text) == (422, True)
    assert 'value="https://127.0.0.1/f.ics"' in text
    assert (Feed.objects.count(), CalendarVersion.objects.count()) == (0, 1)


def test_the_pages_show_the_last_reading_and_stop_it(amira: Persona, ben: Persona, calendar: int, server: Any) -> None:
    assert "Closed days from an address" not in page(ben, calendar)
    read(amira, calendar, server, keep=True)
    assert "Read once a day, the last time on 3 Mar 2026" in page(amira, calendar, "/address")
    assert server.place in page(ben, calendar)
    amira.client.post(f"/standards/calendars/{calendar}/address/stop")
    assert not Feed.objects.exists()
    assert "No address is kept." in page(amira, calendar)


def test_a_file_is_taken_as_an_upload_and_nothing_else_is(amira: Persona, calendar: int) -> None:
    path = f"/standards/calendars/{calendar}/edit"
    fields = {"name": "Office", "tz": "Europe/London", "day_0": "09:00-17:30", "intent": "holidays", "version": 1}
    closes = FILE.replace("20260504", "20270503").replace("20261228", "20271228").encode()
    text = amira.client.post(path, fields | {"ics": SimpleUploadedFile("days.ics", closes)}).content.decode()
    assert ("2027-05-03 Early May" in text, "2027-12-28 Boxing Day" in text) == (True, True)
    for content in (b"\xff\xfe\x00", closes + b"\0", b"no calendar", b"x" * 1_000_001):
        refused = amira.client.post(path, fields | {"ics": SimpleUploadedFile("days.ics", content)})
        assert refused.status_code == 422
    assert CalendarVersion.objects.count() == 1
