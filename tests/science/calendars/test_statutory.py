"""Every line of the statutory date list is reproduced, read from its text."""

import dataclasses
import pathlib
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.shared_data import shared
from wellserved.science.calendars import (
    CalendarError,
    WorkingCalendar,
    add_business_days,
    add_months,
    holiday_dates,
    months_after_receipt,
    read_pack,
    roll_forward,
    rule_in_force,
    wall_hours,
)

LONDON = ZoneInfo("Europe/London")
ENGLAND = holiday_dates("GB", "ENG", range(2026, 2029))
HOLIDAYS = {day for day, _ in ENGLAND}
OFFICE = WorkingCalendar.from_dict(
    {"tz": "Europe/London", "hours": {str(day): [["09:00", "17:30"]] for day in range(5)}}
).with_holidays(ENGLAND)


PACKS = pathlib.Path(__file__).parents[3] / "src/wellserved/apps/standards/packs"


def rules():
    """Return the rule of every clock of the bundled packs, dated as its pack is."""
    for file in sorted(PACKS.glob("*.toml")):
        pack, _ = read_pack(file.read_text())
        for clock in pack.clocks:
            yield dataclasses.replace(
                clock.rule,
                key=f"{pack.key}.{clock.key}",
                effective_from=pack.effective_from,
                effective_to=pack.effective_to,
            )


RULES = tuple(rules())


@pytest.fixture(scope="module")
def golden():
    return shared("data/golden/date_vectors.txt").read_text()


def day_of(text):
    return datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=UTC).date()


def rows(text, pattern):
    day = r"(\w{3} \d{2} \w{3} \d{4})"
    return [tuple(map(day_of, found)) for found in re.findall(pattern.replace("DAY", day), text)]


def due(key, received):
    return rule_in_force(key, received, RULES).due(received, HOLIDAYS)


def test_subject_access_requests_are_due_as_listed(golden):
    listed = rows(golden, r"received DAY -> due DAY \| extended DAY")
    assert len(listed) == 6
    rules = {rule.key: rule for rule in RULES}
    keys = ("uk.sar.response", "uk.sar.extended")
    assert [(received, *(rules[key].due(received, HOLIDAYS) for key in keys)) for received, *_ in listed] == listed


def test_data_protection_complaints_are_acknowledged_as_listed(golden):
    listed = rows(golden, r"received DAY -> ICO DAY \| strict DAY")
    assert len(listed) == 2
    key = "uk.data_protection_complaint.acknowledge"
    assert [(day, due(key, day), due(f"{key}_strict", day)) for day, *_ in listed] == listed


def test_financial_complaints_are_due_as_listed(golden):
    listed = rows(golden, r"received DAY -> SRC DAY \| 8 weeks DAY \| 15 bd DAY \| 35 bd DAY")
    assert len(listed) == 3
    keys = (
        "uk.fca.disp.summary_resolution",
        "uk.fca.disp.final",
        "uk.fca.payments.final",
        "uk.fca.payments.final_extended",
    )
    assert [(day, *(due(key, day) for key in keys)) for day, *_ in listed] == listed


def test_the_letter_on_dispute_resolution_is_due_as_listed(golden):
    (listed,) = rows(golden, r"received DAY -> DAY\n")
    assert (listed[0], due("uk.ofcom.adr", listed[0])) == listed


def test_the_letter_kept_its_eight_weeks_before_april_2026():
    assert due("uk.ofcom.adr", date(2026, 4, 7)) == date(2026, 6, 2)
    assert due("uk.ofcom.adr", date(2026, 4, 8)) == date(2026, 5, 20)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_a_night_shift_is_nine_hours_in_october_and_seven_in_march(golden):
    assert "= 9.0 h;  Sat 27 Mar 2027 22:00 - Sun 06:00 = 7.0 h" in golden
    always = WorkingCalendar.always("Europe/London")
    assert always.elapsed(local("2026-10-24T22:00"), local("2026-10-25T06:00")) == 9 * 3600
    assert always.elapsed(local("2027-03-27T22:00"), local("2027-03-28T06:00")) == 7 * 3600


def test_rest_that_reads_eleven_hours_can_be_ten(golden):
    assert "= 10.0 h (wall 11: breach of 11 h)" in golden
    always = WorkingCalendar.always("Europe/London")
    autumn = (local("2026-10-24T20:00"), local("2026-10-25T06:00"))
    spring = (local("2027-03-27T19:30"), local("2027-03-28T06:30"))
    assert (always.elapsed(*autumn), wall_hours(*autumn)) == (11 * 3600, 10.0)
    assert (always.elapsed(*spring), wall_hours(*spring)) == (10 * 3600, 11.0)


def test_working_hour_targets_are_due_as_listed(golden):
    found = re.findall(
        r"SLA (\d+) working hours .* from \w{3} (\d{2} \w{3} \d{4} \d{2}:\d{2}) \w+ -> .* = (\S+)Z", golden
    )
    assert len(found) == 4
    for hours, start, expected in found:
        begun = datetime.strptime(start, "%d %b %Y %H:%M").replace(tzinfo=LONDON)
        assert OFFICE.deadline(begun, int(hours) * 3600) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_round_the_clock_targets_are_due_as_listed(golden):
    found = re.findall(r"SLA 8 h 24x7 from \w+ (.{11} \d\d:\d\d) \w+ -> \w+ (.{11} \d\d:\d\d) (GMT|BST)", golden)
    assert [shown for _, *shown in found] == [["25 Oct 2026 03:00", "GMT"], ["28 Mar 2027 05:00", "BST"]]
    for start, *shown in found:
        begun = datetime.strptime(start, "%d %b %Y %H:%M").replace(tzinfo=LONDON)
        answer = WorkingCalendar.always("Europe/London").deadline(begun, 8 * 3600).astimezone(LONDON)
        assert [answer.strftime("%d %b %Y %H:%M"), answer.tzname()] == shown


def test_a_short_month_is_cut_and_a_leap_day_found():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 31), -10) == date(2026, 2, 28)
    assert months_after_receipt(date(2027, 2, 28), 1, HOLIDAYS) == date(2027, 3, 30)


def test_receipt_itself_is_never_a_business_day_after():
    assert add_business_days(date(2026, 12, 24), 3, HOLIDAYS) == date(2026, 12, 31)
    assert roll_forward(date(2026, 12, 25), HOLIDAYS) == date(2026, 12, 29)


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(CalendarError, match=r"No rule 'uk\.nothing' applies on 2026-01-05; .*uk\.sar\.response"):
        rule_in_force("uk.nothing", date(2026, 1, 5), RULES)


def test_too_many_business_days_are_refused():
    with pytest.raises(CalendarError, match="Give 1 to 10,000 business days, not 10001"):
        add_business_days(date(2026, 1, 5), 10_001)
