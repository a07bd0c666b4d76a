"""What people write on a ticket: replies, notes and drafts, each press of a button once, and nothing typed is lost."""

import hashlib
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, tone, wording
from wellserved.apps.desk.saying import read_promise
from wellserved.apps.desk.types import MessageKind, Move, TicketDetail
from wellserved.apps.desk.views import conversation, referrals
from wellserved.apps.desk.views.moves import go_back, opened
from wellserved.apps.ledger.actions.discussion import keep_uploads
from wellserved.platform import clock, idempotency
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import refusal_of
from wellserved.platform.http.once import answers_repeats

SENT = {Move.RESOLVE: "Reply sent, ticket resolved.", Move.WAIT_CUSTOMER: "Reply sent, waiting for the customer."}


@answers_repeats
@require_POST
@needs(accounts_policies.WORK_TICKETS)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Send a reply or keep a note; a stale page gets its text and files back with what changed."""
    ticket = opened(request, number)
    form = forms.ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        if "body" in form.errors and request.POST.get("body", "").strip():
            raise refusal_of(request, form)
        keep(request, ticket, files=form.cleaned_data.get("files", []))
        for sentence in [str(e) for errors in form.errors.values() for e in errors]:
            messages.error(request, sentence)
        return go_back(request, number)
    said = form.cleaned_data
    try:
        _write_once(request, ticket, said=said)
    except Conflict as conflict:
        keep(request, ticket, files=said["files"])
        return _show_conflict(request, ticket, said=said, conflict=conflict)
    except (Invalid, Refused) as refusal:
        keep(request, ticket, files=said["files"])
        messages.error(request, refusal.sentence)
        if refusal.code == "over_authority":
            return redirect(referrals.refer_url(number, remedy=said["remedy"], amount=said["amount"]))
        return go_back(request, number)
    if said["mode"] == "reply" and said["then"] in Move.values:
        return redirect(conversation.page_url(number))
    return go_back(request, number)


def keep(request: HttpRequest, ticket: TicketDetail, *, files: Any) -> None:
    """Keep what was typed and chosen as a draft, so that a refusal costs neither words nor files."""
    mode, body = request.POST.get("mode", ""), request.POST.get("body", "")
    if mode not in MessageKind.values or not (body.strip() or files):
        return
    with keep_uploads(files) as stored:
        actions.keep_files(
            actor=request.actor,  # type: ignore[attr-defined]
            ticket_id=ticket.id,
            kind=mode,
            body=body,
            files=stored,
            now=clock.now(),
        )


def _write_once(request: HttpRequest, ticket: TicketDetail, *, said: dict[str, Any]) -> None:
    """Write the first time this form is sent with these words, however often its button is pressed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    words = hashlib.sha256("\0".join([said["mode"], said["body"], said["then"], said["channel"]]).encode()).hexdigest()
    key = f"desk.write:{ticket.id}:{said['key'] or secrets.token_urlsafe(24)}:{words[:32]}"
    print_of = idempotency.fingerprint(method="POST", path=request.path, body=words.encode())
    with keep_uploads(said["files"]) as files:

        def act() -> idempotency.Answer:
            written = _write(actor, ticket, said=said, files=files, now=now)
            return idempotency.Answer(status=303, body=str(written or ""))

        answer = idempotency.once(actor_id=actor.person_id, key=key, fingerprint=print_of, now=now, act=act)
        if answer.replayed and not _still_stands(actor, ticket, answer):
            # Taken back since, and now sent again from a page of before: that is a new wish, not the old press.
            answer = act()
    if said["mode"] == "note":
        messages.success(request, "Note kept. Only colleagues see it.")
        return
    undo = reverse("desk:take_back", args=[ticket.number, int(answer.body)])
    messages.success(request, SENT.get(said["then"], "Reply sent."), extra_tags=undo)


def _still_stands(actor: Actor, ticket: TicketDetail, answer: idempotency.Answer) -> bool:
    items = queries.timeline(actor=actor, ticket_id=ticket.id)
    return not answer.body or int(answer.body) in {item.message_id for item in items}


def _write(actor: Actor, ticket: TicketDetail, *, said: dict[str, Any], files: Any, now: Any) -> int | None:
    """Write, and return the id of a reply."""
    given: dict[str, Any] = {"actor": actor, "ticket_id": ticket.id, "body": said["body"], "files": files, "now": now}
    if said["mode"] == "note":
        actions.note(**given, kept=said["kept"])
        return None
    remedy = actions.Remedy(kind=said["remedy"], amount=said["amount"]) if said["remedy"] else None
    then = Move(said["then"]) if said["then"] in Move.values else None
    promised = read_promise(said["promise"], now=now, zone=actor.time_zone) if said["promise"] else None
    saved = actions.reply(
        **given,
        kept=said["kept"],
        then=then,
        version=said["version"],
        remedy=remedy,
        referral_id=said["referral"],
        ask=actions.Ask(moment=said["comfort"], about=said["comfort_about"]) if said["comfort"] else None,
        channel=said["channel"],
    )
    if promised:
        what, due_at = promised
        actions.make_promise(actor=actor, ticket_id=ticket.id, text=what, due_at=due_at, now=now)
    return saved.message_id


def _show_conflict(
    request: HttpRequest, ticket: TicketDetail, *, said: dict[str, Any], conflict: Conflict
) -> HttpResponse:
    """Answer 409 with the difference, the text and the files, so that nothing is lost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    fresh = opened(request, ticket.number)
    items = queries.timeline(actor=actor, ticket_id=ticket.id)
    drafts = {draft.kind: draft for draft in queries.drafts(actor=actor, ticket_id=ticket.id)}
    context = {
        "ticket": fresh,
        "said": said,
        "key": secrets.token_urlsafe(24),
        "files": drafts[said["mode"]].files,
        "sentence": conflict.sentence,
        "changes": read_changes(conflict),
        "latest": [item for item in items if item.body][-3:],
        "back_url": conversation.safe_return(request, fallback=conversation.page_url(ticket.number)),
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
def take_back(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """Take one's own reply back while it can be; its words stand in the box again."""
    ticket = opened(request, number)
    actions.take_back_reply(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        message_id=message_id,
        now=clock.now(),
    )
    messages.success(request, "Taken back: nothing was sent, and your words are in the box again.")
    # A script reloads the page it stands on, and that page shows the message.
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what has been typed so far."""
    ticket = opened(request, number)
    kind = "note" if request.POST.get("mode") == "note" else "reply"
    now, body = clock.now(), request.POST.get("body", "")[:100_000]
    actions.save_draft(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        kind=kind,
        body=body,
        now=now,
    )
    return JsonResponse({"saved_at": now.isoformat(), "unsaid": tone.missed(body, name=ticket.customer.name)})
