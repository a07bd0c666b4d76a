"""A control chart: points, limits phase by phase, and the signals that rules give."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.charts.detection import Bools, Bounds, Signal, signals_of
from wellserved.science.statistics.charts.rules import RuleSet
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

Ints = npt.NDArray[np.int64]
Baseline = int | Bools | Sequence[bool]

# Points that limits are computed from: fewer say nothing, as many as FIRM are enough.
PROVISIONAL = 12
FIRM = 20


class Standing(StrEnum):
    """How far limits can be trusted, by the points they come from."""

    TOO_FEW = "too few"
    PROVISIONAL = "provisional"
    FIRM = "firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of points with limits of its own, from `start` up to but not including `stop`.

    `used` points made the limits; `sigma_z` is the spread of shares and rates beside what their sizes explain, 1 for
    other charts, and `is_prime` says that the limits were widened by it.
    """

    start: int
    stop: int
    centre: float
    used: int
    sigma_z: float
    is_prime: bool
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A control chart with one value a point; NaN where a point has no value or no limit.

    `lower` and `upper` lie three sigma from the centre, the inner lines two, all cut to what the figure can be.
    `marks` is 1 for a point that belongs to a signal above, -1 below, else 0; the rule named first decides. Phases
    whose limits come from fewer than 12 points are drawn and give no signals. `advice` says what would suit better.
    """

    kind: str
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    inner_lower: Floats
    inner_upper: Floats
    phases: tuple[Phase, ...]
    rules: RuleSet
    signals: tuple[Signal, ...]
    advice: tuple[str, ...]

    @property
    def marks(self) -> Ints:
        """The side of the first signal each point belongs to."""
        found = np.zeros(len(self.values), dtype=np.int64)
        for signal in reversed(self.signals):
            if signal.side:
                found[list(signal.points)] = signal.side
        return found

    @property
    def is_enough(self) -> bool:
        """Whether the limits of the latest phase rest on enough points to call any point special."""
        return self.phases[-1].standing is not Standing.TOO_FEW

    def places(self, rule: str) -> tuple[int, ...]:
        """Return the points of every signal that a rule gave, in order.

        Raises:
            StatisticsError: The chart was not judged by this rule.
        """
        known = [one.key for one in self.rules.rules]
        if rule not in known:
            raise StatisticsError(f"This chart was judged by {', '.join(known)}, not by {rule!r}.")
        return tuple(sorted({point for signal in self.signals if signal.rule == rule for point in signal.points}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Limits fitted to the points of a phase: its centre, and the lines so many sigma around it."""

    centre: float
    bounds: Bounds
    sigma_z: float = 1.0
    is_prime: bool = False


# Takes the places of a phase and which of them may be used for limits.
Fitter = Callable[[slice, Bools], Fit]


def assemble(
    kind: str,
    values: Floats,
    fit: Fitter,
    *,
    rules: RuleSet,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    within: tuple[float, float] = (-np.inf, np.inf),
    fewest: int = PROVISIONAL,
    advice: Sequence[str] = (),
) -> ControlChart:
    """Return the chart of the values, each phase with the limits that `fit` gives it."""
    known = ~np.isnan(values)
    if not known.any():
        raise StatisticsError("A chart needs at least one point with a value.")
    usable = known & chosen(baseline, len(values), breaks)
    if not usable.any():
        raise StatisticsError("A chart needs at least one point with a value in its baseline.")
    lines = {name: np.full(len(values), np.nan) for name in ("centre", "low", "high", "inner_low", "inner_high")}
    phases: list[Phase] = []
    signals: list[Signal] = []
    for place in _stretches(len(values), breaks):
        used = int(usable[place].sum())
        found = fit(place, usable[place]) if used else Fit(centre=np.nan, bounds=no_bounds)
        phases.append(_phase(place, found, used, fewest))
        lines["centre"][place] = found.centre
        lines["low"][place], lines["high"][place] = np.clip(found.bounds(3.0), *within)
        lines["inner_low"][place], lines["inner_high"][place] = np.clip(found.bounds(2.0), *within)
        if phases[-1].standing is not Standing.TOO_FEW:
            signals.extend(signals_of(values[place], found.bounds, rules, offset=place.start))
    rank = {rule.key: number for number, rule in enumerate(rules.rules)}
    return ControlChart(
        kind=f"{kind}-prime" if any(phase.is_prime for phase in phases) else kind,
        values=values,
        centre=lines["centre"],
        lower=lines["low"],
        upper=lines["high"],
        inner_lower=lines["inner_low"],
        inner_upper=lines["inner_high"],
        phases=tuple(phases),
        rules=rules,
        signals=tuple(sorted(signals, key=lambda signal: (rank[signal.rule], signal.points[0]))),
        advice=(*advice, *_hanging_together((values - lines["centre"])[usable])),
    )


def chosen(baseline: Baseline | None, count: int, breaks: Sequence[int] = ()) -> Bools:
    """Return which of so many points a baseline names: all, so many from the start of each phase, or as it says."""
    if baseline is None:
        return np.ones(count, dtype=bool)
    if isinstance(baseline, int | np.integer) and not isinstance(baseline, bool):
        if baseline < 1:
            raise StatisticsError("A baseline has at least one point.")
        mask = np.zeros(count, dtype=bool)
        for place in _stretches(count, breaks):
            mask[place.start : min(place.start + int(baseline), place.stop)] = True
        return mask
    mask = np.asarray(baseline, dtype=bool)
    if mask.shape != (count,):
        raise StatisticsError("A baseline is a number of points, or one yes or no for every point.")
    return mask


def no_bounds(_sigma: float) -> tuple[float, float]:
    """Return no lines: the points of the phase say nothing of how they vary."""
    return np.nan, np.nan


def _phase(place: slice, found: Fit, used: int, fewest: int) -> Phase:
    low, _ = found.bounds(3.0)
    has_limits = not bool(np.isnan(low).all())
    standing = Standing.FIRM if used >= FIRM else Standing.PROVISIONAL
    return Phase(
        start=place.start,
        stop=place.stop,
        centre=found.centre,
        used=used,
        sigma_z=found.sigma_z,
        is_prime=found.is_prime,
        standing=standing if used >= fewest and has_limits else Standing.TOO_FEW,
    )


def _stretches(count: int, breaks: Sequence[int]) -> list[slice]:
    edges = [0, *breaks, count]
    if any(later <= earlier for earlier, later in pairwise(edges)):
        raise StatisticsError(f"Breaks are the places where new phases begin, in order, from 1 to {count - 1}.")
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _hanging_together(values: Floats) -> tuple[str, ...]:
    """Say so when each point tells the next: limits from moving ranges are then too narrow."""
    apart = values - values.mean()
    spread = float(apart @ apart)
    if len(values) < FIRM or spread == 0:
        return ()
    lag_one = float(apart[1:] @ apart[:-1]) / spread
    if abs(lag_one) <= 2 / np.sqrt(len(values)):
        return ()
    return ("Points next to one another hang together; chart what is left after trend and season.",)
