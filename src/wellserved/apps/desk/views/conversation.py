"""One issue: what was promised, what was said, and what to do next."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import forms, queries, wording
from wellserved.apps.desk.types import MessageKind, Move, TicketDetail
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

SPOKEN: dict[str, str] = {
    MessageKind.CUSTOMER: "in",
    MessageKind.REPLY: "out",
    MessageKind.NOTE: "note",
    MessageKind.AUTOMATIC: "out",
}
MOVE_ICONS = {Move.RESOLVE: "check", Move.CLOSE: "lock", Move.REOPEN: "undo", Move.OPEN: "inbox"}


def safe_return(request: HttpRequest, *, fallback: str) -> str:
    """Return the address to go back to, if it is one of ours."""
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else fallback


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one issue on a page of its own."""
    now = clock.now()
    back = safe_return(request, fallback=reverse("desk:inbox"))
    return render(request, "desk/conversation.html", read_context(request, number=number, now=now, back_url=back))


@require_GET
@needs(accounts_policies.READ_TICKETS)
def thread(request: HttpRequest, number: int) -> HttpResponse:
    """Answer what was said as a fragment, so that an open page stays true without a reload."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    ticket = queries.ticket(actor=actor, number=number, now=now)
    context = {"ticket": ticket, "now": now, "wording": wording, **_said(actor, ticket)}
    return render(request, "desk/_thread.html", context)


def read_context(request: HttpRequest, *, number: int, now: dt.datetime, back_url: str) -> dict[str, Any]:
    """Return everything the conversation shows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = queries.ticket(actor=actor, number=number, now=now)
    drafts = {draft.kind: draft.body for draft in queries.drafts(actor=actor, ticket_id=ticket.id)}
    choices = queries.choices(actor=actor)
    return {
        "ticket": ticket,
        "now": now,
        "wording": wording,
        "me": actor.user_id,
        "back_url": back_url,
        "clocks": [(face, wording.say_clock(face, now=now)) for face in ticket.clocks],
        "due": wording.say_due(due_at=ticket.next_due_at, now=now),
        "moves": [
            {
                "value": move.value,
                "label": move.label,
                "icon": MOVE_ICONS.get(move, "pause"),
                "key": wording.MOVE_KEYS.get(move, ""),
            }
            for move in ticket.allowed_moves
        ],
        "can_resolve": Move.RESOLVE in ticket.allowed_moves,
        "can_wait": Move.WAIT_CUSTOMER in ticket.allowed_moves,
        "drafts": drafts,
        "mode": "note" if drafts.get("note") and not drafts.get("reply") else "reply",
        "others": queries.presence(actor=actor, ticket_id=ticket.id, now=now),
        "customer_time": forms.local_time_of(ticket.customer.time_zone, now=now),
        "choices": choices,
        "fields_form": fields_form(ticket, choices=choices),
        "priority_form": priority_form(ticket),
        "promise_form": forms.PromiseForm(auto_id="promise_%s"),
        "history": ledger_queries.history(actor=actor, subject=("desk.ticket", ticket.id))
        if actor.can(accounts_policies.READ_LEDGER)
        else (),
        "strip": _strip(actor, ticket),
        "files": discussion.files(actor=actor, subject=("desk.ticket", ticket.id)),
        "shares_zone": ticket.customer.time_zone in ("", actor.time_zone),
        **_said(actor, ticket),
    }


def fields_form(ticket: TicketDetail, *, choices: Any, data: Any = None) -> forms.FieldsForm:
    """Return the form of the ticket's facts."""
    initial = {
        "subject": ticket.subject,
        "kind": ticket.kind,
        "queue": ticket.queue_id,
        "product": ticket.product_id,
        "place": ticket.place_id,
        "tags": ", ".join(tag.name for tag in ticket.tags),
        "version": ticket.version,
    }
    return forms.FieldsForm(data, initial=initial, offered=choices, auto_id="facts_%s")


def priority_form(ticket: TicketDetail, *, data: Any = None) -> forms.PriorityForm:
    """Return the form of impact, urgency and priority."""
    initial = {
        "impact": ticket.impact,
        "urgency": ticket.urgency,
        "override": ticket.priority if ticket.priority_reason else "",
        "reason": ticket.priority_reason,
        "version": ticket.version,
    }
    return forms.PriorityForm(data, initial=initial, auto_id="priority_%s")


def _said(actor: Actor, ticket: TicketDetail) -> dict[str, Any]:
    items = queries.timeline(actor=actor, ticket_id=ticket.id)
    return {"items": [(item, SPOKEN.get(item.kind)) for item in items]}


def _strip(actor: Actor, ticket: TicketDetail) -> dict[str, list[Any]]:
    """Return what stands before and after this issue: its links, the standards that hold for it, its clocks."""
    linked = thread_queries.strip(actor=actor, kind="desk.ticket", record_id=ticket.id)
    links: dict[str, list[Any]] = {step: list(records) for step, records in linked.links.items()}
    standards = dict.fromkeys(face.policy for face in ticket.clocks if face.policy)
    links["standard"] = [*links.get("standard", []), *({"label": name, "url": "/standards"} for name in standards)]
    links["clock"] = [
        {"label": face.label, "url": reverse("desk:clock", args=[ticket.number, face.metric, face.cycle])}
        for face in ticket.clocks
    ]
    return links


@require_GET
@needs(accounts_policies.READ_TICKETS)
def clock_page(request: HttpRequest, number: int, metric: str, cycle: int) -> HttpResponse:
    """Explain one clock: every stretch of time counted or skipped, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    ticket = queries.ticket(actor=actor, number=number, now=now)
    segments = queries.explain_clock(actor=actor, ticket_id=ticket.id, metric=metric, cycle=cycle, now=now)
    face = next(face for face in ticket.clocks if (face.metric, face.cycle) == (metric, cycle))
    return render(
        request,
        "desk/clock.html",
        {
            "ticket": ticket,
            "face": face,
            "said": wording.say_clock(face, now=now),
            "segments": segments,
            "counted": sum(s.seconds for s in segments if s.counted),
            "now": now,
        },
    )
