"""Times are read as `strptime` would read them, and time zones as people live them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.formats import MappingError
from wellserved.science.formats.moments import TimeReader, date_order, parse_time

MOMENTS = st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2199, 12, 31))  # noqa: DTZ001
LAYOUTS = [
    ("iso", "%Y-%m-%d %H:%M:%S"),
    ("iso", "%Y/%m/%d %H:%M:%S.%f"),
    ("iso", "%Y-%m-%dT%H:%M:%S.%f"),
    ("iso", "%Y-%m-%d %H:%M"),
    ("iso", "%Y-%m-%d"),
    ("iso", "%Y%m%d"),
    ("iso", "%Y%m%dT%H%M%S"),
    ("iso", "%d-%b-%Y %H:%M"),
    ("iso", "%d %B %Y %H:%M:%S"),
    ("iso", "%b %d, %Y %I:%M %p"),
    ("iso", "%a, %d %b %Y %H:%M:%S"),
    ("iso", "%a %b %d %H:%M:%S %Y"),
    ("dmy", "%d/%m/%Y %H:%M"),
    ("dmy", "%d.%m.%Y %H:%M:%S"),
    ("dmy", "%d-%m-%Y"),
    ("dmy", "%Y-%m-%d %H:%M:%S"),
    ("mdy", "%m/%d/%Y %I:%M:%S %p"),
    ("mdy", "%m/%d/%Y, %H:%M"),
    ("mdy", "%m-%d-%Y"),
]


@pytest.mark.parametrize(("rule", "layout"), LAYOUTS)
@given(moment=MOMENTS)
def test_a_written_time_is_read_as_strptime_reads_it(rule, layout, moment):
    text = moment.strftime(layout)

    assert parse_time(text, rule) == dt.datetime.strptime(text, layout)  # noqa: DTZ007


@pytest.mark.parametrize("layout", ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"])
@given(day=st.integers(0, 40), month=st.integers(0, 40), year=st.integers(1900, 2199), hour=st.integers(0, 30))
def test_a_date_that_does_not_exist_is_refused_exactly_where_strptime_refuses(layout, day, month, year, hour):
    rule = "dmy" if layout.startswith("%d") else "mdy"
    first, second = (day, month) if rule == "dmy" else (month, day)
    text = f"{first:02}/{second:02}/{year} {hour:02}:30"

    try:
        expected = dt.datetime.strptime(text, layout)  # noqa: DTZ007
    except ValueError:
        expected = None

    assert parse_time(text, rule) == expected


@given(text=st.text(max_size=80))
@pytest.mark.parametrize("rule", ["iso", "dmy", "mdy", "epoch_s", "epoch_ms", "%d.%m.%Y"])
def test_no_text_breaks_the_reading(rule, text):
    moment = parse_time(text, rule)

    assert moment is None or 1900 <= moment.year <= 2199


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2012-01-05T10:00:00Z", "2012-01-05T10:00:00+00:00"),
        ("2006-01-11 15:49:42+00:00", "2006-01-11T15:49:42+00:00"),
        ("2012-01-05T10:00:00.123+01:00", "2012-01-05T09:00:00.123000+00:00"),
        ("2012-01-05 10:00 -0500", "2012-01-05T15:00:00+00:00"),
        ("2015-02-24 11:35 UTC", "2015-02-24T11:35:00+00:00"),
        ("Tue Feb 24 11:35:52 -0800 2015", "2015-02-24T19:35:52+00:00"),
        ("Tue, 24 Feb 2015 11:35:52 GMT", "2015-02-24T11:35:52+00:00"),
        ("2015-02-24T11:35:52.123456789Z", "2015-02-24T11:35:52.123456+00:00"),
    ],
)
def test_an_offset_makes_a_time_exact_whatever_the_zone(text, moment):
    reader = TimeReader(time_format="iso", timezone="Asia/Tokyo")

    assert reader.read(text).at == dt.datetime.fromisoformat(moment)


def test_a_time_that_happened_twice_is_the_first_and_flagged():
    reading = TimeReader(time_format="iso", timezone="Europe/London").read("2026-10-25 01:30")

    assert reading.at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert reading.flag == "time_happened_twice"


def test_a_time_that_never_happened_moves_forward_by_the_gap_and_is_flagged():
    reading = TimeReader(time_format="iso", timezone="Europe/London").read("2026-03-29 01:30")

    assert reading.at == dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
    assert reading.flag == "time_skipped_by_clock_change"


def test_two_digit_years_turn_at_sixty_nine():
    assert parse_time("1/2/68", "dmy") == dt.datetime(2068, 2, 1)  # noqa: DTZ001
    assert parse_time("1/2/69", "dmy") == dt.datetime(1969, 2, 1)  # noqa: DTZ001


def test_seconds_and_milliseconds_since_1970_are_read():
    assert TimeReader(time_format="epoch_s", timezone="UTC").read("1456708560").at == dt.datetime(
        2016, 2, 29, 1, 16, tzinfo=dt.UTC
    )
    assert TimeReader(time_format="epoch_ms", timezone="UTC").read("1456708560000").at == dt.datetime(
        2016, 2, 29, 1, 16, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    "text",
    [
        "29/2/2015",
        "2016-13-01",
        "2016-02-29 25:00",
        "13:00 PM",
        "2016-02-29 13:00 PM",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_what_no_calendar_or_clock_shows_is_no_time(text):
    assert parse_time(text, "dmy") is None


def test_digits_of_other_scripts_are_no_time():
    assert date_order("\uff12\uff10\uff11\uff16-02-29") == ""


def test_an_unknown_zone_is_refused_with_an_example():
    with pytest.raises(MappingError, match="There is no time zone 'Mars/Olympus': write one like 'Europe/London'"):
        TimeReader(time_format="iso", timezone="Mars/Olympus")
