"""The page behind the links of a survey: the pressed score stands there, and one press keeps it.

Reading the page keeps nothing, so no mail scanner, preview or prefetch answers for a customer.
"""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.voice.actions import answering
from wellserved.apps.voice.queries import links
from wellserved.platform import clock, throttle
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.http.access import public
from wellserved.platform.http.forms import read_number

VISITS, PERIOD = 120, dt.timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, and keep what is confirmed."""
    now = clock.now()
    throttle.take_by_address(request, "voice.answer", limit=VISITS, per=PERIOD, now=now)
    asked = links.asked_by_link(token=token, now=now)
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    is_staff = actor is not None and actor.role in STAFF_ROLES
    refused, status = "", 200
    if request.method == "POST":
        if is_staff:
            raise Refused(
                "You are signed in as staff, and this answer is the customer's. Open the link in a private window.",
                code="staff_not_the_customer",
            )
        try:
            _keep(request, token, now)
        except Invalid as refusal:
            refused, status = refusal.sentence, refusal.status
        else:
            return redirect(request.path)
    is_changing = "change" in request.GET or bool(refused)
    context = {
        "asked": asked,
        "chosen": asked.score if asked.score is not None else asked.wanted,
        "typed": {key: request.POST.get(key, asked.answers.get(key, "")) for key in (q.key for q in asked.questions)},
        "is_done": asked.is_finished and not is_changing,
        "refused": refused,
        "is_staff": is_staff,
    }
    return render(request, "voice/answer.html", context, status=status)


def _keep(request: HttpRequest, token: str, now: dt.datetime) -> None:
    if request.POST.get("act") == "silence":
        answering.fall_silent(token=token, now=now)
        return
    score = read_number(request.POST.get("score", ""))
    if score is None:
        raise Invalid("Choose one of the scores, then send it.", code="survey_score", field="score")
    has_rest = request.POST.get("rest") == "1"
    given = {key[2:]: words for key, words in request.POST.items() if key.startswith("a_") and isinstance(words, str)}
    shown = request.POST.get("keys", "").split()
    answers = {key: given.get(key, "") for key in shown} if has_rest else None
    call = "wants_call" in request.POST if has_rest else None
    answering.answer(token=token, score=score, answers=answers, wants_call=call, now=now)
