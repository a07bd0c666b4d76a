"""How many cases a question needs, and how sharply so many answer it."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE
from wellserved.science.statistics.reading import read_confidence, read_positive

# The variance of a share of one half, the widest there is.
WIDEST = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize:
    """How many answers are `needed` for the margin, and how many invitations at the share that answers.

    `is_enough` is False where there are fewer people than invitations: `reason` then says what to change.
    """

    needed: int
    invitations: int
    margin: float
    variance: float
    population: int | None
    confidence: float
    is_enough: bool
    reason: str


def sample_size(
    margin: float,
    *,
    variance: float = WIDEST,
    population: int | None = None,
    answering: float = 1.0,
    confidence: float = CONFIDENCE,
) -> SampleSize:
    """Return how many answers an estimate needs to lie within the margin of the truth.

    n₀ = z² variance / margin², and from a finite population of N: n = n₀ / (1 + (n₀ - 1)/N), rounded up. `variance` is
    that of one answer: p(1-p) for a share (0.25 when nothing is known), the square of the standard deviation for a
    mean, p + d - (p-d)² for a net promoter score (about 0.75, with the margin as a share: 0.05 for 5 points).
    `answering` is the share of the invited who answer.

    >>> sample_size(0.05).needed, sample_size(0.05, population=1000).needed
    (385, 278)

    Raises:
        StatisticsError: The margin or the variance is not above 0, the population is below 1, the share answering lies
            not above 0 and up to 1, or the confidence not between 0 and 1.

    Source:
        Cochran, W. G. (1977). Sampling techniques, 3rd ed. Wiley, sections 4.4 and 4.6.
    """
    width, spread = read_positive(margin, noun="margin"), read_positive(variance, noun="variance")
    level = read_confidence(confidence)
    if population is not None and population < 1:
        raise StatisticsError("A population has at least one member; leave it out when it is not known.")
    if not 0 < answering <= 1:
        raise StatisticsError("The share that answers lies above 0 and up to 1, such as 0.2.")
    open_ended = _z(level) ** 2 * spread / width / width
    if not open_ended < 1e15:
        raise StatisticsError("No survey is that sharp; give a wider margin.")
    finite = open_ended if population is None else open_ended / (1 + (open_ended - 1) / population)
    needed = max(_up(finite), 1)
    needed = needed if population is None else min(needed, population)
    invitations = _up(needed / answering)
    is_short = population is not None and invitations > population
    return SampleSize(
        needed=needed,
        invitations=invitations,
        margin=width,
        variance=spread,
        population=population,
        confidence=level,
        is_enough=not is_short,
        reason=(
            f"{invitations} invitations are more than the {population} there are; take a wider margin or remind."
            if is_short
            else ""
        ),
    )


def margin_of_error(
    count: int, *, variance: float = WIDEST, population: int | None = None, confidence: float = CONFIDENCE
) -> float:
    """Return how near to the truth an estimate from so many answers lies: z √(variance/n · (N-n)/(N-1)).

    Infinite for no answers and 0 when everybody answered. The variance is that of one answer, as in `sample_size`.

    >>> round(margin_of_error(385), 4)
    0.0499

    Raises:
        StatisticsError: There are fewer than no answers or more than people, the variance is not above 0, or the
            confidence lies not between 0 and 1.

    Source:
        Cochran (1977), section 2.6.
    """
    spread, level = read_positive(variance, noun="variance"), read_confidence(confidence)
    if count < 0 or (population is not None and count > population):
        raise StatisticsError("Answers are counted from 0 up to the population.")
    if count == 0:
        return math.inf
    left = 1.0
    if population is not None:
        left = (population - count) / (population - 1) if population > 1 else 0.0
    return _z(level) * math.sqrt(spread / count * left)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _up(value: float) -> int:
    """Round up, but not because of the last digit of a float."""
    nearest = round(value)
    return nearest if math.isclose(value, nearest, rel_tol=1e-12) else math.ceil(value)
