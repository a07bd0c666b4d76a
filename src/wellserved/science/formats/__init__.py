"""Read the exports of other help desks: bytes to a table, a table to a mapping, both to cases.

Nothing here opens a file, asks the clock or knows of the database::

    table = read_table(data, filename="incidents.csv.gz")
    mapping = detect_mapping(table, timezone="Europe/Rome").mapping
    for item in plan(table, mapping):  # CaseRecord or RejectedRow, no row in neither
        ...
"""

from wellserved.science.formats.detection import Detection, detect_mapping
from wellserved.science.formats.errors import FormatError, MappingError
from wellserved.science.formats.mapping import EVENT_KINDS, ROLES, STATUS_CATEGORIES, Mapping
from wellserved.science.formats.planning import plan
from wellserved.science.formats.records import (
    CaseEvent,
    CaseRecord,
    Reconciliation,
    RejectedRow,
    Tally,
    summarise,
)
from wellserved.science.formats.tables import Table, read_table
from wellserved.science.formats.vocabulary import event_kind_of, status_category_of

__all__ = [
    "EVENT_KINDS",
    "ROLES",
    "STATUS_CATEGORIES",
    "CaseEvent",
    "CaseRecord",
    "Detection",
    "FormatError",
    "Mapping",
    "MappingError",
    "Reconciliation",
    "RejectedRow",
    "Table",
    "Tally",
    "detect_mapping",
    "event_kind_of",
    "plan",
    "read_table",
    "status_category_of",
    "summarise",
]
