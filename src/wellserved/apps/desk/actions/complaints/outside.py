"""A complaint goes to an ombudsman, a mediator, an arbitrator or a court, and what comes of it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import statutory
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.events.complaints import ComplaintMoved
from wellserved.apps.desk.models import OutsideCase
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.queries.complaints import casework
from wellserved.apps.desk.types.complaints import OutsideKind, Stage
from wellserved.platform.errors import Conflict, Invalid, NotFound


@transaction.atomic
def open_outside(
    *,
    actor: Actor,
    complaint_id: int,
    kind: str,
    body: str,
    reference: str = "",
    person: str = "",
    is_binding: bool = False,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Record that an outside body has the complaint; return the case's id."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    if kind not in OutsideKind.values:
        raise Invalid(f"An outside case is one of {', '.join(OutsideKind.values)}.", code="outside_kind", field="kind")
    if kind in {OutsideKind.MEDIATION, OutsideKind.ARBITRATION} and not person.strip():
        raise Invalid("Name the mediator or arbitrator.", code="outside_person", field="person")
    case = OutsideCase.objects.create(
        complaint=row,
        kind=kind,
        body=keeping.read_text(body, what="which body has it", longest=200),
        reference=reference.strip()[:120],
        person=person.strip()[:200],
        is_binding=is_binding,
        opened_on=statutory.local_day(casework.pack_of(row).rules, now),
    )
    changes: dict[str, tuple[object, object]] = {"outside": (None, f"{case.get_kind_display()}: {case.body}")}
    before, after = row.stage, row.stage
    if row.stage != Stage.OUTSIDE:
        before, after = keeping.enter(row, Stage.OUTSIDE, actor=actor, note=f"{case.body} {case.reference}", now=now)
        changes["stage"] = (before, after)
    keeping.finish(
        row,
        actor=actor,
        action="desk.open_outside",
        now=now,
        changes=changes,
        event=ComplaintMoved(complaint_id=row.pk, before=before, after=after),
    )
    return case.pk


@transaction.atomic
def close_outside(
    *,
    actor: Actor,
    complaint_id: int,
    case_id: int,
    decision: str,
    signed_on: dt.date | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Record what the outside body decided, or what was agreed and signed; the last one closes the complaint."""
    # A case that is not this complaint's reads as absent before anybody's authority is judged.
    seen = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    if not seen.outside.filter(pk=case_id).exists():
        raise NotFound("There is no such case with an outside body.")
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    case = row.outside.select_for_update().get(pk=case_id)
    if case.closed_on:
        raise Conflict("This case is decided already.", code="outside_closed")
    decision = keeping.read_text(decision, what="what was decided or agreed", longest=4000)
    if case.kind == OutsideKind.MEDIATION and signed_on is None:
        raise Invalid("Give the day both sides signed the agreement.", code="signed_on", field="signed_on")
    case.decision, case.signed_on = decision, signed_on
    case.closed_on = statutory.local_day(casework.pack_of(row).rules, now)
    case.save(update_fields=["decision", "signed_on", "closed_on"])
    changes: dict[str, tuple[object, object]] = {"decision": (None, decision)}
    before, after = row.stage, row.stage
    if row.stage == Stage.OUTSIDE and not row.outside.filter(closed_on=None).exists():
        before, after = keeping.enter(row, Stage.CLOSED, actor=actor, note=f"{case.body}: decided", now=now)
        changes["stage"] = (before, after)
    return keeping.finish(
        row,
        actor=actor,
        action="desk.close_outside",
        now=now,
        changes=changes,
        event=ComplaintMoved(complaint_id=row.pk, before=before, after=after),
    )
