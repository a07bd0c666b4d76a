"""Candidates for a role: scored by criterion on what was seen, decided with a reason, and forgotten on a day.

History says that somebody was scored and decided, never her name: that goes with the row.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import policies
from wellserved.apps.people.models import Candidate, CandidateScore, JobRoleVersion
from wellserved.apps.people.queries import candidates, roles
from wellserved.apps.people.types.roles import SCORES, Outcome
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import live_origin

KIND = candidates.KIND
# Long enough to answer a claim about the choice, and no longer.
KEPT = dt.timedelta(days=183)
BATCH = 50


@transaction.atomic
def add_candidate(*, actor: Actor, role_id: int, label: str, now: dt.datetime) -> int:
    """Consider somebody for a role by name or reference, and return the id; nothing else of her is kept."""
    role = roles.find_role(actor=actor, role_id=role_id)
    if role.retired_at or not role.current:
        raise Conflict("Put the pack of this role in force first.", code="role_not_in_force")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, policies.ONLY_LEADERS_CHOOSE)
    cleaned = " ".join(label.split())
    if not 1 <= len(cleaned) <= 80:
        raise Invalid("Give a name or reference of 1 to 80 characters.", code="candidate_label", field="label")
    row = Candidate.objects.create(
        pack=JobRoleVersion.objects.get(role=role, number=role.current),
        label=cleaned,
        opened_by_id=actor.user_id,
        opened_at=now,
        forget_on=(now + 2 * KEPT).date(),
        origin=live_origin(actor.world),
    )
    ledger.record(actor=actor, action="people.add_candidate", subject=(KIND, row.pk), now=now)
    return row.pk


@transaction.atomic
def score_candidate(
    *,
    actor: Actor,
    candidate_id: int,
    scores: Mapping[int, tuple[int, str]],
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say by criterion what was seen of a candidate; a score without what shows it is none."""
    row = _locked(actor, candidate_id, version)
    if row.outcome != Outcome.OPEN:
        raise Conflict("This is decided; the scores stay as they were.", code="candidate_decided")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, policies.ONLY_LEADERS_CHOOSE)
    known = set(row.pack.criteria.values_list("pk", flat=True))
    if set(scores) - known:
        raise NotFound("There is no such criterion.", code="criterion_not_found")
    for score, evidence in scores.values():
        if score not in SCORES:
            raise Invalid("Score from 0 (nothing seen) to 4 (more than asked).", code="score")
        if not 1 <= len(evidence.strip()) <= 500:
            raise Invalid("Say in 1 to 500 characters what was seen for each score.", code="score_evidence")
    for criterion_id, (score, evidence) in scores.items():
        CandidateScore.objects.update_or_create(
            candidate=row, criterion_id=criterion_id, defaults={"score": score, "evidence": evidence.strip()}
        )
    row.version += 1
    row.save(update_fields=["version"])
    ledger.record(
        actor=actor,
        action="people.score_candidate",
        subject=(KIND, row.pk),
        now=now,
        changes={"criteria": (None, len(scores))},
    )


@transaction.atomic
def decide_candidate(
    *, actor: Actor, candidate_id: int, outcome: str, reason: str, version: int | None = None, now: dt.datetime
) -> None:
    """Choose a candidate or not, with the reason: a person decides, whatever the points say."""
    row = _locked(actor, candidate_id, version)
    if row.outcome != Outcome.OPEN:
        raise Conflict("This is decided already.", code="candidate_decided")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, policies.ONLY_LEADERS_CHOOSE)
    if outcome not in Outcome.values or outcome == Outcome.OPEN:
        raise Invalid("Choose: chosen, not chosen, or withdrew.", code="outcome", field="outcome")
    if not reason.strip():
        raise Invalid("Say why, by the criteria: she may ask.", code="reason", field="reason")
    if outcome == Outcome.CHOSEN and row.scores.count() < row.pack.criteria.count():
        raise Invalid("Score every criterion before you choose.", code="candidate_unscored")
    row.outcome, row.reason, row.decided_at = outcome, reason.strip()[:500], now
    row.forget_on = (now + KEPT).date()
    row.version += 1
    row.save(update_fields=["outcome", "reason", "decided_at", "forget_on", "version"])
    ledger.record(
        actor=actor,
        action="people.decide_candidate",
        subject=(KIND, row.pk),
        now=now,
        changes={"outcome": (Outcome.OPEN.value, outcome)},
    )


@transaction.atomic
def forget_candidates(*, now: dt.datetime) -> int:
    """Remove up to fifty candidates whose day has come, with all that was written of them; return how many."""
    rows = Candidate.objects.filter(forget_on__lte=now.date()).order_by("pk").values_list("pk", flat=True)
    gone = list(rows[:BATCH])
    Candidate.objects.filter(pk__in=gone).delete()
    return len(gone)


def _locked(actor: Actor, candidate_id: int, version: int | None) -> Candidate:
    candidates.find(actor=actor, candidate_id=candidate_id)
    row = Candidate.objects.select_for_update(of=("self",)).select_related("pack").get(pk=candidate_id)
    if version is not None and version != row.version:
        raise Conflict(
            "Somebody has changed this since you opened it. Look again, then save.", code="stale", version=row.version
        )
    return row
