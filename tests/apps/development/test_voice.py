"""Thanks, rewards, team events, suggestions, consultations and behaviours: what is done, refused and told to whom."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import Team
from wellserved.apps.development.actions import (
    behaviours,
    consultations,
    recognition,
    rewards,
    suggestions,
    team_events,
)
from wellserved.apps.development.models import (
    Award,
    Behaviour,
    ConsultationView,
    EventPlace,
    Recognition,
    Scheme,
    Suggestion,
)
from wellserved.apps.development.queries import behaviours as seen
from wellserved.apps.development.queries import recognition as thanked
from wellserved.apps.development.queries import rewards as rewarded
from wellserved.apps.development.queries import suggestions as said
from wellserved.apps.development.types.recognition import SchemeGiven
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards.actions import vision
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.web import people_due

DAY = dt.timedelta(days=1)
TODAY = NOW.date()
GIVEN = SchemeGiven(
    name="Half a day",
    kind="reward",
    purpose="Rescues count",
    rules="Leaders decide together.",
    criterion="“Recognises” rises",
    budget=Decimal(100),
    starts_on=TODAY - 10 * DAY,
    ends_on=TODAY + 10 * DAY,
)


@pytest.fixture
def values(amira: Persona) -> None:
    vision.save_vision(
        actor=amira.actor, text="At home with us", values=[("One hand", "Keeps it"), ("Plain words", "")], now=NOW
    )


def kinds_today(who: Persona, now: dt.datetime = NOW) -> set[str]:
    return {item.kind for item in people_due.due(actor=who.actor, now=now)}


def thank(giver: Persona, taker: Persona, now: dt.datetime = NOW, value: str = "One hand") -> int:
    return recognition.thank(actor=giver.actor, user_id=taker.user.pk, value=value, words="Well done", now=now)


def test_thanks_stand_on_her_today_and_in_the_feed_of_her_team_and_of_no_other(
    values: None, ben: Persona, lena: Persona, chloe: Persona
) -> None:
    thank(lena, ben)
    assert "thanks" in kinds_today(ben)
    assert [len(thanked.feed(actor=who.actor)[0]) for who in (ben, lena, chloe)] == [1, 1, 0]
    assert "thanks" not in kinds_today(ben, NOW + 8 * DAY)


def test_thanks_name_a_value_of_the_vision_and_somebody_else(values: None, ben: Persona, lena: Persona) -> None:
    with pytest.raises(Invalid):
        thank(lena, ben, value="Speed")
    with pytest.raises(Refused, match="thanks herself"):
        thank(ben, ben)
    assert Recognition.objects.count() == 0


def test_whom_nobody_thanked_for_90_days_a_leader_sees_by_name_and_nobody_else_does(
    values: None, ben: Persona, lena: Persona, amira: Persona
) -> None:
    def quiet(who: Persona) -> list[str]:
        return [each.name for each in thanked.unrecognised(actor=who.actor, now=NOW)]

    assert quiet(lena) == ["Ben Okafor"]
    thank(amira, ben, NOW - 91 * DAY)
    assert quiet(lena) == ["Ben Okafor"]
    thank(amira, ben, NOW - 90 * DAY)
    assert (quiet(lena), quiet(ben)) == ([], [])


def test_a_behaviour_belongs_to_a_value_in_force_and_goes_with_it(values: None, amira: Persona, ben: Persona) -> None:
    for value in ("One hand", "Plain words"):
        behaviours.add(actor=amira.actor, value=value, sentence=f"{value} seen", quality_item="Seen?", now=NOW)
    with pytest.raises(Refused):
        behaviours.add(actor=ben.actor, value="One hand", sentence="Mine", quality_item="?", now=NOW)
    with pytest.raises(Conflict, match="said already"):
        behaviours.add(actor=amira.actor, value="One hand", sentence="One hand seen", quality_item="?", now=NOW)
    assert [row.sentence for row in seen.current(actor=ben.actor)] == ["One hand seen", "Plain words seen"]
    vision.save_vision(actor=amira.actor, text="At home", values=[("Plain words", "")], reason="Fewer", now=NOW)
    assert [row.sentence for row in seen.current(actor=ben.actor)] == ["Plain words seen"]
    behaviours.retire(actor=amira.actor, behaviour_id=Behaviour.objects.get(value="Plain words").pk, now=NOW)
    assert seen.current(actor=ben.actor) == ()


def test_the_trend_of_a_value_counts_thanks_by_month(values: None, amira: Persona, ben: Persona, lena: Persona) -> None:
    for days in (1, 2, 40, 200):
        thank(lena, ben, NOW - days * DAY)
    one_hand, plain = seen.by_value(actor=amira.actor, now=NOW)
    assert (one_hand.months, one_hand.seen, plain.seen) == ((0, 0, 0, 0, 1, 2), 3, 0)


def test_a_reward_keeps_to_the_budget_and_only_she_and_those_who_hold_it_read_it(
    amira: Persona, ben: Persona, lena: Persona
) -> None:
    pk = rewards.set_up_scheme(actor=amira.actor, given=GIVEN, now=NOW)
    gift = {"scheme_id": pk, "user_id": ben.user.pk, "what": "Half a day", "why": "The rescue", "now": NOW}
    rewards.award(actor=amira.actor, amount=Decimal(70), **gift)
    with pytest.raises(Invalid, match=r"30\.00 GBP of the budget are left"):
        rewards.award(actor=amira.actor, amount=Decimal(31), **gift)
    with pytest.raises(Refused):
        rewards.award(actor=lena.actor, amount=Decimal(1), **gift)
    with pytest.raises(Refused, match="rewards herself"):
        rewards.award(actor=amira.actor, amount=Decimal(1), **gift | {"user_id": amira.user.pk})
    assert Award.objects.count() == 1
    assert [len(rewarded.awards(actor=who.actor, scheme_id=pk)) for who in (amira, ben, lena)] == [1, 1, 0]
    assert "award" in kinds_today(ben)
    assert rewarded.scheme(actor=lena.actor, scheme_id=pk, on=TODAY).spent == Decimal(70)


def test_a_scheme_that_has_ended_waits_on_the_managers_today_until_it_is_evaluated(
    amira: Persona, lena: Persona
) -> None:
    given = dataclasses.replace(GIVEN, ends_on=TODAY - DAY)
    pk = rewards.set_up_scheme(actor=amira.actor, given=given, now=NOW)
    assert ("scheme_due" in kinds_today(amira), "scheme_due" in kinds_today(lena)) == (True, False)
    with pytest.raises(Invalid, match="what shows it"):
        rewards.evaluate(actor=amira.actor, scheme_id=pk, outcome="reached", findings=" ", now=NOW)
    rewards.evaluate(actor=amira.actor, scheme_id=pk, outcome="missed", findings="It fell by half.", now=NOW)
    assert "scheme_due" not in kinds_today(amira)
    assert Scheme.objects.get(pk=pk).outcome == "missed"
    with pytest.raises(Conflict):
        rewards.evaluate(actor=amira.actor, scheme_id=pk, outcome="reached", findings="After all", now=NOW)


def plan(who: Persona, team: Team, at: dt.datetime = NOW + DAY) -> int:
    return team_events.plan(
        actor=who.actor, form="retro", title="Look back", purpose="One change", team_id=team.pk, starts_at=at, now=NOW
    )


def test_an_event_asks_the_team_and_keeps_who_came(ben: Persona, lena: Persona, chloe: Persona, team_a: Team) -> None:
    pk = plan(lena, team_a)
    assert ("team_event" in kinds_today(ben), "team_event" in kinds_today(chloe)) == (True, False)
    held = {"actor": lena.actor, "event_id": pk, "what_changed": "We ring first", "now": NOW + 2 * DAY}
    with pytest.raises(NotFound):
        team_events.hold(present=[chloe.user.pk], **held)
    team_events.hold(present=[ben.user.pk], **held)
    assert dict(EventPlace.objects.values_list("user__name", "was_there")) == {
        "Ben Okafor": True,
        "Lena Fischer": False,
    }
    row, _ = rewarded.event(actor=ben.actor, event_id=pk)
    assert (row.came, row.asked) == (1, 2)
    with pytest.raises(NotFound):
        rewarded.event(actor=chloe.actor, event_id=pk)


def test_an_event_is_planned_by_those_who_lead_for_teams_of_theirs(
    ben: Persona, lena: Persona, team_a: Team, team_b: Team
) -> None:
    with pytest.raises(Refused):
        plan(ben, team_a)
    with pytest.raises(NotFound):
        plan(lena, team_b)
    assert EventPlace.objects.count() == 0


def suggest(who: Persona, *, now: dt.datetime = NOW, is_anonymous: bool = False) -> tuple[int, str]:
    given = suggestions.suggest(
        actor=who.actor, title="Photos", text="A picture on arrival", is_anonymous=is_anonymous, now=now
    )
    return given.id, given.receipt


def answer(who: Persona, pk: int, state: str, now: dt.datetime = NOW, **words: str) -> None:
    suggestions.answer(actor=who.actor, suggestion_id=pk, state=state, now=now, **{"answer": "", "done": ""} | words)


def test_an_unanswered_suggestion_is_flagged_after_ten_days_and_its_answer_reaches_the_author(
    amira: Persona, lena: Persona, ben: Persona, chloe: Persona
) -> None:
    pk, _ = suggest(ben)
    answer(amira, pk, "looking")
    assert "suggestion_late" not in kinds_today(amira, NOW + 10 * DAY)
    assert "suggestion_late" in kinds_today(amira, NOW + 11 * DAY)
    assert "suggestion_late" not in kinds_today(lena, NOW + 11 * DAY)
    answer(amira, pk, "planned", answer="From May on", now=NOW + 11 * DAY)
    assert "suggestion_late" not in kinds_today(amira, NOW + 12 * DAY)
    assert ("suggestion_answered" in kinds_today(ben), "suggestion_answered" in kinds_today(chloe)) == (True, False)
    suggestions.see_answer(actor=ben.actor, suggestion_id=pk, now=NOW)
    assert "suggestion_answered" not in kinds_today(ben)
    answer(amira, pk, "done", done="Every ticket has one")
    assert "suggestion_answered" in kinds_today(ben)
    [row] = said.you_said(actor=chloe.actor, on=TODAY)[0]
    assert (row.done, row.author) == ("Every ticket has one", "")


def test_no_suggestion_is_settled_without_a_word(amira: Persona, lena: Persona, ben: Persona) -> None:
    pk, _ = suggest(ben)
    with pytest.raises(Invalid, match="author reads it"):
        answer(amira, pk, "declined")
    with pytest.raises(NotFound):
        answer(lena, pk, "declined", answer="No")
    assert Suggestion.objects.get(pk=pk).state == "new"


def test_an_anonymous_author_is_kept_nowhere_and_reads_the_answer_by_her_receipt(amira: Persona, ben: Persona) -> None:
    pk, receipt = suggest(ben, is_anonymous=True)
    row = Suggestion.objects.get(pk=pk)
    assert (row.author_id, receipt in row.receipt_hash, row.given_on) == (None, False, TODAY)
    assert not Entry.objects.filter(actor=ben.user).exists()
    assert said.suggestions(actor=ben.actor, view="mine", on=TODAY)[0] == ()
    answer(amira, pk, "declined", answer="The depot has no camera")
    assert said.by_receipt(actor=ben.actor, receipt=f" {receipt} ", on=TODAY).answer == "The depot has no camera"
    with pytest.raises(NotFound):
        said.by_receipt(actor=ben.actor, receipt="0" * 24, on=TODAY)
    with pytest.raises(NotFound):
        suggestions.see_answer(actor=ben.actor, suggestion_id=pk, now=NOW)


def test_what_was_done_is_linked_and_only_to_what_exists(amira: Persona, ben: Persona) -> None:
    pk, _ = suggest(ben)
    with pytest.raises(NotFound):
        suggestions.answer(
            actor=amira.actor, suggestion_id=pk, state="done", answer="Yes", done="Done",
            done_in=("standards.objective", 1), now=NOW,
        )  # fmt: skip
    assert Suggestion.objects.get(pk=pk).state == "new"


def test_everybody_who_spoke_is_told_what_was_made_of_it(amira: Persona, ben: Persona, chloe: Persona) -> None:
    pk = consultations.consult(
        actor=amira.actor, title="Saturdays", proposal="Until four?", closes_on=TODAY + 5 * DAY, now=NOW
    )
    assert ("consultation" in kinds_today(ben), "consultation" in kinds_today(chloe)) == (True, True)
    consultations.speak(actor=ben.actor, consultation_id=pk, text="Until three", now=NOW)
    assert "consultation" not in kinds_today(ben)
    with pytest.raises(Conflict):
        consultations.speak(actor=chloe.actor, consultation_id=pk, text="Late", now=NOW + 6 * DAY)
    assert "consultation_due" in kinds_today(amira, NOW + 6 * DAY)
    with pytest.raises(Refused):
        consultations.respond(actor=ben.actor, consultation_id=pk, outcome="dropped", response="No", now=NOW)
    consultations.respond(
        actor=amira.actor, consultation_id=pk, outcome="changed", response="Until three.", now=NOW + 6 * DAY
    )
    assert ("consultation_answered" in kinds_today(ben), "consultation_answered" in kinds_today(chloe)) == (True, False)
    consultations.see_response(actor=ben.actor, consultation_id=pk, now=NOW)
    assert "consultation_answered" not in kinds_today(ben)
    assert ConsultationView.objects.count() == 1
