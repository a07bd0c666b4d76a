"""Write the ledger: record, seal, deliver, erase."""

from wellserved.apps.ledger.actions.dispatch import dispatch, pass_over
from wellserved.apps.ledger.actions.erase import erase, sweep_erased
from wellserved.apps.ledger.actions.record import record
from wellserved.apps.ledger.actions.seal import seal

__all__ = ["dispatch", "erase", "pass_over", "record", "seal", "sweep_erased"]
