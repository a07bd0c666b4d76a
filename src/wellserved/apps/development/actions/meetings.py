"""Arrange a meeting, change it, call it off, write its minutes, send them."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import meetings as events
from wellserved.apps.development.policies import meetings as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.policies.voice import require_belonging
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.types import meetings as types
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import live_origin
from wellserved.platform.outbox import rows as outbox
from wellserved.platform.ui.formatting import format_long_day

MEETING = types.MEETING


@transaction.atomic
def save(
    *,
    actor: Actor,
    meeting_id: int | None,
    given: types.MeetingGiven,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Arrange a meeting, or change one that is to come, and return its id; whoever arranges it leads it."""
    row = locked(actor, meeting_id) if meeting_id else None
    if row is not None:
        policies.check_version(row.version, version)
        policies.require_state(row, "planned", said="Its minutes are written, or it was called off; it stays as it is.")
    policies.require_arrange(actor)
    if row is not None:
        policies.require_minutes(actor, row)
    chair_id = require_belonging(actor)
    read = policies.read(given)
    policies.require_colleagues(actor, read.staff_ids)
    policies.require_guests(actor, read)
    if row is None or read.starts_at != row.starts_at:
        rules.moment(read.starts_at, after=now, field="starts_at")
    before = (row.title, row.starts_at.isoformat()) if row else (None, None)
    row = row or models.Meeting(kind=read.kind, chair_id=chair_id, version=0, origin=live_origin(actor.world))
    row.title, row.starts_at, row.lasts, row.place = read.title, read.starts_at, read.lasts, read.place
    row.is_private, row.period_from, row.period_to = read.is_private, read.period_from, read.period_to
    row.agenda = [[point.words, point.detail] for point in read.agenda]
    row.version += 1
    row.save()
    asked = _ask(row, read)
    ledger.record(
        actor=actor,
        action="development.arrange_meeting" if row.version == 1 else "development.change_meeting",
        subject=(MEETING, row.pk),
        now=now,
        changes=_changed(before, (row.title, row.starts_at.isoformat())) | {"asked": (None, asked)},
        event=events.MeetingArranged(meeting_id=row.pk),
    )
    return row.pk


def _changed(before: tuple[str | None, str | None], after: tuple[str, str]) -> dict[str, tuple[object, object]]:
    pairs = zip(("title", "starts_at"), before, after, strict=True)
    return {field: (old, new) for field, old, new in pairs if old != new}


def _ask(row: models.Meeting, given: types.MeetingGiven) -> int:
    """Write anew who is asked, the chair with them, and return how many they are."""
    row.people.all().delete()
    staff = dict.fromkeys([*given.staff_ids, *([row.chair_id] if row.chair_id else [])])
    people = [models.MeetingPerson(meeting=row, user_id=pk) for pk in staff]
    if given.customer_id:
        people.append(models.MeetingPerson(meeting=row, customer_id=given.customer_id))
    if given.organisation_id:
        people.append(models.MeetingPerson(meeting=row, organisation_id=given.organisation_id))
    if given.partner_id:
        people.append(models.MeetingPerson(meeting=row, partner_id=given.partner_id))
    people += [models.MeetingPerson(meeting=row, name=name) for name in given.guests]
    models.MeetingPerson.objects.bulk_create(people)
    return len(people)


@transaction.atomic
def add_point(*, actor: Actor, meeting_id: int, what: str, now: dt.datetime) -> None:
    """Put something on the agenda, as anybody asked to the meeting."""
    row = locked(actor, meeting_id)
    policies.require_state(row, "planned", said="This meeting was held; put it on the agenda of the next.")
    if not row.people.filter(user=actor.person_id).exists():
        raise Refused("You were not asked to this meeting; tell whoever leads it.", code="not_asked")
    if len(row.agenda) >= types.MOST_POINTS:
        raise Conflict(f"The agenda has {types.MOST_POINTS} points; one must go first.", code="agenda_full")
    words = rules.said(what, 300, field="what", missing="Say what you want to talk about.")
    row.agenda, row.version = [*row.agenda, [words, ""]], row.version + 1
    row.save(update_fields=["agenda", "version"])
    ledger.record(
        actor=actor,
        action="development.add_to_agenda",
        subject=(MEETING, row.pk),
        now=now,
        changes={"agenda": (None, words)},
    )


@transaction.atomic
def call_off(*, actor: Actor, meeting_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Call a meeting off and say why."""
    row = locked(actor, meeting_id)
    policies.check_version(row.version, version)
    policies.require_state(row, "planned", said="It was held, or called off already.")
    policies.require_minutes(actor, row)
    row.off_because = rules.said(reason, 300, field="reason", missing="Say why; those asked read it.")
    row.state, row.version = "off", row.version + 1
    row.save(update_fields=["off_because", "state", "version"])
    ledger.record(
        actor=actor,
        action="development.call_off_meeting",
        subject=(MEETING, row.pk),
        now=now,
        changes={"meeting_state": ("planned", "off")},
        reason=row.off_because,
    )


@transaction.atomic
def write(
    *,
    actor: Actor,
    meeting_id: int,
    notes: str,
    present: Collection[int],
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Write the minutes and who was there; until they are sent they can be written anew."""
    row = locked(actor, meeting_id)
    policies.check_version(row.version, version)
    policies.require_state(row, "planned", "held", said="The minutes were sent, or it was called off; they stay.")
    if row.starts_at > now:
        raise Conflict("It has not begun yet.", code="meeting_to_come")
    policies.require_minutes(actor, row)
    asked = set(row.people.values_list("pk", flat=True))
    if set(present) - asked:
        raise NotFound("Somebody named was not asked to this meeting.", code="place_not_found")
    before = row.state
    row.notes = rules.said(notes, 8000, field="notes", missing="Write in a few lines what was said and agreed.")
    row.state, row.held_at, row.version = "held", row.held_at or now, row.version + 1
    row.save(update_fields=["notes", "state", "held_at", "version"])
    row.people.filter(pk__in=present).update(was_there=True)
    row.people.exclude(pk__in=present).update(was_there=False)
    ledger.record(
        actor=actor,
        action="development.write_minutes",
        subject=(MEETING, row.pk),
        now=now,
        changes={"came": (None, len(set(present)))} | ({"meeting_state": (before, "held")} if before != "held" else {}),
    )


@transaction.atomic
def send(*, actor: Actor, meeting_id: int, by_mail: bool = False, version: int | None = None, now: dt.datetime) -> int:
    """Send the minutes: colleagues find them in My work, and by mail they reach whoever has an address.

    Return how many mails leave.
    """
    row = locked(actor, meeting_id)
    policies.check_version(row.version, version)
    policies.require_state(row, "held", said="There are no minutes to send: write them first, and send them once.")
    policies.require_minutes(actor, row)
    addresses = _addresses(row, actor) if by_mail else {}
    row.state, row.sent_at, row.version = "sent", now, row.version + 1
    row.save(update_fields=["state", "sent_at", "version"])
    row.people.filter(user=actor.user_id).update(read_at=now)
    letter = _letter(actor, row, now) if addresses else ""
    for address, link in addresses.items():
        outbox.queue(
            channel="email",
            recipient=address,
            subject=f"Minutes: {row.title}",
            body=f"{letter}{link}\n",
            about=(MEETING, row.pk),
            origin=row.origin,
            now=now,
        )
    ledger.record(
        actor=actor,
        action="development.send_minutes",
        subject=(MEETING, row.pk),
        now=now,
        changes={"meeting_state": ("held", "sent"), "by_mail": (0, len(addresses))},
        event=events.MinutesSent(meeting_id=row.pk),
    )
    return len(addresses)


def _addresses(row: models.Meeting, actor: Actor) -> dict[str, str]:
    """Return who has an address, and the link that goes with it: guests have no page to open."""
    if row.is_private:
        raise Invalid(
            "What is said in private leaves no mail: those in it read it here. Send it without mail.",
            code="private_mail",
            field="by_mail",
        )
    rows = row.people.select_related("user", "customer", "partner").exclude(user=actor.user_id)
    link = f"\n\n{settings.SITE_URL}/meetings/{row.pk}"
    found = {_address(each): link if each.user_id else "" for each in rows}
    found.pop("", None)
    if not found:
        raise Invalid("Nobody asked to it has an address; send it without mail.", code="no_address", field="by_mail")
    return dict(sorted(found.items()))


def _address(each: models.MeetingPerson) -> str:
    if each.user:
        return each.user.email
    if each.customer:
        return each.customer.email
    return each.partner.contact_email if each.partner else ""


def _letter(actor: Actor, row: models.Meeting, now: dt.datetime) -> str:
    """Return the minutes as a letter: what was said, and what each is to do."""
    found = queries.meeting(actor=actor, meeting_id=row.pk, now=now)
    lines = [f"{each.words} ({each.owner}, by {format_long_day(each.due_on)})" for each in found.of(types.ACTION)]
    lines += [each.words for each in found.of(types.REQUIREMENT)]
    agreed = "\n\nAgreed:\n" + "\n".join(f"- {line}" for line in lines) if lines else ""
    day = format_long_day(clock.day_of(row.starts_at))
    return f"{row.title}, {day}\n\n{row.notes}{agreed}"


@transaction.atomic
def see_minutes(*, actor: Actor, meeting_id: int, now: dt.datetime) -> None:
    """Say that one has read the minutes of a meeting one was asked to."""
    row = locked(actor, meeting_id)
    mine = row.people.filter(user=actor.user_id, user__isnull=False, read_at=None)
    if row.state == "sent" and mine.update(read_at=now):
        ledger.record(actor=actor, action="development.see_minutes", subject=(MEETING, row.pk), now=now)


def locked(actor: Actor, meeting_id: int) -> models.Meeting:
    """Return a meeting this actor may read, held for this transaction."""
    row = queries.visible(actor=actor).select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if row is None:
        raise queries.absent()
    return row
