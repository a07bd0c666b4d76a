"""Where cases crowd: Kulldorff's scan for circles with more than their share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.places.areas import read_areas
from wellserved.science.statistics.places.neighbours import Points, read_points
from wellserved.science.statistics.proportions import Floats, Many

REPLICATES = 999
LARGEST = 0.5
FEWEST_AREAS = 5
FEWEST_CASES = 10
MOST_AREAS = 1000
# Of replicates times areas times areas of one circle, what is worked on at once.
MOST_CELLS = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A circle with more cases than its share: its `areas`, nearest to the middle first, and how sure it is."""

    areas: tuple[int, ...]
    radius: float
    cases: float
    expected: float
    ratio: float
    log_likelihood_ratio: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialScan:
    """The clusters found, the surest first, none overlapping a surer one; `best` is the surest, found or not."""

    found: tuple[Cluster, ...]
    best: Cluster | None
    replicates: int
    is_enough: bool
    reason: str


def spatial_scan(
    cases: Many,
    population: Many,
    points: Points,
    *,
    rng: np.random.Generator,
    largest: float = LARGEST,
    replicates: int = REPLICATES,
    alpha: float = 0.05,
) -> SpatialScan:
    """Return the circles in which cases crowd more than customers do.

    Every area in turn is the middle of circles that take in the next nearest one by one, up to the share `largest` of
    all customers; areas equally far come in together. With c cases in a circle, e expected from its customers and C in
    all, LLR = c ln(c/e) + (C - c) ln((C - c)/(C - e)) where c > e, else 0. Its p-value is its rank among the largest
    LLR of as many `replicates` with the C cases dealt to customers by chance (multinomial), so that looking at all
    circles is paid for; secondary clusters are ranked against the same, which is cautious. The clusters found are
    those with p <= alpha that share no area with a surer one.

    >>> places = [[x, y] for x in range(5) for y in range(5)]
    >>> cases = [2] * 25
    >>> cases[0], cases[1], cases[5] = 20, 18, 16
    >>> found = spatial_scan(cases, [1000] * 25, places, rng=np.random.default_rng(3))
    >>> sorted(found.found[0].areas), round(found.found[0].ratio, 1), found.found[0].p
    ([0, 1, 5], 9.0, 0.001)

    Raises:
        StatisticsError: The columns differ in length, a count is negative, there are cases without customers or more
            than 1,000 areas, `largest` does not lie above 0 and up to 0.5, or replicates are fewer than 99.

    Source:
        Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics: Theory and Methods 26, 1481-1496.
    """
    c, n = read_areas(cases, population)
    places = read_points(points)
    _check(c, places, largest, replicates)
    total = float(c.sum())
    if len(c) < FEWEST_AREAS or total < FEWEST_CASES or (n > 0).sum() < FEWEST_AREAS:
        few = f"{FEWEST_AREAS} areas with customers and {FEWEST_CASES} cases are needed, not {len(c)} and {total:g}."
        return SpatialScan(found=(), best=None, replicates=replicates, is_enough=False, reason=few)
    circles = _circles(places, n * (total / n.sum()), largest * total)
    ratio = _likelihood(np.cumsum(c[circles.order], axis=1), circles.inside, circles.is_whole, total)
    highest = _replicated(circles, total, rng, replicates)
    clusters = _apart(ratio, circles, c, highest, alpha)
    found = tuple(cluster for cluster in clusters if cluster.p <= alpha)
    reason = "" if found else "No circle holds more cases than chance explains."
    return SpatialScan(
        found=found, best=clusters[0] if clusters else None, replicates=replicates, is_enough=True, reason=reason
    )


def _check(c: Floats, places: Floats, largest: float, replicates: int) -> None:
    if len(c) != len(places):
        raise StatisticsError("Give for every area its cases, its customers and the coordinates of its middle.")
    if len(c) > MOST_AREAS:
        raise StatisticsError(f"At most {MOST_AREAS:,} areas are scanned; add sectors up to districts.")
    if not 0 < largest <= 0.5 or replicates < 99:
        raise StatisticsError("A circle holds at most half of all customers, and 99 replicates or more test it.")


@dataclass(frozen=True, slots=True)
class _Circles:
    """For each middle all areas by distance, what is expected up to each, and which of these end a circle."""

    expected: Floats
    order: npt.NDArray[np.intp]
    distance: Floats
    inside: Floats
    is_whole: npt.NDArray[np.bool_]


def _circles(places: Floats, expected: Floats, most: float) -> _Circles:
    apart = np.hypot(*(places[:, None, :] - places[None, :, :]).transpose(2, 0, 1))
    order = np.argsort(apart, axis=1, kind="stable")
    distance = np.take_along_axis(apart, order, axis=1)
    # A circle is whole only when the next area lies further out.
    room = 1e-9 * max(float(distance.max()), 1e-300)
    is_whole = np.column_stack([distance[:, 1:] > distance[:, :-1] + room, np.ones(len(places), dtype=bool)])
    inside = np.cumsum(expected[order], axis=1)
    return _Circles(expected, order, distance, inside, is_whole & (inside <= most * (1 + 1e-12)))


def _likelihood(cases: Floats, expected: Floats, is_circle: npt.NDArray[np.bool_], total: float) -> Floats:
    """Return the log likelihood ratio of each circle, 0 where there are no more cases than expected."""
    is_high = is_circle & (cases > expected)
    ratio = np.zeros(cases.shape)
    e = np.broadcast_to(expected, cases.shape)[is_high]
    c = cases[is_high]
    left = total - c
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = c * np.log(c / e)
        outer = np.where(left > 0, left * np.log(left / (total - e)), 0.0)
    # A circle without customers holds no cases either, and never comes here.
    ratio[is_high] = inner + outer
    return ratio


def _replicated(circles: _Circles, total: float, rng: np.random.Generator, replicates: int) -> Floats:
    """Return the largest ratio of each replicate."""
    shares = circles.expected / circles.expected.sum()
    # Past the largest circle of any middle nothing is looked at.
    widest = int(np.flatnonzero(circles.is_whole.any(axis=0)).max(initial=0)) + 1
    order, inside = circles.order[:, :widest], circles.inside[:, :widest]
    is_circle = circles.is_whole[:, :widest]
    batch = max(1, MOST_CELLS // order.size)
    highest = []
    for start in range(0, replicates, batch):
        drawn = rng.multinomial(round(total), shares, size=min(batch, replicates - start)).astype(np.float64)
        counted = np.cumsum(drawn[:, order], axis=2)
        highest.append(_likelihood(counted, inside, is_circle[None], total).max(axis=(1, 2)))
    return np.concatenate(highest)


def _apart(ratio: Floats, circles: _Circles, c: Floats, highest: Floats, alpha: float) -> list[Cluster]:
    """Return the surest circle and all surer than alpha that share no area with one before."""
    taken = np.zeros(len(c), dtype=bool)
    clusters: list[Cluster] = []
    left = ratio.copy()
    while left.max() > 0:
        middle, last = np.unravel_index(int(left.argmax()), left.shape)
        best = float(left[middle, last])
        p = float(((highest >= best * (1 - 1e-12)).sum() + 1) / (len(highest) + 1))
        if clusters and p > alpha:
            break
        areas = circles.order[middle, : last + 1]
        held, usual = float(c[areas].sum()), float(circles.expected[areas].sum())
        outside = (float(c.sum()) - held) / (float(c.sum()) - usual) if usual < c.sum() else np.nan
        clusters.append(
            Cluster(
                areas=tuple(int(area) for area in areas),
                radius=float(circles.distance[middle, last]),
                cases=held,
                expected=usual,
                ratio=held / usual / outside if outside > 0 else np.inf,
                log_likelihood_ratio=best,
                p=p,
            )
        )
        taken[areas] = True
        left[np.cumsum(taken[circles.order], axis=1) > 0] = 0
    return clusters
