"""Where records beside the thread fit in it: through what they rest on, and what would make a missing neighbour."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import fitting
from wellserved.apps.standards.queries import commitments, contingencies
from wellserved.apps.standards.types.risks import SHARES, ActivationRow, PlaybookDetail, RiskDetail
from wellserved.apps.thread import queries as thread
from wellserved.apps.thread.types import Ref
from wellserved.platform import clock
from wellserved.platform.ui import formatting

STANDARD = "standards.standard"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A strip as the macro draws it; `makes` says for an empty step what would fill it."""

    strip: Mapping[str, list[Any]]
    makes: Mapping[str, str]


def risk(*, actor: Actor, found: RiskDetail) -> Fit:
    """Return the standards that the playbooks of a risk watch, and when they were needed."""
    strip = _strip(actor, ("standards.risk", found.row.id), _watched(actor, [row.trigger for row in found.playbooks]))
    needed = contingencies.needed(actor=actor, contingency_ids=[row.id for row in found.playbooks])
    strip["deviation"] += _deviations(needed)
    makes = {
        "expectation": "what customers expect of a standard that its playbook watches",
        "standard": "attach a playbook whose trigger watches what a standard measures",
        "deviation": "stands here once a playbook of this risk is needed",
    }
    return Fit(strip=strip, makes=makes)


def playbook(*, actor: Actor, found: PlaybookDetail) -> Fit:
    """Return the standards a playbook watches, and when it was needed."""
    strip = _strip(actor, ("standards.contingency", found.row.id), _watched(actor, [found.row.trigger]))
    strip["deviation"] += _deviations(contingencies.needed(actor=actor, contingency_ids=[found.row.id]))
    makes = {
        "expectation": "what customers expect of a standard it watches",
        "standard": "let its trigger watch what a standard measures",
        "deviation": "stands here once it is proposed or activated",
    }
    return Fit(strip=strip, makes=makes)


def partner(*, actor: Actor, partner_id: int, agreements: Sequence[int]) -> Fit:
    """Return what a partner has agreed to, and where that leads."""
    strip = _strip(actor, ("standards.partner", partner_id), [(STANDARD, pk) for pk in agreements])
    makes = {
        "expectation": "name what customers expect in an agreement",
        "standard": "make an agreement with this partner",
    }
    return Fit(strip=strip, makes=makes)


def policy(*, actor: Actor, policy_id: int) -> Fit:
    """Return the standards whose clock a policy runs, and the open tickets under it."""
    standards = [(STANDARD, pk) for pk in commitments.carried_by(actor=actor, policy_id=policy_id)]
    tickets = fitting.tickets_under(actor=actor, policy_id=policy_id)
    strip = _strip(actor, ("standards.policy", policy_id), [*standards, *tickets])
    makes = {
        "expectation": "a standard that answers what customers expect leads there",
        "standard": "a standard in force that measures this writes its clock here",
        "clock": "the next ticket opened under it",
    }
    return Fit(strip=strip, makes=makes)


def _strip(actor: Actor, start: Ref, through: Sequence[Ref]) -> dict[str, list[Any]]:
    found = thread.strip(actor=actor, kind=start[0], record_id=start[1], through=through)
    return {step: list(records) for step, records in found.links.items()}


def _watched(actor: Actor, triggers: Iterable[Mapping[str, Any]]) -> list[Ref]:
    measures = {trigger["measure"] for trigger in triggers if trigger.get("measure") in SHARES}
    return [(STANDARD, pk) for pk in commitments.measuring(actor=actor, measures=measures)]


def _deviations(rows: Iterable[ActivationRow]) -> list[dict[str, str]]:
    return [
        {
            "label": f"{formatting.format_day(clock.day_of(row.detected_at))}: {row.name}",
            "url": f"/contingencies/{row.contingency_id}",
            "detail": row.evidence,
        }
        for row in rows
    ]
