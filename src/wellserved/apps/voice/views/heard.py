"""Follow-ups of low scores, and feedback taken down."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.voice import forms, types
from wellserved.apps.voice.actions import following
from wellserved.apps.voice.policies import READ_TICKETS, WORK
from wellserved.apps.voice.queries import follow_ups as queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.ui.formatting import format_day, format_moment


def _next(request: HttpRequest, cursor: str | None) -> str:
    query = request.GET.copy()
    query["after"] = cursor or ""
    return f"{request.path}?{query.urlencode()}" if cursor else ""


@require_GET
@needs(READ_TICKETS)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """List follow-ups."""
    actor, now = actor_of(request), clock.now()
    asked = request.GET.get("view", "open")
    view = asked if asked in queries.VIEWS else "open"
    rows, cursor = queries.follow_ups(actor=actor, view=view, cursor=request.GET.get("after") or None, now=now)
    waiting, late = queries.counts(actor=actor, now=now)
    context = {
        "rows": rows,
        "next_url": _next(request, cursor),
        "views": [
            {"label": words, "url": f"?view={key}", "current": key == view} for key, words in queries.VIEWS.items()
        ],
        "sentence": f"{waiting} {'waits' if waiting == 1 else 'wait'} to be spoken to; {late} past the time.",
    }
    return render(request, "voice/follow_ups.html", context)


@require_http_methods(["GET", "POST"])
@needs(READ_TICKETS)
def follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Show one follow-up, and close it with what was done."""
    actor = actor_of(request)
    row = queries.follow_up(actor=actor, follow_up_id=follow_up_id, now=clock.now())
    if request.method == "GET":
        return _show(request, row)
    form = forms.CloseForm(request.POST)
    status = attempt(
        form, lambda given: following.close(actor=actor, follow_up_id=follow_up_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, row, form=form, status=status)
    messages.success(request, "Closed; what was done is kept.")
    return redirect("voice:follow_up", follow_up_id)


@require_POST
@needs(WORK)
def hand_over(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Give a follow-up to a colleague."""
    actor = actor_of(request)
    row = queries.follow_up(actor=actor, follow_up_id=follow_up_id, now=clock.now())
    people = [(person.id, person.name) for person in accounts.staff(actor=actor)]
    form = forms.HandOverForm(request.POST, people=people)
    status = attempt(
        form, lambda given: following.hand_over(actor=actor, follow_up_id=follow_up_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, row, status=status)
    messages.success(request, "Given over.")
    return redirect("voice:follow_up", follow_up_id)


def _show(request: HttpRequest, row: types.FollowUpRow, *, form: Form | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    people = [(person.id, person.name) for person in accounts.staff(actor=actor)]
    context: dict[str, Any] = {
        "row": row,
        "may_work": actor.can(WORK) and row.closed_at is None,
        "form": form or forms.CloseForm(initial={"version": row.version}),
        "hand": forms.HandOverForm(people=people, initial={"owner_id": row.owner_id}, auto_id="hand_%s"),
        "form_errors": bool(form is not None and form.errors),
        "sentence": _say(row),
    }
    return render(request, "voice/follow_up.html", context, status=status)


def _say(row: types.FollowUpRow) -> str:
    if row.closed_at:
        return f"Closed by {row.closed_by or 'somebody who has since left'}."
    due = format_moment(row.due_at.astimezone(timezone.get_current_timezone()))
    who = row.owner or "Nobody"
    return (
        f"{who} was to speak to the customer by {due}." if row.is_overdue else f"{who} speaks to the customer by {due}."
    )


@require_GET
@needs(READ_TICKETS)
def feedback(request: HttpRequest) -> HttpResponse:
    """List what customers said."""
    actor = actor_of(request)
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "")[:100]
    kind = kind if kind in types.FEEDBACK_KINDS else ""
    rows, cursor = queries.feedback(actor=actor, kind=kind, q=q, cursor=request.GET.get("after") or None)
    counts = queries.feedback_counts(actor=actor)
    kinds = {"": "All", **types.FEEDBACK_KINDS}
    context = {
        "rows": rows,
        "next_url": _next(request, cursor),
        "kinds": [{"label": words, "url": f"?kind={key}", "current": key == kind} for key, words in kinds.items()],
        "sentence": _say_feedback(sum(counts.values()), counts.get("compliment", 0)),
        "may_work": actor.can(WORK),
    }
    return render(request, "voice/feedback.html", context)


def _say_feedback(every: int, compliments: int) -> str:
    if not every:
        return "Nobody has taken feedback down yet."
    return f"{every} pieces of feedback were taken down; {compliments} of them are compliments."


@require_http_methods(["GET", "POST"])
@needs(WORK)
def feedback_new(request: HttpRequest) -> HttpResponse:
    """Take feedback down."""
    form = forms.FeedbackForm(request.POST or None)
    made: list[int] = []
    status = 200
    if request.method == "POST":
        actor = actor_of(request)
        status = attempt(
            form,
            lambda given: made.append(
                following.take_down(actor=actor, now=clock.now(), **(given | {"themes": given["themes"].split(",")}))
            ),
        )
    if made:
        messages.success(request, "Taken down.")
        return redirect("voice:feedback_one", made[0])
    return render(request, "voice/feedback_new.html", {"form": form, "form_errors": bool(form.errors)}, status=status)


@require_GET
@needs(READ_TICKETS)
def feedback_one(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Show one piece of feedback."""
    row = queries.one_feedback(actor=actor_of(request), feedback_id=feedback_id)
    who = row.customer or "an anonymous customer"
    given_on = format_day(row.given_at.astimezone(timezone.get_current_timezone()))
    sentence = f"{row.source_name}, by {who}, on {given_on}; taken down by {row.taken_by or 'nobody named'}."
    return render(request, "voice/feedback_one.html", {"row": row, "sentence": sentence})
