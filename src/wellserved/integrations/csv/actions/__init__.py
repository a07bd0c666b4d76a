"""What a person or a watched folder can do with a log: set up, rehearse, carry out, undo."""

from wellserved.integrations.csv.actions.perform import perform, request_start, stop
from wellserved.integrations.csv.actions.prepare import Rehearsal, discard, draft, rehearse, save_mapping
from wellserved.integrations.csv.actions.undo import request_undo, undo

__all__ = [
    "Rehearsal",
    "discard",
    "draft",
    "perform",
    "rehearse",
    "request_start",
    "request_undo",
    "save_mapping",
    "stop",
    "undo",
]
