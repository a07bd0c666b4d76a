"""Referrals, silences, comfort checks and notices."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.calling import id_of_ticket
from wellserved.api.shapes import keeping as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TICKETS, WORK_TICKETS
from wellserved.apps.desk.actions import referrals as actions
from wellserved.apps.desk.queries import comfort, notices, updates
from wellserved.apps.desk.queries import referrals as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Referrals"])
of_ticket = Router(tags=["Referrals"])
silences = Router(tags=["Tickets"])
told = Router(tags=["Notices"])


@router.get("", response=Page[shapes.Referral], summary="List referrals")
@needs(READ_TICKETS)
def list_referrals(request: HttpRequest, filters: Query[shapes.ReferralQuery]) -> dict[str, Any]:
    """What waits for an answer by its due time; what is over, the latest first."""
    found = queries.referrals(
        actor=actor_of(request), view=filters.view, cursor=filters.after, limit=filters.limit, now=clock.now()
    )
    return page_of(request, found.rows, found.next_cursor)


@of_ticket.post("/{int:number}/referrals", response={201: Made}, summary="Refer a ticket")
@needs(WORK_TICKETS)
def refer_ticket(request: HttpRequest, number: Id, asked: shapes.Asked) -> Any:
    """The ticket keeps its owner and its clocks; over your limit, somebody with more authority decides."""
    ticket_id = id_of_ticket(request, number)
    made = actions.refer(actor=actor_of(request), ticket_id=ticket_id, **asked.model_dump(), now=clock.now())
    return {"id": made}


@router.get("/{int:referral_id}", response=shapes.Referral, summary="Read a referral")
@needs(READ_TICKETS)
def read_referral(request: HttpRequest, referral_id: Id) -> Any:
    """What is asked, of whom, by when, and the answer."""
    return queries.referral(actor=actor_of(request), referral_id=referral_id, now=clock.now())


@router.post("/{int:referral_id}/accept", response={204: None}, summary="Accept a referral")
@needs(WORK_TICKETS)
def accept_referral(request: HttpRequest, referral_id: Id) -> None:
    """Whoever was asked says that she will answer."""
    actions.accept(actor=actor_of(request), referral_id=referral_id, now=clock.now())


@router.post("/{int:referral_id}/decision", response={204: None}, summary="Decide a referral")
@needs(WORK_TICKETS)
def decide_referral(request: HttpRequest, referral_id: Id, decision: shapes.ReferralDecision) -> None:
    """What is granted uses the decider's own authority."""
    actions.decide(actor=actor_of(request), referral_id=referral_id, **decision.model_dump(), now=clock.now())


@router.post("/{int:referral_id}/advice", response={204: None}, summary="Give advice")
@needs(WORK_TICKETS)
def advise_on_referral(request: HttpRequest, referral_id: Id, advice: shapes.Advice) -> None:
    """The decision stays with whoever asked."""
    actions.give_advice(actor=actor_of(request), referral_id=referral_id, answer=advice.answer, now=clock.now())


@router.post("/{int:referral_id}/return", response={204: None}, summary="Give a referral back")
@needs(WORK_TICKETS)
def give_referral_back(request: HttpRequest, referral_id: Id, back: shapes.Back) -> None:
    """Never without a reason."""
    actions.give_back(actor=actor_of(request), referral_id=referral_id, reason=back.reason, now=clock.now())


@router.post("/{int:referral_id}/pass-on", response={204: None}, summary="Pass a referral on")
@needs(WORK_TICKETS)
def pass_referral_on(request: HttpRequest, referral_id: Id, onward: shapes.Onward) -> None:
    """To another colleague who may decide, with a reason."""
    actions.pass_on(actor=actor_of(request), referral_id=referral_id, **onward.model_dump(), now=clock.now())


@of_ticket.get("/{int:number}/comfort", response=Items[shapes.Comfort], summary="List comfort checks")
@needs(READ_TICKETS)
def list_comfort_checks(request: HttpRequest, number: Id) -> Any:
    """What the customer was asked before and after something was done, and her answers."""
    return items_of(comfort.of_ticket(actor=actor_of(request), ticket_id=id_of_ticket(request, number)))


@silences.get("", response=Page[shapes.Silence], summary="List silences")
@needs(READ_TICKETS)
def list_silences(request: HttpRequest, filters: Query[shapes.SilenceQuery]) -> dict[str, Any]:
    """Open tickets whose customer waits to hear from us, the longest silence first."""
    rows, cursor = updates.silences(
        actor=actor_of(request), view=filters.view, cursor=filters.after, limit=filters.limit, now=clock.now()
    )
    return page_of(request, rows, cursor)


@told.get("", response=Page[shapes.NoticeItem], summary="List notices")
@needs(READ_TICKETS)
def list_notices(request: HttpRequest, filters: Query[shapes.NoticeQuery]) -> dict[str, Any]:
    """What was told to many customers at once, the latest first."""
    rows, cursor = notices.notices(actor=actor_of(request), cursor=filters.after, limit=filters.limit)
    return page_of(request, rows, cursor)
