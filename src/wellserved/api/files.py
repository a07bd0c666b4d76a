"""Files: with a message, beside a record, and back again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from wellserved.api.calling import id_of_ticket
from wellserved.api.declaring import takes_attachments
from wellserved.api.shapes import discussion as shapes
from wellserved.api.shapes.tickets import Saved
from wellserved.api.shapes.wire import Id, Items, Made, items_of
from wellserved.api.tickets import told
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TICKETS, USE_API, WORK_TICKETS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions
from wellserved.apps.ledger.actions import discussion as discussion_actions
from wellserved.apps.ledger.queries import discussion
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.downloads import send_file

router = Router(tags=["Files"])
of_ticket = Router(tags=["Files"])
BYTES = {
    "responses": {
        200: {
            "description": "The content, to be saved; its type is said by GET /files/{file_id}.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@of_ticket.post("/{int:number}/messages", response={201: Saved}, summary="Send a message with files")
@takes_attachments
@needs(WORK_TICKETS)
def send_message(
    request: HttpRequest,
    response: HttpResponse,
    number: Id,
    message: Form[shapes.MessageForm],
    files: File[list[UploadedFile]],
) -> Any:
    """A reply, a note or the customer's words, with up to 10 files of 25 MB each; programs are refused."""
    actor, ticket_id = actor_of(request), id_of_ticket(request, number)
    with discussion_actions.keep_uploads(files) as stored:
        saved = _write(actor, ticket_id, message, stored)
    return told(response, saved)


def _write(
    actor: Actor, ticket_id: int, message: shapes.MessageForm, files: tuple[discussion_actions.StoredUpload, ...]
) -> Any:
    given: dict[str, Any] = {"actor": actor, "ticket_id": ticket_id, "body": message.body, "files": files}
    if message.kind == "note":
        return actions.note(**given, now=clock.now())
    if message.kind == "customer":
        return actions.customer_message(**given, channel=message.channel, now=clock.now())
    return actions.reply(**given, then=message.then, reason=message.reason, version=message.version, now=clock.now())


@of_ticket.get("/{int:number}/files", response=Items[shapes.File], summary="List the files beside a ticket")
@needs(READ_TICKETS)
def list_ticket_files(request: HttpRequest, number: Id) -> Any:
    """Those kept for colleagues; files that came with a message stand on the timeline."""
    subject = ("desk.ticket", id_of_ticket(request, number))
    return items_of(discussion.files(actor=actor_of(request), subject=subject))


@of_ticket.post("/{int:number}/files", response={201: Made}, summary="Keep a file beside a ticket")
@takes_attachments
@needs(WORK_TICKETS)
def attach_file(request: HttpRequest, response: HttpResponse, number: Id, file: File[UploadedFile]) -> Any:
    """For colleagues; no customer sees it. Its type is read off its first bytes, and a program is refused."""
    subject = ("desk.ticket", id_of_ticket(request, number))
    made = discussion_actions.attach_file(actor=actor_of(request), subject=subject, upload=file, now=clock.now())
    response.headers["Location"] = f"/api/v1/files/{made}"
    return {"id": made}


@router.get("/{int:file_id}", response=shapes.File, summary="Read what is known of a file")
@needs(USE_API)
def read_file(request: HttpRequest, file_id: Id) -> Any:
    """Of any record you may see."""
    return discussion.file(actor=actor_of(request), file_id=file_id)


@router.get("/{int:file_id}/content", summary="Download a file", openapi_extra=BYTES)
@needs(USE_API)
def download_file(request: HttpRequest, file_id: Id) -> Any:
    """Its bytes, whatever they claim to be, are only ever saved."""
    found = discussion.open_file(actor=actor_of(request), file_id=file_id)
    return send_file(location=found.location, name=found.name, content_type="application/octet-stream")
