"""Today: one sentence, what needs a person now, and whether promises are kept."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk import wording
from wellserved.apps.desk.queries import progress
from wellserved.apps.desk.types import AttentionItem, InboxFilters, PromiseMetric, PromiseSummary
from wellserved.apps.standards.queries import law
from wellserved.platform import clock
from wellserved.platform.http.access import needs, signed_in
from wellserved.web import (
    approvals_due,
    briefings_due,
    contingencies_due,
    customers_due,
    people_due,
    reviews,
    shell,
    standing,
    verdict,
)

SEVERITIES = {1: "bad", 2: "warn", 3: "info"}
MINE = 5


@require_GET
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Show Today; a customer is taken to her own tickets."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.role == Role.CUSTOMER:
        return redirect("web:help_mine")
    if not actor.can(policies.READ_TODAY):
        return redirect("web:standards")
    return render(request, "web/today.html", _context(actor, now=clock.now()))


@require_GET
@needs(policies.READ_TODAY)
def live(request: HttpRequest) -> HttpResponse:
    """Answer the living part of Today alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "web/_today.html", _context(actor, now=clock.now()))


def _context(actor: Actor, *, now: dt.datetime) -> dict[str, Any]:
    summary = desk_queries.promise_summary(actor=actor, now=now)
    standings = tuple(standing.judge(_promise(metric)) for metric in summary.metrics)
    situation = _situation(actor, summary=summary, standings=standings)
    mine = _mine(actor, now=now)
    attention = [
        *contingencies_due.pressing(actor=actor, now=now),
        *(desk_queries.attention(actor=actor, now=now) if actor.can(policies.READ_TICKETS) else ()),
        *customers_due.due(actor=actor, now=now),
        *approvals_due.due(actor=actor, now=now),
        *_law(actor, now=now),
        *reviews.due(actor=actor, now=now),
        *contingencies_due.due(actor=actor, now=now),
        *people_due.due(actor=actor, now=now),
        *briefings_due.due(actor=actor, now=now),
    ]
    return {
        "now": now,
        "verdict": verdict.state_verdict(situation),
        "situation": situation,
        "attention": [
            (item, SEVERITIES.get(item.severity, "info"))
            for item in briefings_due.one_prompt(actor=actor, items=attention)
        ],
        "standings": [s for s in standings if s.promise.total or any(w.total for w in s.promise.weeks)],
        "solutions": desk_queries.latest_solutions(actor=actor, now=now),
        "judged_weeks": any(s.mean is not None for s in standings),
        "mine": mine,
        "primary": _primary(actor, situation=situation, attention=attention),
        "import_url": shell.find_url("imports:imports") if actor.can(policies.IMPORT) else "",
        "sample_url": shell.find_url("demo:load") if actor.can(policies.SETTINGS) else "",
        "may_run": actor.can(policies.RUN_CRISIS),
        "may_work": actor.can(policies.WORK_TICKETS),
    }


def _law(actor: Actor, *, now: dt.datetime) -> list[AttentionItem]:
    """Return the duties of law whose review date has passed, for those who keep the register."""
    titles = law.overdue_reviews(actor=actor, on=now.date()) if actor.can(policies.EDIT_STANDARDS) else ()
    if not titles:
        return []
    count = len(titles)
    return [
        AttentionItem(
            kind="law_review",
            sentence="A duty is past its review date." if count == 1 else f"{count} duties are past their review date.",
            evidence="; ".join(titles[:3]) + (" and others" if count > 3 else ""),
            count=count,
            url=f"{reverse('standards:law')}?overdue=1",
            button="Review them",
            severity=3,
        )
    ]


def _promise(metric: PromiseMetric) -> standing.Promise:
    return standing.Promise(
        key=metric.metric,
        label=metric.label,
        kept=metric.kept,
        total=metric.total,
        target=metric.target,
        weeks=tuple(standing.Week(kept=week.kept, total=week.total) for week in metric.weeks),
    )


def _situation(actor: Actor, *, summary: PromiseSummary, standings: tuple[standing.Standing, ...]) -> verdict.Situation:
    ever = bool(summary.open or summary.total or any(week.total for s in standings for week in s.promise.weeks))
    return verdict.Situation(
        ever=ever or progress.has_tickets(actor=actor),
        open=summary.open,
        overdue=summary.overdue,
        due_soon=summary.due_within_hour,
        unassigned=summary.unassigned,
        policies=summary.policies,
        standings=standings,
    )


def _mine(actor: Actor, *, now: dt.datetime) -> list[Any]:
    if actor.role != Role.AGENT:
        return []
    page = desk_queries.inbox(actor=actor, filters=InboxFilters(view="my_open"), cursor=None, limit=MINE, now=now)
    return [(row, wording.say_due(due_at=row.next_due_at, now=now)) for row in page.rows]


def _primary(actor: Actor, *, situation: verdict.Situation, attention: list[AttentionItem]) -> dict[str, str]:
    """Return the one thing most worth doing from here."""
    inbox = reverse("desk:inbox")
    if not situation.ever:
        return (
            {"label": "Answer your first ticket", "url": reverse("desk:new")}
            if actor.can(policies.WORK_TICKETS)
            else {}
        )
    if not actor.can(policies.READ_TICKETS):
        decide = next((item for item in attention if item.kind == "approval"), None)
        if decide is not None:
            return {"label": "Decide", "url": decide.url}
        return {"label": "Read the standards", "url": reverse("web:standards")}
    if situation.overdue:
        return {"label": _count_label(situation.overdue, "overdue"), "url": f"{inbox}?view=overdue"}
    if situation.due_soon:
        return {"label": _count_label(situation.due_soon, "due soon"), "url": f"{inbox}?view=due_soon"}
    return {"label": "Open the inbox", "url": inbox}


def _count_label(count: int, words: str) -> str:
    return f"Open the one {words}" if count == 1 else f"Open the {count:,} {words}"
