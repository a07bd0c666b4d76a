"""Holidays from the library and from iCalendar feeds."""

import struct
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.science.calendars.oracle import at_utc
from wellserved.science.calendars import CalendarError, Holiday, WorkingCalendar, holiday_dates, holidays_from_ical
from wellserved.science.calendars.zones import EPOCH, offsets_in_year


def feed(*events):
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@example.org\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n{body}END:VCALENDAR\r\n"


def lines(*parts):
    return "\r\n".join(parts)


def read(*events, years=range(2026, 2029), tz="UTC"):
    return holidays_from_ical(feed(*events), years=years, tz=tz)


def dates(*events, **how):
    return [holiday.exact_date for holiday in read(*events, **how)]


def test_the_library_knows_the_substitute_days_of_england():
    found = holiday_dates("GB", "ENG", [2026])
    assert found[-3:] == (
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 26), "Boxing Day"),
        (date(2026, 12, 28), "Boxing Day (observed)"),
    )
    assert len(holiday_dates("GB", "SCT", [2026])) > 0
    assert len(holiday_dates("DE", None, [2026, 2027])) > 0


@pytest.mark.parametrize(
    ("country", "subdivision", "years"),
    [
        ("ZZ", None, [2026]),
        ("GB", "XXX", [2026]),
        ("GB", "ENG", []),
        ("GB", "ENG", [1800]),
        ("GB", "ENG", range(1900, 2100)),
    ],
)
def test_unknown_places_and_years_are_refused(country, subdivision, years):
    with pytest.raises(CalendarError, match=r"use codes such as 'GB'|'GB' has ENG, NIR, SCT, WLS|Give 1 to 100 years"):
        holiday_dates(country, subdivision, years)


def test_holidays_close_a_calendar_and_name_themselves():
    office = WorkingCalendar.from_dict({"tz": "UTC", "hours": {"4": [["09:00", "17:00"]]}})
    closed = office.with_holidays(holiday_dates("GB", "ENG", [2026]))
    explained = closed.explain(at_utc("2026-12-25T10:00"), at_utc("2026-12-25T11:00"))
    assert [part.reason for part in explained] == ["holiday: Christmas Day"]
    assert WorkingCalendar.from_dict(closed.to_dict()) == closed


def test_a_whole_day_and_a_span_of_days_close_each_date():
    assert read(lines("DTSTART;VALUE=DATE:20261225", "SUMMARY:Christmas Day")) == (
        Holiday(year=2026, month=12, day=25, name="Christmas Day"),
    )
    assert dates(lines("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")) == [
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_a_timed_event_closes_its_hours_in_the_zone_of_the_calendar():
    event = lines("DTSTART:20260703T120000Z", "DTEND:20260703T143000Z", "SUMMARY:Training")
    (found,) = read(event, tz="Europe/London")
    assert found.to_value() == {"date": "2026-07-03", "from": "13:00", "to": "15:30", "name": "Training"}


def test_a_timed_event_over_midnight_closes_two_dates_in_part():
    found = read(lines("DTSTART:20260703T220000", "DURATION:PT4H"))
    assert [holiday.to_value() for holiday in found] == [
        {"date": "2026-07-03", "from": "22:00", "to": "24:00"},
        {"date": "2026-07-04", "from": "00:00", "to": "02:00"},
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY", ["2026-11-26", "2027-11-26", "2028-11-26"]),
        ("FREQ=YEARLY;INTERVAL=2", ["2026-11-26", "2028-11-26"]),
        ("FREQ=YEARLY;COUNT=4", ["2026-11-26", "2027-11-26"]),
        ("FREQ=YEARLY;UNTIL=20271126T000000Z", ["2026-11-26", "2027-11-26"]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", ["2026-11-26", "2027-11-25", "2028-11-23"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", ["2026-05-25", "2027-05-31", "2028-05-29"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", ["2026-12-31", "2027-12-31", "2028-12-31"]),
    ],
)
def test_yearly_rules_are_expanded_within_the_wanted_years(rule, expected):
    event = lines("DTSTART;VALUE=DATE:20241126", f"RRULE:{rule}")
    if "INTERVAL" not in rule:
        assert [day.isoformat() for day in dates(event)] == expected
    else:
        assert [day.isoformat() for day in dates(event, years=range(2026, 2030))] == expected


def test_a_leap_day_repeats_in_leap_years_alone():
    assert dates(lines("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY")) == [date(2028, 2, 29)]


def test_left_out_added_and_cancelled_dates_are_honoured():
    repeated = lines(
        "DTSTART;VALUE=DATE:20260101",
        "RRULE:FREQ=YEARLY",
        "EXDATE;VALUE=DATE:20270101",
        "RDATE;VALUE=DATE:20270104",
    )
    cancelled = lines("DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED")
    assert dates(repeated, cancelled) == [date(2026, 1, 1), date(2027, 1, 4), date(2028, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar at all",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        feed("SUMMARY:No start"),
        feed("DTSTART:tomorrow"),
        feed(lines("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261201")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20401225")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=SECONDLY")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYYEARDAY=100")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;INTERVAL=0")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYDAY=MO")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=1MO")),
        feed(lines("DTSTART;VALUE=DATE:18991225", "RRULE:FREQ=YEARLY")),
        feed(lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5;BYDAY=MO,TU,WE,TH,FR")),
        feed(*[lines("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY")] * 501),
        "X" * 2_000_001,
    ],
)
def test_a_malformed_feed_is_refused(text):
    with pytest.raises(CalendarError):
        holidays_from_ical(text, years=[2026])


def changes(name):
    """The (instant, offset) changes of a zone as its compiled file lists them."""
    data = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    first = struct.unpack(">6l", data[20:44])
    start = 44 + first[3] * 5 + first[4] * 6 + first[5] + first[2] * 8 + first[1] + first[0]
    _, _, _, count, kinds, _ = struct.unpack(">6l", data[start + 20 : start + 44])
    at = start + 44
    instants = struct.unpack(f">{count}q", data[at : at + 8 * count])
    table = [struct.unpack(">lbb", data[at + 9 * count + 6 * n : at + 9 * count + 6 * n + 6])[0] for n in range(kinds)]
    return [(when, table[kind]) for when, kind in zip(instants, data[at + 8 * count : at + 9 * count], strict=True)]


def test_no_zone_returns_to_an_offset_within_six_days():
    names = [name for name in available_timezones() if name not in {"localtime", "posixrules"}]
    shortest = {}
    for name in names:
        moved = [b for a, b in pairwise([(None, None), *changes(name)]) if a[1] != b[1]]
        gaps = [after[0] - before[0] for before, after in pairwise(moved) if before[0] > -2_208_988_800]
        shortest[name] = min(gaps, default=10**9)
    assert min(shortest.values()) > 6 * 86_400


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("Europe/London", range(2025, 2028)),
        ("Pacific/Apia", range(2010, 2013)),
        ("Africa/Casablanca", range(2024, 2027)),
        ("America/Recife", range(1999, 2002)),
        ("Europe/Amsterdam", range(1936, 1938)),
    ],
)
def test_the_offsets_of_a_year_are_those_of_every_quarter_hour(name, years):
    zone = ZoneInfo(name)
    for year in years:
        runs = offsets_in_year(name, year)
        assert [until for _, until, _ in runs][:-1] == [since for since, _, _ in runs][1:]
        for since, until, offset in runs:
            shown = {
                (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
                for second in [*range(since, until, 900), until - 1]
            }
            assert shown == {timedelta(seconds=offset)}


def test_a_feed_that_is_the_path_of_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "secret.ics"
    secret.write_text(feed("DTSTART;VALUE=DATE:20260504\r\nSUMMARY:Secret"))
    (tmp_path / "word").write_text("hunter2")
    for text in (str(secret), str(tmp_path / "word"), "hunter2:no feed"):
        with pytest.raises(CalendarError) as refused:
            holidays_from_ical(text, years=[2026])
        assert str(refused.value) == "This is not an iCalendar feed; it must begin with BEGIN:VCALENDAR."


def test_an_event_at_the_end_of_time_closes_nothing_near():
    last = lines("DTSTART:99991231T220000", "DTEND:99991231T230000")
    assert dates(last, "DTSTART;VALUE=DATE:20260504") == [date(2026, 5, 4)]
    with pytest.raises(CalendarError, match="cannot be read; look at its dates"):
        read("DTSTART;VALUE=DATE:99991231")


def test_an_event_of_many_days_reaches_into_the_years_asked_for():
    long = lines("DTSTART;VALUE=DATE:20241225", "DTEND;VALUE=DATE:20260103")
    assert dates(long) == [date(2026, 1, 1), date(2026, 1, 2)]


def test_dates_without_end_are_refused_before_they_are_spread():
    days = ",".join(f"{date(1726, 1, 1) + timedelta(days=n):%Y%m%d}" for n in range(110_000))
    long = lines("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20270131", f"RDATE;VALUE=DATE:{days}")
    with pytest.raises(CalendarError, match="names more than 200,000 days"):
        read(long)
