# ruff: noqa: RUF001 - the en dash and the minus sign are meant
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from wellserved.platform.ui import formatting

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0, 0, "0"),
        (1204, 0, "1,204"),
        (-3, 0, "−3"),
        (2.5, 0, "3"),
        (Decimal("0.125"), 2, "0.13"),
        (-0.04, 1, "0.0"),
        (None, 0, "–"),
        (float("nan"), 0, "–"),
        (float("inf"), 0, "–"),
    ],
)
def test_numbers_are_grouped_and_nothing_is_not_zero(value, places, expected):
    assert formatting.format_number(value, places) == expected


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (0.924, 1, "92.4 %"),
        (0.9245, 1, "92.5 %"),
        (0, 1, "0.0 %"),
        (1, 0, "100 %"),
        (-0.031, 1, "−3.1 %"),
        (None, 1, "–"),
    ],
)
def test_shares_read_as_per_cent(share, places, expected):
    assert formatting.format_percent(share, places) == expected


@pytest.mark.parametrize(
    ("kept", "total", "expected"),
    [
        (1112, 1204, "92.4 % of 1,204"),
        (4, 17, "4 of 17"),
        (19, 19, "19 of 19"),
        (10, 20, "50.0 % of 20"),
        (0, 0, "–"),
        (None, 12, "–"),
        (3, None, "–"),
    ],
)
def test_a_rate_shows_its_base_and_a_small_one_its_count(kept, total, expected):
    assert formatting.format_rate(kept, total) == expected


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0.021, "+2.1 pts"), (-0.021, "−2.1 pts"), (0, "0.0 pts"), (-0.0001, "0.0 pts"), (None, "–")],
)
def test_differences_of_shares_are_points_with_a_sign(difference, expected):
    assert formatting.format_points(difference) == expected


def test_an_interval_stands_behind_its_share():
    assert formatting.format_interval(0.81, 0.76, 0.85) == "81 % (76–85)"
    assert formatting.format_interval(0.81, None, 0.85) == "–"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (0, "0 s"),
        (52, "52 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (299, "4 min"),
        (3600, "1 h"),
        (7800, "2 h 10 min"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 h 59 min"),
        (timedelta(days=3, hours=4, minutes=50), "3 d 4 h"),
        (timedelta(days=2, minutes=40), "2 d"),
        (-240, "−4 min"),
        (None, "–"),
    ],
)
def test_spans_read_in_their_two_largest_units(span, expected):
    assert formatting.format_duration(span) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (Decimal("4.18"), "GBP", "£4.18"),
        (Decimal("99.99"), "GBP", "£99.99"),
        (Decimal("99.995"), "GBP", "£100"),
        (Decimal("1204.50"), "GBP", "£1,205"),
        (-4, "EUR", "−€4.00"),
        (12, "CHF", "CHF 12.00"),
        (0, "GBP", "£0.00"),
        (None, "GBP", "–"),
    ],
)
def test_money_goes_to_the_penny_below_a_hundred(amount, currency, expected):
    assert formatting.format_money(amount, currency) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (timedelta(minutes=8), "in 8 min"),
        (timedelta(minutes=-4), "4 min ago"),
        (timedelta(seconds=59), "now"),
        (timedelta(days=-3, hours=-4), "3 d 4 h ago"),
    ],
)
def test_moments_are_told_from_now(offset, expected):
    assert formatting.format_relative(NOON + offset, NOON) == expected


def test_moments_name_their_zone_on_both_sides_of_the_clock_change():
    london = ZoneInfo("Europe/London")
    assert formatting.format_moment(datetime(2026, 3, 29, 0, 59, tzinfo=UTC).astimezone(london)) == (
        "29 Mar 2026, 00:59 GMT"
    )
    assert formatting.format_moment(datetime(2026, 3, 29, 1, 0, tzinfo=UTC).astimezone(london)) == (
        "29 Mar 2026, 02:00 BST"
    )


def test_a_half_hour_zone_keeps_its_half_hour():
    assert formatting.format_time(NOON.astimezone(ZoneInfo("Asia/Kolkata"))) == "17:30"


@pytest.mark.parametrize("day", [date(2026, 12, 1), datetime(2026, 12, 1, 23, 59, tzinfo=UTC)])
def test_a_day_reads_one_way_and_has_its_weekday_or_its_whole_month_where_they_help(day):
    assert formatting.format_day(day) == "1 Dec 2026"
    assert formatting.format_weekday(day) == "Tue 1 Dec 2026"
    assert formatting.format_long_day(day) == "1 December 2026"
    assert formatting.format_month(day) == "December 2026"
    assert formatting.format_yearly(day) == "1 Dec every year"


def test_a_span_of_days_is_told_in_words():
    assert formatting.format_span(date(2026, 12, 1), date(2027, 3, 31)) == "1 Dec 2026 to 31 Mar 2027"


def test_a_moment_takes_the_forms_of_its_day():
    assert formatting.format_moment(NOON) == "24 Nov 2026, 12:00 UTC"
    assert formatting.format_moment(NOON, weekday=True) == "Tue 24 Nov 2026, 12:00 UTC"
    assert formatting.format_long_moment(NOON) == "24 November 2026, 12:00 UTC"
    assert formatting.format_time(NOON, seconds=True) == "12:00:00"


def test_nothing_known_about_a_moment_is_a_dash():
    assert [
        formatting.format_day(None),
        formatting.format_weekday(None),
        formatting.format_long_day(None),
        formatting.format_month(None),
        formatting.format_time(None),
        formatting.format_moment(None),
        formatting.format_long_moment(None),
        formatting.format_relative(None, NOON),
    ] == ["–"] * 8


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Amara Okafor", "AO"), ("Ana de la Cruz", "AC"), ("Zoë", "ZO"), ("", "")],
)
def test_initials_come_from_the_first_and_the_last_word(name, expected):
    assert formatting.name_initials(name) == expected
