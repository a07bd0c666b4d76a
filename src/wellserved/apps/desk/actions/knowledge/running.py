"""Follow a procedure on a ticket, step by step, to its end."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.events.knowledge import ProcedureEnded, ProcedureStarted
from wellserved.apps.desk.models import ProcedureRun, ProcedureStep, Ticket
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types import OPEN_STATUSES
from wellserved.apps.desk.types.knowledge import Content, GuidelineKind, GuidelineState, RunState, StepState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound

LONGEST_REASON = 500


@transaction.atomic
def start(*, actor: Actor, ticket_id: int, guideline_id: int, now: dt.datetime) -> int:
    """Begin a procedure on an open ticket by the version in force, and return the run's id."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    if row.state != GuidelineState.IN_FORCE or row.current is None or row.kind != GuidelineKind.PROCEDURE:
        raise Conflict("Only a procedure in force is followed.", code="not_in_force")
    if ticket.status not in OPEN_STATUSES:
        raise Conflict("This ticket is over. Reopen it first.", code="ticket_over")
    if ProcedureRun.objects.filter(ticket=ticket, guideline=row, state=RunState.RUNNING).exists():
        raise Conflict("This procedure is under way on the ticket already.", code="procedure_running")
    policies.require_work(actor)
    run = ProcedureRun.objects.create(
        ticket=ticket, guideline=row, version=row.current, started_by_id=actor.user_id, started_at=now
    )
    ledger.record(
        actor=actor,
        action="desk.start_procedure",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"procedure": (None, f"{row.title}, version {row.current.number}")},
        event=ProcedureStarted(ticket_id=ticket.pk, run_id=run.pk, guideline_id=row.pk),
    )
    return run.pk


@transaction.atomic
def settle_step(
    *, actor: Actor, ticket_id: int, run_id: int, order: int, state: str, reason: str = "", now: dt.datetime
) -> str:
    """Say that the next step is done, or skipped and why; return the state of the run, complete with the last step."""
    ticket, run = _locked(actor, ticket_id, run_id)
    steps = Content.from_data(run.version.content).steps
    settled = run.steps.count()
    if order != settled + 1:
        raise Conflict(f"Step {settled + 1} is next: “{steps[settled][0]}”.", code="step_order", next=settled + 1)
    policies.require_work(actor)
    if state not in StepState.values:
        raise Invalid("A step is done or skipped.", code="step_state")
    reason = _reason(reason, required=state == StepState.SKIPPED, ask="Say why this step is skipped")
    ProcedureStep.objects.create(run=run, order=order, state=state, reason=reason, by_id=actor.user_id, at=now)
    is_last = order == len(steps)
    if is_last:
        run.state, run.ended_at = RunState.COMPLETED, now
        run.save(update_fields=["state", "ended_at"])
    ledger.record(
        actor=actor,
        action="desk.settle_step",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"procedure_step": (f"{order}. {steps[order - 1][0]}", str(StepState(state).label))},
        reason=reason,
        event=ProcedureEnded(ticket_id=ticket.pk, run_id=run.pk, state=run.state) if is_last else None,
    )
    return run.state


@transaction.atomic
def stop(*, actor: Actor, ticket_id: int, run_id: int, reason: str, now: dt.datetime) -> None:
    """Leave a procedure before its end, and say why."""
    ticket, run = _locked(actor, ticket_id, run_id)
    policies.require_work(actor)
    reason = _reason(reason, required=True, ask="Say why the procedure stops here")
    run.state, run.ended_at, run.reason = RunState.STOPPED, now, reason
    run.save(update_fields=["state", "ended_at", "reason"])
    ledger.record(
        actor=actor,
        action="desk.stop_procedure",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"procedure": (run.version.content["title"], None)},
        reason=reason,
        event=ProcedureEnded(ticket_id=ticket.pk, run_id=run.pk, state=run.state),
    )


def _locked(actor: Actor, ticket_id: int, run_id: int) -> tuple[Ticket, ProcedureRun]:
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    run = ProcedureRun.objects.select_related("version").filter(pk=run_id, ticket=ticket).first()
    if run is None:
        raise NotFound("This ticket has no such procedure.", code="procedure_not_found")
    if run.state != RunState.RUNNING:
        raise Conflict("This procedure has ended on the ticket.", code="procedure_ended", state=run.state)
    return ticket, run


def _reason(text: str, *, required: bool, ask: str) -> str:
    text = text.strip()
    if (required and not text) or len(text) > LONGEST_REASON:
        raise Invalid(f"{ask}, in up to {LONGEST_REASON} letters.", code="procedure_reason", field="reason")
    return text
