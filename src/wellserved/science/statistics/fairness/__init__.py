"""Fair comparison of teams: their mix of cases, their luck, their size, and the places they can claim."""

from wellserved.science.statistics.fairness.casemix import (
    ObservedExpected,
    Standardised,
    TeamCaseMix,
    case_mix,
    observed_expected,
    standardise_directly,
)
from wellserved.science.statistics.fairness.comparison import Comparison, compare, compare_shares, percentile_among
from wellserved.science.statistics.fairness.funnel import (
    Funnel,
    binomial_limits,
    funnel_counts,
    funnel_shares,
    poisson_limits,
)
from wellserved.science.statistics.fairness.shrinkage import Shrunk, ShrunkShares, james_stein, shrink, shrink_shares

__all__ = [
    "Comparison",
    "Funnel",
    "ObservedExpected",
    "Shrunk",
    "ShrunkShares",
    "Standardised",
    "TeamCaseMix",
    "binomial_limits",
    "case_mix",
    "compare",
    "compare_shares",
    "funnel_counts",
    "funnel_shares",
    "james_stein",
    "observed_expected",
    "percentile_among",
    "poisson_limits",
    "shrink",
    "shrink_shares",
    "standardise_directly",
]
