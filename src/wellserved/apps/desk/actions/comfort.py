"""Ask the customer whether she is comfortable with what is done, and let nobody close over a no."""

import dataclasses
import datetime as dt

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.models import ComfortCheck, Message, Ticket
from wellserved.apps.desk.queries import comfort as queries
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.updates import UNEASY, Comfort, Moment
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

LONGEST_ABOUT, LONGEST_HOW = 300, 300
_CLOSED_OVER = "Closed all the same: "
QUESTIONS = {
    Moment.BEFORE: "Before we do this, are you comfortable with it?",
    Moment.AFTER: "Has this settled the matter for you?",
}
CHOICES = ((Comfort.YES, "Yes"), (Comfort.NO, "No"), (Comfort.CONCERN, "Yes, but I have a concern"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a customer is asked with a reply: `moment` is before or after, `about` what is done."""

    moment: str
    about: str


def ask(ticket: Ticket, message: Message, asked: Ask | None, *, actor: Actor, now: dt.datetime) -> str:
    """Keep the question that rides in a reply and return its words and links for the mail; nothing without one."""
    if asked is None:
        return ""
    about = " ".join(asked.about.split())
    if asked.moment not in Moment.values:
        raise Invalid("Ask before you act, or after.", code="comfort_moment", field="comfort")
    if not 1 <= len(about) <= LONGEST_ABOUT:
        raise Invalid(
            f"Say in 1 to {LONGEST_ABOUT} letters what you ask her about.", code="comfort_about", field="comfort_about"
        )
    row = ComfortCheck.objects.create(
        ticket=ticket, message=message, moment=asked.moment, about=about, asked_by_id=actor.user_id, asked_at=now
    )
    ledger.record(
        actor=actor,
        action="desk.ask_comfort",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"asked": (None, about)},
        event=events.ComfortAsked(ticket_id=ticket.pk, comfort_id=row.pk),
    )
    link = f"{settings.SITE_URL}/help/comfort/{queries.link_for(comfort_id=row.pk, now=now)}"
    lines = "\n".join(f"{words}: {link}?answer={value}" for value, words in CHOICES)
    return f"\n\n{QUESTIONS[Moment(asked.moment)]}\n{about}\n{lines}"


@transaction.atomic
def settle_comfort(*, actor: Actor, ticket_id: int, comfort_id: int, how: str, now: dt.datetime) -> None:
    """Say how a no or a concern was dealt with; the ticket may then be closed like any other."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    row = scope.of_visible_tickets(ComfortCheck.objects.filter(pk=comfort_id, ticket=ticket), actor=actor).first()
    if row is None:
        raise NotFound("There is no such question on this ticket.", code="comfort_not_found")
    if row.answer not in UNEASY or row.settled_at is not None:
        raise Conflict("Nothing is left to settle here.", code="comfort_settled")
    policies.require_work(actor)
    how = " ".join(how.split())
    if not how:
        raise Invalid("Say what you did about it.", code="reason_required", field="how")
    _settle(row, actor=actor, how=how, now=now)


def require_ease(ticket: Ticket, *, actor: Actor, reason: str, now: dt.datetime) -> None:
    """Refuse to resolve or close over a customer's no or concern without a reason; no rule or schedule ever does."""
    uneasy = list(ticket.comfort_checks.filter(answer__in=UNEASY, settled_at=None).order_by("pk"))
    if not uneasy:
        return
    words = f"The customer is not comfortable with “{uneasy[0].about}”."
    if actor.automatic:
        raise Refused(f"{words} A person decides about this ticket, not a rule.", code="person_decides")
    if not reason:
        raise Invalid(
            f"{words} Speak to her first, or say why the ticket is closed all the same.", code="not_comfortable"
        )
    for row in uneasy:
        _settle(row, actor=actor, how=f"{_CLOSED_OVER}{reason}", now=now)


def unsettle(ticket: Ticket, *, settled_at: dt.datetime, actor: Actor, reason: str, now: dt.datetime) -> None:
    """Open again what a move of that moment closed over, since the move never happened."""
    for row in ticket.comfort_checks.filter(settled_at=settled_at, settled_how__startswith=_CLOSED_OVER):
        row.settled_at, row.settled_by_id, row.settled_how = None, None, ""
        row.save(update_fields=["settled_at", "settled_by", "settled_how"])
        ledger.record(
            actor=actor,
            action="desk.settle_comfort",
            subject=("desk.ticket", ticket.pk),
            now=now,
            changes={"comfort": ("settled", row.answer)},
            reason=reason,
        )


def _settle(row: ComfortCheck, *, actor: Actor, how: str, now: dt.datetime) -> None:
    row.settled_at, row.settled_by_id, row.settled_how = now, actor.user_id, how[:LONGEST_HOW]
    row.save(update_fields=["settled_at", "settled_by", "settled_how"])
    ledger.record(
        actor=actor,
        action="desk.settle_comfort",
        subject=("desk.ticket", row.ticket_id),
        now=now,
        changes={"comfort": (row.answer, "settled")},
        reason=how,
        event=events.ComfortSettled(ticket_id=row.ticket_id, comfort_id=row.pk),
    )
