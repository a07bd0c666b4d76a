"""One's week: its order, worked out and by hand, what is carried over, what is kept, and whose it is."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.development.actions import week as actions
from wellserved.apps.development.models import Priority, Week
from wellserved.apps.development.queries import week as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.web import people_due

DAY = dt.timedelta(days=1)
# NOW is a Tuesday.
FRIDAY, NEXT = NOW + 3 * DAY, NOW + 7 * DAY


def plan(by: Persona, words: str, value: int = 3, urgency: int = 3, hours: int = 1, now: dt.datetime = NOW) -> int:
    return actions.plan(actor=by.actor, words=words, value=value, urgency=urgency, hours=hours, now=now)


def order_of(who: Persona, now: dt.datetime = NOW) -> list[str]:
    row = queries.present(actor=who.actor, on=now.date())
    assert row is not None
    rows = queries.priorities(week_id=row.id, hours=row.hours, by_hand=row.by_hand)
    return [each.words for each in rows if each.state == "open"]


@pytest.fixture
def three(lena: Persona) -> dict[str, int]:
    return {
        words: plan(lena, words, value=value, urgency=urgency, hours=hours)
        for words, value, urgency, hours in (("slow", 5, 4, 10), ("quick", 3, 2, 1), ("first", 5, 5, 2))
    }


def test_it_stands_by_value_times_urgency_for_each_hour(lena: Persona, three: dict[str, int]) -> None:
    assert order_of(lena) == ["first", "quick", "slow"]


def test_moved_by_hand_it_keeps_the_order_given_until_it_is_worked_out_again(
    lena: Persona, three: dict[str, int]
) -> None:
    actions.move(actor=lena.actor, priority_id=three["slow"], up=True, now=NOW)
    assert order_of(lena) == ["first", "slow", "quick"]
    actions.move(actor=lena.actor, priority_id=three["first"], up=True, now=NOW)
    plan(lena, "later and worth all", value=5, urgency=5)
    assert order_of(lena) == ["first", "slow", "quick", "later and worth all"]
    actions.sort(actor=lena.actor, week_id=Week.objects.get().pk, now=NOW)
    assert order_of(lena) == ["later and worth all", "first", "quick", "slow"]


def test_what_does_not_fit_into_the_hours_is_marked(lena: Persona, three: dict[str, int]) -> None:
    week = Week.objects.get()
    actions.set_hours(actor=lena.actor, week_id=week.pk, hours=4, now=NOW)
    rows = queries.priorities(week_id=week.pk, hours=4, by_hand=False)
    assert {each.words: each.fits for each in rows} == {"first": True, "quick": True, "slow": False}


def test_the_end_of_the_week_keeps_the_share_and_carries_over_what_is_open(
    lena: Persona, three: dict[str, int]
) -> None:
    actions.settle(actor=lena.actor, priority_id=three["first"], state="done", now=NOW)
    actions.settle(actor=lena.actor, priority_id=three["quick"], state="dropped", now=NOW)
    assert [actions.close_next(now=NOW + 5 * DAY), actions.close_next(now=NEXT), actions.close_next(now=NEXT)] == [
        False,
        True,
        False,
    ]
    closed = queries.closed(actor=lena.actor)
    assert [(row.achieved, row.planned, row.share) for row in closed] == [(1, 2, 0.5)]
    assert order_of(lena, NEXT) == ["slow"]
    assert Priority.objects.get(pk=three["slow"]).state == "carried"


def test_what_was_carried_over_three_times_is_left_behind(lena: Persona) -> None:
    plan(lena, "some day")
    for weeks in range(1, 5):
        actions.close_next(now=NOW + 7 * weeks * DAY)
    assert list(Priority.objects.order_by("pk").values_list("carries", "state")) == [
        (0, "carried"),
        (1, "carried"),
        (2, "carried"),
        (3, "left"),
    ]
    assert queries.present(actor=lena.actor, on=(NOW + 28 * DAY).date()) is None


def test_a_closed_week_stays_as_it_was(lena: Persona, three: dict[str, int]) -> None:
    actions.close(actor=lena.actor, week_id=Week.objects.get().pk, now=FRIDAY)
    for again in (
        lambda: plan(lena, "more", now=FRIDAY),
        lambda: actions.settle(actor=lena.actor, priority_id=three["first"], state="done", now=FRIDAY),
        lambda: actions.move(actor=lena.actor, priority_id=three["first"], up=False, now=FRIDAY),
    ):
        with pytest.raises(Conflict, match="closed"):
            again()
    assert queries.closed(actor=lena.actor)[0].achieved == 0


def test_it_is_hers_alone(lena: Persona, amira: Persona, ada: Persona, ben: Persona, three: dict[str, int]) -> None:
    week = Week.objects.get().pk
    for who in (amira, ada):
        assert who.client.get(f"/week/{week}").status_code == 404
        assert b"quick" not in who.client.get("/week").content
        with pytest.raises(NotFound):
            actions.settle(actor=who.actor, priority_id=three["quick"], state="done", now=NOW)
    with pytest.raises(Refused):
        plan(ben, "mine")
    assert b"quick" not in amira.client.get("/history").content
    assert Priority.objects.get(pk=three["quick"]).state == "open"


def test_weights_keep_their_bounds(lena: Persona) -> None:
    for weights in ({"value": 6}, {"urgency": 0}, {"hours": 0}):
        with pytest.raises(Invalid):
            plan(lena, "something", **weights)
    assert Week.objects.count() == 0


def test_from_friday_on_today_says_how_far_it_has_come(lena: Persona, amira: Persona, three: dict[str, int]) -> None:
    assert [
        [item.sentence for item in people_due.due(actor=who.actor, now=now) if item.kind == "week_ends"]
        for who, now in ((lena, NOW), (lena, FRIDAY), (amira, FRIDAY))
    ] == [[], ["Your week ends: 0 of 3 done."], []]


def test_nothing_is_taken_up_that_is_not_asked(lena: Persona) -> None:
    with pytest.raises(NotFound, match="Nothing such"):
        actions.take_up(actor=lena.actor, url="https://elsewhere.example/", now=NOW)
    assert Week.objects.count() == 0
