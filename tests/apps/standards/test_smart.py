"""SMART as a pure function: which answers pass, and what each letter says of those that do not."""

import dataclasses
import datetime as dt

import pytest

from wellserved.apps.standards.policies import smart
from wellserved.apps.standards.types.commitments import Answers, Past, Week
from wellserved.science.statistics import wilson

TODAY = dt.date(2026, 3, 3)
MONDAY = dt.date(2025, 12, 1)
WHOLE = Answers(
    name="First reply",
    expectation="They wait.",
    promise="We answer within one working day.",
    measure="first_reply",
    source="desk",
    target=0.95,
    seconds=30_600,
    calendar=1,
    audience="customers",
    frequency="week",
    effective_on=TODAY,
    owner_id=1,
    review_on=dt.date(2026, 6, 3),
)


def past(kept: int, *, weeks: int = 12, cases: int = 40) -> Past:
    total = weeks * cases
    interval = wilson(kept * weeks, total)
    return Past(
        kept=kept * weeks,
        total=total,
        low=interval.low,
        high=interval.high,
        weeks=tuple(Week(starts_on=MONDAY + dt.timedelta(weeks=at), kept=kept, total=cases) for at in range(weeks)),
    )


def said(answers: Answers, letter: str, known: Past | None = None) -> tuple[bool | None, str]:
    found = {finding.key: finding for finding in smart.check(answers=answers, past=known, today=TODAY)}
    return found[letter].holds, found[letter].sentence


def test_a_whole_standard_passes_and_only_the_past_is_unknown():
    findings = smart.check(answers=WHOLE, past=None, today=TODAY)
    assert [(finding.key, finding.holds) for finding in findings] == [
        ("specific", True),
        ("measurable", True),
        ("achievable", None),
        ("relevant", True),
        ("time_bound", True),
    ]
    smart.require_smart(findings)


def test_answer_quickly_is_refused_with_what_is_missing_and_what_to_say_instead():
    vague = dataclasses.replace(WHOLE, promise="Answer quickly", target=None)
    assert said(vague, "specific") == (
        False,
        (
            "“Answer quickly” does not say how often and within which time. "
            "Say for example “95 % of first replies within 8 h 30 min of office hours”."
        ),
    )


@pytest.mark.parametrize(
    ("promise", "word"),
    [
        ("Answer quickly", "quickly"),
        ("We reply as soon as possible", "as soon as possible"),
        ("Excellent service", "Excellent"),
        ("Answer quickly, within 4 h", ""),
        ("Nine in ten are satisfied", ""),
        ("You hear from us on the same day", ""),
        ("A good answer every time", ""),
    ],
)
def test_a_word_is_vague_only_where_no_number_stands_beside_it(promise: str, word: str):
    assert smart.find_vague_word(promise) == word


@pytest.mark.parametrize(
    ("kept", "holds", "sentence"),
    [
        (39, True, "It has been done: the last 90 days would have kept 97.5 % of 480."),
        (37, True, "Within reach, but not yet usual: the last 90 days would have kept 92.5 % of 480."),
        (
            24,
            False,
            (
                "Unrealistic without change: the last 90 days would have kept 60.0 % of 480, "
                "and weeks like these reach at most 83.2 %."
            ),
        ),
    ],
)
def test_the_past_says_whether_it_can_be_kept(kept: int, holds: bool, sentence: str):
    assert said(WHOLE, "achievable", past(kept)) == (holds, sentence)


def test_an_ambitious_standard_is_warned_of_and_not_refused():
    smart.require_smart(smart.check(answers=WHOLE, past=past(24), today=TODAY))


def test_few_cases_say_nothing():
    known = Past(kept=3, total=4, low=0.3, high=0.95)
    assert said(WHOLE, "achievable", known) == (
        None,
        "The past holds only 4 cases: too few to say whether this can be kept.",
    )


def test_a_law_is_reason_enough():
    assert said(dataclasses.replace(WHOLE, expectation="", legal_basis="DISP 1.6.2 R"), "relevant")[0] is True


def test_a_review_before_the_beginning_is_no_review():
    early = dataclasses.replace(WHOLE, effective_on=dt.date(2026, 7, 1))
    assert said(early, "time_bound") == (False, "The review comes after the day it begins and after today.")
