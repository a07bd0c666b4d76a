"""The import wizard: choose a file, say what its columns mean, rehearse, carry out, take back."""

import json
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.ledger.exports import csv_text
from wellserved.apps.standards import defaults as standards
from wellserved.integrations.csv import actions, forms, queries, tasks, watching
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import clock, jobs
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.origin import World
from wellserved.science import formats

State = ImportRun.State
UNDER_WAY = frozenset({State.WAITING, State.RUNNING, State.UNDOING})
ENDED = frozenset({State.DONE, State.FAILED})


@needs(accounts.IMPORT)
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Every import with its state and account, and the folders that are watched."""
    return _list_page(request)


@needs(accounts.IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and propose how to read it."""
    form = forms.UploadForm(request.POST, request.FILES) if request.method == "POST" else forms.UploadForm()
    drafted: list[ImportRun] = []

    def draft(given: dict[str, Any]) -> None:
        file = given["file"]
        run, _ = actions.draft(
            actor=actor_of(request),
            data=file.read(),
            filename=file.name,
            system=given["system"] or file.name.split(".")[0],
            time_zone=given["time_zone"],
            now=clock.now(),
        )
        drafted.append(run)

    status = attempt(form, draft) if form.is_bound else 200
    if drafted:
        return redirect("imports:show", run_id=drafted[0].pk)
    return render(request, "imports/upload.html", {"form": form, "form_errors": form.errors}, status=status)


@needs(accounts.IMPORT)
@require_GET
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import: being set up, under way, or done with its account."""
    run = queries.find(run_id)
    if run.state == State.DRAFT:
        return _draft_page(request, run)
    context = {
        "run": run,
        "told": run.account if run.state == State.DONE else {},
        "kept": queries.kept_sentence(run, now=clock.now()) if run.state == State.DONE else "",
        "is_under_way": run.state in UNDER_WAY,
        "refused": list(run.rejected.order_by("row")[:50]),
        "stays": actions.kept_sentence(run_id=run.pk) if run.state in ENDED else "",
        "tickets_url": f"{reverse('desk:inbox')}?view={'all_open' if queries.has_open(run) else 'resolved'}",
    }
    return render(request, "imports/run.html", context)


@needs(accounts.IMPORT)
@require_GET
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far an import is, for the page that waits for it; once it has ended, the page is asked to load anew."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or run.state not in UNDER_WAY:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "imports/progress.html", {"run": run})


@needs(accounts.IMPORT)
@require_POST
def save_mapping(request: HttpRequest, run_id: int) -> HttpResponse:
    """Keep what the columns and words mean, and rehearse with it."""
    run = queries.find(run_id)
    form = forms.MappingForm(request.POST, run=run)
    status = attempt(
        form,
        lambda given: actions.save_mapping(
            run_id=run_id, text=given["text"], system=given["system"], link_template=given["link_template"]
        ),
    )
    if status != 200:
        return _draft_page(request, run, form=form, status=status)
    return redirect(f"{request.path.removesuffix('/mapping')}?rehearse=1#rehearsal")


@needs(accounts.IMPORT)
@require_POST
def mapping_file(request: HttpRequest, run_id: int) -> HttpResponse:
    """Put a mapping written elsewhere in place of this one."""
    run = queries.find(run_id)
    form = forms.MappingFileForm(request.POST, request.FILES)
    status = attempt(
        form,
        lambda given: actions.save_mapping(run_id=run_id, text=given["text"], link_template=run.link_template),
    )
    if status != 200:
        return _draft_page(request, run, file_form=form, status=status)
    messages.success(request, "The mapping is in place.")
    return redirect(f"{request.path.removesuffix('/mapping-file')}?rehearse=1#rehearsal")


@needs(accounts.IMPORT)
@require_GET
def download_mapping(_request: HttpRequest, run_id: int) -> HttpResponse:
    """Hand out the mapping file, to keep and to use again."""
    run = queries.find(run_id)
    text = formats.Mapping.from_json(json.dumps(run.mapping)).to_json()
    return _file(text, name=f"{run.system}-mapping.json", kind="application/json")


@needs(accounts.IMPORT)
@require_GET
def rejected(_request: HttpRequest, run_id: int) -> HttpResponse:
    """Hand out the refused rows with their reasons, safe to open in a spreadsheet."""
    run = queries.find(run_id)
    columns = run.account.get("columns", ()) if run.state == State.DRAFT else ()
    text = csv_text(["row", "line", "reason", *columns], queries.refused(run))
    return _file(text, name=f"import-{run.pk}-refused-rows.csv", kind="text/csv")


@needs(accounts.IMPORT)
@require_POST
def start(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let the worker carry the import out."""
    actor, now = actor_of(request), clock.now()
    form = forms.StartForm(request.POST)
    form.is_valid()
    wants = form.cleaned_data["wants_standards"]
    try:
        with transaction.atomic():
            actions.request_start(actor=actor, run_id=run_id, now=now, wants_standards=wants)
            jobs.enqueue(tasks.PERFORM, now=now, import_id=run_id, actor_id=actor.user_id)
    except Invalid as wrong:
        return _draft_page(request, queries.find(run_id), problem=wrong.sentence, status=wrong.status)
    return redirect("imports:show", run_id=run_id)


@needs(accounts.IMPORT)
@require_POST
def discard(request: HttpRequest, run_id: int) -> HttpResponse:
    """Throw a draft away with its file."""
    actions.discard(run_id=run_id)
    messages.success(request, "The file is deleted; nothing was imported.")
    return redirect("imports:imports")


@needs(accounts.IMPORT)
@require_POST
def undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let the worker take the import back."""
    actor, now = actor_of(request), clock.now()
    with transaction.atomic():
        actions.request_undo(run_id=run_id)
        jobs.enqueue(tasks.UNDO, now=now, import_id=run_id, actor_id=actor.user_id)
    messages.success(request, f"The import is being taken back. {actions.kept_sentence(run_id=run_id)}".strip())
    return redirect("imports:imports")


# A folder is read with the server's own rights, so naming one is for administrators.
@needs(accounts.SETTINGS)
@require_POST
def add_watch(request: HttpRequest) -> HttpResponse:
    """Keep in step with the exports in a folder."""
    form = forms.WatchForm(request.POST)
    status = attempt(form, lambda given: watching.add(actor=actor_of(request), now=clock.now(), **given))
    if status != 200:
        return _list_page(request, watch_form=form, status=status)
    messages.success(request, "The folder is watched: new files in it are imported within a minute.")
    return redirect("imports:imports")


@needs(accounts.SETTINGS)
@require_POST
def stop_watch(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Watch a folder no longer."""
    watching.stop(watch_id=watch_id)
    messages.success(request, "The folder is no longer watched; what came from it stays.")
    return redirect("imports:imports")


def _list_page(request: HttpRequest, *, watch_form: forms.WatchForm | None = None, status: int = 200) -> HttpResponse:
    rows = queries.runs()
    done = [row for row in rows if row.state == State.DONE]
    context = {
        "runs": rows,
        "watches": queries.watches(),
        "may_watch": actor_of(request).can(accounts.SETTINGS),
        "watch_form": watch_form or forms.WatchForm(),
        "form_errors": watch_form.errors if watch_form else {},
        "cases": sum(row.account.get("cases", 0) for row in done),
        "done": len(done),
        "is_under_way": any(row.state in UNDER_WAY for row in rows),
    }
    return render(request, "imports/imports.html", context, status=status)


def _draft_page(
    request: HttpRequest,
    run: ImportRun,
    *,
    form: forms.MappingForm | None = None,
    file_form: forms.MappingFileForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    form = form or forms.MappingForm(run=run)
    refused: django_forms.Form = file_form if file_form is not None else form
    rehearsal = None
    if request.GET.get("rehearse"):
        try:
            rehearsal = queries.rehearsal(run)
        except Invalid as wrong:
            problem = wrong.sentence
    context = {
        "run": run,
        "form": form,
        "file_form": file_form or forms.MappingFileForm(initial={"text": form.given.to_json()}),
        "refused_form": refused,
        "form_errors": refused.errors if refused.is_bound else {},
        "start_form": None if standards.is_promised(world=World.REAL) else forms.StartForm(),
        "rehearsal": rehearsal,
        "problem": problem,
        "confidence": run.account.get("confidence", {}),
    }
    return render(request, "imports/draft.html", context, status=status)


def _file(text: str, *, name: str, kind: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": disposition or ""})
