"""What can be asked of the figures."""

from wellserved.apps.measures.queries.answering import answer
from wellserved.apps.measures.queries.registry import METRICS, metric
from wellserved.apps.measures.queries.verifying import faults

__all__ = ["METRICS", "answer", "faults", "metric"]
