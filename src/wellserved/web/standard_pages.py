"""The register of standards and the page of one: what is promised, how far it is kept, what was said before."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import keeping
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards import queries as clocks
from wellserved.apps.standards.actions import commitments as actions
from wellserved.apps.standards.forms import commitments as forms
from wellserved.apps.standards.queries import commitments as queries
from wellserved.apps.standards.queries import partners as partner_queries
from wellserved.apps.standards.types.commitments import AGREEMENTS, AUDIENCES, StandardDetail, StandardRow
from wellserved.apps.standards.types.measures import DESK, FREQUENCIES, MEASURES, SOURCES
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui.formatting import format_day
from wellserved.web import judging

KIND = "standards.standard"
STATES = {"draft": "", "agreed": "info", "live": "ok", "retired": ""}


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List what is promised, how far each promise was kept, and which reviews are due."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    filters = _filters(request)
    rows, after = queries.register(actor=actor, filters=filters, cursor=request.GET.get("after") or None, now=now)
    everything = queries.in_force(actor=actor, now=now)
    judged = {each.row.id: each for each in judging.judge_all(actor=actor, rows=everything, now=now)}
    due = sum(row.is_review_due for row in everything)
    policies_in_force = [row for row in clocks.policies(actor=actor, now=now) if row.is_active]
    context = {
        "rows": [(row, judged.get(row.id)) for row in rows],
        "sentence": judging.say_register(tuple(judged.values()), due=due),
        "filters": filters,
        "views": queries.VIEWS,
        "audiences": AUDIENCES,
        "agreements": AGREEMENTS,
        "states": STATES,
        "measures": MEASURES,
        "next_url": _next(request, after),
        "is_empty": not everything and not queries.exists(actor=actor),
        "promises": policies_in_force,
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "may_try": actor.can(policies.READ_TICKETS),
    }
    return render(request, "web/standards.html", context)


def _filters(request: HttpRequest) -> queries.Filters:
    view, audience = request.GET.get("view", "in_force"), request.GET.get("audience", "")
    return queries.Filters(
        view=view if view in queries.VIEWS else "in_force",
        audience=audience if audience in AUDIENCES else "",
        search=request.GET.get("q", "").strip()[:100],
    )


def _next(request: HttpRequest, after: str | None) -> str:
    if after is None:
        return ""
    query = request.GET.copy()
    query["after"] = after
    return f"{request.path}?{query.urlencode()}"


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Show one standard."""
    return _show(request, standard_id)


def _show(
    request: HttpRequest,
    standard_id: int,
    *,
    review_form: forms.ReviewForm | None = None,
    reading_form: forms.ReadingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.standard(actor=actor, standard_id=standard_id, now=now)
    row = found.row
    judged = _judged(actor, found, now)
    strip = thread_queries.strip(actor=actor, kind=KIND, record_id=row.id)
    review_form = review_form or forms.ReviewForm(initial={"version": row.version}, auto_id="review_%s")
    reading_form = reading_form or forms.ReadingForm(auto_id="reading_%s")
    measure = MEASURES.get(row.measure)
    linked = thread_queries.links(actor=actor, kind=KIND, record_id=row.id)
    past = keeping.kept_by_week(actor=actor, row=row, now=now) if _is_from_desk(row) else None
    context = {
        "found": found,
        "row": row,
        "answers": row.answers,
        "measure": measure,
        "source": SOURCES.get(row.answers.source, ""),
        "frequency": FREQUENCIES.get(row.answers.frequency, ""),
        "audience": AUDIENCES.get(row.audience, ""),
        "agreement": AGREEMENTS.get(row.audience, ""),
        "partner": dict(partner_queries.names(actor=actor, ids=[row.partner_id])) if row.partner_id else {},
        "sentence": _sentence(row, judged),
        "state_kind": STATES[row.state],
        "judged": judged,
        "past": past,
        "by_week": judging.judge_past(row, past) if past else None,
        "strip": {step: list(records) for step, records in strip.links.items()},
        "linked": linked,
        "comments": discussion.comments(actor=actor, subject=(KIND, row.id)),
        "comment_url": reverse("ledger:comment", args=[KIND, row.id]),
        "takes_readings": row.state == "live" and measure is not None and row.answers.source != DESK,
        "review_form": review_form,
        "reading_form": reading_form,
        "form_errors": bool(review_form.errors or reading_form.errors),
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "may_plan": actor.can(policies.EDIT_PLANS)
        and row.state in {"agreed", "live"}
        and not any(each.verb == "delivers" for each in linked),
    }
    return render(request, "web/standard.html", context, status=status)


def _is_from_desk(row: StandardRow) -> bool:
    return row.state in {"live", "retired"} and row.answers.source == DESK


def _judged(actor: Actor, found: StandardDetail, now: dt.datetime) -> judging.Judged | None:
    if found.row.state not in {"live", "retired"}:
        return None
    return judging.judge_all(actor=actor, rows=[found.row], now=now)[0]


def _sentence(row: StandardRow, judged: judging.Judged | None) -> str:
    if judged is None:
        return {
            "draft": "A draft: nobody is promised this until it is agreed and goes live.",
            "agreed": "Agreed, and not yet in force: no ticket runs its clock until it goes live.",
        }[row.state]
    if row.state == "retired":
        return "Retired: no further ticket comes under it; what was promised before stays here."
    found = judged.standing
    if found is None:
        return f"In the last four months: {judged.words}."
    if not found.promise.total:
        return "In force; nothing has come due under it in the last 30 days."
    share = f"{(found.share or 0) * 100:.1f} % of {found.promise.total:,}"
    if found.promise.total < 20:
        share = f"{found.promise.kept} of {found.promise.total}"
    ends = {
        "pass": "it is kept",
        "fail": "it is not kept",
        "maybe": "too close to call",
        "unknown": "too few to judge",
    }[judged.verdict]
    return f"{share} kept against {(row.answers.target or 0) * 100:g} %: {ends}."


@require_POST
@needs(policies.EDIT_STANDARDS)
def put_live(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Put an agreed standard in force."""
    row = actions.put_live(
        actor=request.actor,  # type: ignore[attr-defined]
        standard_id=standard_id,
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, f"{row.name} is in force from {format_day(row.effective_on)}.")
    return redirect("web:standard", standard_id)


@require_POST
@needs(policies.EDIT_STANDARDS)
def retire(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Promise this to no further ticket."""
    actions.retire(
        actor=request.actor,  # type: ignore[attr-defined]
        standard_id=standard_id,
        reason=request.POST.get("reason", ""),
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "Retired. Tickets already under it keep their clocks.")
    return redirect("web:standard", standard_id)


@require_POST
@needs(policies.EDIT_STANDARDS)
def review(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Say what a review found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.find(actor=actor, standard_id=standard_id)
    form = forms.ReviewForm(request.POST, auto_id="review_%s")
    status = attempt(form, lambda given: actions.review(actor=actor, standard_id=standard_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, standard_id, review_form=form, status=status)
    messages.success(request, "Reviewed.")
    return redirect("web:standard", standard_id)


@require_POST
@needs(policies.EDIT_STANDARDS)
def enter_reading(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Keep a figure from outside the desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.find(actor=actor, standard_id=standard_id)
    form = forms.ReadingForm(request.POST, auto_id="reading_%s")
    status = attempt(
        form, lambda given: actions.enter_reading(actor=actor, standard_id=standard_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, standard_id, reading_form=form, status=status)
    messages.success(request, "The figure is kept.")
    return redirect("web:standard", standard_id)


@require_POST
@needs(policies.EDIT_STANDARDS)
def drop_draft(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Throw away what was not agreed."""
    is_left = actions.drop_draft(
        actor=request.actor,  # type: ignore[attr-defined]
        standard_id=standard_id,
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "The draft is thrown away.")
    return redirect("web:standard", standard_id) if is_left else redirect("web:standards")
