"""What a standard may be measured by: keys, not foreign keys, each with how it is worked out."""

import dataclasses
from typing import Literal

from wellserved.apps.standards.types.clocks import METRIC_LABELS

Shape = Literal["time", "share", "amount"]

DESK = "desk"
SURVEY = "survey"
ACCOUNTS = "accounts"
BY_HAND = "by_hand"

# Where figures come from, as a manager chooses it.
SOURCES: dict[str, str] = {
    DESK: "The desk: worked out from every ticket",
    SURVEY: "A survey of customers, its results entered here",
    ACCOUNTS: "The accounts, their figures entered here",
    BY_HAND: "Counted by hand, entered here",
}

FREQUENCIES: dict[str, str] = {"week": "Every week", "month": "Every month", "quarter": "Every quarter"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One way to say whether a promise is kept.

    `shape` is time (the share of clocks kept within a time), share (of all cases) or amount (a mean, lower is better).
    `sources` lists where its figures can come from; `noun` completes "95 % of ...".
    """

    key: str
    label: str
    unit: str
    direction: Literal["higher", "lower"]
    shape: Shape
    noun: str
    formula: str
    sources: tuple[str, ...]
    chart: str = "Control chart of shares (p-chart), a point a week"


def _clock(key: str, noun: str, formula: str) -> Measure:
    return Measure(
        key=key,
        label=METRIC_LABELS[key],
        unit="share of clocks kept",
        direction="higher",
        shape="time",
        noun=noun,
        formula=formula,
        sources=(DESK,),
    )


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        _clock("first_reply", "first replies", "first replies sent in time / first replies due"),
        _clock("next_reply", "later replies", "later replies sent in time / later replies due"),
        _clock("keep_informed", "updates", "updates sent in time / updates due"),
        _clock("resolution", "tickets", "tickets resolved in time / tickets due to be resolved"),
        _clock("ola", "tickets handed to colleagues", "tickets given back in time / tickets handed to colleagues"),
        _clock("supplier", "tickets handed to partners", "tickets given back in time / tickets handed to partners"),
        Measure(
            key="completion",
            label="Completion",
            unit="share of tickets",
            direction="higher",
            shape="share",
            noun="tickets resolved within 30 days of being opened",
            formula="tickets resolved within 30 days / tickets opened 30 days earlier",
            sources=(DESK,),
        ),
        Measure(
            key="digital_take_up",
            label="Digital take-up",
            unit="share of tickets",
            direction="higher",
            shape="share",
            noun="tickets that come by web, chat or e-mail",
            formula="tickets opened by web, chat or e-mail / tickets opened",
            sources=(DESK,),
        ),
        Measure(
            key="satisfaction",
            label="User satisfaction",
            unit="share of answers",
            direction="higher",
            shape="share",
            noun="answers that say satisfied or very satisfied",
            formula="answers satisfied or very satisfied / answers",
            sources=(SURVEY, BY_HAND),
        ),
        Measure(
            key="cost_per_transaction",
            label="Cost per transaction",
            unit="pounds",
            direction="lower",
            shape="amount",
            noun="a transaction costs",
            formula="cost of the service / transactions completed",
            sources=(ACCOUNTS, BY_HAND),
            chart="Run chart, a point a period",
        ),
    )
}
