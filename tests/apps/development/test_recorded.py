"""Support slots, and what a person is told of what is recorded about her: who looked, and the answer to a contest."""

import datetime as dt

import pytest
from django.apps import apps

from tests.apps.development.test_guiding import observe, one_of_each
from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import User
from wellserved.apps.development import models
from wellserved.apps.development.actions import learning, suggestions, support
from wellserved.apps.development.actions import recorded as actions
from wellserved.apps.development.queries import about, private
from wellserved.apps.development.queries import recorded as queries
from wellserved.apps.development.queries import support as support_queries
from wellserved.apps.development.types.conflicts import CASE
from wellserved.apps.development.types.guiding import OBSERVATION, REVIEW
from wellserved.platform.errors import Conflict, NotFound, Refused

DAY = dt.timedelta(days=1)


def contest(lena: Persona, ben: Persona) -> tuple[int, int]:
    made = observe(lena, ben, 2, at=NOW - 3 * DAY)
    said = actions.contest(actor=ben.actor, kind=OBSERVATION, record_id=made, what="I named the day.", now=NOW)
    return made, said


def test_she_sees_every_record_about_her_with_purpose_and_retention(lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)
    found = queries.recorded(actor=ben.actor, now=NOW)
    listed = {(line.kind, line.record_id) for section in found.sections for line in section.lines}
    assert set(made.items()) <= listed
    assert [section.key for section in found.sections if not (section.purpose and section.kept)] == []


# What belongs to a person and is told in another place, or belongs to somebody else's record.
TOLD_ELSEWHERE = {
    "Viewing.person": "who looked stands beside the records",
    "Contest.person": "what she contested stands beside the records",
    "AgendaItem.author": "her point on the agenda of a talk that is told",
    "LearningPlan.owner": "the plan is told to the person who learns",
}


def test_every_table_that_names_a_person_tells_her_of_it():
    names = {"user", "person", "guest", "author", "owner"}
    wanted = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("development").get_models()
        for field in model._meta.get_fields()
        if field.name in names and field.many_to_one and field.related_model is User
    }
    told = {each for provider in queries.registry.values() for each in provider.tells}
    assert wanted - told == set(TOLD_ELSEWHERE)
    assert told <= wanted


def test_what_she_gave_and_got_is_told_and_a_case_takes_no_contest(lena: Persona, ben: Persona, chloe: Persona):
    case = models.ConflictCase.objects.create(summary="Shifts", handler=lena.user, opened_at=NOW)
    models.ConflictParty.objects.create(case=case, user=ben.user)
    suggestions.suggest(actor=ben.actor, title="A quiet room", text="For calls.", now=NOW)
    suggestions.suggest(actor=ben.actor, title="Another lead", text="Please.", is_anonymous=True, now=NOW)
    lines = [line for section in queries.recorded(actor=ben.actor, now=NOW).sections for line in section.lines]
    told = {line.kind: line.title for line in lines if line.kind in {"development.suggestion", CASE}}
    assert told == {"development.suggestion": "A quiet room", CASE: "A case in private"}
    with pytest.raises(NotFound):
        actions.contest(actor=ben.actor, kind=CASE, record_id=case.pk, what="Not so.", now=NOW)
    assert models.Contest.objects.count() == 0


def test_nothing_about_her_is_told_to_a_colleague(lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)
    lines = [
        (line.kind, line.record_id)
        for section in queries.recorded(actor=lena.actor, now=NOW).sections
        for line in section.lines
    ]
    assert not set(made.items()) & set(lines)


def test_who_opened_it_is_kept_once_a_day_and_her_own_reading_never(lena: Persona, ben: Persona):
    made = observe(lena, ben, 2, at=NOW - 3 * DAY)
    seen = {"kind": OBSERVATION, "record_id": made, "person_id": ben.user.pk}
    for who, now in ((lena, NOW), (lena, NOW + dt.timedelta(hours=1)), (ben, NOW), (lena, NOW + DAY)):
        actions.note_view(actor=who.actor, **seen, now=now)
    looks = queries.recorded(actor=ben.actor, now=NOW).looks
    assert [(look.viewer, look.what, look.day) for look in looks] == [
        ("Lena Fischer", "Observation: To help with difficult calls", (NOW + DAY).date()),
        ("Lena Fischer", "Observation: To help with difficult calls", NOW.date()),
    ]


def test_a_contest_goes_past_its_writer_to_the_next_above_and_lets_her_read(
    amira: Persona, lena: Persona, ben: Persona
):
    hidden = observe(lena, ben, 3, at=NOW - DAY)
    made, said = contest(lena, ben)
    row = queries.contest(actor=ben.actor, contest_id=said, now=NOW)
    assert (row.decider, row.due_on) == ("Amira Haddad", NOW.date() + 14 * DAY)
    assert private.visible_ids(models.Observation, actor=amira.actor, ids=[made, hidden]) == {made}
    with pytest.raises(NotFound):
        queries.contest(actor=lena.actor, contest_id=said, now=NOW)


def test_the_answer_and_its_reasons_stand_beside_the_record(amira: Persona, lena: Persona, ben: Persona):
    made, said = contest(lena, ben)
    with pytest.raises(Refused):
        actions.answer_contest(actor=ben.actor, contest_id=said, outcome="changed", answer="Yes", now=NOW)
    actions.answer_contest(actor=amira.actor, contest_id=said, outcome="beside", answer="Both heard it.", now=NOW)
    (row,) = queries.contests(actor=lena.actor, now=NOW, about=(OBSERVATION, made))
    assert (row.words, row.answer, row.outcome_name) == (
        "I named the day.",
        "Both heard it.",
        "Her view stands beside it",
    )
    with pytest.raises(Conflict, match="answered already"):
        actions.answer_contest(actor=amira.actor, contest_id=said, outcome="changed", answer="No", now=NOW)
    assert private.visible_ids(models.Observation, actor=amira.actor, ids=[made]) == frozenset()


def test_nobody_answers_for_her_own_words_in_a_need_a_plan_or_a_course(amira: Persona, lena: Persona, ben: Persona):
    need = learning.name_need(actor=lena.actor, person_id=ben.user.pk, what="Patience", now=NOW)
    plan = learning.plan(
        actor=lena.actor, need_id=need, measure="course", by_on=NOW.date() + DAY, owner_id=lena.user.pk, now=NOW
    )
    for kind, pk in ((about.NEED, need), (about.PLAN, plan)):
        said = actions.contest(actor=ben.actor, kind=kind, record_id=pk, what="I am patient.", now=NOW)
        assert models.Contest.objects.get(pk=said).decider_id == amira.user.pk
        models.Contest.objects.filter(pk=said).update(decider=lena.user)
        with pytest.raises(Refused, match="does not judge it"):
            actions.answer_contest(actor=lena.actor, contest_id=said, outcome="upheld", answer="No", now=NOW)
    assert set(models.Contest.objects.values_list("outcome", flat=True)) == {""}


def test_a_contest_whose_decider_has_left_is_answered_by_another(
    amira: Persona, ada: Persona, lena: Persona, ben: Persona
):
    made, said = contest(lena, ben)
    given = {"contest_id": said, "outcome": "upheld", "answer": "It was said.", "now": NOW}
    with pytest.raises(NotFound):
        actions.answer_contest(actor=ada.actor, **given)
    User.objects.filter(pk=amira.user.pk).update(is_active=False)
    assert private.visible_ids(models.Observation, actor=ada.actor, ids=[made]) == {made}
    actions.answer_contest(actor=ada.actor, **given)
    assert models.Contest.objects.values_list("outcome", "decider").get() == ("upheld", ada.user.pk)


def test_only_what_is_recorded_about_her_can_be_contested(amira: Persona, lena: Persona, ben: Persona, chloe: Persona):
    made = observe(lena, ben, 2, at=NOW - 3 * DAY)
    with pytest.raises(NotFound):
        actions.contest(actor=chloe.actor, kind=OBSERVATION, record_id=made, what="Not mine.", now=NOW)
    assert models.Contest.objects.count() == 0


def test_a_record_goes_when_its_time_is_over_and_not_a_day_before(lena: Persona, ben: Persona):
    observe(lena, ben, 2, at=NOW - 3 * DAY)
    ends = dt.datetime(2027, 2, 28, 12, tzinfo=dt.UTC)
    assert (actions.forget_old(now=ends), models.Observation.objects.count()) == (0, 1)
    assert (actions.forget_old(now=ends + DAY), models.Observation.objects.count()) == (1, 0)


def test_what_is_being_written_of_her_is_told_once_it_is_put_to_her(lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)[REVIEW]
    models.Review.objects.filter(pk=made).update(words="A draft", evidence=[["Skills", ["Refunds"]]])
    parts = [
        part
        for section in queries.recorded(actor=ben.actor, now=NOW).sections
        for line in section.lines
        for part in line.parts
        if line.kind == REVIEW
    ]
    assert parts == [("State", "Her view is awaited")]


def test_a_slot_is_booked_once_held_and_counted(lena: Persona, ben: Persona, team_a: object):
    (slot, *rest) = support.offer(actor=lena.actor, starts_at=NOW + DAY, minutes=30, weeks=4, now=NOW)
    support.book(actor=ben.actor, slot_id=slot, about="How to say no", now=NOW)
    with pytest.raises(Conflict, match="taken"):
        support.book(actor=ben.actor, slot_id=slot, now=NOW)
    support.confirm(actor=lena.actor, slot_id=slot, held_minutes=25, now=NOW + 2 * DAY)
    support.open_door(actor=lena.actor, minutes=10, matter="skill", now=NOW)
    month = support_queries.month(actor=lena.actor, day=NOW.date())
    assert (len(rest), month.offered, month.offered_minutes, month.held_minutes, month.door_minutes) == (
        3,
        4,
        120,
        25,
        10,
    )


def test_what_a_talk_is_about_is_for_the_two_alone(amira: Persona, lena: Persona, ben: Persona):
    (slot,) = support.offer(actor=lena.actor, starts_at=NOW + DAY, minutes=30, now=NOW)
    support.book(actor=ben.actor, slot_id=slot, about="How to say no", now=NOW)
    seen = {
        who.user.name: [
            (row.guest, row.about, row.is_taken) for row in support_queries.slots(actor=who.actor, now=NOW)[0]
        ]
        for who in (amira, lena, ben)
    }
    assert seen == {
        "Amira Haddad": [("", "", True)],
        "Lena Fischer": [("Ben Okafor", "How to say no", True)],
        "Ben Okafor": [("Ben Okafor", "How to say no", True)],
    }


def test_a_slot_somebody_counts_on_is_not_withdrawn(lena: Persona, ben: Persona):
    (slot,) = support.offer(actor=lena.actor, starts_at=NOW + DAY, minutes=30, now=NOW)
    support.book(actor=ben.actor, slot_id=slot, now=NOW)
    with pytest.raises(Conflict, match="talk to her first"):
        support.give_back(actor=lena.actor, slot_id=slot, now=NOW)
    support.give_back(actor=ben.actor, slot_id=slot, now=NOW)
    support.give_back(actor=lena.actor, slot_id=slot, now=NOW)
    assert support_queries.slots(actor=ben.actor, now=NOW)[0] == ()


def test_a_managers_free_slots_are_seen_by_those_she_leads_and_a_booked_one_by_its_guest(
    amira: Persona, lena: Persona, ben: Persona
):
    (slot,) = support.offer(actor=amira.actor, starts_at=NOW + DAY, minutes=30, now=NOW)

    def seen() -> list[bool]:
        return [bool(support_queries.visible_ids(actor=who.actor, ids=[slot])) for who in (lena, ben)]

    assert seen() == [True, False]
    support.keep_for(actor=amira.actor, slot_id=slot, user_id=ben.user.pk, about="Refunds", now=NOW)
    assert seen() == [False, True]
