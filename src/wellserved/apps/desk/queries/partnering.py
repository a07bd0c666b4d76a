"""The signed link by which a service partner answers, and what she sees behind it: what she was asked, nothing more."""

import datetime as dt

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Collaborator
from wellserved.apps.desk.types.teamwork import PartnerAsked, Spoken
from wellserved.platform.links import Link
from wellserved.platform.origin import world_of

_LINK = Link(salt="desk.partner", days=30, way_on="Write to us and we ask you again.")
MOST_SHOWN = 20


def link_for(*, collaborator_id: int, now: dt.datetime) -> str:
    """Return the signed token that answers one question for 30 days."""
    return _LINK.sign(collaborator_id, now=now)


def open_link(*, token: str, now: dt.datetime) -> tuple[Collaborator, Actor]:
    """Return the question a link is for and the partner who holds it; for this app alone. One query."""
    [collaborator_id] = _LINK.read(token, now=now)
    row = Collaborator.objects.select_related("ticket", "asked_by").filter(pk=collaborator_id, user=None).first()
    if row is None:
        raise _LINK.over()
    return row, _holder(row)


def _holder(row: Collaborator) -> Actor:
    """Return the partner as an actor who may do nothing but answer what she was asked."""
    return Actor(
        user_id=None,
        role=Role.CUSTOMER,
        name=f"{row.name}, {row.organisation}" if row.organisation else row.name,
        team_ids=frozenset(),
        world=world_of(row.ticket.origin),
        sees_all_teams=False,
        capabilities=frozenset(),
    )


def asked_by_link(*, token: str, now: dt.datetime) -> PartnerAsked:
    """Return what the holder of a link is asked, with what was asked of her before on this ticket. Two queries."""
    row, _ = open_link(token=token, now=now)
    before = Collaborator.objects.filter(ticket=row.ticket_id, email=row.email, user=None, asked_at__lt=row.asked_at)
    return PartnerAsked(
        number=row.ticket.number,
        asked_by=row.asked_by.name if row.asked_by else "",
        now=_spoken(row),
        before=tuple(_spoken(each) for each in before.order_by("-asked_at", "-pk")[:MOST_SHOWN]),
    )


def _spoken(row: Collaborator) -> Spoken:
    return Spoken(ask=row.ask, asked_at=row.asked_at, answer=row.contribution, answered_at=row.done_at)
