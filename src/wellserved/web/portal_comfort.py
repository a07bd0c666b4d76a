"""The page behind the links in a mail that ask whether the customer is comfortable: a press confirms, once."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.desk import actions
from wellserved.apps.desk.queries import comfort
from wellserved.apps.desk.types.updates import Comfort
from wellserved.platform import clock, throttle
from wellserved.platform.errors import Refused
from wellserved.platform.http.access import public

VISITS, PERIOD = 60, dt.timedelta(minutes=10)


@require_http_methods(["GET", "POST"])
@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked; only a press of the button answers, so that no mail reader does it for her."""
    now = clock.now()
    throttle.take_by_address(request, "portal.comfort", limit=VISITS, per=PERIOD, now=now)
    asked = comfort.asked_by_link(token=token, now=now)
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    is_staff = actor is not None and actor.role in STAFF_ROLES
    if request.method == "POST":
        if is_staff:
            raise Refused(
                "You are signed in as staff, and this answer is the customer's. Open the link in a private window.",
                code="staff_not_the_customer",
            )
        actions.answer_comfort(
            token=token, answer=request.POST.get("answer", ""), words=request.POST.get("words", ""), now=now
        )
        return redirect("web:help_comfort", token=token)
    wanted = request.GET.get("answer", "")
    context = {
        "asked": asked,
        "wanted": wanted if wanted in Comfort.values else "",
        "choices": Comfort.choices,
        "said": Comfort(asked.answer).label if asked.answer else "",
        "is_staff": is_staff,
    }
    return render(request, "portal/comfort.html", context)
