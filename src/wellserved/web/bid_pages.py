"""Bids: what was asked for, how it was negotiated, what was granted and what that means."""

import datetime as dt
import decimal
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import approvals, discussion
from wellserved.apps.ledger.types import ApprovalRow
from wellserved.apps.people import cards
from wellserved.apps.standards.actions import agreeing
from wellserved.apps.standards.actions import bids as actions
from wellserved.apps.standards.forms import plans as plan_forms
from wellserved.apps.standards.forms import resources as forms
from wellserved.apps.standards.queries import bids as queries
from wellserved.apps.standards.queries import plans as plan_queries
from wellserved.apps.standards.types.resources import BidRow
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.web import plan_figures
from wellserved.web.plan_pages import approvers, read_version

KIND, CARD = queries.KIND, "negotiating-resources"
STATES = {
    "draft": ("Draft", ""),
    "asked": ("Under negotiation", "warn"),
    "granted": ("Granted", "ok"),
    "refused": ("Refused", "bad"),
}


@require_GET
@needs(policies.READ_PLANS)
def register(request: HttpRequest) -> HttpResponse:
    """List the bids."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = request.GET.get("view", "all")
    view = view if view in queries.VIEWS else "all"
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.register(actor=actor, view=view, search=search, cursor=request.GET.get("after") or None)
    counts = queries.counts(actor=actor)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "states": STATES,
        "views": queries.VIEWS,
        "view": view,
        "search": search,
        "sentence": f"{counts['asked']} under negotiation, {counts['granted']} granted, {counts['refused']} refused."
        if sum(counts.values())
        else "No bid yet: ask for people, equipment or licences here, with reasons and fallback positions.",
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_PLANS),
    }
    return render(request, "web/bids.html", context)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_PLANS)
def edit(request: HttpRequest, bid_id: int | None = None) -> HttpResponse:
    """Write a bid."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.bid(actor=actor, bid_id=bid_id) if bid_id else None
    if row is not None and row.state != "draft":
        raise Conflict("Only a draft is changed: withdraw the question first.", code="bid_not_draft")
    initial = forms.bid_initial(row) if row else {"needed_from": now.date() + dt.timedelta(days=30), "kind": "people"}
    if row is None and (plan_id := read_number(request.GET.get("plan", ""))):
        initial["plan_id"] = plan_id
    form = forms.BidForm(request.POST or None, initial=initial, plans=plan_queries.choices(actor=actor))
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(
            form, lambda _given: made.append(actions.save(actor=actor, bid_id=bid_id, now=now, **form.facts()))
        )
        if status == 200:
            return redirect("web:bid", made[0])
    context = {
        "form": form,
        "row": row,
        "card": cards.show(actor=actor, key=CARD, now=now),
        "form_errors": status != 200,
    }
    return render(request, "web/bid_edit.html", context, status=status)


@require_GET
@needs(policies.READ_PLANS)
def page(request: HttpRequest, bid_id: int) -> HttpResponse:
    """Show one bid with its negotiation."""
    return _show(request, bid_id)


def _show(request: HttpRequest, bid_id: int, *, status: int = 200, **with_forms: Form) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.bid(actor=actor, bid_id=bid_id)
    approval = _approval(actor, row, now)
    vote = agreeing.offer_of(approval)
    offered = _offered(row, vote.amount if vote else None)
    past = plan_figures.prospect_of(actor=actor, row=row, more=float(row.asked), now=now)
    context: dict[str, Any] = {
        "send_form": plan_forms.SendForm(initial={"version": row.version}, approvers=approvers(actor)),
        "offer_form": forms.OfferForm(auto_id="offer_%s"),
    }
    context |= with_forms
    context |= {
        "row": row,
        "state": STATES[row.state],
        "sentence": _sentence(row, approval),
        "approval": approval,
        "offered": offered,
        "is_below": row.walk_away is not None and offered is not None and offered < row.walk_away,
        "card": cards.show(actor=actor, key=CARD, now=now),
        "means_asked": plan_figures.say_prospect(row=row, more=float(row.asked), found=past),
        "means_offered": _means(actor, row, offered, now) if offered is not None else "",
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=bid_id),
        "comments": discussion.comments(actor=actor, subject=(KIND, bid_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, bid_id]),
        "form_errors": any(form.errors for form in with_forms.values()),
        "may_edit": actor.can(policies.EDIT_PLANS),
        "is_owner": actor.user_id == row.owner_id,
    }
    return render(request, "web/bid.html", context, status=status)


def _approval(actor: Actor, row: BidRow, now: dt.datetime) -> ApprovalRow | None:
    if row.approval_id is None:
        return None
    try:
        return approvals.approval(actor=actor, approval_id=row.approval_id, now=now)
    except NotFound:
        return None


def _offered(row: BidRow, amount: decimal.Decimal | None) -> decimal.Decimal | None:
    each = row.monthly * row.months
    return (amount / each).quantize(decimal.Decimal("0.01")).normalize() if amount is not None and each else None


def _means(actor: Actor, row: BidRow, quantity: decimal.Decimal, now: dt.datetime) -> str:
    found = plan_figures.prospect_of(actor=actor, row=row, more=float(quantity), now=now)
    return plan_figures.say_prospect(row=row, more=float(quantity), found=found)


def _sentence(row: BidRow, approval: ApprovalRow | None) -> str:
    asked = f"{float(row.asked):g} {row.unit} for {row.months} months"
    if row.state in {"granted", "refused"}:
        return row.outcome
    if approval is None:
        return f"{asked}: a draft, asked of nobody yet."
    ends = {
        "open": "waits for an answer",
        "countered": "less is offered: accept it, or close the bid",
        "approved": "granted in full: take it",
        "refused": "refused: close the bid and say what follows",
    }
    return f"{asked}: {ends.get(approval.state, approval.state_label.lower())}."


@require_POST
@needs(policies.EDIT_PLANS)
def send(request: HttpRequest, bid_id: int) -> HttpResponse:
    """Put a bid to somebody who may grant it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.bid(actor=actor, bid_id=bid_id)
    form = plan_forms.SendForm(request.POST, approvers=approvers(actor))
    status = attempt(form, lambda given: actions.send(actor=actor, bid_id=bid_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, bid_id, status=status, send_form=form)
    messages.success(request, "Sent.")
    return redirect("web:bid", bid_id)


@require_POST
@needs(policies.DECIDE, policies.READ_PLANS)
def offer(request: HttpRequest, bid_id: int) -> HttpResponse:
    """Offer less."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.bid(actor=actor, bid_id=bid_id)
    form = forms.OfferForm(request.POST, auto_id="offer_%s")
    status = attempt(form, lambda given: actions.offer(actor=actor, bid_id=bid_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, bid_id, status=status, offer_form=form)
    messages.success(request, "Offered.")
    return redirect("web:bid", bid_id)


@require_POST
@needs(policies.EDIT_PLANS)
def accept(request: HttpRequest, bid_id: int) -> HttpResponse:
    """Take what is offered or granted; what it means for the target is kept with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.bid(actor=actor, bid_id=bid_id)
    vote = agreeing.offer_of(_approval(actor, row, now))
    quantity = _offered(row, vote.amount if vote else None)
    means = _means(actor, row, quantity if quantity is not None else row.asked, now)
    reason = request.POST.get("reason", "")[:500]
    actions.accept(actor=actor, bid_id=bid_id, means=means, reason=reason, version=read_version(request), now=now)
    messages.success(request, "Settled.")
    return redirect("web:bid", bid_id)


@require_POST
@needs(policies.EDIT_PLANS)
def close(request: HttpRequest, bid_id: int) -> HttpResponse:
    """Close a bid that came to nothing."""
    actions.close(
        actor=request.actor,  # type: ignore[attr-defined]
        bid_id=bid_id,
        reason=request.POST.get("reason", "")[:500],
        version=read_version(request),
        now=clock.now(),
    )
    messages.success(request, "Closed.")
    return redirect("web:bid", bid_id)
