"""Text no database can keep is refused at the door, whichever form or address it comes by."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase, QueryDict

from wellserved.platform.errors import Invalid
from wellserved.platform.http.answers import answer


class UsableText:
    """Middleware: refuse NUL characters in addresses and forms; programs' JSON is checked where it is read."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Look at the fields before the view does."""
        is_form = request.method == "POST" and not request.path.startswith("/api/")
        if not ("\0" in request.path or _has_nul(request.GET) or (is_form and _has_nul(request.POST))):
            return None
        refusal = Invalid("Text may not hold NUL characters; remove them and send it again.", code="unusable_text")
        return answer(request, refusal)


def _has_nul(given: QueryDict) -> bool:
    return any("\0" in text for name, values in given.lists() for text in (name, *values))
