"""Referrals: put a matter to a colleague, the register, one referral, and whom to ask."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries, wording
from wellserved.apps.desk.actions import referrals as actions
from wellserved.apps.desk.forms import keeping as forms
from wellserved.apps.desk.queries import advisers as adviser_queries
from wellserved.apps.desk.queries import giving
from wellserved.apps.desk.queries import referrals as referral_queries
from wellserved.apps.desk.types.referrals import VIEWS, ReferralKind, ReferralRow
from wellserved.apps.desk.views.moves import opened
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

# A referral is answered within half a working day unless its writer needs it sooner.
USUAL = dt.timedelta(hours=4)


def refer_url(number: int, **given: Any) -> str:
    """Return the address at which a matter of this ticket is referred, with what is known filled in."""
    pairs = {name: str(value) for name, value in given.items() if value}
    return reverse("desk:refer", args=[number]) + (f"?{urlencode(pairs)}" if pairs else "")


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.WORK_TICKETS)
def refer(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a colleague to decide, or to advise."""
    actor, now = actor_of(request), clock.now()
    ticket = opened(request, number)
    given = {"remedy": request.GET.get("remedy", ""), "amount": request.GET.get("amount", "")}
    able = adviser_queries.able_to_answer(actor=actor, ticket_id=ticket.id, remedy="", amount=None)
    initial = {
        **given,
        "kind": request.GET.get("kind", ReferralKind.DECISION),
        "due_at": (now + USUAL).replace(second=0, microsecond=0),
        "asked_of": _first_able(actor, ticket.id, **given),
    }
    form = forms.ReferForm(request.POST or None, people=able, initial=initial, auto_id="refer_%s")
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda said: actions.refer(actor=actor, ticket_id=ticket.id, now=now, **_asked(said)))
        if status == 200:
            messages.success(request, "Referred. The ticket stays yours, and you are told what is decided.")
            return redirect("desk:conversation", number=number)
    allowances = giving.allowances_on(actor=actor, ticket_id=ticket.id, now=now)
    context = {
        "ticket": ticket,
        "form": form,
        "authority": wording.say_authority(allowances),
        "directory": reverse("desk:advisers"),
    }
    return render(request, "desk/refer.html", context, status=status)


def _asked(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "asked_of"} | {"asked_of_id": said["asked_of"]}


def _first_able(actor: Actor, ticket_id: int, *, remedy: str, amount: str) -> int | None:
    """Return the lowest in standing whose limit reaches so far."""
    form = forms.DecideForm({"remedy": remedy, "amount": amount, "version": 1})
    form.is_valid()
    wanted = form.cleaned_data.get("amount")
    able = adviser_queries.able_to_answer(
        actor=actor, ticket_id=ticket_id, remedy=form.cleaned_data.get("remedy", ""), amount=wanted
    )
    return able[0].id if able else None


@require_GET
@needs(accounts_policies.READ_TICKETS)
def register(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and whose."""
    actor, now = actor_of(request), clock.now()
    view, q = request.GET.get("view", "open"), request.GET.get("q", "")[:200]
    view = view if view in VIEWS else "open"
    page = referral_queries.referrals(actor=actor, view=view, q=q, cursor=request.GET.get("after"), now=now)
    figures = referral_queries.figures(actor=actor, now=now)
    here = reverse("desk:referrals")
    context = {
        "page": page,
        "view": view,
        "q": q,
        "verdict": wording.say_referrals(figures),
        "figures": figures,
        "used": referral_queries.limits_used(actor=actor, now=now),
        "views": [
            {"label": label, "url": f"{here}?view={key}", "current": key == view} for key, label in VIEWS.items()
        ],
        "next_url": f"{here}?{urlencode({'view': view, 'q': q, 'after': page.next_cursor})}"
        if page.next_cursor
        else "",
        "wording": wording,
        "now": now,
    }
    return render(request, "desk/referrals.html", context)


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest, referral_id: int) -> HttpResponse:
    """One referral: what is asked, by when, through whose hands, and the answer."""
    return _page(request, referral_id)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def answer(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Accept it, decide it, advise, give it back or withdraw it."""
    actor, now = actor_of(request), clock.now()
    row = referral_queries.referral(actor=actor, referral_id=referral_id, now=now)
    form = forms.DecideForm(request.POST, auto_id="decide_%s")
    verb = request.POST.get("verb", "")
    status = attempt(form, lambda said: _answer(actor, row, verb, said, now))
    if status != 200:
        return _page(request, referral_id, form=form, status=status)
    messages.success(request, f"Done. {row.asked_by} is told." if row.asked_by_id != actor.user_id else "Withdrawn.")
    return redirect("desk:referral", referral_id=referral_id)


def _answer(actor: Actor, row: ReferralRow, verb: str, said: dict[str, Any], now: dt.datetime) -> None:
    given: dict[str, Any] = {"actor": actor, "referral_id": row.id, "version": said["version"], "now": now}
    match verb:
        case "accept":
            actions.accept(**given)
        case "advise":
            actions.give_advice(**given, answer=said["answer"])
        case "give_back":
            actions.give_back(**given, reason=said["answer"])
        case "withdraw":
            actions.withdraw(**given)
        case "granted" | "refused":
            actions.decide(**given, outcome=verb, answer=said["answer"])
        case "other":
            actions.decide(**given, outcome=verb, **{name: said[name] for name in ("answer", "remedy", "amount")})
        case _:
            raise Invalid("Choose what becomes of it.", code="referral_outcome")


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def pass_on(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Put it to another colleague, with a reason."""
    actor, now = actor_of(request), clock.now()
    row = referral_queries.referral(actor=actor, referral_id=referral_id, now=now)
    to_id = read_number(request.POST.get("to", ""))
    if to_id is None:
        raise Invalid("Choose a colleague to pass it on to.", code="not_an_adviser")
    actions.pass_on(
        actor=actor,
        referral_id=row.id,
        to_id=to_id,
        reason=request.POST.get("reason", ""),
        version=read_number(request.POST.get("version", "")),
        now=now,
    )
    messages.success(request, "Passed on, with your reason.")
    return redirect("desk:referral", referral_id=referral_id)


def _page(
    request: HttpRequest, referral_id: int, *, form: forms.DecideForm | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    row = referral_queries.referral(actor=actor, referral_id=referral_id, now=now)
    may_pass = row.is_open and (
        actor.user_id == row.asked_of_id
        or (actor.can(accounts_policies.ASSIGN_TICKETS) and actor.user_id != row.asked_by_id)
    )
    able = (
        adviser_queries.able_to_answer(actor=actor, ticket_id=row.ticket_id, remedy=row.remedy, amount=row.amount)
        if may_pass
        else ()
    )
    others = [(person.id, f"{person.name}, {person.role_name.lower()}") for person in able]
    if may_pass and actor.user_id != row.asked_of_id:
        others.insert(0, (actor.user_id or 0, "Me: I take it over"))
    initial = {"remedy": row.remedy, "amount": row.amount, "version": row.version}
    context = {
        "row": row,
        "ticket": queries.ticket(actor=actor, number=row.number, now=now),
        "passes": referral_queries.passes(actor=actor, referral_id=referral_id),
        "form": form or forms.DecideForm(initial=initial, auto_id="decide_%s"),
        "is_asked": row.is_open and actor.user_id == row.asked_of_id,
        "is_asker": row.is_open and actor.user_id == row.asked_by_id,
        "others": [(pk, name) for pk, name in others if pk not in {row.asked_by_id, row.asked_of_id}],
        "allowances": giving.allowances_on(actor=actor, ticket_id=row.ticket_id, now=now),
        "comments": discussion.comments(actor=actor, subject=("desk.referral", row.id)),
        "card": cards.show(actor=actor, key="responsibility-and-advice", now=now),
        "wording": wording,
        "now": now,
    }
    return render(request, "desk/referral.html", context, status=status)


@require_GET
@needs(accounts_policies.READ_TICKETS)
def directory(request: HttpRequest) -> HttpResponse:
    """Whom to ask about what."""
    actor, now = actor_of(request), clock.now()
    q = request.GET.get("q", "")[:200]
    rows = adviser_queries.advisers(actor=actor, q=q, now=now)
    here = sum(row.is_here for row in rows)
    context = {"rows": rows, "q": q, "verdict": wording.say_advisers(len(rows), here=here, q=q)}
    return render(request, "desk/advisers.html", context)
