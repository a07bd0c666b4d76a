"""Looking more than once: how far a result must stand out at each look, so that all looks together stay honest."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

Shape = Literal["obrien-fleming", "pocock"]
MOST_LOOKS = 50
NODES = 400
# Beyond this a z is never reached, and its boundary is written as endless.
FARTHEST = 8.0
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """For each planned look the share of the information by then, the |z| to exceed and the alpha spent so far."""

    fractions: Floats
    z: Floats
    spent: Floats

    @property
    def p(self) -> Floats:
        """The two-sided p-value to be below at each look."""
        return np.asarray(2 * ndtr(-self.z), dtype=np.float64)

    def is_crossed(self, look: int, z: float) -> bool:
        """Whether a z at this look, counted from 1, settles the matter.

        Raises:
            StatisticsError: The look was not planned.
        """
        if not 1 <= look <= len(self.z):
            raise StatisticsError(f"There are {len(self.z)} looks planned, counted from 1; {look} is none of them.")
        return abs(z) >= float(self.z[look - 1])


def spending_boundaries(
    looks: int | Sequence[float], *, shape: Shape = "obrien-fleming", alpha: float = 0.05
) -> Boundaries:
    """Return two-sided boundaries for looks at shares t of the planned information, by spending alpha over them.

    Lan and DeMets: by share t the chance of a false finding is at most 4 - 4 Φ(z(1 - alpha/4)/√t) in the shape of
    O'Brien and Fleming, which asks much of early looks and almost nothing more of the last, or alpha ln(1 + (e-1) t) in
    that of Pocock, which asks about the same of all. Each boundary follows from those before it by integrating the
    density of the running sum over the region that went on. A number of looks means equal shares; more looks than
    planned are allowed, as only the shares so far count.

    >>> spending_boundaries(5).z.round(3).tolist()
    [4.877, 3.357, 2.68, 2.29, 2.031]

    Raises:
        StatisticsError: The shares do not increase from above 0 to at most 1, there are more than 50, or alpha does not
            lie between 0 and 1.

    Source:
        Lan, K. K. G. and DeMets, D. L. (1983). Discrete sequential boundaries for clinical trials. Biometrika 70,
        659-663.
        Armitage, P., McPherson, C. K. and Rowe, B. C. (1969). Repeated significance tests on accumulating data. JRSS A
        132, 235-244 (the recursion).
    """
    fractions = _fractions(looks, alpha)
    if shape == "pocock":
        spent = alpha * np.log1p((np.e - 1) * fractions)
    else:
        spent = 4 * ndtr(-NORMAL.inv_cdf(1 - alpha / 4) / np.sqrt(fractions))
    steps = np.diff(spent, prepend=0.0)
    walk = _Walk()
    z = np.array([walk.boundary(float(t), float(step)) for t, step in zip(fractions, steps, strict=True)])
    return Boundaries(fractions=fractions, z=z, spent=spent)


def classic_boundaries(looks: int, *, shape: Shape = "obrien-fleming", alpha: float = 0.05) -> Boundaries:
    """Return the boundaries of Pocock, one |z| for all looks, or of O'Brien and Fleming, C √(K/k), for K equal looks.

    >>> classic_boundaries(5, shape="pocock").z.round(3).tolist()
    [2.413, 2.413, 2.413, 2.413, 2.413]

    Raises:
        StatisticsError: There is no look or more than 50, or alpha does not lie between 0 and 1.

    Source:
        Pocock, S. J. (1977). Group sequential methods in the design and analysis of clinical trials. Biometrika 64,
        191-199.
        O'Brien, P. C. and Fleming, T. R. (1979). A multiple testing procedure for clinical trials. Biometrics 35,
        549-556.
    """
    fractions = _fractions(looks, alpha)
    form = np.ones(looks) if shape == "pocock" else 1 / np.sqrt(fractions)

    def excess(constant: float) -> float:
        return float(_crossing(fractions, constant * form)[-1] - alpha)

    constant = brentq(excess, NORMAL.inv_cdf(1 - alpha / 2) - 1e-9, FARTHEST, xtol=1e-10)
    return Boundaries(fractions=fractions, z=constant * form, spent=_crossing(fractions, constant * form))


@functools.cache
def _rule() -> tuple[Floats, Floats]:
    """Return the places and weights of Gauss and Legendre on -1 to 1."""
    places, weights = np.polynomial.legendre.leggauss(NODES)
    return np.asarray(places), np.asarray(weights)


class _Walk:
    """The density of a running sum that has stayed inside its boundaries so far."""

    def __init__(self) -> None:
        self.time = 0.0
        self.nodes = np.zeros(1)
        self.mass = np.ones(1)

    def crossing(self, time: float, z: float) -> float:
        """Return the chance of crossing |z| now, having crossed nothing before."""
        edge, step = z * np.sqrt(time), np.sqrt(time - self.time)
        return float(self.mass @ (ndtr((-edge - self.nodes) / step) + ndtr((self.nodes - edge) / step)))

    def boundary(self, time: float, chance: float) -> float:
        """Return the |z| that is crossed now with this chance, and go on inside it."""
        z = np.inf
        if self.crossing(time, FARTHEST) < chance:
            z = float(brentq(lambda at: self.crossing(time, at) - chance, 0.0, FARTHEST, xtol=1e-12))
        self.go_on(time, z)
        return z

    def go_on(self, time: float, z: float) -> None:
        edge, step = min(z, FARTHEST) * np.sqrt(time), np.sqrt(time - self.time)
        places, weights = _rule()
        nodes = places * edge
        density = np.exp(-(((nodes[:, None] - self.nodes) / step) ** 2) / 2) / (step * np.sqrt(2 * np.pi))
        self.mass = weights * edge * (density @ self.mass)
        self.nodes, self.time = nodes, time


def _crossing(fractions: Floats, z: Floats) -> Floats:
    """Return the chance of having crossed by each look."""
    walk = _Walk()
    chances = []
    for time, edge in zip(fractions.tolist(), z.tolist(), strict=True):
        chances.append(walk.crossing(time, edge))
        walk.go_on(time, edge)
    return np.cumsum(chances)


def _fractions(looks: int | Sequence[float], alpha: float) -> Floats:
    if not 0 < alpha < 1:
        raise StatisticsError(f"An alpha lies between 0 and 1, such as 0.05, not at {alpha}.")
    if isinstance(looks, int):
        if not 1 <= looks <= MOST_LOOKS:
            raise StatisticsError(f"Plan from 1 to {MOST_LOOKS} looks.")
        return np.arange(1, looks + 1) / looks
    fractions = np.asarray(looks, dtype=np.float64)
    if fractions.ndim != 1 or not 1 <= len(fractions) <= MOST_LOOKS:
        raise StatisticsError(f"Plan from 1 to {MOST_LOOKS} looks.")
    steps = np.diff(fractions, prepend=0.0)
    if not (steps >= 1e-3).all() or fractions[-1] > 1:
        raise StatisticsError("Give for each look the share of the information by then, rising to at most 1.")
    return fractions
