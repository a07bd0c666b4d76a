"""Where rules are met: windows over the points, on one chart or on thousands of simulated ones at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.charts.rules import Rule, RuleSet
from wellserved.science.statistics.proportions import Floats

Bools = npt.NDArray[np.bool_]
# The lines so many sigma below and above the centre, for every point.
Bounds = Callable[[float], tuple[Any, Any]]

# What lies on a line by more than this share of itself lies beyond it; less is rounding.
ROUNDING = 1e-10
# A centre near 0 is known no better than the last digits of the largest value it was computed from.
LAST_DIGIT = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One rule met: which, where, and to which side (1 above or rising, -1 below or falling, 0 neither).

    `points` are the places that make it up, `noticed` the first place at which the rule was met: nobody could have
    known before.
    """

    rule: str
    words: str
    side: int
    points: tuple[int, ...]
    noticed: int


def signals_of(values: Floats, bounds: Bounds, rules: RuleSet, *, offset: int = 0) -> tuple[Signal, ...]:
    """Return every signal of a row of points, in the order of the rules; windows that overlap are one signal.

    >>> import numpy as np
    >>> from wellserved.science.statistics.charts.rules import DEFAULT
    >>> found = signals_of(np.array([0.0, 2.5, 0.1, 2.2, 3.5]), lambda sigma: (-sigma, sigma), DEFAULT)
    >>> [(signal.rule, signal.points, signal.noticed) for signal in found]
    [('beyond', (4,), 4), ('two-of-three', (1, 3, 4), 3)]
    """
    found: list[Signal] = []
    for rule in rules.rules:
        for side, fired, members in met(values, bounds, rule):
            places = np.flatnonzero(fired)
            starts = np.maximum(places - rule.window + 1, 0)
            begins = np.flatnonzero(np.diff(places, prepend=-1) > places - starts) if len(places) else places
            for group in np.split(np.arange(len(places)), begins[1:]) if len(places) else ():
                window = np.arange(starts[group[0]], places[group[-1]] + 1)
                found.append(
                    Signal(
                        rule=rule.key,
                        words=rule.words,
                        side=side,
                        points=tuple((window[members[window]] + offset).tolist()),
                        noticed=int(places[group[0]]) + offset,
                    )
                )
    return tuple(found)


def met(values: Floats, bounds: Bounds, rule: Rule) -> Iterator[tuple[int, Bools, Bools]]:
    """Yield for every side of a rule where it is met, and which points count for it, along the last axis.

    >>> import numpy as np
    >>> side, fired, members = next(met(np.array([2.5, 0.0, 2.5]), lambda k: (-k, k), Rule(
    ...     key="two", words="2 of 3", kind="side", window=3, needed=2, sigma=2)))
    >>> side, fired.tolist(), members.tolist()
    (1, [False, False, True], [True, False, True])
    """
    if rule.kind in ("trend", "alternating"):
        yield from _steps(values, rule)
        return
    low, high = bounds(rule.sigma)
    above, below = _exceeds(values, high), _exceeds(-values, -np.asarray(low))
    if rule.kind == "side":
        for side, hit in ((1, above), (-1, below)):
            yield side, hit & (_trailing(hit, rule.window) >= rule.needed), hit
        return
    judged = ~np.isnan(values) & ~np.isnan(low) & ~np.isnan(high)
    hit = above | below if rule.kind == "outside" else judged & ~above & ~below
    yield 0, _trailing(hit, rule.window) >= rule.window, hit


def _steps(values: Floats, rule: Rule) -> Iterator[tuple[int, Bools, Bools]]:
    with np.errstate(invalid="ignore"):
        step = np.sign(np.diff(values, axis=-1))
    everywhere = np.ones(values.shape, dtype=bool)
    if rule.kind == "trend":
        for side in (1, -1):
            yield side, _full(step == side, rule.window - 1, values.shape), everywhere
        return
    turned = step[..., 1:] * step[..., :-1] == -1
    yield 0, _full(turned, rule.window - 2, values.shape), everywhere


def _full(hit: Bools, window: int, shape: tuple[int, ...]) -> Bools:
    """Return where all of a window of steps were hits, each step counted for the point that ends it."""
    fired = np.zeros(shape, dtype=bool)
    if hit.shape[-1]:
        fired[..., shape[-1] - hit.shape[-1] :] = _trailing(hit, window) >= window
    return fired


def _trailing(hit: Bools, window: int) -> npt.NDArray[np.int64]:
    """Count the hits of each point and the window - 1 before it."""
    total = np.cumsum(hit, axis=-1, dtype=np.int64)
    if window < hit.shape[-1]:
        total[..., window:] -= total[..., :-window].copy()
    return total


def _exceeds(values: Floats, line: Any) -> Bools:
    largest = np.max(np.abs(values), axis=-1, keepdims=True, initial=0.0, where=~np.isnan(values))
    with np.errstate(invalid="ignore"):
        slack = np.maximum(ROUNDING * np.maximum(np.abs(values), np.abs(line)), LAST_DIGIT * largest)
        return np.asarray(values - line > slack, dtype=bool)
