"""Write what is known of service partners: their record, declared interests, reviews under seven headings."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.policies import partners as rules
from wellserved.apps.standards.queries import partners as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND = "standards.partner"
_FIELDS = ("name", "known_as", "contact", "contact_email", "headings", "is_active")


@transaction.atomic
def save_partner(
    *,
    actor: Actor,
    partner_id: int | None,
    name: str,
    known_as: str = "",
    contact: str = "",
    contact_email: str = "",
    headings: Mapping[str, str] | None = None,
    is_active: bool = True,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep what is known of a partner and return its id."""
    row = _locked(actor, partner_id) if partner_id else models.Partner(origin=live_origin(actor.world), version=0)
    if row.pk and version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {version}; compare and save again.",
            code="stale",
            version=row.version,
        )
    policies.require_edit(actor)
    before = {field: getattr(row, field) for field in _FIELDS} if row.pk else dict.fromkeys(_FIELDS)
    row.name, row.known_as, row.contact = _text(name, 160, "name"), _text(known_as, 80), _text(contact, 160)
    row.contact_email, row.is_active = _email(contact_email), is_active
    if not row.name:
        raise Invalid("Give the partner a name.", code="name", field="name")
    if headings is not None:
        row.headings = rules.read_headings(headings)
    if models.Partner.objects.filter(name=row.name, origin=row.origin).exclude(pk=row.pk).exists():
        raise Conflict(f"There is a partner called {row.name} already.", code="name_taken", field="name")
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_partner",
        subject=(KIND, row.pk),
        now=now,
        changes={
            field: (before[field], getattr(row, field)) for field in _FIELDS if before[field] != getattr(row, field)
        },
        event=events.PartnerSaved(partner_id=row.pk),
    )
    return row.pk


@transaction.atomic
def declare(*, actor: Actor, partner_id: int, has_interest: bool, words: str = "", now: dt.datetime) -> int:
    """Say whether one has an interest in a partner; who has one neither agrees nor reviews."""
    row = _locked(actor, partner_id)
    policies.require_read(actor)
    said = _text(words, 500)
    if has_interest and not said:
        raise Invalid("Say what the interest is, such as a relative who works there.", code="interest", field="words")
    declared = models.Declaration.objects.create(
        partner=row, user_id=actor.user_id, has_interest=has_interest, words=said, declared_at=now
    )
    ledger.record(
        actor=actor,
        action="standards.declare_interest",
        subject=(KIND, row.pk),
        now=now,
        changes={"interest": (None, said if has_interest else "none")},
        event=events.InterestDeclared(partner_id=row.pk, declaration_id=declared.pk),
    )
    return declared.pk


@transaction.atomic
def review_partner(
    *, actor: Actor, partner_id: int, findings: Mapping[str, str], next_on: dt.date, now: dt.datetime
) -> int:
    """Judge the work with a partner under all seven headings; a missing one is refused by name."""
    row = _locked(actor, partner_id)
    policies.require_edit(actor)
    standing = queries.standing_declarations(row.declarations.all())
    rules.require_impartial(
        actor,
        interested={each.user_id for each in standing if each.has_interest and each.user_id},
        declared=bool(standing),
        partner=row.name,
    )
    read = rules.read_findings(findings)
    if next_on <= now.date() or next_on.year > 2100:
        raise Invalid("The next review lies in the future.", code="standard_day", field="next_on")
    written = models.PartnerReview.objects.create(
        partner=row, findings=read, reviewed_at=now, reviewed_by_id=actor.user_id, next_on=next_on
    )
    before, row.review_on, row.version = row.review_on, next_on, row.version + 1
    row.save(update_fields=["review_on", "version"])
    ledger.record(
        actor=actor,
        action="standards.review_partner",
        subject=(KIND, row.pk),
        now=now,
        changes={
            "findings": (None, read),
            "review_on": (before.isoformat() if before else None, next_on.isoformat()),
        },
        event=events.PartnerReviewed(partner_id=row.pk, review_id=written.pk),
    )
    return written.pk


def _locked(actor: Actor, partner_id: int) -> models.Partner:
    row = in_world(models.Partner.objects.select_for_update().filter(pk=partner_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such partner.", code="partner_not_found")
    return row


def _text(given: str, longest: int, field: str = "") -> str:
    text = given.strip()
    if len(text) > longest:
        raise Invalid(f"Keep it to {longest} letters.", code="too_long", field=field)
    return text


def _email(given: str) -> str:
    text = given.strip()
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise Invalid(
                "Give an address such as help@partner.example.", code="email", field="contact_email"
            ) from None
    return text
