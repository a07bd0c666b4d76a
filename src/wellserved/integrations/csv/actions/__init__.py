"""What a person or a watched folder can do with a log: set up, rehearse, carry out, undo."""

from wellserved.integrations.csv.actions.perform import Overtaken, perform, request_start, stop
from wellserved.integrations.csv.actions.prepare import Rehearsal, discard, draft, rehearse, save_mapping
from wellserved.integrations.csv.actions.undo import forget, kept_sentence, request_undo, undo

__all__ = [
    "Overtaken",
    "Rehearsal",
    "discard",
    "draft",
    "forget",
    "kept_sentence",
    "perform",
    "rehearse",
    "request_start",
    "request_undo",
    "save_mapping",
    "stop",
    "undo",
]
