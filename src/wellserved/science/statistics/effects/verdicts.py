"""Whether a change helped, in four words that mean the same for every design."""

from typing import Literal

from wellserved.science.statistics.errors import StatisticsError

Verdict = Literal["works", "does not", "not shown", "too early"]
Better = Literal["higher", "lower"]


def verdict(
    estimate: float, low: float, high: float, *, better: Better, least: float = 0.0, is_enough: bool = True
) -> Verdict:
    """Return what an effect with its interval says of a change: works, does not, not shown, too early.

    The effect is a difference, or the logarithm of a ratio, so that 0 is no effect; `least` is the smallest effect
    worth having, in the same unit and above or at 0. *Works*: the whole interval is on the better side of 0 and the
    estimate is at least `least`. *Does not*: the whole interval is on the worse side, or even its better end falls
    short of `least`. *Not shown*: anything else. *Too early*: there is not enough to look at.

    >>> verdict(-0.2, -0.3, -0.1, better="lower", least=0.1)
    'works'
    >>> verdict(-0.2, -0.5, 0.1, better="lower")
    'not shown'
    >>> verdict(-0.02, -0.04, 0.0, better="lower", least=0.1)
    'does not'

    Raises:
        StatisticsError: The bounds are not in order around the estimate, or `least` is negative.
    """
    if not is_enough:
        return "too early"
    if not (low <= estimate <= high and least >= 0):
        raise StatisticsError("Give the estimate between its bounds and a least effect of 0 or more.")
    turned = (estimate, low, high) if better == "higher" else (-estimate, -high, -low)
    if turned[1] > 0 and turned[0] >= least:
        return "works"
    if turned[2] < 0 or turned[2] < least:
        return "does not"
    return "not shown"
