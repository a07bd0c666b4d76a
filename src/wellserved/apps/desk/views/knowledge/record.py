"""One guideline: read it, write its next version, have it approved, put it in force, retire it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as people
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk
from wellserved.apps.desk.actions import knowledge as actions
from wellserved.apps.desk.forms import knowledge as forms
from wellserved.apps.desk.queries import knowledge as queries
from wellserved.apps.desk.types import Choice
from wellserved.apps.desk.types.knowledge import Content, Effectiveness, GuidelineDetail, Sound
from wellserved.apps.ledger import queries as ledger_queries
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui.formatting import format_percent, format_rate

KIND = "desk.guideline"
APPROVALS = {
    "open": "{who} has been asked to approve the draft.",
    "approved": "{who} has approved the draft. Whoever asked can put it in force.",
    "refused": "{who} has refused the draft. Change it and ask again.",
    "lost": "The draft was altered after it was put to {who}: what was approved holds no longer. Ask again.",
    "over": "The request to approve the draft has run out or was taken back. Ask again.",
    "asked": "A colleague has asked {who} to approve the draft.",
}


@require_GET
@needs(accounts.READ_KNOWLEDGE)
def page(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Show one guideline."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    compare = read_number(request.GET.get("version", ""))
    found = queries.guideline(actor=actor, guideline_id=guideline_id, now=clock.now(), compare=compare)
    effect = queries.effectiveness(actor=actor, guideline_id=guideline_id) if found.row.kind == "procedure" else None
    strip = thread_queries.strip(actor=actor, kind=KIND, record_id=guideline_id)
    context = {
        "g": found,
        "sentence": say_guideline(found),
        "compare": compare,
        "approval": APPROVALS.get(found.approval, "").format(who=found.approver),
        "approvers": _approvers(actor, found),
        "effect": effect,
        "sound": (sound := queries.sound(actor=actor, guideline_id=guideline_id)),
        "sound_said": say_sound(sound),
        "effect_said": say_effect(effect) if effect else "",
        "comments": discussion.comments(actor=actor, subject=(KIND, guideline_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, guideline_id]),
        "history": ledger_queries.history(actor=actor, subject=(KIND, guideline_id))
        if actor.can(accounts.READ_LEDGER)
        else (),
        "strip": {step: list(records) for step, records in strip.links.items()},
    }
    return render(request, "desk/guideline.html", context)


def _approvers(actor: Actor, found: GuidelineDetail) -> tuple[Choice, ...]:
    waits = found.approval in {"open", "approved", "asked"}
    if not found.may_edit or found.draft is None or waits:
        return ()
    return queries.approvers(actor=actor, guideline_id=found.row.id)


def say_guideline(found: GuidelineDetail) -> str:
    """Return how the guideline stands, in one sentence."""
    row = found.row
    if not row.number:
        return "Not in force yet: it stands beside no reply until somebody who has not written it approves it."
    if row.state == "retired":
        return f"Retired: version {row.number} was the last in force."
    read = f" {row.read:,} of {row.concerned:,} concerned have read it." if row.concerned else ""
    if not found.sent:
        return f"Version {row.number} is in force.{read} No reply was written under it yet."
    replies = "reply" if found.sent == 1 else "replies"
    used = f"its text was used in {found.used:,}"
    return f"Version {row.number} is in force.{read} It stood beside {found.sent:,} {replies}; {used}."


def say_sound(sound: Sound) -> str:
    """Return in a sentence how the replies sounded; nothing before the first."""
    if not sound.replies or sound.low is None or sound.high is None:
        return ""
    between = f"{format_percent(sound.low, 0)} to {format_percent(sound.high, 0)}"
    noun = "reply bore" if sound.replies == 1 else "replies bore"
    return f"{format_rate(sound.whole, sound.replies)} {noun} every mark of a good tone, {between}."


def say_effect(effect: Effectiveness) -> str:
    """Return what became of the tickets a procedure was followed on, with n and interval."""
    if not effect.tickets:
        return "It has not been followed on a ticket yet."
    head = f"Followed on {effect.tickets:,} {'ticket' if effect.tickets == 1 else 'tickets'}"
    if not effect.completed or effect.low is None or effect.high is None:
        return f"{head}; to its end on none yet."
    share = format_rate(effect.reopened, effect.completed)
    between = f"{format_percent(effect.low, 0)} to {format_percent(effect.high, 0)}"
    again = f"Opened again afterwards: {share}, 95\N{NO-BREAK SPACE}% interval {between}."
    return f"{head}, to its end on {effect.completed:,}. {again}"


@require_http_methods(["GET", "POST"])
@needs(accounts.EDIT_KNOWLEDGE)
def edit(request: HttpRequest, guideline_id: int | None = None) -> HttpResponse:
    """Write a new guideline, or the next version of one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.guideline(actor=actor, guideline_id=guideline_id, now=now) if guideline_id else None
    content = (found.draft or found.content) if found else Content(roles=("agent",))
    initial = forms.initial_of(content) | {"version": found.version if found else None}
    form = forms.GuidelineForm(request.POST or None, initial=initial, **_offered(actor))
    saved: list[int] = []

    def save(given: dict[str, Any]) -> None:
        made = actions.save_draft(
            actor=actor,
            guideline_id=guideline_id,
            content=form.content(),
            reason=given["reason"],
            version=given["version"],
            now=now,
        )
        saved.append(made)

    status = attempt(form, save) if request.method == "POST" else 200
    if saved:
        messages.success(request, "Draft kept. It holds once somebody else has approved it.")
        return redirect(reverse("desk:guideline", args=saved))
    context = {"form": form, "g": found, "form_errors": bool(form.errors)}
    return render(request, "desk/guideline_edit.html", context, status=status)


def _offered(actor: Actor) -> dict[str, Any]:
    everybody = people.system_actor(world=actor.world)
    return {
        "offered": desk.choices(actor=everybody),
        "teams": [Choice(id=pk, name=name) for pk, name in people.team_choices(actor=everybody)],
        "owners": [Choice(id=person.id, name=person.name) for person in people.staff(actor=everybody)],
    }


def _back(guideline_id: int) -> HttpResponse:
    return redirect(reverse("desk:guideline", args=[guideline_id]))


def _version(request: HttpRequest) -> int | None:
    return read_number(request.POST.get("version", ""))


@require_POST
@needs(accounts.EDIT_KNOWLEDGE)
def ask(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Put the draft to somebody."""
    approver_id = read_number(request.POST.get("approver", ""))
    if approver_id is None:
        raise Invalid("Choose who decides.", code="not_approvers")
    actions.ask(
        actor=request.actor,  # type: ignore[attr-defined]
        guideline_id=guideline_id,
        approver_id=approver_id,
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, "Asked. The request stands under the approver's approvals.")
    return _back(guideline_id)


@require_POST
@needs(accounts.EDIT_KNOWLEDGE)
def put_in_force(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Let what was approved hold."""
    number = actions.put_in_force(
        actor=request.actor,  # type: ignore[attr-defined]
        guideline_id=guideline_id,
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, f"Version {number} is in force and stands beside the replies it applies to.")
    return _back(guideline_id)


@require_POST
@needs(accounts.EDIT_KNOWLEDGE)
def drop_draft(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Throw the draft away."""
    actions.drop_draft(
        actor=request.actor,  # type: ignore[attr-defined]
        guideline_id=guideline_id,
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, "Draft thrown away; what is in force stays.")
    return _back(guideline_id)


@require_POST
@needs(accounts.EDIT_KNOWLEDGE)
def retire(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Let it hold no longer."""
    actions.retire(
        actor=request.actor,  # type: ignore[attr-defined]
        guideline_id=guideline_id,
        reason=request.POST.get("reason", ""),
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, "Retired. It no longer stands beside replies.")
    return _back(guideline_id)


@require_POST
@needs(accounts.READ_KNOWLEDGE)
def attest(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Confirm having read it."""
    number = read_number(request.POST.get("number", ""))
    if number is None:
        raise Invalid("The page did not say which version it showed. Reload it and try again.", code="version_missing")
    actions.attest(
        actor=request.actor,  # type: ignore[attr-defined]
        guideline_id=guideline_id,
        number=number,
        now=clock.now(),
    )
    messages.success(request, "Noted: you have read this version.")
    return _back(guideline_id)
