"""Today's sentence, one golden text a situation."""

import dataclasses
import itertools

import pytest

from wellserved.web.standing import Promise, Standing, Week, judge
from wellserved.web.verdict import Situation, state_verdict


def promise(kept: int, total: int, *, label: str = "First reply", weeks: tuple[Week, ...] = ()) -> Standing:
    return judge(Promise(key="first_reply", label=label, kept=kept, total=total, target=0.9, weeks=weeks))


def even_weeks(kept: int, total: int, *, count: int = 26) -> tuple[Week, ...]:
    return tuple(Week(kept=kept, total=total) for _ in range(count))


CALM = Situation(ever=True, open=12, overdue=0, due_soon=0, unassigned=0, policies=2)
GOOD = promise(190, 200)
POOR = promise(300, 400, label="Resolution")
CLOSE = promise(176, 200, label="Next reply")
SINKING = promise(
    190, 200, weeks=(*even_weeks(95, 100, count=17), *even_weeks(80, 100, count=8), Week(kept=1, total=2))
)

GOLDEN = [
    (
        dataclasses.replace(CALM, ever=False, open=0, policies=0),
        "empty",
        (
            "Nothing has happened here yet, so there is nothing to judge: load the sample service, "
            "import your history, or answer your first ticket."
        ),
    ),
    (
        dataclasses.replace(CALM, policies=0),
        "watch",
        "No standard promises anything yet, so no clock is running. Nothing is overdue among 12 open tickets.",
    ),
    (CALM, "good", "No promise has come due in the last 30 days. Nothing is overdue among 12 open tickets."),
    (
        dataclasses.replace(CALM, standings=(promise(3, 4),)),
        "good",
        "3 of 4 promises kept in the last 30 days: too few to judge a rate. Nothing is overdue among 12 open tickets.",
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD,)),
        "good",
        "We are keeping our promise: first reply is on target. Nothing is overdue among 12 open tickets.",
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD, promise(95, 100, label="Resolution")), open=0),
        "good",
        "We are keeping our promises: both targets are met. No ticket is open.",
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD, POOR)),
        "watch",
        (
            "We are keeping some of our promises: 1 of 2 targets met. "
            "Resolution was kept 300 of 400 times against a target of 90 %. Nothing is overdue among 12 open tickets."
        ),
    ),
    (
        dataclasses.replace(CALM, standings=(POOR,), overdue=4, due_soon=7),
        "bad",
        (
            "We are not keeping our promise on resolution. "
            "Resolution was kept 300 of 400 times against a target of 90 %. "
            "Now 4 tickets are overdue and 7 more come due within the hour."
        ),
    ),
    (
        dataclasses.replace(CALM, standings=(POOR, promise(30, 60)), overdue=1),
        "bad",
        (
            "We are not keeping our promises: both targets are missed. "
            "First reply was kept 30 of 60 times against a target of 90 %. Now 1 ticket is overdue."
        ),
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD, CLOSE), due_soon=1),
        "watch",
        "Too close to call: 1 of 2 targets met, the rest within the margin. 1 ticket comes due within the hour.",
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD,), unassigned=5),
        "good",
        "We are keeping our promise: first reply is on target. Nothing is overdue; 5 of 12 open have no owner.",
    ),
    (
        dataclasses.replace(CALM, standings=(SINKING,)),
        "watch",
        (
            "We are keeping our promise: first reply is on target. First reply has been worse than usual. "
            "Nothing is overdue among 12 open tickets."
        ),
    ),
    (
        dataclasses.replace(CALM, standings=(GOOD,), overdue=2),
        "watch",
        "We are keeping our promise: first reply is on target. Now 2 tickets are overdue.",
    ),
]


@pytest.mark.parametrize(("situation", "tone", "text"), GOLDEN)
def test_each_situation_has_its_sentence(situation: Situation, tone: str, text: str) -> None:
    verdict = state_verdict(situation)
    assert (verdict.tone, verdict.text) == (tone, text)


def test_no_situation_is_told_two_ways_at_once() -> None:
    pool = [GOOD, POOR, CLOSE, SINKING, promise(3, 4), promise(0, 0)]
    sets = [c for n in range(4) for c in itertools.combinations(pool, n)]
    for standings, overdue, due, open_count in itertools.product(sets, (0, 3), (0, 2), (0, 9)):
        counts = (min(overdue, open_count), min(due, open_count))
        text = state_verdict(
            dataclasses.replace(CALM, standings=standings, overdue=counts[0], due_soon=counts[1], open=open_count)
        ).text
        assert ("We are keeping our promises" in text) + ("Too close" in text) + ("not keeping" in text) <= 1
        assert not ("Nothing is overdue" in text and counts[0])
        assert not ("No ticket is open" in text and open_count)
        assert not ("targets are met" in text and "against a target" in text)


def test_a_share_carries_its_interval_and_few_cases_stay_a_count() -> None:
    assert GOOD.words == "190 of 200, true share 91\N{EN DASH}97 %"
    assert promise(3, 4).words == "3 of 4"
    assert promise(0, 0).words == "none came due"


def test_weeks_are_judged_only_when_there_are_enough_of_them() -> None:
    assert promise(9, 10, weeks=even_weeks(9, 10, count=12)).variation == "unknown"
    assert promise(9, 10, weeks=even_weeks(9, 10, count=26)).variation == "common"
    assert SINKING.variation == "concern"
    assert SINKING.states[16:19] == ("improve", "concern", "concern")


def test_weeks_that_scatter_more_than_their_sizes_explain_are_ordinary_to_themselves() -> None:
    weeks = tuple(Week(kept=kept, total=10_000) for kept in (9_000, 9_400) * 13)
    judged = promise(180, 200, weeks=weeks)
    assert (judged.variation, set(judged.states)) == ("common", {"common"})


def test_the_running_week_is_never_judged() -> None:
    weeks = (*even_weeks(95, 100, count=25), Week(kept=0, total=50))
    assert promise(190, 200, weeks=weeks).variation == "common"
