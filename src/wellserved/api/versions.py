"""Versions as headers: a record says which version it is, a change says which version it was made on."""

import re

from django.http import HttpRequest, HttpResponse

from wellserved.api.problems import Stale, VersionMissing
from wellserved.platform.errors import Conflict, Invalid

_TAG = re.compile(r'(?:W/)?"([0-9]{1,18})"')


def tag(response: HttpResponse, version: int) -> None:
    """Put the version on the answer."""
    response.headers["ETag"] = f'"{version}"'


def given_version(request: HttpRequest) -> int | None:
    """Return the version a change names, None for `*`, which stands for whichever is current."""
    written = request.headers.get("If-Match", "").strip()
    if not written:
        raise VersionMissing("Send the ETag you read in If-Match, so that nobody's change is overwritten unseen.")
    if written == "*":
        return None
    found = _TAG.fullmatch(written)
    if found is None:
        raise Invalid('If-Match holds one ETag as it was read, such as "7", or *.', code="if_match")
    return int(found[1])


def stale(conflict: Conflict) -> Conflict:
    """Return the conflict as a failed precondition, with all it tells of what has changed."""
    return Stale(conflict.sentence, code=conflict.code, **conflict.data)
