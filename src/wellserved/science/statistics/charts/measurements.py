"""The chart of one measured value a period (XmR), and of the time between rare events (t)."""

from collections.abc import Sequence

import numpy as np

from wellserved.science.statistics.charts.control import PROVISIONAL, Baseline, ControlChart, Fit, assemble
from wellserved.science.statistics.charts.detection import Bools
from wellserved.science.statistics.charts.rules import DEFAULT, RuleSet
from wellserved.science.statistics.charts.shares import D2
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_gaps

# The upper limit of a moving range in mean moving ranges.
D4 = 3.267
# Times between events of a Poisson stream are nearly normal to this root.
ROOT = 3.6


def chart_values(
    values: Many,
    *,
    rules: RuleSet = DEFAULT,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    screen: bool = False,
    within: tuple[float, float] = (-np.inf, np.inf),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the XmR chart of one value a period, oldest first; NaN where a period has none.

    x̄ ± 3 mR̄/1.128 (= 2.66 mR̄), with mR̄ the mean distance of values next to one another. `baseline` names the points
    that limits come from: so many from the start of each phase, or a yes or no for each; all when left out. `breaks`
    are places where a new phase with limits of its own begins; no rule looks across one. `screen` leaves out once the
    moving ranges above 3.267 mR̄, so that one wild point does not widen all limits. `within` cuts the limits drawn to
    what the value can be. Fewer than `fewest` points make limits that are drawn and give no signals.

    >>> flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    >>> chart = chart_values(flow)
    >>> float(chart.centre[0].round(2)), float(chart.lower[0].round(3)), float(chart.upper[0].round(3))
    (50.81, 45.816, 55.804)
    >>> chart.is_enough
    False

    Raises:
        StatisticsError: No point of the baseline has a value, a value is endless, or a break lies outside.

    Source:
        Wheeler, D. J. (2000). Understanding variation: the key to managing chaos, 2nd ed. SPC Press.
        Nelson, L. S. (1982). Control charts for individual measurements. Journal of Quality Technology 14, 172-173
        (the screen).
    """
    row = read_gaps(values)

    def fit(place: slice, usable: Bools) -> Fit:
        centre, sigma = centre_and_sigma(row[place], usable, screen=screen)
        return Fit(centre=centre, bounds=lambda k: _both(centre, k * sigma, place))

    return assemble(
        "xmr", row, fit, rules=rules, baseline=baseline, breaks=breaks, within=_read_within(within), fewest=fewest
    )


def chart_times(
    times: Many,
    *,
    rules: RuleSet = DEFAULT,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the t chart of the times between rare events, such as days between upheld complaints.

    The XmR chart of x^(1/3.6), carried back by the power 3.6; the other arguments are those of `chart_values`. A time
    above the limit is a longer peace than chance gives, one below it a shorter.

    >>> chart = chart_times([3, 8, 1, 12, 5, 7, 2, 9, 4, 6, 11, 3, 120])
    >>> [(signal.rule, signal.points, signal.side) for signal in chart.signals]
    [('beyond', (12,), 1)]

    Raises:
        StatisticsError: As `chart_values`, or a time is negative.

    Source:
        Nelson, L. S. (1994). A control chart for parts-per-million nonconforming items. Journal of Quality Technology
        26, 239-240.
    """
    row = read_gaps(times, noun="times")
    if (row < 0).any():
        raise StatisticsError("A time between events is not negative; put the events in order.")
    rooted = row ** (1 / ROOT)

    def fit(place: slice, usable: Bools) -> Fit:
        centre, sigma = centre_and_sigma(rooted[place], usable)

        def bounds(k: float) -> tuple[Floats, Floats]:
            low, high = _both(centre, k * sigma, place)
            return np.maximum(low, 0.0) ** ROOT, high**ROOT

        return Fit(centre=float(centre**ROOT), bounds=bounds)

    return assemble("t", row, fit, rules=rules, baseline=baseline, breaks=breaks, within=(0, np.inf), fewest=fewest)


def centre_and_sigma(row: Floats, usable: Bools, *, screen: bool = False) -> tuple[float, float]:
    """Return the mean of the usable values and mR̄/1.128 of those next to one another; NaN without a moving range.

    >>> centre_and_sigma(np.array([1.0, 2.0, 1.0]), np.array([True, True, True]))[0].__round__(4)
    1.3333
    """
    kept = row[usable]
    centre = float(min(max(kept.mean(), kept.min()), kept.max()))
    ranges = np.abs(np.diff(row))[usable[1:] & usable[:-1]]
    if not len(ranges):
        return centre, np.nan
    mean = float(ranges.mean())
    if screen:
        mean = float(ranges[ranges <= D4 * mean].mean())
    return centre, mean / D2


def _both(centre: float, half: float, place: slice) -> tuple[Floats, Floats]:
    count = place.stop - place.start
    return np.full(count, centre - half), np.full(count, centre + half)


def _read_within(within: tuple[float, float]) -> tuple[float, float]:
    low, high = within
    if not low < high:
        raise StatisticsError("Limits are cut to lie from a lower to a higher value, such as (0, inf).")
    return low, high
