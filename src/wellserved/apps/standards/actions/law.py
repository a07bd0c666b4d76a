"""Write the law a service works by: load packs, keep the register of duties, attest them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import bundled
from wellserved.apps.standards.events import law as events
from wellserved.apps.standards.models import DutyAttestation, Obligation, RulePack, RulePackVersion
from wellserved.apps.standards.policies import law as policies
from wellserved.apps.standards.types.law import GENERIC_PACK
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin
from wellserved.science.calendars import RulePack as Rules


@transaction.atomic
def add_pack(*, actor: Actor, text: str, reason: str = "", now: dt.datetime) -> int:
    """Load a pack from its text and return the version's id; the same text again changes nothing.

    A pack of a key already here adds a version: what was received before keeps the version it began with. Its duties
    join the register.
    """
    rules, content = bundled.read_text(text)
    policies.require_edit(actor)
    return _write(actor, rules, content, reason=reason.strip()[:300], now=now)


@transaction.atomic
def load_offered(*, actor: Actor, file: str, now: dt.datetime) -> int:
    """Load a pack that came with the product or lies in the folder, and return the version's id."""
    policies.require_edit(actor)
    rules, content = bundled.read_text(bundled.load(file))
    return _write(actor, rules, content, reason="", now=now)


@transaction.atomic
def ensure_default(*, actor: Actor, now: dt.datetime) -> int:
    """Return the default pack's id; a service without one begins with the generic procedure."""
    row = in_world(RulePack.objects.filter(is_default=True, is_active=True), actor.world).first()
    if row is None:
        for text in bundled.named(GENERIC_PACK):
            rules, content = bundled.read_text(text)
            _write(actor, rules, content, reason="The first complaint needs a procedure.", now=now)
        row = in_world(RulePack.objects.select_for_update().filter(key=GENERIC_PACK), actor.world).get()
        if not row.is_default:
            row.is_default = row.is_active = True
            row.save(update_fields=["is_default", "is_active"])
    return row.pk


@transaction.atomic
def choose_default(*, actor: Actor, pack_id: int, now: dt.datetime) -> None:
    """Say which pack a complaint comes under when nobody says otherwise."""
    row = _locked_pack(actor, pack_id)
    policies.require_edit(actor)
    before = in_world(RulePack.objects.filter(is_default=True), actor.world).first()
    if before == row:
        return
    in_world(RulePack.objects.filter(is_default=True), actor.world).update(is_default=False)
    row.is_default, row.is_active, row.version = True, True, row.version + 1
    row.save(update_fields=["is_default", "is_active", "version"])
    ledger.record(
        actor=actor,
        action="standards.choose_default_pack",
        subject=("standards.rulepack", row.pk),
        now=now,
        changes={"default_pack": (before.title if before else None, row.title)},
    )


def _locked_pack(actor: Actor, pack_id: int) -> RulePack:
    row = in_world(RulePack.objects.select_for_update().filter(pk=pack_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such rule pack.")
    return row


def _write(actor: Actor, rules: Rules, content: dict[str, Any], *, reason: str, now: dt.datetime) -> int:
    origin = live_origin(actor.world)
    is_first = not in_world(RulePack.objects.filter(is_default=True), actor.world).exists()
    row, _ = RulePack.objects.select_for_update().get_or_create(
        key=rules.key,
        origin=origin,
        defaults={"title": rules.title, "is_default": is_first and rules.subject == "complaint"},
    )
    newest = row.versions.order_by("-number").first()
    same = next((version for version in row.versions.all() if version.content == content), None)
    if same:
        return same.pk
    written = RulePackVersion.objects.create(
        pack=row,
        number=newest.number + 1 if newest else 1,
        content=content,
        effective_from=rules.effective_from,
        effective_to=rules.effective_to,
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason,
    )
    if newest:
        row.title, row.version = rules.title, row.version + 1
        row.save(update_fields=["title", "version"])
    _add_duties(actor, row, rules, now)
    ledger.record(
        actor=actor,
        action="standards.load_pack",
        subject=("standards.rulepack", row.pk),
        now=now,
        changes={"version": (newest.number if newest else None, written.number), "pack": (None, rules.title)},
        reason=reason,
        event=events.PackLoaded(pack_id=row.pk, version_id=written.pk),
    )
    return written.pk


def _add_duties(actor: Actor, row: RulePack, rules: Rules, now: dt.datetime) -> None:
    """Bring the pack's duties into the register; those already there are the service's own to change."""
    known = set(row.obligations.values_list("pack_key", flat=True))
    Obligation.objects.bulk_create(
        Obligation(
            kind=duty.kind,
            title=duty.title,
            summary=duty.summary,
            process=duty.process,
            source=rules.source,
            pack=row,
            pack_key=duty.key,
            clock=duty.clock,
            letter=duty.letter,
            owner_id=actor.user_id,
            review_on=rules.review_on,
            roles=list(duty.roles),
            is_attested=duty.attested,
            created_at=now,
            origin=row.origin,
        )
        for duty in rules.obligations
        if duty.key not in known
    )


@transaction.atomic
def save_obligation(
    *,
    actor: Actor,
    obligation_id: int | None,
    title: str,
    summary: str,
    kind: str,
    process: str = "",
    source: str = "",
    owner_id: int | None = None,
    review_on: dt.date,
    roles: Iterable[str] = (),
    is_attested: bool = False,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Write a duty or change one and return its id; a change asks those it concerns to attest anew."""
    row = _locked(actor, obligation_id) if obligation_id else None
    wanted: dict[str, Any] = {
        "title": " ".join(title.split()),
        "summary": summary.strip(),
        "kind": kind,
        "process": process.strip()[:200],
        "source": source.strip()[:500],
        "owner_id": owner_id,
        "review_on": review_on,
        "roles": sorted(set(roles)),
        "is_attested": is_attested,
    }
    if row and version is not None and version != row.version:
        raise Conflict(
            "Somebody changed this duty while you did. Nothing of yours is saved; compare and save again.",
            code="stale",
            version=row.version,
            difference={name: str(getattr(row, name)) for name in wanted if getattr(row, name) != wanted[name]},
        )
    policies.require_edit(actor)
    _check(actor, wanted)
    row = row or Obligation(created_at=now, origin=live_origin(actor.world), version=0)
    changes = {
        name: (_plain(getattr(row, name)) if row.pk else None, _plain(value))
        for name, value in wanted.items()
        if not row.pk or getattr(row, name) != value
    }
    if not changes:
        return row.pk
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_obligation",
        subject=("standards.obligation", row.pk),
        now=now,
        changes=changes,
        event=events.ObligationSaved(obligation_id=row.pk),
    )
    return row.pk


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _check(actor: Actor, wanted: dict[str, Any]) -> None:
    if not 1 <= len(wanted["title"]) <= 200:
        raise Invalid("Name the duty in 1 to 200 letters.", code="duty_title", field="title")
    if not 1 <= len(wanted["summary"]) <= 2000:
        raise Invalid("Say in up to 2,000 letters what it asks.", code="duty_summary", field="summary")
    if wanted["kind"] not in Obligation.Kind.values:
        raise Invalid("A duty is of a law, a code or a policy.", code="duty_kind", field="kind")
    if wanted["source"] and not wanted["source"].startswith(("https://", "http://")):
        raise Invalid("The source is an address beginning with https://.", code="duty_source", field="source")
    policies.check_roles(tuple(wanted["roles"]))
    if wanted["owner_id"] is not None:
        accounts.person(actor=actor, user_id=wanted["owner_id"])


@transaction.atomic
def review_obligation(*, actor: Actor, obligation_id: int, next_on: dt.date, finding: str, now: dt.datetime) -> None:
    """Say that a duty has been looked at, what was found, and when it is looked at next."""
    row = _locked(actor, obligation_id)
    policies.require_edit(actor)
    if next_on <= now.date():
        raise Invalid("The next review lies ahead; choose a later day.", code="review_date", field="next_on")
    if not finding.strip():
        raise Invalid("Say in a few words what the review found.", code="review_finding", field="finding")
    before, row.review_on = row.review_on, next_on
    row.version += 1
    row.save(update_fields=["review_on", "version"])
    ledger.record(
        actor=actor,
        action="standards.review_obligation",
        subject=("standards.obligation", row.pk),
        now=now,
        changes={"review_on": (before.isoformat(), next_on.isoformat())},
        reason=finding.strip()[:500],
        event=events.ObligationSaved(obligation_id=row.pk),
    )


@transaction.atomic
def attest(*, actor: Actor, obligation_id: int, now: dt.datetime) -> None:
    """Say that one knows a duty and works by it; once a version is enough."""
    row = _locked(actor, obligation_id)
    if not row.is_attested:
        raise Invalid("Nobody is asked to attest this duty.", code="no_attestation")
    policies.check_concerned(actor, tuple(row.roles))
    _, is_new = DutyAttestation.objects.get_or_create(
        obligation=row, user_id=actor.person_id, obligation_version=row.version, defaults={"attested_at": now}
    )
    if is_new:
        ledger.record(
            actor=actor,
            action="standards.attest_obligation",
            subject=("standards.obligation", row.pk),
            now=now,
            changes={"attested": (None, row.version)},
            event=events.ObligationAttested(obligation_id=row.pk, user_id=actor.person_id),
        )


@transaction.atomic
def retire_obligation(*, actor: Actor, obligation_id: int, reason: str, now: dt.datetime) -> None:
    """Take a duty out of the register; its history stays."""
    row = _locked(actor, obligation_id)
    policies.require_edit(actor)
    if row.retired_at:
        return
    if not reason.strip():
        raise Invalid("Say why the duty no longer holds.", code="reason_required", field="reason")
    row.retired_at, row.version = now, row.version + 1
    row.save(update_fields=["retired_at", "version"])
    ledger.record(
        actor=actor,
        action="standards.retire_obligation",
        subject=("standards.obligation", row.pk),
        now=now,
        changes={"retired": (False, True)},
        reason=reason.strip()[:500],
        event=events.ObligationSaved(obligation_id=row.pk),
    )


def _locked(actor: Actor, obligation_id: int) -> Obligation:
    row = in_world(Obligation.objects.select_for_update().filter(pk=obligation_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such duty.")
    return row
