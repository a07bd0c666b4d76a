"""How often rules call an ordinary point special, and how soon they find a real change, by simulation."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.charts.detection import Bools, met
from wellserved.science.statistics.charts.rules import RuleSet
from wellserved.science.statistics.charts.shares import D2
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

RUNS = 4000
LONGEST = 20_000
STEP = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLengths:
    """How many points passed, in each simulated chart, up to and including the first signal.

    `unfinished` charts had none in the longest time waited and count with that.
    """

    lengths: npt.NDArray[np.int64]
    mean: float
    standard_error: float
    unfinished: int

    def within(self, points: int) -> float:
        """Return the share of charts with a signal in so many points."""
        return float((self.lengths <= points).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """What a board of charts on which nothing happens shows in so many points.

    `a_chart` is the chance that one chart signals at all, with its standard error; `any_chart` that at least one of
    independent charts does; `expected_charts` how many do, and `expected_alarms` how many separate alarms they give.
    """

    charts: int
    points: int
    a_chart: float
    standard_error: float
    any_chart: float
    expected_charts: float
    expected_alarms: float


def run_lengths(
    rules: RuleSet,
    *,
    rng: np.random.Generator,
    shift: float = 0.0,
    baseline: int | None = None,
    runs: int = RUNS,
    longest: int = LONGEST,
) -> RunLengths:
    """Return how many points independent normal charts run until the rules first signal.

    `shift` is how many sigma the process lies off the centre from the first point on: 0 gives the run length between
    false alarms, more gives how soon a change is found. With a `baseline` each chart has limits from so many points of
    its own, by moving ranges, as an XmR chart has; without one the limits are known.

    >>> from wellserved.science.statistics.charts.rules import SHEWHART
    >>> found = run_lengths(SHEWHART, rng=np.random.default_rng(7), shift=3, runs=1000)
    >>> 1.9 < found.mean < 2.1
    True

    Raises:
        StatisticsError: There are fewer than two runs, points or baseline points, or the shift is no number.

    Source:
        Champ and Woodall (1987), with whose exact run lengths the simulated ones agree.
    """
    if not np.isfinite(shift):
        raise StatisticsError("A shift is a finite number of sigma.")
    centre, sigma = _limits(rng, runs, baseline)
    if longest < 2:
        raise StatisticsError("Wait for at least two points.")
    lengths = np.full(runs, longest, dtype=np.int64)
    alive, done = np.arange(runs), 0
    before = np.empty((runs, 0))
    while len(alive) and done < longest:
        fresh = rng.standard_normal((len(alive), min(STEP, longest - done)))
        points = np.concatenate([before, (fresh + shift - centre[alive]) / sigma[alive]], axis=1)
        fired = any_met(points, rules)[:, before.shape[1] :]
        ended = fired.any(axis=1)
        lengths[alive[ended]] = done + 1 + fired[ended].argmax(axis=1)
        alive, before = alive[~ended], points[~ended, max(points.shape[1] - rules.longest + 1, 0) :]
        done += fresh.shape[1]
    return RunLengths(
        lengths=lengths,
        mean=float(lengths.mean()),
        standard_error=float(lengths.std(ddof=1) / np.sqrt(runs)),
        unfinished=len(alive),
    )


def false_alarms(
    rules: RuleSet,
    *,
    charts: int,
    points: int,
    rng: np.random.Generator,
    baseline: int | None = None,
    runs: int = RUNS,
) -> FalseAlarms:
    """Return what so many charts of so many points show when nothing has happened.

    An alarm is a point at which a rule is met when none was at the point before. Charts are taken as independent and
    their points as normal; see `run_lengths` for the baseline.

    >>> from wellserved.science.statistics.charts.rules import DEFAULT
    >>> found = false_alarms(DEFAULT, charts=20, points=24, rng=np.random.default_rng(7), runs=1000)
    >>> 0.1 < found.a_chart < 0.2, found.any_chart > 0.9
    (True, True)

    Raises:
        StatisticsError: There is no chart or point, or fewer than two runs or baseline points.

    Source:
        As `run_lengths`.
    """
    if charts < 1 or points < 1:
        raise StatisticsError("A board has at least one chart with at least one point.")
    centre, sigma = _limits(rng, runs, baseline)
    fired = any_met((rng.standard_normal((runs, points)) - centre) / sigma, rules)
    share = float(fired.any(axis=1).mean())
    begins = fired & ~np.pad(fired, ((0, 0), (1, 0)))[:, :-1]
    return FalseAlarms(
        charts=charts,
        points=points,
        a_chart=share,
        standard_error=float(np.sqrt(share * (1 - share) / runs)),
        any_chart=1 - (1 - share) ** charts,
        expected_charts=charts * share,
        expected_alarms=charts * float(begins.sum(axis=1).mean()),
    )


def any_met(points: Floats, rules: RuleSet) -> Bools:
    """Return at which standardised points any rule is met, along the last axis.

    >>> from wellserved.science.statistics.charts.rules import SHEWHART
    >>> any_met(np.array([0.0, 3.5, -3.5]), SHEWHART).tolist()
    [False, True, True]
    """
    fired = np.zeros(points.shape, dtype=bool)
    for rule in rules.rules:
        for _, here, _ in met(points, lambda sigma: (-sigma, sigma), rule):
            fired |= here
    return fired


def _limits(rng: np.random.Generator, runs: int, baseline: int | None) -> tuple[Floats, Floats]:
    if runs < 2:
        raise StatisticsError("A rate is measured from at least two simulated charts.")
    if baseline is None:
        return np.zeros((runs, 1)), np.ones((runs, 1))
    if baseline < 2:
        raise StatisticsError("Limits come from a baseline of at least two points.")
    past = rng.standard_normal((runs, baseline))
    ranges = np.abs(np.diff(past, axis=1))
    return past.mean(axis=1, keepdims=True), ranges.mean(axis=1, keepdims=True) / D2
