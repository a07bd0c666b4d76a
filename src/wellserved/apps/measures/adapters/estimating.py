"""From the values of cases to one number with its interval."""

import math
from collections.abc import Callable, Sequence

from wellserved.apps.measures.types import Figure, Statistic

# No share of fewer cases is shown.
FEWEST = 5
_FEW = f"Fewer than {FEWEST} cases: too few for a share."
_NONE = "There are no cases."
Estimate = tuple[float | None, float | None, float | None, bool, str]


def estimate(name: str, statistic: Statistic, values: Sequence[float], *, days: float) -> Figure:
    """Return the figure these values make; `days` is how long they were counted."""
    value, low, high, is_enough, reason = _KINDS[statistic](sorted(values), days)
    return Figure(name=name, value=value, low=low, high=high, n=len(values), is_enough=is_enough, reason=reason)


def _share(values: Sequence[float], _days: float) -> Estimate:
    from wellserved.science.statistics import wilson  # noqa: PLC0415 (numpy never loads when the web server starts)

    if len(values) < FEWEST:
        return None, None, None, False, _FEW if values else _NONE
    kept = sum(values)
    found = wilson(kept, len(values))
    return kept / len(values), found.low, found.high, True, ""


def _quantile(share: float) -> Callable[[Sequence[float], float], Estimate]:
    def kind(values: Sequence[float], _days: float) -> Estimate:
        from wellserved.science.statistics.description import quantile  # noqa: PLC0415

        if not values:
            return None, None, None, False, _NONE
        found = quantile(values, share)
        return found.value, found.low, found.high, found.low is not None and found.high is not None, found.reason

    return kind


def _mean(values: Sequence[float], _days: float) -> Estimate:
    from wellserved.science.statistics.samples import mean_interval  # noqa: PLC0415

    if not values:
        return None, None, None, False, _NONE
    found = mean_interval(values)
    return found.value, found.low, found.high, found.is_enough, found.reason


def _per_day(values: Sequence[float], days: float) -> Estimate:
    return _rate(math.fsum(values), days, per=1.0)


def _per_thousand(values: Sequence[float], _days: float) -> Estimate:
    return _rate(math.fsum(values), len(values), per=1000.0)


def _rate(events: float, exposure: float, *, per: float) -> Estimate:
    from wellserved.science.statistics.samples import rate_interval  # noqa: PLC0415

    if exposure <= 0:
        return None, None, None, False, _NONE
    found = rate_interval(events, exposure, per=per)
    return found.value, found.low, found.high, True, ""


def _count(values: Sequence[float], _days: float) -> Estimate:
    return math.fsum(values), None, None, True, "A full count: it has no interval."


_KINDS: dict[Statistic, Callable[[Sequence[float], float], Estimate]] = {
    Statistic.SHARE: _share,
    Statistic.MEDIAN: _quantile(0.5),
    Statistic.P90: _quantile(0.9),
    Statistic.MEAN: _mean,
    Statistic.PER_DAY: _per_day,
    Statistic.PER_THOUSAND: _per_thousand,
    Statistic.COUNT: _count,
}
