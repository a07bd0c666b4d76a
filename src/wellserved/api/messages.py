"""What is said on a ticket, and what somebody has begun to say."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wellserved.api.calling import id_of_ticket
from wellserved.api.shapes import tickets as shapes
from wellserved.api.shapes.wire import Id, Items, Made, items_of
from wellserved.api.tickets import told
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TICKETS, WORK_TICKETS
from wellserved.apps.desk import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Messages"])
Written = Literal["reply", "note"]


@router.get("/{int:number}/timeline", response=Items[shapes.TimelineItem], summary="Read the timeline")
@needs(READ_TICKETS)
def read_timeline(request: HttpRequest, number: Id) -> Any:
    """Messages, moves, assignments, edits, escalations and promises, oldest first."""
    return items_of(queries.timeline(actor=actor_of(request), ticket_id=id_of_ticket(request, number)))


@router.post("/{int:number}/replies", response={201: shapes.Saved}, summary="Reply to the customer")
@needs(WORK_TICKETS)
def reply(request: HttpRequest, response: HttpResponse, number: Id, reply: shapes.Reply) -> Any:
    """Send a public reply and, with `then`, move the ticket; nothing is sent when somebody wrote meanwhile."""
    given = reply.model_dump(exclude={"remedy"})
    remedy = actions.Remedy(kind=reply.remedy.kind, amount=reply.remedy.amount) if reply.remedy else None
    saved = actions.reply(
        actor=actor_of(request),
        ticket_id=id_of_ticket(request, number),
        **given,
        remedy=remedy,
        now=clock.now(),
    )
    return told(response, saved)


@router.post("/{int:number}/notes", response={201: shapes.Saved}, summary="Leave a note")
@needs(WORK_TICKETS)
def write_note(request: HttpRequest, response: HttpResponse, number: Id, note: shapes.Note) -> Any:
    """Colleagues alone see it; no clock takes it for an answer."""
    saved = actions.note(
        actor=actor_of(request),
        ticket_id=id_of_ticket(request, number),
        body=note.body,
        mentions=tuple(note.mentions),
        now=clock.now(),
    )
    return told(response, saved)


@router.post("/{int:number}/customer-messages", response={201: shapes.Saved}, summary="Add the customer's words")
@needs(WORK_TICKETS)
def add_customer_message(
    request: HttpRequest, response: HttpResponse, number: Id, message: shapes.CustomerMessage
) -> Any:
    """A ticket that waited for her, or was over, is open again."""
    saved = actions.customer_message(
        actor=actor_of(request), ticket_id=id_of_ticket(request, number), **message.model_dump(), now=clock.now()
    )
    return told(response, saved)


@router.get("/{int:number}/drafts", response=Items[shapes.Draft], summary="Read your drafts")
@needs(WORK_TICKETS)
def read_drafts(request: HttpRequest, number: Id) -> Any:
    """What you have begun to write on this ticket."""
    return items_of(queries.drafts(actor=actor_of(request), ticket_id=id_of_ticket(request, number)))


@router.put("/{int:number}/drafts/{kind}", response={204: None}, summary="Keep a draft")
@needs(WORK_TICKETS)
def keep_draft(request: HttpRequest, number: Id, kind: Written, draft: shapes.DraftGiven) -> None:
    """An empty text removes the draft."""
    ticket_id = id_of_ticket(request, number)
    actions.save_draft(actor=actor_of(request), ticket_id=ticket_id, kind=kind, body=draft.body, now=clock.now())


@router.delete("/{int:number}/drafts/{kind}", response={204: None}, summary="Throw a draft away")
@needs(WORK_TICKETS)
def discard_draft(request: HttpRequest, number: Id, kind: Written) -> None:
    """Done as well when there is none."""
    actions.discard_draft(actor=actor_of(request), ticket_id=id_of_ticket(request, number), kind=kind, now=clock.now())


@router.get("/{int:number}/presence", response=Items[shapes.Presence], summary="See who is here")
@needs(READ_TICKETS)
def read_presence(request: HttpRequest, number: Id) -> Any:
    """Who else has the ticket open."""
    ticket_id = id_of_ticket(request, number)
    return items_of(queries.presence(actor=actor_of(request), ticket_id=ticket_id, now=clock.now()))


@router.put("/{int:number}/presence", response={204: None}, summary="Say that you are here")
@needs(WORK_TICKETS)
def be_present(request: HttpRequest, number: Id) -> None:
    """Holds for ten seconds; call it every five."""
    actions.touch_presence(actor=actor_of(request), ticket_id=id_of_ticket(request, number), now=clock.now())


@router.post("/{int:number}/promises", response={201: Made}, summary="Promise the customer something")
@needs(WORK_TICKETS)
def make_promise(request: HttpRequest, number: Id, promise: shapes.PromiseGiven) -> Any:
    """Write down what she was promised and by when."""
    ticket_id = id_of_ticket(request, number)
    made = actions.make_promise(actor=actor_of(request), ticket_id=ticket_id, **promise.model_dump(), now=clock.now())
    return {"id": made}


promises = Router(tags=["Messages"])


@promises.get("", response=Items[shapes.Promise], summary="List open promises")
@needs(READ_TICKETS)
def list_promises(request: HttpRequest) -> Any:
    """The hundred that fall due soonest."""
    return items_of(queries.promises(actor=actor_of(request), now=clock.now()))


@promises.post("/{int:promise_id}/settle", response={204: None}, summary="Settle a promise")
@needs(WORK_TICKETS)
def settle_promise(request: HttpRequest, promise_id: Id, outcome: shapes.PromiseSettled) -> None:
    """Kept, broken or withdrawn; kept after its time is broken all the same, and what is broken has a cause."""
    actions.settle_promise(actor=actor_of(request), promise_id=promise_id, **outcome.model_dump(), now=clock.now())
