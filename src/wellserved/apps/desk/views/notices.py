"""Tell the customers affected by a known problem: write, look at each text, send, see who got it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.desk import actions, forms, wording
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.forms.keeping import NoticeForm
from wellserved.apps.desk.queries import notices as queries
from wellserved.apps.desk.types.updates import CopyState
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

BEGINNING = "Dear {name},\n\nwe know of a problem with {product} that touches your question {number}.\n\n"


@require_GET
@needs(accounts_policies.READ_TICKETS)
def register(request: HttpRequest) -> HttpResponse:
    """The notices written so far."""
    rows, cursor = queries.notices(actor=actor_of(request), cursor=request.GET.get("after"))
    context = {
        "rows": rows,
        "verdict": wording.say_notices(len(rows), waiting=sum(row.sent_at is None for row in rows)),
        "next_url": f"{reverse('desk:notices')}?after={cursor}" if cursor else "",
    }
    return render(request, "desk/notices.html", context)


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.WORK_TICKETS)
def new(request: HttpRequest) -> HttpResponse:
    """Write a notice for the tickets chosen in the list, or for all that match its filter."""
    chosen = _chosen(request)
    is_begun = request.method == "POST" and "title" in request.POST
    form = NoticeForm(request.POST if is_begun else None, initial={"body": BEGINNING}, auto_id="notice_%s")
    status = 200
    if is_begun:
        made: list[int] = []
        status = attempt(form, lambda said: made.append(_save(request, said, ticket_ids=chosen)))
        if status == 200:
            messages.success(request, "Kept. Read what each customer would get, then send it.")
            return redirect("desk:notice", notice_id=made[0])
    context = {"form": form, "chosen": chosen, "notice": None}
    return render(request, "desk/notice_edit.html", context, status=status)


def _chosen(request: HttpRequest) -> list[int]:
    """Return the tickets ticked, or all the filter names."""
    actor = actor_of(request)
    if request.POST.get("scope") == "all" or request.GET.get("query"):
        filters = forms.read_query(request.POST.get("query", "") or request.GET.get("query", ""))
        return [one.id for one in desk_queries.matching(actor=actor, filters=filters, now=clock.now())]
    given = [read_number(pair.partition(":")[0]) for pair in request.POST.getlist("selected")]
    return list(desk_queries.named(actor=actor, ticket_ids=[pk for pk in given if pk is not None]))


def _save(request: HttpRequest, said: dict[str, Any], **given: Any) -> int:
    return actions.save_notice(actor=actor_of(request), now=clock.now(), **said, **given)


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice: each text before it leaves, and afterwards who got it."""
    actor = actor_of(request)
    notice = queries.notice(actor=actor, notice_id=notice_id, cursor=request.GET.get("after"))
    here = reverse("desk:notice", args=[notice_id])
    context = {
        "notice": notice,
        "verdict": wording.say_notice(notice),
        "states": dict(CopyState.choices),
        "may_send": notice.sent_at is None and actor.can(accounts_policies.ASSIGN_TICKETS),
        "may_work": notice.sent_at is None and actor.can(accounts_policies.WORK_TICKETS),
        "next_url": f"{here}?after={notice.next_cursor}" if notice.next_cursor else "",
    }
    return render(request, "desk/notice.html", context)


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.WORK_TICKETS)
def edit(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Change a notice that has not been sent."""
    notice = queries.notice(actor=actor_of(request), notice_id=notice_id, limit=1)
    fields = ("title", "body", "is_required", "version")
    initial = {name: getattr(notice, name) for name in fields}
    form = NoticeForm(request.POST or None, initial=initial, auto_id="notice_%s")
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda said: _save(request, said, notice_id=notice_id))
        if status == 200:
            messages.success(request, "Notice saved.")
            return redirect("desk:notice", notice_id=notice_id)
    return render(request, "desk/notice_edit.html", {"form": form, "chosen": (), "notice": notice}, status=status)


@require_POST
@needs(accounts_policies.ASSIGN_TICKETS)
def send(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Let it go out, once."""
    count = actions.send_notice(
        actor=actor_of(request),
        notice_id=notice_id,
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, f"It goes out now, to {count} {'ticket' if count == 1 else 'tickets'}.")
    return redirect("desk:notice", notice_id=notice_id)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def leave_out(request: HttpRequest, notice_id: int, ticket_id: int) -> HttpResponse:
    """Take one ticket off it."""
    actions.leave_out(actor=actor_of(request), notice_id=notice_id, ticket_id=ticket_id, now=clock.now())
    messages.success(request, "Left out.")
    return redirect("desk:notice", notice_id=notice_id)
