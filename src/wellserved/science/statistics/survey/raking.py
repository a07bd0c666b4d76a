"""Weights that make those who answered look like those who were invited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many

Labels = npt.NDArray[Any] | Sequence[Any]

# A weight of more than so many medians is one voice too loud.
TRIM = 5.0
ROUNDS = 200
TURNS = 50
CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of mean 1, one an answer, and what they cost.

    `design_effect` is by how much unequal weights inflate a variance (Kish), `effective` how many equal answers say
    as much. `furthest` is by how much a weighted share still differs from its margin at most; trimming leaves some.
    """

    values: Floats
    design_effect: float
    effective: float
    trimmed: int
    furthest: float
    is_reached: bool


def kish(weights: Many) -> tuple[float, float]:
    """Return the design effect n Σw² / (Σw)² of unequal weights, and the effective number n over it.

    >>> kish([1, 1, 2])
    (1.125, 2.6666666666666665)

    Raises:
        StatisticsError: There is no weight, one is negative or endless, or all are 0.

    Source:
        Kish, L. (1965). Survey sampling. Wiley.
    """
    values = read_weights(weights)
    values = values / values.max()
    effect = float(len(values) * (values**2).sum() / values.sum() ** 2)
    return effect, len(values) / effect


def rake(
    answers: Mapping[str, Labels],
    margins: Mapping[str, Mapping[Any, float]],
    *,
    base: Many | None = None,
    trim: float | None = TRIM,
) -> Weights:
    """Return weights under which the answers have the given margins, by fitting one margin after the other.

    `answers` has one label an answer for each field, `margins` the counts or shares of each label among all invited;
    `base` are weights to begin with, such as one over the chance to be invited. A weight beyond `trim` medians is cut
    to it and the margins are fitted again as far as the cut allows; None cuts nothing.

    >>> found = rake({"channel": ["mail"] * 3 + ["phone"]}, {"channel": {"mail": 50, "phone": 50}})
    >>> found.values.round(3).tolist(), round(found.design_effect, 3)
    ([0.667, 0.667, 0.667, 2.0], 1.333)

    Raises:
        StatisticsError: Fields or labels of answers and margins do not match, someone was invited but nobody of the
            kind answered, or a weight cannot be used.

    Source:
        Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the
        expected marginal totals are known. Annals of Mathematical Statistics 11, 427-444.
        Battaglia, M. P., Hoaglin, D. C. and Frankel, M. R. (2009). Practical considerations in raking survey data.
        Survey Practice 2(5) (trimming).
    """
    fields = [_field(name, labels, margins.get(name)) for name, labels in answers.items()]
    if not fields or set(answers) != set(margins):
        raise StatisticsError("Give the answers' labels and the margins of the same fields, at least one.")
    total = len(fields[0][0])
    if any(len(codes) != total for codes, _ in fields):
        raise StatisticsError("Give one label of each field for each answer.")
    if trim is not None and not trim > 1:
        raise StatisticsError("Cut weights beyond more than one median, such as 5.")
    start = np.ones(total) if base is None else read_weights(base)
    if len(start) != total or not (start > 0).all():
        raise StatisticsError("Begin with one weight above 0 for each answer.")
    values = _fit(start / start.mean(), fields)
    cut = np.zeros(total, dtype=bool)
    if trim is not None:
        values, cut = _trim(values, fields, trim)
    effect, effective = kish(values)
    furthest = max(float(np.abs(_shares(values, codes, len(goal)) - goal).max()) for codes, goal in fields)
    return Weights(
        values=values,
        design_effect=effect,
        effective=effective,
        trimmed=int(cut.sum()),
        furthest=furthest,
        is_reached=furthest < 1e-6,
    )


def read_weights(weights: Many) -> Floats:
    """Return weights as floats, or say what is wrong with them.

    >>> read_weights([1, 2]).tolist()
    [1.0, 2.0]

    Raises:
        StatisticsError: There is no weight, one is negative or endless, or all are 0.
    """
    values = np.asarray(weights, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any() or not values.sum() > 0:
        raise StatisticsError("Weights are one row of finite numbers, none below 0 and one at least above it.")
    return values


def _field(name: str, labels: Labels, margin: Mapping[Any, float] | None) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the position of each answer in the margin, and the margin as shares."""
    if margin is None:
        raise StatisticsError(f"Give the margin of {name}.")
    sizes = np.array(list(margin.values()), dtype=np.float64)
    if not np.isfinite(sizes).all() or (sizes < 0).any() or not sizes.sum() > 0:
        raise StatisticsError(f"The margin of {name} has counts or shares, none below 0.")
    invited = [str(label) for label, size in margin.items() if size > 0]
    given = np.asarray(labels).astype(np.str_)
    present, codes = np.unique(given, return_inverse=True)
    unknown, silent = sorted(set(present.tolist()) - set(invited)), sorted(set(invited) - set(present.tolist()))
    if unknown:
        raise StatisticsError(f"Nobody invited has {', '.join(unknown)} as {name}: add it to the margin.")
    if silent:
        raise StatisticsError(f"Nobody with {', '.join(silent)} as {name} answered: join it with a like one.")
    by_name = {str(label): size for label, size in margin.items()}
    goal = np.array([by_name[label] for label in present.tolist()], dtype=np.float64)
    return codes.astype(np.int64), goal / goal.sum()


def _shares(values: Floats, codes: npt.NDArray[np.int64], levels: int) -> Floats:
    sums = np.bincount(codes, weights=values, minlength=levels)
    return np.asarray(sums / values.sum(), dtype=np.float64)


def _fit(values: Floats, fields: Sequence[tuple[npt.NDArray[np.int64], Floats]]) -> Floats:
    for _ in range(ROUNDS):
        before = values
        for codes, goal in fields:
            values = values * (goal / _shares(values, codes, len(goal)))[codes]
        values = values / values.mean()
        if np.abs(values - before).max() < CLOSE:
            break
    return values


def _trim(
    values: Floats, fields: Sequence[tuple[npt.NDArray[np.int64], Floats]], trim: float
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Cut and fit in turns until both hold, or else end with the cut."""
    limit = trim * float(np.median(values))
    for _ in range(TURNS):
        if values.max() <= limit * (1 + CLOSE):
            break
        values = _fit(np.minimum(values, limit), fields)
        limit = trim * float(np.median(values))
    values = np.minimum(values, limit)
    return values / values.mean(), values >= limit * (1 - 1e-6)
