"""Everything a panel shows of how values are spread."""

import math
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.description.averages import Modes, TrimmedMean, modes, trimmed_mean
from wellserved.science.statistics.description.extremes import ALPHA, Outliers, outliers
from wellserved.science.statistics.description.order_statistics import Quantile, quantiles
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.reading import read_gaps
from wellserved.science.statistics.samples.means import MeanInterval, mean_interval, variance_of

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95)
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie from each edge to the next; the last bar holds its upper edge too."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """How `count` values are spread; `missing` more were not known and are left out.

    `variance` and `sd` are the sample's (over n - 1) and None of one value; those of a whole population (over n) are
    named so. `mean_deviation` is the mean distance from the mean, `mean_deviation_about_median` that from the median,
    `mad` the median distance from the median. `skewness` is None where three values do not show it.
    """

    count: int
    missing: int
    mean: MeanInterval
    trimmed: TrimmedMean
    modes: Modes
    quantiles: tuple[Quantile, ...]
    minimum: float
    maximum: float
    range: float
    iqr: float
    variance: float | None
    sd: float | None
    population_variance: float
    population_sd: float
    mean_deviation: float
    mean_deviation_about_median: float
    mad: float
    skewness: float | None
    outliers: Outliers
    histogram: Histogram

    @property
    def median(self) -> Quantile:
        """The median with its interval."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> Quantile:
        """Return one of the quantiles described.

        Raises:
            StatisticsError: This one was not asked for.
        """
        for found in self.quantiles:
            if math.isclose(found.share, share):
                return found
        raise StatisticsError(f"The quantile at {share} was not described; name it among the shares.")


def describe(
    values: Many, *, confidence: float = CONFIDENCE, shares: tuple[float, ...] = SHARES, alpha: float = ALPHA
) -> Description:
    """Return how the values are spread: averages, quantiles, spread, outliers and bars.

    NaN stands for a value that is not known: it is counted and left out. `shares` names the quantiles beside the
    quartiles, which are always there; `alpha` is the level of the outliers.

    >>> found = describe([2, 4, 4, 4, 5, 5, 7, 9])
    >>> found.mean.value, found.median.value, found.modes.values, found.range, found.mean_deviation
    (5.0, 4.5, (4.0,), 7.0, 1.5)
    >>> found.population_sd, round(found.sd, 3), found.iqr
    (2.0, 2.138, 1.5)

    Raises:
        StatisticsError: No value is known, one is endless, or a share, the confidence or alpha lies not between 0
            and 1.

    Source:
        Joanes, D. N. and Gill, C. A. (1998). Comparing measures of sample skewness and kurtosis. The Statistician 47,
        183-189 (G₁). The parts name their own.
    """
    given = read_gaps(values)
    row = given[~np.isnan(given)]
    if not len(row):
        raise StatisticsError("Nothing can be described of no values; give at least one that is known.")
    found = quantiles(row, sorted({*shares, 0.25, 0.5, 0.75}), confidence=confidence)
    by_share = {one.share: one.value for one in found}
    mean = mean_interval(row, confidence=confidence)
    smallest, largest = float(row.min()), float(row.max())
    from_median = np.abs(row - by_share[0.5])
    whole = variance_of(row, mean.value) * (len(row) - 1) / len(row) if len(row) > 1 else 0.0
    return Description(
        count=len(row),
        missing=len(given) - len(row),
        mean=mean,
        trimmed=trimmed_mean(row),
        modes=modes(row),
        quantiles=found,
        minimum=smallest,
        maximum=largest,
        range=largest - smallest,
        iqr=by_share[0.75] - by_share[0.25],
        variance=None if mean.sd is None else variance_of(row, mean.value),
        sd=mean.sd,
        population_variance=whole,
        population_sd=math.sqrt(whole),
        mean_deviation=float(np.abs(row - mean.value).mean()),
        mean_deviation_about_median=float(from_median.mean()),
        mad=float(np.median(from_median)),
        skewness=_skewness(row, mean.value, math.sqrt(whole)),
        outliers=outliers(row, alpha=alpha),
        histogram=histogram(row),
    )


def histogram(values: Many) -> Histogram:
    """Return the bars of a histogram, at most 40, of one width.

    The width is Freedman and Diaconis' 2 IQR / n^⅓, or, where half of the values are one, the range over Sturges'
    1 + log₂ n bars. Values that are all one make one bar.

    >>> histogram([1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7])
    Histogram(edges=(1.0, 2.5, 4.0, 5.5, 7.0), counts=(4, 3, 3, 2))

    Raises:
        StatisticsError: There are no values, or one is not known or endless.

    Source:
        Freedman, D. and Diaconis, P. (1981). On the histogram as a density estimator. Zeitschrift für
        Wahrscheinlichkeitstheorie 57, 453-476.
    """
    row = read_gaps(values)
    if not len(row) or np.isnan(row).any():
        raise StatisticsError("A histogram takes at least one value, and only values that are known.")
    smallest, largest = float(row.min()), float(row.max())
    if smallest == largest:
        return Histogram(edges=(smallest, largest), counts=(len(row),))
    low, high = np.quantile(row, [0.25, 0.75])
    width = 2 * (high - low) / len(row) ** (1 / 3)
    bars = (largest - smallest) / width if width > 0 else 1 + math.log2(len(row))
    edges = np.linspace(smallest, largest, int(np.ceil(min(max(bars - 1e-9, 1.0), MOST_BARS))) + 1)
    # The edges between two values next to each other may fall together: then they are one bar.
    edges = np.unique(edges)
    return Histogram(edges=tuple(edges.tolist()), counts=tuple(np.histogram(row, edges)[0].tolist()))


def _skewness(row: Floats, centre: float, spread: float) -> float | None:
    count = len(row)
    if count < 3 or spread == 0:
        return None
    third = float((((row - centre) / spread) ** 3).mean())
    return third * math.sqrt(count * (count - 1)) / (count - 2)
