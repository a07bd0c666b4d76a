"""What is done to the figures."""

from wellserved.apps.measures.actions.exporting import export

__all__ = ["export"]
