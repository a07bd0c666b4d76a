"""What a sample says of the whole, how large it must be, and how a flow's figures hang together."""

from wellserved.science.statistics.samples.flow import Flow, littles_law
from wellserved.science.statistics.samples.means import MeanInterval, mean_interval
from wellserved.science.statistics.samples.promoters import NetPromoter, net_promoter, promoter_counts
from wellserved.science.statistics.samples.rates import Rate, rate_interval
from wellserved.science.statistics.samples.sizes import SampleSize, margin_of_error, sample_size

__all__ = [
    "Flow",
    "MeanInterval",
    "NetPromoter",
    "Rate",
    "SampleSize",
    "littles_law",
    "margin_of_error",
    "mean_interval",
    "net_promoter",
    "promoter_counts",
    "rate_interval",
    "sample_size",
]
