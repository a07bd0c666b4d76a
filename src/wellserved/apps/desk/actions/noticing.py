"""Tell the customers affected by a known problem, all at once and each once."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, plain, policies
from wellserved.apps.desk.actions import answering, locking
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import Message, Notice, NoticeCopy, Ticket
from wellserved.apps.desk.queries import notices as queries
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import BULK_MOST, MessageKind, Status
from wellserved.apps.desk.types.updates import CopyState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import live_origin, world_of
from wellserved.science.calendars import EventKind

BATCH = 20
A_DAY = dt.timedelta(days=1)
LONGEST_BODY = 5000


@transaction.atomic
def save_notice(
    *,
    actor: Actor,
    notice_id: int | None = None,
    title: str,
    body: str,
    is_required: bool = False,
    ticket_ids: Sequence[int] | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Write a notice or change one that has not been sent, with the tickets it is for; return its id.

    `is_required` says that law requires it: then it waits for no other message of the day.
    """
    row = _locked(actor, notice_id, version) if notice_id else None
    if row and row.sent_at:
        raise Conflict("This notice has been sent; write another.", code="notice_sent")
    policies.require_work(actor)
    title, body = " ".join(title.split()), body.strip()
    if not 1 <= len(title) <= 200:
        raise Invalid("Name the problem in 1 to 200 letters.", code="notice_title", field="title")
    if not 1 <= len(body) <= LONGEST_BODY:
        raise Invalid(f"Write the notice, in {LONGEST_BODY:,} letters at most.", code="notice_body", field="body")
    if unknown := plain.unknown_gaps(body):
        raise Invalid(
            f"Nothing fills {{{unknown[0]}}}. You may use {{name}}, {{number}}, {{subject}} and {{product}}.",
            code="notice_gap",
            field="body",
        )
    before = {"title": row.title, "body": row.body, "is_required": row.is_required} if row else {}
    row = row or Notice(created_by_id=actor.user_id, created_at=now, origin=live_origin(actor.world), version=0)
    row.title, row.body, row.is_required, row.version = title, body, is_required, row.version + 1
    row.save()
    added = _choose(row, actor, ticket_ids) if ticket_ids is not None else 0
    wanted = {"title": title, "body": body, "is_required": is_required}
    changes = {name: (before.get(name), value) for name, value in wanted.items() if before.get(name) != value}
    if added:
        changes["tickets"] = (None, added)
    ledger.record(
        actor=actor,
        action="desk.save_notice",
        subject=("desk.notice", row.pk),
        now=now,
        changes=changes,
        origin=row.origin,
    )
    return row.pk


def _choose(row: Notice, actor: Actor, ticket_ids: Sequence[int]) -> int:
    tickets = scope.visible_tickets(actor=actor).filter(pk__in=list(ticket_ids)[:BULK_MOST], act_by__isnull=False)
    known = set(row.copies.values_list("ticket", flat=True)) if row.pk else set()
    new = [ticket for ticket in tickets.order_by("pk") if ticket.pk not in known]
    NoticeCopy.objects.bulk_create(
        NoticeCopy(notice=row, ticket=ticket, customer_id=ticket.customer_id) for ticket in new
    )
    return len(new)


@transaction.atomic
def leave_out(*, actor: Actor, notice_id: int, ticket_id: int, now: dt.datetime) -> None:
    """Take one ticket off a notice that has not been sent."""
    row = _locked(actor, notice_id, None)
    if row.sent_at:
        raise Conflict("This notice has been sent; nobody can be left out any more.", code="notice_sent")
    policies.require_work(actor)
    gone, _ = row.copies.filter(ticket__in=scope.visible_tickets(actor=actor).filter(pk=ticket_id)).delete()
    if not gone:
        raise NotFound("This ticket is not among those of the notice.", code="ticket_not_found")
    ledger.record(
        actor=actor,
        action="desk.leave_out_of_notice",
        subject=("desk.notice", row.pk),
        now=now,
        changes={"tickets": (1, None)},
    )


@transaction.atomic
def send_notice(*, actor: Actor, notice_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Let a notice go out and return to how many tickets; pressed twice it goes out once."""
    row = _locked(actor, notice_id, version)
    if row.sent_at:
        raise Conflict("This notice has been sent already; nobody gets it twice.", code="notice_sent")
    if not actor.can(accounts_policies.ASSIGN_TICKETS):
        raise Refused(
            "A team leader or manager tells many customers at once; ask one of them to look and send it.",
            code="may_not_send_notice",
        )
    count = row.copies.count()
    if not count:
        raise Invalid("Choose at least one open ticket whose customer is to be told.", code="notice_empty")
    row.sent_at, row.sent_by_id, row.version = now, actor.person_id, row.version + 1
    row.save(update_fields=["sent_at", "sent_by", "version"])
    ledger.record(
        actor=actor,
        action="desk.send_notice",
        subject=("desk.notice", row.pk),
        now=now,
        changes={"tickets": (None, count)},
        event=events.NoticeSent(notice_id=row.pk, tickets=count),
    )
    return count


def tell_due(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Tell up to `limit` of those whose turn has come, each in a write of its own; return how many were looked at."""
    rows = queries.due_copies(now=now)
    return sum(_tell(pk, now) for pk in list(rows.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _tell(copy_id: int, now: dt.datetime) -> bool:
    found = NoticeCopy.objects.select_related("notice").get(pk=copy_id)
    house = accounts.system_actor(world=world_of(found.notice.origin))
    ticket = locking.locked_ticket(actor=house, ticket_id=found.ticket_id)
    # One customer at a time: two of her tickets in one notice must not both send her a mail.
    type(ticket.customer).objects.select_for_update(no_key=True).get(pk=ticket.customer_id)
    row = NoticeCopy.objects.select_for_update(of=("self",)).select_related("notice").get(pk=copy_id)
    if row.state != CopyState.WAITING:
        return False
    if ticket.status == Status.CLOSED:
        row.state = CopyState.OVER
        row.save(update_fields=["state"])
        return True
    has_mail = row.notice.copies.filter(customer=ticket.customer_id, state=CopyState.SENT).exists()
    last = queries.last_automatic(customer_id=ticket.customer_id)
    if not has_mail and ticket.customer.email and not row.notice.is_required and last and now < last + A_DAY:
        row.not_before = last + A_DAY
        row.save(update_fields=["not_before"])
        return True
    mails = bool(ticket.customer.email) and not has_mail
    row.message = _write(ticket, queries.text_for(row.notice.body, ticket), actor=house, mails=mails, now=now)
    row.told_at = now
    row.state = CopyState.SENT if mails else CopyState.BESIDE if has_mail else CopyState.NO_MAIL
    row.save(update_fields=["message", "told_at", "state"])
    return True


def _write(ticket: Ticket, body: str, *, actor: Actor, mails: bool, now: dt.datetime) -> Message:
    story = Story(ticket)
    message = answering.say(story, kind=MessageKind.AUTOMATIC, actor=actor, body=body, channel=ticket.channel, now=now)
    if mails:
        answering.send(ticket, message, now)
    fields = locking.spoke(ticket, kind=MessageKind.AUTOMATIC, body=body, at=story.at(now))
    story.add(EventKind.AUTOMATIC_MESSAGE, actor_id=None, now=now, message_id=message.pk)
    story.record(actor=actor, action="desk.automatic_message", now=now, changes={"message": (None, body)})
    locking.finish(story, *fields)
    return message


def _locked(actor: Actor, notice_id: int, version: int | None) -> Notice:
    queries.visible_notice(actor=actor, notice_id=notice_id)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if version is not None and version != row.version:
        raise Conflict(
            "Somebody changed this notice while you did. Nothing of yours is saved; compare and save again.",
            code="stale",
            version=row.version,
            difference={"title": row.title, "body": row.body},
        )
    return row
