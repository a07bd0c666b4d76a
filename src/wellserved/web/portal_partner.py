"""The page behind the link in a mail to a service partner: the question, and a box for her answer."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.desk import actions
from wellserved.apps.desk.queries import partnering
from wellserved.platform import clock, throttle
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.http.access import public

VISITS, PERIOD = 60, dt.timedelta(minutes=10)


@require_http_methods(["GET", "POST"])
@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show a partner what she is asked and take her answer; nothing of the customer's stands here."""
    now = clock.now()
    throttle.take_by_address(request, "portal.partner", limit=VISITS, per=PERIOD, now=now)
    asked = partnering.asked_by_link(token=token, now=now)
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    is_staff = actor is not None and actor.role in STAFF_ROLES
    words, refused, status = "", "", 200
    if request.method == "POST":
        if is_staff:
            raise Refused(
                "You are signed in as staff, and this answer is the partner's. Open the link in a private window.",
                code="staff_not_the_partner",
            )
        words = request.POST.get("words", "")
        try:
            actions.answer_partner(token=token, words=words, now=now)
        except Invalid as refusal:
            refused, status = refusal.sentence, refusal.status
        else:
            return redirect("web:help_partner", token=token)
    context = {"asked": asked, "words": words, "refused": refused, "is_staff": is_staff}
    return render(request, "portal/partner.html", context, status=status)
