"""Write down whom we serve and what they expect; nothing here is stored that the desk's records can say."""

import datetime as dt
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.policies import offer as rules
from wellserved.apps.standards.types import offer as types
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

SEGMENT, EXPECTATION = "standards.segment", "standards.expectation"
_SEGMENT = ("name", "description", "rule", "owner_id", "review_on", "is_active")
_EXPECTATION = (
    "title",
    "detail",
    "segment_id",
    "basis",
    "nature",
    "importance",
    "source",
    "source_note",
    "source_on",
    "credibility",
    "signals",
    "review_on",
    "is_active",
)


@transaction.atomic
def save_segment(
    *,
    actor: Actor,
    segment_id: int | None,
    name: str,
    description: str = "",
    rule: types.Rule,
    owner_id: int | None = None,
    review_on: dt.date | None = None,
    is_active: bool = True,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep a segment and return its id; who belongs to it follows from its rule."""
    row = _locked(models.Segment, actor, segment_id, "segment") if segment_id else models.Segment(version=0)
    _check_version(row, version)
    policies.require_edit(actor)
    before = _facts(row, _SEGMENT)
    row.name = rules.read_text(name, 120, "name", "Give the segment a name.")
    row.description = rules.read_text(description, 500, "description")
    row.rule = rules.read_rule(rule).as_data()
    if review_on is not None and review_on != row.review_on:
        rules.require_future(review_on, now.date(), "review_on")
    if owner_id and owner_id not in accounts.visible_staff_ids(actor=actor, user_ids=[owner_id]):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="owner_not_found")
    row.owner_id, row.review_on, row.is_active = owner_id, review_on, is_active
    row.origin = row.origin if row.pk else live_origin(actor.world)
    if models.Segment.objects.filter(name=row.name, origin=row.origin).exclude(pk=row.pk).exists():
        raise Conflict(f"There is a segment called {row.name} already.", code="name_taken", field="name")
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_segment",
        subject=(SEGMENT, row.pk),
        now=now,
        changes=_changes(before, _facts(row, _SEGMENT)),
        event=events.SegmentSaved(segment_id=row.pk),
    )
    return row.pk


@transaction.atomic
def save_expectation(
    *,
    actor: Actor,
    expectation_id: int | None,
    title: str,
    segment_id: int,
    basis: str,
    nature: str,
    importance: int,
    source: str,
    source_on: dt.date,
    credibility: int,
    review_on: dt.date,
    detail: str = "",
    source_note: str = "",
    signals: types.Signals | None = None,
    is_active: bool = True,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep what a segment expects and return its id: with its source, from when that is, and how far it is believed."""
    row = _locked(models.Expectation, actor, expectation_id, "expectation") if expectation_id else None
    row = row or models.Expectation(version=0)
    _check_version(row, version)
    policies.require_edit(actor)
    segment = in_world(models.Segment.objects.filter(pk=segment_id), actor.world).first()
    if segment is None:
        raise NotFound("There is no such segment.", code="segment_not_found")
    for value, allowed, field in (
        (basis, types.BASES, "basis"),
        (nature, types.NATURES, "nature"),
        (importance, types.IMPORTANCE, "importance"),
        (source, types.SOURCES, "source"),
        (credibility, types.CREDIBILITY, "credibility"),
    ):
        rules.read_choice(value, allowed, field)
    rules.require_past(source_on, now.date(), "source_on")
    if review_on != row.review_on:
        rules.require_future(review_on, now.date(), "review_on")
    before = _facts(row, _EXPECTATION)
    row.title = rules.read_text(title, 200, "title", "Say what they expect, such as an answer on the same day.")
    row.detail = rules.read_text(detail, 1000, "detail")
    row.source_note = rules.read_text(source_note, 200, "source_note")
    row.segment, row.basis, row.nature, row.importance = segment, basis, nature, importance
    row.source, row.source_on, row.credibility, row.review_on = source, source_on, credibility, review_on
    row.signals = rules.read_signals(signals or types.Signals()).as_data()
    row.is_active = is_active
    row.origin = row.origin if row.pk else live_origin(actor.world)
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_expectation",
        subject=(EXPECTATION, row.pk),
        now=now,
        changes=_changes(before, _facts(row, _EXPECTATION)),
        event=events.ExpectationSaved(expectation_id=row.pk),
    )
    return row.pk


@transaction.atomic
def review_expectation(
    *, actor: Actor, expectation_id: int, finding: str, next_on: dt.date, version: int | None = None, now: dt.datetime
) -> None:
    """Say that somebody has looked whether it still holds, and when it is looked at next."""
    row = _locked(models.Expectation, actor, expectation_id, "expectation")
    _check_version(row, version)
    policies.require_edit(actor)
    if not finding.strip():
        raise Invalid("Say what the review found.", code="reason", field="finding")
    rules.require_future(next_on, now.date(), "next_on")
    before, row.review_on, row.version = row.review_on, next_on, row.version + 1
    row.save(update_fields=["review_on", "version"])
    ledger.record(
        actor=actor,
        action="standards.review_expectation",
        subject=(EXPECTATION, row.pk),
        now=now,
        changes={"review_on": (before.isoformat(), next_on.isoformat())},
        reason=finding[:300],
        event=events.ExpectationSaved(expectation_id=row.pk),
    )


def _locked(model: Any, actor: Actor, pk: int, noun: str) -> Any:
    row = in_world(model.objects.select_for_update().filter(pk=pk), actor.world).first()
    if row is None:
        raise NotFound(f"There is no such {noun}.", code=f"{noun}_not_found")
    return row


def _check_version(row: Any, given: int | None) -> None:
    if row.pk and given is not None and given != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {given}; compare and save again.",
            code="stale",
            version=row.version,
        )


def _facts(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    found = {field: getattr(row, field) if row.pk else None for field in fields}
    return {field: value.isoformat() if isinstance(value, dt.date) else value for field, value in found.items()}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {field: (before[field], after[field]) for field in after if before[field] != after[field]}
