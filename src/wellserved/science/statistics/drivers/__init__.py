"""What moves satisfaction: shares, categories and thresholds, each with the answer that nothing does."""

from wellserved.science.statistics.drivers.cuts import Threshold, Thresholds, find_thresholds
from wellserved.science.statistics.drivers.groups import GroupEffect, Level, group_effect
from wellserved.science.statistics.drivers.key import KeyDriver, KeyDrivers, key_drivers
from wellserved.science.statistics.drivers.shares import Shares, relative_weights, shapley_shares

__all__ = [
    "GroupEffect",
    "KeyDriver",
    "KeyDrivers",
    "Level",
    "Shares",
    "Threshold",
    "Thresholds",
    "find_thresholds",
    "group_effect",
    "key_drivers",
    "relative_weights",
    "shapley_shares",
]
