"""Role packs, gaps to them, inductions, candidates, adjustments, and what runs out."""

import dataclasses
import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.personas import NOW, Persona, make_team, make_user
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger.models import Mention, Value
from wellserved.apps.people import actions, queries
from wellserved.apps.people.models import Adjustment, Candidate, CandidateScore, InductionTask, JobRole, StaffSkill
from wellserved.apps.people.queries import adjustments, candidates, matrix, roles
from wellserved.apps.people.types import Gap, RoleRequirement
from wellserved.apps.people.types.matrix import MatrixFilters
from wellserved.apps.people.types.roles import Pack
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def write_role(amira: Persona, skill_id: int | None = None, *, level: int = 3) -> int:
    """Return a role in force from the adviser's template, requiring a skill if one is named."""
    role_id = actions.start_role(actor=amira.actor, name="Adviser", starter="adviser", now=NOW)
    asked = (RoleRequirement(skill_id=skill_id, skill="", level=level),) if skill_id else ()
    draft = roles.role(actor=amira.actor, role_id=role_id).draft or Pack()
    pack = dataclasses.replace(draft, skills=asked)
    actions.save_pack(actor=amira.actor, role_id=role_id, pack=pack, parts=("person",), now=NOW)
    actions.publish_role(actor=amira.actor, role_id=role_id, now=NOW)
    return role_id


def give(amira: Persona, who: Persona, role_id: int) -> int:
    return actions.give_role(actor=amira.actor, role_id=role_id, user_id=who.user.pk, since=TODAY, now=NOW)


def skill(amira: Persona) -> int:
    return actions.create_skill(actor=amira.actor, name="Refunds", minimum_cover=2, now=NOW)


def hold(amira: Persona, who: Persona, skill_id: int, level: int, until: dt.date | None = None) -> None:
    actions.set_skill(actor=amira.actor, user_id=who.user.pk, skill_id=skill_id, level=level, expires_on=until, now=NOW)


def test_a_gap_is_what_the_role_requires_less_what_is_held_that_day(amira: Persona, ben: Persona) -> None:
    skill_id = skill(amira)
    give(amira, ben, write_role(amira, skill_id))
    hold(amira, ben, skill_id, 4, until=TODAY)
    assert queries.gaps(actor=amira.actor, on=TODAY) == ()
    expected = Gap(
        user_id=ben.user.pk,
        name="Ben Okafor",
        skill_id=skill_id,
        skill="Refunds",
        needed=3,
        held=0,
        expires_on=TODAY,
    )
    assert queries.gaps(actor=amira.actor, on=TODAY + DAY) == (expected,)
    assert queries.gaps(actor=ben.actor, on=TODAY + DAY) == (expected,)


def test_an_agent_is_told_of_nobody_elses_gap(amira: Persona, ben: Persona, chloe: Persona) -> None:
    give(amira, chloe, write_role(amira, skill(amira)))
    assert queries.gaps(actor=ben.actor, on=TODAY, user_ids=[chloe.user.pk]) == ()


def test_what_is_being_written_requires_nothing_yet(amira: Persona, ben: Persona) -> None:
    role_id = write_role(amira)
    give(amira, ben, role_id)
    pack = roles.role(actor=amira.actor, role_id=role_id).pack or Pack()
    harder = dataclasses.replace(pack, skills=(RoleRequirement(skill_id=skill(amira), skill="", level=3),))
    actions.save_pack(actor=amira.actor, role_id=role_id, pack=harder, parts=("person",), now=NOW)
    assert queries.gaps(actor=amira.actor, on=TODAY) == ()
    actions.publish_role(actor=amira.actor, role_id=role_id, reason="Refunds come to us", now=NOW)
    assert [gap.skill for gap in queries.gaps(actor=amira.actor, on=TODAY)] == ["Refunds"]
    assert "Read pack 2 of your role, Adviser" in ben.client.get("/my-work").content.decode()


def test_an_empty_document_keeps_a_pack_from_being_put_in_force(amira: Persona) -> None:
    role_id = actions.start_role(actor=amira.actor, name="Driver", now=NOW)
    with pytest.raises(Invalid, match="role description, person specification, selection, induction plan"):
        actions.publish_role(actor=amira.actor, role_id=role_id, now=NOW)
    assert JobRole.objects.get().current == 0


def test_a_pack_that_has_held_changes_with_a_reason_alone(amira: Persona) -> None:
    role_id = write_role(amira)
    pack = roles.role(actor=amira.actor, role_id=role_id).pack or Pack()
    actions.save_pack(actor=amira.actor, role_id=role_id, pack=pack, now=NOW)
    with pytest.raises(Invalid, match="Say why"):
        actions.publish_role(actor=amira.actor, role_id=role_id, now=NOW)
    assert JobRole.objects.get().current == 1


def test_an_agent_reads_a_role_and_writes_none(amira: Persona, ben: Persona) -> None:
    role_id = write_role(amira)
    assert ben.client.get(f"/people/roles/{role_id}/print").status_code == 200
    with pytest.raises(Refused):
        actions.start_role(actor=ben.actor, name="Mine", now=NOW)
    assert JobRole.objects.count() == 1


def test_a_newcomer_gets_dated_steps_and_does_her_own(amira: Persona, ben: Persona, chloe: Persona) -> None:
    give(amira, ben, write_role(amira))
    first = InductionTask.objects.earliest("place")
    days = InductionTask.objects.order_by("place").values_list("due_on", flat=True)
    assert [(day - TODAY).days for day in days] == [0, 0, 1, 2, 4, 13, 29, 89]
    with pytest.raises(NotFound):
        actions.finish_step(actor=chloe.actor, task_id=first.pk, now=NOW)
    actions.finish_step(actor=ben.actor, task_id=first.pk, now=NOW)
    with pytest.raises(Conflict):
        actions.finish_step(actor=ben.actor, task_id=first.pk, now=NOW)
    assert InductionTask.objects.exclude(done_at=None).get().done_by_id == ben.user.pk


def test_a_candidate_is_scored_on_what_was_seen_and_forgotten(amira: Persona, lena: Persona) -> None:
    role_id = write_role(amira)
    pk = actions.add_candidate(actor=amira.actor, role_id=role_id, label="Reference 7", now=NOW)
    criteria = [row.criterion.id or 0 for row in candidates.candidate(actor=amira.actor, candidate_id=pk).scores]
    with pytest.raises(Invalid, match="what was seen"):
        actions.score_candidate(actor=amira.actor, candidate_id=pk, scores={criteria[0]: (3, " ")}, now=NOW)
    with pytest.raises(Invalid, match="Score every criterion"):
        actions.decide_candidate(actor=amira.actor, candidate_id=pk, outcome="chosen", reason="Best", now=NOW)
    seen = {key: (4 if at else 2, "A clear letter") for at, key in enumerate(criteria)}
    actions.score_candidate(actor=amira.actor, candidate_id=pk, scores=seen, now=NOW)
    row = candidates.candidate(actor=amira.actor, candidate_id=pk)
    assert (row.share, row.unmet) == (28 / 32, ("Writes a clear answer to a difficult letter",))
    with pytest.raises(NotFound):
        candidates.candidate(actor=lena.actor, candidate_id=pk)
    actions.decide_candidate(actor=amira.actor, candidate_id=pk, outcome="not_chosen", reason="Letter", now=NOW)
    assert actions.forget_candidates(now=NOW + 182 * DAY) == 0
    assert actions.forget_candidates(now=NOW + 183 * DAY) == 1
    assert (Candidate.objects.count(), CandidateScore.objects.count()) == (0, 0)
    assert not Value.objects.filter(content__contains="Reference 7").exists()


def test_an_adjustment_is_for_her_and_whoever_leads_her(
    amira: Persona, lena: Persona, ben: Persona, ada: Persona, chloe: Persona
) -> None:
    agreed = {"user_id": ben.user.pk, "text": "Starts at ten on Tuesdays", "review_on": TODAY + 90 * DAY, "now": NOW}
    with pytest.raises(Refused):
        actions.agree_adjustment(actor=amira.actor, **agreed)
    assert Adjustment.objects.count() == 0
    pk = actions.agree_adjustment(actor=lena.actor, **agreed)
    told = {
        persona.user.name: len(adjustments.adjustments(actor=persona.actor, user_id=ben.user.pk))
        for persona in (amira, lena, ben, ada, chloe)
    }
    assert told == {"Amira Haddad": 0, "Lena Fischer": 1, "Ben Okafor": 1, "Ada Larsen": 0, "Chloe Martin": 0}
    assert adjustments.visible_ids(system_actor(), [pk]) == frozenset()
    assert not Value.objects.filter(content__contains="Tuesdays").exists()


def test_the_end_of_a_skill_is_told_three_times_to_her_and_her_leader_and_no_more(
    amira: Persona, lena: Persona, ben: Persona
) -> None:
    hold(amira, ben, skill(amira), 3, until=TODAY + 30 * DAY)
    for ahead in (0, 1, 22, 23, 24, 30, 31, 32, 60):
        actions.tell_expiring(now=NOW + ahead * DAY)
    called = sorted(Mention.objects.values_list("user__name", flat=True))
    assert called == ["Ben Okafor"] * 3 + ["Lena Fischer"] * 3
    hold(amira, ben, StaffSkill.objects.get().skill_id, 3, until=TODAY + 400 * DAY)
    assert (actions.tell_expiring(now=NOW + 61 * DAY), StaffSkill.objects.get().told) == (0, 0)


def test_a_skills_record_says_when_cover_falls_short(amira: Persona, ben: Persona, chloe: Persona) -> None:
    skill_id = skill(amira)
    hold(amira, ben, skill_id, 3, until=TODAY + 10 * DAY)
    hold(amira, chloe, skill_id, 4)
    days = matrix.skill(actor=amira.actor, skill_id=skill_id, on=TODAY).days
    assert [(day.on, day.able, day.lost) for day in days] == [
        (TODAY, 2, ()),
        (TODAY + 11 * DAY, 1, ("Ben Okafor",)),
    ]


@pytest.mark.parametrize("number", [5, 500])
def test_the_matrix_costs_the_same_at_two_sizes(
    amira: Persona, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    skill_id, team = skill(amira), make_team("Team A")
    users = [make_user(f"Agent {at:03}", Role.AGENT, team=team) for at in range(number)]
    StaffSkill.objects.bulk_create(StaffSkill(user=user, skill_id=skill_id, level=3) for user in users)
    actor = amira.actor
    with django_assert_num_queries(6):
        found = matrix.matrix(actor=actor, filters=MatrixFilters(), on=TODAY)
    assert (len(found.rows), len(found.cover[0].able)) == (min(number + 1, 50), number)
