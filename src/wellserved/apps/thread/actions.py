"""Say and unsay that two records belong together."""

import datetime as dt
import re
from typing import TypedDict

from django.db import transaction

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects, wording
from wellserved.apps.thread.models import Link
from wellserved.apps.thread.types import Ref
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.origin import in_world, live_origin


class Ends(TypedDict):
    """A link, as its columns hold it."""

    from_kind: str
    from_id: int
    verb: str
    to_kind: str
    to_id: int


_VERB = re.compile(r"[a-z][a-z_]{0,39}")
# The kind before the number at the end, as `_record` writes it.
_KIND = re.compile(r"\b([a-z]+\.[a-z_]+) (?=\d+$)")

wording.register("thread.linked", "linked a record")
wording.register("thread.unlinked", "unlinked a record")
wording.values("link", lambda said: _KIND.sub(lambda found: f"{subjects.label_of(found[1])}, record ", str(said)))


def link(*, actor: Actor, start: Ref, verb: str, end: Ref, now: dt.datetime) -> bool:
    """Say that `start` stands in relation `verb` to `end`; return whether that was new. Both ends are authorised."""
    _check(actor, start, verb, end)
    with transaction.atomic():
        _row, created = Link.objects.get_or_create(
            **_ends(start, verb, end),
            defaults={
                "created_at": now,
                "created_by_id": actor.user_id,
                "origin": live_origin(actor.world),
            },
        )
        if created:
            _record(actor, "thread.linked", _ends(start, verb, end), now)
    return created


def unlink(*, actor: Actor, start: Ref, verb: str, end: Ref, now: dt.datetime) -> bool:
    """Take a link back; return whether there was one."""
    _check(actor, start, verb, end)
    with transaction.atomic():
        count, _by_model = in_world(Link.objects.filter(**_ends(start, verb, end)), actor.world).delete()
        if count:
            _record(actor, "thread.unlinked", _ends(start, verb, end), now)
    return count > 0


def _ends(start: Ref, verb: str, end: Ref) -> Ends:
    return {"from_kind": start[0], "from_id": start[1], "verb": verb, "to_kind": end[0], "to_id": end[1]}


def _check(actor: Actor, start: Ref, verb: str, end: Ref) -> None:
    subjects.require_visible(actor=actor, subject=start)
    subjects.require_visible(actor=actor, subject=end)
    if actor.role == Role.CUSTOMER:
        raise Refused("Only the people who work here link records.")
    if start == end:
        raise Invalid("A record cannot be linked to itself.")
    if not _VERB.fullmatch(verb):
        raise Invalid("Name the relation in lower-case words, such as caused_by.")


def _record(actor: Actor, action: str, ends: Ends, now: dt.datetime) -> None:
    """Write the act into the history of both ends."""
    start, end = (ends["from_kind"], ends["from_id"]), (ends["to_kind"], ends["to_id"])
    for subject, other in ((start, end), (end, start)):
        said = f"{ends['verb'].replace('_', ' ')} {other[0]} {other[1]}"
        pair = (None, said) if action == "thread.linked" else (said, None)
        ledger.record(actor=actor, action=action, subject=subject, now=now, changes={"link": pair})
