"""The portal: ask, follow and reply by link, without an account and without JavaScript."""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.desk import actions, queries, wording
from wellserved.apps.desk.forms import files_field
from wellserved.apps.desk.types import Channel, Kind, PortalTicket
from wellserved.apps.ledger.actions.discussion import StoredUpload, keep_uploads
from wellserved.apps.standards.queries import offer as promise_queries
from wellserved.platform import clock, idempotency, throttle
from wellserved.platform.errors import Refused, TooMany
from wellserved.platform.http.access import needs, public
from wellserved.platform.http.once import answers_repeats
from wellserved.platform.origin import World

ASKS = 5
OWN_ASKS = 20
ACKNOWLEDGEMENTS = 1
ASK_PERIOD = dt.timedelta(hours=1)
ACK_PERIOD = dt.timedelta(days=1)
LINK_PERIOD = dt.timedelta(minutes=10)
LINK_REPLIES = 10
LINK_VISITS = 120


class OwnAskForm(forms.Form):
    """What a signed-in customer asks. `key` makes a second press of the button the same question."""

    subject = forms.CharField(
        label="What is it about?", max_length=300, error_messages={"required": "Say in a few words what it is about."}
    )
    body = forms.CharField(
        label="What happened?",
        widget=forms.Textarea,
        max_length=20_000,
        error_messages={"required": "Tell us what happened."},
    )
    files = files_field()  # type: ignore[assignment]
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class AskForm(OwnAskForm):
    """Four fields, no account."""

    field_order = ("name", "email", "subject", "body")

    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Tell us your name."})
    email = forms.EmailField(
        label="Your email",
        help_text="We answer there.",
        error_messages={"required": "Tell us where to answer.", "invalid": "This email address is not complete."},
    )


class ReplyForm(forms.Form):
    """One more word from the customer."""

    body = forms.CharField(
        label="Write to us",
        widget=forms.Textarea,
        max_length=20_000,
        error_messages={"required": "Write something before you send it."},
    )
    files = files_field()  # type: ignore[assignment]
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


@answers_repeats
@require_http_methods(["GET", "POST"])
@public
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question and hand back the link that follows it."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor and actor.role == Role.CUSTOMER:
        return redirect("web:help_mine")
    form = AskForm(request.POST or None, request.FILES or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        return redirect("web:help_follow", token=_open_once(request, form=form))
    page = promise_queries.promise_page(world=World.REAL)
    return draw(request, "portal/ask.html", form=form, has_promises=page is not None and page.published_at is not None)


def _open_once(request: HttpRequest, *, form: AskForm) -> str:
    """Open the question the first time this form is sent, and answer the same link however often it is sent."""
    now = clock.now()
    given = form.cleaned_data
    print_of = idempotency.fingerprint(
        method="POST", path="/help", body="\0".join([given["email"], given["subject"], given["body"]]).encode()
    )

    def act() -> idempotency.Answer:
        throttle.take_by_address(request, "portal.ask", limit=ASKS, per=ASK_PERIOD, now=now)
        return idempotency.Answer(status=303, body=_open(given, files=files, now=now))

    key = given["key"] or secrets.token_urlsafe(24)
    with keep_uploads(given["files"]) as files:
        return idempotency.once(
            actor_id=idempotency.NOBODY, key=f"portal:{key}", fingerprint=print_of, now=now, act=act
        ).body


def _open(given: dict[str, Any], *, files: Sequence[StoredUpload], now: dt.datetime) -> str:
    house = accounts.system_actor()
    opened = actions.open_ticket(
        actor=house,
        subject=given["subject"],
        body=given["body"],
        customer_email=given["email"],
        customer_name=given["name"],
        kind=Kind.QUESTION,
        channel=Channel.WEB,
        files=files,
        now=now,
    )
    ticket = queries.ticket(actor=house, number=opened.number, now=now)
    token = queries.link_for(ticket_id=ticket.id, customer_id=ticket.customer.id, now=now)
    _acknowledge(house, ticket_id=ticket.id, number=ticket.number, email=given["email"], now=now)
    return token


def _acknowledge(house: Actor, *, ticket_id: int, number: int, email: str, now: dt.datetime) -> None:
    """Send at most one automatic message a day to an address, and quote nothing a stranger may have typed.

    The link stands in the mail alone: on the timeline colleagues could follow it and speak as the customer.
    """
    try:
        throttle.take(f"portal.ack:{email.lower()}", limit=ACKNOWLEDGEMENTS, per=ACK_PERIOD, now=now)
    except TooMany:
        return
    actions.automatic_message(
        actor=house,
        ticket_id=ticket_id,
        body=f"We have your message. Its number is {number}.",
        now=now,
    )


@answers_repeats
@require_http_methods(["GET", "POST"])
@public
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show one question to whoever holds its link, and take her reply."""
    now = clock.now()
    throttle.take_by_address(request, "portal.link", limit=LINK_VISITS, per=LINK_PERIOD, now=now)
    ticket = queries.ticket_by_link(token=token, now=now)
    if _is_staff(request):
        return _show_to_staff(request, ticket=ticket)
    form = ReplyForm(request.POST or None, request.FILES or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        body, key = form.cleaned_data["body"], form.cleaned_data["key"] or secrets.token_urlsafe(24)

        def act() -> idempotency.Answer:
            throttle.take(f"portal.reply:{ticket.id}", limit=LINK_REPLIES, per=LINK_PERIOD, now=now)
            actions.reply_by_link(token=token, body=body, files=files, now=now)
            return idempotency.Answer(status=303, body="sent")

        print_of = idempotency.fingerprint(method="POST", path=f"/help/r/{ticket.id}", body=body.encode())
        with keep_uploads(form.cleaned_data["files"]) as files:
            idempotency.once(actor_id=idempotency.NOBODY, key=f"portal:{key}", fingerprint=print_of, now=now, act=act)
        messages.success(request, "Sent. We have your message.")
        return redirect("web:help_follow", token=token)
    plain = wording.PORTAL_STATUS[ticket.status]
    return draw(request, "portal/follow.html", form=form, ticket=ticket, plain=plain, token=token)


def _is_staff(request: HttpRequest) -> bool:
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    return actor is not None and actor.role in STAFF_ROLES


def _show_to_staff(request: HttpRequest, *, ticket: PortalTicket) -> HttpResponse:
    """Show what the customer sees to somebody who works here, and let nobody write in the customer's name."""
    if request.method == "POST":
        raise Refused(
            "You are signed in as staff, and this page speaks for the customer. Answer in the desk; "
            "to try the customer's side, open the link in a private window.",
            code="staff_not_the_customer",
        )
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = dataclasses.replace(ticket, can_reply=False)
    return draw(
        request,
        "portal/follow.html",
        form=None,
        ticket=shown,
        plain=wording.PORTAL_STATUS[ticket.status],
        token="",
        desk_url=reverse("desk:conversation", args=[ticket.number]) if actor.can(policies.READ_TICKETS) else "",
        is_staff=True,
    )


@require_GET
@public
def file(_request: HttpRequest, token: str, file_id: int) -> HttpResponse:
    """Send whoever holds a link to a fresh address of one file of her question."""
    return redirect(queries.file_by_link(token=token, file_id=file_id, now=clock.now()))


@require_GET
@needs(policies.USE_PORTAL)
def mine(request: HttpRequest) -> HttpResponse:
    """List a signed-in customer's questions."""
    return _draw_mine(request, form=OwnAskForm(initial={"key": secrets.token_urlsafe(24)}))


def _draw_mine(request: HttpRequest, *, form: OwnAskForm) -> HttpResponse:
    tickets = queries.portal_tickets(actor=request.actor)  # type: ignore[attr-defined]
    rows = [(ticket, wording.PORTAL_STATUS[ticket.status]) for ticket in tickets]
    return draw(request, "portal/mine.html", form=form, rows=rows)


@answers_repeats
@require_http_methods(["GET", "POST"])
@needs(policies.USE_PORTAL)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a signed-in customer one question of hers, and take her reply."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    ticket = queries.portal_ticket(actor=actor, number=number, now=now)
    form = ReplyForm(request.POST or None, request.FILES or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        with keep_uploads(form.cleaned_data["files"]) as files:

            def act() -> idempotency.Answer:
                throttle.take(f"portal.reply:{ticket.id}", limit=LINK_REPLIES, per=LINK_PERIOD, now=now)
                actions.customer_message(actor=actor, ticket_id=ticket.id, body=body, files=files, now=now)
                return idempotency.Answer(status=303, body="sent")

            _once(actor, form.cleaned_data["key"], path=f"/help/mine/{ticket.id}", text=body, now=now, act=act)
        messages.success(request, "Sent. We have your message.")
        return redirect("web:help_one", number=number)
    return draw(request, "portal/follow.html", form=form, ticket=ticket, plain=wording.PORTAL_STATUS[ticket.status])


@answers_repeats
@require_POST
@needs(policies.USE_PORTAL)
def ask_mine(request: HttpRequest) -> HttpResponse:
    """Take a signed-in customer's question: she need not tell us who she is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = OwnAskForm(request.POST, request.FILES)
    if not form.is_valid():
        return _draw_mine(request, form=form)
    now, given = clock.now(), form.cleaned_data
    with keep_uploads(given["files"]) as files:

        def act() -> idempotency.Answer:
            throttle.take(f"portal.own:{actor.user_id}", limit=OWN_ASKS, per=ASK_PERIOD, now=now)
            opened = actions.open_ticket(
                actor=actor,
                subject=given["subject"],
                body=given["body"],
                kind=Kind.QUESTION,
                channel=Channel.WEB,
                files=files,
                now=now,
            )
            return idempotency.Answer(status=303, body=str(opened.number))

        text = "\0".join([given["subject"], given["body"]])
        answer = _once(actor, given["key"], path="/help/mine/ask", text=text, now=now, act=act)
    return redirect("web:help_one", number=int(answer.body))


def _once(
    actor: Actor, key: str, *, path: str, text: str, now: dt.datetime, act: Callable[[], idempotency.Answer]
) -> idempotency.Answer:
    """Act the first time a signed-in customer's form is sent, however often its button is pressed."""
    return idempotency.once(
        actor_id=actor.user_id or idempotency.NOBODY,
        key=f"portal:{key or secrets.token_urlsafe(24)}",
        fingerprint=idempotency.fingerprint(method="POST", path=path, body=text.encode()),
        now=now,
        act=act,
    )


def draw(request: HttpRequest, template: str, *, form: forms.Form | None, **context: object) -> HttpResponse:
    """Return a page of the portal; one with errors answers 422."""
    errors = bool(form and form.errors)
    shown = {"form": form, "form_errors": errors, "home_url": reverse("web:help"), **context}
    return render(request, template, shown, status=422 if errors else 200)
