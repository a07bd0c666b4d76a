"""Cases in private: to their parties and their handler, in whatever role, and to nobody else."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import conflicts as actions
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import EVERYBODY
from wellserved.apps.development.queries import conflicts as queries
from wellserved.apps.development.types.conflicts import CASE, STAGES, CaseDetail
from wellserved.apps.development.views.voice_parts import after, next_url
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui.formatting import format_day


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """List one's own cases."""
    actor = actor_of(request)
    rows, cursor = queries.cases(actor=actor, **after(request))
    still = sum(not row.ending for row in rows)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "sentence": f"{still} of your cases {'is' if still == 1 else 'are'} open; nobody but those in a case sees it."
        if rows
        else "You are part of no case; nobody but those in a case sees it.",
    }
    return render(request, "development/cases.html", context)


@require_http_methods(["GET", "POST"])
@needs(EVERYBODY)
def new(request: HttpRequest) -> HttpResponse:
    """Ask somebody to help settle a conflict."""
    actor = actor_of(request)
    people, handlers = queries.colleagues(actor=actor), queries.handlers(actor=actor)
    form = forms.CaseForm(request.POST or None, people=people, handlers=handlers)
    made: list[int] = []
    status = 200
    if request.method == "POST":
        _require_known(request.POST.getlist("party_ids"), people)
        _require_known([request.POST.get("handler_id", "")], handlers)
        status = attempt(form, lambda given: made.append(_open(actor, given)))
    if made:
        messages.success(request, "Opened. Only those in it see it.")
        return redirect("development:case", made[0])
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "development/case_new.html", context, status=status)


def _open(actor: Actor, given: dict[str, Any]) -> int:
    parties = tuple(given.pop("party_ids"))
    return actions.open_case(actor=actor, party_ids=parties, now=clock.now(), **given)


def _require_known(sent: list[str], known: tuple[tuple[int, str], ...]) -> None:
    ids = {pk for pk, _ in known}
    if any((named := read_number(each)) is not None and named not in ids for each in sent):
        raise NotFound("There is no such colleague.", code="colleague_not_found")


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case to those in it."""
    return _show(request, case_id)


@require_POST
@needs(EVERYBODY)
def note(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say something in it."""
    return _with_words(request, case_id, actions.add_note, "text", "Said, to those in this case.")


@require_POST
@needs(EVERYBODY)
def agreement(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write what the parties agree on."""
    return _with_words(request, case_id, actions.write_agreement, "text", "Written. The parties are asked to sign.")


@require_POST
@needs(EVERYBODY)
def decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """Decide it as the arbiter."""
    return _with_words(request, case_id, actions.decide, "decision", "Decided; the case is closed.")


@require_POST
@needs(EVERYBODY)
def settle(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close it as settled by talking."""
    return _with_words(request, case_id, actions.settle, "text", "Settled; the case is closed.")


@require_POST
@needs(EVERYBODY)
def move(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take it to the next stage, with whoever handles that."""
    actor = actor_of(request)
    queries.case(actor=actor, case_id=case_id)
    handlers = queries.handlers(actor=actor)
    _require_known([request.POST.get("handler_id", "")], handlers)
    form = forms.CaseStageForm(request.POST, handlers=handlers)
    status = attempt(form, lambda given: actions.move(actor=actor, case_id=case_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, case_id, form=form, status=status)
    messages.success(request, "Whoever handles it from here has been asked.")
    if form.cleaned_data["handler_id"] == actor.user_id:
        return redirect("development:case", case_id)
    return redirect("development:cases")


@require_POST
@needs(EVERYBODY)
def sign(request: HttpRequest, case_id: int) -> HttpResponse:
    """Sign the agreement as it was read."""
    actor = actor_of(request)
    queries.case(actor=actor, case_id=case_id)
    version = read_number(request.POST.get("version", ""))
    if version is None:
        raise Invalid("Say which wording you have read.", code="version_number")
    is_last = actions.sign(actor=actor, case_id=case_id, version=version, now=clock.now())
    messages.success(request, "Signed by all; the case is closed." if is_last else "Signed.")
    return redirect("development:case", case_id)


def _with_words(request: HttpRequest, case_id: int, work: Callable[..., object], name: str, done: str) -> HttpResponse:
    actor = actor_of(request)
    queries.case(actor=actor, case_id=case_id)
    form = forms.CaseWordsForm(request.POST)
    status = attempt(
        form,
        lambda given: work(
            actor=actor, case_id=case_id, version=given["version"], now=clock.now(), **{name: given["text"]}
        ),
    )
    if status != 200:
        return _show(request, case_id, form=form, status=status)
    messages.success(request, done)
    return redirect("development:case", case_id)


def _show(request: HttpRequest, case_id: int, *, form: Any = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = queries.case(actor=actor, case_id=case_id)
    _note_handler(actor, found)
    handles = found.row.handler_id == actor.user_id and not found.row.ending
    version = {"version": found.row.version}
    after_this = (
        [found.row.stage]
        if found.row.is_deserted
        else list(STAGES)[list(STAGES).index(found.row.stage) + 1 :][:1] or [found.row.stage]
    )
    context = {
        "found": found,
        "row": found.row,
        "handles": handles,
        "may_move": handles or found.row.is_deserted,
        "may_sign": any(party.user_id == actor.user_id and party.signed_at is None for party in found.row.parties)
        and bool(found.agreement)
        and not found.row.ending,
        "words": forms.CaseWordsForm(initial=version, auto_id="words_%s"),
        "agreement_form": forms.CaseWordsForm(initial=version | {"text": found.agreement}, auto_id="agree_%s"),
        "decision_form": forms.CaseWordsForm(initial=version, auto_id="decide_%s"),
        "settle_form": forms.CaseWordsForm(initial=version, auto_id="settle_%s"),
        "stage_form": forms.CaseStageForm(
            initial=version | {"stage": after_this[0], "handler_id": actor.user_id if handles else None},
            handlers=queries.handlers(actor=actor),
            auto_id="stage_%s",
        ),
        "failed": form,
        "form_errors": bool(form and form.errors),
        "sentence": _say(found),
    }
    return render(request, "development/case.html", context, status=status)


def _note_handler(actor: Actor, found: CaseDetail) -> None:
    """Keep for the parties that whoever handles their case opened it; what they read themselves they know."""
    parties = [party.user_id for party in found.row.parties]
    if actor.user_id not in parties:
        looking.note_views(actor=actor, opened=[(CASE, found.row.id, each) for each in parties], now=clock.now())


def _say(found: CaseDetail) -> str:
    row = found.row
    if row.ending:
        closed = format_day(row.closed_at and clock.day_of(row.closed_at))
        return f"{row.stage_name} on {closed}; all of it is deleted after {format_day(row.keep_until)}."
    names = " and ".join(party.name for party in row.parties)
    return f"Between {names}, with {row.handler or 'nobody'}; nobody else sees it."
