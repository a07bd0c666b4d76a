"""How often each set of chart rules calls an ordinary point special, and how soon it finds a real change.

Simulated charts of independent normal points: the mean number of points to the first signal when nothing has happened
and after shifts of 1, 1.5 and 2 sigma; the share of charts with a false alarm in 24 points, with known limits and with
limits from 12, 25 and 100 points; and what a board of 20 such charts shows.

Run `python benchmarks/false_alarms.py`; it prints one JSON object, the same for the same seed.
"""

import json
from typing import Any

import numpy as np

from wellserved.science.statistics.charts import RULE_SETS, RuleSet, false_alarms, run_lengths

SEED = 2026
RUNS = 10_000
POINTS = 24
CHARTS = 20
SHIFTS = (0.0, 1.0, 1.5, 2.0)
BASELINES = (12, 25, 100, None)


def main() -> None:
    table = {key: measured(rules) for key, rules in RULE_SETS.items()}
    print(
        json.dumps(
            {"benchmark": "false_alarms", "seed": SEED, "runs": RUNS, "points": POINTS, "charts": CHARTS, **table},
            indent=2,
        )
    )


def measured(rules: RuleSet) -> dict[str, Any]:
    lengths = {shift: run_lengths(rules, rng=generator(), shift=shift, runs=RUNS) for shift in SHIFTS}
    boards = {
        baseline: false_alarms(rules, charts=CHARTS, points=POINTS, rng=generator(), baseline=baseline, runs=RUNS)
        for baseline in BASELINES
    }
    return {
        "mean_points_to_a_signal_after_a_shift_of": {
            str(shift): [round(found.mean, 1), round(found.standard_error, 1)] for shift, found in lengths.items()
        },
        "share_of_charts_with_a_false_alarm_by_points_of_the_baseline": {
            str(baseline or "known"): round(board.a_chart, 3) for baseline, board in boards.items()
        },
        "board_with_known_limits": {
            "any_chart": round(boards[None].any_chart, 3),
            "expected_charts": round(boards[None].expected_charts, 1),
            "expected_alarms": round(boards[None].expected_alarms, 1),
        },
    }


def generator() -> np.random.Generator:
    return np.random.default_rng(SEED)


if __name__ == "__main__":
    main()
