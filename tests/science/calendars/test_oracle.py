"""Random calendars agree with a minute-by-minute walk; `WELLSERVED_SOAK=1` runs the full 100,000."""

import os
from datetime import timedelta

import numpy as np
import pytest

from tests.science.calendars.oracle import MinuteWalker
from tests.science.calendars.random_cases import random_case
from wellserved.science.calendars import WorkingCalendar

CASES = 100_000 if os.environ.get("WELLSERVED_SOAK") else 3_000
CHUNK = 250
DAYS = 6


# One case in ten reads the wall clock each minute, the others each quarter of an hour; St John's always each
# minute, as it used to change its clock at one minute past midnight.
EVERY_MINUTE = 10
CHANGES_BETWEEN_QUARTERS = {"America/St_Johns"}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_random_cases_equal_the_minute_walk(first):
    wrong = {seed: found for seed in range(first, first + CHUNK) if (found := differences(seed))}
    assert wrong == {}


def differences(seed):
    """The questions on which the calendar and the walk disagree, with both answers."""
    case = random_case(seed)
    calendar = WorkingCalendar.from_dict(case.definition)
    each_minute = seed % EVERY_MINUTE == 0 or case.definition["tz"] in CHANGES_BETWEEN_QUARTERS
    walker = MinuteWalker(case.definition, case.start, DAYS * 1440, step=1 if each_minute else 15)
    limit = case.start + timedelta(days=DAYS)
    due = calendar.deadline(case.start, case.seconds, case.pauses)
    bare_due = calendar.deadline(case.start, case.seconds)
    elapsed = walker.elapsed(case.end)
    paused = walker.elapsed(case.end, case.pauses)
    explained = calendar.explain(case.start, case.end, case.pauses)
    answers = {
        "elapsed": (calendar.elapsed(case.start, case.end), elapsed),
        "elapsed with pauses": (calendar.elapsed(case.start, case.end, case.pauses), paused),
        "elapsed_many": (calendar.elapsed_many(naive([case.start]), naive([case.end]))[0], elapsed),
        "deadline": (within(bare_due, limit), walker.deadline(case.seconds)),
        "deadline with pauses": (within(due, limit), walker.deadline(case.seconds, case.pauses)),
        "deadlines": (calendar.deadlines(naive([case.start]), [case.seconds])[0], naive([bare_due])[0]),
        "is_open": (calendar.is_open(case.start), walker.minutes[0] == 1),
        "explain": (sum(segment.seconds for segment in explained if segment.counted), paused),
        "round trip": (WorkingCalendar.from_dict(calendar.to_dict()), calendar),
    }
    return {name: pair for name, pair in answers.items() if pair[0] != pair[1]}


def within(due, limit):
    return due if due <= limit else None


def naive(instants):
    return np.array([instant.replace(tzinfo=None) for instant in instants], dtype="datetime64[us]")
