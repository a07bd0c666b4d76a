"""Roles: the register, the wizard that writes a pack, one role with its four documents, and who has it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as accounts_queries
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import actions, queries
from wellserved.apps.people.forms import roles as forms
from wellserved.apps.people.queries import candidates, roles
from wellserved.apps.people.sentences import say_role, say_roles
from wellserved.apps.people.types.packs import TEMPLATES, template
from wellserved.apps.people.types.roles import DOCUMENTS, PARTS, Pack, RoleDetail
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number, refusal_of
from wellserved.platform.ui.formatting import format_day

EVERY_STAFF_ROLE = accounts.READ_STANDARDS
STEPS = tuple(PARTS)
KIND = roles.KIND


@needs(EVERY_STAFF_ROLE)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The roles there are, how many have each, and which pack holds."""
    actor = actor_of(request)
    view, search = request.GET.get("view", ""), request.GET.get("q", "").strip()[:100]
    view = view if view in roles.VIEWS else ""
    rows, after = roles.roles(actor=actor, view=view, search=search, cursor=request.GET.get("after") or None)
    query = request.GET.copy()
    query["after"] = after or ""
    context = {
        "rows": rows,
        "view": view,
        "views": roles.VIEWS,
        "search": search,
        "sentence": say_roles(rows),
        "next_url": f"{request.path}?{query.urlencode()}" if after else "",
        "may_edit": actor.can(accounts.EDIT_PEOPLE),
    }
    return render(request, "people/roles.html", context)


@needs(accounts.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a role, empty or from a template."""
    actor = actor_of(request)
    chosen = template(request.GET.get("from", ""))
    initial = {"name": chosen.name, "starter": chosen.key} if chosen else {}
    form = forms.StartForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        made: list[int] = []
        status = attempt(form, lambda given: made.append(actions.start_role(actor=actor, now=clock.now(), **given)))
        if status == 200:
            return redirect("people:role_part", made[0], STEPS[0])
    context = {"form": form, "templates": TEMPLATES, "form_errors": bool(form.errors), "steps": _steps(None, "")}
    return render(request, "people/role_new.html", context, status=status)


@needs(accounts.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, role_id: int, part: str) -> HttpResponse:
    """Ask for one document of the pack, keep it, and go on or back."""
    actor = actor_of(request)
    found = roles.role(actor=actor, role_id=role_id)
    if part not in PARTS:
        raise NotFound("There is no such part of a pack.", code="role_part")
    if found.row.is_retired:
        raise Conflict("This role is retired; begin a new one.", code="role_retired")
    before = found.draft or found.pack or Pack()
    form = _part_form(actor, part, request.POST or None, before, version=found.row.version)
    status = 200
    if request.method == "POST":
        back = request.POST.get("intent") == "back"
        if back and not form.has_changed():
            return redirect(_neighbour(role_id, part, -1))
        status = attempt(
            form,
            lambda _given: actions.save_pack(
                actor=actor,
                role_id=role_id,
                parts=(part,),
                pack=form.pack(),
                version=form.cleaned_data["version"],
                now=clock.now(),
            ),
        )
        if status == 200:
            return redirect(_neighbour(role_id, part, -1 if back else 1))
    context = {
        "found": found,
        "row": found.row,
        "part": part,
        "question": PARTS[part],
        "form": form,
        "form_errors": bool(form.errors),
        "steps": _steps(role_id, part),
    }
    return render(request, "people/role_part.html", context, status=status)


@needs(EVERY_STAFF_ROLE)
@require_GET
def page(request: HttpRequest, role_id: int) -> HttpResponse:
    """Show a role: its four documents, who has it, who is considered for it."""
    return _role_page(request, role_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def publish(request: HttpRequest, role_id: int) -> HttpResponse:
    """Put the pack being written in force."""
    actor, form = actor_of(request), forms.PublishForm(request.POST)
    roles.find_role(actor=actor, role_id=role_id)
    status = attempt(form, lambda given: actions.publish_role(actor=actor, role_id=role_id, now=clock.now(), **given))
    if status != 200:
        return _role_page(request, role_id, publish_form=form, status=status)
    messages.success(request, "The pack is in force; whoever has the role is asked to read it.")
    return redirect("people:role", role_id)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def drop(request: HttpRequest, role_id: int) -> HttpResponse:
    """Throw away what is being written."""
    version = read_number(request.POST.get("version", ""))
    is_left = actions.drop_role_draft(actor=actor_of(request), role_id=role_id, version=version, now=clock.now())
    messages.success(request, "What was being written is gone.")
    return redirect("people:role", role_id) if is_left else redirect("people:roles")


@needs(accounts.EDIT_PEOPLE)
@require_POST
def retire(request: HttpRequest, role_id: int) -> HttpResponse:
    """Let nobody be given this role any more."""
    actor, form = actor_of(request), forms.PublishForm(request.POST)
    roles.find_role(actor=actor, role_id=role_id)
    status = attempt(form, lambda given: actions.retire_role(actor=actor, role_id=role_id, now=clock.now(), **given))
    if status != 200:
        raise refusal_of(request, form)
    messages.success(request, "The role is retired.")
    return redirect("people:roles")


@needs(EVERY_STAFF_ROLE)
@require_GET
def print_page(request: HttpRequest, role_id: int) -> HttpResponse:
    """Show the four documents of the pack in force, or one of them, for paper."""
    found = roles.role(actor=actor_of(request), role_id=role_id)
    pack = found.pack or found.draft
    only = request.GET.get("only", "")
    shown = (only,) if only in DOCUMENTS else tuple(DOCUMENTS)
    context = {
        "row": found.row,
        "pack": pack,
        "documents": {key: DOCUMENTS[key] for key in shown},
        "every": DOCUMENTS,
        "only": only if only in DOCUMENTS else "",
        "sentence": f"Pack {pack.number} of {found.row.name}, "
        f"as it holds since {format_day(clock.day_of(pack.published_at))}."
        if pack and pack.published_at
        else "A draft: nothing of it holds yet.",
    }
    return render(request, "people/role_print.html", context)


@needs(accounts.EDIT_PEOPLE)
@require_POST
def give(request: HttpRequest, role_id: int) -> HttpResponse:
    """Let somebody have the role, with its induction plan."""
    actor = actor_of(request)
    roles.find_role(actor=actor, role_id=role_id)
    named = read_number(request.POST.get("user_id", ""))
    if named is not None:
        queries.find_colleague(actor=actor, user_id=named)
    form = forms.GiveForm(request.POST, people=accounts_queries.staff(actor=actor), auto_id="give_%s")
    status = attempt(form, lambda given: actions.give_role(actor=actor, role_id=role_id, now=clock.now(), **given))
    if status != 200:
        return _role_page(request, role_id, give_form=form, status=status)
    messages.success(request, "She has the role; the steps of her induction have their days.")
    return redirect("people:profile", form.cleaned_data["user_id"])


@needs(accounts.EDIT_PEOPLE)
@require_POST
def end(request: HttpRequest, holder_id: int) -> HttpResponse:
    """Say until when somebody has the role."""
    actor, form = actor_of(request), forms.EndForm(request.POST)
    holder = roles.find_holder(actor=actor, holder_id=holder_id)
    status = attempt(form, lambda given: actions.end_role(actor=actor, holder_id=holder_id, now=clock.now(), **given))
    if status != 200:
        raise refusal_of(request, form)
    messages.success(request, "Kept: she has the role until then.")
    return redirect("people:role", holder.role_id)


@needs(EVERY_STAFF_ROLE)
@require_POST
def finish_step(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say that a step of an induction is done."""
    user_id = actions.finish_step(actor=actor_of(request), task_id=task_id, now=clock.now())
    messages.success(request, "Done.")
    return redirect("people:profile", user_id)


def _role_page(request: HttpRequest, role_id: int, *, status: int = 200, **with_forms: Form) -> HttpResponse:
    actor = actor_of(request)
    found = roles.role(actor=actor, role_id=role_id)
    may_edit = actor.can(accounts.EDIT_PEOPLE) and not found.row.is_retired
    context: dict[str, Any] = {
        **(_forms(actor, found) if may_edit else {}),
        **with_forms,
        "found": found,
        "row": found.row,
        "pack": found.pack,
        "documents": DOCUMENTS,
        "sentence": say_role(found),
        "candidates": candidates.candidates(actor=actor, role_id=role_id),
        "reads": next((each for each in found.holders if each.user_id == actor.user_id), None),
        "comments": discussion.comments(actor=actor, subject=(KIND, role_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, role_id]),
        "may_edit": may_edit,
        "form_errors": any(form.errors for form in with_forms.values()),
    }
    return render(request, "people/role.html", context, status=status)


def _forms(actor: Actor, found: RoleDetail) -> dict[str, Form]:
    return {
        "publish_form": forms.PublishForm(initial={"version": found.row.version}, auto_id="publish_%s"),
        "give_form": forms.GiveForm(
            people=accounts_queries.staff(actor=actor), initial={"since": clock.day_of(clock.now())}, auto_id="give_%s"
        ),
        "candidate_form": forms.CandidateForm(auto_id="candidate_%s"),
    }


def _part_form(actor: Actor, part: str, given: Any, before: Pack, *, version: int) -> forms.PartForm:
    kind = forms.PARTS[part]
    extra = {"skills": queries.skills(actor=actor)} if part == "person" else {}
    form: forms.PartForm = kind(given, initial=kind.values(before) | {"version": version}, **extra)
    return form


def _steps(role_id: int | None, current: str) -> list[dict[str, str]]:
    at = STEPS.index(current) if current else -1
    return [
        {
            "label": DOCUMENTS[part],
            "url": reverse("people:role_part", args=[role_id, part]) if role_id and place != at else "",
            "state": "current" if place == at else "done" if place < at else "todo",
        }
        for place, part in enumerate(STEPS)
    ]


def _neighbour(role_id: int, part: str, by: int) -> str:
    at = STEPS.index(part) + by
    if not 0 <= at < len(STEPS):
        return reverse("people:role", args=[role_id])
    return reverse("people:role_part", args=[role_id, STEPS[at]])
