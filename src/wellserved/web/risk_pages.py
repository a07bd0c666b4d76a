"""Risks: the register ranked by expected loss with its matrix, one risk with its figures, what usually goes wrong."""

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import readings
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards.actions import risks as actions
from wellserved.apps.standards.forms import risks as forms
from wellserved.apps.standards.queries import contingencies
from wellserved.apps.standards.queries import risks as queries
from wellserved.apps.standards.types.risks import (
    IMPACTS,
    LIKELIHOODS,
    THRESHOLD_LOSS,
    THRESHOLD_SCORE,
    Category,
    Proximity,
    RiskDetail,
    RiskSummary,
)
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui import formatting
from wellserved.web import fitting, risk_prompts

TONES = {"uncovered": "bad", "unrehearsed": "warn", "covered": "ok", "below": "", "closed": ""}
_HALF_A_YEAR = dt.timedelta(days=182)
_SCALES = {
    "threshold_score": THRESHOLD_SCORE,
    "threshold_loss": THRESHOLD_LOSS,
    "likelihoods": [(place, words) for place, _, words in LIKELIHOODS],
    "impacts": [(place, words) for place, _, _, words in IMPACTS],
    "categories": dict(Category.choices),
    "proximities": dict(Proximity.choices),
    "tones": TONES,
}


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List the risks, the costliest first, with the matrix beside them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("view", "category", "q", "at")}
    view = given["view"] if given["view"] in queries.VIEWS else "open"
    category = given["category"] if given["category"] in Category.values else ""
    rows, after = queries.register(
        actor=actor,
        view=view,
        category=category,
        search=given["q"],
        cell=_cell(given["at"]),
        cursor=request.GET.get("after") or None,
        now=now,
    )
    summary = queries.summary(actor=actor, now=now)
    query = request.GET.copy()
    query["after"] = after or ""
    context = _SCALES | {
        "rows": rows,
        "summary": summary,
        "matrix": list(reversed(list(enumerate(summary.matrix.cells, start=1)))),
        "sentence": _say_register(summary),
        "views": queries.VIEWS,
        "filters": {"view": view, "category": category, "q": given["q"], "at": given["at"]},
        "is_filtered": any(given.values()),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/risks.html", context)


def _cell(given: str) -> tuple[int, int] | None:
    """Return likelihood and impact of a cell such as "4x3"."""
    likelihood, _, impact = given.partition("x")
    pair = read_number(likelihood), read_number(impact)
    return (pair[0], pair[1]) if pair[0] in range(1, 6) and pair[1] in range(1, 6) else None  # type: ignore[return-value]


def _say_register(summary: RiskSummary) -> str:
    if not summary.total:
        return "What could go wrong, what it may cost, and what we do then: begin with what usually goes wrong."
    loss = formatting.format_money(summary.expected_loss)
    count = "The one open risk costs" if summary.total == 1 else f"The {summary.total:,} open risks cost"
    said = f"{count} an expected {loss} a year"
    if not summary.pressing:
        return f"{said}; none stands at or above the threshold."
    if not summary.uncovered:
        return f"{said}; each of the {summary.pressing:,} at or above the threshold has a rehearsed playbook."
    return (
        f"{said}; {summary.uncovered:,} of {summary.pressing:,} at or above the threshold have no rehearsed playbook."
    )


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Show one risk."""
    return _show(request, risk_id)


def _show(
    request: HttpRequest, risk_id: int, *, form: forms.ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.risk(actor=actor, risk_id=risk_id, now=now)
    may_edit = actor.can(policies.EDIT_STANDARDS) and found.row.is_open
    answer = forms.AnswerForm(
        playbooks=contingencies.choices(actor=actor) if may_edit else (),
        initial={"playbooks": [playbook.id for playbook in found.playbooks]},
    )
    form = form or forms.ReasonForm()
    context = _SCALES | {
        "found": found,
        "row": found.row,
        "sentence": _say(found),
        "tone": TONES[found.row.standing],
        "answer_form": answer,
        "has_playbooks": bool(answer.fields["playbooks"].choices),  # type: ignore[attr-defined]
        "form": form,
        "form_errors": bool(form.errors),
        "fit": fitting.risk(actor=actor, found=found),
        "linked": thread_queries.links(actor=actor, kind=actions.KIND, record_id=risk_id),
        "comments": discussion.comments(actor=actor, subject=(actions.KIND, risk_id)),
        "comment_url": reverse("ledger:comment", args=[actions.KIND, risk_id]),
        "may_edit": may_edit,
    }
    return render(request, "web/risk.html", context, status=status)


def _say(found: RiskDetail) -> str:
    row = found.row
    if not row.is_open:
        return f"Closed: {found.closed_because}"
    said = (
        f"It costs an expected {formatting.format_money(row.expected_loss)} a year, and one year in ten more than "
        f"{formatting.format_money(row.p90_loss)}."
    )
    ways = {
        "uncovered": "It stands at or above the threshold and has no playbook: write one and rehearse it.",
        "unrehearsed": "It stands at or above the threshold and its playbook is not rehearsed: rehearse it.",
        "covered": "Its playbook is rehearsed.",
        "below": "It stands below the threshold.",
    }
    return f"{said} {ways[row.standing]}"


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, risk_id: int | None = None) -> HttpResponse:
    """Assess a risk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.risk(actor=actor, risk_id=risk_id, now=now) if risk_id else None
    initial = _initial(found, now) if found else _from_prompt(request, actor, now)
    form = forms.RiskForm(request.POST or None, initial=initial, people=_people(actor))
    status = 200
    if request.method == "POST":
        saved: list[int] = []
        status = attempt(form, lambda given: saved.append(_save(actor, risk_id, form, given["version"], now)))
        if status == 200:
            messages.success(request, "The risk is assessed.")
            return redirect("web:risk", saved[0])
    rows = [[form[f"{name}_{at}"] for name in ("control", "fewer", "smaller", "cost")] for at in range(forms.CONTROLS)]
    context = {"form": form, "found": found, "controls": rows, "form_errors": bool(form.errors)}
    return render(request, "web/risk_edit.html", context, status=status)


def _save(actor: Actor, risk_id: int | None, form: forms.RiskForm, version: int | None, now: dt.datetime) -> int:
    return actions.save_risk(
        actor=actor,
        risk_id=risk_id,
        facts=form.facts(),
        seed=secrets.randbits(32),
        version=version,
        now=now,
    )


def _people(actor: Actor) -> list[tuple[str, str]]:
    return [(str(person.id), person.name) for person in accounts.staff(actor=actor)]


def _from_prompt(request: HttpRequest, actor: Actor, now: dt.datetime) -> dict[str, Any]:
    """Return what a new risk begins with: the prompt somebody chose, or nothing but a day to review it."""
    initial: dict[str, Any] = {"review_on": (now + _HALF_A_YEAR).date()}
    chosen = request.GET.get("from", "")
    if chosen not in Category.values:
        return initial
    for prompt in risk_prompts.prompts(readings.past_year(actor=actor, now=now)):
        if prompt.key == chosen:
            initial |= {
                "title": prompt.title,
                "category": prompt.key,
                "description": prompt.evidence,
                "trigger": prompt.trigger,
                "likelihood": prompt.likelihood,
            }
    return initial


def _initial(found: RiskDetail, now: dt.datetime) -> dict[str, Any]:
    row, given = found.row, found.assessment
    initial: dict[str, Any] = {
        "title": row.title,
        "category": row.category,
        "description": found.description,
        "events_a_year": given.events_a_year,
        "loss_low": given.loss_low,
        "loss_mode": given.loss_mode,
        "loss_high": given.loss_high,
        "customers": given.customers,
        "proximity": row.proximity,
        "trigger": row.trigger,
        "owner_id": row.owner_id,
        "review_on": row.review_on if row.review_on > now.date() else (now + _HALF_A_YEAR).date(),
        "version": row.version,
    }
    for at, control in enumerate(given.controls[: forms.CONTROLS]):
        initial |= {
            f"control_{at}": control.words,
            f"fewer_{at}": round(control.fewer * 100, 1),
            f"smaller_{at}": round(control.smaller * 100, 1),
            f"cost_{at}": control.cost,
        }
    return initial


@require_GET
@needs(policies.EDIT_STANDARDS)
def usual(request: HttpRequest) -> HttpResponse:
    """Show what usually goes wrong, with what last year says of it here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    past = readings.past_year(actor=actor, now=clock.now())
    found = risk_prompts.prompts(past)
    known = queries.named(actor=actor)
    seen = sum(prompt.is_from_data for prompt in found)
    sentence = (
        f"Last year's {past.weeks} weeks here have seen {seen} of these {len(found)}; start from any of them."
        if past.weeks
        else "There is no past year to look at yet; start from any of these."
    )
    context = {"prompts": found, "known": known, "sentence": sentence}
    return render(request, "web/risk_prompts.html", context)


@require_POST
@needs(policies.EDIT_STANDARDS)
def answer(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Choose the playbooks that answer a risk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = [number for text in request.POST.getlist("playbooks") if (number := read_number(text))]
    actions.answer(actor=actor, risk_id=risk_id, playbook_ids=chosen, now=clock.now())
    messages.success(request, "The playbooks are attached.")
    return redirect("web:risk", risk_id)


@require_POST
@needs(policies.EDIT_STANDARDS)
def close(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Say that it is no longer a risk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = forms.ReasonForm(request.POST)
    status = attempt(form, lambda given: actions.close_risk(actor=actor, risk_id=risk_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, risk_id, form=form, status=status)
    messages.success(request, "Closed.")
    return redirect("web:risk", risk_id)
