"""What holds for every calendar: sums add up, a deadline leaves exactly its target, later is never earlier."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.calendars.random_cases import random_case
from wellserved.science.calendars import NeverDue, Unreachable, WorkingCalendar

EPOCH = datetime(2026, 3, 20, tzinfo=UTC)
few = settings(max_examples=150, deadline=None, derandomize=True)
cases = st.integers(min_value=0, max_value=2**32).map(random_case)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900))
targets = st.one_of(
    st.integers(min_value=0, max_value=4_000_000),
    st.floats(min_value=0, max_value=4_000_000).map(lambda seconds: round(seconds, 6)),
)


def micros(seconds):
    return round(seconds * 1_000_000)


def naive(*instants):
    return np.array([instant.replace(tzinfo=None) for instant in instants], dtype="datetime64[us]")


@few
@given(cases, spans, spans)
def test_elapsed_adds_up_over_any_cut(case, first, second):
    calendar = WorkingCalendar.from_dict(case.definition)
    cut, end = case.start + first, case.start + first + second
    parts = [calendar.elapsed(case.start, cut, case.pauses), calendar.elapsed(cut, end, case.pauses)]
    assert micros(calendar.elapsed(case.start, end, case.pauses)) == sum(map(micros, parts))


@few
@given(cases, targets)
def test_a_deadline_leaves_exactly_its_target(case, seconds):
    calendar = WorkingCalendar.from_dict(case.definition)
    due = calendar.deadline(case.start, seconds, case.pauses)
    assert micros(calendar.elapsed(case.start, due, case.pauses)) == micros(seconds)


@few
@given(cases, targets)
def test_nothing_is_due_a_microsecond_earlier(case, seconds):
    calendar = WorkingCalendar.from_dict(case.definition)
    due = calendar.deadline(case.start, seconds + 1, case.pauses)
    before = calendar.elapsed(case.start, due - timedelta(microseconds=1), case.pauses)
    assert micros(before) == micros(seconds + 1) - 1


@few
@given(cases, targets, targets)
def test_a_longer_target_is_never_due_earlier(case, one, other):
    calendar = WorkingCalendar.from_dict(case.definition)
    short, long = sorted((one, other))
    assert calendar.deadline(case.start, short, case.pauses) <= calendar.deadline(case.start, long, case.pauses)


@few
@given(cases, spans, targets)
def test_a_later_start_is_never_due_earlier(case, wait, seconds):
    calendar = WorkingCalendar.from_dict(case.definition)
    later = calendar.deadline(case.start + wait, seconds, case.pauses)
    assert calendar.deadline(case.start, seconds, case.pauses) <= later


@few
@given(cases, spans)
def test_segments_touch_cover_and_sum(case, span):
    calendar = WorkingCalendar.from_dict(case.definition)
    end = case.start + span + timedelta(microseconds=1)
    segments = calendar.explain(case.start, end, case.pauses)
    edges = [case.start, *(part.end for part in segments)]
    assert [part.start for part in segments] == edges[:-1]
    assert edges[-1] == end
    counted = sum((part.end - part.start for part in segments if part.counted), timedelta())
    assert micros(calendar.elapsed(case.start, end, case.pauses)) == counted // timedelta(microseconds=1)


@few
@given(cases, spans)
def test_windows_sum_to_the_elapsed_time_and_are_open(case, span):
    calendar = WorkingCalendar.from_dict(case.definition)
    windows = calendar.windows(case.start, case.start + span)
    total = sum((closes - opens for opens, closes in windows), timedelta())
    assert micros(calendar.elapsed(case.start, case.start + span)) == total // timedelta(microseconds=1)
    assert all(calendar.is_open(opens) for opens, _ in windows)
    assert [calendar.next_opening(opens) for opens, _ in windows] == [opens for opens, _ in windows]


@few
@given(cases, st.lists(st.tuples(spans, targets), min_size=1, max_size=8))
def test_arrays_equal_the_single_answers(case, rows):
    calendar = WorkingCalendar.from_dict(case.definition)
    starts = [case.start + span for span, _ in rows]
    seconds = [seconds for _, seconds in rows]
    due = [calendar.deadline(start, wanted) for start, wanted in zip(starts, seconds, strict=True)]
    assert calendar.deadlines(naive(*starts), seconds).tolist() == naive(*due).tolist()
    elapsed = [calendar.elapsed(case.start, start) for start in starts]
    assert calendar.elapsed_many(naive(case.start), naive(*starts)).tolist() == elapsed


@settings(max_examples=25, deadline=None, derandomize=True)
@given(cases, st.integers(min_value=0, max_value=2**32))
def test_long_arrays_equal_the_single_answers(case, seed):
    calendar = WorkingCalendar.from_dict(case.definition)
    chance = np.random.default_rng(seed)
    # The ends of windows are where a look-up goes wrong, so half of all starts stand on one, or beside it.
    edges = [edge for window in calendar.windows(case.start, case.start + timedelta(days=400)) for edge in window]
    on_edges = [edges[at] for at in chance.integers(0, len(edges), 400)]
    beside = [
        start + timedelta(microseconds=int(by)) for start, by in zip(on_edges, chance.integers(-1, 2, 400), strict=True)
    ]
    anywhere = [case.start + timedelta(microseconds=int(by)) for by in chance.integers(0, 4 * 10**13, 400)]
    starts = [*beside, *anywhere]
    seconds = [int(wanted) for wanted in np.where(chance.random(800) < 0.5, 3600, 1) * chance.integers(0, 200, 800)]
    due = [calendar.deadline(start, wanted) for start, wanted in zip(starts, seconds, strict=True)]
    assert calendar.deadlines(naive(*starts), seconds).tolist() == naive(*due).tolist()
    elapsed = [calendar.elapsed(case.start, start) for start in starts]
    assert calendar.elapsed_many(naive(case.start), naive(*starts)).tolist() == elapsed


@few
@given(cases, targets)
def test_an_open_pause_never_gives_a_due_time_inside_it(case, seconds):
    calendar = WorkingCalendar.from_dict(case.definition)
    pauses = [*case.pauses, (case.end, None)]
    try:
        due = calendar.deadline(case.start, seconds, pauses)
    except NeverDue:
        assert micros(calendar.elapsed(case.start, case.end, case.pauses)) < micros(seconds)
    else:
        assert due <= case.end


@few
@given(cases, st.integers(min_value=-400, max_value=400))
def test_working_days_count_back_to_where_they_came_from(case, count):
    calendar = WorkingCalendar.from_dict(case.definition)
    first = calendar.add_working_days(case.start.date(), 0)
    there = calendar.add_working_days(first, count)
    assert calendar.is_working_day(there)
    assert calendar.add_working_days(there, -count) == first


@few
@given(cases, st.integers(min_value=0, max_value=10**13))
def test_no_target_takes_the_search_out_of_its_bounds(case, seconds):
    calendar = WorkingCalendar.from_dict(case.definition)
    try:
        due = calendar.deadline(case.start, seconds)
    except Unreachable:
        assert seconds > 0
    else:
        assert due.year - case.start.year <= 50
