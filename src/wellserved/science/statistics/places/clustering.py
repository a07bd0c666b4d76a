"""Whether like lies beside like: Moran's I and Geary's C, of the whole map and of each area."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.discoveries import discoveries
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.places.neighbours import Neighbours
from wellserved.science.statistics.proportions import Floats, Many

FEWEST = 8
PERMUTATIONS = 999
MOST_CELLS = 4_000_000
RATE = 0.05
QUADRANTS = ("", "high among high", "low among high", "low among low", "high among low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Autocorrelation:
    """How alike neighbours are. `expected` is what no pattern would give; `p` the two-sided permutation p-value.

    With `is_enough` False all areas are alike, or there are too few or no neighbours, and `reason` says so.
    """

    value: float
    expected: float
    p: float
    permutations: int
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAutocorrelation:
    """How alike each area and its neighbours are, NaN for an island.

    `p` is the two-sided conditional permutation p-value, `q` the rate of false findings at which it is found;
    `is_found` marks q at most 0.05. `quadrant` is 1 high among high, 2 low among high, 3 low among low, 4 high among
    low, 0 of an island.
    """

    value: Floats
    p: Floats
    q: Floats
    is_found: npt.NDArray[np.bool_]
    quadrant: npt.NDArray[np.int64]
    is_enough: bool
    reason: str

    def labels(self) -> list[str]:
        """Return in words what each found area is; nothing where no pattern was found."""
        return [QUADRANTS[place] if found else "" for place, found in zip(self.quadrant, self.is_found, strict=True)]


def moran(
    values: Many, neighbours: Neighbours, *, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> Autocorrelation:
    """Return Moran's I: above what no pattern would give when like lies beside like, below when unlike does.

    I = (n / S0) sum w_ij z_i z_j / sum z², z the distance from the mean and S0 the sum of all weights; without a
    pattern -1/(n - 1). The p-value counts among permutations of the values over the areas those as far from the middle
    of all on either side: (2 · the smaller side + 2) / (permutations + 1), at most 1. Draw rates to the overall one
    first (`smoothed_rates`), or small areas decide.

    >>> from wellserved.science.statistics.places.neighbours import neighbours_of
    >>> row = neighbours_of([[i for i in (a - 1, a + 1) if 0 <= i < 10] for a in range(10)])
    >>> found = moran(range(10), row, rng=np.random.default_rng(1))
    >>> round(found.value, 3), round(found.expected, 3), found.p < 0.01
    (0.891, -0.111, True)

    Raises:
        StatisticsError: There is not one finite value an area, or permutations are fewer than 99.

    Source:
        Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23.
        Cliff, A. D. and Ord, J. K. (1981). Spatial processes: models and applications. Pion.
    """
    row, lacking = _read(values, neighbours, permutations)
    if lacking:
        return _unknown(permutations, lacking)
    weights, z = neighbours.matrix(), row - row.mean()
    scale = len(z) / float(neighbours.weight.sum()) / float(z @ z)

    def statistic(many: Floats) -> Floats:
        return np.asarray((many * (weights @ many)).sum(axis=0) * scale)

    return _global(statistic, z, -1 / (len(z) - 1), rng, permutations)


def geary(
    values: Many, neighbours: Neighbours, *, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> Autocorrelation:
    """Return Geary's C: below 1 when neighbours differ little, above when they differ much.

    C = (n - 1) / (2 S0) sum w_ij (x_i - x_j)² / sum z². The p-value is that of `moran`.

    >>> from wellserved.science.statistics.places.neighbours import neighbours_of
    >>> row = neighbours_of([[i for i in (a - 1, a + 1) if 0 <= i < 10] for a in range(10)])
    >>> round(geary(range(10), row, rng=np.random.default_rng(1)).value, 3)
    0.055

    Raises:
        StatisticsError: As `moran`.

    Source:
        Geary, R. C. (1954). The contiguity ratio and statistical mapping. The Incorporated Statistician 5, 115-145.
    """
    row, lacking = _read(values, neighbours, permutations)
    if lacking:
        return _unknown(permutations, lacking)
    weights, z = neighbours.matrix(), row - row.mean()
    given, taken = weights.sum(axis=1)[:, None], weights.sum(axis=0)[:, None]
    scale = (len(z) - 1) / (2 * float(neighbours.weight.sum())) / float(z @ z)

    def statistic(many: Floats) -> Floats:
        # (a - b)² summed over pairs, without a matrix of pairs.
        return np.asarray((many**2 * (given + taken) - 2 * many * (weights @ many)).sum(axis=0) * scale)

    return _global(statistic, z, 1.0, rng, permutations)


def local_moran(
    values: Many, neighbours: Neighbours, *, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> LocalAutocorrelation:
    """Return for each area how much it and its neighbours lie on one side of the mean.

    I_i = (n - 1) z_i sum w_ij z_j / sum z². Each area keeps its value while the others are dealt anew among its
    neighbours; the two-sided p-values of all areas together are held at a rate of false findings of 0.05.

    >>> from wellserved.science.statistics.places.neighbours import neighbours_of
    >>> row = neighbours_of([[i for i in (a - 1, a + 1) if 0 <= i < 10] for a in range(10)])
    >>> local_moran(range(10), row, rng=np.random.default_rng(1)).value.round(2).tolist()[:3]
    [1.72, 1.34, 0.68]

    Raises:
        StatisticsError: As `moran`.

    Source:
        Anselin, L. (1995). Local indicators of spatial association: LISA. Geographical Analysis 27, 93-115.
    """
    return _local(values, neighbours, rng, permutations, lambda own, beside, w: own * (beside @ w))


def local_geary(
    values: Many, neighbours: Neighbours, *, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> LocalAutocorrelation:
    """Return for each area how much it differs from its neighbours: c_i = sum w_ij (z_i - z_j)², z standardised.

    Small values are areas among their like, large ones areas unlike their neighbours. p and q as `local_moran`.

    >>> from wellserved.science.statistics.places.neighbours import neighbours_of
    >>> row = neighbours_of([[i for i in (a - 1, a + 1) if 0 <= i < 10] for a in range(10)])
    >>> local_geary(range(10), row, rng=np.random.default_rng(1)).value.round(3).tolist()[:2]
    [0.109, 0.109]

    Raises:
        StatisticsError: As `moran`.

    Source:
        Anselin, L. (2019). A local indicator of multivariate spatial association: extending Geary's c. Geographical
        Analysis 51, 133-150.
    """
    return _local(values, neighbours, rng, permutations, lambda own, beside, w: (beside - own) ** 2 @ w)


def _read(values: Many, neighbours: Neighbours, permutations: int) -> tuple[Floats, str]:
    row = read_series(values)
    if len(row) != neighbours.size:
        raise StatisticsError(f"Give one value for each of the {neighbours.size} areas.")
    if permutations < 99:
        raise StatisticsError("A permutation test needs at least 99 permutations; 999 is usual.")
    if len(row) < FEWEST:
        return row, f"At least {FEWEST} areas are needed, not {len(row)}."
    if not len(neighbours.area):
        return row, "No area has a neighbour."
    if np.ptp(row) <= 1e-12 * np.abs(row).max():
        return row, "All areas have the same value."
    return row, ""


def _global(
    statistic: Callable[[Floats], Floats], z: Floats, expected: float, rng: np.random.Generator, permutations: int
) -> Autocorrelation:
    found = float(statistic(z[:, None])[0])
    batch = max(1, min(permutations, MOST_CELLS // len(z)))
    drawn = np.concatenate(
        [
            statistic(rng.permuted(np.tile(z[:, None], (1, min(batch, permutations - start))), axis=0))
            for start in range(0, permutations, batch)
        ]
    )
    return Autocorrelation(
        value=found,
        expected=expected,
        p=float(_two_sided(np.array([found]), drawn[None])[0]),
        permutations=permutations,
        is_enough=True,
        reason="",
    )


def _two_sided(found: Floats, drawn: Floats) -> Floats:
    # A permutation that deals the same values differs by rounding only, and counts as equal.
    room = 1e-9 * np.maximum(np.abs(found), 1e-300)
    above = (drawn >= (found - room)[:, None]).sum(axis=1)
    below = (drawn <= (found + room)[:, None]).sum(axis=1)
    return np.asarray(np.minimum(2 * (np.minimum(above, below) + 1) / (drawn.shape[1] + 1), 1.0), dtype=np.float64)


def _local(
    values: Many,
    neighbours: Neighbours,
    rng: np.random.Generator,
    permutations: int,
    statistic: Callable[[float, Floats, Floats], Floats],
) -> LocalAutocorrelation:
    row, lacking = _read(values, neighbours, permutations)
    size = neighbours.size
    found, p, quadrant = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size, dtype=np.int64)
    if not lacking:
        z = (row - row.mean()) / row.std(ddof=1)
        order = np.argsort(neighbours.area, kind="stable")
        edges = np.concatenate([[0], np.cumsum(neighbours.counts)])
        # One set of deals serves all areas: places among the others, whoever these are.
        widest = int(neighbours.counts.max())
        deals = np.array([rng.choice(size - 1, widest, replace=False) for _ in range(permutations)])
        for area in np.flatnonzero(neighbours.counts):
            pairs = order[edges[area] : edges[area + 1]]
            weight, own = neighbours.weight[pairs], float(z[area])
            found[area] = statistic(own, z[neighbours.other[pairs]][None], weight)[0]
            dealt = deals[:, : len(pairs)]
            drawn = statistic(own, z[dealt + (dealt >= area)], weight)
            p[area] = _two_sided(found[[area]], drawn[None])[0]
        lag = neighbours.matrix() @ z
        sides = np.where(z > 0, np.where(lag > 0, 1, 4), np.where(lag > 0, 2, 3))
        quadrant = np.where(neighbours.counts > 0, sides, 0)
    looked = discoveries(p, rate=RATE)
    return LocalAutocorrelation(
        value=found,
        p=p,
        q=looked.q,
        is_found=looked.is_found,
        quadrant=quadrant,
        is_enough=not lacking,
        reason=lacking,
    )


def _unknown(permutations: int, reason: str) -> Autocorrelation:
    return Autocorrelation(
        value=np.nan, expected=np.nan, p=np.nan, permutations=permutations, is_enough=False, reason=reason
    )
