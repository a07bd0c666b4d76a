"""Who will buy again: the BG/NBD model of customers who leave without saying so."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import betaln, expit, gammaln, hyp2f1

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import Floats, Many

FEWEST_CUSTOMERS = 100
FEWEST_REPEATING = 20
STARTS = ((1.0, 1.0, 1.0, 1.0), (0.3, 0.5, 0.8, 2.5), (2.0, 3.0, 0.5, 4.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repurchase:
    """A population of customers: how often they buy while they stay, and how readily they leave.

    While active a customer buys at a rate drawn from a gamma distribution with shape `r` and rate `alpha`; after each
    purchase she leaves with a chance drawn from a beta distribution with `a` and `b`.

    Source:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way: an alternative to
        the Pareto/NBD model. Marketing Science 24, 275-284.
    """

    r: float
    alpha: float
    a: float
    b: float

    def __post_init__(self) -> None:
        if not all(np.isfinite(value) and value > 0 for value in (self.r, self.alpha, self.a, self.b)):
            raise StatisticsError("The four parameters of a population are finite and above 0.")

    def active(self, repeats: Many, last: Many, observed: Many) -> Floats:
        """Return the chance that each customer has not left by the end of what was observed.

        1 / (1 + a/(b + x - 1) ((alpha + T)/(alpha + t))^(r + x)) of x > 0 repeat purchases, the last at t of T; 1 of
        none, as one leaves only after a purchase.

        >>> crowd = Repurchase(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> crowd.active([2, 0], [30.43, 0], [38.86, 38.86]).round(4).tolist()
        [0.7266, 1.0]

        Raises:
            StatisticsError: As `fit_repurchase`.
        """
        x, t, end = read_histories(repeats, last, observed)
        odds = np.log(self.a) - np.log(np.maximum(self.b + x - 1, 1e-300))
        odds = odds + (self.r + x) * (np.log(self.alpha + end) - np.log(self.alpha + t))
        return np.where(x > 0, expit(-odds), 1.0)

    def expected(self, ahead: float, repeats: Many, last: Many, observed: Many) -> Floats:
        """Return how many purchases each customer is expected to make in the time `ahead`.

        P(active) (a + b + x - 1)/(a - 1) (1 - ((alpha + T)/(alpha + T + s))^(r + x) F(r + x, b + x; a + b + x - 1;
        s/(alpha + T + s))), s the time ahead and F the hypergeometric function of Gauss.

        >>> crowd = Repurchase(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> crowd.expected(39, [2], [30.43], [38.86]).round(3).tolist()
        [1.226]

        Raises:
            StatisticsError: As `fit_repurchase`, or the time ahead is negative.
        """
        x, t, end = read_histories(repeats, last, observed)
        if not (np.isfinite(ahead) and ahead >= 0):
            raise StatisticsError("Look ahead by a finite time of 0 or more.")
        # At a = 1 the formula is 0/0; its neighbour is as good.
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6
        whole = self.alpha + end + ahead
        # Euler's form of the published curve, whose parameters stay small for those who bought often.
        curve = hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + x - 1, ahead / whole)
        stay = 1 - ((self.alpha + end) / whole) ** (a - 1) * curve
        return np.asarray((a + self.b + x - 1) / (a - 1) * stay * self.active(x, t, end), dtype=np.float64)

    def expected_of_new(self, ahead: float) -> float:
        """Return how many repeat purchases a new customer is expected to make in the time `ahead`.

        >>> round(Repurchase(r=0.243, alpha=4.414, a=0.793, b=2.426).expected_of_new(39), 2)
        1.2
        """
        return float(self.expected(ahead, [0.0], [0.0], [0.0])[0])

    def log_likelihood(self, repeats: Many, last: Many, observed: Many) -> float:
        """Return the log likelihood of these histories."""
        x, t, end = read_histories(repeats, last, observed)
        return _likelihood(np.log([self.r, self.alpha, self.a, self.b]), x, t, end, np.ones(len(x)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepurchaseFit:
    """A population fitted to histories; `population` is None where they cannot carry it, and `reason` says why."""

    population: Repurchase | None
    log_likelihood: float
    customers: int
    is_enough: bool
    reason: str


def fit_repurchase(repeats: Many, last: Many, observed: Many) -> RepurchaseFit:
    """Fit the BG/NBD model to one history a customer.

    `repeats` counts the purchases after the first, `last` is the time from the first to the last purchase (0 of none),
    `observed` the time from the first to the end. The likelihood of one history is
    B(a, b + x)/B(a, b) Γ(r + x) alpha^r / (Γ(r) (alpha + T)^(r + x)), plus, of x > 0,
    B(a + 1, b + x - 1)/B(a, b) Γ(r + x) alpha^r / (Γ(r) (alpha + t)^(r + x)).
    Its maximum is looked for from three starts; equal histories count together. A hundred customers, twenty of whom
    bought again, are needed. A fit that runs to the edge (a or b or r endless) is refused: the histories do not tell
    staying from leaving.

    >>> fit_repurchase([1, 0, 2], [3, 0, 8], [10, 10, 10]).reason
    'At least 100 customers are needed, 20 of whom bought again, not 3 and 2.'

    Raises:
        StatisticsError: The columns differ in length, repeats are no whole numbers, a last purchase is later than the
            end, or of no repeats is not 0.

    Source:
        Fader, Hardie and Lee (2005), see `Repurchase`.
    """
    x, t, end = read_histories(repeats, last, observed)
    again = int((x > 0).sum())
    if len(x) < FEWEST_CUSTOMERS or again < FEWEST_REPEATING:
        needed = f"At least {FEWEST_CUSTOMERS} customers are needed, {FEWEST_REPEATING} of whom bought again"
        return _refused(len(x), f"{needed}, not {len(x)} and {again}.")
    rows, counts = np.unique(np.column_stack([x, t, end]), axis=0, return_counts=True)
    # In units of the longest time, so that one step suits weeks and seconds alike.
    scale = float(end.max())
    kinds = (rows[:, 0], rows[:, 1] / scale, rows[:, 2] / scale, counts.astype(np.float64))

    def badness(logs: Floats) -> float:
        return -_likelihood(logs, *kinds) / len(x)

    found = [
        minimize(badness, np.log([r, alpha / 10, a, b]), method="L-BFGS-B", bounds=[(-12.0, 12.0)] * 4)
        for r, alpha, a, b in STARTS
    ]
    best = min(found, key=lambda one: float(one.fun))
    if np.abs(best.x).max() > 9:
        return _refused(len(x), "The histories do not tell staying from leaving; the model does not fit them.")
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    population = Repurchase(r=r, alpha=alpha * scale, a=a, b=b)
    return RepurchaseFit(
        population=population,
        log_likelihood=population.log_likelihood(x, t, end),
        customers=len(x),
        is_enough=True,
        reason="",
    )


def read_histories(repeats: Many, last: Many, observed: Many) -> tuple[Floats, Floats, Floats]:
    """Return repeats, time of the last purchase and time observed, or say what is wrong with them."""
    x, t, end = read_series(repeats, counts=True), read_series(last), read_series(observed)
    if not len(x) == len(t) == len(end):
        raise StatisticsError(
            "Give of every customer the repeats, the time of the last purchase and the time observed."
        )
    if (x != np.floor(x)).any() or (t < 0).any() or (t > end).any() or (t[x == 0] != 0).any():
        raise StatisticsError("Repeats are whole, and 0 <= last <= observed, the last at 0 when there was no repeat.")
    return x, t, end


def _likelihood(logs: npt.NDArray[np.float64], x: Floats, t: Floats, end: Floats, counts: Floats) -> float:
    r, alpha, a, b = np.exp(logs)
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    stayed = betaln(a, b + x) - (r + x) * np.log(alpha + end)
    # Without a repeat nobody has left; the argument is kept in range there.
    left = betaln(a + 1, np.where(x > 0, b + x - 1, 1.0)) - (r + x) * np.log(alpha + t)
    return float(counts @ (common + np.where(x > 0, np.logaddexp(stayed, left), stayed)))


def _refused(customers: int, reason: str) -> RepurchaseFit:
    return RepurchaseFit(population=None, log_likelihood=np.nan, customers=customers, is_enough=False, reason=reason)
