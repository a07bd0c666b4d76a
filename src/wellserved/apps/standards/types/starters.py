"""Standards to start from: each a promise many services make, to be made one's own."""

import dataclasses
from typing import Any

_DAY = 30_600  # A working day of 8 h 30 min.


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A standard to start from; `answers` fill the steps, `calendar` and people are the service's own to choose."""

    key: str
    label: str
    why: str
    answers: dict[str, Any]


STARTERS: tuple[Starter, ...] = (
    Starter(
        key="first_reply_day",
        label="First reply within one working day",
        why="What customers ask for first: to know that somebody has read it.",
        answers={
            "expectation": "Customers expect to hear from a person within a working day.",
            "promise": "We answer within one working day.",
            "measure": "first_reply",
            "source": "desk",
            "target": 0.95,
            "seconds": _DAY,
            "tolerance": 0.02,
            "audience": "customers",
            "frequency": "week",
        },
    ),
    Starter(
        key="resolution_week",
        label="Resolved within five working days",
        why="An answer is not yet a solution.",
        answers={
            "expectation": "Customers expect the matter to be settled within a week.",
            "promise": "We settle it within five working days; while we wait for you, the clock stands still.",
            "measure": "resolution",
            "source": "desk",
            "target": 0.9,
            "seconds": 5 * _DAY,
            "tolerance": 0.02,
            "pause_on": ["waiting_customer"],
            "audience": "customers",
            "frequency": "week",
        },
    ),
    Starter(
        key="keep_informed_two_days",
        label="An update every two working days",
        why="Silence makes people call again.",
        answers={
            "expectation": "Customers expect to be told how it stands without asking.",
            "promise": "While it is open you hear from us at least every two working days.",
            "measure": "keep_informed",
            "source": "desk",
            "target": 0.9,
            "seconds": 2 * _DAY,
            "tolerance": 0.02,
            "pause_on": ["waiting_customer"],
            "audience": "customers",
            "frequency": "week",
        },
    ),
    Starter(
        key="govuk_completion",
        label="GOV.UK: completion rate",
        why="One of the four figures every government service publishes.",
        answers={
            "expectation": "People expect to finish what they came for.",
            "promise": "What you start with us gets finished.",
            "measure": "completion",
            "source": "desk",
            "target": 0.9,
            "tolerance": 0.02,
            "audience": "customers",
            "frequency": "month",
        },
    ),
    Starter(
        key="govuk_digital",
        label="GOV.UK: digital take-up",
        why="One of the four figures every government service publishes.",
        answers={
            "expectation": "People expect to be able to do it online.",
            "promise": "You can do it online, and most people do.",
            "measure": "digital_take_up",
            "source": "desk",
            "target": 0.8,
            "tolerance": 0.02,
            "audience": "customers",
            "frequency": "month",
        },
    ),
    Starter(
        key="govuk_satisfaction",
        label="GOV.UK: user satisfaction",
        why="One of the four figures every government service publishes; its answers are entered here.",
        answers={
            "expectation": "People expect to be treated well from beginning to end.",
            "promise": "Nine in ten of those we ask are satisfied.",
            "measure": "satisfaction",
            "source": "survey",
            "target": 0.9,
            "tolerance": 0.03,
            "audience": "customers",
            "frequency": "month",
        },
    ),
    Starter(
        key="govuk_cost",
        label="GOV.UK: cost per transaction",
        why="One of the four figures every government service publishes; its costs are entered here.",
        answers={
            "expectation": "Those who pay for the service expect it to be worth its cost.",
            "promise": "A transaction costs at most £6.",
            "measure": "cost_per_transaction",
            "source": "accounts",
            "target": 6.0,
            "tolerance": 0.5,
            "audience": "customers",
            "frequency": "month",
        },
    ),
    Starter(
        key="internal_agreement",
        label="Internal agreement: colleagues answer within four hours",
        why="A promise to a customer holds only when colleagues keep theirs.",
        answers={
            "expectation": "We expect colleagues to whom a ticket is handed to give it back within half a day.",
            "promise": "Colleagues give a ticket back within four working hours.",
            "measure": "ola",
            "source": "desk",
            "target": 0.9,
            "seconds": 14_400,
            "tolerance": 0.02,
            "audience": "colleagues",
            "frequency": "week",
        },
    ),
    Starter(
        key="partner_agreement",
        label="Partner agreement: a partner answers within two working days",
        why="Most late answers wait for somebody outside.",
        answers={
            "expectation": "We expect a partner to whom a ticket is handed to answer within two working days.",
            "promise": "The partner answers within two working days.",
            "measure": "supplier",
            "source": "desk",
            "target": 0.9,
            "seconds": 2 * _DAY,
            "tolerance": 0.02,
            "audience": "partners",
            "frequency": "week",
        },
    ),
)


def starter(key: str) -> Starter | None:
    """Return the starter with this key, None when there is none."""
    return next((each for each in STARTERS if each.key == key), None)
