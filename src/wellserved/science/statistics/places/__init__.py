"""Where something happens more often than chance explains: rates of areas, clustering, hot spots."""

from wellserved.science.statistics.places.areas import AreaRates, SmoothedRates, area_rates, smoothed_rates
from wellserved.science.statistics.places.clustering import (
    Autocorrelation,
    LocalAutocorrelation,
    geary,
    local_geary,
    local_moran,
    moran,
)
from wellserved.science.statistics.places.neighbours import Neighbours, nearest_neighbours, neighbours_of
from wellserved.science.statistics.places.spatial_scan import Cluster, SpatialScan, spatial_scan

__all__ = [
    "AreaRates",
    "Autocorrelation",
    "Cluster",
    "LocalAutocorrelation",
    "Neighbours",
    "SmoothedRates",
    "SpatialScan",
    "area_rates",
    "geary",
    "local_geary",
    "local_moran",
    "moran",
    "nearest_neighbours",
    "neighbours_of",
    "smoothed_rates",
    "spatial_scan",
]
