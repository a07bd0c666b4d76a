"""How values are spread: averages, quantiles with their intervals, spread and outliers."""

from wellserved.science.statistics.description.averages import Modes, TrimmedMean, modes, trimmed_mean
from wellserved.science.statistics.description.extremes import Outliers, outliers, robust_scores
from wellserved.science.statistics.description.order_statistics import (
    Quantile,
    Ranks,
    fewest_values,
    median,
    quantile,
    quantile_ranks,
    quantiles,
)
from wellserved.science.statistics.description.panel import Description, Histogram, describe, histogram

__all__ = [
    "Description",
    "Histogram",
    "Modes",
    "Outliers",
    "Quantile",
    "Ranks",
    "TrimmedMean",
    "describe",
    "fewest_values",
    "histogram",
    "median",
    "modes",
    "outliers",
    "quantile",
    "quantile_ranks",
    "quantiles",
    "robust_scores",
    "trimmed_mean",
]
