"""A colleague's profile, and whether she is there."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import policies
from wellserved.apps.people.models import StaffProfile
from wellserved.platform.errors import Conflict, Invalid


@transaction.atomic
def save_profile(
    *,
    actor: Actor,
    user_id: int,
    job_title: str,
    phone: str,
    started_on: dt.date | None,
    version: int | None,
    fte: Decimal | None = None,
    now: dt.datetime,
) -> None:
    """Keep what the service knows of a colleague; `version` is that of the profile read.

    `fte` is her share of a full-time week; none given leaves it as it is.
    """
    person = accounts.person(actor=actor, user_id=user_id)
    row = _lock_profile(user_id)
    policies.check_may_edit(actor, person)
    if version is not None and version != row.version:
        raise Conflict(
            "Somebody has changed this profile since you opened it. Look at what changed, then save again.",
            difference={"job_title": row.job_title, "phone": row.phone, "started_on": row.started_on},
            version=row.version,
        )
    if fte is not None and not 0 < fte <= 1:
        raise Invalid("Give a share of a full week above 0, up to 1.", code="fte", field="fte")
    wanted: dict[str, Any] = {
        "job_title": job_title.strip()[:120],
        "phone": phone.strip()[:40],
        "started_on": started_on,
        "fte": row.fte if fte is None else fte.quantize(Decimal("0.01")),
    }
    changes = {field: (getattr(row, field), value) for field, value in wanted.items() if getattr(row, field) != value}
    if not changes:
        return
    for field, value in wanted.items():
        setattr(row, field, value)
    row.version += 1
    row.save(update_fields=[*wanted, "version"])
    ledger.record(
        actor=actor, action="people.save_profile", subject=("people.profile", user_id), now=now, changes=changes
    )


@transaction.atomic
def set_availability(
    *, actor: Actor, user_id: int, availability: str, until: dt.datetime | None = None, now: dt.datetime
) -> None:
    """Say whether work may be given to a colleague; never why not."""
    person = accounts.person(actor=actor, user_id=user_id)
    row = _lock_profile(user_id)
    policies.check_may_set_availability(actor, person)
    if availability not in StaffProfile.Availability.values:
        raise Invalid("Choose available, busy or absent.", field="availability")
    if until is not None and until <= now:
        raise Invalid("Give a moment that is still to come, or none.", field="until")
    if (row.availability, row.available_until) == (availability, until):
        return
    before, row.availability, row.available_until = row.availability, availability, until
    row.save(update_fields=["availability", "available_until"])
    ledger.record(
        actor=actor,
        action="people.set_availability",
        subject=("people.profile", user_id),
        now=now,
        changes={"availability": (before, availability)},
    )


def _lock_profile(user_id: int) -> StaffProfile:
    StaffProfile.objects.get_or_create(user_id=user_id)
    return StaffProfile.objects.select_for_update().get(user_id=user_id)
