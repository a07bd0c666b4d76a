"""Incidents found before customers asked: the list, one with its customers, the notice with its preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk
from wellserved.apps.desk.actions import incidents as actions
from wellserved.apps.desk.forms import incidents as forms
from wellserved.apps.desk.policies import incidents as rules
from wellserved.apps.desk.queries import incidents as queries
from wellserved.apps.desk.types.incidents import IncidentDetail, IncidentRow
from wellserved.apps.ledger.queries import discussion, standpoints
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

STARTER = (
    "Dear {name},\n\nyour order {reference} is delayed. You need not do anything: we are on it, and we write again "
    "as soon as it moves.\n\nWe are sorry for the wait."
)


@require_GET
@needs(accounts_policies.READ_TICKETS)
def register(request: HttpRequest) -> HttpResponse:
    """List the incidents, with how many customers never had to ask."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows, after = queries.register(actor=actor, cursor=request.GET.get("after") or None)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "sentence": _say_register(rows, *queries.totals(actor=actor)),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_run": actor.can(accounts_policies.RUN_CRISIS),
    }
    return render(request, "desk/incidents.html", context)


def _say_register(rows: tuple[IncidentRow, ...], total: int, spared: int) -> str:
    if not rows:
        return "When something goes wrong for customers we can name, we fix it or tell them before they have to ask."
    return f"{spared:,} of {total:,} customers affected never had to ask."


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest, incident_id: int) -> HttpResponse:
    """Show one incident."""
    return _show(request, incident_id)


def _show(
    request: HttpRequest,
    incident_id: int,
    *,
    form: forms.NoticeForm | None = None,
    preview: Any = (),
    status: int = 200,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.incident(actor=actor, incident_id=incident_id, cursor=request.GET.get("after") or None)
    form = form or forms.NoticeForm(
        initial={"notice": found.notice or STARTER, "version": found.row.version, "is_urgent": found.is_urgent}
    )
    query = request.GET.copy()
    query["after"] = found.next_cursor or ""
    context = {
        "found": found,
        "row": found.row,
        "sentence": _say(found),
        "form": form,
        "preview": preview,
        "form_errors": bool(form.errors),
        "linked": thread_queries.links(actor=actor, kind=actions.KIND, record_id=incident_id),
        "comments": discussion.comments(actor=actor, subject=(actions.KIND, incident_id)),
        "comment_url": reverse("ledger:comment", args=[actions.KIND, incident_id]),
        "standpoints": standpoints.of_subject(actor=actor, subject=(actions.KIND, incident_id)),
        "standpoint_url": reverse("ledger:gather_standpoint", args=[actions.KIND, incident_id]),
        "next_url": f"{reverse('desk:incident', args=[incident_id])}?{query.urlencode()}" if found.next_cursor else "",
        "may_run": actor.can(accounts_policies.RUN_CRISIS),
    }
    return render(request, "desk/incident.html", context, status=status)


def _say(found: IncidentDetail) -> str:
    counts = found.row.counts
    told = f"{counts.told:,} of {counts.affected:,} customers have been told"
    asked = "one has asked" if counts.contacted == 1 else f"{counts.contacted:,} have asked"
    state = "it is fixed" if found.row.fixed_at else "it is not fixed yet"
    return f"{told}, {asked} since it was found, and {state}."


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.RUN_CRISIS)
def new(request: HttpRequest) -> HttpResponse:
    """Name what went wrong and whom it affects."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    queues = [(row.id, row.name) for row in desk.choices(actor=actor).queues]
    initial = {"crisis": read_number(request.GET.get("crisis", "")), "words": request.GET.get("q", "")[:200]}
    form = forms.IncidentForm(request.POST or None, request.FILES or None, queues=queues, initial=initial)
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(form, lambda given: made.append(_find(actor, form, given, now)))
        if status == 200:
            messages.success(request, "The list is kept. Nobody has been told yet.")
            return redirect("desk:incident", made[0])
    return render(request, "desk/incident_new.html", {"form": form, "form_errors": bool(form.errors)}, status=status)


def _find(actor: Actor, form: forms.IncidentForm, given: dict[str, Any], now: Any) -> int:
    data, name = form.table()
    filters = form.filters()
    customers = (
        queries.customers_of(actor=actor, filters=filters, now=now, limit=rules.MOST_AFFECTED + 1) if filters else ()
    )
    return actions.find_incident(
        actor=actor,
        title=given["title"],
        what=given["what"],
        people=rules.read_list(data, filename=name) if data else (),
        customer_ids=customers,
        crisis_id=given["crisis"],
        now=now,
    )


@require_POST
@needs(accounts_policies.RUN_CRISIS)
def notice(request: HttpRequest, incident_id: int) -> HttpResponse:
    """Show the notice as three customers will read it, then send it to everybody not told yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.incident(actor=actor, incident_id=incident_id)
    form = forms.NoticeForm(request.POST)
    if request.POST.get("intent") != "send":
        preview = _preview(form, found) if form.is_valid() else ()
        return _show(request, incident_id, form=form, preview=preview, status=200 if preview else 422)
    status = attempt(
        form, lambda given: actions.tell_affected(actor=actor, incident_id=incident_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, incident_id, form=form, status=status)
    messages.success(request, "The notice is on its way, once to each.")
    return redirect("desk:incident", incident_id)


def _preview(form: forms.NoticeForm, found: IncidentDetail) -> list[tuple[str, str]]:
    words = form.cleaned_data["notice"]
    return [
        (row.customer, actions.words_for(words, name=row.customer, reference=row.reference))
        for row in found.affected[:3]
    ]


@require_POST
@needs(accounts_policies.RUN_CRISIS)
def fix(request: HttpRequest, incident_id: int) -> HttpResponse:
    """Say that it is fixed."""
    actions.fix_incident(actor=request.actor, incident_id=incident_id, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, "Fixed.")
    return redirect("desk:incident", incident_id)
