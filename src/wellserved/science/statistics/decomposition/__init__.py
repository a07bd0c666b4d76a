"""Where the most of something comes from, and why a total changed."""

from wellserved.science.statistics.decomposition.changes import MixAndRate, mix_and_rate
from wellserved.science.statistics.decomposition.ranking import Pareto, ParetoRow, RankRange, pareto, rank_ranges

__all__ = ["MixAndRate", "Pareto", "ParetoRow", "RankRange", "mix_and_rate", "pareto", "rank_ranges"]
