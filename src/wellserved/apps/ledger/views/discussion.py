"""Comments, mentions and downloads."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import discussion as actions
from wellserved.apps.ledger.forms import CommentForm
from wellserved.apps.ledger.queries import discussion as queries
from wellserved.apps.ledger.types import Download
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import public, signed_in
from wellserved.platform.http.downloads import send_file


@require_GET
@signed_in
def mentions(request: HttpRequest) -> HttpResponse:
    """Show the comments that call this person."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.mentions(actor=actor)
    named = subjects.titles(actor=actor, subjects={(row.subject_kind, row.subject_id) for row, _new in found})
    return render(request, "ledger/mentions.html", {"mentions": found, "titles": named})


@require_POST
@signed_in
def see_mentions(request: HttpRequest) -> HttpResponse:
    """Mark every mention as seen."""
    actions.see_mentions(actor=request.actor, now=clock.now())  # type: ignore[attr-defined]
    return redirect("ledger:mentions")


@require_POST
@signed_in
def comment(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """Take a comment on any record and go back to it."""
    subjects.require_open(kind=kind)
    form = CommentForm(request.POST)
    if not form.is_valid():
        raise Invalid("Write something first.")
    actions.comment(
        actor=request.actor,  # type: ignore[attr-defined]
        subject=(kind, subject_id),
        body=form.cleaned_data["body"],
        now=clock.now(),
    )
    return redirect(subjects.registry[kind].url(subject_id))


@require_POST
@signed_in
def attach(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """Take a file for any record and go back to it."""
    subjects.require_open(kind=kind)
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        raise Invalid("Choose a file first.")
    actions.attach_file(
        actor=request.actor,  # type: ignore[attr-defined]
        subject=(kind, subject_id),
        upload=upload,
        now=clock.now(),
    )
    messages.success(request, "File kept.")
    return redirect(subjects.registry[kind].url(subject_id))


@require_GET
@signed_in
def file(request: HttpRequest, file_id: int) -> FileResponse:
    """Send a file of a record this person may see."""
    return _send(queries.open_file(actor=request.actor, file_id=file_id))  # type: ignore[attr-defined]


@require_GET
@public
def signed_file(_request: HttpRequest, token: str) -> FileResponse:
    """Send the file a fresh signed address names."""
    return _send(queries.open_signed_file(token=token))


def _send(download: Download) -> FileResponse:
    return send_file(location=download.location, name=download.name, content_type=download.content_type)
