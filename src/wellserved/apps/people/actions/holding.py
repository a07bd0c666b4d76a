"""Who has which role, and how a newcomer is brought in."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import events, policies
from wellserved.apps.people.models import InductionTask, JobRole, RoleHolder
from wellserved.apps.people.queries import roles
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin

PROFILE = "people.profile"
REACH = dt.timedelta(days=730)


@transaction.atomic
def give_role(
    *, actor: Actor, role_id: int, user_id: int, since: dt.date, with_induction: bool = True, now: dt.datetime
) -> int:
    """Let somebody have a role from a day on, with the dated steps of its induction, and return the holding's id."""
    person = accounts.person(actor=actor, user_id=user_id)
    role = JobRole.objects.select_for_update().get(pk=roles.find_role(actor=actor, role_id=role_id).pk)
    if role.retired_at or not role.current:
        raise Conflict("Put the pack of this role in force first.", code="role_not_in_force")
    if role.holders.filter(user=user_id, until=None).exists():
        raise Conflict(f"{person.name} has this role already.", code="role_held")
    policies.check_may_edit(actor, person)
    if not now.date() - 20 * REACH <= since <= now.date() + REACH:
        raise Invalid("Give a day of the last forty years or the next two.", code="role_since", field="since")
    row = RoleHolder.objects.create(
        user_id=user_id, role=role, number=role.current, since=since, origin=live_origin(actor.world)
    )
    steps = role.versions.get(number=role.current).steps.order_by("place") if with_induction else ()
    InductionTask.objects.bulk_create(
        InductionTask(
            holder=row, place=step.place, due_on=since + dt.timedelta(days=step.day - 1), text=step.text, by=step.by
        )
        for step in steps
    )
    ledger.record(
        actor=actor,
        action="people.give_role",
        subject=(PROFILE, user_id),
        now=now,
        changes={"role": (None, role.name), "since": (None, since.isoformat())},
        event=events.RoleTaken(role_id=role.pk, user_id=user_id),
    )
    return row.pk


@transaction.atomic
def end_role(*, actor: Actor, holder_id: int, until: dt.date, now: dt.datetime) -> None:
    """Say until when somebody has a role."""
    found = roles.find_holder(actor=actor, holder_id=holder_id)
    row = RoleHolder.objects.select_for_update().get(pk=found.pk)
    if row.until is not None:
        raise Conflict("This has ended already.", code="role_ended")
    policies.check_may_edit(actor, accounts.person(actor=actor, user_id=row.user_id))
    if until < row.since:
        raise Invalid("It cannot end before it began.", code="role_until", field="until")
    row.until = until
    row.save(update_fields=["until"])
    ledger.record(
        actor=actor,
        action="people.end_role",
        subject=(PROFILE, row.user_id),
        now=now,
        changes={"role": (found.role.name, None), "until": (None, until.isoformat())},
    )


@transaction.atomic
def finish_step(*, actor: Actor, task_id: int, now: dt.datetime) -> int:
    """Say that a step of an induction is done: the newcomer herself, or whoever may change her profile."""
    holder = roles.find_step(actor=actor, task_id=task_id).holder
    row = InductionTask.objects.select_for_update().get(pk=task_id)
    if row.done_at:
        raise Conflict("This step is done already.", code="step_done")
    if holder.user_id != actor.user_id:
        policies.check_may_edit(actor, accounts.person(actor=actor, user_id=holder.user_id))
    row.done_at, row.done_by_id = now, actor.user_id
    row.save(update_fields=["done_at", "done_by"])
    ledger.record(
        actor=actor,
        action="people.finish_induction_step",
        subject=(PROFILE, holder.user_id),
        now=now,
        changes={"step": (None, row.text)},
    )
    return holder.user_id
