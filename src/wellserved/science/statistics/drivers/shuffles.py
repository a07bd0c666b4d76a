"""What chance alone does: sums of a shuffled outcome in groups."""

from collections.abc import Iterator, Sequence

import numpy as np

from wellserved.science.statistics.drivers.reading import Floats, Ints
from wellserved.science.statistics.errors import StatisticsError

DRAWS = 999
# With more answers the sums of a shuffled outcome are normal for every purpose, and are drawn as such.
MOST_SHUFFLED = 20_000
WORKING_SET = 4_000_000


def shuffled(outcome: Floats, *, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """Yield shuffles of the outcome in chunks of rows, `draws` in all."""
    chunk = max(1, WORKING_SET // max(len(outcome), 1))
    for start in range(0, draws, chunk):
        rows = min(chunk, draws - start)
        yield rng.permuted(np.broadcast_to(outcome, (rows, len(outcome))), axis=1)


def resampled(answers: int, *, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """Yield how often each answer is drawn in resamples of as many, in chunks of rows, `draws` in all."""
    chunk = max(1, WORKING_SET // max(answers, 1))
    for start in range(0, draws, chunk):
        rows = min(chunk, draws - start)
        picked = rng.integers(answers, size=(rows, answers)) + answers * np.arange(rows)[:, None]
        yield np.bincount(picked.ravel(), minlength=rows * answers).reshape(rows, answers).astype(np.float64)


def null_sums(outcome: Floats, groups: Sequence[Ints], *, rng: np.random.Generator, draws: int) -> list[Floats]:
    """Return, for each way of grouping, the sums of shuffled outcomes in each group, (draws, groups).

    The outcome has mean 0, and a grouping numbers its groups from 0 without a gap. The same shuffles serve all
    groupings. Of more than 20,000 answers the sums are drawn from the normal distribution that shuffling tends to, for
    each grouping apart, which can only make a largest one larger.
    """
    read_draws(draws)
    if len(outcome) > MOST_SHUFFLED:
        return [_normal_sums(outcome, group, rng=rng, draws=draws) for group in groups]
    orders = [np.argsort(group, kind="stable") for group in groups]
    starts = [
        np.searchsorted(group[order], np.arange(group.max() + 1)) for group, order in zip(groups, orders, strict=True)
    ]
    parts: list[list[Floats]] = [[] for _ in groups]
    for rows in shuffled(outcome, rng=rng, draws=draws):
        for part, order, start in zip(parts, orders, starts, strict=True):
            part.append(np.add.reduceat(rows[:, order], start, axis=1))
    return [np.vstack(part) for part in parts]


def chance(observed: Floats, largest: Floats) -> Floats:
    """Return how often chance did as well: (1 + draws whose largest reaches the observed) / (1 + draws).

    Source:
        Westfall, P. H. and Young, S. S. (1993). Resampling-based multiple testing. Wiley (the largest of all guards
        against having looked often).
        Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in
        Genetics and Molecular Biology 9, 39.
    """
    ordered = np.sort(largest)
    # A tie counts for chance, also when rounding splits it.
    reached = len(ordered) - np.searchsorted(ordered, observed - 1e-9 * np.abs(observed), side="left")
    return np.asarray((1 + reached) / (1 + len(ordered)), dtype=np.float64)


def read_draws(draws: int) -> None:
    """Refuse fewer draws than a test at 5 % can use."""
    if draws < 99:
        raise StatisticsError("Take 99 draws at the least, and 999 for a figure that is shown.")


def _normal_sums(outcome: Floats, group: Ints, *, rng: np.random.Generator, draws: int) -> Floats:
    sizes = np.bincount(group).astype(np.float64)
    free = rng.standard_normal((draws, len(sizes))) * np.sqrt(sizes)
    tied = free - free.sum(axis=1, keepdims=True) * sizes / sizes.sum()
    return np.asarray(tied * outcome.std(ddof=1), dtype=np.float64)
