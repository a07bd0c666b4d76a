"""The chance of a yes by what is known beforehand."""

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

# So weak a pull to 0 that it shows only where the data would send a coefficient to infinity.
RIDGE = 1e-3
ROUNDS = 100


def fit(columns: Floats, outcome: Floats) -> Floats:
    """Return the fitted chances of a logistic regression on standardised columns (n, c), by Newton's method.

    The chances add up to the number of yes. A constant column counts for nothing. Where a column tells yes from no
    entirely, a ridge of 0.001 keeps the coefficients finite.

    >>> fit(np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([0.0, 1.0, 1.0, 1.0])).round(2).tolist()
    [0.5, 0.5, 1.0, 1.0]

    Raises:
        StatisticsError: The outcome is not made of 0 and 1, or everybody has the same.

    Source:
        McCullagh, P. and Nelder, J. A. (1989). Generalized linear models, 2nd ed. Chapman and Hall, chapter 4.
    """
    if not np.isin(outcome, (0.0, 1.0)).all() or not 0 < outcome.sum() < len(outcome):
        raise StatisticsError("A chance is learnt from answers 0 and 1, of which both occur.")
    spread = columns.std(axis=0)
    scaled = (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(outcome)), np.where(spread > 0, scaled, 0.0)])
    pull = np.full(design.shape[1], RIDGE)
    pull[0] = 0.0
    share = outcome.mean()
    found = np.zeros(design.shape[1])
    found[0] = np.log(share / (1 - share))
    best = _likelihood(found, design, outcome, pull)
    for _ in range(ROUNDS):
        chance = _chance(design @ found)
        slope = design.T @ (outcome - chance) - pull * found
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.lstsq(bend, slope, rcond=None)[0]
        after = _likelihood(found + step, design, outcome, pull)
        while after < best and np.abs(step).max() > 1e-10:
            step = step / 2
            after = _likelihood(found + step, design, outcome, pull)
        found, gained, best = found + step, after - best, max(after, best)
        if gained < 1e-10 * (1 + abs(best)):
            break
    return _chance(design @ found)


def _chance(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -500, 500))), dtype=np.float64)


def _likelihood(found: Floats, design: Floats, outcome: Floats, pull: Floats) -> float:
    logit = design @ found
    return float((outcome * logit - np.logaddexp(0, logit)).sum() - (pull * found**2).sum() / 2)
