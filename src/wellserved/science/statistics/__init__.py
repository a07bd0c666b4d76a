"""What a share may be said to be, what its points over time say, and what a year may cost.

Scalars or numpy arrays in, frozen dataclasses of the same shape out. Nothing here reads a clock, a file or a setting.
"""

from wellserved.science.statistics.charts import ProportionChart, p_chart, runs
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.items import Correlation, correlation, item_discrimination
from wellserved.science.statistics.proportions import Interval, difference, wilson
from wellserved.science.statistics.risk import (
    ControlValue,
    Lognormal,
    Losses,
    Moments,
    Pert,
    annual_losses,
    annual_moments,
    control_value,
    expected_loss,
)

__all__ = [
    "ControlValue",
    "Correlation",
    "Interval",
    "Lognormal",
    "Losses",
    "Moments",
    "Pert",
    "ProportionChart",
    "StatisticsError",
    "annual_losses",
    "annual_moments",
    "control_value",
    "correlation",
    "difference",
    "expected_loss",
    "item_discrimination",
    "p_chart",
    "runs",
    "wilson",
]
