"""Run a crisis: declare it, propose, decide, log, tell, publish, stand down."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models
from wellserved.apps.standards.actions.risks import PLAYBOOK, text
from wellserved.apps.standards.policies.risks import require_run
from wellserved.apps.standards.types.crises import PROPOSAL, EntryKind
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.events import Event
from wellserved.platform.origin import in_world, live_origin

KIND = "standards.crisis"
MOST_COST = Decimal(100_000_000)


@transaction.atomic
def declare(*, actor: Actor, title: str, what: str, activation_id: int | None = None, now: dt.datetime) -> int:
    """Open a crisis room; its clock runs until the first proposal. One that comes from a playbook is linked to it."""
    activation = _activation(actor, activation_id) if activation_id else None
    require_run(actor)
    row = models.Crisis(
        title=_need(title, 160, "Say in a few words what is wrong.", field="title"),
        what=_need(what, 1000, "Say what is known: what fails, since when, for whom.", field="what"),
        declared_at=now,
        declared_by_id=actor.user_id,
        activation=activation,
        origin=live_origin(actor.world),
    )
    row.save()
    _record(row, "standards.declare_crisis", actor=actor, now=now, changes={"title": (None, row.title)},
            event=events.CrisisDeclared(crisis_id=row.pk))  # fmt: skip
    if activation:
        end = (PLAYBOOK, activation.contingency_id)
        thread.link(actor=actor, start=(KIND, row.pk), verb="activates", end=end, now=now)
    return row.pk


def _activation(actor: Actor, activation_id: int) -> models.Activation:
    row = in_world(models.Activation.objects.filter(pk=activation_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such activation.", code="activation_not_found")
    return row


@transaction.atomic
def propose(*, actor: Actor, crisis_id: int, parts: Mapping[str, str], now: dt.datetime) -> int:
    """Propose a course of action; the first stops the clock. What it says stays as it was said."""
    row = _locked_open(actor, crisis_id)
    require_run(actor)
    if stray := sorted(set(parts) - set(PROPOSAL)):
        raise Invalid(f"A proposal has no {', '.join(stray)}.", code="proposal_part")
    told = {key: text(parts.get(key, ""), 1000, field=key) for key in PROPOSAL}
    if missing := [key for key in ("course", "because") if not told[key]]:
        raise Invalid("Say what we do and why this; the rest can follow.", code="proposal_incomplete", field=missing[0])
    made = _enter(row, EntryKind.PROPOSAL, told["course"], actor=actor, now=now, detail=told)
    if row.proposed_at is None:
        row.proposed_at = now
    _bump(row, "proposed_at")
    _record(row, "standards.propose_course", actor=actor, now=now, changes={"course": (None, told["course"])},
            event=events.CourseProposed(crisis_id=row.pk, entry_id=made.pk))  # fmt: skip
    return made.pk


@transaction.atomic
def decide(*, actor: Actor, crisis_id: int, proposal_id: int, is_accepted: bool, words: str, now: dt.datetime) -> int:
    """Take a proposal or leave it, once, with the reason."""
    row = _locked_open(actor, crisis_id)
    proposal = row.entries.filter(pk=proposal_id, kind=EntryKind.PROPOSAL).first()
    if proposal is None:
        raise NotFound("There is no such proposal.", code="proposal_not_found")
    if proposal.decisions.exists():
        raise Conflict("This proposal has been decided.", code="proposal_decided")
    require_run(actor)
    said = _need(words, 1000, "Give the reason in a sentence.", field="words")
    made = _enter(row, EntryKind.DECISION, said, actor=actor, now=now, decides=proposal, is_accepted=is_accepted)
    _bump(row)
    _record(row, "standards.decide_course", actor=actor, now=now, reason=said,
            changes={"course": (proposal.body[:300], "taken" if is_accepted else "left")})  # fmt: skip
    return made.pk


@transaction.atomic
def log(*, actor: Actor, crisis_id: int, kind: str, words: str, now: dt.datetime) -> int:
    """Enter what was done, or what staff or customers were told."""
    row = _locked_open(actor, crisis_id)
    require_run(actor)
    if kind not in (EntryKind.ACTION, EntryKind.UPDATE, EntryKind.NOTICE):
        raise Invalid("The log takes what was done and who was told.", code="log_kind", field="kind")
    said = _need(words, 2000, "Say what was done, or what was told.", field="words")
    made = _enter(row, EntryKind(kind), said, actor=actor, now=now)
    _bump(row)
    _record(row, "standards.log_crisis", actor=actor, now=now, changes={kind: (None, said)})
    return made.pk


@transaction.atomic
def publish(
    *,
    actor: Actor,
    crisis_id: int,
    line: str,
    expected_at: dt.datetime | None = None,
    is_fixed: bool = False,
    now: dt.datetime,
) -> None:
    """Put a line on the public status page, change it, or say that it is fixed; an empty line takes it away."""
    row = _locked_open(actor, crisis_id)
    require_run(actor)
    said = text(line, 200, field="line")
    if is_fixed and not said:
        raise Invalid("Say in the line what is fixed.", code="status_line", field="line")
    if expected_at is not None and expected_at <= now and not is_fixed:
        raise Invalid("Give a time to come, or none.", code="status_time", field="expected_at")
    before = row.public_line
    row.public_line, row.public_expected_at = said, expected_at if said else None
    row.public_since = (row.public_since or now) if said else None
    row.public_fixed_at = now if is_fixed else None
    _bump(row, "public_line", "public_expected_at", "public_since", "public_fixed_at")
    _record(row, "standards.publish_status", actor=actor, now=now,
            changes={"public_line": (before or None, said or None)},
            event=events.StatusPublished(crisis_id=row.pk))  # fmt: skip


@transaction.atomic
def stand_down(
    *, actor: Actor, crisis_id: int, worked: str, to_change: str, cost: Decimal | None = None, now: dt.datetime
) -> None:
    """End a crisis with its review: what worked, what is to change, what it cost; a public problem is fixed with it."""
    row = _locked_open(actor, crisis_id)
    require_run(actor)
    row.worked = _need(worked, 1000, "Say what worked; it will be done again.", field="worked")
    row.to_change = _need(to_change, 1000, "Say what is to change, or that nothing is.", field="to_change")
    if cost is not None and not (cost.is_finite() and 0 <= cost <= MOST_COST):
        raise Invalid("Give the cost in pounds, from 0, or none.", code="crisis_cost", field="cost")
    row.cost, row.stood_down_at = cost, now
    if row.public_line and not row.public_fixed_at:
        row.public_fixed_at, row.public_expected_at = now, None
    _bump(row, "worked", "to_change", "cost", "stood_down_at", "public_fixed_at", "public_expected_at")
    _record(row, "standards.stand_down", actor=actor, now=now,
            changes={"worked": (None, row.worked), "to_change": (None, row.to_change)},
            event=events.CrisisStoodDown(crisis_id=row.pk))  # fmt: skip


def _locked_open(actor: Actor, crisis_id: int) -> models.Crisis:
    row = in_world(models.Crisis.objects.select_for_update().filter(pk=crisis_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such crisis.", code="crisis_not_found")
    if row.stood_down_at:
        raise Conflict("This crisis is over; its log is closed.", code="crisis_over")
    return row


def _enter(
    row: models.Crisis, kind: EntryKind, body: str, *, actor: Actor, now: dt.datetime, **facts: Any
) -> models.CrisisEntry:
    return models.CrisisEntry.objects.create(crisis=row, kind=kind, body=body, at=now, by_id=actor.user_id, **facts)


def _bump(row: models.Crisis, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])


def _record(
    row: models.Crisis,
    action: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: Mapping[str, tuple[Any, Any]],
    reason: str = "",
    event: Event | None = None,
) -> None:
    ledger.record(
        actor=actor, action=action, subject=(KIND, row.pk), now=now, changes=changes, reason=reason, event=event
    )


def _need(given: str, longest: int, sentence: str, *, field: str) -> str:
    said = text(given, longest, field=field)
    if not said:
        raise Invalid(sentence, code="crisis_words", field=field)
    return said
