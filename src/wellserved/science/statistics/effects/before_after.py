"""Before and after: two shares or two rates compared, with what could have been seen at all."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from wellserved.science.statistics.effects.detectable import POWER, detectable_difference, detectable_ratio
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import CONFIDENCE, difference, wilson

FEWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """A comparison of before and after.

    `effect` is the difference of two shares or the ratio of two rates, with its interval `low` to `high` and p-value.
    `detectable` is the smallest such effect, up and down, that so many cases would show four times in five: an effect
    inside it may be there and not be seen; NaN where none would be. With `is_enough` False the two are too few to
    compare and `reason` says so.
    """

    before: float
    after: float
    effect: float
    low: float
    high: float
    p: float
    detectable: tuple[float, float]
    is_enough: bool
    reason: str


def compare_shares(
    kept: float,
    total: float,
    *,
    kept_after: float,
    total_after: float,
    confidence: float = CONFIDENCE,
    power: float = POWER,
) -> BeforeAfter:
    """Return the difference of two shares, after less before, with Newcombe's interval and the score test.

    z = (p₂ - p₁) / √(p(1-p)(1/n₁ + 1/n₂)) with p the share of both together. What is detectable is that of
    `detectable_difference`, from the share before drawn to a half by one case kept and one not. Each needs 20 cases.

    >>> found = compare_shares(48, 80, kept_after=56, total_after=70)
    >>> round(found.effect, 2), round(found.low, 4), round(found.high, 4), round(found.detectable[1], 2)
    (0.2, 0.0524, 0.3339, 0.21)

    Raises:
        StatisticsError: As `wilson`, or the power does not lie between 0 and 1.

    Source:
        Newcombe, R. G. (1998). Statistics in Medicine 17, 873-890.
        Fleiss, J. L., Levin, B. and Paik, M. C. (2003). Statistical methods for rates and proportions, 3rd ed. Wiley.
    """
    bounds = difference(kept_after, total_after, other_kept=kept, other_total=total, confidence=confidence)
    wilson(kept, total)
    few = min(total, total_after) < FEWEST
    before = kept / total if total else np.nan
    after = kept_after / total_after if total_after else np.nan
    p, apart = np.nan, (np.nan, np.nan)
    if total and total_after:
        each = 1 / total + 1 / total_after
        pooled = (kept + kept_after) / (total + total_after)
        spread = np.sqrt(pooled * (1 - pooled) * each)
        p = float(2 * ndtr(-abs(after - before) / spread)) if spread > 0 else 1.0
        usual = (kept + 1) / (total + 2)
        apart = detectable_difference(usual, total, total_after, confidence=confidence, power=power)
    return BeforeAfter(
        before=float(before),
        after=float(after),
        effect=float(after - before),
        low=bounds.low,
        high=bounds.high,
        p=p,
        detectable=apart,
        is_enough=not few,
        reason=f"Each share needs {FEWEST} cases, not {total:g} and {total_after:g}." if few else "",
    )


def compare_counts(
    count: float,
    exposure: float,
    *,
    count_after: float,
    exposure_after: float,
    dispersion: float = 1.0,
    confidence: float = CONFIDENCE,
    power: float = POWER,
) -> BeforeAfter:
    """Return the ratio of two rates, after over before, with its score interval.

    Given both counts together, the count after is binomial with share r E₂ / (r E₂ + E₁), r the ratio and E the
    exposures: Wilson's interval of that share, turned back into r. `dispersion` is the variance over the mean of the
    counts (as of an interrupted series); above 1 the counts are divided by it for interval and test. What is detectable
    is that of `detectable_ratio`, from the rate before, of none that of half a case. Ten cases in all are needed. A
    trend that was there before makes this ratio flatter every change: see
    `interrupted_counts`.

    >>> found = compare_counts(40, 1000, count_after=20, exposure_after=1000)
    >>> round(found.effect, 2), round(found.low, 2), round(found.high, 2)
    (0.5, 0.29, 0.85)

    Raises:
        StatisticsError: A count is negative or not finite, an exposure is not above 0, the dispersion is below 1, or
            the power does not lie between 0 and 1.

    Source:
        Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series.
        Biometrika 31, 313-323 (the conditional form); Wilson (1927), see `wilson`.
    """
    exposures = read_series([exposure, exposure_after])
    if (exposures <= 0).any() or not dispersion >= 1:
        raise StatisticsError("Exposures lie above 0 and a dispersion is 1 or more.")
    counts = read_series([count, count_after], counts=True) / dispersion
    total = float(counts.sum())
    share = wilson(float(counts[1]), total, confidence=confidence)
    scale = float(exposures[0] / exposures[1])
    rates = counts * dispersion / exposures
    few = total < 10
    usual = exposures[1] / exposures.sum()
    spread = np.sqrt(total * usual * (1 - usual))
    p = float(2 * ndtr(-abs(counts[1] - total * usual) / spread)) if spread > 0 else 1.0
    known = max(float(rates[0]), 0.5 / float(exposures[0]))
    apart = detectable_ratio(
        known,
        float(exposures[0]),
        float(exposures[1]),
        dispersion=dispersion,
        confidence=confidence,
        power=power,
    )
    return BeforeAfter(
        before=float(rates[0]),
        after=float(rates[1]),
        effect=float(rates[1] / rates[0]) if rates[0] > 0 else (np.nan if rates[1] == 0 else np.inf),
        low=_odds(share.low) * scale,
        high=_odds(share.high) * scale,
        p=p,
        detectable=apart,
        is_enough=not few,
        reason=f"Ten cases in all are needed, not {count + count_after:g}." if few else "",
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else np.inf
