"""Reads of the ledger."""

from wellserved.apps.ledger.queries.acts import acted_on, actors_of
from wellserved.apps.ledger.queries.history import entries, history, last_announced
from wellserved.apps.ledger.queries.state import status, stream_after
from wellserved.apps.ledger.queries.verification import verify

__all__ = ["acted_on", "actors_of", "entries", "history", "last_announced", "status", "stream_after", "verify"]
