"""One complaint with its one next step."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import wording
from wellserved.apps.desk.forms import complaints as forms
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.desk.types.complaints import (
    STAGE_MOVES,
    ComplaintDetail,
    Stage,
)
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.types.law import NOT_ADVICE
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.ui.formatting import format_day, format_weekday

STATE_TONES = {
    "running": "info",
    "passed": "bad",
    "waiting": "",
    "met": "ok",
    "late": "bad",
    "gone": "",
    "extended": "",
}
STATE_WORDS = {
    "running": "running",
    "passed": "passed",
    "waiting": "waits for the customer",
    "met": "met",
    "late": "met too late",
    "gone": "no longer open",
    "extended": "extended",
}


@require_GET
@needs(accounts.READ_COMPLAINTS)
def page(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Show one complaint."""
    actor, now = actor_of(request), clock.now()
    found = queries.complaint(actor=actor, complaint_id=complaint_id, now=now)
    return render(request, "desk/complaint.html", _context(actor, found, now=now))


def _context(actor: Actor, found: ComplaintDetail, *, now: dt.datetime) -> dict[str, Any]:
    base = {"version": found.version}
    waits = sorted({wait for rule in found.pack.rules.clocks for wait in rule.waits})
    record = {f"record_{key}": value for key, value in found.record.items()} | {"summary": found.summary}
    decision = {name: getattr(found, name) for name in ("answer", "lessons")}
    strip = thread_queries.strip(actor=actor, kind="desk.complaint", record_id=found.row.id)
    return {
        "c": found,
        "now": now,
        "sentence": say_complaint(found),
        "primary": _primary(found),
        "early": _early(found),
        "urgent": next((c for c in found.clocks if c.state == "passed" and c.letter), None),
        "moves": STAGE_MOVES.get(Stage(found.row.stage), ()),
        "state_tones": STATE_TONES,
        "state_words": STATE_WORDS,
        "said": queries.said(actor=actor, complaint_id=found.row.id),
        "people_form": people_form(actor, found) if found.may_assign else None,
        "decision_form": forms.DecisionForm(
            initial=base | decision | {"outcome": found.row.outcome, "cause": found.row.cause}, auto_id="decide_%s"
        ),
        "remedy_form": forms.RemedyForm(initial=base, auto_id="remedy_%s"),
        "wait_form": forms.WaitForm(initial=base, waits=waits, auto_id="wait_%s") if waits else None,
        "outside_form": forms.OutsideForm(initial=base, auto_id="outside_%s"),
        "outside_close_form": forms.OutsideDecisionForm(initial=base, auto_id="outcome_%s"),
        "record_form": forms.RecordForm(
            initial=base | record, wanted=found.pack.rules.record_fields, auto_id="record_%s"
        ),
        "comments": discussion.comments(actor=actor, subject=("desk.complaint", found.row.id)),
        "comment_url": reverse("ledger:comment", args=["desk.complaint", found.row.id]),
        "history": ledger_queries.history(actor=actor, subject=("desk.complaint", found.row.id)),
        "strip": {step: list(records) for step, records in strip.links.items()},
        "not_advice": NOT_ADVICE,
        "wording": wording,
    }


def people_form(actor: Actor, found: ComplaintDetail, *, data: Any = None) -> forms.PeopleForm:
    """Return the form of who handles and who reviews, with those who may."""
    known = [person for person in queries.handlers(actor=actor) if person.id != found.reviewer_id]
    offered = list(queries.reviewers(actor=actor, complaint_id=found.row.id))
    if found.reviewer_id and found.reviewer_id not in {person.id for person in offered}:
        offered += [person for person in queries.handlers(actor=actor) if person.id == found.reviewer_id]
    return forms.PeopleForm(
        data,
        initial={
            "handler": found.handler_id,
            "reviewer": found.reviewer_id,
            "is_restricted": found.row.is_restricted,
            "version": found.version,
        },
        handlers=known,
        reviewers=offered,
        auto_id="people_%s",
    )


def say_complaint(found: ComplaintDetail) -> str:
    """Return where a complaint stands, in one sentence."""
    row = found.row
    if row.closed_at:
        how = found.outcome_name.lower() or "without a decision of ours"
        return f"Closed on {format_day(clock.day_of(row.closed_at))}, {how}."
    if found.waiting_for:
        return f"{row.stage_name}: the law's clock waits for {forms.WAIT_WORDS[found.waiting_for].lower()}."
    if row.next_due_on is None:
        return f"{row.stage_name}: no clock of the law runs now."
    running = next((c for c in found.clocks if c.due_on == row.next_due_on and c.stopped_on is None), None)
    days = running.days_left if running and running.days_left is not None else 0
    when = f"{days} days left" if days > 1 else "one day left" if days == 1 else "today is the last day"
    if days < 0:
        when = f"{-days} days past" if days < -1 else "one day past"
    return f"{row.stage_name}: {row.next_clock.lower()} by {format_weekday(row.next_due_on)}, {when}."


def _primary(found: ComplaintDetail) -> dict[str, str]:
    """Return the one next step of the stage."""
    if not found.may_work or found.row.stage == Stage.CLOSED:
        return {"label": "Open complaints", "url": reverse("desk:complaints")}
    is_answered = any(letter.state == "sent" and letter.role in {"final", "early"} for letter in found.letters)
    decide = {"label": "Decide", "url": "#decide"}
    steps = {
        Stage.ACKNOWLEDGEMENT: _write(found, "acknowledgement", "Acknowledge"),
        Stage.ASSESSMENT: {"label": "Investigate", "move": Stage.INVESTIGATION.value},
        Stage.INVESTIGATION: decide,
        Stage.REVIEW: decide,
        Stage.RESPONSE: _write(found, "final", "Write the answer"),
        Stage.OUTSIDE: {"label": "Record the decision", "url": "#outside"},
    }
    if found.row.stage == Stage.RESPONSE and is_answered:
        return {"label": "Close the complaint", "move": Stage.CLOSED.value} if found.row.outcome else decide
    return steps[Stage(found.row.stage)] or decide


def _write(found: ComplaintDetail, role: str, label: str) -> dict[str, str]:
    for letter in found.letters:
        if letter.role == role:
            return {"label": label, "url": reverse("desk:complaint_letter", args=[found.row.id, letter.key])}
    return {}


def _early(found: ComplaintDetail) -> dict[str, Any] | None:
    """Return the early route while it is open: its letter and its last day."""
    if not found.may_work or found.row.stage in {Stage.RESPONSE, Stage.REVIEW, Stage.OUTSIDE, Stage.CLOSED}:
        return None
    titles = {letter.key: letter.title for letter in found.letters if letter.role == "early"}
    for clock_ in found.clocks:
        if clock_.is_route and clock_.state == "running" and clock_.letter in titles:
            url = reverse("desk:complaint_letter", args=[found.row.id, clock_.letter])
            return {"title": titles[clock_.letter], "url": url, "due_on": clock_.due_on, "sentence": clock_.sentence}
    return None
