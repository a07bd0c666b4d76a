"""Requests for approval: read them, answer them, offer something else, take them back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import discussion as shapes
from wellserved.api.shapes.wire import Id, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import DECIDE, USE_API
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.actions import approvals as actions
from wellserved.apps.ledger.queries import approvals as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Approvals"])


@router.get("", response=Page[shapes.Approval], summary="List requests for approval")
@needs(USE_API)
def list_approvals(request: HttpRequest, filters: Query[shapes.ApprovalQuery]) -> Any:
    """Those that wait for you, soonest to expire first, or those you asked for, newest first."""
    rows, cursor = queries.page(
        actor=actor_of(request), box=filters.box, now=clock.now(), cursor=filters.after, limit=filters.limit
    )
    return page_of(request, rows, cursor)


@router.get("/{int:approval_id}", response=shapes.Approval, summary="Read a request for approval")
@needs(USE_API)
def read_approval(request: HttpRequest, response: HttpResponse, approval_id: Id) -> Any:
    """Its ETag stands for the terms as they are; an answer names it in If-Match."""
    return _told(response, actor_of(request), approval_id)


@router.post("/{int:approval_id}/decision", response=shapes.Approval, summary="Approve or refuse")
@needs_version
@needs(DECIDE)
def decide_approval(
    request: HttpRequest, response: HttpResponse, approval_id: Id, decision: shapes.DecisionGiven
) -> Any:
    """Never your own request; within your own authority."""
    actor = actor_of(request)
    with on_version():
        actions.decide(
            actor=actor,
            approval_id=approval_id,
            approve=decision.approve,
            reason=decision.reason,
            round_read=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _told(response, actor, approval_id)


@router.post("/{int:approval_id}/counter-offer", response=shapes.Approval, summary="Offer something else")
@needs_version
@needs(DECIDE)
def offer_instead(request: HttpRequest, response: HttpResponse, approval_id: Id, offer: shapes.CounterOffer) -> Any:
    """Whoever asked accepts it or withdraws."""
    actor = actor_of(request)
    with on_version():
        actions.counter_offer(
            actor=actor,
            approval_id=approval_id,
            reason=offer.reason,
            amount=offer.amount,
            round_read=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _told(response, actor, approval_id)


@router.post("/{int:approval_id}/withdrawal", response=shapes.Approval, summary="Withdraw a request")
@needs(USE_API)
def withdraw_approval(
    request: HttpRequest, response: HttpResponse, approval_id: Id, withdrawal: shapes.Withdrawal
) -> Any:
    """Only whoever asked does."""
    actor = actor_of(request)
    actions.withdraw(actor=actor, approval_id=approval_id, reason=withdrawal.reason, now=clock.now())
    return _told(response, actor, approval_id)


def _told(response: HttpResponse, actor: Actor, approval_id: int) -> Any:
    found = queries.approval(actor=actor, approval_id=approval_id, now=clock.now())
    versions.tag(response, found.round)
    return found
