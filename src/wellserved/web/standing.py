"""How a promise stands: its share with an interval, and what its weeks say. Pure: numbers in, words out.

Nothing is claimed that the numbers do not carry: a share from few cases is a count, a share whose interval holds the
target is "too close to call", and weeks are judged only when there are enough of them.
"""

import dataclasses
import math
from collections.abc import Sequence

FEW = 20
TO = "\N{EN DASH}"
ENOUGH_WEEKS = 12
RUN = 7
Z = 1.959963984540054


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Promises that came due in one week."""

    kept: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One kind of promise over the last 30 days, with its weeks oldest first; the last week is still running."""

    key: str
    label: str
    kept: int
    total: int
    target: float | None
    weeks: tuple[Week, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may honestly be said about one promise.

    `against` is on_target, below, close, few or none; `variation` is common, improve, concern or unknown.
    """

    promise: Promise
    share: float | None
    low: float | None
    high: float | None
    against: str
    variation: str
    mean: float | None
    lower: float | None
    upper: float | None
    points: tuple[float | None, ...]
    states: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the share with its base: a count when few, else a share and its interval."""
        kept, total = self.promise.kept, self.promise.total
        if not total or self.share is None or self.low is None or self.high is None:
            return "none came due"
        if total < FEW:
            return f"{kept} of {total}"
        return f"{kept:,} of {total:,}, true share {self.low * 100:.0f}{TO}{self.high * 100:.0f} %"


def interval(*, kept: int, total: int) -> tuple[float, float]:
    """Return the Wilson interval at 95 % of a share.

    >>> low, high = interval(kept=90, total=100)
    >>> round(low, 3), round(high, 3)
    (0.826, 0.945)
    """
    share = kept / total
    spread = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    centre = share + Z * Z / (2 * total)
    scale = 1 + Z * Z / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def judge(promise: Promise) -> Standing:
    """Return how the promise stands against its target and against its own past."""
    low, high = interval(kept=promise.kept, total=promise.total) if promise.total else (None, None)
    points = tuple(week.kept / week.total if week.total else None for week in promise.weeks)
    mean, states = _weigh(promise.weeks)
    lower, upper = _limits(mean, promise.weeks)
    return Standing(
        promise=promise,
        share=promise.kept / promise.total if promise.total else None,
        low=low,
        high=high,
        against=_against(promise, low=low, high=high),
        variation=_variation(states),
        mean=mean,
        lower=lower,
        upper=upper,
        points=points,
        states=states,
    )


def _against(promise: Promise, *, low: float | None, high: float | None) -> str:
    if not promise.total or low is None or high is None:
        return "none"
    if promise.total < FEW:
        return "few"
    if promise.target is None or promise.kept / promise.total >= promise.target:
        return "on_target"
    return "below" if high < promise.target else "close"


def _weigh(weeks: Sequence[Week]) -> tuple[float | None, tuple[str, ...]]:
    """Mark each finished week improve, concern or common by the two rules of a p-chart: beyond 3 sigma, runs of 7."""
    finished = [week for week in weeks[:-1] if week.total]
    if len(finished) < ENOUGH_WEEKS:
        return None, ()
    mean = sum(week.kept for week in finished) / sum(week.total for week in finished)
    states, run, side = [], 0, 0
    for week in weeks[:-1]:
        share = week.kept / week.total if week.total else mean
        now = (share > mean) - (share < mean)
        run = run + 1 if now and now == side else int(now != 0)
        side = now
        sigma = math.sqrt(mean * (1 - mean) / week.total) if week.total else 0.0
        beyond = bool(week.total) and abs(share - mean) > 3 * sigma > 0
        word = "improve" if now > 0 else "concern"
        states.append(word if beyond or run >= RUN else "common")
        if run == RUN:
            states[-RUN:] = [word] * RUN
    return mean, (*states, "common")


def _limits(mean: float | None, weeks: Sequence[Week]) -> tuple[float | None, float | None]:
    """Return limits for a week of ordinary size."""
    sizes = sorted(week.total for week in weeks[:-1] if week.total)
    if mean is None or not sizes:
        return None, None
    sigma = math.sqrt(mean * (1 - mean) / sizes[len(sizes) // 2])
    return max(0.0, mean - 3 * sigma), min(1.0, mean + 3 * sigma)


def _variation(states: Sequence[str]) -> str:
    """Return what the last finished week says; without enough weeks, nothing."""
    return states[-2] if len(states) > 1 else "unknown"
