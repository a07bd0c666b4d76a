"""Write the offer, version by version, and open or close the public page of promises."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.policies import offer as rules
from wellserved.apps.standards.queries import commitments, expectations
from wellserved.apps.standards.types import offer as types
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND, EXPECTATION, PAGE = "standards.service", "standards.expectation", "standards.promise_page"


@transaction.atomic
def save_service(
    *,
    actor: Actor,
    service_id: int | None,
    offer: types.Offer,
    effective_on: dt.date,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Make this the newest version of the offer and return the service's id; the roles it names are told."""
    row = _locked(actor, service_id) if service_id else models.Service(version=0, changed_at=now)
    _check_version(row, version)
    policies.require_edit(actor)
    read = _read(actor, offer)
    rules.require_reachable(effective_on, "effective_on")
    before = types.Offer.from_data(row.versions.get(number=row.number).content) if row.pk else None
    if before == read:
        raise Conflict("Nothing has changed since the last version.", code="nothing_changed")
    if before and not reason.strip():
        raise Invalid("Say why the offer changes: colleagues are told so.", code="reason", field="reason")
    row.origin = row.origin if row.pk else live_origin(actor.world)
    if models.Service.objects.filter(name=read.name, origin=row.origin).exclude(pk=row.pk).exists():
        raise Conflict(f"There is a service called {read.name} already.", code="name_taken", field="name")
    row.name, row.kind, row.summary = read.name, read.kind, read.summary
    row.strengths = sum(line.kind == "strength" for line in read.lines)
    row.weaknesses = sum(line.kind == "weakness" for line in read.lines)
    row.number, row.changed_at, row.version = row.number + 1, now, row.version + 1
    row.save()
    written = models.ServiceVersion.objects.create(
        service=row,
        number=row.number,
        content=read.as_data(),
        effective_on=effective_on,
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason.strip()[:300],
    )
    row.meets.set(read.expectations)
    ledger.record(
        actor=actor,
        action="standards.save_service",
        subject=(KIND, row.pk),
        now=now,
        changes={"offer": (before.as_data() if before else None, written.content)},
        reason=reason,
        event=events.OfferChanged(service_id=row.pk, version_id=written.pk),
    )
    _link(actor, row.pk, before.expectations if before else frozenset(), read.expectations, now)
    return row.pk


@transaction.atomic
def withdraw_service(
    *, actor: Actor, service_id: int, reason: str, version: int | None = None, now: dt.datetime
) -> None:
    """Offer this no longer; what it served shows as a gap, its versions stay."""
    row = _locked(actor, service_id)
    _check_version(row, version)
    if not row.is_offered:
        raise Conflict("It is not offered any more.", code="not_offered")
    if not reason.strip():
        raise Invalid("Say why it is withdrawn: whoever relied on it will ask.", code="reason", field="reason")
    policies.require_edit(actor)
    row.is_offered, row.version = False, row.version + 1
    row.save(update_fields=["is_offered", "version"])
    ledger.record(
        actor=actor,
        action="standards.withdraw_service",
        subject=(KIND, row.pk),
        now=now,
        changes={"is_offered": (True, False)},
        reason=reason,
        event=events.OfferWithdrawn(service_id=row.pk),
    )


@transaction.atomic
def publish_promises(*, actor: Actor, introduction: str = "", version: int | None = None, now: dt.datetime) -> None:
    """Let anybody read what is promised to customers, and how far it was kept."""
    row = _page(actor)
    _check_version(row, version)
    policies.require_edit(actor)
    text = rules.read_text(introduction, 1000, "introduction")
    if not row.pk:
        row.origin = live_origin(actor.world)
    before = row.introduction, row.published_at
    row.introduction, row.published_at = text, row.published_at or now
    row.published_by_id, row.version = actor.user_id, row.version + 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.publish_promises",
        subject=(PAGE, row.pk),
        now=now,
        changes={"introduction": (before[0], text), "is_public": (before[1] is not None, True)},
        event=events.PromisesPublished(page_id=row.pk),
    )


@transaction.atomic
def withdraw_promises(*, actor: Actor, version: int | None = None, now: dt.datetime) -> None:
    """Show the promises to nobody outside any more."""
    row = _page(actor)
    _check_version(row, version)
    if row.published_at is None:
        raise Conflict("The promises are not published.", code="promises_not_published")
    policies.require_edit(actor)
    row.published_at, row.version = None, row.version + 1
    row.save(update_fields=["published_at", "version"])
    ledger.record(
        actor=actor,
        action="standards.withdraw_promises",
        subject=(PAGE, row.pk),
        now=now,
        changes={"is_public": (True, False)},
        event=events.PromisesWithdrawn(page_id=row.pk),
    )


def _page(actor: Actor) -> models.PromisePage:
    rows = models.PromisePage.objects.select_for_update().filter(origin=live_origin(actor.world))
    return rows.first() or models.PromisePage(version=0)


def _read(actor: Actor, offer: types.Offer) -> types.Offer:
    """Return the offer fit to be written; every record it names is authorised like the service itself."""
    rules.read_choice(offer.kind, types.SERVICE_KINDS, "kind")
    lines = rules.read_lines(offer.lines)
    wanted = {pk for line in lines for pk in line.expectations}
    rules.require_names(expectations.titles(actor=actor, ids=wanted, holding=True), wanted)
    if offer.calendar and offer.calendar not in commitments.calendar_names(actor=actor):
        raise NotFound("There is no such calendar.", code="calendar_not_found")
    return types.Offer(
        name=rules.read_text(offer.name, 120, "name", "Give the service a name."),
        kind=offer.kind,
        summary=rules.read_text(offer.summary, 300, "summary"),
        calendar=offer.calendar or None,
        lines=lines,
        roles=rules.read_roles(offer.roles),
    )


def _locked(actor: Actor, service_id: int) -> models.Service:
    row = in_world(models.Service.objects.select_for_update().filter(pk=service_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such service.", code="service_not_found")
    return row


def _check_version(row: models.Service | models.PromisePage, given: int | None) -> None:
    if row.pk and given is not None and given != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {given}; compare and save again.",
            code="stale",
            version=row.version,
        )


def _link(actor: Actor, service_id: int, before: frozenset[int], after: frozenset[int], now: dt.datetime) -> None:
    here = (KIND, service_id)
    for pk in sorted(before - after):
        thread.unlink(actor=actor, start=here, verb="meets", end=(EXPECTATION, pk), now=now)
    for pk in sorted(after - before):
        thread.link(actor=actor, start=here, verb="meets", end=(EXPECTATION, pk), now=now)
