"""Little's law: how many are inside, how fast they come and how long they stay tell one another."""

import math
from dataclasses import dataclass

from wellserved.science.statistics.errors import StatisticsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The three figures of Little's law in one unit of time.

    `gap` is how far the backlog lies above the one that arrivals and stay imply, as a share of that; None where only
    two of the three were given, or where none is implied.
    """

    arrivals: float
    stay: float
    backlog: float
    gap: float | None


def littles_law(*, arrivals: float | None = None, stay: float | None = None, backlog: float | None = None) -> Flow:
    """Return all three of L = λ W from any two, or how far three disagree.

    `backlog` L is the mean number inside, `arrivals` λ those arriving in a unit of time, `stay` W the mean time inside
    in that unit. It holds for long-run means of any steady flow, whatever the order of service; where backlog grows or
    shrinks over the period, or closed tickets only are timed, the three disagree and `gap` says by how much.

    >>> littles_law(arrivals=120, stay=1.5).backlog
    180.0
    >>> littles_law(arrivals=120, stay=1.5, backlog=225).gap
    0.25

    Raises:
        StatisticsError: Fewer than two figures are given, one is negative or endless, or a figure would be divided
            by 0.

    Source:
        Little, J. D. C. (1961). A proof for the queuing formula L = λW. Operations Research 9, 383-387.
    """
    given = [figure for figure in (arrivals, stay, backlog) if figure is not None]
    if len(given) < 2:
        raise StatisticsError("Give two of arrivals, stay and backlog; the third follows.")
    if not all(math.isfinite(figure) and figure >= 0 for figure in given):
        raise StatisticsError("Arrivals, stay and backlog are finite numbers from 0 on.")
    if arrivals is None and stay is not None and backlog is not None:
        return Flow(arrivals=_over(backlog, stay), stay=float(stay), backlog=float(backlog), gap=None)
    if stay is None and arrivals is not None and backlog is not None:
        return Flow(arrivals=float(arrivals), stay=_over(backlog, arrivals), backlog=float(backlog), gap=None)
    rate, time = float(arrivals or 0.0), float(stay or 0.0)
    implied = rate * time
    if backlog is None:
        return Flow(arrivals=rate, stay=time, backlog=implied, gap=None)
    gap = backlog / implied - 1 if implied else None
    return Flow(arrivals=rate, stay=time, backlog=float(backlog), gap=gap)


def _over(backlog: float, other: float) -> float:
    if other == 0:
        raise StatisticsError("Nothing follows from a figure of 0; give the other two.")
    return float(backlog / other)
