"""Decisions: who reads them, what a decision needs, late or in time, and the outcome asked for once."""

import datetime as dt

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.development.actions import decisions as actions
from wellserved.apps.development.models import Decision
from wellserved.apps.development.queries import decisions as queries
from wellserved.apps.development.types.decisions import Shares
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.web import people_due

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


def put_down(by: Persona, *, days: int = 3, **more: object) -> int:
    needed = TODAY + days * DAY
    return actions.put_down(actor=by.actor, question="Open on Saturdays?", needed_by=needed, now=NOW, **more)


def weigh(by: Persona, decision: int) -> list[int]:
    words = ("Until three", "Leave it as it is")
    return [actions.weigh(actor=by.actor, decision_id=decision, words=each, now=NOW) for each in words]


def decide(by: Persona, decision: int, option: int, now: dt.datetime = NOW, **more: object) -> None:
    given = {"reasons": "Most write then", "expected": "Fewer wait"} | more
    actions.decide(actor=by.actor, decision_id=decision, option_id=option, now=now, **given)


def look_back(by: Persona, decision: int, now: dt.datetime, outcome: str = "as_expected") -> None:
    actions.look_back(actor=by.actor, decision_id=decision, outcome=outcome, found="Half of them", now=now)


def kinds_today(who: Persona, now: dt.datetime) -> set[str]:
    return {item.kind for item in people_due.due(actor=who.actor, now=now)}


def test_a_restricted_one_is_for_whoever_put_it_down_and_whoever_decides(
    lena: Persona, amira: Persona, ada: Persona, frank: Persona, anna: Persona, ben: Persona
) -> None:
    decision = put_down(lena, decider_id=frank.user.pk, is_restricted=True)
    people = {"lena": lena, "amira": amira, "ada": ada, "frank": frank, "anna": anna, "ben": ben}
    assert {name for name, who in people.items() if queries.visible_ids(who.actor, [decision])} == {"lena", "frank"}
    for who in (amira, ada, anna, ben):
        assert who.client.get(f"/decisions/{decision}").status_code == 404
        assert b"Open on Saturdays?" not in who.client.get("/decisions").content
    assert b"Open on Saturdays?" not in ada.client.get("/history").content
    assert queries.shares(actor=ada.actor, on=TODAY + 9 * DAY).overdue == 0


def test_only_those_who_lead_or_approve_put_one_down_and_only_such_decide(ben: Persona, lena: Persona) -> None:
    with pytest.raises(Refused, match="lead or approve"):
        put_down(ben)
    with pytest.raises(NotFound, match="who decides here"):
        put_down(lena, decider_id=ben.user.pk)
    assert Decision.objects.count() == 0


def test_a_decision_needs_two_options_and_whoever_is_named(lena: Persona, amira: Persona) -> None:
    decision = put_down(lena)
    option = actions.weigh(actor=lena.actor, decision_id=decision, words="Until three", now=NOW)
    with pytest.raises(Conflict, match="at least two options"):
        decide(lena, decision, option)
    weigh(lena, decision)
    written = Entry.objects.count()
    with pytest.raises(Refused, match="named to decide"):
        decide(amira, decision, option)
    with pytest.raises(Invalid, match="Choose one of the options"):
        decide(lena, decision, 999_999)
    with pytest.raises(Invalid, match="what you expect"):
        decide(lena, decision, option, expected=" ")
    assert (Decision.objects.get(pk=decision).decided_at, Entry.objects.count()) == (None, written)


def test_what_was_weighed_stays_once_it_is_decided(lena: Persona) -> None:
    decision = put_down(lena)
    first, _ = weigh(lena, decision)
    decide(lena, decision, first)
    for again in (
        lambda: weigh(lena, decision),
        lambda: decide(lena, decision, first),
        lambda: actions.inform(actor=lena.actor, decision_id=decision, known="More", unknown="", now=NOW),
    ):
        with pytest.raises(Conflict, match="It is decided"):
            again()
    assert Decision.objects.get(pk=decision).options.count() == 2


@pytest.mark.parametrize(("days", "late"), [(0, False), (3, False), (4, True)])
def test_late_is_worked_out_from_the_day_it_was_needed(lena: Persona, days: int, late: bool) -> None:
    decision = put_down(lena)
    first, _ = weigh(lena, decision)
    decide(lena, decision, first, now=NOW + days * DAY)
    found = queries.decision(actor=lena.actor, decision_id=decision, on=TODAY + 90 * DAY)
    assert found.row.is_late is late


def test_the_outcome_is_asked_of_whoever_decided_from_its_day_on_and_once(lena: Persona, amira: Persona) -> None:
    decision = put_down(amira, decider_id=lena.user.pk)
    first, _ = weigh(amira, decision)
    decide(lena, decision, first)
    assert Decision.objects.get(pk=decision).review_on == TODAY + 30 * DAY
    with pytest.raises(Conflict, match="asked for on 2 Apr 2026"):
        look_back(lena, decision, NOW + 29 * DAY)
    assert "decision_outcome" not in kinds_today(lena, NOW + 29 * DAY)
    assert "decision_outcome" in kinds_today(lena, NOW + 30 * DAY)
    assert "decision_outcome" not in kinds_today(amira, NOW + 30 * DAY)
    with pytest.raises(Refused):
        look_back(amira, decision, NOW + 30 * DAY)
    look_back(lena, decision, NOW + 30 * DAY, outcome="worse")
    assert "decision_outcome" not in kinds_today(lena, NOW + 31 * DAY)
    with pytest.raises(Conflict, match="stays as it was seen"):
        look_back(lena, decision, NOW + 31 * DAY)
    assert Decision.objects.get(pk=decision).outcome == "worse"


def test_what_is_due_by_tomorrow_stands_on_the_deciders_today(lena: Persona) -> None:
    put_down(lena)
    assert "decision_due" not in kinds_today(lena, NOW + DAY)
    assert "decision_due" in kinds_today(lena, NOW + 2 * DAY)


def test_shares_count_what_was_decided_in_time_and_came_out_as_expected(lena: Persona) -> None:
    for days, outcome in ((0, "as_expected"), (1, "worse"), (5, "as_expected"), (2, "")):
        decision = put_down(lena)
        first, _ = weigh(lena, decision)
        decide(lena, decision, first, now=NOW + days * DAY)
        Decision.objects.filter(pk=decision).update(outcome=outcome, reviewed_at=NOW)
    put_down(lena)
    found = queries.shares(actor=lena.actor, on=TODAY + 40 * DAY)
    assert found == Shares(decided=4, in_time=3, reviewed=3, as_expected=2, overdue=1, to_review=1)


def test_the_register_costs_the_same_with_few_and_with_many(lena: Persona, django_assert_num_queries: object) -> None:
    actor = lena.actor
    for _ in range(3):
        weigh(lena, put_down(lena))
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.decisions(actor=actor, on=TODAY)
    for _ in range(20):
        weigh(lena, put_down(lena))
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.decisions(actor=actor, on=TODAY)[0]) == 23
