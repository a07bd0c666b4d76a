"""Control charts: which points are more than the ordinary ups and downs."""

from wellserved.science.statistics.charts.attributes import chart_counts, chart_rates, chart_shares
from wellserved.science.statistics.charts.control import ControlChart, Phase, Standing
from wellserved.science.statistics.charts.detection import Signal
from wellserved.science.statistics.charts.measurements import chart_times, chart_values
from wellserved.science.statistics.charts.rare import chart_gaps
from wellserved.science.statistics.charts.rules import (
    COUNTS,
    DEFAULT,
    NELSON,
    NHS,
    RULE_SETS,
    SHEWHART,
    WESTERN_ELECTRIC,
    Rule,
    RuleSet,
    run_of,
    trend_of,
)
from wellserved.science.statistics.charts.run_charts import RunChart, run_chart
from wellserved.science.statistics.charts.shares import ProportionChart, p_chart, runs
from wellserved.science.statistics.charts.simulation import FalseAlarms, RunLengths, false_alarms, run_lengths
from wellserved.science.statistics.charts.smoothing import EwmaChart, ewma_chart
from wellserved.science.statistics.charts.sums import CusumChart, cusum_chart
from wellserved.science.statistics.charts.verdicts import Assurance, Icons, Variation, icons

__all__ = [
    "COUNTS",
    "DEFAULT",
    "NELSON",
    "NHS",
    "RULE_SETS",
    "SHEWHART",
    "WESTERN_ELECTRIC",
    "Assurance",
    "ControlChart",
    "CusumChart",
    "EwmaChart",
    "FalseAlarms",
    "Icons",
    "Phase",
    "ProportionChart",
    "Rule",
    "RuleSet",
    "RunChart",
    "RunLengths",
    "Signal",
    "Standing",
    "Variation",
    "chart_counts",
    "chart_gaps",
    "chart_rates",
    "chart_shares",
    "chart_times",
    "chart_values",
    "cusum_chart",
    "ewma_chart",
    "false_alarms",
    "icons",
    "p_chart",
    "run_chart",
    "run_lengths",
    "run_of",
    "runs",
    "trend_of",
]
