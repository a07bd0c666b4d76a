"""What a risk costs, where it stands on the scales, and how that is said."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from wellserved.apps.standards.types.risks import (
    IMPACTS,
    LIKELIHOODS,
    THRESHOLD_LOSS,
    THRESHOLD_SCORE,
    Assessment,
    Control,
    ControlRow,
)
from wellserved.science.statistics import Losses, Pert, annual_losses, annual_moments, control_value

SHARES_OF_YEARS = (0.5, 0.75, 0.9, 0.95, 0.99)
_ZERO = Decimal("0.00")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an assessment comes to, with its controls at work and without them."""

    likelihood: int
    impact: int
    inherent_score: int
    expected_loss: Decimal
    inherent_loss: Decimal
    quantiles: Mapping[float, Decimal]

    @property
    def score(self) -> int:
        """The place on the 5 x 5 matrix, from 1 to 25."""
        return self.likelihood * self.impact


def place_likelihood(events_a_year: float) -> int:
    """Return the place 1 to 5 whose anchor is nearest in ratio.

    >>> [place_likelihood(events) for events in (0.01, 0.05, 0.2, 1, 4, 12, 100)]
    [1, 1, 2, 3, 4, 5, 5]
    """
    return _nearest(events_a_year, [(place, anchor) for place, anchor, _ in LIKELIHOODS])


def place_impact(*, money: float, customers: float) -> int:
    """Return the place 1 to 5, the worse of money and customers.

    >>> place_impact(money=2500, customers=900), place_impact(money=0, customers=0)
    (4, 1)
    """
    by_money = _nearest(money, [(place, float(anchor)) for place, anchor, _, _ in IMPACTS])
    return max(by_money, _nearest(customers, [(place, float(anchor)) for place, _, anchor, _ in IMPACTS]))


def _nearest(value: float, anchors: Sequence[tuple[int, float]]) -> int:
    if value <= 0:
        return anchors[0][0]
    return min(anchors, key=lambda anchor: (abs(math.log(value / anchor[1])), anchor[0]))[0]


def work_out(given: Assessment, *, seed: int) -> Figures:
    """Return what a risk costs a year and where it stands; the same seed gives the same figures."""
    fewer, smaller = left(given.controls)
    losses = _losses(given)
    residual = losses.scaled(smaller)
    rate = given.events_a_year * fewer
    years: Losses = annual_losses(rate, residual, rng=np.random.default_rng(seed))
    likelihood = place_likelihood(rate)
    impact = place_impact(money=residual.mode, customers=given.customers * smaller)
    inherent_impact = place_impact(money=losses.mode, customers=given.customers)
    return Figures(
        likelihood=likelihood,
        impact=impact,
        inherent_score=place_likelihood(given.events_a_year) * inherent_impact,
        expected_loss=in_pence(annual_moments(rate, residual).mean),
        inherent_loss=in_pence(annual_moments(given.events_a_year, losses).mean),
        quantiles={share: in_pence(years.quantile(share)) for share in SHARES_OF_YEARS},
    )


def left(controls: Sequence[Control]) -> tuple[float, float]:
    """Return what controls that act independently leave of the events and of their cost, as shares."""
    return math.prod(1 - each.fewer for each in controls), math.prod(1 - each.smaller for each in controls)


def value_controls(given: Assessment) -> tuple[ControlRow, ...]:
    """Return for each control the loss it spares beside all the others, less what it costs."""
    return tuple(_value_control(given, at) for at in range(len(given.controls)))


def _value_control(given: Assessment, at: int) -> ControlRow:
    control = given.controls[at]
    fewer, smaller = left([*given.controls[:at], *given.controls[at + 1 :]])
    worth = control_value(
        frequency=given.events_a_year * fewer,
        severity=_losses(given).scaled(smaller),
        fewer=control.fewer,
        smaller=control.smaller,
        cost=float(control.cost),
    )
    return ControlRow(
        words=control.words,
        fewer=control.fewer,
        smaller=control.smaller,
        cost=control.cost,
        spared=in_pence(worth.spared),
        net=in_pence(worth.net),
    )


def _losses(given: Assessment) -> Pert:
    return Pert(low=float(given.loss_low), mode=float(given.loss_mode), high=float(given.loss_high))


def in_pence(amount: float) -> Decimal:
    """Return an amount in pounds with whole pence."""
    return Decimal(str(amount)).quantize(_ZERO)


def is_pressing(*, score: int, expected_loss: Decimal) -> bool:
    """Return whether a risk is at or above the threshold.

    >>> is_pressing(score=16, expected_loss=Decimal(0)), is_pressing(score=15, expected_loss=Decimal("24999.99"))
    (True, False)
    """
    return score >= THRESHOLD_SCORE or expected_loss >= THRESHOLD_LOSS


def say_standing(
    *, score: int, expected_loss: Decimal, has_playbook: bool, is_rehearsed: bool, is_open: bool = True
) -> tuple[str, str]:
    """Return how a risk stands, as a key and in words.

    >>> say_standing(score=16, expected_loss=Decimal(0), has_playbook=False, is_rehearsed=False)[0]
    'uncovered'
    """
    if not is_open:
        return "closed", "Closed"
    if not is_pressing(score=score, expected_loss=expected_loss):
        return "below", "Below the threshold"
    if not has_playbook:
        return "uncovered", "No playbook"
    if not is_rehearsed:
        return "unrehearsed", "Playbook not rehearsed"
    return "covered", "Playbook rehearsed"


def as_data(controls: Sequence[Control]) -> list[dict[str, Any]]:
    """Return controls as a row keeps them."""
    return [
        {"words": each.words, "fewer": each.fewer, "smaller": each.smaller, "cost": str(each.cost)} for each in controls
    ]


def from_data(rows: Sequence[Mapping[str, Any]]) -> tuple[Control, ...]:
    """Return controls as a row kept them."""
    return tuple(
        Control(words=row["words"], fewer=row["fewer"], smaller=row["smaller"], cost=Decimal(row["cost"]))
        for row in rows
    )
