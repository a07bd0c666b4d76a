"""Questions waiting for a decision."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q, QuerySet

from wellserved.apps.accounts.policies import DECIDE, READ_LEDGER
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.models import Approval, Vote
from wellserved.apps.ledger.types import ApprovalRow, Approved, VoteRow
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

WAITING, ASKED = "waiting", "asked"
_SOONEST, _LATEST = Keyset("expires_at", "id"), Keyset("-id")


def may_decide(actor: Actor, approval: Approval) -> bool:
    """Return whether this was put to this person; never to whoever asked."""
    if actor.user_id is None or actor.user_id == approval.requested_by_id or not actor.can(DECIDE):
        return False
    named = {approver.user_id for approver in approval.named.all()}
    return actor.user_id in named if named else bool(approval.capability) and actor.can(approval.capability)


def may_see(actor: Actor, approval: Approval) -> bool:
    """Return whether this person has a part in it, or may read the whole ledger; the record itself must be visible."""
    own = approval.requested_by_id is not None and actor.user_id == approval.requested_by_id
    if own or actor.automatic:
        return True
    part = may_decide(actor, approval) or actor.can(READ_LEDGER)
    ids = [approval.subject_id]
    return part and bool(subjects.visible_ids(actor=actor, kind=approval.subject_kind, ids=ids))


def waiting(*, actor: Actor, now: dt.datetime, limit: int = 100) -> tuple[ApprovalRow, ...]:
    """Return what waits for this person's decision, the soonest to expire first. Constant queries."""
    return _open_to(actor, list(_put_to(actor, now).order_by("expires_at", "id")[:limit]), now)


def _put_to(actor: Actor, now: dt.datetime) -> "QuerySet[Approval]":
    mine = Q(named__user_id=actor.user_id) | Q(named=None, capability__in=actor.capabilities)
    rows = _with_parts(actor).filter(mine, state=Approval.State.OPEN, expires_at__gt=now)
    return rows.exclude(requested_by_id=actor.user_id).distinct()


def _open_to(actor: Actor, found: list[Approval], now: dt.datetime) -> tuple[ApprovalRow, ...]:
    visible = _visible(actor, found)
    return tuple(
        _row(actor, approval, now)
        for approval in found
        if (approval.subject_kind, approval.subject_id) in visible
        and may_decide(actor, approval)
        and not _answered(actor, approval)
    )


def asked(*, actor: Actor, now: dt.datetime, limit: int = 100) -> tuple[ApprovalRow, ...]:
    """Return what this person asked for, the latest first. Constant queries."""
    rows = _with_parts(actor).filter(requested_by_id=actor.user_id).order_by("-id")[:limit]
    return tuple(_row(actor, approval, now) for approval in rows)


def answered(*, actor: Actor, now: dt.datetime, limit: int = 20) -> tuple[ApprovalRow, ...]:
    """Return what this person asked for that was granted or countered and waits for her next move. Constant queries."""
    settled = [Approval.State.APPROVED, Approval.State.COUNTERED]
    rows = _with_parts(actor).filter(requested_by_id=actor.user_id, state__in=settled, expires_at__gt=now)
    return tuple(_row(actor, approval, now) for approval in rows.order_by("expires_at", "id")[:limit])


def page(
    *, actor: Actor, box: str, now: dt.datetime, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[ApprovalRow, ...], str | None]:
    """Return one page of a box, and the cursor of the next: "waiting" for this person, or "asked" by her.

    A page of what waits may hold fewer rows than asked for: what she may not see is left out after it is read.
    """
    if box == ASKED:
        mine = _with_parts(actor).filter(requested_by_id=actor.user_id)
        found = _LATEST.page(mine, cursor=cursor, limit=limit)
        return tuple(_row(actor, row, now) for row in found.rows), found.next_cursor
    found = _SOONEST.page(_put_to(actor, now), cursor=cursor, limit=limit)
    return _open_to(actor, list(found.rows), now), found.next_cursor


def approval(*, actor: Actor, approval_id: int, now: dt.datetime) -> ApprovalRow:
    """Return one question this person has a part in."""
    found = _with_parts(actor).filter(pk=approval_id).first()
    if found is None or not may_see(actor, found):
        raise NotFound("There is no such request, or it is not yours to see.")
    return _row(actor, found, now)


def approved(*, actor: Actor, purposes: Collection[str], since: dt.datetime, but: int) -> tuple[Approved, ...]:
    """Return what was approved in this world since a moment, one approval left out. Two queries."""
    rows = in_world(Approval.objects.all(), actor.world).filter(
        purpose__in=purposes,
        state__in=[Approval.State.APPROVED, Approval.State.USED],
        settled_at__gte=since,
        amount__isnull=False,
    )
    return tuple(
        Approved(
            subject=(row.subject_kind, row.subject_id),
            amount=row.amount or Decimal(0),
            currency=row.currency,
            by=frozenset(
                vote.voter_id
                for vote in row.votes.all()
                if vote.voter_id and vote.answer == Vote.Answer.APPROVE and vote.round == row.round
            ),
        )
        for row in rows.exclude(pk=but).prefetch_related("votes")
    )


def _with_parts(actor: Actor) -> "QuerySet[Approval]":
    rows = in_world(Approval.objects.all(), actor.world)
    return rows.select_related("requested_by").prefetch_related("named", "votes__voter")


def _visible(actor: Actor, rows: list[Approval]) -> frozenset[tuple[str, int]]:
    kinds = {row.subject_kind for row in rows}
    return frozenset(
        (kind, i)
        for kind in kinds
        for i in subjects.visible_ids(
            actor=actor, kind=kind, ids={row.subject_id for row in rows if row.subject_kind == kind}
        )
    )


def _answered(actor: Actor, approval: Approval) -> bool:
    return any(vote.voter_id == actor.user_id and vote.round == approval.round for vote in approval.votes.all())


def _row(actor: Actor, approval: Approval, now: dt.datetime) -> ApprovalRow:
    votes = sorted(approval.votes.all(), key=lambda vote: vote.pk)
    running = approval.expires_at > now
    state = approval.state
    own = actor.user_id is not None and approval.requested_by_id == actor.user_id
    pending = state in {Approval.State.OPEN, Approval.State.COUNTERED}
    return ApprovalRow(
        id=approval.pk,
        subject_kind=approval.subject_kind,
        subject_id=approval.subject_id,
        purpose=approval.purpose,
        summary=approval.summary,
        detail=tuple((line[0], line[1], line[2]) for line in approval.detail),
        amount=approval.amount,
        currency=approval.currency,
        needed=approval.needed,
        round=approval.round,
        given=sum(v.answer == Vote.Answer.APPROVE and v.round == approval.round for v in votes),
        state=state,
        state_label=Approval.State(state).label if running or not pending else Approval.State.EXPIRED.label,
        requested_by=approval.requested_by.name if approval.requested_by else "Wellserved",
        requested_at=approval.requested_at,
        expires_at=approval.expires_at,
        votes=tuple(_vote_row(vote) for vote in votes),
        may_decide=running
        and state == Approval.State.OPEN
        and may_decide(actor, approval)
        and not _answered(actor, approval),
        may_withdraw=running and own and pending,
        may_accept=running and own and state == Approval.State.COUNTERED,
    )


def _vote_row(vote: Vote) -> VoteRow:
    return VoteRow(
        voter=vote.voter.name if vote.voter else "Somebody who has since left",
        answer=vote.answer,
        answer_label=Vote.Answer(vote.answer).label,
        reason=vote.reason,
        amount=vote.amount,
        at=vote.cast_at,
    )
