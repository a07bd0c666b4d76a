"""Confirm that one has read the version in force."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions.knowledge import keeping
from wellserved.apps.desk.events.knowledge import GuidelineRead
from wellserved.apps.desk.models import Attestation
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types.knowledge import GuidelineState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict


@transaction.atomic
def attest(*, actor: Actor, guideline_id: int, number: int, now: dt.datetime) -> bool:
    """Keep that this person has read version `number`, and return whether that is new; an older one is refused."""
    row = keeping.locked(actor=actor, guideline_id=guideline_id)
    if row.state != GuidelineState.IN_FORCE or row.current is None:
        raise Conflict("Only a guideline in force is confirmed.", code="not_in_force")
    if number != row.current.number:
        raise Conflict(
            f"Version {row.current.number} is in force now. Read that one, and confirm it.", code="newer_version"
        )
    _, is_new = Attestation.objects.get_or_create(version=row.current, user_id=actor.person_id, defaults={"at": now})
    if is_new:
        ledger.record(
            actor=actor,
            action="desk.read_guideline",
            subject=(scope.KIND, row.pk),
            now=now,
            changes={"read": (None, number)},
            event=GuidelineRead(guideline_id=row.pk, number=number, user_id=actor.person_id),
        )
    return is_new
