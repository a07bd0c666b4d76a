"""Write tickets of the past in bulk: the sample service and every import come in by this door.

Nothing is announced, mailed, surveyed or escalated. Rows are made ready outside any transaction and written in short
ones, so a person at work never waits for the write lock. A ticket already known by its system and external id is left
alone when nothing changed, and told anew when something did.
"""

from wellserved.apps.desk.actions.load.foreseeing import Foresight, foresee
from wellserved.apps.desk.actions.load.judging import count_kept, is_judged_by
from wellserved.apps.desk.actions.load.reading import fingerprint
from wellserved.apps.desk.actions.load.removing import (
    count_batch,
    count_system,
    remove_tickets,
    tickets_of_batch,
    unload,
    worked_on,
)
from wellserved.apps.desk.actions.load.restoring import Before, restore, standing_before
from wellserved.apps.desk.actions.load.telling import load_history

__all__ = [
    "Before",
    "Foresight",
    "count_batch",
    "count_kept",
    "count_system",
    "fingerprint",
    "foresee",
    "is_judged_by",
    "load_history",
    "remove_tickets",
    "restore",
    "standing_before",
    "tickets_of_batch",
    "unload",
    "worked_on",
]
