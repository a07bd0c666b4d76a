"""A ticket becomes a complaint, in one act."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as accounts_queries
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import policies, statutory
from wellserved.apps.desk.actions import editing, locking, putting_right
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.events.complaints import ComplaintOpened
from wellserved.apps.desk.models import Complaint, ComplaintStage, Ticket
from wellserved.apps.desk.queries.complaints.casework import complained_at
from wellserved.apps.desk.types import Channel, Kind, MessageKind
from wellserved.apps.desk.types.complaints import Stage
from wellserved.apps.people import queries as people
from wellserved.apps.standards.actions import law
from wellserved.apps.standards.queries import law as law_queries
from wellserved.apps.standards.types.law import PackInForce
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin
from wellserved.platform.ui.formatting import format_moment

_YEARS_COUNTED = 4
_MINUTE = dt.timedelta(minutes=1)
_BEFORE_OPENING = dt.timedelta(days=366)


@transaction.atomic
def open_complaint(
    *,
    actor: Actor,
    ticket_id: int,
    pack_id: int | None = None,
    received_at: dt.datetime | None = None,
    channel: str = "",
    complainant: str = "",
    summary: str = "",
    is_restricted: bool = False,
    now: dt.datetime,
) -> int:
    """Handle a ticket as a complaint and return the complaint's id; what is left out is read off the ticket.

    It counts from `received_at`, when the customer complained: by default her latest message until the ticket was of
    that kind, which may be long after it was opened; a letter or a call may have come before that. It
    begins under the version of the pack in force on that day, where its law holds, and keeps it for ever.
    """
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    known = Complaint.objects.filter(ticket=ticket).first()
    if known:
        raise Conflict("This ticket is a complaint already.", code="complaint_exists", complaint_id=known.pk)
    policies.require_work(actor)
    received_at, channel = _read_receipt(ticket, received_at, channel, now=now)
    if pack_id is None:
        pack_id = law.ensure_default(actor=actor, now=now)
    pack, day = _rules_at(actor, pack_id, received_at)
    row = Complaint.objects.create(
        ticket=ticket,
        pack_id=pack.version_id,
        received_at=received_at,
        received_on=day,
        holidays=[day.isoformat() for day in pack.rules.holidays(range(day.year, day.year + _YEARS_COUNTED))],
        channel=channel,
        complainant=keeping.read_text(complainant or ticket.customer.name, what="who complains", longest=200),
        summary=keeping.read_text(summary or _words_of(ticket, received_at), what="what it is about", longest=4000),
        handler_id=_handler(actor, ticket, is_restricted=is_restricted),
        is_restricted=is_restricted,
        created_at=now,
        origin=live_origin(actor.world),
    )
    _begin(row, actor=actor, now=now)
    if ticket.kind != Kind.COMPLAINT:
        editing.change_fields(actor=actor, ticket_id=ticket.pk, kind=Kind.COMPLAINT, now=now)
    # What was granted since the customer complained puts this complaint right.
    grants = people.grants_on(actor=actor, subject=("desk.ticket", ticket.pk), since=received_at)
    put_right = putting_right.keep(row, grants, note="Granted before it was handled as a complaint")
    keeping.finish(
        row,
        "cost",
        actor=actor,
        action="desk.open_complaint",
        now=now,
        changes={"pack": (None, pack.name), "received_on": (None, day.isoformat()), "summary": (None, row.summary)}
        | put_right,
        event=ComplaintOpened(complaint_id=row.pk, ticket_id=ticket.pk, pack_version_id=pack.version_id),
    )
    return row.pk


def _begin(row: Complaint, *, actor: Actor, now: dt.datetime) -> None:
    ComplaintStage.objects.create(
        complaint=row, stage=Stage.RECEIPT, entered_at=row.received_at, left_at=now, by_id=actor.user_id
    )
    keeping.enter(row, Stage.ACKNOWLEDGEMENT, actor=actor, now=now)
    thread.link(
        actor=accounts_queries.system_actor(world=actor.world),
        start=("desk.complaint", row.pk),
        verb="under",
        end=("standards.rulepack", row.pack.pack_id),
        now=now,
    )


def _read_receipt(
    ticket: Ticket, received_at: dt.datetime | None, channel: str, *, now: dt.datetime
) -> tuple[dt.datetime, str]:
    """Return when and how the complaint came, read off the ticket where nobody says otherwise."""
    received_at, channel = received_at or complained_at(ticket, now=now), channel or ticket.channel
    # A letter lies and a call is noted before either is typed in, and the law counts from when it came.
    if not ticket.opened_at - _BEFORE_OPENING <= received_at <= now:
        raise Invalid(
            f"Say when the customer complained: at most {_BEFORE_OPENING.days} days before "
            f"{format_moment(ticket.opened_at.astimezone(dt.UTC))}, when the ticket was opened, and not after now.",
            code="received_at",
            field="received_at",
        )
    # Whoever types a moment gives the minute, and the ticket was opened within one.
    if ticket.opened_at - _MINUTE < received_at < ticket.opened_at:
        received_at = ticket.opened_at
    if channel not in Channel.values:
        raise Invalid(f"A channel is one of {', '.join(Channel.values)}.", code="unknown_channel")
    return received_at, channel


def _rules_at(actor: Actor, pack_id: int, received_at: dt.datetime) -> tuple[PackInForce, dt.date]:
    """Return the rules in force on the day of receipt where they hold, and that day: near midnight it is not UTC's."""
    pack = law_queries.pack_for(actor=actor, pack_id=pack_id, on=received_at.date())
    day = statutory.local_day(pack.rules, received_at)
    return law_queries.pack_for(actor=actor, pack_id=pack_id, on=day), day


def _words_of(ticket: Ticket, received_at: dt.datetime) -> str:
    until = max(received_at, ticket.opened_at) + _MINUTE
    said = ticket.messages.filter(kind=MessageKind.CUSTOMER, sent_at__lt=until)
    latest = said.order_by("-sent_at", "-pk").first()
    return f"{ticket.subject}. {latest.body if latest else ''}".strip()[:2000]


def _handler(actor: Actor, ticket: Ticket, *, is_restricted: bool) -> int | None:
    """Return who begins with it: whoever has the ticket, else whoever raises it; never the subject of a complaint."""
    if actor.automatic or actor.role == Role.CUSTOMER:
        return None if is_restricted else ticket.assignee_id
    if is_restricted:
        return actor.user_id if actor.can(accounts.WORK_COMPLAINTS) else None
    return ticket.assignee_id or actor.user_id


@transaction.atomic
def save_record(
    *,
    actor: Actor,
    complaint_id: int,
    summary: str,
    record: Mapping[str, str],
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep the summary and the facts the pack wants on the record; return the version."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    known = {field.key for field in law_queries.as_pack(row.pack).rules.record_fields}
    wanted = {key: value.strip()[:1000] for key, value in record.items() if key in known and value.strip()}
    summary = keeping.read_text(summary, what="what it is about", longest=4000)
    changes: dict[str, tuple[object, object]] = {
        name: (getattr(row, name), value)
        for name, value in (("summary", summary), ("record", wanted))
        if getattr(row, name) != value
    }
    if not changes:
        return row.version
    row.summary, row.record = summary, wanted
    return keeping.finish(
        row, "summary", "record", actor=actor, action="desk.save_complaint_record", now=now, changes=changes
    )
