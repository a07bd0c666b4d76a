"""Control charts: which points are more than the ordinary ups and downs."""

from wellserved.science.statistics.charts.shares import ProportionChart, p_chart, runs

__all__ = ["ProportionChart", "p_chart", "runs"]
