"""How promises read: pure, numbers in and words out."""

from collections.abc import Mapping

from wellserved.apps.standards.types.commitments import Answers
from wellserved.apps.standards.types.measures import MEASURES


def say_span(seconds: int) -> str:
    """Return working time in hours, minutes and seconds, never in days, which may mean two things.

    >>> say_span(30600)
    '8 h 30 min'
    """
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if n)


def say_time(answers: Answers, calendars: Mapping[int, str]) -> str:
    """Return the time promised and what it counts in, nothing while either is missing."""
    if not answers.seconds or not answers.calendar:
        return ""
    return f"{say_span(answers.seconds)} of {calendars.get(answers.calendar, 'a calendar that is gone')}"


def say_share(share: float) -> str:
    """Return a share as per cent, with a decimal only where it has one.

    >>> say_share(0.95), say_share(0.925)
    ('95 %', '92.5 %')
    """
    return f"{round(share * 100, 1):g} %"


def say_standard(answers: Answers, calendars: Mapping[int, str]) -> str:
    """Return the standard as one sentence of figures, or its promise while it has no measure yet."""
    measure = MEASURES.get(answers.measure)
    if measure is None or answers.target is None:
        return answers.promise
    if measure.shape == "amount":
        return f"{measure.noun.capitalize()} at most £{answers.target:,.2f}"
    within = say_time(answers, calendars)
    return f"{say_share(answers.target)} of {measure.noun}" + (f" within {within}" if within else "")
