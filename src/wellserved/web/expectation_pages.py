"""Expectations: the register with its gaps, one with what it is worth, and its review."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import segments as desk
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import expectations as actions
from wellserved.apps.standards.forms import offer as forms
from wellserved.apps.standards.queries import expectations as queries
from wellserved.apps.standards.types import offer as types
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number

KIND = "standards.expectation"
COVER_KINDS = {"covered": "ok", "unpromised": "warn", "unserved": "bad"}
_HALF_A_YEAR = dt.timedelta(days=182)


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List what customers expect, the most important first, with what serves and promises it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    filters = read_filters(request)
    rows, after = queries.register(actor=actor, filters=filters, cursor=request.GET.get("after") or None, now=now)
    query = request.GET.copy()
    query["after"] = after or ""
    coverage = queries.coverage(actor=actor)
    context = {
        "rows": rows,
        "filters": filters,
        "coverage": coverage,
        "sentence": say_coverage(coverage, due=len(queries.reviews_due(actor=actor, now=now))),
        "segments": queries.active_segments(actor=actor, now=now),
        "words": types,
        "cover_kinds": COVER_KINDS,
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/expectations.html", context)


def read_filters(request: HttpRequest) -> queries.Filters:
    """Return what the address asks for; what it cannot mean asks nothing."""
    basis, cover = request.GET.get("basis", ""), request.GET.get("cover", "")
    return queries.Filters(
        segment=read_number(request.GET.get("segment", "")),
        basis=basis if basis in types.BASES else "",
        cover=cover if cover in types.COVER else "",
        review="due" if request.GET.get("review") == "due" else "",
        search=request.GET.get("q", "").strip()[:100],
    )


def say_coverage(coverage: types.Coverage, *, due: int = 0) -> str:
    """Return the one sentence over all expectations that hold."""
    if not coverage.total:
        return "Nobody has written down yet what customers expect; a standard begins there."
    unserved, unpromised = coverage.total - coverage.served, coverage.served - coverage.covered
    said = (
        f"Of {coverage.total:,} expectations {coverage.covered:,} are served and promised, {unpromised:,} served with "
        f"nothing promised, and {unserved:,} nobody serves yet."
    )
    return f"{said} {due} {'review is' if due == 1 else 'reviews are'} due." if due else said


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, expectation_id: int) -> HttpResponse:
    """Show one expectation."""
    return _show(request, expectation_id)


def _show(
    request: HttpRequest, expectation_id: int, *, form: forms.ReviewForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.expectation(actor=actor, expectation_id=expectation_id, now=now)
    segment = queries.segment(actor=actor, segment_id=row.segment_id, now=now)
    voice = desk.voice(actor=actor, rule=segment.rule, signals={row.id: row.signals}, now=now)
    form = form or forms.ReviewForm(
        initial={"version": row.version, "next_on": now.date() + _HALF_A_YEAR}, auto_id="review_%s"
    )
    strip = thread_queries.strip(actor=actor, kind=KIND, record_id=row.id)
    context = {
        "row": row,
        "segment": segment,
        "heard": voice.of[row.id],
        "all": voice.all,
        "days": desk.DAYS,
        "sentence": _say(row),
        "named": desk.names(actor=actor, wanted={"tags": row.signals.tags, "products": row.signals.products}),
        "words": types,
        "cover_kind": COVER_KINDS[row.cover],
        "strip": {step: list(records) for step, records in strip.links.items()},
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=row.id),
        "comments": discussion.comments(actor=actor, subject=(KIND, row.id)),
        "comment_url": reverse("ledger:comment", args=[KIND, row.id]),
        "form": form,
        "form_errors": bool(form.errors),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/expectation.html", context, status=status)


def _say(row: types.ExpectationRow) -> str:
    if not row.is_active:
        return "It does not hold any more."
    said = {
        "unserved": "Nothing we offer serves it yet.",
        "unpromised": f"{_names(row.services)} serves it, and no standard in force promises anything of it.",
        "covered": f"{_names(row.services)} serves it, and {_names(row.standards)} promises it.",
    }[row.cover]
    return said if row.is_current else f"{said} Its source is over a year old."


def _names(rows: Sequence[types.Named]) -> str:
    return " and ".join(row.name for row in rows[:2]) + (" with others" if len(rows) > 2 else "")


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, expectation_id: int | None = None) -> HttpResponse:
    """Write down what a segment expects."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.expectation(actor=actor, expectation_id=expectation_id, now=now) if expectation_id else None
    offered = desk.offered(actor=actor)
    form = forms.ExpectationForm(
        request.POST or None,
        initial=_initial(request, found, now),
        segments=[(row.id, row.name) for row in queries.active_segments(actor=actor, now=now)],
        tags=offered["tags"],
        products=offered["products"],
    )
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(
            form,
            lambda _given: saved.append(
                actions.save_expectation(actor=actor, expectation_id=expectation_id, now=now, **form.facts())
            ),
        )
        if status == 200:
            messages.success(request, "The expectation is saved.")
            return redirect("web:expectation", saved[0])
    context = {"form": form, "found": found, "form_errors": bool(form.errors)}
    return render(request, "web/expectation_edit.html", context, status=status)


def _initial(request: HttpRequest, found: types.ExpectationRow | None, now: dt.datetime) -> dict[str, Any]:
    if found is None:
        tag = read_number(request.GET.get("tag", ""))
        return {
            "segment_id": read_number(request.GET.get("segment", "")),
            "tags": [tag] if tag else [],
            "basis": "derived" if tag else "stated",
            "nature": "real",
            "source": "desk" if tag else "survey",
            "source_on": now.date(),
            "review_on": now.date() + _HALF_A_YEAR,
        }
    names = ("title", "segment_id", "detail", "basis", "nature", "importance", "source", "source_note", "source_on")
    return {
        **{name: getattr(found, name) for name in (*names, "credibility", "review_on", "version")},
        "tags": list(found.signals.tags),
        "products": list(found.signals.products),
        "words": ", ".join(found.signals.words),
    }


@require_POST
@needs(policies.EDIT_STANDARDS)
def review(request: HttpRequest, expectation_id: int) -> HttpResponse:
    """Say that somebody has looked whether it still holds."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    queries.expectation(actor=actor, expectation_id=expectation_id, now=now)
    form = forms.ReviewForm(request.POST, auto_id="review_%s")
    status = attempt(
        form,
        lambda given: actions.review_expectation(actor=actor, expectation_id=expectation_id, now=now, **given),
    )
    if status != 200:
        return _show(request, expectation_id, form=form, status=status)
    messages.success(request, "The review is kept.")
    return redirect("web:expectation", expectation_id)
