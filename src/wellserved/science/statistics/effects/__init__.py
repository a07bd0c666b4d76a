"""Whether a change helped: before and after, interrupted series, beside others, looked at early."""

from wellserved.science.statistics.effects.before_after import BeforeAfter, compare_counts, compare_shares
from wellserved.science.statistics.effects.controlled import DifferenceInDifferences, difference_in_differences
from wellserved.science.statistics.effects.detectable import detectable_difference, detectable_ratio
from wellserved.science.statistics.effects.interrupted import (
    Effect,
    Interruption,
    interrupted_counts,
    interrupted_values,
)
from wellserved.science.statistics.effects.sequential import Boundaries, classic_boundaries, spending_boundaries
from wellserved.science.statistics.effects.verdicts import verdict

__all__ = [
    "BeforeAfter",
    "Boundaries",
    "DifferenceInDifferences",
    "Effect",
    "Interruption",
    "classic_boundaries",
    "compare_counts",
    "compare_shares",
    "detectable_difference",
    "detectable_ratio",
    "difference_in_differences",
    "interrupted_counts",
    "interrupted_values",
    "spending_boundaries",
    "verdict",
]
