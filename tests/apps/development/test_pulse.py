"""The pulse: counted without people, and never to be read of fewer than five, however one subtracts."""

import datetime as dt
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import personas
from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development.actions import pulse as actions
from wellserved.apps.development.models import Pulse, PulseAnswerer, PulseTally
from wellserved.apps.development.queries import pulse as queries
from wellserved.apps.development.queries import withholding
from wellserved.apps.development.types.pulse import ITEMS, LEAST_ANSWERS, LEAST_SHOWN, GroupResult
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

UNTIL = NOW.date() + dt.timedelta(days=7)
LATER = NOW + dt.timedelta(days=8)
FOURS = dict.fromkeys(ITEMS, 4)
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
counts = st.dictionaries(st.integers(0, 6), st.integers(0, 14), max_size=7)


def views_of(answers: Mapping[int, int]) -> list[frozenset[int]]:
    """Return which groups anybody can read, each as the set of teams it adds up."""
    whole = [frozenset(answers)] if withholding.is_whole_open(answers) else []
    return whole + [frozenset({team}) for team in withholding.open_teams(answers)]


@given(counts)
def test_no_sum_or_difference_of_what_is_shown_speaks_of_fewer_than_five(answers: dict[int, int]) -> None:
    shown = views_of(answers)
    for signs in itertools.product((-1, 0, 1), repeat=len(shown)):
        weights = {team: sum(sign for sign, view in zip(signs, shown, strict=True) if team in view) for team in answers}
        # What adds up to some teams once each is a result of those teams, whichever way it was come by.
        for wanted in (1, -1):
            if set(weights.values()) <= {0, wanted}:
                people = sum(answers[team] for team, weight in weights.items() if weight)
                # Whoever reads it may have answered in any of those groups, and knows her own answer.
                assert people == 0 or people - 1 >= LEAST_ANSWERS


@given(counts)
def test_no_more_is_withheld_than_must_be(answers: dict[int, int]) -> None:
    shown = withholding.open_teams(answers)
    left = sum(count for team, count in answers.items() if team not in shown)
    big = {team for team, count in answers.items() if team != withholding.NO_TEAM and count >= LEAST_SHOWN}
    assert shown <= big
    smallest_withheld = min((answers[team] for team in big - shown), default=0)
    assert left == 0 or left >= LEAST_SHOWN or not shown
    assert smallest_withheld == 0 or left - sum(answers[team] for team in big - shown) in range(1, LEAST_SHOWN)


@pytest.mark.parametrize(
    ("answers", "shown"), [({1: 5}, set()), ({1: 6}, {1}), ({1: 9, 0: 5}, set()), ({1: 9, 0: 6}, {1})]
)
def test_whoever_takes_her_own_answer_away_is_left_with_five(answers: dict[int, int], shown: set[int]) -> None:
    assert withholding.open_teams(answers) == shown


def write_pulse(opened: dt.datetime, answers: Mapping[int, int]) -> Pulse:
    """Write a closed pulse in which so many of each team answered, all with one score for each item."""
    row = Pulse.objects.create(
        opened_at=opened, closes_on=opened.date(), closed_at=opened + dt.timedelta(days=1), asked={}
    )
    PulseTally.objects.bulk_create(
        PulseTally(pulse=row, team_key=team, item=item, score=1 + (team + order) % 5, answers=count)
        for team, count in answers.items()
        if count
        for order, item in enumerate(ITEMS)
    )
    return row


def read_all(actor: Actor, row: Pulse, teams: list[Team]) -> list[tuple[frozenset[int], GroupResult]]:
    """Return everything anybody could ask: each team or all, each item or all, with the teams it covers."""
    asked = [
        found
        for team in (None, *(team.pk for team in teams))
        for item in ("", *ITEMS)
        for found in queries.results(actor=actor, pulse_id=row.pk, team_id=team, item=item)
    ]
    every = frozenset({0, *(team.pk for team in teams)})
    return [(every if group.team_id is None else frozenset({group.team_id}), group) for group in asked]


@FAST
@given(periods=st.lists(st.lists(st.integers(0, 11), min_size=4, max_size=4), min_size=1, max_size=3))
def test_every_team_period_and_filter_keeps_to_five(amira: Persona, periods: list[list[int]]) -> None:
    Pulse.objects.all().delete()
    teams = [personas.make_team(name) for name in ("One", "Two", "Three")]
    keys = [0, *(team.pk for team in teams)]
    for order, people in enumerate(periods):
        answers = dict(zip(keys, people, strict=True))
        row = write_pulse(NOW + dt.timedelta(days=30 * order), answers)
        open_to_her = set()
        for covers, group in read_all(amira.actor, row, teams):
            total = sum(answers[key] for key in covers)
            if group.is_withheld:
                assert (group.answers, group.items) == (None, ())
                continue
            open_to_her.add(covers)
            assert total - 1 >= LEAST_ANSWERS
            assert {item.answers for item in group.items} == {total}
        whole = frozenset(keys)
        assert not open_to_her or whole in open_to_her
        left = sum(answers.values()) - sum(answers[key] for c in open_to_her - {whole} for key in c)
        assert left == 0 or left - 1 >= LEAST_ANSWERS or open_to_her <= {whole}
        assert {1, 2, 3, 4, 5}.isdisjoint({sum(answers.values())}) or not open_to_her


def test_a_change_between_periods_is_shown_only_where_both_are(amira: Persona) -> None:
    team = personas.make_team("One")
    write_pulse(NOW, {team.pk: 4, 0: 3})
    second = write_pulse(NOW + dt.timedelta(days=30), {team.pk: 6, 0: 6})
    everybody, one = queries.results(actor=amira.actor, pulse_id=second.pk)
    assert [item.change is None for item in everybody.items] == [False] * 6
    assert [item.change for item in one.items] == [None] * 6


@pytest.fixture
def crew(team_a: Team) -> list[Persona]:
    people = [personas.make_user(f"Person {n}", Role.AGENT, team=team_a) for n in range(6)]
    return [Persona(user=user) for user in people]


def answered(amira: Persona, crew: list[Persona], scores: Mapping[str, int] = FOURS, at: dt.datetime = NOW) -> int:
    pk = actions.open_pulse(actor=amira.actor, closes_on=at.date() + dt.timedelta(days=7), now=at)
    for person in crew:
        actions.answer(actor=person.actor, pulse_id=pk, scores=scores, now=at)
    return pk


def test_an_answer_is_counted_and_whose_it_is_is_kept_nowhere(amira: Persona, crew: list[Persona]) -> None:
    pk = answered(amira, crew[:1])
    assert [field.name for field in PulseTally._meta.get_fields()] == [
        "id", "pulse", "team_key", "item", "score", "answers",
    ]  # fmt: skip
    assert set(PulseTally.objects.values_list("item", "score", "answers")) == {(item, 4, 1) for item in ITEMS}
    assert list(PulseAnswerer.objects.values_list("user", flat=True)) == [crew[0].user.pk]
    counted = Entry.objects.get(action="development.count_pulse")
    assert (counted.actor_id, counted.subject_id, counted.values.count()) == (None, pk, 0)
    assert not Entry.objects.filter(actor=crew[0].user).exists()


def test_nobody_answers_twice_and_nobody_changes_what_was_counted(amira: Persona, crew: list[Persona]) -> None:
    pk = answered(amira, crew[:1])
    with pytest.raises(Conflict, match="cannot be changed"):
        actions.answer(actor=crew[0].actor, pulse_id=pk, scores=dict.fromkeys(ITEMS, 1), now=NOW)
    assert set(PulseTally.objects.values_list("score", "answers")) == {(4, 1)}


def test_half_an_answer_is_refused(amira: Persona, crew: list[Persona]) -> None:
    pk = answered(amira, [])
    with pytest.raises(Invalid, match="1 to 5"):
        actions.answer(actor=crew[0].actor, pulse_id=pk, scores={"respects": 4}, now=NOW)
    assert (PulseTally.objects.count(), PulseAnswerer.objects.count()) == (0, 0)


def test_an_open_pulse_shows_nothing_so_that_no_two_looks_differ_by_one_answer(
    amira: Persona, crew: list[Persona]
) -> None:
    pk = answered(amira, crew)
    assert queries.results(actor=amira.actor, pulse_id=pk) == ()
    actions.close(actor=amira.actor, pulse_id=pk, now=LATER)
    everybody, team_a = queries.results(actor=amira.actor, pulse_id=pk)[:2]
    assert (everybody.answers, team_a.answers) == (6, 6)
    with pytest.raises(Conflict, match="closed"):
        actions.answer(actor=amira.actor, pulse_id=pk, scores=FOURS, now=LATER)


def test_a_leaders_answers_count_for_everybody_but_not_for_her_team(
    amira: Persona, lena: Persona, crew: list[Persona]
) -> None:
    pk = answered(amira, [*crew[:5], lena])
    actions.close(actor=amira.actor, pulse_id=pk, now=LATER)
    everybody, team_a = queries.results(actor=lena.actor, pulse_id=pk)
    assert (everybody.answers, team_a.answers) == (6, None)


def test_a_leader_reads_her_team_and_no_other(amira: Persona, lena: Persona, crew: list[Persona], team_b: Team) -> None:
    pk = answered(amira, crew)
    actions.close(actor=amira.actor, pulse_id=pk, now=LATER)
    assert [group.name for group in queries.results(actor=lena.actor, pulse_id=pk)] == ["Everybody", "Team A"]
    with pytest.raises(NotFound):
        queries.results(actor=lena.actor, pulse_id=pk, team_id=team_b.pk)


def test_a_drop_suggests_something_and_what_is_planned_shows_what_it_changed(
    amira: Persona, crew: list[Persona]
) -> None:
    first = answered(amira, crew)
    actions.close(actor=amira.actor, pulse_id=first, now=NOW + dt.timedelta(days=1))
    second = answered(amira, crew, FOURS | {"recognises": 2}, at=NOW + dt.timedelta(days=30))
    actions.close(actor=amira.actor, pulse_id=second, now=NOW + dt.timedelta(days=31))
    [everybody, *_] = queries.results(actor=amira.actor, pulse_id=second)
    assert [(item.item, item.change, item.suggestion) for item in everybody.items if item.has_dropped] == [
        ("recognises", -2.0, ITEMS["recognises"].suggestion)
    ]
    actions.plan(
        actor=amira.actor,
        pulse_id=second,
        item="recognises",
        what="Thanks first",
        due_on=dt.date(2026, 5, 1),
        now=LATER,
    )
    assert [row.change for row in queries.actions(actor=amira.actor, pulse_id=second)] == [None]
    third = answered(amira, crew, FOURS | {"recognises": 5}, at=NOW + dt.timedelta(days=60))
    actions.close(actor=amira.actor, pulse_id=third, now=NOW + dt.timedelta(days=61))
    [row] = queries.actions(actor=crew[0].actor, pulse_id=second)
    assert (row.what, row.change) == ("Thanks first", 3.0)


def test_a_pulse_closes_by_itself_after_its_last_day(amira: Persona, crew: list[Persona]) -> None:
    pk = answered(amira, crew)
    assert actions.close_due(now=NOW + dt.timedelta(days=7)) == 0
    assert actions.close_due(now=LATER) == 1
    assert Pulse.objects.get(pk=pk).asked == {"0": 1, str(personas.make_team("Team A").pk): 6}


def test_only_whoever_answers_the_staff_asks_them_and_one_pulse_is_open_at_a_time(
    amira: Persona, lena: Persona
) -> None:
    with pytest.raises(Refused):
        actions.open_pulse(actor=lena.actor, closes_on=UNTIL, now=NOW)
    answered(amira, [])
    with pytest.raises(Conflict, match="open already"):
        actions.open_pulse(actor=amira.actor, closes_on=UNTIL, now=NOW)
    assert Pulse.objects.count() == 1


def test_whoever_only_looks_at_the_sample_does_not_speak_in_it(amira: Persona, ben: Persona) -> None:
    visitor = amira.in_world(World.SAMPLE)
    pk = actions.open_pulse(actor=visitor, closes_on=UNTIL, now=NOW)
    with pytest.raises(Refused, match="Only the staff"):
        actions.answer(actor=ben.in_world(World.SAMPLE), pulse_id=pk, scores=FOURS, now=NOW)
    assert PulseAnswerer.objects.count() == 0
