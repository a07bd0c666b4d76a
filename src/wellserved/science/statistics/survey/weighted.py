"""Means and shares of weighted answers, with the interval their weights leave."""

import math
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Interval, Many, wilson
from wellserved.science.statistics.quantiles import t_two_sided
from wellserved.science.statistics.survey.raking import read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A weighted figure with its interval.

    `design_effect` is its variance over that of as many equal answers, and `effective` how many equal answers would
    say as much. Of one answer, or none, the bounds are endless for a mean and 0 to 1 for a share.
    """

    value: float
    low: float
    high: float
    answers: int
    design_effect: float
    effective: float


def weighted_mean(
    values: Many, weights: Many, *, population: int | None = None, confidence: float = CONFIDENCE
) -> Estimate:
    """Return the weighted mean with Student's interval, NaN left out.

    Variance n / (n-1) Σ w² (x - mean)² / (Σw)², times 1 - n / N when the answers come from a population of N.

    >>> found = weighted_mean([8, 6, 9, 7], [1, 1, 2, 1])
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (7.8, 5.51, 10.09)

    Raises:
        StatisticsError: The lengths differ, a weight cannot be used, or the population is smaller than the answers.

    Source:
        Cochran, W. G. (1977). Sampling techniques, 3rd ed. Wiley, chapters 2 and 6 (ratio of two sums).
    """
    figures, loads = _read(values, weights)
    count = len(figures)
    left = _fraction_left(count, population)
    if not count:
        return Estimate(value=math.nan, low=-math.inf, high=math.inf, answers=0, design_effect=math.nan, effective=0.0)
    mean, variance, effect = _moments(figures, loads)
    # Of one answer the spread is not known, unless it is everybody.
    half = math.inf if count < 2 else float(t_two_sided(confidence, count - 1)) * math.sqrt(variance * left)
    half = 0.0 if left == 0 else half
    return Estimate(
        value=mean,
        low=mean - half,
        high=mean + half,
        answers=count,
        design_effect=effect,
        effective=count / effect,
    )


def weighted_share(
    kept: Many, weights: Many, *, population: int | None = None, confidence: float = CONFIDENCE
) -> Estimate:
    """Return the weighted share of ones among ones and zeros, NaN left out, with Wilson's interval.

    Wilson takes the effective number of answers instead of their number: n over the larger of the design effect of
    the share and that of the weights alone, and over 1 - n / N of a population of N.

    >>> found = weighted_share([1, 1, 0, 1], [1, 1, 2, 1])
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.6, 0.18, 0.91)

    Raises:
        StatisticsError: As `weighted_mean`, or a value is neither 0 nor 1.

    Source:
        Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of
        positive counts estimated from survey data. Survey Methodology 24, 193-201 (the effective number).
        Kish (1965), see `kish`.
    """
    figures, loads = _read(kept, weights)
    if not np.isin(figures, (0.0, 1.0)).all():
        raise StatisticsError("A share is of answers that are 0 or 1.")
    count = len(figures)
    left = _fraction_left(count, population)
    if not count:
        return Estimate(value=math.nan, low=0.0, high=1.0, answers=0, design_effect=math.nan, effective=0.0)
    share, _, effect = _moments(figures, loads)
    effect = max(effect, count * float((loads**2).sum()))
    share = min(max(share, 0.0), 1.0)
    size = count / effect
    bounds = wilson(share * size / left, size / left, confidence=confidence) if left else Interval(share, share)
    return Estimate(value=share, low=bounds.low, high=bounds.high, answers=count, design_effect=effect, effective=size)


def _read(values: Many, weights: Many) -> tuple[Floats, Floats]:
    """Return the known values and their weights, which add up to 1."""
    figures = np.asarray(values, dtype=np.float64)
    if figures.ndim != 1 or figures.shape != np.shape(weights):
        raise StatisticsError("Give one weight for each answer.")
    if np.isinf(figures).any():
        raise StatisticsError("Answers are finite; give NaN where there is none.")
    if not len(figures):
        return figures, figures
    loads = read_weights(weights)
    used = ~np.isnan(figures) & (loads > 0)
    figures, loads = figures[used], loads[used]
    return figures, loads / loads.max() / (loads / loads.max()).sum() if len(loads) else loads


def _moments(figures: Floats, loads: Floats) -> tuple[float, float, float]:
    """Return the mean, its variance and its design effect."""
    count = len(figures)
    mean = float(loads @ figures)
    if count < 2:
        return mean, math.inf, 1.0
    centred = figures - mean
    variance = count / (count - 1) * float(((loads * centred) ** 2).sum())
    plain = float(loads @ centred**2) / (count - 1)
    return mean, variance, variance / plain if plain > 0 else count * float((loads**2).sum())


def _fraction_left(count: int, population: int | None) -> float:
    if population is None:
        return 1.0
    if population < max(count, 1):
        raise StatisticsError("The population holds at least everybody who answered.")
    return 1 - count / population
