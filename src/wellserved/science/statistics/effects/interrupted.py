"""Interrupted series: whether the level or the slope changed when something was done."""

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from scipy.stats import norm, t

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import first_correlation, read_series
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

FEWEST_BEFORE = 12
FEWEST_AFTER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect with its interval and p-value: a ratio of counts, where 1 is none, or a difference, where 0 is."""

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """What changed at the start of the change, beside the trend and the season that were there before.

    `level` is the step at the start, `slope` the change of the trend a period after it, None unless asked for; `trend`
    the trend a period before. `expected` is what each period would have shown without the change. `dispersion` is the
    variance beyond chance (counts) or the residual variance (values); `lag` the correlation of the residuals with the
    one before. With `is_enough` False the effects are NaN and `reason` says what is missing; otherwise `reason` holds
    a caution, or is empty.
    """

    level: Effect
    slope: Effect | None
    trend: Effect
    expected: Floats
    dispersion: float
    lag: float
    before: int
    after: int
    is_enough: bool
    reason: str


def interrupted_counts(
    counts: Many,
    *,
    start: int,
    exposure: Many | None = None,
    period: int | None = None,
    harmonics: int = 2,
    with_slope: bool = False,
    confidence: float = CONFIDENCE,
) -> Interruption:
    """Return how counts changed at period `start`, the first of the new way, as ratios of rates.

    Quasi-Poisson regression: log E = log exposure + b0 + b1 time + b2 after (+ b3 time since, `with_slope`) (+ sines
    and cosines of `period`, `harmonics` pairs). exp(b2) is the step. Standard errors are those of the Poisson times
    √phi, phi = Pearson chi-square / degrees of freedom and at least 1; bounds are normal. Twelve periods before and six
    after are needed. Residuals that lean on those before them are a caution: the interval is then too narrow.

    >>> change = interrupted_counts([20, 22, 19, 21, 20, 18, 21, 22, 20, 19, 21, 20, 11, 9, 10, 12, 9, 10], start=12)
    >>> round(change.level.estimate, 2), change.level.high < 1
    (0.51, True)

    Raises:
        StatisticsError: The counts are no row of finite counts, exposures are not above 0, the start is not inside, or
            there are no cases at all before or after.

    Source:
        Bernal, J. L., Cummins, S. and Gasparrini, A. (2017). Interrupted time series regression for the evaluation of
        public health interventions: a tutorial. International Journal of Epidemiology 46, 348-355.
    """
    row = read_series(counts, counts=True)
    base = np.ones(len(row)) if exposure is None else read_series(exposure)
    _check(row, start, confidence)
    if len(base) != len(row) or (base <= 0).any():
        raise StatisticsError("Give an exposure above 0 for every count, such as the orders of the week.")
    design = _design(len(row), start, period, harmonics, with_slope=with_slope)
    lacking = _lacking(row, start, design, cases=True)
    if lacking:
        return _nothing(row, start, lacking, with_slope=with_slope)
    fitted = sm.GLM(row, design, family=sm.families.Poisson(), offset=np.log(base)).fit(maxiter=100, tol=1e-10)
    left = max(len(row) - design.shape[1], 1)
    dispersion = float(fitted.pearson_chi2 / left)
    spread = np.asarray(fitted.bse) * np.sqrt(max(dispersion, 1.0))
    quantile = float(norm.ppf((1 + confidence) / 2))
    effects = [
        Effect(
            estimate=float(np.exp(b)),
            low=float(np.exp(b - quantile * s)),
            high=float(np.exp(b + quantile * s)),
            p=float(2 * norm.sf(abs(b) / s)),
        )
        for b, s in zip(fitted.params, spread, strict=True)
    ]
    without = _without(design, with_slope=with_slope)
    lag = first_correlation(np.asarray(fitted.resid_pearson))
    return _result(
        effects,
        expected=base * np.exp(without @ np.asarray(fitted.params)),
        dispersion=dispersion,
        lag=lag,
        start=start,
        size=len(row),
        with_slope=with_slope,
        caution=_leaning(lag, len(row)),
    )


def interrupted_values(
    values: Many,
    *,
    start: int,
    period: int | None = None,
    harmonics: int = 2,
    with_slope: bool = False,
    lags: int | None = None,
    confidence: float = CONFIDENCE,
) -> Interruption:
    """Return how a measured value changed at period `start`, the first of the new way, as differences.

    Least squares of y = b0 + b1 time + b2 after (+ b3 time since) (+ season), with Newey and West's standard errors
    that allow for values leaning on the `lags` before them, by default 4 (n/100)^(2/9) rounded down and at least 1,
    the small-sample factor n/(n - k), and bounds of Student's t.

    >>> before, after = [5.0, 5.2, 4.9, 5.1, 5.0, 4.8, 5.1, 5.2, 5.0, 4.9, 5.1, 5.0], [4.1, 3.9, 4.0, 4.2, 3.9, 4.0]
    >>> change = interrupted_values(before + after, start=12)
    >>> round(change.level.estimate, 1), change.level.high < 0
    (-1.0, True)

    Raises:
        StatisticsError: The values are no row of finite numbers, the start is not inside, or the lags are negative.

    Source:
        Newey, W. K. and West, K. D. (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation
        consistent covariance matrix. Econometrica 55, 703-708.
        Wagner, A. K. et al. (2002). Segmented regression analysis of interrupted time series studies in medication use
        research. Journal of Clinical Pharmacy and Therapeutics 27, 299-309.
    """
    row = read_series(values)
    _check(row, start, confidence)
    reach = max(1, int(4 * (len(row) / 100) ** (2 / 9))) if lags is None else lags
    if reach < 0:
        raise StatisticsError("A value leans on none or more of those before it; give 0 or more lags.")
    design = _design(len(row), start, period, harmonics, with_slope=with_slope)
    lacking = _lacking(row, start, design, cases=False)
    if lacking:
        return _nothing(row, start, lacking, with_slope=with_slope)
    plain = sm.OLS(row, design).fit()
    fitted = plain.get_robustcov_results("HAC", maxlags=reach, use_correction=True, use_t=True)
    quantile = float(t.ppf((1 + confidence) / 2, fitted.df_resid))
    # Values without any noise leave only rounding, which is no spread.
    spread = np.maximum(np.asarray(fitted.bse), 1e-12 * float(np.abs(row).max()))
    effects = [
        Effect(
            estimate=float(b),
            low=float(b - quantile * s),
            high=float(b + quantile * s),
            p=float(2 * t.sf(abs(b) / s, fitted.df_resid)) if s > 0 else 1.0,
        )
        for b, s in zip(fitted.params, spread, strict=True)
    ]
    lag = first_correlation(np.asarray(plain.resid))
    return _result(
        effects,
        expected=_without(design, with_slope=with_slope) @ np.asarray(fitted.params),
        dispersion=float(plain.mse_resid),
        lag=lag,
        start=start,
        size=len(row),
        with_slope=with_slope,
        caution="" if abs(lag) < 0.6 else "The values lean on each other strongly; the interval may still be narrow.",
    )


def _check(row: Floats, start: int, confidence: float) -> None:
    if not 0 < start < len(row):
        raise StatisticsError("The start of the change is one of the periods: at least one lies before it.")
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")


def _design(size: int, start: int, period: int | None, harmonics: int, *, with_slope: bool) -> Floats:
    """Return the columns: one, time from the start, after, time since the start, season."""
    if period is not None and (period < 2 or not 1 <= harmonics <= period // 2):
        raise StatisticsError("A season has two periods or more, and from one pair of waves to half as many.")
    place = np.arange(size, dtype=np.float64) - start
    after = (place >= 0).astype(np.float64)
    columns = [np.ones(size), place, after, *([place * after] if with_slope else [])]
    for wave in range(1, harmonics + 1) if period else ():
        turn = 2 * np.pi * wave * place / (period or 1)
        # At half the season the sine is 0 everywhere.
        columns += [np.cos(turn)] if 2 * wave == period else [np.sin(turn), np.cos(turn)]
    return np.column_stack(columns)


def _without(design: Floats, *, with_slope: bool) -> Floats:
    """Return the columns as they would be had nothing changed."""
    plain = design.copy()
    plain[:, 2 : 4 if with_slope else 3] = 0
    return plain


def _lacking(row: Floats, start: int, design: Floats, *, cases: bool) -> str:
    after = len(row) - start
    if start < FEWEST_BEFORE or after < FEWEST_AFTER:
        return f"{FEWEST_BEFORE} periods before and {FEWEST_AFTER} after are needed, not {start} and {after}."
    if len(row) < 2 * design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return f"{len(row)} periods are too few for {design.shape[1]} terms; leave the season or the slope out."
    if cases and (row[:start].sum() == 0 or row[start:].sum() == 0):
        return "Without a case before or after there is no ratio; compare the counts instead."
    return ""


def _leaning(lag: float, size: int) -> str:
    if lag <= 2 / np.sqrt(size):
        return ""
    return f"Each period leans on the one before it (correlation {lag:.2f}): the interval is too narrow."


def _nothing(row: Floats, start: int, reason: str, *, with_slope: bool) -> Interruption:
    none = Effect(estimate=np.nan, low=np.nan, high=np.nan, p=np.nan)
    return Interruption(
        level=none,
        slope=none if with_slope else None,
        trend=none,
        expected=np.full(len(row), np.nan),
        dispersion=np.nan,
        lag=np.nan,
        before=start,
        after=len(row) - start,
        is_enough=False,
        reason=reason,
    )


def _result(
    effects: list[Effect],
    *,
    expected: Floats,
    dispersion: float,
    lag: float,
    start: int,
    size: int,
    with_slope: bool,
    caution: str,
) -> Interruption:
    return Interruption(
        level=effects[2],
        slope=effects[3] if with_slope else None,
        trend=effects[1],
        expected=expected,
        dispersion=dispersion,
        lag=lag,
        before=start,
        after=size - start,
        is_enough=True,
        reason=caution,
    )
