"""Read and hear a briefing, remind those who have not, and give it live."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import keeping
from wellserved.apps.development.events.briefings import BriefingHeard
from wellserved.apps.development.models import Attendance, Briefing, Delivery, Session
from wellserved.apps.development.policies import briefings as rules
from wellserved.apps.development.queries import briefings as queries
from wellserved.apps.development.queries import understanding
from wellserved.apps.development.types.briefings import BriefingState, DeliveryRow
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.platform.origin import World, world_of
from wellserved.platform.outbox import rows as outbox
from wellserved.platform.ui.formatting import format_day

BRIEFING = keeping.BRIEFING
TIME_TO_CATCH_UP = dt.timedelta(days=7)


def mail(row: Briefing, *, address: str, opening: str, now: dt.datetime) -> None:
    """Write a mail that names the briefing and leads to it; call inside the action's transaction."""
    due = f"\n\nPlease read it by {format_day(row.due_on)}." if row.due_on else ""
    outbox.queue(
        channel="email",
        recipient=address,
        subject=row.title,
        body=f"{opening}\n\n{row.title}\n{settings.SITE_URL}/briefings/{row.pk}{due}\n",
        about=(BRIEFING, row.pk),
        origin=row.origin,
        now=now,
    )


@transaction.atomic
def read(*, actor: Actor, briefing_id: int, now: dt.datetime) -> bool:
    """Say that one has read a briefing sent to oneself; return whether that was new."""
    row = _published(actor, briefing_id)
    mine = Delivery.objects.select_for_update().filter(briefing=row, user_id=actor.person_id).first()
    if mine is None:
        raise Refused("It was not sent to you, so there is nothing to confirm.", code="not_sent")
    if mine.read_at is not None:
        return False
    mine.read_at = now
    mine.save(update_fields=["read_at"])
    ledger.record(
        actor=actor,
        action="development.read_briefing",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"read_version": (None, row.subject_number or 1)},
    )
    return True


@transaction.atomic
def remind(*, actor: Actor, briefing_id: int, now: dt.datetime) -> int:
    """Remind those of one's people of whom something is still asked, nobody else; return how many."""
    row = _published(actor, briefing_id)
    rules.require_brief(actor)
    led = {person.id for person in understanding.people_of(actor=actor)} - {actor.user_id}
    missing = [each for each in queries.standing_of(row) if not each.is_done and each.user_id in led]
    if not missing:
        raise Conflict("Everybody you lead has done what it asks. There is nobody to remind.", code="nobody_missing")
    _remind(row, missing, actor=actor, now=now)
    return len(missing)


@transaction.atomic
def chase_next(*, now: dt.datetime) -> bool:
    """Remind by itself, once, those who miss a briefing on its day; return whether there was one."""
    due = Briefing.objects.filter(
        state=BriefingState.PUBLISHED,
        due_on__lte=clock.day_of(now),
        published_at__lt=clock.begin_of(clock.day_of(now)),
        chased_at=None,
    )
    row = due.select_for_update(skip_locked=True).order_by("due_on", "pk").first()
    if row is None:
        return False
    row.chased_at = now
    row.save(update_fields=["chased_at"])
    missing = [each for each in queries.standing_of(row) if not each.is_done]
    if missing:
        _remind(row, missing, actor=accounts.system_actor(world=world_of(row.origin)), now=now)
    return True


def _remind(row: Briefing, missing: Sequence[DeliveryRow], *, actor: Actor, now: dt.datetime) -> None:
    ids = [each.user_id for each in missing]
    Delivery.objects.filter(briefing=row, user__in=ids).update(reminded_at=now, reminders=F("reminders") + 1)
    if row.by_mail:
        for user in accounts.active_staff(world=World(world_of(row.origin)), ids=ids):
            mail(row, address=user.email, opening="A reminder: something is still asked of you.", now=now)
    ledger.record(
        actor=actor,
        action="development.remind_briefing",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"reminded": (None, len(ids))},
    )


@transaction.atomic
def hold_session(
    *,
    actor: Actor,
    briefing_id: int,
    expected: Collection[int],
    present: Collection[int],
    note: str = "",
    now: dt.datetime,
) -> int:
    """Keep who was there when a briefing was given live; whoever was not is to catch up, and return how many those are.

    Why somebody was absent is nobody's business here.
    """
    row = _published(actor, briefing_id)
    rules.require_brief(actor)
    told = {each.user_id: each for each in row.deliveries.select_for_update()}
    led = {person.id for person in understanding.people_of(actor=actor)}
    wanted = set(expected) | set(present)
    if not wanted or wanted - told.keys() or wanted - led:
        raise Invalid("Choose from those it was sent to whom you lead.", code="session_people", field="present")
    session = Session.objects.create(briefing=row, held_at=now, led_by_id=actor.user_id, note=note.strip()[:500])
    Attendance.objects.bulk_create(
        Attendance(session=session, user_id=pk, was_there=pk in set(present)) for pk in sorted(wanted)
    )
    missed = [
        told[pk] for pk in sorted(wanted - set(present)) if told[pk].heard_at is None and told[pk].read_at is None
    ]
    for each in missed:
        each.catch_up_on = max(row.due_on or clock.day_of(now), clock.day_of(now + TIME_TO_CATCH_UP))
    Delivery.objects.bulk_update(missed, ["catch_up_on"])
    row.deliveries.filter(user__in=set(present), heard_at=None).update(heard_at=now, catch_up_on=None)
    ledger.record(
        actor=actor,
        action="development.hold_session",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"present": (None, len(set(present))), "to_catch_up": (None, len(missed))},
        event=BriefingHeard(briefing_id=row.pk, session_id=session.pk),
    )
    return len(missed)


def _published(actor: Actor, briefing_id: int) -> Briefing:
    row = keeping.locked_briefing(actor=actor, briefing_id=briefing_id)
    if row.state != BriefingState.PUBLISHED:
        raise Conflict("It is not published, so nothing is asked of anybody.", code="briefing_not_published")
    return row
