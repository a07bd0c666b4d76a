"""What makes things happen sooner: Cox's proportional hazards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtr, ndtri

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.lifetimes.survival import Happened, read_waits
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

EVENTS_A_DRIVER = 5
STEPS = 50
# A coefficient so far out, of a driver in standard deviations, is running away.
FARTHEST = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cox:
    """How much each driver multiplies the hazard, one value for each.

    `coefficient` is the logarithm of `ratio`, with its standard `error`; `low` and `high` bound the ratio. `drift_p` is
    the p-value of each ratio changing over time: a small one means that one ratio does not tell it all. With
    `is_enough` False the figures are NaN and `reason` says why.
    """

    coefficient: Floats
    error: Floats
    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    drift_p: Floats
    log_likelihood: float
    null_log_likelihood: float
    events: int
    is_enough: bool
    reason: str

    @property
    def overall_p(self) -> float:
        """The likelihood-ratio test of all drivers together."""
        apart = 2 * (self.log_likelihood - self.null_log_likelihood)
        return float(chdtrc(len(self.coefficient), max(apart, 0.0))) if self.is_enough else np.nan


@dataclass(frozen=True, slots=True)
class _Risk:
    """The cases in descending order of time, and of each event its risk set and its place among those tied with it."""

    x: Floats
    event_rows: npt.NDArray[np.intp]
    last_at_risk: npt.NDArray[np.intp]
    first_tied: npt.NDArray[np.intp]
    share: Floats
    is_event: Floats


def cox(
    times: Many,
    happened: Happened,
    drivers: npt.NDArray[Any] | Sequence[Sequence[float]] | Sequence[float],
    *,
    confidence: float = CONFIDENCE,
) -> Cox:
    """Return how each driver multiplies the chance of happening next, whatever the time.

    The hazard is h0(t) exp(b'x), one row of x a case. b maximises the partial likelihood with Efron's rule for ties:
    for the l-th of d tied events the risk set weighs sum over waiting of exp(b'x) less l/d of that of the tied.
    Newton's method, halving a step that does not help. The drift test is that of Grambsch and Therneau: the correlation
    of the scaled Schoenfeld residuals with the rank of the time. Five events a driver are needed; a driver that parts
    those it happened to from the rest altogether has no finite ratio, which `reason` says.

    >>> found = cox([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 1, 1, 1, 0, 1], [1, 1, 0, 1, 0, 1, 0, 0])
    >>> round(float(found.coefficient[0]), 2), round(float(found.error[0]), 2)
    (1.24, 0.88)

    Raises:
        StatisticsError: As `kaplan_meier`, or the drivers are not one row of finite numbers for each case.

    Source:
        Cox, D. R. (1972). Regression models and life-tables. JRSS B 34, 187-220.
        Efron, B. (1977). The efficiency of Cox's likelihood function for censored data. JASA 72, 557-565.
        Grambsch, P. M. and Therneau, T. M. (1994). Proportional hazards tests and diagnostics based on weighted
        residuals. Biometrika 81, 515-526.
    """
    waits, over = read_waits(times, happened)
    x = np.asarray(drivers, dtype=np.float64)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) != len(waits) or not x.shape[1] or not np.isfinite(x).all():
        raise StatisticsError("Give of every case one row of finite drivers.")
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    events = int(over.sum())
    scale = x.std(axis=0)
    lacking = _lacking(x, scale, events)
    if lacking:
        return _nothing(x.shape[1], events, lacking)
    # In standard deviations from the mean, so that the exponentials stay in range.
    risk = _risk(waits, over, (x - x.mean(axis=0)) / scale)
    found, likelihood, information = _newton(risk, x.shape[1])
    if np.abs(found).max() > FARTHEST or not np.isfinite(np.linalg.cond(information)):
        apart = "A driver parts those it happened to from the rest altogether, so its ratio is endless; leave it out."
        return _nothing(x.shape[1], events, apart)
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    coefficient, error = found / scale, np.sqrt(np.diag(covariance)) / scale
    half = float(ndtri((1 + confidence) / 2)) * error
    with np.errstate(over="ignore"):
        low, high = np.exp(coefficient - half), np.exp(coefficient + half)
    return Cox(
        coefficient=coefficient,
        error=error,
        ratio=np.exp(coefficient),
        low=low,
        high=high,
        p=2 * ndtr(-np.abs(coefficient) / error),
        drift_p=_drift(risk, found, covariance),
        log_likelihood=likelihood,
        null_log_likelihood=_terms(risk, np.zeros(x.shape[1]))[0],
        events=events,
        is_enough=True,
        reason="",
    )


def _lacking(x: Floats, scale: Floats, events: int) -> str:
    drivers = x.shape[1]
    if events < EVENTS_A_DRIVER * drivers:
        return f"{drivers} drivers need {EVENTS_A_DRIVER * drivers} events, not {events}."
    centred = x - x.mean(axis=0)
    if (scale <= 1e-12 * np.abs(x).max(axis=0)).any() or np.linalg.matrix_rank(centred) < drivers:
        return "A driver is the same for all, or follows from the others; leave it out."
    return ""


def _risk(waits: Floats, over: npt.NDArray[np.bool_], x: Floats) -> _Risk:
    order = np.lexsort((~over, -waits))
    late, happened = -waits[order], over[order]
    rows = np.flatnonzero(happened)
    first = np.searchsorted(late, late[rows], side="left")
    # Within a time, events come first: the place of an event is its distance from the first.
    tied = np.bincount(np.unique(late[rows], return_inverse=True)[1])
    size = np.repeat(tied, tied)
    return _Risk(
        x=x[order],
        event_rows=rows,
        last_at_risk=np.searchsorted(late, late[rows], side="right") - 1,
        first_tied=first,
        share=(rows - first) / size,
        is_event=happened.astype(np.float64),
    )


def _terms(risk: _Risk, b: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Return the log likelihood, its slope, the information, and of each event the mean driver at risk."""
    eta = risk.x @ b
    shift = eta.max()
    weight = np.exp(eta - shift)
    products = np.column_stack([np.ones(len(eta)), risk.x, _squares(risk.x)]) * weight[:, None]
    waiting = np.cumsum(products, axis=0)[risk.last_at_risk]
    running = np.vstack([np.zeros(products.shape[1]), np.cumsum(products * risk.is_event[:, None], axis=0)])
    tied = running[risk.last_at_risk + 1] - running[risk.first_tied]
    left = waiting - risk.share[:, None] * tied
    count = risk.x.shape[1]
    mean = left[:, 1 : count + 1] / left[:, :1]
    square = (left[:, count + 1 :] / left[:, :1]).sum(axis=0).reshape(count, count)
    likelihood = float(eta[risk.event_rows].sum() - (np.log(left[:, 0]) + shift).sum())
    return likelihood, (risk.x[risk.event_rows] - mean).sum(axis=0), square - mean.T @ mean, mean


def _squares(x: Floats) -> Floats:
    return np.asarray((x[:, :, None] * x[:, None, :]).reshape(len(x), -1))


def _newton(risk: _Risk, count: int) -> tuple[Floats, float, Floats]:
    b = np.zeros(count)
    likelihood, slope, information, _ = _terms(risk, b)
    for _ in range(STEPS):
        step = np.linalg.lstsq(information, slope, rcond=None)[0]
        for _ in range(20):
            tried = _terms(risk, b + step)
            if tried[0] >= likelihood - 1e-12 * abs(likelihood):
                break
            step = step / 2
        b = b + step
        gained = tried[0] - likelihood
        likelihood, slope, information = tried[0], tried[1], tried[2]
        if gained < 1e-11 * max(abs(likelihood), 1.0) and np.abs(step).max() < 1e-8:
            break
        if np.abs(b).max() > FARTHEST:
            break
    return b, likelihood, information


def _drift(risk: _Risk, b: Floats, covariance: Floats) -> Floats:
    mean = _terms(risk, b)[3]
    residuals = (risk.x[risk.event_rows] - mean) @ covariance * len(mean)
    # The rows run from late to early; ties share their middle rank.
    _, place, tied = np.unique(risk.last_at_risk, return_inverse=True, return_counts=True)
    rank = (np.cumsum(tied) - (tied - 1) / 2)[place]
    centred = rank - rank.mean()
    room = float((centred**2).sum())
    if room == 0:
        return np.full(len(b), np.nan)
    chi_square = (centred @ residuals) ** 2 / (len(mean) * np.diag(covariance) * room)
    return np.asarray(chdtrc(1, chi_square), dtype=np.float64)


def _nothing(count: int, events: int, reason: str) -> Cox:
    none = np.full(count, np.nan)
    return Cox(
        coefficient=none,
        error=none,
        ratio=none,
        low=none,
        high=none,
        p=none,
        drift_p=none,
        log_likelihood=np.nan,
        null_log_likelihood=np.nan,
        events=events,
        is_enough=False,
        reason=reason,
    )
