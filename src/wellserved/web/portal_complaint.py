"""The electronic route for complaints: no account, an acknowledgement at once, and the law's clock from there."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.actions import complaints
from wellserved.apps.desk.types import Channel, Kind
from wellserved.apps.ledger.actions.discussion import StoredUpload, keep_uploads
from wellserved.apps.standards.queries import law
from wellserved.apps.standards.types.law import PackInForce
from wellserved.platform import clock, idempotency, throttle
from wellserved.platform.http.access import public
from wellserved.platform.http.once import answers_repeats
from wellserved.web import portal

DEFAULT_LABEL = "A complaint about our service"


class ComplaintForm(portal.AskForm):
    """What went wrong, and what would put it right."""

    about = forms.ChoiceField(label="What is your complaint about?", required=False)
    wish = forms.CharField(label="What would put it right?", widget=forms.Textarea, max_length=2_000, required=False)

    def __init__(self, *args: Any, packs: Sequence[PackInForce], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "email", "about", "subject", "body", "wish"])
        self.fields["subject"].label = "In a few words"
        offered = {pack.rules.label or pack.rules.title: pack.pack_id for pack in reversed(packs) if pack.is_active}
        if len(offered) < 2:
            del self.fields["about"]
            return
        choices = [(pack_id, label) for label, pack_id in reversed(offered.items())]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]


@answers_repeats
@require_http_methods(["GET", "POST"])
@public
def complain(request: HttpRequest) -> HttpResponse:
    """Take a complaint, acknowledge it and hand back the link that follows it."""
    house, now = accounts.system_actor(), clock.now()
    packs = law.packs(actor=house, on=now.date())
    form = ComplaintForm(
        request.POST or None, request.FILES or None, packs=packs, initial={"key": secrets.token_urlsafe(24)}
    )
    if request.method == "POST" and form.is_valid():
        return redirect("web:help_follow", token=_open_once(request, form=form, now=now))
    return portal.draw(request, "portal/complain.html", form=form)


def _open_once(request: HttpRequest, *, form: ComplaintForm, now: dt.datetime) -> str:
    """Open the complaint the first time this form is sent, and answer the same link however often it is sent."""
    given = form.cleaned_data
    print_of = idempotency.fingerprint(
        method="POST", path="/help/complain", body="\0".join([given["email"], given["subject"], given["body"]]).encode()
    )

    def act() -> idempotency.Answer:
        throttle.take_by_address(request, "portal.ask", limit=portal.ASKS, per=portal.ASK_PERIOD, now=now)
        return idempotency.Answer(status=303, body=_open(given, files=files, now=now))

    key = given["key"] or secrets.token_urlsafe(24)
    with keep_uploads(given["files"]) as files:
        return idempotency.once(
            actor_id=idempotency.NOBODY, key=f"portal:{key}", fingerprint=print_of, now=now, act=act
        ).body


def _open(given: dict[str, Any], *, files: Sequence[StoredUpload], now: dt.datetime) -> str:
    house = accounts.system_actor()
    wish = f"\n\nWhat would put it right: {given['wish']}" if given["wish"] else ""
    opened = actions.open_ticket(
        actor=house,
        subject=given["subject"],
        body=given["body"] + wish,
        customer_email=given["email"],
        customer_name=given["name"],
        kind=Kind.COMPLAINT,
        channel=Channel.WEB,
        files=files,
        now=now,
    )
    complaint_id = complaints.open_complaint(
        actor=house,
        ticket_id=opened.ticket_id,
        pack_id=int(given["about"]) if given.get("about") else None,
        complainant=given["name"],
        now=now,
    )
    # An acknowledgement the law asks for is no automatic chatter: the limit of one a day does not hold it back.
    complaints.acknowledge_automatically(actor=house, complaint_id=complaint_id, now=now)
    ticket = queries.ticket(actor=house, number=opened.number, now=now)
    return queries.link_for(ticket_id=ticket.id, customer_id=ticket.customer.id, now=now)
