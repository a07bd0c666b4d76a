"""Say who handles a complaint, who reviews it, and who may know of it."""

import datetime as dt
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.actions.editing import KEEP, Keep
from wellserved.apps.desk.policies import complaints as policies
from wellserved.apps.desk.queries.complaints import people
from wellserved.platform.errors import Invalid


@transaction.atomic
def assign_complaint(
    *,
    actor: Actor,
    complaint_id: int,
    handler_id: int | Keep | None = KEEP,
    reviewer_id: int | Keep | None = KEEP,
    is_restricted: bool | Keep = KEEP,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Change who handles it, who reviews it and whether it is kept from others; return the version.

    A reviewer has had no part in the ticket or in an earlier stage.
    """
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    policies.require_assign(actor)
    given = {"handler_id": handler_id, "reviewer_id": reviewer_id, "is_restricted": is_restricted}
    wanted: dict[str, Any] = {name: value for name, value in given.items() if not isinstance(value, Keep)}
    changes = {name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value}
    handler = wanted.get("handler_id", row.handler_id)
    if changes.get("handler_id", (None, None))[1] is not None:
        if handler not in {person.id for person in people.handlers(actor=actor)}:
            raise Invalid("Choose a colleague who answers tickets to handle it.", code="handler", field="handler")
        if handler == wanted.get("reviewer_id", row.reviewer_id):
            raise Invalid("Handler and reviewer are two people.", code="handler_is_reviewer", field="handler")
    if (reviewer := changes.get("reviewer_id", (None, None))[1]) is not None:
        policies.require_independent(reviewer_id=reviewer, handler_id=handler, acted=people.acted(row))
        if reviewer not in {person.id for person in people.reviewers(actor=actor, complaint_id=row.pk)}:
            raise Invalid("Choose a team leader or manager to review it.", code="reviewer", field="reviewer")
    if not changes:
        return row.version
    for name, value in wanted.items():
        setattr(row, name, value)
    fields = [name.removesuffix("_id") for name in wanted]
    return keeping.finish(row, *fields, actor=actor, action="desk.assign_complaint", now=now, changes=changes)
