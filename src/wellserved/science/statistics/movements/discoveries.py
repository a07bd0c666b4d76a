"""How many of many findings may be believed."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many

Control = Literal["benjamini-hochberg", "benjamini-yekutieli", "bonferroni"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discoveries:
    """Which of many tests are findings.

    `q` has the shape of the p-values: the smallest rate at which each would be a finding, NaN where nothing was tested.
    `is_found` marks those at most at the rate.
    """

    q: Floats
    is_found: npt.NDArray[np.bool_]
    tested: int

    @property
    def count(self) -> int:
        """How many findings there are."""
        return int(self.is_found.sum())


def discoveries(p: Many, *, rate: float = 0.05, control: Control = "benjamini-hochberg") -> Discoveries:
    """Return which p-values are findings when so many were looked at.

    Benjamini-Hochberg finds the k smallest of m p-values, k the largest with p(k) <= k/m · rate: of what is found at
    most that share is false on average, when tests are independent or lean on each other positively.
    Benjamini-Yekutieli divides the rate by 1 + 1/2 + ... + 1/m and holds for any dependence. Bonferroni, p <= rate / m,
    keeps the chance of any false finding at the rate. NaN was not tested.

    >>> found = discoveries([0.001, 0.02, 0.03, 0.6])
    >>> found.is_found.tolist(), found.q.round(3).tolist()
    ([True, True, True, False], [0.004, 0.04, 0.04, 0.6])

    Raises:
        StatisticsError: A p-value lies outside 0 to 1, or the rate does not lie between 0 and 1.

    Source:
        Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57, 289-300.
        Benjamini, Y. and Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under
        dependency. Annals of Statistics 29, 1165-1188.
    """
    given = np.asarray(p, dtype=np.float64)
    flat = given.ravel()
    known = flat[~np.isnan(flat)]
    if ((known < 0) | (known > 1)).any():
        raise StatisticsError("A p-value lies from 0 to 1; give NaN for what was not tested.")
    if not 0 < rate < 1:
        raise StatisticsError(f"A rate of false findings lies between 0 and 1, such as 0.05, not at {rate}.")
    q = np.full(flat.shape, np.nan)
    q[~np.isnan(flat)] = _adjusted(known, control)
    shaped = q.reshape(given.shape)
    with np.errstate(invalid="ignore"):
        return Discoveries(q=shaped, is_found=shaped <= rate, tested=len(known))


def _adjusted(p: Floats, control: Control) -> Floats:
    m = len(p)
    if control == "bonferroni":
        return np.minimum(p * m, 1.0)
    order = np.argsort(p, kind="stable")
    steps = p[order] * m / np.arange(1, m + 1)
    if control == "benjamini-yekutieli":
        steps *= (1 / np.arange(1, m + 1)).sum()
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return adjusted
