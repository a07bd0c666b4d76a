"""Edges of working time: closing, nights, odd zones, holidays, pauses, bounds."""

import pickle
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.science.calendars.oracle import at_utc
from wellserved.science.calendars import CalendarError, NeverDue, Segment, Unreachable, WorkingCalendar

WEEKDAYS = {str(day): [["09:00", "17:00"]] for day in range(5)}
UTC_OFFICE = WorkingCalendar.from_dict({"tz": "UTC", "hours": WEEKDAYS, "holidays": []})


def calendar(tz="UTC", hours=WEEKDAYS, **rest):
    return WorkingCalendar.from_dict({"tz": tz, "hours": hours} | rest)


def test_due_exactly_at_closing_is_due_at_closing():
    assert UTC_OFFICE.deadline(at_utc("2026-03-06T16:00"), 3600) == at_utc("2026-03-06T17:00")


def test_one_microsecond_more_is_due_at_the_next_opening():
    due = UTC_OFFICE.deadline(at_utc("2026-03-06T16:00"), 3600.000001)
    assert due == at_utc("2026-03-09T09:00:00.000001")


def test_a_start_one_minute_after_closing_waits_for_the_opening():
    assert UTC_OFFICE.deadline(at_utc("2026-03-04T17:01"), 60) == at_utc("2026-03-05T09:01")


def test_zero_seconds_are_due_at_the_start_open_or_not():
    night, paused = at_utc("2026-03-07T03:00"), at_utc("2026-03-04T10:00")
    assert UTC_OFFICE.deadline(night, 0) == night
    assert UTC_OFFICE.deadline(paused, 0, [(at_utc("2026-03-04T09:00"), None)]) == paused


def test_elapsed_is_whole_when_whole_and_exact_to_the_microsecond_when_not():
    start = at_utc("2026-03-04T10:00")
    whole = UTC_OFFICE.elapsed(start, start + timedelta(seconds=90))
    assert (whole, type(whole)) == (90, int)
    assert UTC_OFFICE.elapsed(start, start + timedelta(seconds=1, microseconds=1)) == 1.000001


def test_elapsed_is_zero_when_the_end_is_not_after_the_start():
    start = at_utc("2026-03-04T10:00")
    assert UTC_OFFICE.elapsed(start, start) == 0
    assert UTC_OFFICE.elapsed(start, start - timedelta(days=3)) == 0


def test_open_at_the_opening_time_and_shut_at_the_closing_time():
    assert UTC_OFFICE.is_open(at_utc("2026-03-04T09:00"))
    assert UTC_OFFICE.is_open(at_utc("2026-03-04T16:59:59.999999"))
    assert not UTC_OFFICE.is_open(at_utc("2026-03-04T17:00"))


def test_the_next_opening_of_an_open_calendar_is_now():
    assert UTC_OFFICE.next_opening(at_utc("2026-03-04T12:34")) == at_utc("2026-03-04T12:34")
    assert UTC_OFFICE.next_opening(at_utc("2026-03-06T17:00")) == at_utc("2026-03-09T09:00")


def test_a_night_shift_longer_than_the_clock_shows_in_october():
    nights = calendar("Europe/London", {str(day): [["22:00", "06:00"]] for day in range(7)})
    assert nights.windows(at_utc("2026-10-24T12:00"), at_utc("2026-10-25T12:00")) == [
        (at_utc("2026-10-24T21:00"), at_utc("2026-10-25T06:00"))
    ]


def test_a_window_shown_twice_counts_twice_and_one_never_shown_not_at_all():
    small_hours = calendar("Europe/London", {"6": [["01:15", "01:45"]]})
    assert small_hours.elapsed(at_utc("2026-10-25T00:00"), at_utc("2026-10-25T06:00")) == 2 * 1800
    assert small_hours.elapsed(at_utc("2026-03-29T00:00"), at_utc("2026-03-29T06:00")) == 0


def test_the_date_apia_left_out_has_no_working_time():
    apia = calendar("Pacific/Apia", {"4": [["00:00", "24:00"]]})
    zone = ZoneInfo("Pacific/Apia")
    start, end = datetime(2011, 12, 29, tzinfo=zone), datetime(2012, 1, 1, tzinfo=zone)
    assert apia.elapsed(start, end) == 0


def test_a_holiday_closes_its_date_also_for_the_night_shift_begun_before():
    nights = calendar("UTC", {"3": [["22:00", "06:00"]]}, holidays=["12-25"])
    assert nights.windows(at_utc("2026-12-24T00:00"), at_utc("2026-12-26T00:00")) == [
        (at_utc("2026-12-24T22:00"), at_utc("2026-12-25T00:00"))
    ]


def test_a_partial_holiday_closes_its_hours_alone():
    eve = calendar(holidays=[{"date": "12-24", "from": "12:00", "to": "24:00", "name": "Christmas Eve"}])
    assert eve.elapsed(at_utc("2026-12-24T00:00"), at_utc("2026-12-25T00:00")) == 3 * 3600


def test_an_opening_wins_over_a_holiday():
    sale = calendar(holidays=["2026-11-27"], openings=[{"date": "2026-11-27", "from": "20:00", "to": "02:00"}])
    assert sale.windows(at_utc("2026-11-27T00:00"), at_utc("2026-11-30T00:00")) == [
        (at_utc("2026-11-27T20:00"), at_utc("2026-11-28T02:00"))
    ]


def test_a_leap_day_holiday_closes_leap_years_alone():
    leap = WorkingCalendar.from_dict(
        {"tz": "UTC", "hours": {str(day): [["00:00", "24:00"]] for day in range(7)}, "holidays": ["02-29"]}
    )
    assert leap.elapsed(at_utc("2024-02-28T00:00"), at_utc("2024-03-02T00:00")) == 2 * 86_400
    assert leap.elapsed(at_utc("2025-02-28T00:00"), at_utc("2025-03-02T00:00")) == 2 * 86_400


def test_pauses_may_overlap_be_unsorted_and_touch_the_edges():
    start = at_utc("2026-03-04T09:00")
    pauses = [
        (at_utc("2026-03-04T12:00"), at_utc("2026-03-04T13:00")),
        (at_utc("2026-03-04T08:00"), at_utc("2026-03-04T10:00")),
        (at_utc("2026-03-04T12:30"), at_utc("2026-03-04T14:00")),
        (at_utc("2026-03-04T10:00"), at_utc("2026-03-04T10:00")),
    ]
    assert UTC_OFFICE.elapsed(start, at_utc("2026-03-04T17:00"), pauses) == 5 * 3600
    assert UTC_OFFICE.deadline(start, 2 * 3600, pauses) == at_utc("2026-03-04T12:00")
    assert UTC_OFFICE.deadline(start, 2 * 3600 + 60, pauses) == at_utc("2026-03-04T14:01")


def test_an_open_pause_leaves_nothing_due_unless_the_target_was_used_up_before():
    start, pause = at_utc("2026-03-04T09:00"), [(at_utc("2026-03-04T11:00"), None)]
    assert UTC_OFFICE.deadline(start, 2 * 3600, pause) == at_utc("2026-03-04T11:00")
    with pytest.raises(NeverDue, match="paused without an end"):
        UTC_OFFICE.deadline(start, 2 * 3600 + 1, pause)
    assert UTC_OFFICE.elapsed(start, at_utc("2026-03-05T17:00"), pause) == 2 * 3600


def test_a_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(CalendarError, match="before it starts"):
        UTC_OFFICE.elapsed(
            at_utc("2026-03-04T09:00"),
            at_utc("2026-03-04T17:00"),
            [(at_utc("2026-03-04T12:00"), at_utc("2026-03-04T11:00"))],
        )


def test_an_explanation_says_why_each_stretch_counts_or_not():
    office = calendar(holidays=[{"date": "2026-12-25", "name": "Christmas Day"}])
    waiting = (at_utc("2026-12-24T15:00"), at_utc("2026-12-24T16:00"), "waiting for customer")
    explained = office.explain(at_utc("2026-12-24T14:00"), at_utc("2026-12-28T10:00"), [waiting])
    assert explained == (
        Segment(at_utc("2026-12-24T14:00"), at_utc("2026-12-24T15:00"), True, "open"),
        Segment(at_utc("2026-12-24T15:00"), at_utc("2026-12-24T16:00"), False, "paused: waiting for customer"),
        Segment(at_utc("2026-12-24T16:00"), at_utc("2026-12-24T17:00"), True, "open"),
        Segment(at_utc("2026-12-24T17:00"), at_utc("2026-12-25T09:00"), False, "outside hours"),
        Segment(at_utc("2026-12-25T09:00"), at_utc("2026-12-25T17:00"), False, "holiday: Christmas Day"),
        Segment(at_utc("2026-12-25T17:00"), at_utc("2026-12-28T09:00"), False, "outside hours"),
        Segment(at_utc("2026-12-28T09:00"), at_utc("2026-12-28T10:00"), True, "open"),
    )
    assert sum(part.seconds for part in explained if part.counted) == 3 * 3600


def test_working_days_skip_weekends_and_holidays_both_ways():
    office = calendar(holidays=["2026-12-25", "2026-12-28"])
    assert office.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert office.add_working_days(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert office.add_working_days(date(2026, 12, 26), 0) == date(2026, 12, 29)
    assert office.add_working_days(date(2026, 12, 29), 0) == date(2026, 12, 29)
    assert office.add_working_days(date(2026, 1, 1), 519) == date(2027, 12, 31)
    assert not office.is_working_day(date(2026, 12, 28))


def test_arrays_give_the_scalar_answers_and_pass_on_what_is_missing():
    starts = np.array(["2026-03-06T16:00", "NaT", "2026-03-07T03:00"], dtype="datetime64[s]")
    due = UTC_OFFICE.deadlines(starts, np.array([7200.0, 60.0, np.nan]))
    assert due.tolist() == [datetime(2026, 3, 9, 10, 0), None, None]  # noqa: DTZ001
    elapsed = UTC_OFFICE.elapsed_many(starts, np.datetime64("2026-03-09T10:00"))
    assert elapsed[[0, 2]].tolist() == [7200.0, 3600.0]
    assert np.isnan(elapsed[1])


@pytest.mark.parametrize(
    "kind", ["int8", "int16", "int32", "uint8", "uint32", "uint64", "float16", "float32", "float64"]
)
def test_durations_of_every_width_are_counted_exactly(kind):
    seconds = np.array([0, 60, 120], dtype=kind)
    start = np.datetime64("2026-03-06T16:00:00.123456", "us")
    due = UTC_OFFICE.deadlines(start, seconds)
    assert due.tolist() == [start.item() + timedelta(seconds=n) for n in (0, 60, 120)]
    assert UTC_OFFICE.deadline(at_utc("2026-03-06T16:00"), seconds[1]) == at_utc("2026-03-06T16:01")


def test_a_narrow_fraction_keeps_its_microseconds():
    found = WorkingCalendar.always().deadlines(np.datetime64("2026-01-01", "us"), np.float32(100_001.1))
    assert str(found) == "2026-01-02T03:46:41.101562"


@pytest.mark.parametrize("seconds", [10**400, 1e300, 51 * 366 * 86_400])
def test_a_target_beyond_the_horizon_is_unreachable_however_huge(seconds):
    with pytest.raises(Unreachable, match="within 50 years"):
        WorkingCalendar.always().deadline(at_utc("2026-03-06T16:00"), seconds)


@pytest.mark.parametrize("until", ["2086-01-01T00:00", "2300-01-01T00:00", "9998-01-01T00:00"])
def test_a_pause_beyond_the_horizon_leaves_nothing_due(until):
    start = at_utc("2026-03-06T16:00")
    with pytest.raises(Unreachable, match="within 50 years"):
        UTC_OFFICE.deadline(start, 60, [(start, at_utc(until))])


def test_the_last_instant_of_the_horizon_is_refused_one_by_one_and_in_arrays():
    always, start = WorkingCalendar.always(), at_utc("2026-01-01T00:00")
    seconds = (at_utc("2077-01-01T00:00") - start).total_seconds()
    assert always.deadline(start, seconds - 1) == at_utc("2076-12-31T23:59:59")
    with pytest.raises(Unreachable):
        always.deadline(start, seconds)
    with pytest.raises(Unreachable):
        always.deadlines(np.datetime64("2026-01-01", "us"), [seconds])


def test_time_beyond_the_known_years_is_refused_also_backwards():
    with pytest.raises(CalendarError, match="from 1900 to 2199"):
        UTC_OFFICE.elapsed(datetime(9998, 1, 1, tzinfo=UTC), at_utc("2026-03-06T16:00"))


def test_arrays_keep_the_shape_both_arguments_broadcast_to():
    starts = np.array([["2026-03-04T09:00"], ["2026-03-04T10:00"]], dtype="datetime64[us]")
    assert UTC_OFFICE.deadlines(starts, [3600, 7200, 10_800]).shape == (2, 3)
    assert UTC_OFFICE.deadlines(np.empty(0, dtype="datetime64[us]"), 60).shape == (0,)


def test_equal_definitions_are_equal_hash_alike_and_survive_pickling():
    twice = {"tz": "UTC", "hours": {"0": [["09:00", "12:00"], ["11:00", "17:00"]]}, "holidays": ["12-25", "12-25"]}
    once = {"tz": "UTC", "hours": {"0": [["09:00", "17:00"]]}, "holidays": ["12-25"]}
    first, second = WorkingCalendar.from_dict(twice), WorkingCalendar.from_dict(once)
    assert first == second
    assert hash(first) == hash(second)
    assert first.to_dict() == once
    assert pickle.loads(pickle.dumps(first)) == first


def test_a_full_definition_is_written_back_as_it_was_read():
    definition = {
        "tz": "Europe/London",
        "hours": {"0": [["09:00", "12:30"], ["13:00", "17:00:30"]], "4": [["22:00", "06:00"]]},
        "holidays": ["12-25", {"date": "2026-12-24", "from": "12:00", "to": "24:00", "name": "Christmas Eve"}],
        "openings": [{"date": "2026-11-28", "from": "10:00", "to": "16:00"}],
    }
    assert WorkingCalendar.from_dict(definition).to_dict() == definition


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"tz": "Mars/Olympus"}, "no time zone 'Mars/Olympus'; use an IANA name"),
        ({"tz": "../etc/passwd"}, "use an IANA name"),
        ({"tz": None}, "use an IANA name"),
        ({"hours": {}}, "never opens"),
        ({"hours": []}, "'hours' maps weekdays"),
        ({"hours": {"7": [["09:00", "17:00"]]}}, "'7' is not a weekday; use '0' for Monday"),
        ({"hours": {"0": [["9:00", "17:00"]]}}, "'9:00' is not a time of day; write 'HH:MM'"),
        ({"hours": {"0": [["24:00", "06:00"]]}}, "'24:00' is not a time of day"),
        ({"hours": {"0": [["09:00", "24:01"]]}}, "'24:01' is not a time of day"),
        ({"hours": {"0": [["09:60", "17:00"]]}}, "'09:60' is not a time of day"),
        ({"hours": {"0": ["09:00"]}}, "'09:00' is not a window; write an opening and a closing time"),
        ({"hours": {"0": "09:00"}}, "hours of '0' must be a list"),
        ({"holidays": ["2026-02-30"]}, "'2026-02-30' is no day of the calendar"),
        ({"holidays": ["25/12"]}, "'25/12' is not a date; write 'MM-DD'"),
        ({"holidays": [{"date": "12-25", "until": "12:00"}]}, "A holiday has no until; it may have date, from"),
        ({"holidays": [5]}, "5 is not a holiday"),
        ({"openings": [{"date": "12-25", "from": "10:00", "to": "12:00"}]}, "An opening needs the year"),
        ({"lunch": "12:00"}, "A calendar has no lunch; it may have holidays, hours, openings, tz"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_what_would_work(change, sentence):
    with pytest.raises(CalendarError, match=sentence.replace("(", r"\(")):
        WorkingCalendar.from_dict({"tz": "UTC", "hours": WEEKDAYS, "holidays": []} | change)


def test_a_calendar_closed_by_a_holiday_every_day_of_the_year_is_refused():
    every_day = [(date(2000, 1, 1) + timedelta(days=ahead)).strftime("%m-%d") for ahead in range(366)]
    with pytest.raises(CalendarError, match="never opens"):
        calendar(holidays=every_day)
    assert calendar(holidays=every_day[:-1]).next_opening(at_utc("2026-01-01T00:00")) == at_utc("2026-12-31T09:00")


def test_a_calendar_with_one_opening_alone_runs_out():
    once = calendar(hours={}, openings=[{"date": "2026-03-04", "from": "09:00", "to": "10:00"}])
    assert once.deadline(at_utc("2026-01-01T00:00"), 3600) == at_utc("2026-03-04T10:00")
    with pytest.raises(Unreachable, match="shorten the target"):
        once.deadline(at_utc("2026-01-01T00:00"), 3601)
    with pytest.raises(Unreachable, match="At least one due time"):
        once.deadlines(np.array(["2026-01-01"], dtype="datetime64[us]"), [3601])


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), "60", True])
def test_a_duration_that_is_no_number_from_zero_up_is_refused(seconds):
    with pytest.raises(CalendarError, match="duration"):
        UTC_OFFICE.deadline(at_utc("2026-03-04T09:00"), seconds)


def test_instants_without_a_zone_or_out_of_range_are_refused():
    with pytest.raises(CalendarError, match="has no time zone"):
        UTC_OFFICE.elapsed(datetime(2026, 3, 4), at_utc("2026-03-04T09:00"))  # noqa: DTZ001
    for far in (datetime(1, 1, 1), datetime(9999, 12, 31, 23)):  # noqa: DTZ001
        with pytest.raises(CalendarError, match=r"1900 to 2199|outside the years"):
            UTC_OFFICE.deadline(far.replace(tzinfo=ZoneInfo("Asia/Tokyo")), 60)
    with pytest.raises(CalendarError, match="1900 to 2199"):
        UTC_OFFICE.deadlines(np.array(["1700-01-01"], dtype="datetime64[us]"), 60)


@pytest.mark.parametrize("seconds", [4e9, 1e300, 10**30])
def test_a_target_out_of_reach_is_refused_quickly(seconds):
    rare = calendar("Africa/Casablanca", {"0": [["09:00", "09:01"]]})
    rare.next_opening(at_utc("2026-01-01T00:00"))
    begun = time.perf_counter()
    with pytest.raises(Unreachable):
        rare.deadline(datetime(2026, 1, 1, tzinfo=UTC), seconds)
    assert time.perf_counter() - begun < 1.0
