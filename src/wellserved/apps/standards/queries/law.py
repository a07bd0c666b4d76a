"""Read the law a service works by: packs in force, and the register of duties."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.standards import bundled
from wellserved.apps.standards.models import DutyAttestation, Obligation, RulePackVersion
from wellserved.apps.standards.types.law import (
    ObligationFilters,
    ObligationPage,
    ObligationRow,
    PackInForce,
    PackOffer,
    Signature,
)
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_day

_BY_TITLE = Keyset("title", "id")


def packs(*, actor: Actor, on: dt.date) -> tuple[PackInForce, ...]:
    """Return each pack of this world in the version that holds for what is received on a day. One query."""
    found: dict[int, RulePackVersion] = {}
    for row in _versions(actor).filter(effective_from__lte=on, effective_to__gte=on):
        known = found.get(row.pack_id)
        if known is None or (row.effective_from, row.number) > (known.effective_from, known.number):
            found[row.pack_id] = row
    return tuple(
        as_pack(row) for row in sorted(found.values(), key=lambda row: (not row.pack.is_default, row.pack.title))
    )


def pack_for(*, actor: Actor, pack_id: int | None, on: dt.date) -> PackInForce:
    """Return the version of a pack (the default one for None) that holds for what is received on a day. One query."""
    for found in packs(actor=actor, on=on):
        if found.is_active and (found.pack_id == pack_id or (pack_id is None and found.is_default)):
            return found
    raise Invalid(
        f"No version of this rule pack holds for what was received on {format_day(on)}; load one that does, or choose "
        "another pack.",
        code="no_pack_in_force",
    )


def pack_version(*, actor: Actor, version_id: int) -> PackInForce:
    """Return one version, whatever holds today. One query."""
    row = _versions(actor).filter(pk=version_id).first()
    if row is None:
        raise NotFound("There is no such rule pack.")
    return as_pack(row)


def pack_versions(*, version_ids: Iterable[int]) -> dict[int, PackInForce]:
    """Return versions already known to the caller by id. One query."""
    rows = RulePackVersion.objects.select_related("pack").filter(pk__in=set(version_ids))
    return {row.pk: as_pack(row) for row in rows}


def history(*, actor: Actor, pack_id: int) -> tuple[PackInForce, ...]:
    """Return every version of a pack, newest first. One query."""
    return tuple(as_pack(row) for row in _versions(actor).filter(pack=pack_id).order_by("-number"))


def offers(*, actor: Actor) -> tuple[PackOffer, ...]:
    """Return the packs on offer and whether this world has them. One query."""
    loaded = [row.content for row in _versions(actor)]
    return tuple(
        PackOffer(
            file=file,
            title=rules.title if rules else file,
            sector=rules.sector if rules else "",
            jurisdiction=rules.jurisdiction if rules else "",
            effective_from=rules.effective_from if rules else dt.date.min,
            is_loaded=rules is not None and bundled.read_text(bundled.load(file))[1] in loaded,
            fault=fault,
        )
        for file, rules, fault in bundled.offered()
    )


def as_pack(row: RulePackVersion) -> PackInForce:
    """Return the row as other layers may know it."""
    return PackInForce(
        version_id=row.pk,
        pack_id=row.pack_id,
        number=row.number,
        is_active=row.pack.is_active,
        is_default=row.pack.is_default,
        created_at=row.created_at,
        rules=bundled.rules_of(row.content),
    )


def _versions(actor: Actor) -> QuerySet[RulePackVersion]:
    rows = in_world(RulePackVersion.objects.select_related("pack"), actor.world, field="pack__origin")
    return rows if actor.automatic or actor.can(accounts.READ_STANDARDS) else rows.none()


def obligations(
    *, actor: Actor, filters: ObligationFilters, on: dt.date, cursor: str | None = None, limit: int = 50
) -> ObligationPage:
    """Return the register of duties by title, narrowed, with the figures of its verdict. Three queries."""
    everything = visible_obligations(actor=actor).filter(retired_at=None)
    rows = everything.select_related("pack", "owner")
    if filters.q:
        words = filters.q
        rows = rows.filter(Q(title__icontains=words) | Q(summary__icontains=words) | Q(process__icontains=words))
    if filters.role in STAFF_ROLES:
        rows = rows.filter(roles__icontains=f'"{filters.role}"')
    if filters.kind in Obligation.Kind.values:
        rows = rows.filter(kind=filters.kind)
    if filters.overdue:
        rows = rows.filter(review_on__lt=on)
    page = _BY_TITLE.page(rows, cursor=cursor, limit=limit)
    signed = _signed(actor)
    counts = everything.aggregate(all=Count("pk"), overdue=Count("pk", filter=Q(review_on__lt=on)))
    asked = everything.filter(is_attested=True, roles__icontains=f'"{actor.role}"').values_list("pk", "version")
    return ObligationPage(
        rows=tuple(_row(row, on=on, signed=signed) for row in page.rows),
        next_cursor=page.next_cursor,
        total=counts["all"],
        overdue=counts["overdue"],
        unsigned=sum((pk, version) not in signed for pk, version in asked),
    )


def obligation(*, actor: Actor, obligation_id: int, on: dt.date) -> ObligationRow:
    """Return one duty. Two queries."""
    row = visible_obligations(actor=actor).select_related("pack", "owner").filter(pk=obligation_id).first()
    if row is None:
        raise NotFound("There is no such duty.")
    return _row(row, on=on, signed=_signed(actor))


def signatures(*, actor: Actor, obligation_id: int) -> tuple[Signature, ...]:
    """Return who has attested a duty, newest first; those who do not edit standards see their own alone. One query."""
    rows = DutyAttestation.objects.filter(obligation__in=visible_obligations(actor=actor), obligation=obligation_id)
    if not actor.can(accounts.EDIT_STANDARDS):
        rows = rows.filter(user=actor.user_id)
    found = rows.select_related("user", "obligation").order_by("-attested_at", "-pk")[:200]
    return tuple(
        Signature(name=row.user.name, at=row.attested_at, is_current=row.obligation_version == row.obligation.version)
        for row in found
    )


def overdue_reviews(*, actor: Actor, on: dt.date) -> tuple[str, ...]:
    """Return the titles of duties whose review date has passed, the oldest first. One query."""
    rows = visible_obligations(actor=actor).filter(retired_at=None, review_on__lt=on).order_by("review_on", "pk")
    return tuple(rows.values_list("title", flat=True)[:101])


def visible_obligations(*, actor: Actor) -> QuerySet[Obligation]:
    """Return the duties staff of this world may read; for this app alone."""
    rows = in_world(Obligation.objects.all(), actor.world)
    return rows if actor.automatic or actor.can(accounts.READ_STANDARDS) else rows.none()


def role_names() -> dict[str, str]:
    """Return the staff roles with their names."""
    return {role.value: str(role.label) for role in Role if role.value in STAFF_ROLES}


def _signed(actor: Actor) -> set[tuple[int, int]]:
    return set(DutyAttestation.objects.filter(user=actor.user_id).values_list("obligation", "obligation_version"))


def _row(row: Obligation, *, on: dt.date, signed: set[tuple[int, int]]) -> ObligationRow:
    return ObligationRow(
        id=row.pk,
        kind=row.kind,
        kind_name=str(Obligation.Kind(row.kind).label),
        title=row.title,
        summary=row.summary,
        process=row.process,
        source=row.source,
        pack=row.pack.title if row.pack else "",
        pack_id=row.pack_id,
        clock=row.clock,
        letter=row.letter,
        owner=row.owner.name if row.owner else "",
        owner_id=row.owner_id,
        review_on=row.review_on,
        is_overdue=row.retired_at is None and row.review_on < on,
        roles=tuple(row.roles),
        is_attested=row.is_attested,
        attested=(row.pk, row.version) in signed,
        is_retired=row.retired_at is not None,
        version=row.version,
    )
