"""Hostile calendars agree with a walk that asks of every minute whether the definition, read aloud, has it open."""

import os
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from wellserved.science.calendars import CalendarError, WorkingCalendar

CASES = 3_000 if os.environ.get("WELLSERVED_SOAK") else 100
CHUNK = 25
DAYS = 4
# Liberia kept its clocks half a minute off the world's until 1972.
HALF_MINUTES = {"Africa/Monrovia"}

# A zone, and a day near which its clock does something odd.
ODD = [
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("Europe/Dublin", date(2026, 3, 29)),
    ("Europe/Dublin", date(2025, 10, 26)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("Pacific/Kiritimati", date(1994, 12, 31)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Africa/Monrovia", date(1972, 1, 7)),
    ("Asia/Kathmandu", date(1986, 1, 1)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Australia/Eucla", date(2009, 3, 29)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("America/Caracas", date(2016, 5, 1)),
    ("Asia/Pyongyang", date(2018, 5, 5)),
    ("Asia/Tehran", date(2022, 3, 22)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Asia/Gaza", date(2026, 3, 28)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("America/New_York", date(2024, 12, 31)),
    ("UTC", date(2024, 2, 29)),
]


def clock(rng, *, closing=False):
    minute = rng.choice([0, 1, 30, 60, 90, 120, 150, 180, 719, 1260, 1320, 1410, 1439, rng.randrange(1440)])
    return "24:00" if closing and rng.random() < 0.15 else f"{minute // 60:02d}:{minute % 60:02d}"


def window(rng):
    return [clock(rng), clock(rng, closing=True)]


def days_near(rng, day, most):
    return [day + timedelta(days=rng.randint(-3, 6)) for _ in range(rng.randint(0, most))]


def hostile_case(seed):
    """A definition, a start, an end, a target in seconds and pauses."""
    rng = random.Random(seed)
    zone, day = rng.choice(ODD)
    holidays = []
    for closed in days_near(rng, day, 4):
        shape = rng.randrange(3)
        named = closed.isoformat() if rng.random() < 0.6 else closed.strftime("%m-%d")
        opens, closes = window(rng)
        holidays.append(
            [named, {"date": named, "name": "Shut"}, {"date": named, "from": opens, "to": closes, "name": "Part"}][
                shape
            ]
        )
    openings = []
    for extra in days_near(rng, day, 3):
        opens, closes = window(rng)
        openings.append({"date": extra.isoformat(), "from": opens, "to": closes})
    hours = {str(n): [window(rng) for _ in range(rng.randint(0, 3))] for n in rng.sample(range(7), rng.randint(1, 7))}
    hours = hours if any(hours.values()) else {"2": [window(rng)]}
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    start = midnight + timedelta(minutes=rng.randint(-1440, 1440))
    end = start + timedelta(minutes=rng.randint(-600, 3 * 1440))
    pauses = []
    for _ in range(rng.randint(0, 4)):
        begin = start + timedelta(minutes=rng.randint(-300, 3 * 1440))
        pauses.append((begin, begin + timedelta(minutes=rng.choice([0, 1, 60, 600, rng.randrange(2000)]))))
    if rng.random() < 0.15:
        pauses.insert(0, (start + timedelta(minutes=rng.randint(0, 4000)), None))
    seconds = rng.choice([0, 60, 3600, 60 * rng.randrange(2500)])
    definition = {"tz": zone, "hours": hours, "holidays": holidays, "openings": openings}
    return definition, start, end, seconds, pauses


def minutes_of(text):
    return int(text[:2]) * 60 + int(text[3:])


class Aloud:
    """A definition read aloud: whether a minute of a date is open by it."""

    def __init__(self, definition):
        self.definition = definition
        self.days = {}

    def is_open(self, day, minute):
        if day not in self.days:
            self.days[day] = (
                self.spans(day, lambda on: self.dated("openings", on)),
                self.spans(day, lambda on: self.dated("holidays", on)),
                self.spans(day, self.weekly),
            )
        extra, closed, weekly = (any(opens <= minute < closes for opens, closes in spans) for spans in self.days[day])
        return extra or (weekly and not closed)

    def spans(self, day, windows_of):
        """The windows of the date and of the one before, in minutes of the date; those of the night reach into it."""
        found = []
        for on, shift in ((day - timedelta(days=1), -1440), (day, 0)):
            for opens, closes in windows_of(on):
                start, end = minutes_of(opens), minutes_of(closes)
                found.append((start + shift, (end if end > start else end + 1440) + shift))
        return found

    def weekly(self, on):
        return self.definition["hours"].get(str(on.weekday()), ())

    def dated(self, key, on):
        entries = ({"date": entry} if isinstance(entry, str) else entry for entry in self.definition[key])
        named = (on.isoformat(), on.strftime("%m-%d"))
        return [(entry.get("from", "00:00"), entry.get("to", "24:00")) for entry in entries if entry["date"] in named]


class Walk:
    """Whether it is open, and open and not paused, at each step from the start on."""

    def __init__(self, definition, start, pauses):
        self.start = start
        self.step = timedelta(seconds=30 if definition["tz"] in HALF_MINUTES else 60)
        self.limit = start + timedelta(days=DAYS)
        zone, aloud, self.opened, self.counted = ZoneInfo(definition["tz"]), Aloud(definition), [], []
        for number in range(timedelta(days=DAYS) // self.step):
            at = start + number * self.step
            wall = at.astimezone(zone)
            is_open = aloud.is_open(wall.date(), wall.hour * 60 + wall.minute)
            paused = any(begin <= at and (until is None or at < until) for begin, until in pauses)
            self.opened.append(is_open)
            self.counted.append(is_open and not paused)

    def elapsed(self, flags, end):
        return int(self.step.total_seconds()) * sum(flags[: max(0, (end - self.start) // self.step)])

    def due(self, flags, seconds):
        """The end of the step that uses the target up; None beyond the walk."""
        left = seconds // int(self.step.total_seconds())
        if not left:
            return self.start
        for number, flag in enumerate(flags, start=1):
            left -= flag
            if not left:
                return self.start + number * self.step
        return None

    def opening(self):
        first = next((number for number, flag in enumerate(self.opened) if flag), None)
        return None if first is None else self.start + first * self.step


def asked(question, *given):
    """The answer, or the kind of refusal."""
    try:
        return question(*given)
    except CalendarError as refused:
        return type(refused)


def seen(answer, limit):
    return answer if isinstance(answer, datetime) and answer <= limit else None


def naive(*instants):
    return np.array([at.astimezone(UTC).replace(tzinfo=None) for at in instants], dtype="datetime64[us]")


def differences(seed):
    """The questions on which the calendar and the walk disagree, with both answers."""
    definition, start, end, seconds, pauses = hostile_case(seed)
    calendar = WorkingCalendar.from_dict(definition)
    walk = Walk(definition, start, pauses)
    bare, paused = asked(calendar.deadline, start, seconds), asked(calendar.deadline, start, seconds, pauses)
    elapsed, counted = walk.elapsed(walk.opened, end), walk.elapsed(walk.counted, end)
    local = start.astimezone(ZoneInfo(definition["tz"]))
    many = asked(calendar.deadlines, naive(start, start), [seconds, seconds])
    again = WorkingCalendar.from_dict(calendar.to_dict())
    windows = calendar.windows(start, max(start, end))
    answers = {
        "elapsed": (calendar.elapsed(start, end), elapsed),
        "elapsed with pauses": (calendar.elapsed(start, end, pauses), counted),
        "elapsed of local times": (calendar.elapsed(local, end.astimezone(local.tzinfo)), elapsed),
        "elapsed of many": (calendar.elapsed_many(naive(start), naive(end))[0], elapsed),
        "deadline": (seen(bare, walk.limit), walk.due(walk.opened, seconds)),
        "deadline with pauses": (seen(paused, walk.limit), walk.due(walk.counted, seconds)),
        "deadline of a local time": (asked(calendar.deadline, local, seconds), bare),
        "pauses in another order": (asked(calendar.deadline, start, seconds, pauses[::-1]), paused),
        "deadlines": (many if isinstance(many, type) else many.tolist(), refusal_or_twice(bare)),
        "is open": (calendar.is_open(start), walk.opened[0]),
        "next opening": (seen(asked(calendar.next_opening, start), walk.limit - walk.step), walk.opening()),
        "explained": (sum(s.seconds for s in calendar.explain(start, end, pauses) if s.counted), counted),
        "written and read": (again.elapsed(start, end, pauses), counted),
        "windows": (sum((until - since for since, until in windows), timedelta()).total_seconds(), elapsed),
    }
    return {name: pair for name, pair in answers.items() if pair[0] != pair[1]}


def refusal_or_twice(answer):
    return answer if isinstance(answer, type) else naive(answer, answer).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_hostile_calendars_equal_what_their_definition_says(first):
    wrong = {seed: found for seed in range(first, first + CHUNK) if (found := differences(seed))}
    assert wrong == {}
