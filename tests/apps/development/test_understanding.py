"""Understanding: drawn by a seed, passed at a share, bound to a version, judged in words, helped where it fails."""

import datetime as dt

import pytest

from tests.apps.development.conftest import House
from tests.personas import NOW, Persona
from wellserved.apps.development.actions import checks, taking
from wellserved.apps.development.models import Answer, Attempt, Help, Question
from wellserved.apps.development.queries import attempts, recorded, understanding
from wellserved.apps.development.queries import checks as queries
from wellserved.apps.development.types.checks import Standing
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

DAY = dt.timedelta(days=1)


def standing(house: House, who: Persona) -> tuple[str, int | None, float | None]:
    found = understanding.state(actor=who.actor, kind=house.subject[0], record_id=house.subject[1])
    assert found is not None
    return found.standing, found.number, found.score


def rebrief(house: House) -> list[tuple[str, float | None]]:
    return [(row.name, row.score) for row in understanding.rebrief(actor=house.leader.actor)]


@pytest.mark.parametrize(("right", "state"), [(5, "passed"), (4, "passed"), (3, "failed"), (0, "failed")])
def test_four_of_five_is_enough_and_three_is_not(house: House, right: int, state: str):
    attempt = house.take(house.agents[0], right=right, now=NOW)
    assert Attempt.objects.values_list("state", flat=True).get(pk=attempt) == state


def test_whoever_fails_is_on_the_list_to_be_briefed_again_and_off_it_once_she_has_understood(house: House):
    house.brief(now=NOW)
    who = house.agents[0]
    house.take(who, right=3, now=NOW)
    assert rebrief(house) == [("Agent 01", 0.6)]
    assert standing(house, who) == (Standing.NOT_SHOWN, 1, 0.6)
    taking.help_with(
        actor=house.leader.actor, check_id=house.check, user_id=who.user.pk, how="Talked it through", now=NOW
    )
    (row,) = understanding.rebrief(actor=house.leader.actor)
    assert (row.helped, row.helped_by) == ("Talked it through", "Lena Fischer")
    house.take(who, right=5, now=NOW + DAY)
    assert rebrief(house) == []
    assert Attempt.objects.filter(user=who.user).count() == 2


def test_a_new_version_makes_every_understanding_stale_at_once_and_no_event_need_be_heard(house: House):
    house.take(house.agents[0], right=5, now=NOW)
    assert standing(house, house.agents[0]) == (Standing.UNDERSTOOD, 1, 1.0)
    house.change(now=NOW)
    assert standing(house, house.agents[0]) == (Standing.STALE, 1, 1.0)


def test_questions_written_for_an_older_version_are_not_asked_until_somebody_has_looked(house: House):
    house.change(now=NOW)
    with pytest.raises(Conflict) as refusal:
        taking.start(actor=house.agents[0].actor, check_id=house.check, seed=1, now=NOW)
    assert (refusal.value.code, Attempt.objects.count()) == ("questions_behind", 0)
    assert checks.confirm(actor=house.leader.actor, check_id=house.check, now=NOW) == 2
    house.take(house.agents[0], right=5, now=NOW)
    assert standing(house, house.agents[0]) == (Standing.UNDERSTOOD, 2, 1.0)


def test_answers_begun_under_the_old_version_count_for_nothing(house: House):
    who = house.agents[0]
    attempt = taking.start(actor=who.actor, check_id=house.check, seed=1, now=NOW)
    house.change(now=NOW)
    given = {pk: [0] for pk in Question.objects.values_list("pk", flat=True)}
    with pytest.raises(Conflict) as refusal:
        taking.submit(actor=who.actor, attempt_id=attempt, given=given, now=NOW)
    assert (refusal.value.code, Answer.objects.count()) == ("newer_version", 0)


def test_the_same_seed_draws_the_same_questions_in_the_same_order():
    drawn = queries.draw(questions=range(1, 21), size=5, seed=3)
    assert drawn == queries.draw(questions=range(20, 0, -1), size=5, seed=3)
    assert len(set(drawn)) == 5
    assert drawn != queries.draw(questions=range(1, 21), size=5, seed=4)


def test_every_question_is_answered_and_only_once(house: House):
    who = house.agents[0]
    attempt = taking.start(actor=who.actor, check_id=house.check, seed=1, now=NOW)
    with pytest.raises(Invalid) as refusal:
        taking.submit(actor=who.actor, attempt_id=attempt, given={}, now=NOW)
    assert (refusal.value.code, Answer.objects.count()) == ("unanswered", 0)
    assert taking.start(actor=who.actor, check_id=house.check, seed=2, now=NOW) == attempt
    house.take(who, right=5, now=NOW)
    with pytest.raises(Conflict):
        taking.submit(actor=who.actor, attempt_id=attempt, given={}, now=NOW)


def test_own_words_wait_for_a_colleague_who_gives_reasons_and_never_judges_herself(house: House, lena: Persona):
    question = checks.add_question(
        actor=lena.actor, check_id=house.check, kind="teach_back", text="Explain it", explanation="By when", now=NOW
    )
    Question.objects.exclude(pk=question).update(is_active=False)
    who = house.agents[0]
    for person in (who, lena):
        attempt = taking.start(actor=person.actor, check_id=house.check, seed=1, now=NOW)
        state = taking.submit(actor=person.actor, attempt_id=attempt, given={question: "I say when."}, now=NOW)
        assert state == "waiting"
    mine = Attempt.objects.get(user=lena.user)
    hers = Attempt.objects.get(user=who.user)
    with pytest.raises(Refused) as refusal:
        taking.judge(actor=lena.actor, attempt_id=mine.pk, question_id=question, is_right=True, reasons="Fine", now=NOW)
    assert refusal.value.code == "own_words"
    with pytest.raises(Invalid):
        taking.judge(actor=lena.actor, attempt_id=hers.pk, question_id=question, is_right=True, reasons="", now=NOW)
    assert Answer.objects.filter(is_right__isnull=False).count() == 0
    assert [name for _, name, _ in attempts.to_judge(actor=lena.actor)] == ["Agent 01"]
    state = taking.judge(
        actor=lena.actor, attempt_id=hers.pk, question_id=question, is_right=True, reasons="Says when", now=NOW
    )
    assert state == "passed"
    page = who.client.get(f"/checks/goes/{hers.pk}").content.decode()
    assert "Says when" in page


def test_wrong_answers_are_explained_and_what_is_right_is_hidden_before(house: House):
    who = house.agents[0]
    attempt = taking.start(actor=who.actor, check_id=house.check, seed=1, now=NOW)
    before = who.client.get(f"/checks/goes/{attempt}").content.decode()
    assert "Because" not in before
    house.take(who, right=3, now=NOW)
    after = who.client.get(f"/checks/goes/{attempt}").content.decode()
    assert sum(f"Because {at}" in after for at in range(5)) == 2


def test_nobody_reads_a_colleagues_answers_but_whoever_leads_her(house: House, ben: Persona, anna: Persona):
    attempt = house.take(house.agents[0], right=3, now=NOW)
    for stranger in (house.agents[1], ben, anna):
        assert stranger.client.get(f"/checks/goes/{attempt}").status_code == 404
        assert understanding.may_read(actor=stranger.actor, user_id=house.agents[0].user.pk) is False
    assert house.leader.client.get(f"/checks/goes/{attempt}").status_code == 200
    with pytest.raises(NotFound):
        taking.help_with(
            actor=ben.actor, check_id=house.check, user_id=house.agents[0].user.pk, how="Told her", now=NOW
        )
    assert Help.objects.count() == 0


def test_the_matrix_shows_an_agent_herself_and_a_leader_her_team_by_name(house: House, chloe: Persona):
    house.brief(now=NOW)
    house.take(house.agents[1], right=5, now=NOW)
    assert [row.name for row in understanding.matrix(actor=house.agents[1].actor)] == ["Agent 02"]
    rows = understanding.matrix(actor=house.leader.actor)
    assert [row.name for row in rows] == [*(f"Agent {at:02}" for at in range(1, 21)), "Lena Fischer"]
    cell = rows[1].cells["standards"]
    assert (cell.colour, cell.score, cell.versions, cell.at) == ("green", 1.0, "v1", NOW.date())
    assert rows[0].cells["standards"].colour == "amber"
    assert rows[0].cells["vision"].standing is None


def test_the_matrix_is_handed_out_as_green_amber_and_stale(house: House):
    house.brief(now=NOW)
    house.take(house.agents[0], right=5, now=NOW)
    lines = house.leader.client.get("/understanding.csv").content.decode().splitlines()
    assert lines[0].startswith("Person,Role,Vision state,Vision date,Vision score,Vision version,Objectives state")
    assert lines[1] == f"Agent 01,Agent{',' * 17}green,{NOW.date()},100%,v1,,,,"
    assert lines[2].startswith(f"Agent 02,Agent{',' * 17}amber,,,,")
    house.change(now=NOW)
    lines = house.leader.client.get("/understanding.csv").content.decode().splitlines()
    assert lines[1] == f"Agent 01,Agent{',' * 17}stale,{NOW.date()},100%,v1 of 2,,,,"


def test_a_question_is_hard_only_when_even_luck_would_not_lift_it_and_too_few_say_nothing(house: House):
    for agent in house.agents[:4]:
        house.take(agent, right=3, now=NOW)
    assert [row.share for row in queries.items(actor=house.leader.actor, check_id=house.check)] == [None] * 5
    for agent in house.agents[4:]:
        house.take(agent, right=5, now=NOW)
    for agent in house.agents[:4]:
        house.take(agent, right=5, now=NOW)
    rows = queries.items(actor=house.leader.actor, check_id=house.check)
    assert [(row.answers, row.right, row.is_hard) for row in rows] == [
        (20, 20, False),
        (20, 20, False),
        (20, 20, False),
        (20, 16, False),
        (20, 16, False),
    ]
    assert [row.discrimination for row in rows] == [None, None, None, 1.0, 1.0]
    page = house.leader.client.get(f"/checks/{house.check}").content.decode()
    assert "80 %" in page
    assert "Agent 01" not in page


def test_questions_are_suggested_from_what_changed(house: House):
    house.change(now=NOW)
    assert checks.suggest(actor=house.leader.actor, check_id=house.check, now=NOW) == 1
    question = Question.objects.latest("pk")
    assert question.text == "Target: what holds since version 2?"
    assert question.options == [["90 %", True], ["95 %", False]]
    with pytest.raises(Conflict):
        checks.suggest(actor=house.leader.actor, check_id=house.check, now=NOW)


def test_a_changed_question_retires_the_old_and_keeps_its_answers(house: House):
    house.take(house.agents[0], right=5, now=NOW)
    old = Question.objects.earliest("pk")
    checks.add_question(
        actor=house.leader.actor,
        check_id=house.check,
        kind="true_false",
        text="Is it so?",
        options=[("True", True), ("False", False)],
        explanation="It is",
        replaces=old.pk,
        now=NOW,
    )
    old.refresh_from_db()
    assert (old.is_active, old.answers.count(), old.text) == (False, 1, "Question 0")


@pytest.mark.parametrize(
    ("kind", "options", "code"),
    [
        ("single", [("A", True), ("B", True)], "options_right"),
        ("single", [("A", True)], "options"),
        ("single", [("A", True), ("A", False)], "options"),
        ("multiple", [("A", True), ("B", True)], "options_right"),
        ("sorting", [("A", True), ("B", False)], "question_kind"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused(house: House, kind: str, options: list, code: str):
    with pytest.raises(Invalid) as refusal:
        checks.add_question(
            actor=house.leader.actor,
            check_id=house.check,
            kind=kind,
            text="Which?",
            options=options,
            explanation="So",
            now=NOW,
        )
    assert (refusal.value.code, Question.objects.count()) == (code, 5)


def test_goes_are_kept_for_two_years_and_no_longer(house: House):
    house.take(house.agents[0], right=5, now=NOW)
    assert taking.forget_next(now=NOW + 729 * DAY) is False
    assert taking.forget_next(now=NOW + 731 * DAY) is True
    assert Attempt.objects.count() == 0


def test_a_leader_who_opens_a_go_is_named_to_the_person_it_is_of(house: House):
    person = house.agents[0]
    taken = house.take(person, right=3, now=NOW)
    for who in (house.leader, person):
        assert who.client.get(f"/checks/goes/{taken}").status_code == 200
    looks = recorded.looks(actor=person.actor)
    assert [(look.viewer, look.what) for look in looks] == [
        ("Lena Fischer", f"Go at a check: Check {house.check}, version 1")
    ]
