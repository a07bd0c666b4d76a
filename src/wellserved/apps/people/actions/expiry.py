"""Tell whoever it concerns that a skill runs out: in 30 days, in 7, and when it has; once each, and no more."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.apps.people.models import StaffSkill
from wellserved.platform import clock
from wellserved.platform.origin import Origin, World
from wellserved.platform.ui.formatting import format_day

BATCH = 20
# How many days ahead each telling is due; told last once the day itself has passed.
STAGES = (30, 7, -1)


def tell_expiring(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Tell up to `limit` people and those who lead them; return how many. The sample tells nobody."""
    on = clock.day_of(now)
    due = Q()
    for stage, days in enumerate(STAGES, start=1):
        due |= Q(told__lt=stage, expires_on__lte=on + dt.timedelta(days=days))
    rows = StaffSkill.objects.filter(
        due, level__gt=0, user__is_active=True, skill__origin__in=[Origin.LIVE, Origin.IMPORT]
    )
    return sum(_tell(pk, now) for pk in list(rows.order_by("expires_on", "pk").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _tell(pk: int, now: dt.datetime) -> bool:
    row = StaffSkill.objects.select_for_update(of=("self",)).select_related("skill", "user").filter(pk=pk).first()
    days = (row.expires_on - clock.day_of(now)).days if row and row.expires_on else None
    if row is None or days is None:
        return False
    stage = max((at for at, ahead in enumerate(STAGES, start=1) if days <= ahead), default=0)
    # Whoever renewed it meanwhile needs no telling; whoever told was quicker.
    if stage <= row.told:
        return False
    row.told = stage
    row.save(update_fields=["told"])
    house, subject = accounts.system_actor(world=World.REAL), ("people.profile", row.user_id)
    leaders = leading.leaders_of(user_id=row.user_id, world=World.REAL)
    for user_id in sorted({row.user_id, *leaders}):
        calling.call(by=house, subject=subject, user_id=user_id, text=_say(row, days), now=now)
    ledger.record(
        actor=house,
        action="people.tell_expiry",
        subject=subject,
        now=now,
        changes={row.skill.name: (None, row.expires_on.isoformat() if row.expires_on else None)},
    )
    return True


def _say(row: StaffSkill, days: int) -> str:
    whose = f"{row.skill.name} of {row.user.name}"
    if days < 0:
        return f"{whose} ran out on {format_day(row.expires_on)}: until renewed, queues that ask for it pass her over."
    return f"{whose} runs out on {format_day(row.expires_on)}."
