"""What a series is made of: its trend, its seasons and what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.tsa.seasonal import MSTL, STL

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import Floats, Many

# A season weaker than this is not shown: what is left over varies more than it.
SEASONAL = 0.3
MOST_MISSING = 0.3
# A trend over fewer periods than this would follow single ones.
NARROWEST = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """A series taken apart: values = trend + the seasons + remainder, period by period.

    `seasons` has one row for each of `periods`. The strengths lie between 0 and 1; a strength of the season of at least
    0.3 is worth showing. Where the series is too short or has too many gaps, `is_enough` is False, `reason` says why
    and the parts are NaN.
    """

    periods: tuple[int, ...]
    trend: Floats
    seasons: Floats
    remainder: Floats
    trend_strength: float
    season_strengths: tuple[float, ...]
    is_enough: bool
    reason: str

    @property
    def expected(self) -> Floats:
        """Trend and seasons together."""
        return np.asarray(self.trend + self.seasons.sum(axis=0), dtype=np.float64)

    @property
    def is_seasonal(self) -> bool:
        """Whether any season is strong enough to be shown."""
        return any(strength >= SEASONAL for strength in self.season_strengths)


def decompose(
    values: Many, *, periods: int | Sequence[int], robust: bool = True, window: int | None = None
) -> Decomposition:
    """Take a series apart by repeated loess (STL), or by STL for each of several periods in turn (MSTL).

    With S the season, T the trend and R the remainder, the strength of the season is max(0, 1 - Var R / Var(S + R)) and
    that of the trend max(0, 1 - Var R / Var(T + R)). `robust` (the default) weighs unusual periods down, so that one
    bad day moves neither. The season is the same throughout unless a `window` lets it change: an odd number of seasons,
    7 or more, that are looked at together; few series are long enough to show theirs changing. A gap (NaN) is filled
    for the fit by its neighbours and the usual value of its place in the season; its remainder stays NaN. Two whole
    seasons of the longest period are needed and at most three periods in ten may be missing.

    >>> weeks = np.tile([5.0, 6.0, 7.0, 6.0, 5.0, 1.0, 0.0], 8) + np.arange(56) / 10
    >>> found = decompose(weeks, periods=7)
    >>> round(found.season_strengths[0], 2), round(float(found.trend[-1] - found.trend[0]), 1)
    (1.0, 5.5)
    >>> decompose(weeks[:10], periods=7).reason
    'Two whole seasons of 7 periods are needed: 14 values, not 10.'

    Raises:
        StatisticsError: The series is no row of finite numbers, a period is below 2 or given twice, or
            the window is even or below 7.

    Source:
        Cleveland, R. B., Cleveland, W. S., McRae, J. E. and Terpenning, I. (1990). STL: a seasonal-trend decomposition
        procedure based on loess. Journal of Official Statistics 6, 3-73.
        Bandara, K., Hyndman, R. J. and Bergmeir, C. (2021). MSTL: a seasonal-trend decomposition algorithm for time
        series with multiple seasonal patterns. arXiv 2107.13462.
        Wang, X., Smith, K. and Hyndman, R. J. (2006). Characteristic-based clustering for time series data. Data
        Mining and Knowledge Discovery 13, 335-364 (the strengths).
    """
    row = read_series(values, gaps=True)
    lengths = tuple(sorted((periods,) if isinstance(periods, int) else periods))
    if not lengths or lengths[0] < 2 or len(set(lengths)) < len(lengths):
        raise StatisticsError("A season has at least two periods; give each length once, such as 7, or 24 and 168.")
    if window is not None and (window < 7 or window % 2 == 0):
        raise StatisticsError("A window is an odd number of seasons, 7 or more.")
    missing = np.isnan(row)
    reason = _too_little(row, missing, lengths)
    if reason:
        nothing = np.full((len(lengths), len(row)), np.nan)
        return Decomposition(
            periods=lengths,
            trend=np.full(len(row), np.nan),
            seasons=nothing,
            remainder=np.full(len(row), np.nan),
            trend_strength=np.nan,
            season_strengths=(np.nan,) * len(lengths),
            is_enough=False,
            reason=reason,
        )
    trend, seasons = _parts(_filled(row, missing, lengths[-1]), lengths, robust=robust, window=window)
    remainder = row - trend - seasons.sum(axis=0)
    left = remainder[~missing]
    return Decomposition(
        periods=lengths,
        trend=trend,
        seasons=seasons,
        remainder=remainder,
        trend_strength=_strength(trend[~missing], left),
        season_strengths=tuple(_strength(season[~missing], left) for season in seasons),
        is_enough=True,
        reason="",
    )


def _too_little(row: Floats, missing: np.typing.NDArray[np.bool_], lengths: tuple[int, ...]) -> str:
    needed = 2 * lengths[-1]
    if len(row) < needed:
        return f"Two whole seasons of {lengths[-1]} periods are needed: {needed} values, not {len(row)}."
    if missing.mean() > MOST_MISSING:
        return f"Of {len(row)} periods {int(missing.sum())} are missing; at most three in ten may be."
    return ""


def _filled(row: Floats, missing: np.typing.NDArray[np.bool_], period: int) -> Floats:
    """Fill the gaps with the usual value of their place in the season, carried by their neighbours."""
    if not missing.any():
        return row
    places = np.arange(len(row)) % period
    known = ~missing
    middle = float(np.median(row[known]))
    usual = np.array(
        [np.median(row[known & (places == place)]) if (known & (places == place)).any() else middle
         for place in range(period)]
    )[places]  # fmt: skip
    index = np.arange(len(row))
    carried = np.interp(index, index[known], (row - usual)[known])
    return np.where(missing, usual + carried, row)


def _parts(row: Floats, lengths: tuple[int, ...], *, robust: bool, window: int | None) -> tuple[Floats, Floats]:
    level = float(row.mean())
    if np.ptp(row) <= 1e-12 * max(abs(level), 1e-300):
        return np.full(len(row), level), np.zeros((len(lengths), len(row)))
    # The fit is of the values without their level, so that a large level costs no digits.
    if len(lengths) == 1 or len(row) == 2 * lengths[-1]:
        return _one_by_one(row - level, lengths, level=level, robust=robust, window=window)
    width, degree = _season(len(row), window)
    options = {"robust": robust, "seasonal_deg": degree}
    fitted = MSTL(row - level, periods=lengths, windows=[width] * len(lengths), stl_kwargs=options).fit()
    return np.asarray(fitted.trend + level), np.asarray(fitted.seasonal).reshape(len(row), -1).T


def _one_by_one(
    row: Floats, lengths: tuple[int, ...], *, level: float, robust: bool, window: int | None
) -> tuple[Floats, Floats]:
    """STL of each period in turn; MSTL itself asks for more than two whole seasons of the longest."""
    left = row
    seasons = []
    trend = np.zeros_like(row)
    width, degree = _season(len(row), window)
    for length in lengths:
        smooth = None if 1.5 * length > NARROWEST else NARROWEST
        fitted = STL(left, period=length, seasonal=width, seasonal_deg=degree, trend=smooth, robust=robust).fit()
        trend = np.asarray(fitted.trend)
        seasons.append(np.asarray(fitted.seasonal))
        left = left - fitted.seasonal
    return trend + level, np.vstack(seasons)


def _season(size: int, window: int | None) -> tuple[int, int]:
    """Return window and degree of the loess of a season; a mean over a window without end keeps it the same."""
    return (10 * size + 1, 0) if window is None else (window, 1)


def _strength(part: Floats, left: Floats) -> float:
    together = float(np.var(part + left))
    return max(0.0, 1 - float(np.var(left)) / together) if together > 0 else 0.0
