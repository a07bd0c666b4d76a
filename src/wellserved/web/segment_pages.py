"""Segments of customers: who belongs, what they say they expect, and what their tickets say."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.queries import segments as desk
from wellserved.apps.desk.types import Kind
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import cards
from wellserved.apps.standards.actions import expectations as actions
from wellserved.apps.standards.forms import offer as forms
from wellserved.apps.standards.queries import expectations as queries
from wellserved.apps.standards.types import offer as types
from wellserved.apps.standards.types.segment_starters import SEGMENT_STARTERS, SegmentStarter
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.science.statistics import Interval, wilson

KIND = "standards.segment"
_SHOWN_CUSTOMERS = 8
_STARTER_REVIEW = dt.timedelta(days=90)


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the segments, each with how many customers belong to it now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    search = request.GET.get("q", "").strip()[:100]
    rows, after = queries.segments(
        actor=actor, search=search, cursor=request.GET.get("after") or None, limit=25, now=now
    )
    sizes = desk.sizes(actor=actor, rules={row.id: row.rule for row in rows})
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": [(row, sizes[row.id]) for row in rows],
        "sentence": _say_register(rows, sizes),
        "who": types.WHO,
        "search": search,
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "starters": SEGMENT_STARTERS,
    }
    return render(request, "web/segments.html", context)


def _say_register(rows: Sequence[types.SegmentRow], sizes: Mapping[int, int]) -> str:
    if not rows:
        return "Whoever serves everybody alike serves few well: begin with those who differ most."
    silent = sum(row.is_active and not row.expectations for row in rows)
    inside = sum(row.is_internal for row in rows)
    said = f"{len(rows)} segments on this page, {inside} of them inside the house; {sum(sizes.values()):,} memberships."
    return f"{said} Of {silent} nobody has written down what they expect." if silent else said


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Show one segment: stated importance, derived importance and complaints side by side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    row = queries.segment(actor=actor, segment_id=segment_id, now=now)
    expected = queries.of_segments(actor=actor, segment_ids=[row.id], now=now).get(row.id, ())
    voice = desk.voice(actor=actor, rule=row.rule, signals={each.id: each.signals for each in expected}, now=now)
    size = desk.sizes(actor=actor, rules={row.id: row.rule})[row.id]
    may_see = actor.can(policies.READ_CUSTOMERS)
    named = desk.names(
        actor=actor, wanted={name: getattr(row.rule, name) for name in ("organisations", "tags", "products")}
    )
    context = {
        "row": row,
        "size": size,
        "compared": compare(expected, voice),
        "voice": voice,
        "sentence": _say(size, expected, voice),
        "rule": _say_rule(row.rule, named),
        "customers": desk_queries.customers(actor=actor, rule=row.rule, limit=_SHOWN_CUSTOMERS).rows if may_see else (),
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=row.id),
        "comments": discussion.comments(actor=actor, subject=(KIND, row.id)),
        "comment_url": reverse("ledger:comment", args=[KIND, row.id]),
        "card": cards.show(actor=actor, key="customers-and-needs", now=now),
        "words": types,
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "may_see": may_see,
    }
    return render(request, "web/segment.html", context)


def compare(expected: Iterable[types.ExpectationRow], voice: desk.Voice) -> list[dict[str, Any]]:
    """Return each expectation with its place by what is said, by the tickets and by the complaints."""
    rows = list(expected)
    by_word = _places({row.id: row.importance for row in rows})
    # Places are compared only among those that tickets can tell of.
    among = _places({row.id: row.importance for row in rows if row.signals})
    by_ticket = _places({row.id: voice.of[row.id].tickets for row in rows if row.signals})
    shares = _shares({row.id: voice.of[row.id].tickets for row in rows if row.signals}, voice.all.tickets)
    ranks = _ranks(shares)
    by_complaint = _places({row.id: voice.of[row.id].complaints for row in rows if row.signals})
    return [
        {
            "row": row,
            "stated": by_word[row.id],
            "derived": by_ticket.get(row.id),
            "share": shares.get(row.id),
            "rank": ranks.get(row.id, ""),
            "complained": by_complaint.get(row.id),
            "heard": voice.of[row.id],
            "gap": _gap(among.get(row.id), by_ticket.get(row.id)),
        }
        for row in rows
    ]


def _places(values: Mapping[int, int]) -> dict[int, int]:
    """Return places from 1, equals sharing the better one; nothing heard has no place."""
    order = sorted((value for value in values.values() if value), reverse=True)
    return {pk: order.index(value) + 1 for pk, value in values.items() if value}


def _shares(counts: Mapping[int, int], total: int) -> dict[int, Interval[float]]:
    """Return by expectation between which bounds the share of tickets that tell of it lies, at 95 %."""
    return {pk: wilson(count, total) for pk, count in counts.items()} if total else {}


def _ranks(shares: Mapping[int, Interval[float]]) -> dict[int, str]:
    """Return the places an expectation may have: two whose shares overlap have no order.

    >>> _ranks({1: Interval(0.3, 0.4), 2: Interval(0.1, 0.2), 3: Interval(0.15, 0.25)})
    {1: '1', 2: '2 to 3', 3: '2 to 3'}
    """
    found = {}
    for pk, own in shares.items():
        first = 1 + sum(other.low > own.high for other in shares.values())
        last = len(shares) - sum(other.high < own.low for other in shares.values())
        found[pk] = f"{first}" if first == last else f"{first} to {last}"
    return found


def _gap(stated: int | None, derived: int | None) -> str:
    if stated is None or derived is None:
        return ""
    if derived < stated:
        return "matters more than they say"
    return "said more than shown" if derived > stated else "as they say"


def _say(size: int, expected: Sequence[types.ExpectationRow], voice: desk.Voice) -> str:
    said = (
        f"{size:,} customers belong to it now; they opened {voice.all.tickets:,} tickets in the last {desk.DAYS} days."
    )
    if not expected:
        return f"{said} Nobody has written down yet what they expect."
    more = [each for each in compare(expected, voice) if each["gap"] == "matters more than they say"]
    if more:
        first = min(more, key=lambda each: each["derived"])
        return f"{said} “{first['row'].title}” matters more in their tickets than they say."
    return said


def _say_rule(rule: types.Rule, named: Mapping[str, Sequence[str]]) -> str:
    parts = [types.WHO[rule.who]]
    if named.get("organisations"):
        parts.append(f"of {', '.join(named['organisations'])}")
    if rule.kinds:
        parts.append(f"with a ticket of type {', '.join(str(Kind(kind).label).lower() for kind in rule.kinds)}")
    if named.get("tags"):
        parts.append(f"with a ticket tagged {', '.join(named['tags'])}")
    if named.get("products"):
        parts.append(f"with a ticket about {', '.join(named['products'])}")
    return ", ".join(parts)


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, segment_id: int | None = None) -> HttpResponse:
    """Describe a segment, from nothing or from a template."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.segment(actor=actor, segment_id=segment_id, now=now) if segment_id else None
    starter = next((each for each in SEGMENT_STARTERS if each.key == request.GET.get("from")), None)
    form = forms.SegmentForm(
        request.POST or None,
        initial=_initial(found, starter),
        offered=desk.offered(actor=actor),
        kinds=Kind.choices,
        staff=[(person.id, person.name) for person in accounts.staff(actor=actor)],
        starters=_starters(starter) if found is None else (),
    )
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(form, lambda given: saved.append(_save(actor, form, segment_id, starter, given, now=now)))
        if status == 200:
            messages.success(request, "The segment is saved. Who belongs to it follows from the rule.")
            return redirect("web:segment", saved[0])
    context = {
        "form": form,
        "found": found,
        "starter": starter,
        "starters": SEGMENT_STARTERS,
        "form_errors": bool(form.errors),
    }
    return render(request, "web/segment_edit.html", context, status=status)


def _starters(starter: SegmentStarter | None) -> list[tuple[int, str]]:
    return [(at, title) for at, (title, _) in enumerate(starter.expectations)] if starter else []


def _initial(found: types.SegmentRow | None, starter: SegmentStarter | None) -> dict[str, Any]:
    rule = found.rule if found else starter.rule if starter else types.Rule()
    initial = {name: list(value) if isinstance(value, list) else value for name, value in rule.as_data().items()}
    if found:
        initial |= {name: getattr(found, name) for name in ("name", "description", "owner_id", "review_on", "version")}
    elif starter:
        initial |= {"name": starter.label, "description": starter.description}
        initial["starters"] = list(range(len(starter.expectations)))
    return initial


def _save(
    actor: Actor,
    form: forms.SegmentForm,
    segment_id: int | None,
    starter: SegmentStarter | None,
    given: dict[str, Any],
    *,
    now: dt.datetime,
) -> int:
    saved = actions.save_segment(
        actor=actor,
        segment_id=segment_id,
        rule=form.rule(),
        now=now,
        **{name: given[name] for name in ("name", "description", "owner_id", "review_on", "version")},
    )
    for at in given["starters"] if starter else ():
        title, importance = starter.expectations[at]  # type: ignore[union-attr]
        actions.save_expectation(
            actor=actor,
            expectation_id=None,
            title=title,
            segment_id=saved,
            basis="stated",
            nature="perceived",
            importance=importance,
            source="staff",
            source_note="A template, not yet confirmed",
            source_on=now.date(),
            credibility=1,
            review_on=now.date() + _STARTER_REVIEW,
            now=now,
        )
    return saved
