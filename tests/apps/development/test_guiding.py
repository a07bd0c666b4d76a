"""One-to-ones, observations, coaching and reviews: who does what, in which order, and who never sees it."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import User
from wellserved.apps.development import models
from wellserved.apps.development.actions import coaching, observations, reviews, talks, tasks
from wellserved.apps.development.queries import observations as observation_queries
from wellserved.apps.development.queries import private
from wellserved.apps.development.queries import reviews as review_queries
from wellserved.apps.development.queries import talks as queries
from wellserved.apps.development.types.guiding import COACHING, OBSERVATION, REVIEW, TALK
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

DAY = dt.timedelta(days=1)
CRITERIA = [("reassures", "Says what is certain"), ("next-step", "Says what happens next")]
ALL = {TALK: models.OneToOne, COACHING: models.Coaching, OBSERVATION: models.Observation, REVIEW: models.Review}


def arrange(who: Persona, person: Persona, guide: Persona) -> int:
    return talks.arrange(
        actor=who.actor,
        person_id=person.user.pk,
        guide_id=guide.user.pk,
        starts_at=NOW + DAY,
        agenda=("What went well?",),
        now=NOW,
    )


def announce(lena: Persona, ben: Persona, *, at: dt.datetime = NOW + 2 * DAY, now: dt.datetime = NOW) -> int:
    return observations.announce(
        actor=lena.actor,
        person_id=ben.user.pk,
        guide_id=lena.user.pk,
        purpose="To help with difficult calls",
        criteria=CRITERIA,
        starts_at=at,
        now=now,
    )


def observe(lena: Persona, ben: Persona, rating: int, *, at: dt.datetime) -> int:
    made = announce(lena, ben, at=at, now=at - 2 * DAY)
    observations.record(
        actor=lena.actor,
        observation_id=made,
        ratings={"reassures": (rating, "He named the day of delivery.")},
        strengths="He listened.",
        one_thing="Say the day first.",
        now=at + dt.timedelta(hours=1),
    )
    return made


def open_review(lena: Persona, ben: Persona) -> int:
    return reviews.open_review(
        actor=lena.actor,
        person_id=ben.user.pk,
        guide_id=lena.user.pk,
        period_from=NOW.date() - 180 * DAY,
        period_to=NOW.date(),
        now=NOW,
    )


def one_of_each(lena: Persona, ben: Persona) -> dict[str, int]:
    source = observe(lena, ben, 2, at=NOW - 3 * DAY)
    return {
        TALK: arrange(lena, ben, lena),
        OBSERVATION: source,
        COACHING: coaching.begin(
            actor=lena.actor,
            person_id=ben.user.pk,
            guide_id=lena.user.pk,
            goal="Says what is certain",
            criterion="reassures",
            observation_id=source,
            ends_on=(NOW + 30 * DAY).date(),
            task="Name the day first",
            now=NOW,
        ),
        REVIEW: open_review(lena, ben),
    }


def test_only_the_two_and_whoever_leads_the_person_see_a_record_of_two(
    amira: Persona, lena: Persona, ben: Persona, chloe: Persona, ada: Persona, frank: Persona, anna: Persona
):
    made = one_of_each(lena, ben)
    for kind, model in ALL.items():
        seen = {
            who.user.name
            for who in (amira, lena, ben, chloe, ada, frank, anna)
            if private.visible_ids(model, actor=who.actor, ids=[made[kind]])
        }
        assert seen == {"Lena Fischer", "Ben Okafor"}, kind


def test_not_even_readers_of_the_whole_ledger_find_its_history(amira: Persona, lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)
    kinds = {row.subject_kind for row in ledger.entries(actor=amira.actor, filters=HistoryFilters()).rows}
    assert kinds.isdisjoint(ALL)
    assert Entry.objects.filter(subject_kind__in=ALL).count() == 5
    with pytest.raises(NotFound):
        ledger.history(actor=amira.actor, subject=(TALK, made[TALK]))
    assert len(ledger.history(actor=ben.actor, subject=(TALK, made[TALK]))) == 1


def test_the_words_of_a_record_stand_in_it_alone_and_not_in_the_ledger(lena: Persona, ben: Persona):
    made = arrange(lena, ben, lena)
    talks.note(actor=lena.actor, talk_id=made, notes="Ben wants to learn German.", now=NOW + DAY)
    said = [
        str(change)
        for item in ledger.history(actor=ben.actor, subject=(TALK, made))
        for change in (*item.changes, item.reason)
    ]
    assert not [text for text in said if "German" in text]


def test_somebody_asks_whoever_leads_her_for_a_talk_and_nobody_else(lena: Persona, ben: Persona, chloe: Persona):
    assert arrange(ben, ben, lena) > 0
    with pytest.raises(NotFound):
        arrange(ben, ben, chloe)
    with pytest.raises(NotFound):
        arrange(chloe, ben, chloe)
    assert models.OneToOne.objects.count() == 1


def test_a_fellow_agent_begins_nothing_with_a_colleague(lena: Persona, ben: Persona):
    with pytest.raises(Refused, match="Only whoever leads"):
        arrange(ben, lena, ben)
    with pytest.raises(Invalid, match="between two people"):
        arrange(lena, ben, ben)
    assert models.OneToOne.objects.count() == 0


def test_notes_are_agreed_by_the_person_and_a_change_asks_her_anew(lena: Persona, ben: Persona):
    made = arrange(lena, ben, lena)
    with pytest.raises(Conflict, match="no notes"):
        talks.agree(actor=ben.actor, talk_id=made, now=NOW + DAY)
    talks.note(actor=lena.actor, talk_id=made, notes="German", now=NOW + DAY)
    with pytest.raises(Refused):
        talks.agree(actor=lena.actor, talk_id=made, now=NOW + DAY)
    talks.note(actor=lena.actor, talk_id=made, notes="German in May", version=2, now=NOW + DAY)
    talks.agree(actor=ben.actor, talk_id=made, version=3, now=NOW + DAY)
    found = queries.talk(actor=ben.actor, talk_id=made, now=NOW + DAY)
    assert (found.pair.state, found.notes, found.agreed_by_person_at) == ("agreed", "German in May", NOW + DAY)
    with pytest.raises(Conflict, match="Both have agreed"):
        talks.note(actor=lena.actor, talk_id=made, notes="Other", now=NOW + 2 * DAY)


def test_what_is_open_from_before_stands_on_the_next_agenda_until_it_is_done(lena: Persona, ben: Persona):
    first = arrange(lena, ben, lena)
    task = tasks.agree_task(
        actor=lena.actor,
        kind=TALK,
        record_id=first,
        what="Book a course",
        owner_id=ben.user.pk,
        due_on=(NOW + 5 * DAY).date(),
        now=NOW,
    )
    following = talks.arrange(
        actor=lena.actor, person_id=ben.user.pk, guide_id=lena.user.pk, starts_at=NOW + 9 * DAY, now=NOW
    )
    before = queries.talk(actor=ben.actor, talk_id=following, now=NOW).carried
    tasks.finish_task(actor=ben.actor, task_id=task, now=NOW + DAY)
    after = queries.talk(actor=ben.actor, talk_id=following, now=NOW).carried
    assert ([row.words for row in before], after) == (["Book a course"], ())
    with pytest.raises(Conflict, match="done already"):
        tasks.finish_task(actor=ben.actor, task_id=task, now=NOW + DAY)


def test_nobody_is_observed_unannounced(lena: Persona, ben: Persona):
    with pytest.raises(Invalid, match="a day beforehand") as refused:
        announce(lena, ben, at=NOW + dt.timedelta(hours=23))
    assert (refused.value.code, models.Observation.objects.count()) == ("no_notice", 0)
    made = announce(lena, ben)
    with pytest.raises(Conflict, match="has not come yet"):
        observations.record(
            actor=lena.actor, observation_id=made, ratings={"reassures": (3, "x")}, strengths="x", now=NOW
        )
    assert models.Observation.objects.get().ratings == {}


def test_a_mark_without_evidence_is_refused_and_keeps_nothing(lena: Persona, ben: Persona):
    made = announce(lena, ben)
    with pytest.raises(Invalid, match="without evidence"):
        observations.record(
            actor=lena.actor, observation_id=made, ratings={"reassures": (3, " ")}, strengths="x", now=NOW + 3 * DAY
        )
    assert models.Observation.objects.get().state == "announced"


def test_the_person_says_how_she_saw_it_and_both_views_stand(lena: Persona, ben: Persona):
    made = observe(lena, ben, 2, at=NOW)
    with pytest.raises(Refused):
        observations.answer(actor=lena.actor, observation_id=made, own_view="He agrees.", now=NOW + DAY)
    observations.answer(actor=ben.actor, observation_id=made, own_view="The line was bad.", now=NOW + DAY)
    found = observation_queries.observation(actor=lena.actor, observation_id=made)
    assert (found.own_view, found.strengths, found.pair.state) == ("The line was bad.", "He listened.", "answered")
    assert [(row.key, row.rating_name) for row in found.criteria] == [("reassures", "In part"), ("next-step", "")]


def test_the_page_of_coaching_shows_what_later_observations_saw_of_its_criterion(lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)
    before = queries.coaching(actor=ben.actor, coaching_id=made[COACHING], now=NOW)
    observe(lena, ben, 3, at=NOW + 20 * DAY)
    found = queries.coaching(actor=ben.actor, coaching_id=made[COACHING], now=NOW + 21 * DAY)
    assert [(row.rating_name, row.is_source) for row in before.sightings] == [("In part", True)]
    assert [(row.rating_name, row.is_source) for row in found.sightings] == [("In part", True), ("As agreed", False)]
    assert [row.words for row in found.tasks] == ["Name the day first"]


def test_a_guide_who_may_not_see_an_observation_reads_its_mark_alone(
    amira: Persona, lena: Persona, ben: Persona, chloe: Persona
):
    made = one_of_each(lena, ben)
    models.Coaching.objects.filter(pk=made[COACHING]).update(guide=chloe.user)
    models.Review.objects.filter(pk=made[REVIEW]).update(guide=chloe.user)
    (seen,) = queries.coaching(actor=chloe.actor, coaching_id=made[COACHING], now=NOW).sightings
    assert (seen.rating_name, seen.evidence, seen.observer) == ("In part", "", "")
    (whole,) = queries.coaching(actor=ben.actor, coaching_id=made[COACHING], now=NOW).sightings
    assert (whole.evidence, whole.observer) == ("He named the day of delivery.", "Lena Fischer")
    told = [
        dict(review_queries.review(actor=who.actor, review_id=made[REVIEW], now=NOW).evidence)["Observed at work"][0]
        for who in (chloe, ben)
    ]
    assert ["Strengths" in each for each in told] == [False, True]


def test_an_observation_names_only_coaching_its_reader_may_see(lena: Persona, ben: Persona, anna: Persona):
    made = one_of_each(lena, ben)
    models.Observation.objects.filter(pk=made[OBSERVATION]).update(guide=anna.user)
    shown = [
        observation_queries.observation(actor=who.actor, observation_id=made[OBSERVATION]).coachings
        for who in (anna, ben)
    ]
    assert shown == [(), ((made[COACHING], "Says what is certain"),)]


def test_the_evidence_of_somebody_who_has_left_is_still_read(lena: Persona, ben: Persona):
    made = open_review(lena, ben)
    User.objects.filter(pk=ben.user.pk).update(is_active=False)
    assert review_queries.review(actor=lena.actor, review_id=made, now=NOW).evidence == ()


def test_a_conversation_that_was_played_through_names_what_it_was_about(lena: Persona, ben: Persona):
    made = one_of_each(lena, ben)[COACHING]
    played = {"held_on": NOW.date(), "form": "role_play", "what": "He offered half."}
    with pytest.raises(Invalid, match="which conversation"):
        coaching.add_session(actor=lena.actor, coaching_id=made, **played, now=NOW)
    assert queries.role_plays(actor=ben.actor, since=NOW.date()) == 0
    coaching.add_session(actor=lena.actor, coaching_id=made, **played, scenario="A full refund", now=NOW)
    assert queries.role_plays(actor=ben.actor, since=NOW.date()) == 1


def test_her_own_view_comes_first_and_the_evidence_stands_as_it_was_written(lena: Persona, ben: Persona):
    observe(lena, ben, 3, at=NOW - 3 * DAY)
    made = open_review(lena, ben)
    with pytest.raises(Conflict, match="Her own view comes first"):
        reviews.write(actor=lena.actor, review_id=made, text="Good.", rating="steady", now=NOW)
    reviews.say_own_view(actor=ben.actor, review_id=made, own_view="I learnt a lot.", now=NOW)
    reviews.write(actor=lena.actor, review_id=made, text="So did we.", rating="beyond", now=NOW)
    observe(lena, ben, 4, at=NOW - DAY)
    found = review_queries.review(actor=ben.actor, review_id=made, now=NOW)
    seen = dict(found.evidence)["Observed at work"]
    assert (len(seen), "as agreed" in seen[0]) == (1, True)
    assert (found.rating_name, found.pair.state) == ("Does more than the role asks", "written")
    reviews.agree_review(actor=ben.actor, review_id=made, now=NOW)
    with pytest.raises(Conflict, match="stays as it is"):
        reviews.write(actor=lena.actor, review_id=made, text="Not so.", rating="steady", now=NOW)


@pytest.mark.parametrize("kind", list(ALL))
def test_a_register_costs_one_query_with_5_and_with_500_records(
    lena: Persona, ben: Persona, kind: str, django_assert_num_queries
):
    made = one_of_each(lena, ben)[kind]
    actor, row = lena.actor, ALL[kind].objects.get(pk=made)

    def copies(number: int) -> None:
        for _ in range(number):
            row.pk = None
            row.save(force_insert=True)

    copies(4)
    with django_assert_num_queries(1):
        private.register(actor=actor, kind=kind, view="all")
    copies(495)
    with django_assert_num_queries(1):
        rows, cursor = private.register(actor=actor, kind=kind, view="all")
    assert (len(rows), cursor is not None) == (50, True)
