"""Deadlines a second: ours, one by one and as arrays, beside two Python libraries on the same work in the same run.

The work: 20,000 starts spread over 2025 and 2026, targets of 1 to 40 working hours, Monday to Friday 09:00 to 17:00
UTC. The other two are given a part of it, so that a run stays short; every answer is compared with ours. pandas puts
a target used up exactly at closing at the next opening, and so agrees on all rows but those.

Run `python benchmarks/calendars.py`; it prints one JSON object.
"""

import datetime as dt
import json
import platform
import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from wellserved.science.calendars import WorkingCalendar

ROWS = 20_000
PART = 2_000
REPEATS = 3
DEFINITION = {"tz": "UTC", "hours": {str(day): [["09:00", "17:00"]] for day in range(5)}, "holidays": []}


def main() -> None:
    generator = np.random.default_rng(2026)
    begin = np.datetime64("2025-01-01T00:00", "us")
    starts = begin + generator.integers(0, 2 * 365 * 1440, ROWS).astype("timedelta64[m]")
    hours = generator.integers(1, 41, ROWS)
    calendar = WorkingCalendar.from_dict(DEFINITION)
    cold = timed(lambda: WorkingCalendar.from_dict(DEFINITION).deadlines(starts[:1], hours[:1]), repeats=1)[0]
    spent, ours = timed(lambda: calendar.deadlines(starts, hours * 3600))
    aware = [moment.replace(tzinfo=dt.UTC) for moment in starts.tolist()]
    seconds = (hours * 3600).tolist()
    single_spent, single = timed(lambda: list(map(calendar.deadline, aware, seconds)))
    assert [moment.replace(tzinfo=None) for moment in single] == ours.tolist()
    rates = {"arrays": ROWS / spent, "one_by_one": ROWS / single_spent}
    agree = {}
    for name, run in (("businesstimedelta", run_businesstimedelta), ("pandas_custom_business_hour", run_pandas)):
        answer = timed(lambda run=run: run(aware[:PART], hours[:PART].tolist()), repeats=3)
        rates[name] = PART / answer[0]
        agree[name] = sum(a == b for a, b in zip(answer[1], ours[:PART].tolist(), strict=True))
    others = ("businesstimedelta", "pandas_custom_business_hour")
    print(
        json.dumps(
            {
                "benchmark": "calendars",
                "python": platform.python_version(),
                "rows": ROWS,
                "rows_for_the_others": PART,
                "first_call_ms": round(cold * 1000, 2),
                "deadlines_per_second": {name: round(rate) for name, rate in rates.items()},
                "arrays_times_faster": {name: round(rates["arrays"] / rates[name]) for name in others},
                "one_by_one_times_faster": {name: round(rates["one_by_one"] / rates[name], 1) for name in others},
                "same_answers_of_rows_for_the_others": agree,
            },
            indent=2,
        )
    )


def timed(work: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, Any]:
    """Return the median processor seconds of some runs, which a busy machine does not stretch, and an answer."""
    spent = []
    for _ in range(repeats):
        begun = time.process_time()
        answer = work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent), answer


def run_businesstimedelta(starts: list[dt.datetime], hours: list[int]) -> list[dt.datetime]:
    import businesstimedelta as other

    rules = other.Rules(
        [other.WorkDayRule(start_time=dt.time(9), end_time=dt.time(17), working_days=[0, 1, 2, 3, 4], tz=dt_zone())]
    )
    return [
        (start + other.BusinessTimeDelta(rules, hours=count)).replace(tzinfo=None)
        for start, count in zip(starts, hours, strict=True)
    ]


def dt_zone() -> dt.tzinfo:
    import pytz

    return pytz.utc


def run_pandas(starts: list[dt.datetime], hours: list[int]) -> list[dt.datetime]:
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            (pd.Timestamp(start.replace(tzinfo=None)) + pd.offsets.CustomBusinessHour(n=count)).to_pydatetime()
            for start, count in zip(starts, hours, strict=True)
        ]


if __name__ == "__main__":
    main()
