"""Candidates for roles, for those who choose."""

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from wellserved.apps.accounts.capabilities import EDIT_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people.models import Candidate, CandidateScore, RoleCriterion
from wellserved.apps.people.types.roles import CandidateRow, Criterion, ScoreRow
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

KIND = "people.candidate"
MOST = 100


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the candidates this actor may read. One query."""
    return frozenset(_visible(actor).filter(pk__in=set(ids)).values_list("pk", flat=True))


def candidates(*, actor: Actor, role_id: int) -> tuple[CandidateRow, ...]:
    """Return who is or was considered for a role, those still open first, in the order they came. Three queries."""
    rows = _whole(_visible(actor).filter(pack__role=role_id)).order_by("decided_at", "opened_at", "pk")
    found = [_as_row(row) for row in rows[:MOST]]
    return tuple(sorted(found, key=lambda row: (row.decided_at is not None, row.opened_at, row.id)))


def candidate(*, actor: Actor, candidate_id: int) -> CandidateRow:
    """Return one candidate with her scores. Three queries."""
    return _as_row(find(actor=actor, candidate_id=candidate_id))


def find(*, actor: Actor, candidate_id: int) -> Candidate:
    """Return one candidate's row, or say there is none; for this app alone."""
    row = _whole(_visible(actor).filter(pk=candidate_id)).first()
    if row is None:
        raise NotFound("There is no such candidate.", code="candidate_not_found")
    return row


def _visible(actor: Actor) -> QuerySet[Candidate]:
    """Managers see every candidate of their world; a leader those she brought in."""
    rows = in_world(Candidate.objects.all(), actor.world)
    if not actor.can(EDIT_PEOPLE):
        return rows.none()
    return rows if actor.sees_all_teams else rows.filter(opened_by=actor.user_id)


def _whole(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    return rows.select_related("pack__role").prefetch_related(
        Prefetch("scores", CandidateScore.objects.all()),
        Prefetch("pack__criteria", RoleCriterion.objects.order_by("place")),
    )


def _as_row(row: Candidate) -> CandidateRow:
    given = {score.criterion_id: score for score in row.scores.all()}
    return CandidateRow(
        id=row.pk,
        role_id=row.pack.role_id,
        role=row.pack.role.name,
        label=row.label,
        outcome=row.outcome,
        reason=row.reason,
        opened_at=row.opened_at,
        decided_at=row.decided_at,
        forget_on=row.forget_on,
        pass_mark=row.pack.pass_mark,
        scores=tuple(
            ScoreRow(
                criterion=Criterion(
                    id=each.pk, text=each.text, is_essential=each.is_essential, assessed_by=each.assessed_by
                ),
                score=given[each.pk].score if each.pk in given else None,
                evidence=given[each.pk].evidence if each.pk in given else "",
            )
            for each in row.pack.criteria.all()
        ),
        version=row.version,
    )
