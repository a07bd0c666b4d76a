"""Where to act first: importance against performance, and what people say against what moves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.servqual import mean_interval

Place = Literal["concentrate here", "keep up the good work", "low priority", "possible overkill", ""]
Kind = Literal["key", "given", "hidden", "minor", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute: mean importance and performance, their gap I - P with interval, and its place.

    The gap is NaN, its bounds endless, with fewer than two people who gave both. `is_clear` says that neither mean's
    interval crosses its crosshair. `place` is empty where no crosshair can part the attributes.
    """

    name: str
    importance: float
    performance: float
    gap: float
    gap_low: float
    gap_high: float
    answers: int
    place: Place
    is_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportancePerformance:
    """All attributes in the order given, and where the crosshairs stand; `reason` says why there are no places."""

    attributes: tuple[Attribute, ...]
    importance_line: float
    performance_line: float
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDerived:
    """What each driver is, in the order given.

    `kinds`: key where people say it matters and it moves them; given where they say so and it does not, as what is
    always there moves nobody; hidden where it moves them unsaid; minor otherwise. `agreement` is the rank correlation
    of the two. Without spread it is NaN, the kinds are empty and `reason` says so.
    """

    kinds: tuple[Kind, ...]
    stated_line: float
    derived_line: float
    agreement: float
    is_enough: bool
    reason: str


def importance_performance(
    importance: Many,
    performance: Many,
    names: Sequence[str],
    *,
    lines: tuple[float, float] | None = None,
    confidence: float = CONFIDENCE,
) -> ImportancePerformance:
    """Return the place of each attribute from the answers: one row a person, one column an attribute, NaN unanswered.

    Important and weak: concentrate here; important and strong: keep up the good work; unimportant and weak: low
    priority; unimportant and strong: possible overkill. `lines` are the crosshairs of importance and performance, the
    means of the attributes when left out; on the line counts as above. The middle of the scale as a line asks whether
    anything is weak at all; the mean always finds something.

    >>> found = importance_performance([[9, 4], [8, 5]], [[3, 8], [4, 9]], ["reply time", "layout"])
    >>> [(one.name, one.place) for one in found.attributes]
    [('reply time', 'concentrate here'), ('layout', 'possible overkill')]

    Raises:
        StatisticsError: The shapes differ, a score is endless, or an attribute has no answer.

    Source:
        Martilla, J. A. and James, J. C. (1977). Importance-performance analysis. Journal of Marketing 41(1), 77-79.
    """
    wanted, seen = np.asarray(importance, dtype=np.float64), np.asarray(performance, dtype=np.float64)
    if wanted.ndim != 2 or seen.ndim != 2 or {wanted.shape[1], seen.shape[1]} != {len(names)}:
        raise StatisticsError("Give one row a person and one column for each attribute named.")
    if np.isinf(wanted).any() or np.isinf(seen).any():
        raise StatisticsError("Scores are finite; give NaN where there is no answer.")
    if np.isnan(wanted).all(axis=0).any() or np.isnan(seen).all(axis=0).any():
        raise StatisticsError("Each attribute needs an answer to both; leave the others out.")
    means = np.vstack([np.nanmean(wanted, axis=0), np.nanmean(seen, axis=0)])
    across, up = lines or (float(means[0].mean()), float(means[1].mean()))
    is_enough = lines is not None or bool(np.ptp(means, axis=1).all())
    is_paired = wanted.shape == seen.shape
    attributes = []
    for j, name in enumerate(names):
        gaps = wanted[:, j] - seen[:, j] if is_paired else np.array([])
        known = gaps[~np.isnan(gaps)]
        bounds = mean_interval(known, confidence=confidence)
        sides = (mean_interval(wanted[:, j], confidence=confidence), mean_interval(seen[:, j], confidence=confidence))
        crossed = [one.low <= line <= one.high for one, line in zip(sides, (across, up), strict=True)]
        attributes.append(
            Attribute(
                name=name,
                importance=float(means[0, j]),
                performance=float(means[1, j]),
                gap=float(known.mean()) if len(known) > 1 else np.nan,
                gap_low=bounds.low,
                gap_high=bounds.high,
                answers=len(known),
                place=_place(means[0, j] >= across, means[1, j] >= up) if is_enough else "",
                is_clear=is_enough and not any(crossed),
            )
        )
    reason = (
        "" if is_enough else "All attributes have one mean, so the crosshair parts nothing; give lines of your own."
    )
    return ImportancePerformance(
        attributes=tuple(attributes), importance_line=across, performance_line=up, is_enough=is_enough, reason=reason
    )


def stated_derived(stated: Many, derived: Many) -> StatedDerived:
    """Return what each driver is by what people say matters and what moves them, one value a driver in one order.

    Both are parted at their means, and on the line counts as high. Derived importance hangs on how much a driver
    varies, so it ranks low what is always good: then what people say is the better guide.

    >>> stated_derived([9, 8, 3, 2], [0.4, 0.1, 0.3, 0.05]).kinds
    ('key', 'given', 'hidden', 'minor')

    Raises:
        StatisticsError: The two are not of one length, or a value is missing or endless.

    Source:
        Spearman, C. (1904). The proof and measurement of association between two things. American Journal of
        Psychology 15, 72-101 (the rank correlation).
        Vavra, T. G. (1997). Improving your measurement of customer satisfaction. ASQ Quality Press (the grid).
    """
    said, moved = np.asarray(stated, dtype=np.float64), np.asarray(derived, dtype=np.float64)
    if said.ndim != 1 or said.shape != moved.shape or not said.size:
        raise StatisticsError("Give what is said and what is derived of each driver, in the same order.")
    if not (np.isfinite(said).all() and np.isfinite(moved).all()):
        raise StatisticsError("Leave out drivers of which either is not known.")
    is_enough = bool(np.ptp(said) > 0 and np.ptp(moved) > 0)
    lines = (float(said.mean()), float(moved.mean()))
    return StatedDerived(
        kinds=tuple(_kind(a >= lines[0], b >= lines[1]) if is_enough else "" for a, b in zip(said, moved, strict=True)),
        stated_line=lines[0],
        derived_line=lines[1],
        agreement=float(np.corrcoef(_ranks(said), _ranks(moved))[0, 1]) if is_enough else np.nan,
        is_enough=is_enough,
        reason="" if is_enough else "Drivers that are all said, or all found, to matter alike cannot be parted.",
    )


def _place(is_important: bool, is_strong: bool) -> Place:
    if is_important:
        return "keep up the good work" if is_strong else "concentrate here"
    return "possible overkill" if is_strong else "low priority"


def _kind(is_said: bool, is_moving: bool) -> Kind:
    if is_said:
        return "key" if is_moving else "given"
    return "hidden" if is_moving else "minor"


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1, the mean rank of equals."""
    ordered = np.sort(values)
    first, last = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return np.asarray((first + last + 1) / 2, dtype=np.float64)
