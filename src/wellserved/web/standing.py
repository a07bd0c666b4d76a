"""How a promise stands: its share with an interval, and what its weeks say. Pure: numbers in, words out.

Nothing is claimed that the numbers do not carry: a share from few cases is a count, a share whose interval holds the
target is "too close to call", and weeks are judged only when there are enough of them.
"""

import dataclasses
from collections.abc import Sequence

from wellserved.science.statistics import ProportionChart, p_chart, wilson

FEW = 20
TO = "\N{EN DASH}"
ENOUGH_WEEKS = 12
_STATES = {1: "improve", -1: "concern", 0: "common"}


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


def judge(promise: Promise) -> Standing:
    """Return how the promise stands against its target and against its own past."""
    interval = wilson(promise.kept, promise.total) if promise.total else None
    low, high = (interval.low, interval.high) if interval else (None, None)
    points = tuple(week.kept / week.total if week.total else None for week in promise.weeks)
    chart = _chart(promise.weeks)
    lower, upper = _limits(chart, promise.weeks)
    # The week still running is drawn and not judged.
    states = (*(_STATES[signal] for signal in chart.signals.tolist()), "common") if chart else ()
    return Standing(
        promise=promise,
        share=promise.kept / promise.total if promise.total else None,
        low=low,
        high=high,
        against=_against(promise, low=low, high=high),
        variation=_variation(states),
        mean=chart.centre if chart else None,
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


def _chart(weeks: Sequence[Week]) -> ProportionChart | None:
    """Return the chart of the finished weeks, None while too few of them had promises."""
    finished = weeks[:-1]
    if sum(week.total > 0 for week in finished) < ENOUGH_WEEKS:
        return None
    return p_chart([week.kept for week in finished], [week.total for week in finished])


def _limits(chart: ProportionChart | None, weeks: Sequence[Week]) -> tuple[float | None, float | None]:
    """Return limits for a week of ordinary size."""
    if chart is None:
        return None, None
    sizes = sorted(week.total for week in weeks[:-1] if week.total)
    return chart.limits(sizes[len(sizes) // 2])


def _variation(states: Sequence[str]) -> str:
    """Return what the last finished week says; without enough weeks, nothing."""
    return states[-2] if len(states) > 1 else "unknown"
