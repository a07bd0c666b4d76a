"""Limits of authority: the one place that says whether somebody may grant a remedy alone."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import counting, policies, queries
from wellserved.apps.people.counting import Place
from wellserved.apps.people.models import AuthorityLimit, AuthorityUse, StaffProfile
from wellserved.apps.people.types import Limit
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

CENT = Decimal("0.01")
LARGEST = 10**10


@transaction.atomic
def use_authority(
    *,
    actor: Actor,
    remedy: str,
    amount: Decimal,
    subject: tuple[str, int],
    beside: Collection[int] = (),
    now: dt.datetime,
    currency: str = "GBP",
    asked_by: int | None = None,
) -> Limit:
    """Grant a remedy within the actor's limit, or refuse and say who may; what is left comes back.

    Every page, API call, bulk act and import that gives something away comes through here. What was granted before in
    the period counts, so many small grants are held against the limit like one large one; `beside` are the records of
    the same customer that count together with the subject. `asked_by` is whoever asked for the grant when somebody
    else approves it: nobody approves her own.
    """
    _check_amount(amount)
    if asked_by is not None and asked_by == actor.person_id:
        raise Refused("Nobody approves her own request. Ask a colleague with enough authority.", code="self_approval")
    _lock_person(actor)
    limit = queries.applicable_limit(actor=actor, remedy=remedy, lock=True)
    place = Place(actor=actor, subject=subject, beside=frozenset(beside), now=now)
    used = counting.used(place, limit) if limit else Decimal(0)
    allowed = limit.amount if limit and limit.currency == currency else Decimal(0)
    if used + amount > allowed:
        _refuse(actor, remedy=remedy, amount=amount, currency=currency, limit=limit, used=used, beside=beside)
    AuthorityUse.objects.create(
        user_id=actor.person_id,
        remedy=remedy,
        amount=amount,
        currency=currency,
        subject_kind=subject[0],
        subject_id=subject[1],
        granted_at=now,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="people.use_authority",
        subject=subject,
        now=now,
        changes={"remedy": (None, remedy), "amount": (None, f"{amount:.2f} {currency}")},
    )
    return Limit(
        remedy=remedy,
        amount=allowed,
        currency=currency,
        period=limit.period if limit else AuthorityLimit.Period.TICKET,
        used=used + amount,
        left=allowed - used - amount,
    )


@transaction.atomic
def return_authority(
    *,
    actor: Actor,
    remedy: str,
    amount: Decimal,
    subject: tuple[str, int],
    granted_at: dt.datetime,
    now: dt.datetime,
    currency: str = "GBP",
) -> None:
    """Give back what the actor used for a grant that was withdrawn before the customer heard of it."""
    _lock_person(actor)
    uses = AuthorityUse.objects.filter(
        user_id=actor.person_id,
        remedy=remedy,
        amount=amount,
        currency=currency,
        subject_kind=subject[0],
        subject_id=subject[1],
        granted_at=granted_at,
    )
    used = in_world(uses, actor.world).order_by("-pk").first()
    if used is None:
        raise NotFound("There is no such grant to withdraw.", code="grant_not_found")
    used.delete()
    ledger.record(
        actor=actor,
        action="people.return_authority",
        subject=subject,
        now=now,
        changes={"remedy": (remedy, None), "amount": (f"{amount:.2f} {currency}", None)},
    )


@transaction.atomic
def set_limit(
    *,
    actor: Actor,
    remedy: str,
    amount: Decimal,
    currency: str = "GBP",
    period: str,
    role: str = "",
    user_id: int | None = None,
    reason: str,
    version: int | None = None,
    now: dt.datetime,
    origin: str | None = None,
) -> int:
    """Say what a role, or one person, may grant alone; return the limit's id. `version` is that of the limit read."""
    _check_holder(actor, role=role, user_id=user_id)
    policies.check_may_set_limits(actor, user_id=user_id, role=role)
    _check_terms(remedy=remedy, amount=amount, currency=currency, period=period, reason=reason)
    row = _lock_limit(actor, remedy=remedy, role=role, user_id=user_id)
    if row is None:
        if version:
            raise NotFound("This limit has been removed meanwhile. Reload the page to see the limits now in force.")
        row = AuthorityLimit(
            role=role,
            user_id=user_id,
            remedy=remedy,
            origin=origin or live_origin(actor.world),
            version=0,
            currency="",
            period="",
        )
    elif version is not None:
        _check_version(row, version)
    wanted = {"amount": f"{amount:.2f}", "currency": currency, "period": period}
    before = {"amount": f"{row.amount:.2f}" if row.pk else None, "currency": row.currency, "period": row.period}
    changes = {field: (before[field], value) for field, value in wanted.items() if before[field] != value}
    if not changes:
        return row.pk
    row.amount, row.currency, row.period, row.version = amount, currency, period, row.version + 1
    row.save()
    ledger.record(
        actor=actor,
        action="people.set_limit",
        subject=("people.limit", row.pk),
        now=now,
        changes=changes,
        reason=reason,
        origin=row.origin,
    )
    return row.pk


@transaction.atomic
def remove_limit(*, actor: Actor, limit_id: int, reason: str, version: int, now: dt.datetime) -> None:
    """Take a limit away: its holder falls back to her role's, or may grant nothing."""
    row = in_world(AuthorityLimit.objects.select_for_update().filter(pk=limit_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such limit.")
    _check_holder(actor, role=row.role, user_id=row.user_id)
    policies.check_may_set_limits(actor, user_id=row.user_id, role=row.role)
    _check_reason(reason)
    _check_version(row, version)
    ledger.record(
        actor=actor,
        action="people.remove_limit",
        subject=("people.limit", row.pk),
        now=now,
        changes={"amount": (f"{row.amount:.2f}", None), "period": (row.period, None)},
        reason=reason,
    )
    row.delete()


def hold_limits(*, actor: Actor, remedy: str) -> None:
    """Make what is held against limits of one remedy together wait for each other, until the transaction ends."""
    rows = AuthorityLimit.objects.select_for_update().filter(remedy=remedy).order_by("pk")
    list(in_world(rows, actor.world))


def _lock_person(actor: Actor) -> None:
    # Two grants by the same person wait for each other here, whichever limit binds them.
    StaffProfile.objects.get_or_create(user_id=actor.person_id)
    StaffProfile.objects.select_for_update().get(user_id=actor.person_id)


def _lock_limit(actor: Actor, *, remedy: str, role: str, user_id: int | None) -> AuthorityLimit | None:
    holder = Q(user=None, role=role) if user_id is None else Q(user_id=user_id)
    rows = AuthorityLimit.objects.select_for_update().filter(holder, remedy=remedy)
    return in_world(rows, actor.world).first()


def _refuse(
    actor: Actor,
    *,
    remedy: str,
    amount: Decimal,
    currency: str,
    limit: AuthorityLimit | None,
    used: Decimal,
    beside: Collection[int],
) -> None:
    helpers = queries.who_may(actor=actor, remedy=remedy, amount=amount, currency=currency)
    allowed = f"{limit.amount:.2f} {limit.currency}" if limit else "nothing"
    period = AuthorityLimit.Period(limit.period).label if limit else ""
    spent = f", of which {used:.2f} is used" if used else ""
    if used and beside and limit and limit.period == AuthorityLimit.Period.TICKET:
        spent += f" on it and on this customer's other tickets of the last {counting.COUNTED_BESIDE.days} days"
    raise Refused(
        f"{amount:.2f} {currency} is over your limit: you may grant {allowed} {period}".rstrip()
        + f"{spent}. {'It can be granted by: ' + ', '.join(helpers) if helpers else 'Nobody holds a limit that high'}.",
        code="over_authority",
        limit=limit.amount if limit else Decimal(0),
        asked=amount,
        used=used,
        who_may=list(helpers),
    )


def _check_amount(amount: Decimal) -> None:
    if not amount.is_finite() or not 0 < amount < LARGEST or amount != amount.quantize(CENT):
        raise Invalid("Give an amount above 0 with at most two decimals.", field="amount")


def _check_terms(*, remedy: str, amount: Decimal, currency: str, period: str, reason: str) -> None:
    if not remedy.strip() or len(remedy) > 40:
        raise Invalid("Name the remedy in 1 to 40 characters.", field="remedy")
    if not amount.is_finite() or not 0 <= amount < LARGEST or amount != amount.quantize(CENT):
        raise Invalid("Give an amount of 0 or more with at most two decimals.", field="amount")
    if len(currency) != 3 or not currency.isalpha() or not currency.isupper():
        raise Invalid("Give the currency as three capital letters, like GBP.", field="currency")
    if period not in AuthorityLimit.Period.values:
        raise Invalid("Choose per ticket, per day or per month.", field="period")
    _check_reason(reason)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say why the limit changes: the reason stands in the history.", field="reason")


def _check_holder(actor: Actor, *, role: str, user_id: int | None) -> None:
    if bool(role) == (user_id is not None):
        raise Invalid("A limit is for a role or for one person.", field="holder")
    if role and role not in STAFF_ROLES:
        raise Invalid("Choose one of the staff roles.", field="holder")
    if user_id is not None:
        accounts.person(actor=actor, user_id=user_id)


def _check_version(row: AuthorityLimit, version: int) -> None:
    if row.version != version:
        raise Conflict(
            "Somebody has changed this limit since you opened it. Look at the new value, then decide again.",
            difference={"amount": f"{row.amount:.2f}", "currency": row.currency, "period": row.period},
            version=row.version,
        )
