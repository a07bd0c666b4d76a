"""Random calendars and questions, on whole minutes, crowded around the days on which zones do odd things."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# A zone and days around which its clock does something: DST both ways, half an hour, at midnight, a date left out,
# a change of standard time, a fast in between, or nothing at all.
ODD_DAYS = [
    ("Europe/London", ["2026-03-29", "2026-10-25", "2027-03-28"]),
    ("Europe/Berlin", ["2025-03-30", "2025-10-26"]),
    ("America/New_York", ["2026-03-08", "2026-11-01"]),
    ("Australia/Lord_Howe", ["2026-04-05", "2026-10-04"]),
    ("Pacific/Chatham", ["2026-04-05", "2026-09-27"]),
    ("Pacific/Apia", ["2011-12-30", "2011-09-24", "2012-04-01"]),
    ("Pacific/Kwajalein", ["1993-08-21"]),
    ("America/Sao_Paulo", ["2015-10-18", "2016-02-21", "2018-11-04"]),
    ("Asia/Tehran", ["2016-03-21", "2016-09-21", "2022-09-22"]),
    ("Africa/Casablanca", ["2026-02-15", "2026-03-22"]),
    ("Asia/Kathmandu", ["1986-01-01", "2026-06-15"]),
    ("America/Caracas", ["2007-12-09", "2016-05-01"]),
    ("Asia/Pyongyang", ["2015-08-15", "2018-05-05"]),
    ("Antarctica/Troll", ["2026-03-29", "2026-10-25"]),
    ("America/St_Johns", ["2010-03-14", "2010-11-07"]),
    ("America/Recife", ["2000-10-08", "2000-10-15"]),
    ("UTC", ["2024-02-29", "2025-12-31"]),
]


@dataclass(frozen=True, kw_only=True)
class Case:
    definition: dict
    start: datetime
    end: datetime
    seconds: int
    pauses: tuple


def time_text(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def random_case(seed):
    rng = random.Random(seed)
    zone, days = rng.choice(ODD_DAYS)
    around = datetime.fromisoformat(rng.choice(days)).replace(tzinfo=UTC)
    start = around + timedelta(minutes=rng.randrange(-3 * 1440, 2 * 1440))
    end = start + timedelta(minutes=rng.randrange(0, 5 * 1440))
    return Case(
        definition={
            "tz": zone,
            "hours": random_hours(rng),
            "holidays": [random_holiday(rng, around) for _ in range(rng.choice([0, 0, 1, 2, 3]))],
            "openings": [random_opening(rng, around) for _ in range(rng.choice([0, 0, 0, 1, 2]))],
        },
        start=start,
        end=end,
        seconds=60 * rng.choice([0, 1, 5, 30, 60, 240, 480, 1440, rng.randrange(3000)]),
        pauses=tuple(random_pause(rng, start, end) for _ in range(rng.choice([0, 0, 1, 2, 4]))),
    )


def random_hours(rng):
    style = rng.choice(["office", "split", "night", "always", "wild", "wild"])
    if style == "always":
        return {str(day): [["00:00", "24:00"]] for day in range(7)}
    days = rng.sample(range(7), rng.randrange(1, 8))
    return {str(day): random_windows(rng, style) for day in days}


def random_windows(rng, style):
    if style == "office":
        return [[time_text(rng.randrange(420, 600)), time_text(rng.randrange(900, 1200))]]
    if style == "split":
        return [["08:00", time_text(rng.randrange(600, 780))], ["14:00", "18:30"]]
    if style == "night":
        return [[time_text(rng.randrange(1200, 1440)), time_text(rng.randrange(0, 480))]]
    return [
        [time_text(rng.randrange(1440)), rng.choice(["24:00", "02:30", time_text(rng.randrange(1440))])]
        for _ in range(rng.randrange(1, 4))
    ]


def random_date(rng, around):
    return (around + timedelta(days=rng.randrange(-4, 8))).date()


def random_holiday(rng, around):
    day = random_date(rng, around)
    text = rng.choice([day.isoformat(), day.strftime("%m-%d")])
    window = {"from": time_text(rng.randrange(1440)), "to": rng.choice(["24:00", time_text(rng.randrange(1440))])}
    return rng.choice([text, {"date": text, "name": "A day off"}, {"date": text} | window])


def random_opening(rng, around):
    day = random_date(rng, around).isoformat()
    return {"date": day, "from": time_text(rng.randrange(1440)), "to": time_text(rng.randrange(1440))}


def random_pause(rng, start, end):
    width = max(1, int((end - start).total_seconds() // 60))
    begin = start + timedelta(minutes=rng.randrange(-600, width))
    stop = begin + timedelta(minutes=rng.choice([0, 1, 45, rng.randrange(2000)]))
    return (begin, stop)
