"""What a year may cost: three-point estimates, compound losses, and what a control is worth.

Chance is an argument: every simulation takes its generator and gives the same figures for the same seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError

Floats = npt.NDArray[np.float64]
Many = npt.NDArray[np.float64] | Sequence[float]

DRAWS = 10_000
POINTS = (0.5, 0.9, 0.95)
# More events in one simulated year than this would fill memory, and no register of risks holds them.
MOST_EVENTS = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pert:
    """A beta-PERT distribution from a lowest, most likely and highest value.

    alpha = 1 + 4(m-a)/(b-a), beta = 1 + 4(b-m)/(b-a), scaled to a..b; a point when all three are equal.

    >>> cost = Pert(low=20, mode=100, high=900)
    >>> cost.mean, round(cost.alpha, 6), round(cost.beta, 6)
    (220.0, 1.363636, 4.636364)

    Raises:
        StatisticsError: The values are not finite, or not in order.

    Source:
        Malcolm, D. G., Roseboom, J. H., Clark, C. E. and Fazar, W. (1959). Application of a technique for research
        and development program evaluation. Operations Research 7, 646-669 (the mean).
        Vose, D. (2008). Risk analysis: a quantitative guide, 3rd ed. Wiley (the beta form with four for the mode).
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not np.isfinite([self.low, self.mode, self.high]).all() or not self.low <= self.mode <= self.high:
            raise StatisticsError("Give the lowest, the most likely and the highest value in this order.")

    @property
    def width(self) -> float:
        """How far apart lowest and highest are."""
        return float(self.high - self.low)

    @property
    def alpha(self) -> float:
        """The first parameter of the beta distribution; 1 when it is a point."""
        return 1 + 4 * (self.mode - self.low) / self.width if self.width else 1.0

    @property
    def beta(self) -> float:
        """The second parameter of the beta distribution; 1 when it is a point."""
        return 1 + 4 * (self.high - self.mode) / self.width if self.width else 1.0

    @property
    def mean(self) -> float:
        """(a + 4m + b) / 6."""
        return float((self.low + 4 * self.mode + self.high) / 6)

    @property
    def variance(self) -> float:
        """The variance of the beta form: alpha beta (b-a)² / 252, as alpha + beta is always 6."""
        return self.alpha * self.beta / 252 * self.width**2

    def draw(self, size: int, *, rng: np.random.Generator) -> Floats:
        """Return so many independent values."""
        if not self.width:
            return np.full(size, float(self.low))
        return self.low + self.width * rng.beta(self.alpha, self.beta, size)

    def scaled(self, factor: float) -> "Pert":
        """Return the distribution of this times a factor of at least 0."""
        return Pert(low=self.low * factor, mode=self.mode * factor, high=self.high * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lognormal:
    """A lognormal distribution given by its own mean and standard deviation, both above 0.

    >>> loss = Lognormal(mean=5000, sd=3000)
    >>> round(loss.sigma, 6), loss.variance
    (0.554513, 9000000)
    """

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (np.isfinite([self.mean, self.sd]).all() and self.mean > 0 and self.sd > 0):
            raise StatisticsError("A lognormal loss has a mean and a standard deviation above 0.")

    @property
    def sigma(self) -> float:
        """The standard deviation of the logarithm."""
        return float(np.sqrt(np.log1p((self.sd / self.mean) ** 2)))

    @property
    def variance(self) -> float:
        """The square of the standard deviation."""
        return self.sd**2

    def draw(self, size: int, *, rng: np.random.Generator) -> Floats:
        """Return so many independent values."""
        return rng.lognormal(np.log(self.mean) - self.sigma**2 / 2, self.sigma, size)

    def scaled(self, factor: float) -> "Lognormal":
        """Return the distribution of this times a factor above 0."""
        return Lognormal(mean=self.mean * factor, sd=self.sd * factor)


Severity = Pert | Lognormal
Frequency = Pert | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The exact mean and standard deviation of a year's loss."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Simulated years. `years` are their losses in ascending order."""

    years: Floats

    @property
    def mean(self) -> float:
        """The mean of the simulated years."""
        return float(self.years.mean())

    def quantile(self, share: float) -> float:
        """Return the loss that this share of years stays within, as a loss that one of the years had."""
        if not 0 < share <= 1:
            raise StatisticsError("A share of years lies above 0 and at most at 1, such as 0.9.")
        return float(self.years[int(np.ceil(share * len(self.years))) - 1])

    def exceedance(self, amounts: Many) -> Floats:
        """Return for each amount the share of years that lose more than it: the loss exceedance curve."""
        within = np.searchsorted(self.years, np.asarray(amounts, dtype=np.float64), side="right")
        return 1 - within / len(self.years)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlValue:
    """What a control is worth a year: the expected loss it takes away, and what is left of that after its cost."""

    spared: float
    cost: float

    @property
    def net(self) -> float:
        """Expected loss without it, less that with it, less its cost."""
        return self.spared - self.cost


def annual_moments(frequency: Frequency, severity: Severity) -> Moments:
    """Return the exact mean λ·E[L] and standard deviation of a year's loss.

    The number of events is Poisson with rate λ; a PERT frequency is a rate that is itself uncertain, which adds
    Var[λ]·E[L]² to the variance E[λ]·E[L²].

    >>> year = annual_moments(2, Lognormal(mean=5000, sd=3000))
    >>> year.mean, round(year.sd, 3)
    (10000.0, 8246.211)

    Raises:
        StatisticsError: A rate is negative or not finite.

    Source:
        Klugman, S. A., Panjer, H. H. and Willmot, G. E. (2012). Loss models: from data to decisions, 4th ed. Wiley,
        chapter 9 (compound distributions).
    """
    rate, spread = _rate(frequency)
    squared = severity.variance + severity.mean**2
    return Moments(mean=float(rate * severity.mean), sd=float(np.sqrt(rate * squared + spread * severity.mean**2)))


def expected_loss(events: Many | float, mean_loss: Many | float) -> Floats:
    """Return events a year times the mean loss of one, for one risk or element by element for many.

    >>> expected_loss([0.2, 1, 4], [1000, 500, 250]).tolist()
    [200.0, 500.0, 1000.0]

    Raises:
        StatisticsError: A rate is negative.
    """
    rates = np.asarray(events, dtype=np.float64)
    if (rates < 0).any():
        raise StatisticsError("Events a year are none or more, never negative.")
    return np.asarray(rates * np.asarray(mean_loss, dtype=np.float64), dtype=np.float64)


def annual_losses(frequency: Frequency, severity: Severity, *, rng: np.random.Generator, years: int = DRAWS) -> Losses:
    """Simulate years: in each a Poisson number of events, each with a loss of its own.

    >>> import numpy as np
    >>> found = annual_losses(2, Pert(low=20, mode=100, high=900), rng=np.random.default_rng(7))
    >>> bool(abs(found.mean - 440) < 15), found.quantile(0.5) < found.quantile(0.9)
    (True, True)

    Raises:
        StatisticsError: A rate is negative, not finite or above 10,000 a year, or no year is asked for.
    """
    if years < 1:
        raise StatisticsError("Simulate at least one year.")
    _rate(frequency)
    rates = frequency.draw(years, rng=rng) if isinstance(frequency, Pert) else float(frequency)
    counts = rng.poisson(rates, years)
    drawn = severity.draw(int(counts.sum()), rng=rng)
    owner = np.repeat(np.arange(years), counts)
    return Losses(years=np.sort(np.bincount(owner, weights=drawn, minlength=years)))


def control_value(
    *, frequency: float, severity: Severity, fewer: float = 0.0, smaller: float = 0.0, cost: float = 0.0
) -> ControlValue:
    """Return what a control is worth that makes events rarer by the share `fewer` and smaller by `smaller`.

    >>> control_value(frequency=2, severity=Pert(low=20, mode=100, high=900), fewer=0.5, cost=100).net
    120.0

    Raises:
        StatisticsError: A share lies outside 0 to 1, or the cost is negative.
    """
    if not (0 <= fewer <= 1 and 0 <= smaller <= 1 and cost >= 0):
        raise StatisticsError("A control takes away a share from 0 to 1 and costs nothing or more.")
    before = annual_moments(frequency, severity).mean
    return ControlValue(spared=before * (1 - (1 - fewer) * (1 - smaller)), cost=cost)


def _rate(frequency: Frequency) -> tuple[float, float]:
    """Return the mean and variance of the yearly rate."""
    rate, spread = (frequency.mean, frequency.variance) if isinstance(frequency, Pert) else (float(frequency), 0.0)
    highest, lowest = (frequency.high, frequency.low) if isinstance(frequency, Pert) else (rate, rate)
    if not (np.isfinite(rate) and lowest >= 0 and highest <= MOST_EVENTS):
        raise StatisticsError(f"Give from 0 to {MOST_EVENTS:,.0f} events a year.")
    return rate, spread
