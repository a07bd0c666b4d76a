"""Charts of what is counted: shares (p and p-prime), counts (c), rates (u and u-prime)."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from wellserved.science.statistics.charts.control import (
    PROVISIONAL,
    Baseline,
    ControlChart,
    Fit,
    Fitter,
    assemble,
    no_bounds,
)
from wellserved.science.statistics.charts.detection import Bools
from wellserved.science.statistics.charts.rules import COUNTS, RuleSet
from wellserved.science.statistics.charts.shares import D2, OVERDISPERSED
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many, read_counts
from wellserved.science.statistics.reading import read_gaps

Method = Literal["auto", "plain", "laney"]
# The standard deviation of points of these sizes around a centre.
Spread = Callable[[float, Floats], Floats]
# With fewer events a point than this, most lower limits are 0 and a count says little.
FEW_EVENTS = 5
RARE = "Fewer than five events a point: chart the cases or the time between events."


def chart_shares(
    kept: Many,
    total: Many,
    *,
    method: Method = "auto",
    rules: RuleSet = COUNTS,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the p chart of the shares `kept / total`, oldest first, or Laney's p-prime chart.

    p̄ ± 3 s √(p̄(1-p̄)/n), with s = 1 for p and the mean moving range of the standardised points over 1.128 for
    p-prime; "auto" takes p-prime where s exceeds 1.2. The other arguments are those of `chart_values`. A point without
    cases has neither value nor limits, and a baseline in which none or all were kept gives no limits and no signals.

    >>> chart = chart_shares([12, 15, 8, 10, 24] * 3, [50] * 15, method="plain")
    >>> chart.kind, round(chart.phases[0].centre, 3), float(chart.upper[0].round(3)), chart.places("beyond")
    ('p', 0.276, 0.466, (4, 9, 14))

    Raises:
        StatisticsError: Not 0 <= kept <= total, no point of the baseline has cases, or a break lies outside.

    Source:
        Shewhart (1931). Laney, D. B. (2002). Improved control charts for attributes. Quality Engineering 14, 531-537.
    """
    successes, cases = _row(*read_counts(kept, total))
    shares = _divide(successes, cases)

    def spread(centre: float, sizes: Floats) -> Floats:
        return _divide(np.sqrt(centre * (1 - centre)), np.sqrt(sizes))

    fit = _fitter(successes, cases, spread, method)
    advice = _advice(np.minimum(successes, cases - successes)[cases > 0])
    return assemble(
        "p", shares, fit, rules=rules, baseline=baseline, breaks=breaks, within=(0, 1), fewest=fewest, advice=advice
    )


def chart_rates(
    events: Many,
    exposure: Many,
    *,
    per: float = 1.0,
    method: Method = "auto",
    rules: RuleSet = COUNTS,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the u chart of `events` for each `per` units of exposure, or Laney's u-prime chart.

    ū ± 3 s √(ū/n), with s as for `chart_shares` and the other arguments of `chart_values`. A point without exposure
    has neither value nor limits, and a baseline without events gives no limits and no signals.

    >>> chart = chart_rates([4, 6, 5, 3] * 4, [100, 120, 90, 80] * 4, per=100)
    >>> chart.kind, round(chart.phases[0].centre, 3)
    ('u', 4.615)

    Raises:
        StatisticsError: A count or an exposure is negative or endless, events have no exposure, or as `chart_shares`.

    Source:
        Shewhart (1931). Laney (2002).
    """
    if not (np.isfinite(per) and per > 0):
        raise StatisticsError("A rate is given for so many units, more than 0, such as 1000.")
    counts, units = (np.asarray(row, dtype=np.float64) for row in (events, exposure))
    if not (np.isfinite(counts).all() and np.isfinite(units).all() and (counts >= 0).all() and (units >= 0).all()):
        raise StatisticsError("Events and exposure are finite numbers from 0 on.")
    counts, units = _row(*np.broadcast_arrays(counts, units / per))
    if (counts[units == 0] > 0).any():
        raise StatisticsError("Where there are events there was exposure; give it.")

    def spread(centre: float, sizes: Floats) -> Floats:
        return _divide(np.sqrt(centre), np.sqrt(sizes))

    fit = _fitter(counts, units, spread, method)
    return assemble(
        "u",
        _divide(counts, units),
        fit,
        rules=rules,
        baseline=baseline,
        breaks=breaks,
        within=(0, np.inf),
        fewest=fewest,
        advice=_advice(counts[units > 0]),
    )


def chart_counts(
    counts: Many,
    *,
    rules: RuleSet = COUNTS,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the c chart of events counted in equal periods: c̄ ± 3 √c̄, not below 0. NaN where nothing was counted.

    The other arguments are those of `chart_values`. A baseline without events gives no limits and no signals. Where
    the periods are not alike, chart rates.

    >>> chart = chart_counts([16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 40])
    >>> chart.places("beyond")
    (12,)

    Raises:
        StatisticsError: A count is negative or endless, or as `chart_values`.

    Source:
        Shewhart (1931).
    """
    row = read_gaps(counts, noun="counts")
    if (row < 0).any():
        raise StatisticsError("Counts are numbers from 0 on.")

    def fit(place: slice, usable: Bools) -> Fit:
        centre = float(row[place][usable].mean())
        if centre == 0:
            return Fit(centre=centre, bounds=no_bounds)
        half = np.full(place.stop - place.start, np.sqrt(centre))
        return Fit(centre=centre, bounds=lambda k: (centre - k * half, centre + k * half))

    return assemble(
        "c",
        row,
        fit,
        rules=rules,
        baseline=baseline,
        breaks=breaks,
        within=(0, np.inf),
        fewest=fewest,
        advice=_advice(row[~np.isnan(row)]),
    )


def _fitter(counts: Floats, sizes: Floats, spread: Spread, method: Method) -> Fitter:
    def fit(place: slice, usable: Bools) -> Fit:
        some, many = counts[place][usable], sizes[place][usable]
        centre = float(some.sum() / many.sum())
        # A share never seen, or never missed, is not known to be 0 or 1: one event would be called special.
        if not spread(centre, many).any():
            return Fit(centre=centre, bounds=no_bounds)
        sigma_z = _sigma_z(some / many - centre, spread(centre, many))
        is_prime = method == "laney" or (method == "auto" and sigma_z > OVERDISPERSED)
        sigma = spread(centre, sizes[place]) * (sigma_z if is_prime else 1.0)
        return Fit(
            centre=centre,
            bounds=lambda k: (centre - k * sigma, centre + k * sigma),
            sigma_z=sigma_z,
            is_prime=is_prime,
        )

    return fit


def _sigma_z(apart: Floats, sigma: Floats) -> float:
    if len(apart) < 2:
        return 1.0
    return float(np.abs(np.diff(apart / sigma)).mean() / D2)


def _divide(over: Floats | float, under: Floats) -> Floats:
    found: Floats = np.divide(over, under, out=np.full(under.shape, np.nan), where=under > 0)
    return found


def _row(counts: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    if counts.ndim != 1:
        raise StatisticsError("A chart takes one row of points; give one-dimensional counts.")
    return counts, sizes


def _advice(events: Floats) -> tuple[str, ...]:
    return (RARE,) if len(events) and float(events.mean()) < FEW_EVENTS else ()
