"""Conflict cases as they cross borders: to the parties and the handler alone."""

import dataclasses
import datetime as dt

CASE = "development.conflict_case"
STAGES = {"talking": "Talking", "mediation": "Mediation", "arbitration": "Arbitration"}
ENDINGS = {"settled": "Settled by talking", "agreed": "Agreed and signed", "decided": "Decided by the arbiter"}
HANDLERS = {"talking": "Handler", "mediation": "Mediator", "arbitration": "Arbiter"}
# How long a closed case is kept; the reasons stand in the guide.
MONTHS_KEPT = 12
# A case that nobody has ended by then is forgotten with the others.
MONTHS_ABANDONED = 24


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """Somebody the conflict is between."""

    user_id: int
    name: str
    signed_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What was said in a case."""

    author: str
    text: str
    written_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in the list of whoever it concerns."""

    id: int
    stage: str
    parties: tuple[PartyRow, ...]
    handler_id: int | None
    handler: str
    opened_at: dt.datetime
    ending: str
    closed_at: dt.datetime | None
    keep_until: dt.date | None
    version: int
    is_deserted: bool

    @property
    def stage_name(self) -> str:
        """Return the stage, or the ending, in words."""
        return ENDINGS[self.ending] if self.ending else STAGES[self.stage]

    @property
    def handler_name(self) -> str:
        """Return what the handler is at this stage."""
        return HANDLERS[self.stage]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """A case whole."""

    row: CaseRow
    summary: str
    agreement: str
    decision: str
    notes: tuple[NoteRow, ...]
