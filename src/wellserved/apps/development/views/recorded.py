"""What is recorded about the reader: shown, exported, contested; and the answer of whoever is asked."""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import recorded as actions
from wellserved.apps.development.forms import support as forms
from wellserved.apps.development.learning_sentences import say_recorded
from wellserved.apps.development.queries import recorded as queries
from wellserved.apps.development.types.recorded import Recorded
from wellserved.apps.development.views.pages import act, fill
from wellserved.apps.ledger.exports import csv_text
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@needs(READ_STANDARDS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the reader everything recorded about her, who looked, and what she contested."""
    return _page(request)


def _page(request: HttpRequest, *, given: Any = None, status: int = 200) -> HttpResponse:
    found = queries.recorded(actor=actor_of(request), now=clock.now())
    context = {
        "found": found,
        "sentence": say_recorded(found),
        "contested": {(row.kind, row.record_id) for row in found.contests if row.answered_at is None},
        **fill({"form": forms.ContestForm()}, given),
    }
    return render(request, "development/recorded.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def export_json(request: HttpRequest) -> HttpResponse:
    """Send everything recorded about the reader as JSON."""
    found = queries.recorded(actor=actor_of(request), now=clock.now())
    text = json.dumps(dataclasses.asdict(found), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    return _file(text, "application/json", "recorded-about-me.json")


@needs(READ_STANDARDS)
@require_GET
def export_csv(request: HttpRequest) -> HttpResponse:
    """Send everything recorded about the reader as CSV, one line for each part of a record."""
    found = queries.recorded(actor=actor_of(request), now=clock.now())
    head = ("Sort", "Record", "Of", "By", "Part", "Says", "Purpose", "Kept", "Seen by")
    return _file(csv_text(head, _lines(found)), "text/csv; charset=utf-8", "recorded-about-me.csv")


def _lines(found: Recorded) -> Iterator[tuple[object, ...]]:
    for section in found.sections:
        for line in section.lines:
            for part, says in line.parts or (("", ""),):
                shown = (section.label, line.title, line.at.isoformat(), line.by, part, says)
                yield (*shown, section.purpose, section.kept, section.seen_by)
    for look in found.looks:
        yield ("Who looked", look.what, look.viewed_at.isoformat(), look.viewer, "", "", "", "", "")


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs(READ_STANDARDS)
@require_POST
def contest(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with a record."""
    actor = actor_of(request)
    return act(
        request,
        forms.ContestForm(request.POST),
        lambda given: actions.contest(actor=actor, **given, now=clock.now()),
        then=reverse("development:recorded"),
        said="Sent to somebody who did not write it; the answer comes within two weeks.",
        again=_page,
    )


@needs(READ_STANDARDS)
@require_GET
def contest_page(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Show a contest to whoever raised it and whoever answers."""
    return _contest(request, contest_id)


def _contest(request: HttpRequest, contest_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    row = queries.contest(actor=actor, contest_id=contest_id, now=now)
    actions.note_view(actor=actor, kind=actions.CONTEST, record_id=row.id, person_id=row.person_id, now=now)
    context = {
        "row": row,
        "may_answer": row.decider_id == actor.user_id and row.answered_at is None,
        **fill({"form": forms.AnswerForm()}, given),
    }
    return render(request, "development/contest.html", context, status=status)


@needs(READ_STANDARDS)
@require_POST
def answer(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Answer a contest."""
    actor = actor_of(request)
    queries.find_contest(actor=actor, contest_id=contest_id)
    return act(
        request,
        forms.AnswerForm(request.POST),
        lambda given: actions.answer_contest(actor=actor, contest_id=contest_id, **given, now=clock.now()),
        then=reverse("development:contest", args=[contest_id]),
        said="She reads your answer and your reasons.",
        again=_contest,
        arguments=(contest_id,),
    )
