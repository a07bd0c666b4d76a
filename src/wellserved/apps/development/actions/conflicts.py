"""Settle a conflict in private: by talking, by an agreement both sign, or by an arbiter's decision.

History keeps that a stage was passed and by whom, and none of the words; only those of the case read even that.
"""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import conflicts as queries
from wellserved.apps.development.types import conflicts as types
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import live_origin, world_of

MOST_PARTIES = 6


@transaction.atomic
def open_case(*, actor: Actor, party_ids: tuple[int, ...], handler_id: int, summary: str, now: dt.datetime) -> int:
    """Open a case between colleagues with somebody to handle it, and return its id.

    Whoever opens it is a party or the handler, so that nobody else ever knows of it.
    """
    person_id = policies.require_belonging(actor)
    known = {pk for pk, _ in queries.colleagues(actor=actor)}
    parties = set(party_ids) | (set() if handler_id == person_id else {person_id})
    if parties - known:
        raise NotFound("There is no such colleague.", code="colleague_not_found")
    if not 2 <= len(parties) <= MOST_PARTIES:
        raise Invalid("A conflict is between two people at least.", code="case_parties", field="party_ids")
    _require_handler(actor, handler_id, parties)
    row = models.ConflictCase.objects.create(
        summary=rules.said(summary, 2000, field="summary", missing="Say what it is about, as both would put it."),
        handler_id=handler_id,
        opened_at=now,
        opened_by_id=person_id,
        origin=live_origin(actor.world),
    )
    models.ConflictParty.objects.bulk_create(models.ConflictParty(case=row, user_id=pk) for pk in sorted(parties))
    _record(actor, row, "development.open_case", now)
    _call(actor, row, now)
    return row.pk


@transaction.atomic
def add_note(*, actor: Actor, case_id: int, text: str, version: int | None = None, now: dt.datetime) -> None:
    """Say something in a case that is open."""
    row = _open(actor, case_id, version)
    said = rules.said(text, 2000, field="text", missing="Say something, or leave it.")
    models.ConflictNote.objects.create(case=row, author_id=actor.user_id, text=said, written_at=now)
    _record(actor, row, "development.note_case", now)


@transaction.atomic
def move(
    *, actor: Actor, case_id: int, stage: str, handler_id: int, version: int | None = None, now: dt.datetime
) -> None:
    """Go on to mediation or arbitration, with whoever handles that; whoever handled it before sees it no more.

    Once whoever handled it works here no longer, a party names somebody else.
    """
    row = _open(actor, case_id, version)
    if not queries.is_deserted(row):
        _require_handles(actor, row)
    order = list(types.STAGES)
    rules.choice(stage, order, field="stage")
    if order.index(stage) < order.index(row.stage):
        raise Conflict("A case goes on, not back: close it and open another.", code="case_stage")
    if (stage, handler_id) == (row.stage, row.handler_id):
        raise Invalid("Choose another stage or another handler.", code="case_unmoved", field="stage")
    _require_handler(actor, handler_id, set(row.parties.values_list("user", flat=True)))
    before, row.stage, row.handler_id = row.stage, stage, handler_id
    row.version += 1
    row.save(update_fields=["stage", "handler", "version"])
    _record(actor, row, "development.move_case", now, stage=(before, stage))
    _call(actor, row, now)


@transaction.atomic
def write_agreement(*, actor: Actor, case_id: int, text: str, version: int | None = None, now: dt.datetime) -> None:
    """Write what the parties agree on, in mediation; signatures under an earlier text are gone."""
    row = _handled(actor, case_id, version)
    if row.stage != "mediation":
        raise Conflict("An agreement is written in mediation.", code="case_stage")
    row.agreement = rules.said(text, 4000, field="text", missing="Write what each does from now on, and from when.")
    row.version += 1
    row.save(update_fields=["agreement", "version"])
    row.parties.update(signed_at=None)
    _record(actor, row, "development.write_agreement", now)
    _call(actor, row, now)


@transaction.atomic
def sign(*, actor: Actor, case_id: int, version: int, now: dt.datetime) -> bool:
    """Sign the agreement as one has read it; return whether that was the last signature, which closes the case."""
    row = _open(actor, case_id, version)
    party = row.parties.filter(user=actor.user_id).first()
    if party is None:
        raise Refused("Only the parties sign.", code="not_a_party")
    if not row.agreement or row.stage != "mediation":
        raise Conflict("There is nothing to sign.", code="nothing_to_sign")
    if party.signed_at is None:
        party.signed_at = now
        party.save(update_fields=["signed_at"])
        _record(actor, row, "development.sign_agreement", now)
    if row.parties.filter(signed_at=None).exists():
        return False
    _end(actor, row, "agreed", now)
    return True


@transaction.atomic
def decide(*, actor: Actor, case_id: int, decision: str, version: int | None = None, now: dt.datetime) -> None:
    """Decide as the arbiter, bindingly; that closes the case."""
    row = _handled(actor, case_id, version)
    if row.stage != "arbitration":
        raise Conflict("Only an arbiter decides; go on to arbitration first.", code="case_stage")
    row.decision = rules.said(decision, 4000, field="decision", missing="Write what holds from now on, and why.")
    row.save(update_fields=["decision"])
    _end(actor, row, "decided", now)


@transaction.atomic
def settle(*, actor: Actor, case_id: int, text: str, version: int | None = None, now: dt.datetime) -> None:
    """Close a case that was settled by talking."""
    row = _handled(actor, case_id, version)
    if row.stage == "arbitration":
        raise Conflict("Arbitration ends with a decision.", code="case_stage")
    said = rules.said(text, 2000, field="text", missing="Say how it was settled.")
    models.ConflictNote.objects.create(case=row, author_id=actor.user_id, text=said, written_at=now)
    _end(actor, row, "settled", now)


def forget_old(*, now: dt.datetime) -> int:
    """Delete the cases that were kept as long as was said, with every word in and beside them, and return how many."""
    gone = list(queries.over(on=clock.day_of(now)))
    for row in gone:
        house = accounts.system_actor(world=world_of(row.origin))
        with transaction.atomic():
            ledger.erase(actor=house, subjects=[(types.CASE, row.pk)], reason="Kept as long as was said.", now=now)
            row.delete()
    return len(gone)


def _open(actor: Actor, case_id: int, version: int | None) -> models.ConflictCase:
    row = queries.visible(actor=actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if row is None:
        raise NotFound("There is no such case, or it is not yours to see.", code="case_not_found")
    policies.check_version(row.version, version)
    if row.closed_at:
        raise Conflict("This case is closed.", code="case_closed")
    return row


def _handled(actor: Actor, case_id: int, version: int | None) -> models.ConflictCase:
    row = _open(actor, case_id, version)
    _require_handles(actor, row)
    return row


def _require_handles(actor: Actor, row: models.ConflictCase) -> None:
    if row.handler_id != actor.user_id:
        raise Refused("Only whoever handles the case does this.", code="not_the_handler")


def _require_handler(actor: Actor, handler_id: int, parties: set[int]) -> None:
    if handler_id not in {pk for pk, _ in queries.handlers(actor=actor)}:
        raise NotFound("There is nobody of that name who handles cases.", code="handler_not_found")
    if handler_id in parties:
        raise Invalid("Nobody handles a conflict of her own.", code="case_handler", field="handler_id")


def _end(actor: Actor, row: models.ConflictCase, ending: str, now: dt.datetime) -> None:
    row.ending, row.closed_at, row.version = ending, now, row.version + 1
    row.keep_until = policies.months_later(clock.day_of(now), types.MONTHS_KEPT)
    row.save(update_fields=["ending", "closed_at", "keep_until", "version"])
    _record(actor, row, "development.close_case", now, ending=(None, ending))
    _call(actor, row, now)


def _record(
    actor: Actor, row: models.ConflictCase, action: str, now: dt.datetime, **changes: tuple[object, object]
) -> None:
    ledger.record(actor=actor, action=action, subject=(types.CASE, row.pk), now=now, changes=changes)


def _call(actor: Actor, row: models.ConflictCase, now: dt.datetime) -> None:
    """Bring the case before all who are part of it, in words that tell nothing to whoever looks over a shoulder."""
    for user_id in {row.handler_id, *row.parties.values_list("user", flat=True)}:
        calling.call(
            by=actor, subject=(types.CASE, row.pk), user_id=user_id, text="something for you to read.", now=now
        )
