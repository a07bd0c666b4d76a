"""What a series of figures does: trend, seasons, changes of level, odd points, and what is breaking out.

The names that are also those of modules are taken from there: `movements.trend.trend`, `movements.anomalies.anomalies`.
"""
