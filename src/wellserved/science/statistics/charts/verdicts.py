"""What a chart says at a glance: how it varies, and whether its target will be met."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from wellserved.science.statistics.charts.control import ControlChart, Standing
from wellserved.science.statistics.charts.detection import Signal
from wellserved.science.statistics.errors import StatisticsError

Better = Literal["higher", "lower", "neither"]


class Variation(StrEnum):
    """What the latest point says: ordinary ups and downs, or a special cause and of which kind."""

    COMMON_CAUSE = "common cause"
    IMPROVING_HIGH = "improving, high"
    IMPROVING_LOW = "improving, low"
    CONCERNING_HIGH = "concerning, high"
    CONCERNING_LOW = "concerning, low"
    SPECIAL_HIGH = "special cause, high"
    SPECIAL_LOW = "special cause, low"
    SPECIAL = "special cause"
    TOO_FEW = "too few points"


class Assurance(StrEnum):
    """What the limits say of the target, if nothing changes."""

    HITS = "consistently hits the target"
    MISSES = "consistently misses the target"
    HIT_AND_MISS = "hit and miss"
    NO_TARGET = "no target"
    TOO_FEW = "too few points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Icons:
    """Both answers, and the signal that the first rests on."""

    variation: Variation
    assurance: Assurance
    signal: Signal | None


def icons(chart: ControlChart, *, better: Better, target: float | None = None) -> Icons:
    """Return what the latest point and the latest limits say, by which direction is better.

    Variation: the first rule, in the order of the set, that the latest point belongs to; its side is an improvement or
    a concern. Assurance: a target beyond the limits is hit or missed by every ordinary point, one between or on them by
    some. Where neither direction is better, a special cause is just that and no target is judged.

    >>> from wellserved.science.statistics.charts.measurements import chart_values
    >>> chart = chart_values([50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50, 62], baseline=12)
    >>> found = icons(chart, better="higher", target=45)
    >>> found.variation.value, found.assurance.value, found.signal.words
    ('improving, high', 'hit and miss', 'beyond the limits')

    Raises:
        StatisticsError: The target is no finite number, or the direction none of the three.

    Source:
        NHS England. Making data count: strengthening your decisions.
    """
    if better not in ("higher", "lower", "neither"):
        raise StatisticsError("Say whether higher, lower or neither is better.")
    if target is not None and not np.isfinite(target):
        raise StatisticsError("A target is a finite number; leave it out where there is none.")
    place = int(np.flatnonzero(~np.isnan(chart.values))[-1])
    phase = next(one for one in chart.phases if one.start <= place < one.stop)
    if phase.standing is Standing.TOO_FEW:
        judged = Assurance.NO_TARGET if target is None or better == "neither" else Assurance.TOO_FEW
        return Icons(variation=Variation.TOO_FEW, assurance=judged, signal=None)
    signal = next((one for one in chart.signals if place in one.points), None)
    return Icons(
        variation=_variation(signal, better),
        assurance=_assurance(float(chart.lower[place]), float(chart.upper[place]), target, better),
        signal=signal,
    )


def _variation(signal: Signal | None, better: Better) -> Variation:
    if signal is None:
        return Variation.COMMON_CAUSE
    if signal.side == 0:
        return Variation.SPECIAL
    is_high = signal.side > 0
    if better == "neither":
        return Variation.SPECIAL_HIGH if is_high else Variation.SPECIAL_LOW
    if is_high:
        return Variation.IMPROVING_HIGH if better == "higher" else Variation.CONCERNING_HIGH
    return Variation.IMPROVING_LOW if better == "lower" else Variation.CONCERNING_LOW


def _assurance(lower: float, upper: float, target: float | None, better: Better) -> Assurance:
    if target is None or better == "neither":
        return Assurance.NO_TARGET
    if target > upper:
        return Assurance.HITS if better == "lower" else Assurance.MISSES
    if target < lower:
        return Assurance.HITS if better == "higher" else Assurance.MISSES
    return Assurance.HIT_AND_MISS
