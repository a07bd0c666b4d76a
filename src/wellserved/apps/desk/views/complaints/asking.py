"""Which version of a complaint the page showed."""

from django.http import HttpRequest

from wellserved.platform.http.forms import read_number


def version_of(request: HttpRequest) -> int | None:
    """Return the version the page showed."""
    return read_number(request.POST.get("version", ""))
