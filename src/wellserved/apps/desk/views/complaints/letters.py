"""A letter beside its checklist."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.forms import complaints as forms
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.standards.types.law import NOT_ADVICE
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt


@require_http_methods(["GET", "POST"])
@needs(accounts.WORK_TICKETS)
def letter(request: HttpRequest, complaint_id: int, key: str) -> HttpResponse:
    """Write a letter beside its checklist; send it once it says what it must."""
    actor, now = actor_of(request), clock.now()
    found = queries.complaint(actor=actor, complaint_id=complaint_id, now=now)
    given = request.POST if request.method == "POST" else None
    ticks = {name.removeprefix("tick_"): str(text) for name, text in request.POST.items() if name.startswith("tick_")}
    form = forms.LetterForm(given, initial={"version": found.version})
    status = 200
    if given is not None:

        def work(said: dict[str, Any]) -> None:
            common: dict[str, Any] = {
                "actor": actor,
                "complaint_id": complaint_id,
                "key": key,
                "ticks": ticks,
                "now": now,
            }
            if given.get("do") == "send":
                actions.send_letter(**common, **said)
            else:
                actions.save_letter(**common, body=said["body"])

        status = attempt(form, work)
        if status == 200:
            sent = given.get("do") == "send"
            messages.success(request, "Sent. Its copy is kept." if sent else "Draft kept.")
            return redirect("desk:complaint", complaint_id) if sent else redirect(request.path)
    draft = queries.letter_draft(
        actor=actor,
        complaint_id=complaint_id,
        key=key,
        now=now,
        body=given.get("body", "") if given is not None else None,
        ticks=ticks if given is not None else None,
    )
    form.fields["body"].initial = draft.body
    context = {
        "c": found,
        "draft": draft,
        "form": form,
        "form_errors": bool(form.errors),
        "not_advice": NOT_ADVICE,
        "sentence": _say_draft(draft.blocked, len(draft.missing)),
    }
    return render(request, "desk/complaint_letter.html", context, status=status)


def _say_draft(blocked: str, missing: int) -> str:
    if blocked:
        return blocked
    if missing:
        things = "one thing it must say is" if missing == 1 else f"{missing} things it must say are"
        return f"It cannot be sent yet: {things} missing."
    return "It says what it must. Read it once more, then send it."
