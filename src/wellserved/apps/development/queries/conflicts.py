"""Conflict cases: to the parties and the named handler, and to nobody else in any role.

`visible` is the one place that says so; pages, API, search, history, comments and files ask it.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import CAPABILITIES, EDIT_PEOPLE
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.development import models
from wellserved.apps.development.types import conflicts as types
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.science.calendars.statutory import add_months

ORDER = Keyset("-opened_at", "-id")


def visible(*, actor: Actor) -> "QuerySet[models.ConflictCase]":
    """Return the cases this person is a party to or handles; the product itself sees none."""
    rows = in_world(models.ConflictCase.objects.all(), actor.world)
    if actor.user_id is None or actor.role not in STAFF_ROLES:
        return rows.none()
    party = models.ConflictParty.objects.filter(case=OuterRef("pk"), user=actor.user_id)
    return rows.filter(Q(handler=actor.user_id) | Exists(party))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this person may see. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what a case is called: nothing of what it is about. No query."""
    return dict.fromkeys(ids, "A case in private")


def cases(*, actor: Actor, cursor: str | None = None, limit: int = 50) -> tuple[tuple[types.CaseRow, ...], str | None]:
    """Return a page of this person's cases, the newest first, and the cursor of the next. Two queries."""
    rows = visible(actor=actor).select_related("handler").prefetch_related("parties__user")
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row) for row in page.rows), page.next_cursor


def case(*, actor: Actor, case_id: int) -> types.CaseDetail:
    """Return one case whole, or say there is none. Four queries."""
    row = visible(actor=actor).filter(pk=case_id).select_related("handler").prefetch_related("parties__user").first()
    if row is None:
        raise NotFound("There is no such case, or it is not yours to see.", code="case_not_found")
    notes = row.notes.select_related("author").order_by("written_at", "pk")
    return types.CaseDetail(
        row=_row(row),
        summary=row.summary,
        agreement=row.agreement,
        decision=row.decision,
        notes=tuple(
            types.NoteRow(author=note.author.name if note.author else "", text=note.text, written_at=note.written_at)
            for note in notes
        ),
    )


def handlers(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return by name who may be asked to handle a case: whoever leads, in any team. One query."""
    leading = {role for role, rights in CAPABILITIES.items() if EDIT_PEOPLE in rights}
    found = [user for user in accounts.active_staff(world=actor.world) if user.role in leading]
    return tuple((user.pk, user.name) for user in sorted(found, key=lambda user: (user.name, user.pk)))


def colleagues(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return by name with whom somebody may have a conflict: anybody on the staff. One query."""
    found = sorted(accounts.active_staff(world=actor.world), key=lambda user: (user.name, user.pk))
    return tuple((user.pk, user.name) for user in found)


def waiting(*, actor: Actor) -> tuple[int, ...]:
    """Return the cases that wait for this person: to sign, or to handle. One query."""
    rows = waiting_rows(actor=actor)
    return tuple(rows.order_by("opened_at", "pk").values_list("pk", flat=True)[:20])


def waiting_rows(*, actor: Actor) -> "QuerySet[models.ConflictCase]":
    """Return the rows of the cases that wait for this person; for this app alone."""
    unsigned = models.ConflictParty.objects.filter(case=OuterRef("pk"), user=actor.user_id, signed_at=None)
    rows = visible(actor=actor).filter(closed_at=None)
    return rows.filter(Q(handler=actor.user_id) | (Exists(unsigned) & ~Q(agreement="")))


def over(*, on: dt.date) -> "QuerySet[models.ConflictCase]":
    """Return the cases kept long enough, and those nobody has ended; for the action that forgets them."""
    left = Q(closed_at=None, opened_at__lt=clock.begin_of(add_months(on, -types.MONTHS_ABANDONED)))
    return models.ConflictCase.objects.filter(left | Q(keep_until__lt=on)).order_by("pk")


def is_deserted(row: models.ConflictCase) -> bool:
    """Return whether nobody is left to handle a case that is open, so that a party names somebody."""
    return row.closed_at is None and (row.handler is None or not row.handler.is_active)


def _row(row: models.ConflictCase) -> types.CaseRow:
    parties = sorted(row.parties.all(), key=lambda party: (party.user.name, party.pk))
    return types.CaseRow(
        id=row.pk,
        stage=row.stage,
        parties=tuple(
            types.PartyRow(user_id=party.user_id, name=party.user.name, signed_at=party.signed_at) for party in parties
        ),
        handler_id=row.handler_id,
        handler=row.handler.name if row.handler else "",
        opened_at=row.opened_at,
        ending=row.ending,
        closed_at=row.closed_at,
        keep_until=row.keep_until,
        version=row.version,
        is_deserted=is_deserted(row),
    )
