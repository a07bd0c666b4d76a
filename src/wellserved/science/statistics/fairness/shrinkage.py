"""Figures of small teams, drawn towards the mean by as much as they are luck."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many, read_counts, wilson
from wellserved.science.statistics.quantiles import beta_quantile, log_beta, two_sided

# Four figures have a spread worth drawing by; three are what the formula of James and Stein takes away.
FEWEST = 4
# Prior cases from which on the teams do not differ for any purpose: the likelihood runs there when they are all alike.
MOST_PRIOR = 1e5
LEAST_PRIOR = 1e-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk:
    """Figures drawn towards `centre`: 1 - `weights` of the way, with bounds.

    `between` is the spread (standard deviation) of the true figures; 0 says that luck explains the differences, and
    then each is the centre: `is_all_alike`.
    """

    values: Floats
    low: Floats
    high: Floats
    weights: Floats
    centre: float
    between: float
    is_all_alike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShrunkShares:
    """Shares drawn towards the mean of a beta distribution of `a` and `b`, as if each team had a + b cases more."""

    values: Floats
    low: Floats
    high: Floats
    a: float
    b: float
    is_all_alike: bool


def james_stein(values: Many, *, variance: float, confidence: float = CONFIDENCE) -> Shrunk:
    """Return figures of one known sampling variance, drawn towards their mean (Efron and Morris).

    mean + c (x - mean) with c = 1 - (k - 3) variance / Σ (x - mean)², 0 at the least.

    >>> found = james_stein([1, 2, 4, 5, 8], variance=2)
    >>> found.values.round(2).tolist(), found.weights.round(3).tolist()[0]
    ([1.4, 2.27, 4.0, 4.87, 7.47], 0.867)

    Raises:
        StatisticsError: There are fewer than four figures, one is not finite, or the variance is not above 0.

    Source:
        Efron, B. and Morris, C. (1975). Data analysis using Stein's estimator and its generalizations. JASA 70,
        311-319.
        Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. JASA 78, 47-65 (bounds).
    """
    figures = _read(values)
    if not (np.isfinite(variance) and variance > 0):
        raise StatisticsError("Give the variance of a figure by luck alone, above 0.")
    count = len(figures)
    spread = float(((figures - figures.mean()) ** 2).sum())
    keep = max(0.0, 1 - (count - 3) * variance / spread) if spread > 0 else 0.0
    between = variance * keep / (1 - keep)
    return _shrink(
        figures, np.full(count, float(variance)), np.full(count, keep), between=between, confidence=confidence
    )


def shrink(values: Many, standard_errors: Many, *, confidence: float = CONFIDENCE) -> Shrunk:
    """Return figures of unequal precision, each drawn towards their weighted mean by its own luck.

    With the true figures normal of variance t², found so that Σ (x - centre)² / (s² + t²) = k - 1 (Paule and Mandel):
    centre + w (x - centre) with w = 1 - (k - 3) / (k - 1) s² / (s² + t²), the first fraction for t² being estimated.
    Where t² is 0 everybody gets the centre.

    >>> found = shrink([70, 80, 90, 95], [2, 2, 2, 20])
    >>> found.values.round(1).tolist(), found.is_all_alike
    ([70.2, 80.0, 89.8, 91.0], False)

    Raises:
        StatisticsError: There are fewer than four figures, one is not finite, or a standard error is not above 0.

    Source:
        Paule, R. C. and Mandel, J. (1982). Consensus values and weighting factors. Journal of Research of the
        National Bureau of Standards 87, 377-385.
        Morris (1983), see `james_stein`.
    """
    figures = _read(values)
    errors = np.asarray(standard_errors, dtype=np.float64)
    if errors.shape != figures.shape or not np.isfinite(errors).all() or not (errors > 0).all():
        raise StatisticsError("Give one standard error above 0 for each figure.")
    variance = errors**2
    between = spread_between(figures, errors)
    count = len(figures)
    # As between is an estimate, somewhat less is taken away than its plain share.
    luck = (count - 3) / (count - 1) * variance / (variance + between)
    keep = 1 - luck if between > 0 else np.zeros(count)
    return _shrink(figures, variance, keep, between=between, confidence=confidence)


def shrink_shares(kept: Many, total: Many, *, confidence: float = CONFIDENCE) -> ShrunkShares:
    """Return shares drawn towards the mean as if each team had a kept and b broken cases more.

    (x + a) / (n + a + b), with a and b by greatest likelihood of the beta-binomial distribution. Where the teams differ
    no more than luck makes them, a + b runs to infinity; then everybody has the overall share with its interval.

    >>> found = shrink_shares([9, 40, 55, 88, 3], [10, 80, 100, 100, 10])
    >>> found.values.round(3).tolist()
    [0.808, 0.508, 0.554, 0.868, 0.417]

    Raises:
        StatisticsError: There are fewer than four teams with cases, or the counts cannot be used.

    Source:
        Griffin, B. S. and Krutchkoff, R. G. (1971). An empirical Bayes estimator for P[success] in the binomial
        distribution. Sankhya B 33, 217-224.
        Casella, G. (1985). An introduction to empirical Bayes data analysis. American Statistician 39, 83-87.
    """
    successes, cases = read_counts(kept, total)
    if successes.ndim != 1 or (cases > 0).sum() < FEWEST:
        raise StatisticsError(f"It takes {FEWEST} teams with cases to see how far teams differ.")
    overall = float(successes.sum() / cases.sum())
    mean, prior = _beta_binomial(successes, cases) if 0 < overall < 1 else (overall, MOST_PRIOR)
    if prior >= MOST_PRIOR * 0.99:
        bounds = wilson(float(successes.sum()), float(cases.sum()), confidence=confidence)
        alike = np.full(len(cases), overall)
        return ShrunkShares(
            values=alike,
            low=np.full_like(alike, bounds.low),
            high=np.full_like(alike, bounds.high),
            a=np.inf,
            b=np.inf,
            is_all_alike=True,
        )
    a, b = mean * prior, (1 - mean) * prior
    two_sided(confidence)
    tail = (1 - confidence) / 2
    return ShrunkShares(
        values=(successes + a) / (cases + prior),
        low=beta_quantile(tail, successes + a, cases - successes + b),
        high=beta_quantile(1 - tail, successes + a, cases - successes + b),
        a=a,
        b=b,
        is_all_alike=False,
    )


def spread_between(figures: Floats, errors: Floats) -> float:
    """Return the variance of the true figures beyond luck, by Paule and Mandel; 0 when luck explains them.

    >>> round(spread_between(np.array([1.0, 5.0]), np.array([1.0, 1.0])), 3)
    7.0
    """
    variance = errors**2
    freedom = len(figures) - 1

    def excess(between: float) -> float:
        weights = 1 / (variance + between)
        return float(weights @ (figures - weights @ figures / weights.sum()) ** 2) - freedom

    if freedom < 1 or excess(0.0) <= 0:
        return 0.0
    # It falls in `between`, and at the whole scatter of the figures it is below: halve the way.
    low, high = 0.0, float(((figures - figures.mean()) ** 2).sum())
    while excess(high) > 0:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _read(values: Many) -> Floats:
    figures = np.asarray(values, dtype=np.float64)
    if figures.ndim != 1 or len(figures) < FEWEST or not np.isfinite(figures).all():
        raise StatisticsError(f"It takes {FEWEST} known figures to see how far they differ.")
    return figures


def _shrink(figures: Floats, variance: Floats, keep: Floats, *, between: float, confidence: float) -> Shrunk:
    count = len(figures)
    weights = 1 / (variance + between)
    weights = weights / weights.sum()
    centre = float(weights @ figures)
    luck = 1 - keep
    # The luck of the figure and of the centre, and the doubt about how much of it is luck.
    own = variance * (1 - (1 - weights) * luck)
    doubt = np.where(keep > 0, 2 / (count - 3) * luck**2 * (figures - centre) ** 2, 0.0)
    half = two_sided(confidence) * np.sqrt(own + doubt)
    values = centre + keep * (figures - centre)
    return Shrunk(
        values=values,
        low=values - half,
        high=values + half,
        weights=keep,
        centre=centre,
        between=float(np.sqrt(between)),
        is_all_alike=not (keep > 0).any(),
    )


def _beta_binomial(kept: Floats, cases: Floats) -> tuple[float, float]:
    """Return the mean and the prior cases of greatest likelihood, by narrowing a grid on logit and logarithm."""
    overall = kept.sum() / cases.sum()
    centre, reach = np.array([np.log(overall / (1 - overall)), np.log(10.0)]), np.array([3.0, 9.0])
    bounds = np.log(LEAST_PRIOR), np.log(MOST_PRIOR)
    steps = np.linspace(-1, 1, 11)
    for _ in range(30):
        logits = centre[0] + reach[0] * steps
        priors = np.clip(centre[1] + reach[1] * steps, *bounds)
        mean = 1 / (1 + np.exp(-logits))[:, None, None]
        prior = np.exp(priors)[None, :, None]
        fits = (log_beta(kept + mean * prior, cases - kept + (1 - mean) * prior)).sum(axis=-1)
        fits = fits - len(kept) * log_beta(mean * prior, (1 - mean) * prior)[..., 0]
        best = np.unravel_index(int(fits.argmax()), fits.shape)
        centre = np.array([logits[best[0]], priors[best[1]]])
        reach = reach * 0.55
    return float(1 / (1 + np.exp(-centre[0]))), float(np.exp(centre[1]))
