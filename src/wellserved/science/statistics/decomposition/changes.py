"""Why a total changed: because other things were done, or because the same things went otherwise."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many


@dataclass(frozen=True, slots=True, kw_only=True)
class MixAndRate:
    """The change of a total rate, in two parts that add up to it, each by group too.

    `mix` is what the new shares of the groups did at the old rates, `rate` what the new rates did at the new shares.
    `is_reversed` says that every group both periods know moved one way, or held, and the total the other way: then the
    total misleads.
    """

    before: float
    after: float
    change: float
    mix: float
    rate: float
    mix_by_group: Floats
    rate_by_group: Floats
    is_reversed: bool


def mix_and_rate(cases: Many, rates: Many, *, later_cases: Many, later_rates: Many) -> MixAndRate:
    """Return how much of a change comes from the mix of groups and how much from their rates.

    With w the shares of the groups among the cases and r their rates, R the old total:
    Δ = Σ (w₁ - w₀)(r₀ - R) + Σ w₁ (r₁ - r₀). Taking R off leaves the sum of the first part and makes each term of it
    say what more or less of this group did. A group without cases has no rate (NaN); one that is new or gone counts to
    the mix alone.

    >>> found = mix_and_rate([60, 40], [0.9, 0.7], later_cases=[40, 60], later_rates=[0.9, 0.72])
    >>> round(found.change, 3), round(found.mix, 3), round(found.rate, 3), found.is_reversed
    (-0.028, -0.04, 0.012, True)

    Raises:
        StatisticsError: The four are not of one length, cases are negative or endless, a period has none, or a group
            with cases has no rate.

    Source:
        Kitagawa, E. M. (1955). Components of a difference between two rates. JASA 50, 1168-1194 (with the interaction
        counted to the rates).
    """
    old, new = _weights(cases), _weights(later_cases)
    old_rates, new_rates = (np.asarray(row, dtype=np.float64) for row in (rates, later_rates))
    if not old.shape == new.shape == old_rates.shape == new_rates.shape:
        raise StatisticsError("Give cases and rates of the same groups, in the same order, for both periods.")
    for weights, found in ((old, old_rates), (new, new_rates)):
        if not np.isfinite(found[weights > 0]).all():
            raise StatisticsError("Every group with cases has a rate; only one without cases may be NaN.")
    was = np.where(old > 0, old_rates, np.where(new > 0, new_rates, 0.0))
    now = np.where(new > 0, new_rates, was)
    before, after = float(old @ was), float(new @ now)
    mix, rate = (new - old) * (was - before), new * (now - was)
    moved = (now - was)[(old > 0) & (new > 0)]
    change = after - before
    # What only rounding moved has not moved.
    still = 1e-12 * max(float(np.abs(was).max()), float(np.abs(now).max()))
    is_reversed = bool(len(moved)) and (
        bool((moved >= -still).all() and change < -still) or bool((moved <= still).all() and change > still)
    )
    return MixAndRate(
        before=before,
        after=after,
        change=change,
        mix=float(mix.sum()),
        rate=float(rate.sum()),
        mix_by_group=mix,
        rate_by_group=rate,
        is_reversed=is_reversed,
    )


def _weights(cases: Many) -> Floats:
    counts = np.asarray(cases, dtype=np.float64)
    if counts.ndim != 1 or not (np.isfinite(counts).all() and (counts >= 0).all()):
        raise StatisticsError("Cases are one row of finite numbers from 0 on, one for each group.")
    total = float(counts.sum())
    if not 0 < total < np.inf:
        raise StatisticsError("A period without cases has no rate; compare periods that have some.")
    return counts / total
