"""Let the law's clock stand still while something is awaited from the complainant, where the pack allows it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import statutory
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.models import ComplaintWait
from wellserved.apps.desk.queries.complaints import casework
from wellserved.platform.errors import Conflict, Invalid


@transaction.atomic
def begin_wait(
    *, actor: Actor, complaint_id: int, reason: str, note: str, version: int | None = None, now: dt.datetime
) -> int:
    """Stop the clocks that may wait for this, from today; return the version."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    keeping.require_open(row)
    rules = casework.pack_of(row).rules
    allowed = sorted({wait for clock in rules.clocks for wait in clock.waits})
    if reason not in allowed:
        what = f"only for {' or '.join(allowed)}" if allowed else "for nothing: its clocks run on"
        raise Invalid(f"Under {rules.title} a complaint may wait {what}.", code="wait_not_allowed", field="reason")
    if row.waits.filter(ends=None).exists():
        raise Conflict("The clock stands still already.", code="waiting_already")
    note = keeping.read_text(note, what="what is awaited", longest=500)
    ComplaintWait.objects.create(complaint=row, reason=reason, note=note, begins=statutory.local_day(rules, now))
    return keeping.finish(
        row, actor=actor, action="desk.begin_wait", now=now, changes={"waiting_for": (None, reason)}, reason=note
    )


@transaction.atomic
def end_wait(*, actor: Actor, complaint_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Let the clocks run on: what was awaited has come today; return the version."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    wait = row.waits.select_for_update().filter(ends=None).first()
    if wait is None:
        raise Conflict("Nothing is awaited from the complainant.", code="not_waiting")
    wait.ends = statutory.local_day(casework.pack_of(row).rules, now)
    wait.save(update_fields=["ends"])
    return keeping.finish(
        row, actor=actor, action="desk.end_wait", now=now, changes={"waiting_for": (wait.reason, None)}
    )
