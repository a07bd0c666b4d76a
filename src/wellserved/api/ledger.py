"""History: what was done to a record, to everything, and whether it is still as it was written."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.calling import id_of_ticket
from wellserved.api.declaring import costly, only_reads
from wellserved.api.shapes import discussion
from wellserved.api.shapes import overview as shapes
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import ERASE_LEDGER, READ_LEDGER, READ_TICKETS
from wellserved.apps.ledger import actions, queries
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Ledger"])
of_ticket = Router(tags=["Ledger"])


@of_ticket.get("/{int:number}/history", response=Items[shapes.HistoryItem], summary="Read a ticket's history")
@needs(READ_TICKETS)
def read_ticket_history(request: HttpRequest, number: Id) -> Any:
    """The latest fifty acts on it, newest first."""
    subject = ("desk.ticket", id_of_ticket(request, number))
    return items_of(queries.history(actor=actor_of(request), subject=subject))


@router.get("", response=Page[shapes.HistoryItem], summary="Read the ledger")
@needs(READ_LEDGER)
def read_ledger(request: HttpRequest, filters: Query[shapes.HistoryQuery]) -> Any:
    """Every act in your world, newest first."""
    found = queries.entries(
        actor=actor_of(request),
        filters=HistoryFilters(
            kind=filters.subject_kind,
            subject_id=filters.subject_id,
            actor_id=filters.actor_id,
            action=filters.action,
        ),
        before=filters.after,
        limit=filters.limit,
    )
    return page_of(request, found.rows, str(found.next_before) if found.next_before else None)


@router.get("/status", response=shapes.LedgerStatus, summary="See how the ledger stands")
@needs(READ_LEDGER)
def read_ledger_status(request: HttpRequest) -> Any:  # noqa: ARG001 (every operation takes it)
    """The head of the chain, and what waits to be sealed."""
    return queries.status()


@router.post("/verification", response=shapes.Verification, summary="Verify the ledger")
@costly(hourly=30)
@only_reads
@needs(READ_LEDGER)
def verify_ledger(request: HttpRequest) -> Any:  # noqa: ARG001 (every operation takes it)
    """Walk the whole chain and name whatever is no longer as it was written; takes long on a long history."""
    return queries.verify()


@router.post("/erasures", response=discussion.Erased, summary="Erase what history keeps of a person")
@needs(ERASE_LEDGER)
def erase_values(request: HttpRequest, erasure: discussion.ErasureGiven) -> Any:
    """Values, reasons, comments and files go; that something happened stays, and the ledger still verifies."""
    subjects = [(subject.kind, subject.id) for subject in erasure.subjects]
    erased = actions.erase(
        actor=actor_of(request), subjects=subjects, reason=erasure.reason, fields=erasure.fields, now=clock.now()
    )
    return {"erased": erased}
