"""The law on screen: the register of duties, and the rule packs complaints run under."""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as accounts_queries
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.standards.actions import law as actions
from wellserved.apps.standards.forms import law as forms
from wellserved.apps.standards.models import Obligation
from wellserved.apps.standards.queries import law as queries
from wellserved.apps.standards.types.law import NOT_ADVICE, ObligationFilters, ObligationPage
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number, refusal_of


@require_GET
@needs(accounts.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the duties, narrowed by the address."""
    actor, now = actor_of(request), clock.now()
    filters = forms.read_law_filters(request.GET)
    page = queries.obligations(actor=actor, filters=filters, on=now.date(), cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "filters": filters,
        "verdict": _say(page),
        "roles": queries.role_names(),
        "kinds": Obligation.Kind.choices,
        "may_edit": actor.can(accounts.EDIT_STANDARDS),
        "next_url": f"?{_address(filters)}&{urlencode({'cursor': page.next_cursor})}" if page.next_cursor else "",
    }
    return render(request, "standards/law.html", context)


def _address(filters: ObligationFilters) -> str:
    given = dataclasses.asdict(filters) | {"overdue": "1" if filters.overdue else ""}
    return urlencode({name: value for name, value in given.items() if value})


def _say(page: ObligationPage) -> str:
    if not page.total:
        return "No duty is on the register yet. Load the rule pack of your sector: its duties come with it."
    duties = "one duty" if page.total == 1 else f"{page.total:,} duties"
    overdue = "no review is overdue" if not page.overdue else f"{page.overdue:,} past their review date"
    yours = f"; {page.unsigned:,} wait for your word that you know them" if page.unsigned else ""
    return f"{duties.capitalize()} on the register, {overdue}{yours}."


@require_GET
@needs(accounts.READ_STANDARDS)
def obligation(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Show one duty: what keeps it, who owns it, who knows it."""
    actor, now = actor_of(request), clock.now()
    row = queries.obligation(actor=actor, obligation_id=obligation_id, on=now.date())
    pack = next((p for p in queries.packs(actor=actor, on=now.date()) if p.pack_id == row.pack_id), None)
    strip = thread_queries.strip(actor=actor, kind="standards.obligation", record_id=obligation_id)
    context = {
        "row": row,
        "pack": pack,
        "clock": pack.rules.clock(row.clock) if pack else None,
        "letter": pack.rules.letter(row.letter) if pack else None,
        "signatures": queries.signatures(actor=actor, obligation_id=obligation_id),
        "concerned": not row.roles or actor.role in row.roles,
        "role_names": queries.role_names(),
        "review_form": forms.ReviewForm(),
        "may_edit": actor.can(accounts.EDIT_STANDARDS),
        "strip": {step: list(records) for step, records in strip.links.items()},
        "history": ledger_queries.history(actor=actor, subject=("standards.obligation", obligation_id))
        if actor.can(accounts.READ_LEDGER)
        else (),
        "not_advice": NOT_ADVICE,
    }
    return render(request, "standards/obligation.html", context)


@require_http_methods(["GET", "POST"])
@needs(accounts.EDIT_STANDARDS)
def edit(request: HttpRequest, obligation_id: int | None = None) -> HttpResponse:
    """Write a duty or change one."""
    actor, now = actor_of(request), clock.now()
    row = queries.obligation(actor=actor, obligation_id=obligation_id, on=now.date()) if obligation_id else None
    owners = accounts_queries.staff(actor=actor)
    initial: dict[str, Any] = {"owner": actor.user_id, "kind": "policy"}
    if row:
        initial = {name: getattr(row, name) for name in forms.ObligationForm.base_fields if name != "owner"}
        initial |= {"owner": row.owner_id}
    form = forms.ObligationForm(request.POST or None, initial=initial, owners=owners)
    saved: list[int] = []

    def work(said: dict[str, Any]) -> None:
        facts = {name: value for name, value in said.items() if name != "owner"}
        saved.append(
            actions.save_obligation(actor=actor, obligation_id=obligation_id, owner_id=said["owner"], **facts, now=now)
        )

    status = attempt(form, work) if request.method == "POST" else 200
    if saved:
        messages.success(request, "Duty saved.")
        return redirect("standards:obligation", saved[0])
    context = {"form": form, "row": row, "form_errors": bool(form.errors)}
    return render(request, "standards/obligation_edit.html", context, status=status)


@require_POST
@needs(accounts.READ_STANDARDS)
def attest(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Say that one knows a duty."""
    actions.attest(actor=actor_of(request), obligation_id=obligation_id, now=clock.now())
    messages.success(request, "Kept: you know this duty as it stands now.")
    return redirect("standards:obligation", obligation_id)


@require_POST
@needs(accounts.EDIT_STANDARDS)
def review(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Say that a duty was looked at, or retire it."""
    actor, now = actor_of(request), clock.now()
    if request.POST.get("retire"):
        actions.retire_obligation(
            actor=actor, obligation_id=obligation_id, reason=request.POST.get("finding", ""), now=now
        )
        messages.success(request, "Retired; its history stays.")
        return redirect("standards:law")
    form = forms.ReviewForm(request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    actions.review_obligation(actor=actor, obligation_id=obligation_id, **form.cleaned_data, now=now)
    messages.success(request, "Review kept.")
    return redirect("standards:obligation", obligation_id)


@require_http_methods(["GET", "POST"])
@needs(accounts.EDIT_STANDARDS)
def packs(request: HttpRequest) -> HttpResponse:
    """Show the rule packs in force and on offer, and take one of one's own."""
    actor, now = actor_of(request), clock.now()
    form = forms.PackForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and request.POST.get("offered"):
        version = actions.load_offered(actor=actor, file=request.POST["offered"][:200], now=now)
        return _loaded(request, actor, version)
    if request.method == "POST" and (chosen := read_number(request.POST.get("default", ""))) is not None:
        actions.choose_default(actor=actor, pack_id=chosen, now=now)
        messages.success(request, "Complaints come under it unless somebody says otherwise.")
        return redirect("standards:packs")
    if request.method == "POST":
        made: list[int] = []

        def work(said: dict[str, Any]) -> None:
            made.append(actions.add_pack(actor=actor, text=said["file"], reason=said["reason"], now=now))

        status = attempt(form, work)
        if made:
            return _loaded(request, actor, made[0])
    context = {
        "packs": queries.packs(actor=actor, on=now.date()),
        "offers": queries.offers(actor=actor),
        "form": form,
        "form_errors": bool(form.errors),
        "not_advice": NOT_ADVICE,
        "today": now.date(),
    }
    return render(request, "standards/packs.html", context, status=status)


def _loaded(request: HttpRequest, actor: Actor, version: int) -> HttpResponse:
    found = queries.pack_version(actor=actor, version_id=version)
    messages.success(request, f"{found.name} is loaded; its duties are on the register.")
    return redirect(reverse("standards:pack", args=[found.pack_id]))


@require_GET
@needs(accounts.READ_STANDARDS)
def pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """Show what a rule pack says, in each of its versions."""
    actor = actor_of(request)
    versions = queries.history(actor=actor, pack_id=pack_id)
    if not versions:
        raise NotFound("There is no such rule pack.")
    wanted = read_number(request.GET.get("version", ""))
    shown = next((version for version in versions if version.number == wanted), versions[0])
    context = {
        "shown": shown,
        "versions": versions,
        "may_edit": actor.can(accounts.EDIT_STANDARDS),
        "not_advice": NOT_ADVICE,
    }
    return render(request, "standards/pack.html", context)
