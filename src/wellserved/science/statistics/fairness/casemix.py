"""What a team achieved against what its cases would have let anybody achieve."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.columns import Column, read_column
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Interval, Many, wilson
from wellserved.science.statistics.quantiles import two_sided

Labels = npt.NDArray[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedExpected:
    """Kept over expected: `ratio` 1 is what the cases let expect; its bounds leave 1 out exactly when |z| is beyond.

    Where nothing is expected, or the cases leave nothing to chance, ratio or z are NaN and `is_enough` is false.
    """

    cases: int
    observed: float
    expected: float
    ratio: float
    low: float
    high: float
    z: float
    is_different: bool
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """The share a team would have with everybody's mix of cases; NaN when it lacks a stratum of that mix.

    `covered` is the share of the mix that it has cases of.
    """

    share: float
    low: float
    high: float
    covered: float
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCaseMix:
    """One team: raw share with interval, indirect standardisation, the share it implies, and direct standardisation.

    `adjusted` is the ratio times the overall share, 1 at most.
    """

    name: str
    raw: float
    raw_bounds: Interval[float]
    indirect: ObservedExpected
    adjusted: float
    direct: Standardised


def observed_expected(
    kept: float, chances: Many, *, cases: Many | None = None, confidence: float = CONFIDENCE
) -> ObservedExpected:
    """Return how many were kept of how many could be expected, with interval and z.

    `chances` is what each case, or each kind of case with its number in `cases`, would have had anywhere. E = Σ p,
    V = Σ p (1 - p), z = (O - E) / √V. The interval is Wilson's for the share O / n, with as many cases as vary by V at
    the expected share, over the expected share.

    >>> found = observed_expected(88, [0.95, 0.7], cases=[80, 20])
    >>> round(found.ratio, 4), round(found.z, 4), found.is_different
    (0.9778, -0.7071, False)

    Raises:
        StatisticsError: A chance lies outside 0 to 1, a number of cases below 0, or more are kept than there are.

    Source:
        Iezzoni, L. I. (2013). Risk adjustment for measuring health care outcomes, 4th ed. Health Administration Press.
        Wilson (1927), see `wilson`.
    """
    odds = np.atleast_1d(np.asarray(chances, dtype=np.float64))
    sizes = np.ones_like(odds) if cases is None else np.atleast_1d(np.asarray(cases, dtype=np.float64))
    if odds.shape != sizes.shape or not np.isfinite(sizes).all() or (sizes < 0).any():
        raise StatisticsError("Give one number of cases, none or more, for each chance.")
    if not ((odds >= 0) & (odds <= 1)).all():
        raise StatisticsError("A chance lies between 0 and 1, and is known for each case.")
    total, expected = float(sizes.sum()), float(sizes @ odds)
    variance = float(sizes @ (odds * (1 - odds)))
    if not 0 <= kept <= total:
        raise StatisticsError("Between none and all cases are kept.")
    reach = two_sided(confidence)
    if variance <= 0 or expected <= 0:
        reason = "There is no case." if total == 0 else "These cases leave nothing to chance, so nothing can be tested."
        return _untested(kept, total, expected, reason)
    share = expected / total
    like = total * (total * share * (1 - share)) / variance
    bounds = wilson(kept / total * like, like, confidence=confidence)
    z = (kept - expected) / math.sqrt(variance)
    return ObservedExpected(
        cases=int(total),
        observed=kept,
        expected=expected,
        ratio=kept / expected,
        low=bounds.low / share,
        high=bounds.high / share,
        z=z,
        is_different=abs(z) > reach,
        is_enough=True,
        reason="",
    )


def standardise_directly(kept: Many, cases: Many, mix: Many, *, confidence: float = CONFIDENCE) -> Standardised:
    """Return the share Σ w p of a team under a standard mix w of strata, from its kept and its cases in each.

    The interval puts the Wilson intervals l, u of the strata together:
    Σ w p - √Σ w² (p - l)² to Σ w p + √Σ w² (u - p)². A stratum of the mix without a case has no share to weigh, and
    then nothing is said; indirect standardisation still is.

    >>> found = standardise_directly([76, 12], [80, 20], [100, 100])
    >>> round(found.share, 3), round(found.low, 3), round(found.high, 3)
    (0.775, 0.662, 0.867)

    Raises:
        StatisticsError: The lengths differ, counts cannot be used, or the mix is negative or adds up to nothing.

    Source:
        Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
        Statistics in Medicine 27, 1693-1702.
    """
    met, total, weights = (np.asarray(part, dtype=np.float64) for part in (kept, cases, mix))
    if not met.shape == total.shape == weights.shape or met.ndim != 1:
        raise StatisticsError("Give kept, cases and mix of the same strata.")
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.sum() > 0:
        raise StatisticsError("A mix has counts or shares of none or more that add up to something.")
    bounds = wilson(met, total, confidence=confidence)
    weights = weights / weights.sum()
    has_cases = total > 0
    covered = float(weights[has_cases].sum())
    if (weights[~has_cases] > 0).any():
        reason = f"The team has cases of {covered:.0%} of the mix only; compare kept with expected instead."
        return Standardised(
            share=math.nan, low=math.nan, high=math.nan, covered=covered, is_enough=False, reason=reason
        )
    shares = np.where(has_cases, met / np.where(has_cases, total, 1.0), 0.0)
    share = float(weights @ shares)
    down = math.sqrt(float((weights**2 * np.where(has_cases, shares - bounds.low, 0.0) ** 2).sum()))
    up = math.sqrt(float((weights**2 * np.where(has_cases, bounds.high - shares, 0.0) ** 2).sum()))
    return Standardised(
        share=share,
        low=max(share - down, 0.0),
        high=min(share + up, 1.0),
        covered=covered,
        is_enough=True,
        reason="",
    )


def case_mix(kept: Column, teams: Column, strata: Column, *, confidence: float = CONFIDENCE) -> tuple[TeamCaseMix, ...]:
    """Return each team, by name, against what its mix of strata lets expect; one value a case in one order.

    `kept` is 0 or 1, a stratum is whatever makes cases alike, such as channel and category in one word. What a stratum
    lets expect is the share kept in it by all teams together. A case of which anything is not known is left out.

    >>> kept = [1] * 8 + [0] * 2 + [1] * 6 + [0] * 4
    >>> found = case_mix(kept, ["a"] * 10 + ["b"] * 10, ["easy"] * 5 + ["hard"] * 5 + ["easy"] * 5 + ["hard"] * 5)
    >>> [(team.name, team.raw, round(team.indirect.ratio, 2)) for team in found]
    [('a', 0.8, 1.14), ('b', 0.6, 0.86)]

    Raises:
        StatisticsError: The lengths differ, no case is complete, or `kept` is neither 0 nor 1.

    Source:
        See `observed_expected` and `standardise_directly`.
    """
    (met, has_met), (owners, has_owner), (kinds, has_kind) = (
        read_column(column, name) for column, name in ((kept, "kept"), (teams, "the teams"), (strata, "the strata"))
    )
    if not len(met) == len(owners) == len(kinds):
        raise StatisticsError("Give kept, team and stratum of each case.")
    used = has_met & has_owner & has_kind
    if not used.any() or not np.isin(met[used], (0.0, 1.0)).all():
        raise StatisticsError("Give at least one case that is kept (1) or not (0), with its team and stratum.")
    names, owner = np.unique(owners[used].astype(np.str_), return_inverse=True)
    levels, kind = np.unique(kinds[used].astype(np.str_), return_inverse=True)
    shape = (len(names), len(levels))
    flat = owner * len(levels) + kind
    total = np.bincount(flat, minlength=len(names) * len(levels)).reshape(shape).astype(np.float64)
    done = np.bincount(flat, weights=met[used].astype(np.float64), minlength=len(names) * len(levels)).reshape(shape)
    chances = done.sum(axis=0) / total.sum(axis=0)
    overall = float(done.sum() / total.sum())
    return tuple(
        _team(
            name, done[row], total[row], chances=chances, mix=total.sum(axis=0), overall=overall, confidence=confidence
        )
        for row, name in enumerate(names.tolist())
    )


def _team(
    name: str, kept: Floats, cases: Floats, *, chances: Floats, mix: Floats, overall: float, confidence: float
) -> TeamCaseMix:
    indirect = observed_expected(float(kept.sum()), chances, cases=cases, confidence=confidence)
    return TeamCaseMix(
        name=name,
        raw=float(kept.sum() / cases.sum()),
        raw_bounds=wilson(float(kept.sum()), float(cases.sum()), confidence=confidence),
        indirect=indirect,
        adjusted=min(indirect.ratio * overall, 1.0) if not math.isnan(indirect.ratio) else math.nan,
        direct=standardise_directly(kept, cases, mix, confidence=confidence),
    )


def _untested(kept: float, total: float, expected: float, reason: str) -> ObservedExpected:
    return ObservedExpected(
        cases=int(total),
        observed=kept,
        expected=expected,
        ratio=kept / expected if expected > 0 else math.nan,
        low=math.nan,
        high=math.nan,
        z=math.nan,
        is_different=False,
        is_enough=False,
        reason=reason,
    )
