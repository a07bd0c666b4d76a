"""API tokens: shown once, kept as hashes, scoped, expiring, revocable."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.models import ApiToken
from wellserved.apps.accounts.secrets import TOKEN_MARK, hash_secret, make_secret
from wellserved.apps.accounts.types import ALL_SCOPES, Actor, NewToken
from wellserved.platform import recording
from wellserved.platform.errors import Invalid, NotFound

LONGEST_DAYS = 366
NOTE_USE_EVERY = dt.timedelta(minutes=1)


@transaction.atomic
def create_token(*, actor: Actor, name: str, scopes: Iterable[str], days: int, now: dt.datetime) -> NewToken:
    """Make an API token of the actor's own; its secret is in the answer and nowhere else."""
    policies.check_can(actor, policies.USE_API, "Your role does not use the API. Ask an administrator if it should.")
    cleaned, wanted = " ".join(name.split()), frozenset(scopes)
    if not cleaned or len(cleaned) > 100:
        raise Invalid("Give the token a name of 1 to 100 characters.", field="name")
    if not wanted or not wanted <= ALL_SCOPES:
        raise Invalid("Choose read, write or both.", field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(f"A token lives 1 to {LONGEST_DAYS} days.", field="days")
    raw = TOKEN_MARK + make_secret()
    token = ApiToken.objects.create(
        user_id=actor.person_id,
        name=cleaned,
        token_hash=hash_secret(raw),
        prefix=raw[:10],
        scopes=sorted(wanted),
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    recording.record(
        actor=actor,
        action="accounts.create_token",
        subject=("accounts.user", token.user_id),
        now=now,
        changes={"token": (None, cleaned), "scopes": (None, sorted(wanted))},
    )
    return NewToken(id=token.pk, raw=raw)


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, now: dt.datetime) -> None:
    """End one of the actor's own tokens at once."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user_id=actor.person_id).first()
    if token is None:
        raise NotFound("There is no such token, or it is not yours.")
    if token.revoked_at:
        return
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    recording.record(
        actor=actor,
        action="accounts.revoke_token",
        subject=("accounts.user", token.user_id),
        now=now,
        changes={"token": (token.name, None)},
    )


def note_token_use(*, token_id: int, now: dt.datetime) -> None:
    """Keep when a token was last used, to the minute: one statement, and rarely a write."""
    ApiToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lt=now - NOTE_USE_EVERY),
        pk=token_id,
    ).update(last_used_at=now)
