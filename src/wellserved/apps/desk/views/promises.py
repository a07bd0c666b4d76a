"""What is promised and due, what was missed and why; and who waits to hear from us."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.desk import actions, wording
from wellserved.apps.desk.queries import promising as promise_queries
from wellserved.apps.desk.queries import updates as update_queries
from wellserved.apps.desk.types.promises import SHOWS, VIEWS, Cause
from wellserved.apps.desk.views.moves import go_back, opened
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@require_GET
@needs(accounts_policies.READ_TICKETS)
def due(request: HttpRequest) -> HttpResponse:
    """Promises that are due, missed or kept: hers, her teams', everybody's."""
    actor, now = actor_of(request), clock.now()
    view = request.GET.get("view", "mine" if actor.can(accounts_policies.WORK_TICKETS) else "all")
    show = request.GET.get("show", "due")
    view, show = view if view in VIEWS else "all", show if show in SHOWS else "due"
    page = promise_queries.due_list(actor=actor, view=view, show=show, cursor=request.GET.get("after"), now=now)
    figures = promise_queries.figures(actor=actor, now=now)
    here = reverse("desk:promises_due")

    def url(**given: str | None) -> str:
        return f"{here}?{urlencode({'view': view, 'show': show} | given)}"

    context = {
        "page": page,
        "show": show,
        "figures": figures,
        "verdict": wording.say_promises(figures),
        "views": [{"label": label, "url": url(view=key), "current": key == view} for key, label in VIEWS.items()],
        "shows": [{"label": label, "url": url(show=key), "current": key == show} for key, label in SHOWS.items()],
        "causes": Cause.choices,
        "may_work": actor.can(accounts_policies.WORK_TICKETS),
        "next_url": url(after=page.next_cursor) if page.next_cursor else "",
        "now": now,
        "here": url(),
    }
    return render(request, "desk/promises_due.html", context)


@require_GET
@needs(accounts_policies.READ_TICKETS)
def silences(request: HttpRequest) -> HttpResponse:
    """Who waits to hear from us, the longest silence first."""
    actor, now = actor_of(request), clock.now()
    view = request.GET.get("view", "overdue")
    view = view if view in update_queries.VIEWS else "overdue"
    rows, cursor = update_queries.silences(actor=actor, view=view, cursor=request.GET.get("after"), now=now)
    running, overdue, longest = update_queries.standing(actor=actor, now=now)
    here = reverse("desk:silences")
    context = {
        "rows": rows,
        "verdict": wording.say_silences(running, overdue, _since(longest, now)),
        "views": [
            {"label": label, "url": f"{here}?view={key}", "current": key == view}
            for key, label in update_queries.VIEWS.items()
        ],
        "next_url": f"{here}?{urlencode({'view': view, 'after': cursor})}" if cursor else "",
        "may_work": actor.can(accounts_policies.WORK_TICKETS),
        "here": f"{here}?view={view}",
        "card": cards.show(actor=actor, key="keeping-informed", now=now),
        "now": now,
    }
    return render(request, "desk/silences.html", context)


def _since(longest: dt.datetime | None, now: dt.datetime) -> dt.timedelta | None:
    return now - longest if longest else None


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def draft_update(request: HttpRequest, number: int) -> HttpResponse:
    """Begin an update from what was done, and open the ticket to edit and send it."""
    ticket = opened(request, number)
    actions.draft_update(actor=actor_of(request), ticket_id=ticket.id, now=clock.now())
    messages.success(request, "An update stands in the box, drafted from what was done. Read it, change it, send it.")
    return redirect("desk:conversation", number=number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def settle_comfort(request: HttpRequest, number: int, comfort_id: int) -> HttpResponse:
    """Say how a customer's no or concern was dealt with."""
    ticket = opened(request, number)
    actions.settle_comfort(
        actor=actor_of(request),
        ticket_id=ticket.id,
        comfort_id=comfort_id,
        how=request.POST.get("how", ""),
        now=clock.now(),
    )
    messages.success(request, "Kept: how you dealt with it stands on the ticket.")
    return go_back(request, number)
