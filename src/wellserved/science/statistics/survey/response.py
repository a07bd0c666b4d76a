"""Who answered a survey, and whether those who did not would have said the same."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.logistic import fit
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Interval, Many, wilson

# A standardised difference beyond this is worth a look, and a weight.
NOTICEABLE = 0.1
FEWEST_A_SIDE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How far invitations went: `rate` is complete answers of those delivered, NaN when none was.

    `broken_off` counts those who started and did not finish.
    """

    delivered: int
    complete: int
    broken_off: int
    rate: float
    bounds: Interval[float]


@dataclass(frozen=True, slots=True)
class Difference:
    """How those who answered differ from all invited in one field, in standard deviations of the invited."""

    name: str
    answered: float
    invited: float
    standardised: float
    is_noticeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Representativeness:
    """How like the invited the answers are, by what is known of everybody.

    `indicator` is 1 when all were equally likely to answer, lower the more they differ (R). `worst_bias` is the most
    by which it can have moved a mean, in standard deviations of the answers. Both are NaN without enough on either
    side, and `reason` says so.
    """

    indicator: float
    worst_bias: float
    rate: float
    differences: tuple[Difference, ...]
    is_enough: bool
    reason: str


def response(
    *,
    invited: int,
    complete: int,
    bounced: int = 0,
    suppressed: int = 0,
    started: int | None = None,
    confidence: float = CONFIDENCE,
) -> Response:
    """Return the response rate: complete answers of the invitations that arrived.

    delivered = invited - bounced - suppressed; rate = complete / delivered with Wilson's interval.

    >>> found = response(invited=500, bounced=20, suppressed=30, started=120, complete=90)
    >>> found.delivered, found.broken_off, found.rate
    (450, 30, 0.2)

    Raises:
        StatisticsError: A count is negative or larger than what it is a count of.
    """
    delivered = invited - bounced - suppressed
    began = complete if started is None else started
    if min(bounced, suppressed, complete) < 0 or not complete <= began <= delivered:
        raise StatisticsError("Counts must shrink on the way: invited, delivered, started, complete, none below 0.")
    return Response(
        delivered=delivered,
        complete=complete,
        broken_off=began - complete,
        rate=complete / delivered if delivered else math.nan,
        bounds=wilson(complete, delivered, confidence=confidence),
    )


def aapor_rate(
    *,
    complete: int,
    partial: int = 0,
    refused: int = 0,
    no_contact: int = 0,
    other: int = 0,
    unknown: int = 0,
    eligible: float = 1.0,
    is_partial_counted: bool = False,
) -> float:
    """Return the response rate as survey research defines it; NaN of nobody.

    I / ((I + P) + (R + NC + O) + e U): with `eligible` e = 1 this is RR1, and RR2 when partial answers count as well;
    with the estimated share of the unknown who are customers at all it is RR3 and RR4.

    >>> aapor_rate(complete=40, partial=10, refused=20, no_contact=20, unknown=10)
    0.4
    >>> round(aapor_rate(complete=40, partial=10, refused=20, no_contact=20, unknown=10, eligible=0.5), 4)
    0.4211

    Raises:
        StatisticsError: A count is negative, or `eligible` lies outside 0 to 1.

    Source:
        American Association for Public Opinion Research (2023). Standard definitions, 10th ed.
    """
    if min(complete, partial, refused, no_contact, other, unknown) < 0 or not 0 <= eligible <= 1:
        raise StatisticsError("Counts are none or more, and the eligible a share from 0 to 1.")
    base = complete + partial + refused + no_contact + other + eligible * unknown
    return (complete + (partial if is_partial_counted else 0)) / base if base else math.nan


def representativeness(answered: npt.NDArray[Any], known: Mapping[str, Many]) -> Representativeness:
    """Return whether those who answered are like all who were invited.

    `answered` says of each person invited whether she did; `known` has fields known of everybody: numbers, with a
    category as one yes or no field a level. A field differs noticeably from a tenth of a standard deviation on. With
    the propensities r to answer by logistic regression: R = 1 - 2 S(r), and the worst bias of a mean is
    (1 - R) / (2 mean r) standard deviations.

    >>> answered = np.tile([True, False, False, False], 50)
    >>> found = representativeness(answered, {"breached": np.tile([0, 0, 1, 1], 50)})
    >>> [(one.name, round(one.standardised, 2), one.is_noticeable) for one in found.differences]
    [('breached', -1.0, True)]
    >>> round(found.indicator, 2)
    0.5

    Raises:
        StatisticsError: No field is given, the lengths differ, or a value is not known.

    Source:
        Schouten, B., Cobben, F. and Bethlehem, J. (2009). Indicators for the representativeness of survey response.
        Survey Methodology 35, 101-113.
    """
    took_part = np.asarray(answered, dtype=bool)
    if took_part.ndim != 1 or not known or any(np.shape(values) != took_part.shape for values in known.values()):
        raise StatisticsError("Give at least one field with one value for each person invited.")
    fields = np.column_stack([np.asarray(values, dtype=np.float64) for values in known.values()])
    if not np.isfinite(fields).all():
        raise StatisticsError("Only fields known of everybody invited can be compared.")
    count = int(took_part.sum())
    rate = count / len(took_part) if len(took_part) else math.nan
    if min(count, len(took_part) - count) < FEWEST_A_SIDE:
        reason = f"It takes {FEWEST_A_SIDE} who answered and {FEWEST_A_SIDE} who did not to compare them."
        return Representativeness(
            indicator=math.nan, worst_bias=math.nan, rate=rate, differences=(), is_enough=False, reason=reason
        )
    spread = fields.std(axis=0)
    differences = tuple(
        _difference(name, float(inside), float(everybody), float(sd))
        for name, inside, everybody, sd in zip(
            known, fields[took_part].mean(axis=0), fields.mean(axis=0), spread, strict=True
        )
    )
    propensity = fit(fields, took_part.astype(np.float64))
    indicator = 1 - 2 * float(propensity.std(ddof=1))
    return Representativeness(
        indicator=indicator,
        worst_bias=(1 - indicator) / (2 * rate),
        rate=rate,
        differences=differences,
        is_enough=True,
        reason="",
    )


def _difference(name: str, inside: float, everybody: float, spread: float) -> Difference:
    apart = (inside - everybody) / spread if spread else 0.0
    return Difference(name, inside, everybody, apart, abs(apart) > NOTICEABLE)


def cronbach_alpha(items: Many) -> float:
    """Return how far the statements of a scale measure one thing, 1 at most; NaN when nothing varies.

    k / (k - 1) (1 - Σ variances of the items / variance of the sum). One row a person, one column a statement; a
    person with an answer missing is left out.

    >>> round(cronbach_alpha([[3, 4, 3], [4, 5, 5], [1, 2, 2], [5, 5, 4]]), 3)
    0.959

    Raises:
        StatisticsError: There are fewer than two statements, or fewer than two complete rows.

    Source:
        Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16, 297-334.
    """
    answers: Floats = np.asarray(items, dtype=np.float64)
    if answers.ndim != 2 or answers.shape[1] < 2:
        raise StatisticsError("A scale has at least two statements: give one row a person, one column a statement.")
    answers = answers[~np.isnan(answers).any(axis=1)]
    if len(answers) < 2:
        raise StatisticsError("It takes two people who answered every statement.")
    total = float(answers.sum(axis=1).var(ddof=1))
    count = answers.shape[1]
    return count / (count - 1) * (1 - float(answers.var(axis=0, ddof=1).sum()) / total) if total else math.nan
