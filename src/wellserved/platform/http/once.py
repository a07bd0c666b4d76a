"""A form sent twice is done once: each drawing of a form carries a key, and the second post with it is told so.

The key stands beside the token against forged forms (`csrf_input`), so every form has one. What is kept of a post is
a print of key, sender, address and words, and the place the first answer led to; never who sent it, and never a page.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.backends.utils import csrf_input
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wellserved.platform import clock, idempotency
from wellserved.platform.errors import Conflict
from wellserved.platform.http.answers import answer

V = TypeVar("V", bound=Callable[..., Any])
R = TypeVar("R", bound=HttpResponseBase)

FIELD = "form_key"
KEY_LENGTHS = range(20, 65)
REDIRECTS = frozenset({301, 302, 303})
# A second press waits for the first: a hundred looks, a tenth of a second apart.
LOOKS = 100
PAUSE_SECONDS = 0.1


def form_inputs(request: HttpRequest) -> dict[str, Any]:
    """Context processor: let `csrf_input` write the token and a key that no other form has."""
    return {"csrf_input": _inputs_lazy(request)}


def _inputs(request: HttpRequest) -> SafeString:
    key = format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(24))
    return SafeString(csrf_input(request) + key)


_inputs_lazy = lazy(_inputs, SafeString, str)


def answers_repeats(view: V) -> V:
    """Leave a view alone that has a key of its own and answers a second press itself."""
    view.answers_repeats = True  # type: ignore[attr-defined]
    return view


def done(response: R) -> R:
    """Say of a page that it tells of something done, as a redirect does without saying."""
    response.is_done = True  # type: ignore[attr-defined]
    return response


class DoneOnce:
    """Middleware: let the first post of a drawn form through; stands below everything that may refuse a request.

    A refusal gives the key back, so that the form can be mended and sent again. Other words with the same key are
    another wish. Fragments asked for by htmx, programs and other people's pages (signing in) are as without a key.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if self.is_async:
            return self._acall(request)
        return self._settle(request, self.get_response(request))

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        response = await self.get_response(request)
        return await sync_to_async(self._settle)(request, response)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> HttpResponseBase | None:
        """Claim the key, or tell whoever comes second what came of the first."""
        key = _print_of(request, view)
        if not key:
            return None
        for _look in range(LOOKS):
            first = idempotency.outcome(key=key)
            if first is None:
                if idempotency.begin(key=key, now=clock.now()):
                    request.once_key = key  # type: ignore[attr-defined]
                    return None
            elif first.status:
                messages.info(request, "Already done.")
                return HttpResponseRedirect(first.body or request.get_full_path())
            time.sleep(PAUSE_SECONDS)
        return answer(
            request, Conflict("This is still being done. Reload the page and look.", code="form_still_being_done")
        )

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        """Remember that the view refused, whatever page tells of it."""
        request.once_refused = True  # type: ignore[attr-defined]

    def _settle(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        key = getattr(request, "once_key", "")
        if not key:
            return response
        is_done = response.status_code in REDIRECTS or getattr(response, "is_done", False)
        if is_done and not getattr(request, "once_refused", False):
            idempotency.finish(key=key, status=response.status_code, location=response.headers.get("Location", ""))
        else:
            idempotency.give_back(key=key)
        return response


def _print_of(request: HttpRequest, view: Callable[..., Any]) -> str:
    """Return what makes two posts the same, or nothing where a second post is judged as it always was."""
    is_ours = hasattr(view, "route_policy") and not getattr(view, "csrf_exempt", False)
    if request.method != "POST" or not is_ours or hasattr(view, "answers_repeats") or request.headers.get("HX-Request"):
        return ""
    key = request.POST.get(FIELD, "")
    if len(key) not in KEY_LENGTHS:
        return ""
    sender = getattr(getattr(request, "actor", None), "user_id", None)
    words = sorted((name, said) for name, said in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, [_file_print(file) for file in sent]) for name, sent in request.FILES.lists())
    return hashlib.sha256(json.dumps([sender, request.get_full_path(), words, files]).encode()).hexdigest()


def _file_print(file: Any) -> list[str]:
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return [str(file.name), content.hexdigest()]
