"""Send a stored file so that a browser only ever saves it."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from wellserved.platform.errors import NotFound


def send_file(*, location: str, name: str, content_type: str) -> FileResponse:
    """Return the content of a file under its name, or say that it is gone."""
    try:
        content = open(location, "rb")  # noqa: PTH123, SIM115 (the response closes it)
    except FileNotFoundError as gone:
        raise NotFound("The content of this file is gone; restore it from a backup.", code="file_gone") from gone
    response = FileResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    # Whatever the content claims to be, a browser only ever saves it.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
