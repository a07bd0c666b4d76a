"""What people do to a ticket: each post goes to one action, and comes back to the page it came from."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.types import TicketDetail
from wellserved.apps.desk.views import conversation
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number, refusal_of


def opened(request: HttpRequest, number: int) -> TicketDetail:
    return queries.ticket(actor=request.actor, number=number, now=clock.now())  # type: ignore[attr-defined]


def read_version(request: HttpRequest) -> int:
    given = read_number(request.POST.get("version", ""))
    if given is None:
        raise Invalid("The page did not say which version it showed. Reload it and try again.", code="version_missing")
    return given


def go_back(request: HttpRequest, number: int) -> HttpResponse:
    return redirect(conversation.safe_return(request, fallback=reverse("desk:conversation", args=[number])))


def tell(request: HttpRequest, sentence: str, *, number: int, version: int) -> None:
    """Say what was done, with the way back beside it."""
    messages.success(request, sentence, extra_tags=reverse("desk:undo", args=[number, version]))


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def undo(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """Take back what one has just done to a ticket."""
    ticket = opened(request, number)
    actions.undo(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        version=version,
        now=clock.now(),
    )
    messages.success(request, f"Undone: #{number} is as it was.")
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Take the ticket to another status."""
    ticket = opened(request, number)
    saved = actions.move(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        move=request.POST.get("move", ""),
        reason=request.POST.get("reason", "").strip(),
        version=read_version(request),
        now=clock.now(),
    )
    said = f"#{number} is now {wording.say_status(saved.status).lower()}."
    tell(request, said, number=number, version=saved.version)
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give the ticket to somebody, to oneself, or to nobody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = opened(request, number)
    assignee = forms.read_assignee(request.POST.get("assignee", ""), me=actor.user_id)
    saved = actions.assign(
        actor=actor,
        ticket_id=ticket.id,
        assignee_id=assignee,
        reason=request.POST.get("reason", ""),
        version=read_version(request),
        now=clock.now(),
    )
    said = "Assigned." if assignee else "Nobody owns it now."
    tell(request, said, number=number, version=saved.version)
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def prioritise(request: HttpRequest, number: int) -> HttpResponse:
    """Change impact, urgency or the priority itself."""
    ticket = opened(request, number)
    form = conversation.priority_form(ticket, data=request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    saved = actions.change_priority(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        impact=form.cleaned_data["impact"],
        urgency=form.cleaned_data["urgency"],
        override=form.cleaned_data["override"],
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
        now=clock.now(),
    )
    said = "Priority changed; its clocks were worked out again."
    tell(request, said, number=number, version=saved.version)
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the facts of the ticket."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = opened(request, number)
    form = conversation.fields_form(ticket, choices=queries.choices(actor=actor), data=request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    facts = form.cleaned_data
    actions.change_fields(
        actor=actor,
        ticket_id=ticket.id,
        subject=facts["subject"],
        kind=facts["kind"],
        queue_id=facts["queue"],
        product_id=facts["product"],
        place_id=facts["place"],
        tags=facts["tags"],
        version=facts["version"],
        now=clock.now(),
    )
    messages.success(request, "Facts saved.")
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def tag(request: HttpRequest, number: int) -> HttpResponse:
    """Put words on the ticket by which it is found, or take one off."""
    ticket = opened(request, number)
    added = forms.read_tags(request.POST.get("add", ""))
    removed = forms.read_tags(request.POST.get("remove", ""))
    if not added and not removed:
        raise Invalid("Write a tag first: a word or two by which tickets like this one are found.", code="no_tag")
    saved = actions.change_tags(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        add=added,
        remove=removed,
        now=clock.now(),
    )
    if saved.version == ticket.version:
        messages.info(request, "The tags are as they were.")
    else:
        tell(request, "Tags saved.", number=number, version=saved.version)
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def promise(request: HttpRequest, number: int) -> HttpResponse:
    """Make a promise to the customer."""
    ticket = opened(request, number)
    form = forms.PromiseForm(request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    actions.make_promise(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        text=form.cleaned_data["text"],
        due_at=form.cleaned_data["due_at"],
        now=clock.now(),
    )
    messages.success(request, "Promise kept in mind: it shows on Today until it is settled.")
    return go_back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def settle(request: HttpRequest, number: int, promise_id: int) -> HttpResponse:
    """Say whether a promise was kept, broken or withdrawn."""
    ticket = opened(request, number)
    actions.settle_promise(
        actor=request.actor,  # type: ignore[attr-defined]
        ticket_id=ticket.id,
        promise_id=promise_id,
        state=request.POST.get("state", ""),
        cause=request.POST.get("cause", ""),
        note=request.POST.get("note", ""),
        now=clock.now(),
    )
    messages.success(request, "Promise settled.")
    return go_back(request, number)


@require_POST
@needs(accounts_policies.READ_TICKETS)
def presence(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one is here, and learn who else is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = opened(request, number)
    now = clock.now()
    actions.touch_presence(actor=actor, ticket_id=ticket.id, is_typing=request.POST.get("typing") == "1", now=now)
    others = queries.presence(actor=actor, ticket_id=ticket.id, now=now)
    return render(request, "desk/_presence.html", {"others": others})
