"""Needs, plans and training: what is worked out, who may speak of it, and the skill that comes back at the end."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona, make_team, make_user
from wellserved.apps.accounts.types import Role
from wellserved.apps.development import models
from wellserved.apps.development.actions import attendance, learning, suggestions, support, training
from wellserved.apps.development.queries import needs, reach
from wellserved.apps.development.queries import suggestions as suggestion_queries
from wellserved.apps.development.queries import training as queries
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.apps.people import actions as people
from wellserved.apps.people import queries as people_queries
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def refunds(amira: Persona) -> int:
    return people.create_skill(actor=amira.actor, name="Refunds", minimum_cover=1, now=NOW)


def hold_skill(amira: Persona, who: Persona, skill: int, *, until: dt.date | None) -> None:
    people.set_skill(actor=amira.actor, user_id=who.user.pk, skill_id=skill, level=3, expires_on=until, now=NOW)


def course(amira: Persona, skill: int | None) -> int:
    return training.save_course(
        actor=amira.actor, title="Refunds, start to end", skill_id=skill, valid_months=12, now=NOW
    )


def event(amira: Persona, skill: int | None = None, *, seats: int = 2, at: dt.datetime = NOW + DAY) -> int:
    return training.offer(
        actor=amira.actor,
        course_id=course(amira, skill),
        starts_at=at,
        ends_at=at + dt.timedelta(hours=2),
        place="Room 2",
        seats=seats,
        now=NOW,
    )


def came(who: Persona, **more: object) -> attendance.Came:
    return attendance.Came(person_id=who.user.pk, was_there=True, **more)  # type: ignore[arg-type]


def test_a_certificate_that_ends_is_a_need_and_says_what_breaks_without_it(amira: Persona, ben: Persona, refunds: int):
    hold_skill(amira, ben, refunds, until=TODAY + 200 * DAY)
    assert needs.analysis(actor=amira.actor, now=NOW) == ()
    hold_skill(amira, ben, refunds, until=TODAY + 20 * DAY)
    (row,) = needs.analysis(actor=amira.actor, now=NOW)
    assert (row.person, row.what, row.source, row.priority) == ("Ben Okafor", "Refunds", "expiry", "short")
    assert row.at_stake == "0 of the 1 who must be able to do it alone from 23 Mar 2026"


def test_what_leaves_the_desk_short_stands_before_a_wish(amira: Persona, lena: Persona, ben: Persona, refunds: int):
    learning.name_need(actor=ben.actor, person_id=ben.user.pk, what="Public speaking", now=NOW)
    hold_skill(amira, ben, refunds, until=TODAY + 20 * DAY)
    rows = needs.analysis(actor=lena.actor, now=NOW)
    assert [(row.what, row.priority) for row in rows] == [("Refunds", "short"), ("Public speaking", "wish")]


def test_everybody_reads_her_own_needs_and_those_who_know_the_team_read_the_teams(
    lena: Persona, ben: Persona, chloe: Persona, anna: Persona
):
    learning.name_need(actor=ben.actor, person_id=ben.user.pk, what="German", now=NOW)
    seen = {who.user.name: len(needs.analysis(actor=who.actor, now=NOW)) for who in (lena, ben, chloe, anna)}
    assert seen == {"Lena Fischer": 1, "Ben Okafor": 1, "Chloe Martin": 0, "Anna Kowalska": 0}


def test_nobody_names_a_need_for_a_colleague_she_does_not_lead(ben: Persona, chloe: Persona, lena: Persona):
    with pytest.raises(Refused):
        learning.name_need(actor=ben.actor, person_id=lena.user.pk, what="Patience", now=NOW)
    with pytest.raises(NotFound):
        learning.name_need(actor=ben.actor, person_id=chloe.user.pk, what="Patience", now=NOW)
    assert models.Need.objects.count() == 0


def test_the_leader_comments_and_the_person_does_not_comment_on_her_own(lena: Persona, ben: Persona):
    made = learning.name_need(actor=ben.actor, person_id=ben.user.pk, what="German", now=NOW)
    learning.comment_need(actor=lena.actor, need_id=made, comment="From May.", version=1, now=NOW)
    with pytest.raises(Refused):
        learning.comment_need(actor=ben.actor, need_id=made, comment="Now.", now=NOW)
    with pytest.raises(Conflict):
        learning.comment_need(actor=lena.actor, need_id=made, comment="From June.", version=1, now=NOW)
    (row,) = needs.analysis(actor=ben.actor, now=NOW)
    assert (row.comment, row.commented_by) == ("From May.", "Lena Fischer")


def test_a_finished_plan_writes_the_skill_and_closes_the_need(
    amira: Persona, lena: Persona, ben: Persona, refunds: int
):
    need = learning.name_need(actor=lena.actor, person_id=ben.user.pk, skill_id=refunds, level=3, now=NOW)
    plan = learning.plan(actor=lena.actor, need_id=need, measure="shadowing", by_on=TODAY + 9 * DAY, now=NOW)
    with pytest.raises(Refused, match="Nobody gives herself a level"):
        learning.finish(actor=ben.actor, plan_id=plan, outcome="I can.", level=3, now=NOW)
    assert people_queries.holders(actor=amira.actor, skill_id=refunds, on=TODAY) == ()
    ends = TODAY + 365 * DAY
    learning.finish(actor=lena.actor, plan_id=plan, outcome="Did ten alone.", level=3, expires_on=ends, now=NOW)
    assert people_queries.holders(actor=amira.actor, skill_id=refunds, on=TODAY) == (ben.user.pk,)
    assert people_queries.holders(actor=amira.actor, skill_id=refunds, on=ends + DAY) == ()
    assert (models.Need.objects.get().state, needs.analysis(actor=lena.actor, now=NOW)) == ("met", ())


def test_a_full_course_keeps_a_waiting_list_and_the_first_moves_up(amira: Persona, lena: Persona, ben: Persona):
    made = event(amira, seats=1)
    states = [training.book(actor=who.actor, event_id=made, person_id=who.user.pk, now=NOW) for who in (lena, ben)]
    moved = training.leave(actor=lena.actor, event_id=made, person_id=lena.user.pk, now=NOW)
    assert (states, moved) == (["booked", "waiting"], ben.user.pk)
    with pytest.raises(Conflict):
        training.book(actor=ben.actor, event_id=made, person_id=ben.user.pk, now=NOW)
    assert models.Booking.objects.get(person=ben.user).state == "booked"


def test_a_passed_course_gives_the_skill_with_its_new_expiry(amira: Persona, lena: Persona, ben: Persona, refunds: int):
    hold_skill(amira, ben, refunds, until=TODAY - DAY)
    made = event(amira, refunds)
    training.book(actor=ben.actor, event_id=made, person_id=ben.user.pk, now=NOW)
    assert people_queries.holders(actor=amira.actor, skill_id=refunds, on=TODAY) == ()
    after = NOW + 2 * DAY
    given = [came(ben, score_before=50, score_after=90, gives=True)]
    assert attendance.hold(actor=lena.actor, event_id=made, came=given, now=after) == 1
    held = people_queries.profile(actor=lena.actor, user_id=ben.user.pk, now=after).colleague.skills[0]
    assert (held.level, held.expires_on) == (3, dt.date(2027, 3, 4))
    assert held.evidence == "Refunds, start to end, 4 Mar 2026, 90 points"


def test_a_score_below_the_pass_mark_gives_nothing_and_keeps_nothing(amira: Persona, lena: Persona, ben: Persona):
    made = event(amira)
    training.book(actor=ben.actor, event_id=made, person_id=ben.user.pk, now=NOW)
    entries = Entry.objects.count()
    with pytest.raises(Invalid, match="80 points pass this course; 60 do not"):
        attendance.hold(
            actor=lena.actor, event_id=made, came=[came(ben, score_after=60, gives=True)], now=NOW + 2 * DAY
        )
    assert (models.TrainingEvent.objects.get().state, Entry.objects.count()) == ("open", entries)


def class_of(amira: Persona, size: int, *, metric: str = "first_reply") -> tuple[int, list[Persona]]:
    """Hold a course for so many people of team A and return it with them."""
    team = make_team("Team A")
    people_there = [Persona(user=make_user(f"Agent {n}", Role.AGENT, team=team)) for n in range(size)]
    made = event(amira, seats=size)
    models.Course.objects.update(metric=metric)
    for who in people_there:
        training.book(actor=who.actor, event_id=made, person_id=who.user.pk, now=NOW)
    given = [came(who, score_before=50, score_after=85) for who in people_there]
    attendance.hold(actor=amira.actor, event_id=made, came=given, now=NOW + 2 * DAY)
    return made, people_there


def test_marks_of_a_course_stand_once_all_have_answered_so_that_no_two_looks_differ_by_one(amira: Persona):
    made, there = class_of(amira, 6)
    shown = []
    for who in there:
        attendance.react(actor=who.actor, event_id=made, useful=4, clear=5, now=NOW + 3 * DAY)
        shown.append(queries.event(actor=amira.actor, event_id=made, now=NOW + 3 * DAY).levels[0].figure)
    assert shown == ["", "", "", "", "", "4.0 of 5"]
    with pytest.raises(Conflict, match="You have said"):
        attendance.react(actor=there[0].actor, event_id=made, useful=1, clear=1, now=NOW + 4 * DAY)


def test_thirty_days_after_a_course_its_marks_stand_and_nobody_adds_to_them(amira: Persona, lena: Persona):
    made, there = class_of(amira, 6)
    for who in there[:5]:
        attendance.react(actor=who.actor, event_id=made, useful=4, clear=5, now=NOW + 31 * DAY)
    last = queries.event(actor=amira.actor, event_id=made, now=NOW + 31 * DAY)
    assert (last.levels[0].figure, last.levels[0].n) == ("", 0)
    assert not any(seat.has_reacted for seat in last.seats)
    after = NOW + 32 * DAY
    assert queries.event(actor=amira.actor, event_id=made, now=after).levels[0].figure == "4.0 of 5"
    with pytest.raises(Conflict, match="too late to say"):
        attendance.react(actor=there[5].actor, event_id=made, useful=1, clear=1, now=after)
    assert models.Booking.objects.get(person=there[5].user).useful is None


@pytest.mark.parametrize(
    ("level", "until", "kept"),
    [
        (4, dt.date(2026, 6, 1), (4, dt.date(2026, 6, 1))),
        (3, dt.date(2028, 1, 1), (3, dt.date(2028, 1, 1))),
        (3, None, (3, None)),
        (2, None, (3, dt.date(2027, 3, 4))),
        (3, dt.date(2026, 6, 1), (3, dt.date(2027, 3, 4))),
    ],
)
def test_a_course_neither_raises_nor_ends_what_it_does_not_prove(
    amira: Persona, lena: Persona, ben: Persona, refunds: int, level: int, until: dt.date | None, kept: object
):
    people.set_skill(actor=amira.actor, user_id=ben.user.pk, skill_id=refunds, level=level, expires_on=until, now=NOW)
    made = event(amira, refunds)
    training.book(actor=ben.actor, event_id=made, person_id=ben.user.pk, now=NOW)
    attendance.hold(actor=lena.actor, event_id=made, came=[came(ben, gives=True)], now=NOW + 9 * DAY)
    held = people_queries.profile(actor=lena.actor, user_id=ben.user.pk, now=NOW + 9 * DAY).colleague.skills[0]
    assert (held.level, held.expires_on) == kept


def test_needs_and_plans_are_for_herself_and_those_who_lead_her(
    amira: Persona, lena: Persona, ben: Persona, chloe: Persona
):
    need = learning.name_need(actor=ben.actor, person_id=ben.user.pk, what="German", now=NOW)
    plan = learning.plan(actor=lena.actor, need_id=need, measure="course", by_on=TODAY + DAY, now=NOW)
    seen = {
        who.user.name: (
            reach.visible_ids(models.Need, actor=who.actor, ids=[need]) == {need},
            reach.visible_ids(models.LearningPlan, actor=who.actor, ids=[plan]) == {plan},
        )
        for who in (amira, lena, ben, chloe)
    }
    assert seen == {
        "Amira Haddad": (False, False),
        "Lena Fischer": (True, True),
        "Ben Okafor": (True, True),
        "Chloe Martin": (False, False),
    }
    with pytest.raises(Refused, match="whoever leads her"):
        learning.name_need(actor=amira.actor, person_id=ben.user.pk, what="Patience", now=NOW)
    assert models.Need.objects.count() == 1


def test_history_tells_a_reader_of_the_whole_ledger_nothing_of_what_somebody_is_to_learn(
    amira: Persona, lena: Persona, ben: Persona
):
    learning.name_need(actor=ben.actor, person_id=ben.user.pk, what="German", now=NOW)
    (slot,) = support.offer(actor=lena.actor, starts_at=NOW + DAY, minutes=30, now=NOW)
    support.book(actor=ben.actor, slot_id=slot, now=NOW)
    suggested = suggestions.suggest(actor=ben.actor, title="A quiet room", text="For calls.", now=NOW).id
    kinds = {"development.need", "development.slot", "development.suggestion"}
    for who, left in ((amira, {"development.suggestion"}), (ben, kinds)):
        rows = ledger.entries(actor=who.actor, filters=HistoryFilters()).rows
        assert {row.subject_kind for row in rows} & kinds == left
    assert ledger.history(actor=lena.actor, subject=("development.slot", slot))[0].actor == "Ben Okafor"
    assert suggestion_queries.kept_ids(lena.actor, [suggested]) == {suggested}


def test_the_four_levels_say_too_early_and_too_few_honestly(amira: Persona):
    made, _ = class_of(amira, 6)
    early = {row.name: row for row in queries.event(actor=amira.actor, event_id=made, now=NOW + 3 * DAY).levels}
    assert early["Learning"].figure == "+35 points"
    assert early["Behaviour"].verdict == "Too early: those who lead them are asked on 15 Apr 2026."
    assert early["Results"].verdict == "Too early: four weeks of work are needed, until 1 Apr 2026."
    late = queries.event(actor=amira.actor, event_id=made, now=NOW + 60 * DAY).levels[3]
    assert late.verdict == "Too few: 0 promises before and 0 since, of 30 needed on each side."


def test_a_course_of_four_shows_no_figure_of_them(amira: Persona):
    made, _ = class_of(amira, 4)
    levels = queries.event(actor=amira.actor, event_id=made, now=NOW + 60 * DAY).levels
    assert [row.figure for row in levels] == ["", "", "", ""]


def test_nobody_reads_the_points_of_a_colleague(amira: Persona, lena: Persona, ben: Persona):
    made, there = class_of(amira, 5)
    seen = queries.event(actor=ben.actor, event_id=made, now=NOW + 3 * DAY)
    own = queries.event(actor=there[0].actor, event_id=made, now=NOW + 3 * DAY).own
    by_leader = queries.event(actor=lena.actor, event_id=made, now=NOW + 3 * DAY).seats
    assert (seen.seats, seen.own, own.score_after if own else None) == ((), None, 85)
    assert {row.score_after for row in by_leader} == {85}


def test_whoever_leads_her_is_asked_on_the_day_and_not_before(amira: Persona, lena: Persona):
    made, there = class_of(amira, 5)
    said = {"event_id": made, "person_id": there[0].user.pk, "seen": "yes", "said": "In most calls."}
    with pytest.raises(Conflict, match="too early"):
        attendance.look(actor=lena.actor, **said, now=NOW + 10 * DAY)
    with pytest.raises(Refused):
        attendance.look(actor=there[1].actor, **said, now=NOW + 50 * DAY)
    assert len(queries.to_look_at(actor=lena.actor, now=NOW + 50 * DAY)) == 5
    attendance.look(actor=lena.actor, **said, now=NOW + 50 * DAY)
    assert len(queries.to_look_at(actor=lena.actor, now=NOW + 50 * DAY)) == 4


def test_the_analysis_costs_the_same_with_5_and_with_500_needs(
    amira: Persona, ben: Persona, refunds: int, django_assert_max_num_queries
):
    def name(number: int) -> None:
        models.Need.objects.bulk_create(
            models.Need(person=ben.user, what=f"Thing {n}", source="named", raised_at=NOW) for n in range(number)
        )

    actor = amira.actor
    name(5)
    with django_assert_max_num_queries(21) as small:
        needs.analysis(actor=actor, now=NOW)
    name(495)
    with django_assert_max_num_queries(21) as large:
        rows = needs.analysis(actor=actor, now=NOW)
    assert (len(rows), len(small.captured_queries)) == (500, len(large.captured_queries))
