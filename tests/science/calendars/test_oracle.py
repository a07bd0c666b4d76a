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


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_random_cases_equal_the_minute_walk(first):
    wrong = [seed for seed in range(first, first + CHUNK) if differences(random_case(seed))]
    assert wrong == []


def differences(case):
    """The questions on which the calendar and the walk disagree, by name."""
    calendar = WorkingCalendar.from_dict(case.definition)
    walker = MinuteWalker(case.definition, case.pauses)
    bare = MinuteWalker(case.definition)
    bare.plans = walker.plans
    limit = case.start + timedelta(days=8)
    due = calendar.deadline(case.start, case.seconds, case.pauses)
    bare_due = calendar.deadline(case.start, case.seconds)
    expected_elapsed = bare.elapsed(case.start, case.end)
    many_due = calendar.deadlines(naive([case.start]), [case.seconds])
    explained = calendar.explain(case.start, case.end, case.pauses)
    counted = sum(segment.seconds for segment in explained if segment.counted)
    answers = {
        "elapsed": (calendar.elapsed(case.start, case.end), expected_elapsed),
        "elapsed with pauses": (
            calendar.elapsed(case.start, case.end, case.pauses),
            walker.elapsed(case.start, case.end),
        ),
        "elapsed_many": (calendar.elapsed_many(naive([case.start]), naive([case.end]))[0], expected_elapsed),
        "deadline": (within(bare_due, limit), bare.deadline(case.start, case.seconds, limit)),
        "deadline with pauses": (within(due, limit), walker.deadline(case.start, case.seconds, limit)),
        "deadlines": (many_due[0], naive([bare_due])[0]),
        "is_open": (calendar.is_open(case.start), bare.counts(case.start)),
        "explain": (counted, calendar.elapsed(case.start, case.end, case.pauses)),
        "round trip": (WorkingCalendar.from_dict(calendar.to_dict()), calendar),
    }
    return {name: pair for name, pair in answers.items() if pair[0] != pair[1]}


def within(due, limit):
    return due if due <= limit else None


def naive(instants):
    return np.array([instant.replace(tzinfo=None) for instant in instants], dtype="datetime64[us]")
