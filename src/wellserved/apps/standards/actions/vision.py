"""Say what the service wants to be, and set the objectives it is run towards."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.policies import offer as rules
from wellserved.apps.standards.types.vision import OBJECTIVE_STATES
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND, OBJECTIVE = "standards.vision", "standards.objective"
MOST_VALUES = 8


@transaction.atomic
def save_vision(
    *,
    actor: Actor,
    text: str,
    values: Sequence[tuple[str, str]] = (),
    priorities: str = "",
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Make these words the vision that holds; whoever acknowledged others is asked again."""
    rows = models.Vision.objects.select_for_update().filter(origin=live_origin(actor.world))
    row = rows.first() or models.Vision(origin=live_origin(actor.world), version=0)
    _check_version(row, version)
    policies.require_edit(actor)
    said = rules.read_text(text, 2000, "text", "Say what your service wants to be for its customers.")
    pairs = [[rules.read_text(name, 60, "values"), rules.read_text(meaning, 300, "values")] for name, meaning in values]
    pairs = [pair for pair in pairs if pair[0]]
    if len(pairs) > MOST_VALUES:
        raise Invalid(f"Keep to {MOST_VALUES} values: nobody remembers more.", code="vision_values", field="values")
    first = rules.read_text(priorities, 2000, "priorities")
    before = row.versions.get(number=row.version) if row.pk else None
    if before and (before.text, before.values, before.priorities) == (said, pairs, first):
        raise Conflict("Nothing has changed since the last version.", code="nothing_changed")
    if before and not reason.strip():
        raise Invalid("Say why it changes: colleagues are asked to read it again.", code="reason", field="reason")
    row.version += 1
    row.save()
    written = models.VisionVersion.objects.create(
        vision=row,
        number=row.version,
        text=said,
        values=pairs,
        priorities=first,
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason.strip()[:300],
    )
    ledger.record(
        actor=actor,
        action="standards.save_vision",
        subject=(KIND, row.pk),
        now=now,
        changes={
            "vision": (before.text if before else None, said),
            "values": (before.values if before else None, pairs),
        },
        reason=reason,
        event=events.VisionChanged(vision_id=row.pk, version_id=written.pk),
    )
    return row.pk


@transaction.atomic
def save_objective(
    *,
    actor: Actor,
    objective_id: int | None,
    name: str,
    measured_by: str,
    due_on: dt.date,
    why: str = "",
    owner_id: int | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep an objective and return its id; without a measure and a day it is a wish."""
    row = _locked(actor, objective_id) if objective_id else models.Objective(version=0)
    _check_version(row, version)
    if row.pk and row.state != "open":
        raise Conflict("This objective is settled; set a new one.", code="objective_settled")
    policies.require_edit(actor)
    fields = ("name", "why", "measured_by", "due_on", "owner_id")
    before = _told(row, fields) if row.pk else dict.fromkeys(fields)
    row.name = rules.read_text(name, 160, "name", "Say what is to be reached.")
    row.why = rules.read_text(why, 1000, "why")
    row.measured_by = rules.read_text(
        measured_by, 300, "measured_by", "Say by what anybody can see that it was reached, such as 90 % satisfied."
    )
    rules.require_reachable(due_on, "due_on")
    if owner_id and owner_id not in accounts.visible_staff_ids(actor=actor, user_ids=[owner_id]):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="owner_not_found")
    row.due_on, row.owner_id = due_on, owner_id
    row.origin = row.origin if row.pk else live_origin(actor.world)
    row.version += 1
    row.save()
    after = _told(row, fields)
    ledger.record(
        actor=actor,
        action="standards.save_objective",
        subject=(OBJECTIVE, row.pk),
        now=now,
        changes={field: (before[field], after[field]) for field in fields if before[field] != after[field]},
        event=events.ObjectiveSaved(objective_id=row.pk),
    )
    return row.pk


def _told(row: models.Objective, fields: Sequence[str]) -> dict[str, str | None]:
    """Return what history tells of an objective; what is not set is told as nothing."""
    found = ((field, getattr(row, field)) for field in fields)
    return {field: None if value is None else str(value) for field, value in found}


@transaction.atomic
def settle_objective(
    *, actor: Actor, objective_id: int, state: str, outcome: str, version: int | None = None, now: dt.datetime
) -> None:
    """Say that an objective was met or is dropped, and what shows it."""
    row = _locked(actor, objective_id)
    _check_version(row, version)
    if row.state != "open":
        raise Conflict("This objective is settled already.", code="objective_settled")
    rules.read_choice(state, [key for key in OBJECTIVE_STATES if key != "open"], "state")
    said = rules.read_text(outcome, 500, "outcome", "Say what shows it.")
    policies.require_edit(actor)
    row.state, row.outcome, row.version = state, said, row.version + 1
    row.save(update_fields=["state", "outcome", "version"])
    ledger.record(
        actor=actor,
        action="standards.settle_objective",
        subject=(OBJECTIVE, row.pk),
        now=now,
        changes={"state": ("open", state), "outcome": (None, said)},
        event=events.ObjectiveSaved(objective_id=row.pk),
    )


def _locked(actor: Actor, objective_id: int) -> models.Objective:
    row = in_world(models.Objective.objects.select_for_update().filter(pk=objective_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such objective.", code="objective_not_found")
    return row


def _check_version(row: models.Vision | models.Objective, given: int | None) -> None:
    if row.pk and given is not None and given != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {given}; compare and save again.",
            code="stale",
            version=row.version,
        )
