"""What people do to an issue: each post goes to one action, and comes back to the page it came from."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.types import MessageKind, Move, TicketDetail
from wellserved.apps.desk.views import conversation
from wellserved.apps.ledger.actions.discussion import keep_uploads
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number


def _open(request: HttpRequest, number: int) -> TicketDetail:
    return queries.ticket(actor=request.actor, number=number, now=clock.now())  # type: ignore[attr-defined]


def _version(request: HttpRequest) -> int:
    given = read_number(request.POST.get("version", ""))
    if given is None:
        raise Invalid("The page did not say which version it showed. Reload it and try again.", code="version_missing")
    return given


def _back(request: HttpRequest, number: int) -> HttpResponse:
    return redirect(conversation.safe_return(request, fallback=reverse("desk:conversation", args=[number])))


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Send a reply or keep a note; a stale page gets its text back with what changed."""
    ticket = _open(request, number)
    form = forms.ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        if "body" in form.errors and request.POST.get("body", "").strip():
            raise _refuse(request, form)
        _keep_text(request, ticket)
        for sentence in [str(e) for errors in form.errors.values() for e in errors]:
            messages.error(request, sentence)
        return _back(request, number)
    said = form.cleaned_data
    try:
        _write(request, ticket, said=said)
    except Conflict as conflict:
        return _show_conflict(request, ticket, said=said, conflict=conflict)
    except Invalid as refusal:
        _keep_text(request, ticket)
        messages.error(request, refusal.sentence)
        return _back(request, number)
    if said["mode"] == "reply" and said["then"] in Move.values:
        return redirect(
            (request.POST.get("after") and conversation.safe_return(request, fallback="/inbox")) or _page(number)
        )
    return _back(request, number)


def _page(number: int) -> str:
    return reverse("desk:conversation", args=[number])


def _keep_text(request: HttpRequest, ticket: TicketDetail) -> None:
    """Keep what was typed as a draft, so that a refused file or a name nobody bears costs no words."""
    mode, body = request.POST.get("mode", ""), request.POST.get("body", "")
    if mode in MessageKind.values and body.strip():
        actions.save_draft(
            actor=request.actor,  # type: ignore[attr-defined]
            ticket_id=ticket.id,
            kind=mode,
            body=body,
            now=clock.now(),
        )


def _write(request: HttpRequest, ticket: TicketDetail, *, said: dict[str, Any]) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if said["mode"] == "note":
        with keep_uploads(said["files"]) as files:
            actions.note(actor=actor, ticket_id=ticket.id, body=said["body"], files=files, now=now)
        messages.success(request, "Note kept. Only colleagues see it.")
        return
    then = Move(said["then"]) if said["then"] in Move.values else None
    with keep_uploads(said["files"]) as files:
        actions.reply(
            actor=actor,
            ticket_id=ticket.id,
            body=said["body"],
            then=then,
            version=said["version"],
            files=files,
            now=now,
        )
    words = {Move.RESOLVE: "Reply sent, issue resolved.", Move.WAIT_CUSTOMER: "Reply sent, waiting for the customer."}
    messages.success(request, words.get(then, "Reply sent.") if then else "Reply sent.")


def _show_conflict(
    request: HttpRequest, ticket: TicketDetail, *, said: dict[str, Any], conflict: Conflict
) -> HttpResponse:
    """Answer 409 with the difference and the text, so that nothing typed is lost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    items = queries.timeline(actor=actor, ticket_id=ticket.id)
    context = {
        "ticket": ticket,
        "said": said,
        "sentence": conflict.sentence,
        "changes": read_changes(conflict),
        "latest": [item for item in items if item.body][-3:],
        "back_url": conversation.safe_return(request, fallback=_page(ticket.number)),
    }
    return render(request, "desk/conflict.html", context, status=409)


def read_changes(conflict: Conflict) -> list[dict[str, Any]]:
    """Return the fields that moved since the page was opened, as rows of a table."""
    rows = []
    for act in conflict.data.get("difference") or ():
        for field, (before, after) in act.get("changes", {}).items():
            sides = [wording.say_status(side) if field == "status" else side for side in (before, after)]
            rows.append({"label": field.replace("_", " ").capitalize(), "before": sides[0], "after": sides[1]})
    return rows


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Take the issue to another status."""
    ticket = _open(request, number)
    saved = actions.move(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        move=request.POST.get("move", ""),
        reason=request.POST.get("reason", "").strip(),
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, f"#{number} is now {wording.say_status(saved.status).lower()}.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give the issue to somebody, to oneself, or to nobody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = _open(request, number)
    assignee = forms.read_assignee(request.POST.get("assignee", ""), me=actor.user_id)
    actions.assign(actor=actor, ticket_id=ticket.id, assignee_id=assignee, version=_version(request), now=clock.now())
    messages.success(request, "Assigned." if assignee else "Nobody owns it now.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def prioritise(request: HttpRequest, number: int) -> HttpResponse:
    """Change impact, urgency or the priority itself."""
    ticket = _open(request, number)
    form = conversation.priority_form(ticket, data=request.POST)
    if not form.is_valid():
        raise _refuse(request, form)
    actions.change_priority(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        impact=form.cleaned_data["impact"],
        urgency=form.cleaned_data["urgency"],
        override=form.cleaned_data["override"],
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
        now=clock.now(),
    )
    messages.success(request, "Priority changed; its clocks were worked out again.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the facts of the issue."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = _open(request, number)
    form = conversation.fields_form(ticket, choices=queries.choices(actor=actor), data=request.POST)
    if not form.is_valid():
        raise _refuse(request, form)
    facts = form.cleaned_data
    actions.change_fields(
        actor=actor,
        ticket_id=ticket.id,
        subject=facts["subject"],
        kind=facts["kind"],
        queue_id=facts["queue"],
        product_id=facts["product"],
        place_id=facts["place"],
        tags=facts["tags"],
        version=facts["version"],
        now=clock.now(),
    )
    messages.success(request, "Facts saved.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def promise(request: HttpRequest, number: int) -> HttpResponse:
    """Make a promise to the customer."""
    ticket = _open(request, number)
    form = forms.PromiseForm(request.POST)
    if not form.is_valid():
        raise _refuse(request, form)
    actions.make_promise(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        text=form.cleaned_data["text"],
        due_at=form.cleaned_data["due_at"],
        now=clock.now(),
    )
    messages.success(request, "Promise kept in mind: it shows on Today until it is settled.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def settle(request: HttpRequest, number: int, promise_id: int) -> HttpResponse:
    """Say whether a promise was kept, broken or withdrawn."""
    ticket = _open(request, number)
    actions.settle_promise(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        promise_id=promise_id,
        state=request.POST.get("state", ""),
        now=clock.now(),
    )
    messages.success(request, "Promise settled.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what has been typed so far."""
    ticket = _open(request, number)
    kind = "note" if request.POST.get("mode") == "note" else "reply"
    body = request.POST.get("body", "")[:100_000]
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if body.strip():
        actions.save_draft(actor=actor, ticket_id=ticket.id, kind=kind, body=body, now=now)
    else:
        actions.discard_draft(actor=actor, ticket_id=ticket.id, kind=kind)
    return JsonResponse({"saved_at": now.isoformat()})


@require_POST
@needs(accounts_policies.READ_TICKETS)
def presence(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one is here, and learn who else is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = _open(request, number)
    now = clock.now()
    actions.touch_presence(actor=actor, ticket_id=ticket.id, is_typing=request.POST.get("typing") == "1", now=now)
    others = queries.presence(actor=actor, ticket_id=ticket.id, now=now)
    return render(request, "desk/_presence.html", {"others": others})


def _refuse(request: HttpRequest, form: Any) -> Invalid:
    """Return the refusal of a form: what is wrong at which field, and what was typed."""
    labels = {name: field.label or name for name, field in form.fields.items()}
    said = [
        f"{labels.get(name, 'The form')}: {sentence}"
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    kept = {labels[name]: request.POST.get(name, "") for name in labels if name != "version"}
    return Invalid(" ".join(said), code="form", kept=kept)
