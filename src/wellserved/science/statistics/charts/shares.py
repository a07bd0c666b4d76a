"""Control charts of a share: which points are more than the ordinary ups and downs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many, read_counts

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Method = Literal["auto", "p", "laney"]

# The mean moving range of two normal values, in standard deviations.
D2 = 1.128
# Above this the points vary more than their sizes explain, and plain limits would call ordinary weeks special.
OVERDISPERSED = 1.2
RUN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionChart:
    """A chart of shares.

    `shares`, `lower`, `upper` and `signals` have one value a point; a point without cases has the share NaN, limits
    0 to 1 and no signal. `centre` is the share of the baseline. `sigma_z` is the spread of the standardised points,
    1 when their sizes explain it. `is_prime` says whether the limits were widened by it. A signal is 1 above what is
    ordinary, -1 below, else 0.
    """

    shares: Floats
    centre: float
    lower: Floats
    upper: Floats
    sigma_z: float
    is_prime: bool
    signals: Ints

    def limits(self, total: float) -> tuple[float, float]:
        """Return the limits a point of `total` cases would have."""
        low, high = _limits(self.centre, np.array([float(total)]), self.sigma_z if self.is_prime else 1.0)
        return float(low[0]), float(high[0])


def p_chart(
    kept: Many, total: Many, *, baseline: Bools | None = None, method: Method = "auto", run: int = RUN
) -> ProportionChart:
    """Return the control chart of the shares `kept / total`, both one-dimensional and oldest first.

    Plain limits are p̄ ± 3 √(p̄(1-p̄)/n), cut to 0 and 1. Laney's p-prime multiplies the spread by sigma_z, the mean
    moving range of the standardised points over 1.128: it is for large counts, where plain limits call every point
    special. "auto" takes p-prime when sigma_z exceeds 1.2. `baseline` marks the points that the centre and sigma_z
    are computed from, all when left out. A point signals beyond its limits, and as part of `run` or more points on one
    side of the centre.

    >>> chart = p_chart([12, 15, 8, 10, 24], [50, 50, 50, 50, 50], method="p")
    >>> round(chart.centre, 3), round(float(chart.upper[0]), 3), chart.signals.tolist()
    (0.276, 0.466, [0, 0, 0, 0, 1])

    Raises:
        StatisticsError: The counts cannot be used, or the baseline has no cases.

    Source:
        Shewhart, W. A. (1931). Economic control of quality of manufactured product (limits at three sigma).
        Nelson, L. S. (1984). The Shewhart control chart: tests for special causes. Journal of Quality Technology 16,
        238-239 (tests 1 and 2; the length of a run is a choice, 7 as in the NHS "Making data count" rules).
        Laney, D. B. (2002). Improved control charts for attributes. Quality Engineering 14, 531-537.
    """
    successes, cases = read_counts(kept, total)
    if successes.ndim != 1:
        raise StatisticsError("A chart takes one row of points; give one-dimensional counts.")
    has_cases = cases > 0
    used = has_cases if baseline is None else has_cases & np.asarray(baseline, dtype=bool)
    if not used.any():
        raise StatisticsError("A chart needs at least one point with cases in its baseline.")
    shares = np.full(len(cases), np.nan)
    shares[has_cases] = successes[has_cases] / cases[has_cases]
    centre = float(successes[used].sum() / cases[used].sum())
    sigma_z = _sigma_z(shares[used], cases[used], centre)
    is_prime = method == "laney" or (method == "auto" and sigma_z > OVERDISPERSED)
    lower, upper = _limits(centre, cases, sigma_z if is_prime else 1.0)
    with np.errstate(invalid="ignore"):
        beyond = (shares > upper).astype(np.int64) - (shares < lower).astype(np.int64)
    sides = runs(shares, centre=centre, length=run)
    return ProportionChart(
        shares=shares,
        centre=centre,
        lower=lower,
        upper=upper,
        sigma_z=sigma_z,
        is_prime=is_prime,
        signals=np.where(beyond != 0, beyond, sides),
    )


def runs(values: Many, *, centre: float, length: int = RUN) -> Ints:
    """Mark every point of a run of at least `length` on one side of the centre: 1 above, -1 below, else 0.

    A point on the centre, or without a value (NaN), belongs to no side and ends a run.

    >>> runs([3, 4, 5, 1, 2], centre=2.5, length=3).tolist()
    [1, 1, 1, 0, 0]

    Raises:
        StatisticsError: `length` is below 2.

    Source:
        Nelson (1984), test 2.
    """
    if length < 2:
        raise StatisticsError("A run has at least two points.")
    points = np.asarray(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        sides = (points > centre).astype(np.int64) - (points < centre).astype(np.int64)
    if not len(sides):
        return sides
    starts = np.flatnonzero(np.diff(sides, prepend=sides[0] + 1))
    lengths = np.diff(np.append(starts, len(sides)))
    return np.where(np.repeat(lengths, lengths) >= length, sides, 0)


def _sigma_z(shares: Floats, cases: Floats, centre: float) -> float:
    sigma = np.sqrt(centre * (1 - centre) / cases)
    if len(shares) < 2 or not sigma.all():
        return 1.0
    return float(np.abs(np.diff((shares - centre) / sigma)).mean() / D2)


def _limits(centre: float, cases: Floats, spread: float) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.where(cases > 0, 3 * np.sqrt(centre * (1 - centre) / cases) * spread, 1.0)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
