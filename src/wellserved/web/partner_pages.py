"""Service partners: who they are, what they agreed to, how soon they answer, and the review under seven headings."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import keeping
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import partners as actions
from wellserved.apps.standards.forms import partners as forms
from wellserved.apps.standards.queries import commitments
from wellserved.apps.standards.queries import partners as queries
from wellserved.apps.standards.types.commitments import Past
from wellserved.apps.standards.types.partners import HEADINGS, PartnerDetail, PartnerRow
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.web import fitting, judging

KIND = "standards.partner"


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the partners with how many tickets handed to them came back in time."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.register(actor=actor, search=search, cursor=request.GET.get("after") or None, now=now)
    scores = keeping.handed_over(actor=actor, now=now)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": [(row, _score(scores, row)) for row in rows],
        "sentence": _say_register(rows, scores),
        "search": search,
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/partners.html", context)


def words_of(row: PartnerRow) -> set[str]:
    """Return the words under which tickets are handed to this partner."""
    return {word.strip().lower() for word in (row.name, row.known_as) if word.strip()}


def _score(scores: dict[str, Past], row: PartnerRow) -> Past:
    found = [scores[word] for word in words_of(row) if word in scores]
    return keeping.past_of([(0, None, each.kept, each.total) for each in found])


def _say_register(rows: tuple[PartnerRow, ...], scores: dict[str, Past]) -> str:
    if not rows:
        return "Whoever outside makes us late belongs here: with an agreement, a clock and a review."
    found = [(row, _score(scores, row)) for row in rows]
    counted = [(row, past) for row, past in found if past.total]
    kept, total = sum(past.kept for _, past in counted), sum(past.total for _, past in counted)
    due = sum(row.is_review_due for row in rows)
    said = (
        f"{kept:,} of {total:,} tickets handed over in the last 180 days came back in time."
        if total
        else ("No ticket handed to a partner has come due in the last 180 days.")
    )
    return f"{said} {due} {'review is' if due == 1 else 'reviews are'} due." if due else said


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Show one partner."""
    return _show(request, partner_id)


def _show(
    request: HttpRequest, partner_id: int, *, form: forms.DeclarationForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.partner(actor=actor, partner_id=partner_id, now=now)
    agreements = commitments.agreements_of(actor=actor, partner_id=partner_id, now=now)
    past = keeping.handed_over_by_week(actor=actor, words=words_of(found.row), now=now)
    form = form or forms.DeclarationForm(auto_id="declare_%s")
    context = {
        "found": found,
        "row": found.row,
        "sentence": _sentence(found, past),
        "agreements": judging.judge_all(actor=actor, rows=agreements, now=now),
        "past": past,
        "by_week": judging.stand(past, target=None),
        "fit": fitting.partner(actor=actor, partner_id=partner_id, agreements=[row.id for row in agreements]),
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=partner_id),
        "comments": discussion.comments(actor=actor, subject=(KIND, partner_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, partner_id]),
        "form": form,
        "form_errors": bool(form.errors),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/partner.html", context, status=status)


def _sentence(found: PartnerDetail, past: Past) -> str:
    if not past.total:
        return "No ticket handed to this partner has come due in the last 26 weeks."
    said = f"{past.kept:,} of {past.total:,} tickets handed over in the last 26 weeks came back in time."
    return f"{said} The review is due." if found.row.is_review_due else said


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, partner_id: int | None = None) -> HttpResponse:
    """Write what is known of a partner."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.partner(actor=actor, partner_id=partner_id, now=now) if partner_id else None
    form = forms.PartnerForm(request.POST or None, initial=_initial(found))
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(
            form,
            lambda _given: saved.append(
                actions.save_partner(actor=actor, partner_id=partner_id, now=now, **form.facts())
            ),
        )
        if status == 200:
            messages.success(request, "The partner is saved.")
            return redirect("web:partner", saved[0])
    context = {"form": form, "found": found, "form_errors": bool(form.errors)}
    return render(request, "web/partner_edit.html", context, status=status)


def _initial(found: PartnerDetail | None) -> dict[str, Any]:
    if found is None:
        return {}
    row = found.row
    return {
        "name": row.name,
        "known_as": row.known_as,
        "contact": row.contact,
        "contact_email": row.contact_email,
        "version": row.version,
        **{key: words for key, _, words in found.headings},
    }


@require_POST
@needs(policies.READ_STANDARDS)
def declare(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Say whether one has an interest in this partner."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.find(actor=actor, partner_id=partner_id)
    form = forms.DeclarationForm(request.POST, auto_id="declare_%s")
    status = attempt(form, lambda given: actions.declare(actor=actor, partner_id=partner_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, partner_id, form=form, status=status)
    messages.success(request, "Declared.")
    return redirect("web:partner", partner_id)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def review(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Judge the work with a partner under all seven headings."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.partner(actor=actor, partner_id=partner_id, now=now)
    initial = {key: words for key, _, words in found.headings} | {"next_on": now.date() + dt.timedelta(days=182)}
    form = forms.PartnerReviewForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda given: actions.review_partner(
                actor=actor, partner_id=partner_id, findings=form.findings(), next_on=given["next_on"], now=now
            ),
        )
        if status == 200:
            messages.success(request, "The review is kept.")
            return redirect("web:partner", partner_id)
    context = {
        "form": form,
        "found": found,
        "facts": _facts(actor, found, now),
        "headings": HEADINGS,
        "form_errors": bool(form.errors),
    }
    return render(request, "web/partner_review.html", context, status=status)


def _facts(actor: Actor, found: PartnerDetail, now: dt.datetime) -> dict[str, str]:
    """Return what the product knows under a heading, to be commented on and not typed again."""
    agreements = commitments.agreements_of(actor=actor, partner_id=found.row.id, now=now)
    past = keeping.handed_over_by_week(actor=actor, words=words_of(found.row), now=now)
    interested = [each.user for each in found.declarations if each.has_interest]
    return {
        "sla": "; ".join(f"{row.name} ({row.state}): {row.sentence}" for row in agreements) or "No agreement yet.",
        "conflicts": f"Interests declared by {', '.join(interested)}."
        if interested
        else f"{len(found.declarations)} declared no interest.",
        "responsiveness": f"{past.kept:,} of {past.total:,} tickets came back in time in 26 weeks."
        if past.total
        else "No ticket handed over has come due in 26 weeks.",
    }
