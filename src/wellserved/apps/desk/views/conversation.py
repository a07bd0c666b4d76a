"""One ticket: what was promised, what was said, and what to do next."""

import datetime as dt
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import forms, queries, tone, wording
from wellserved.apps.desk.cards import REASSURE
from wellserved.apps.desk.forms.complaints import BeginForm
from wellserved.apps.desk.queries import (
    comfort,
    competence,
    complaints,
    giving,
    knowledge,
    liaising,
    referrals,
    updates,
)
from wellserved.apps.desk.types import Choices, MessageKind, Move, TicketDetail
from wellserved.apps.desk.types.promises import Cause
from wellserved.apps.desk.types.referrals import ReferralState
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.queries import discussion, standpoints
from wellserved.apps.people import cards
from wellserved.apps.standards.queries import law, partners
from wellserved.apps.thread import panels
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock, outbox
from wellserved.platform.http.access import needs

SPOKEN: dict[str, str] = {
    MessageKind.CUSTOMER: "in",
    MessageKind.REPLY: "out",
    MessageKind.NOTE: "note",
    MessageKind.AUTOMATIC: "out",
}
EVERY_SECONDS = 15
MOVE_ICONS = {Move.RESOLVE: "check", Move.CLOSE: "lock", Move.REOPEN: "undo", Move.OPEN: "inbox"}


def safe_return(request: HttpRequest, *, fallback: str) -> str:
    """Return the address to go back to, if it is one of ours."""
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else fallback


def page_url(number: int) -> str:
    """Return the address of a ticket's own page."""
    return reverse("desk:conversation", args=[number])


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one ticket on a page of its own."""
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
    context = {"ticket": ticket, "now": now, "wording": wording, **_said(actor, ticket, now=now)}
    return render(request, "desk/_thread.html", context)


def read_context(request: HttpRequest, *, number: int, now: dt.datetime, back_url: str) -> dict[str, Any]:
    """Return everything the conversation shows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = queries.ticket(actor=actor, number=number, now=now)
    begun = queries.drafts(actor=actor, ticket_id=ticket.id)
    drafts = {draft.kind: draft.body for draft in begun}
    allowances = giving.allowances_on(actor=actor, ticket_id=ticket.id, now=now) if ticket.may_work else ()
    choices = queries.choices(actor=actor)
    contacts = partners.contacts(actor=actor) if ticket.may_work else ()
    return {
        "ticket": ticket,
        "now": now,
        "wording": wording,
        "me": actor.user_id,
        "back_url": back_url,
        "clocks": [(face, wording.say_clock(face, now=now)) for face in ticket.clocks],
        "due": wording.say_due(due_at=ticket.next_due_at, now=now),
        "moves": _moves(ticket),
        # Handing over in a partner's own word is what its scorecard is counted by.
        "hand_over_words": [each.word for each in contacts] if Move.WAIT_SUPPLIER in ticket.allowed_moves else (),
        "contacts": contacts,
        "can_resolve": Move.RESOLVE in ticket.allowed_moves,
        "can_wait": Move.WAIT_CUSTOMER in ticket.allowed_moves,
        "drafts": drafts,
        "kept_files": [(draft.kind, file) for draft in begun for file in draft.files],
        "key": secrets.token_urlsafe(24),
        "allowances": allowances,
        "authority": wording.say_authority(allowances),
        "mode": "note" if drafts.get("note") and not drafts.get("reply") else "reply",
        "others": queries.presence(actor=actor, ticket_id=ticket.id, now=now),
        "customer_time": forms.local_time_of(ticket.customer.time_zone, now=now),
        **_offered(actor, ticket, choices, now=now),
        "priority_form": priority_form(ticket),
        "promise_form": forms.PromiseForm(auto_id="promise_%s"),
        "history": ledger_queries.history(actor=actor, subject=("desk.ticket", ticket.id))
        if actor.can(accounts_policies.READ_LEDGER)
        else (),
        "strip": _strip(actor, ticket),
        "standpoints": standpoints.of_source(actor=actor, source=("desk.ticket", ticket.id)),
        "matters": liaising.open_matters(actor=actor) if ticket.may_work else (),
        "helpers": queries.collaborators(actor=actor, ticket_id=ticket.id),
        "files": discussion.files(actor=actor, subject=("desk.ticket", ticket.id)),
        "panels": panels.for_record(actor=actor, kind="desk.ticket", record_id=ticket.id),
        **_guidance(actor, ticket),
        **(kept := _kept_promises(actor, ticket, now=now)),
        **(complained := _complaint(actor, ticket, now=now)),
        **_reassuring(actor, ticket, now=now, **kept, **complained),
        "unsaid": tone.missed(drafts.get("reply", ""), name=ticket.customer.name),
        "reads_tone": tone.is_read(ticket.customer.language),
        "shares_zone": ticket.customer.time_zone in ("", actor.time_zone),
        **_said(actor, ticket, now=now),
    }


def _offered(actor: Actor, ticket: TicketDetail, choices: Choices, *, now: dt.datetime) -> dict[str, Any]:
    """Return what the lists offer, and what those who answer here lack of what the ticket's queue asks for today."""
    ids = [choice.id for choice in choices.assignees]
    return {
        "choices": choices,
        "lacking": competence.lacking(actor=actor, queue_id=ticket.queue_id, user_ids=ids, on=clock.day_of(now)),
        "fields_form": fields_form(ticket, choices=choices),
    }


def _moves(ticket: TicketDetail) -> list[dict[str, str]]:
    return [
        {
            "value": move.value,
            "label": move.label,
            "icon": MOVE_ICONS.get(move, "pause"),
            "key": wording.MOVE_KEYS.get(move, ""),
        }
        for move in ticket.allowed_moves
    ]


def _kept_promises(actor: Actor, ticket: TicketDetail, *, now: dt.datetime) -> dict[str, Any]:
    """Return what was referred, what the customer was asked, and when she hears next."""
    promised = [row.due_at for row in ticket.promises if (row.state, row.made_to) == ("open", "customer")]
    referred = referrals.of_ticket(actor=actor, ticket_id=ticket.id, now=now)
    return {
        "referrals": referred,
        "granted": [row for row in referred if row.is_usable],
        "comfort": comfort.of_ticket(actor=actor, ticket_id=ticket.id),
        "next_update": updates.next_update(ticket_id=ticket.id, promised=promised),
        "causes": Cause.choices,
    }


def _guidance(actor: Actor, ticket: TicketDetail) -> dict[str, Any]:
    return {
        "in_force": knowledge.in_force_for(actor=actor, ticket_id=ticket.id),
        "runs": knowledge.runs_of(actor=actor, ticket_id=ticket.id),
    }


def _reassuring(
    actor: Actor, ticket: TicketDetail, *, now: dt.datetime, referrals: Any, comfort: Any, complaint: Any, **_rest: Any
) -> dict[str, Any]:
    """Return why this customer needs more than an answer, with the card on how; nothing where she does not."""
    why = [f"She is not comfortable with “{row.about}”." for row in comfort if row.is_uneasy]
    why += ["What was asked for her was refused." for row in referrals if row.state == ReferralState.REFUSED][:1]
    why += [f"We broke our word: “{row.text}”." for row in ticket.promises if row.state == "broken" or row.is_overdue]
    why += ["She has complained."] if complaint else []
    if not why or not ticket.may_work:
        return {"reassure": None}
    return {"reassure": cards.show(actor=actor, key=REASSURE, now=now), "reassure_why": why[0]}


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


def _said(actor: Actor, ticket: TicketDetail, *, now: dt.datetime) -> dict[str, Any]:
    items = queries.timeline(actor=actor, ticket_id=ticket.id)
    undoable = any(item.undo_until and now < item.undo_until for item in items)
    return {
        "under": knowledge.versions_of_replies(actor=actor, ticket_id=ticket.id),
        "tones": knowledge.tones_of_replies(actor=actor, ticket_id=ticket.id),
        "marks": tone.MARKS,
        "items": [(item, SPOKEN.get(item.kind)) for item in items],
        # Drawn anew soon after its time, so that the button leaves when the reply does.
        "every": outbox.UNDO.seconds + 1 if undoable else EVERY_SECONDS,
    }


def _complaint(actor: Actor, ticket: TicketDetail, *, now: dt.datetime) -> dict[str, Any]:
    """Return the complaint this ticket is handled as, or the rules it could come under."""
    if not actor.can(accounts_policies.READ_COMPLAINTS):
        return {"complaint": None, "packs": (), "begin_form": None}
    found = complaints.complaint_of_ticket(actor=actor, ticket_id=ticket.id, now=now)
    if found is not None or not ticket.may_work:
        return {"complaint": found, "packs": (), "begin_form": None}
    came = complaints.complained_at(actor=actor, ticket_id=ticket.id, now=now)
    form = BeginForm(initial={"received_at": came}, auto_id="complained_%s")
    return {"complaint": None, "packs": law.packs(actor=actor, on=now.date()), "begin_form": form}


def _strip(actor: Actor, ticket: TicketDetail) -> dict[str, list[Any]]:
    """Return what stands before and after this ticket: its links, the standards that hold for it, its clocks."""
    linked = thread_queries.strip(actor=actor, kind="desk.ticket", record_id=ticket.id)
    links: dict[str, list[Any]] = {step: list(records) for step, records in linked.links.items()}
    behind = {face.standard.id: face.standard.name for face in ticket.clocks if face.standard}
    policies = dict.fromkeys(face.policy for face in ticket.clocks if face.policy and not face.standard)
    links["standard"] = [
        *links.get("standard", []),
        *({"label": name, "url": f"/standards/{pk}"} for pk, name in behind.items()),
        *({"label": name, "url": "/standards/policies"} for name in policies),
    ]
    links["expectation"] = [
        *links.get("expectation", []),
        *thread_queries.linked(actor=actor, refs=[("standards.standard", pk) for pk in behind], step="expectation"),
    ]
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
            "strip": _strip(actor, ticket),
            "said": wording.say_clock(face, now=now),
            "segments": segments,
            "counted": sum(s.seconds for s in segments if s.counted),
            "now": now,
        },
    )
