"""What may be said of a risk, and who runs a crisis."""

import dataclasses
import datetime as dt
import math
from decimal import Decimal

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.types.risks import Assessment, Control
from wellserved.platform.errors import Invalid, Refused

MOST_CONTROLS = 8
MOST_EVENTS_A_YEAR = 1_000.0
MOST_MONEY = Decimal(100_000_000)
MOST_CUSTOMERS = 10_000_000


def require_run(actor: Actor) -> None:
    """Let team leaders and managers activate, rehearse and run a crisis."""
    if not actor.can(accounts_policies.RUN_CRISIS):
        raise Refused(
            "A team leader or manager activates playbooks and runs a crisis; tell one of them now.",
            code="may_not_run_crisis",
        )


def read_assessment(given: Assessment) -> Assessment:
    """Return the assessment, or say what of it cannot be used."""
    if not (math.isfinite(given.events_a_year) and 0 < given.events_a_year <= MOST_EVENTS_A_YEAR):
        raise Invalid(
            f"Give how often it happens a year: above 0 and at most {MOST_EVENTS_A_YEAR:,.0f}.",
            code="risk_frequency",
            field="events_a_year",
        )
    losses = (given.loss_low, given.loss_mode, given.loss_high)
    if not all(loss.is_finite() for loss in losses) or not 0 <= losses[0] <= losses[1] <= losses[2] <= MOST_MONEY:
        raise Invalid(
            "Give what one event costs at least, most likely and at most, in this order and up to £100 million.",
            code="risk_loss",
            field="loss_mode",
        )
    if not 0 <= given.customers <= MOST_CUSTOMERS:
        raise Invalid("Give how many customers one event affects, from 0.", code="risk_customers", field="customers")
    if len(given.controls) > MOST_CONTROLS:
        raise Invalid(f"Keep the {MOST_CONTROLS} controls that matter most.", code="risk_controls")
    controls = tuple(_read_control(control) for control in given.controls)
    return dataclasses.replace(given, controls=controls)


def _read_control(given: Control) -> Control:
    words = given.words.strip()
    if not words or len(words) > 200:
        raise Invalid("Say in up to 200 letters what the control is.", code="risk_control_words", field="controls")
    if not (0 <= given.fewer <= 1 and 0 <= given.smaller <= 1):
        raise Invalid(
            f"{words}: a control takes away from 0 to 100 % of the events or of their cost.",
            code="risk_control_share",
            field="controls",
        )
    if not (given.cost.is_finite() and 0 <= given.cost <= MOST_MONEY):
        raise Invalid(f"{words}: give what it costs a year, from £0.", code="risk_control_cost", field="controls")
    return dataclasses.replace(given, words=words)


def read_day(given: dt.date, *, today: dt.date, field: str) -> dt.date:
    """Return a day to come, or say that it is none."""
    if given <= today or given.year > 2100:
        raise Invalid("Choose a day to come.", code="risk_day", field=field)
    return given
