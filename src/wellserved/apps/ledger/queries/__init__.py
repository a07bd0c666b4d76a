"""Reads of the ledger."""

from wellserved.apps.ledger.queries.history import entries, history
from wellserved.apps.ledger.queries.state import status, stream_after
from wellserved.apps.ledger.queries.verification import verify

__all__ = ["entries", "history", "status", "stream_after", "verify"]
