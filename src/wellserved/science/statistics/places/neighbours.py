"""Which areas are neighbours, and how much each counts for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

Points = npt.NDArray[Any] | Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Pairs of areas: `area` has the neighbour `other` with a weight, for each of `size` areas numbered from 0.

    Weights of one area sum to 1, or to 0 for an island that has no neighbour.
    """

    area: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    weight: Floats
    size: int

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many neighbours each area has."""
        return np.bincount(self.area, minlength=self.size)

    def matrix(self) -> Any:
        """Return the weights as a sparse matrix, one row an area."""
        return csr_array((self.weight, (self.area, self.other)), shape=(self.size, self.size))


def neighbours_of(lists: Sequence[Sequence[int]]) -> Neighbours:
    """Return the neighbours given as a list for each area, all of an area counting alike.

    >>> neighbours_of([[1], [0, 2], [1]]).weight.tolist()
    [1.0, 0.5, 0.5, 1.0]

    Raises:
        StatisticsError: An area is its own neighbour, or a neighbour is unknown or named twice.
    """
    counts = np.array([len(one) for one in lists], dtype=np.int64)
    area = np.repeat(np.arange(len(lists)), counts)
    other = np.array([int(neighbour) for one in lists for neighbour in one], dtype=np.int64)
    if len(other) and (other.min() < 0 or other.max() >= len(lists)):
        raise StatisticsError("A neighbour is one of the areas, numbered from 0.")
    if (area == other).any() or len(np.unique(area * max(len(lists), 1) + other)) < len(other):
        raise StatisticsError("An area is not its own neighbour, and names each neighbour once.")
    return Neighbours(area=area, other=other, weight=1 / counts[area], size=len(lists))


def nearest_neighbours(points: Points, count: int) -> Neighbours:
    """Return the `count` nearest areas of each by the straight distance of their middles.

    Use coordinates in metres, or degrees of longitude times the cosine of the latitude. Of areas equally far the one
    found first is taken.

    >>> nearest_neighbours([[0, 0], [1, 0], [3, 0]], 1).other.tolist()
    [1, 0, 1]

    Raises:
        StatisticsError: The points are no pairs of finite numbers, or there are not more areas than neighbours.
    """
    places = read_points(points)
    if not 0 < count < len(places):
        raise StatisticsError(f"Of {len(places)} areas each has from 1 to {max(len(places) - 1, 1)} neighbours.")
    found = cKDTree(places).query(places, k=count + 1)[1]
    # An area at the very same place may come before the area itself.
    is_self = found == np.arange(len(places))[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    other = found[~is_self].astype(np.int64)
    area = np.repeat(np.arange(len(places)), count)
    return Neighbours(area=area, other=other, weight=np.full(len(other), 1 / count), size=len(places))


def read_points(points: Points) -> Floats:
    """Return points as pairs of finite numbers, or say what is wrong with them."""
    places = np.asarray(points, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
        raise StatisticsError("Give of every area the two finite coordinates of its middle.")
    return places
