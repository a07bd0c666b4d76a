"""Is it Specific, Measurable, Achievable, Relevant and Time-bound? Pure: answers in, one sentence a letter out."""

import datetime as dt
import re
from collections.abc import Sequence

from wellserved.apps.standards.types.commitments import Answers, Finding, Past
from wellserved.apps.standards.types.measures import MEASURES, Measure
from wellserved.platform.errors import Invalid
from wellserved.platform.ui.formatting import format_day
from wellserved.science.statistics import p_chart, wilson

# Words that promise without saying what: two people can disagree whether they were kept.
_VAGUE = (
    r"quick(?:ly)?|prompt(?:ly)?|fast|soon|timely|(?:as soon|fast|quickly) as possible|asap|without delay|immediately|"
    r"good|great|excellent|best|high[- ]quality|friendly|polite(?:ly)?|professional(?:ly)?|reasonabl[ey]|swift(?:ly)?|"
    r"satisf\w+|happy|world[- ]class|improved?|better"
)
_IS_VAGUE = re.compile(rf"\b({_VAGUE})\b", re.IGNORECASE)
# A figure, or a number in words: "nine in ten" is as measurable as 90 %.
_HAS_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|every|all|always|never|same)\b", re.IGNORECASE
)
ENOUGH_CASES = 20
ENOUGH_WEEKS = 8


def check(*, answers: Answers, past: Past | None, today: dt.date, time_words: str = "") -> tuple[Finding, ...]:
    """Return what each of the five letters says of these answers.

    `past` is what the process has kept of such a promise, None when nothing can be known yet; `time_words` says the
    time promised, such as "8 h of Office hours". Only Achievable may be unknown, and only it warns without refusing.
    """
    measure = MEASURES.get(answers.measure)
    return (
        _specific(answers, measure, time_words),
        _measurable(answers, measure),
        _achievable(answers, measure, past),
        _relevant(answers),
        _time_bound(answers, today),
    )


def require_smart(findings: Sequence[Finding]) -> None:
    """Refuse what cannot be measured, with every reason; what is merely ambitious passes."""
    failing = [finding for finding in findings if finding.holds is False and finding.key != "achievable"]
    if failing:
        raise Invalid(
            " ".join(finding.sentence for finding in failing),
            code="not_smart",
            missing=[finding.key for finding in failing],
        )


def find_vague_word(promise: str) -> str:
    """Return the first word that promises nothing measurable, when the promise holds no number either.

    >>> find_vague_word("Answer quickly")
    'quickly'
    >>> find_vague_word("Answer quickly: within 4 h")
    ''
    """
    found = _IS_VAGUE.search(promise)
    return found[0] if found and not _HAS_NUMBER.search(promise) else ""


def offer_instead(measure: str = "") -> str:
    """Return a promise of the same kind that could be measured."""
    noun = MEASURES[measure].noun if measure in MEASURES else "first replies"
    if measure in MEASURES and MEASURES[measure].shape == "amount":
        return f"“{noun.capitalize()} at most £6.00”"
    within = " within 8 h 30 min of office hours" if measure not in MEASURES or _is_time(measure) else ""
    return f"“95 % of {noun}{within}”"


def _is_time(measure: str) -> bool:
    return MEASURES[measure].shape == "time"


def _specific(answers: Answers, measure: Measure | None, time_words: str) -> Finding:
    vague = find_vague_word(answers.promise)
    if not answers.promise.strip():
        sentence = f"Say what is promised, such as {offer_instead(answers.measure)}."
    elif vague and (measure is None or answers.target is None):
        missing = "how often and within which time" if measure is None or measure.shape == "time" else "how often"
        sentence = (
            f"“{answers.promise.strip()}” does not say {missing}. Say for example {offer_instead(answers.measure)}."
        )
    elif not answers.audience:
        sentence = "Say for whom it holds: customers, colleagues or service partners."
    elif answers.audience == "partners" and not answers.partner_id:
        sentence = "Choose the partner who promises this."
    elif answers.audience != "customers" and not answers.agreed_with.strip():
        sentence = "Name the person on the other side who agreed to it: an agreement has two sides."
    else:
        kept = f" within {time_words}" if time_words else ""
        return _finding("specific", True, f"It says what is done{kept}, and for whom.", "promise")
    step = "promise" if not answers.promise.strip() or (vague and answers.target is None) else "scope"
    return _finding("specific", False, sentence, step)


def _measurable(answers: Answers, measure: Measure | None) -> Finding:
    if measure is None:
        return _finding(
            "measurable", False, "Choose the measure by which anybody can see whether it was kept.", "measure"
        )
    missing = [
        words
        for words, is_there in (
            ("the share aimed at" if measure.shape != "amount" else "the amount aimed at", answers.target is not None),
            ("the time", measure.shape != "time" or bool(answers.seconds)),
            ("the calendar that time counts in", measure.shape != "time" or bool(answers.calendar)),
            ("where its figures come from", bool(answers.source)),
        )
        if not is_there
    ]
    if missing:
        *first, last = missing
        listed = f"{', '.join(first)} and {last}" if first else last
        return _finding("measurable", False, f"{measure.label} still needs {listed}.", "measure")
    if answers.source not in measure.sources:
        return _finding(
            "measurable", False, f"{measure.label} cannot be read from there; choose another source.", "measure"
        )
    return _finding("measurable", True, f"It is worked out as {measure.formula}.", "measure")


def _achievable(answers: Answers, measure: Measure | None, past: Past | None) -> Finding:
    if measure is None or answers.target is None or measure.shape == "amount":
        return _finding("achievable", None, "There are no past figures to compare this with yet.", "check")
    if past is None or past.total < ENOUGH_CASES:
        counted = f"only {past.total} cases" if past and past.total else "no cases"
        return _finding(
            "achievable", None, f"The past holds {counted}: too few to say whether this can be kept.", "check"
        )
    share, reach = past.kept / past.total, reach_of(past)
    said = f"the last 90 days would have kept {share * 100:.1f} % of {past.total:,}"
    if answers.target > reach:
        return _finding(
            "achievable",
            False,
            f"Unrealistic without change: {said}, and weeks like these reach at most {reach * 100:.1f} %.",
            "measure",
        )
    if answers.target > share:
        return _finding("achievable", True, f"Within reach, but not yet usual: {said}.", "check")
    return _finding("achievable", True, f"It has been done: {said}.", "check")


def reach_of(past: Past) -> float:
    """Return the highest share this process gives without being changed.

    With enough weeks that is the upper limit of their control chart for a week of ordinary size, else the upper end of
    the interval of the whole (Wilson 1927, 95 %).
    """
    weeks = [week for week in past.weeks if week.total]
    highest = wilson(past.kept, past.total).high
    if len(weeks) < ENOUGH_WEEKS:
        return highest
    chart = p_chart([week.kept for week in weeks], [week.total for week in weeks])
    middle = sorted(week.total for week in weeks)[len(weeks) // 2]
    return max(highest, min(1.0, chart.limits(middle)[1]))


def _relevant(answers: Answers) -> Finding:
    if answers.expectation.strip() or answers.expectation_id:
        return _finding("relevant", True, "It answers something that was asked for.", "expectation")
    if answers.legal_basis.strip() or answers.obligation_id:
        return _finding("relevant", True, "The law asks for it.", "people")
    return _finding("relevant", False, "Say which expectation it answers, or which law asks for it.", "expectation")


def _time_bound(answers: Answers, today: dt.date) -> Finding:
    missing = [
        words
        for words, is_there in (
            ("the day it begins", answers.effective_on),
            ("an owner", answers.owner_id),
            ("how often it is looked at", answers.frequency),
            ("the day it is reviewed", answers.review_on),
        )
        if not is_there
    ]
    if missing:
        *first, last = missing
        listed = f"{', '.join(first)} and {last}" if first else last
        return _finding("time_bound", False, f"It still needs {listed}.", "people")
    begins, review = answers.effective_on or today, answers.review_on or today
    if review <= max(begins, today):
        return _finding("time_bound", False, "The review comes after the day it begins and after today.", "people")
    return _finding(
        "time_bound",
        True,
        f"It begins on {format_day(begins)} and is reviewed on {format_day(review)}.",
        "people",
    )


_LABELS = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}


def _finding(key: str, holds: bool | None, sentence: str, step: str) -> Finding:
    return Finding(key=key, label=_LABELS[key], holds=holds, sentence=sentence, step=step)
