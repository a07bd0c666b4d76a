"""A request sent twice has one effect and gets one answer."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from wellserved.platform.errors import Invalid
from wellserved.platform.models import IdempotencyKey

NOBODY = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the first request was told; `replayed` is true when it is told again."""

    status: int
    body: str
    subject: str = ""
    replayed: bool = False


def fingerprint(*, method: str, path: str, body: bytes) -> str:
    """Return what makes two requests the same."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).hexdigest()


def once(*, actor_id: int, key: str, fingerprint: str, now: dt.datetime, act: Callable[[], Answer]) -> Answer:
    """Call `act` for the first request with this key and remember its answer in the same transaction.

    A later or simultaneous request with the key waits, then gets that answer. When `act` raises, nothing is
    remembered, so the request may be sent again. The same key with another body is refused.
    """
    if not 1 <= len(key) <= 200:
        raise Invalid("An Idempotency-Key has 1 to 200 characters.", code="idempotency_key_length")
    with transaction.atomic():
        row = _claim(actor_id, key, fingerprint, now)
        if row is None:
            return _recall(actor_id, key, fingerprint)
        answer = act()
        row.status, row.body, row.subject = answer.status, answer.body, answer.subject
        row.save(update_fields=["status", "body", "subject"])
        return answer


def begin(*, key: str, now: dt.datetime) -> bool:
    """Claim the key of a drawn form, for whoever sends it; false when somebody was quicker.

    The claim stands by itself, outside what is done with it: after a crash in between, nothing is done twice.
    """
    return _claim(NOBODY, f"form:{key}", "", now) is not None


def outcome(*, key: str) -> Answer | None:
    """Return where the first post of a form led, with status 0 while it is being done; nothing before. One query."""
    row = _form(key).first()
    return Answer(status=row.status or 0, body=row.body, replayed=True) if row else None


def finish(*, key: str, status: int, location: str) -> None:
    """Keep where a post led."""
    _form(key).update(status=status, body=location)


def give_back(*, key: str) -> None:
    """Let a form that was refused be sent again."""
    _form(key).delete()


def _form(key: str) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(actor_id=NOBODY, key=f"form:{key}")


def _claim(actor_id: int, key: str, fingerprint: str, now: dt.datetime) -> IdempotencyKey | None:
    # The unique row is the lock: a rival's insert waits until this transaction has ended.
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(actor_id=actor_id, key=key, fingerprint=fingerprint, created_at=now)
    except IntegrityError:
        return None


def _recall(actor_id: int, key: str, fingerprint: str) -> Answer:
    row = IdempotencyKey.objects.get(actor_id=actor_id, key=key)
    if row.fingerprint != fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for another request. Use a new key for a new request.",
            code="idempotency_key_reused",
        )
    return Answer(status=row.status or 200, body=row.body, subject=row.subject, replayed=True)
