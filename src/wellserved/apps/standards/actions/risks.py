"""Write what could go wrong: assess a risk, close it, and say which playbooks answer it."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.policies import risks as rules
from wellserved.apps.standards.types import losses
from wellserved.apps.standards.types.risks import Assessment, Category, Proximity
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND, PLAYBOOK = "standards.risk", "standards.contingency"
_TOLD = ("title", "category", "description", "trigger", "events_a_year", "loss_low", "loss_mode", "loss_high",
         "customers", "controls", "proximity", "owner_id", "review_on", "score", "expected_loss")  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """What somebody writes of a risk."""

    title: str
    category: str
    assessment: Assessment
    proximity: str
    review_on: dt.date
    owner_id: int | None = None
    description: str = ""
    trigger: str = ""


@transaction.atomic
def save_risk(
    *,
    actor: Actor,
    risk_id: int | None,
    facts: RiskFacts,
    seed: int,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Assess a risk and return its id; its losses are simulated from `seed`, which a known risk keeps."""
    row = locked_risk(actor, risk_id) if risk_id else models.Risk(origin=live_origin(actor.world), seed=seed, version=0)
    _check_version(row, version)
    policies.require_edit(actor)
    if not row.is_open:
        raise Conflict("This risk is closed; write a new one.", code="risk_closed")
    before = _told(row) if row.pk else dict.fromkeys(_TOLD)
    _write(row, facts, actor=actor, today=now.date())
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_risk",
        subject=(KIND, row.pk),
        now=now,
        changes=_changed(before, _told(row)),
        event=events.RiskSaved(risk_id=row.pk),
    )
    return row.pk


def _write(row: models.Risk, facts: RiskFacts, *, actor: Actor, today: dt.date) -> None:
    given = rules.read_assessment(facts.assessment)
    row.title = text(facts.title, 160, field="title")
    if not row.title:
        raise Invalid("Say in a few words what may happen.", code="risk_title", field="title")
    row.category = _choice(facts.category, Category.values, field="category")
    row.proximity = _choice(facts.proximity, Proximity.values, field="proximity")
    row.description = text(facts.description, 1000, field="description")
    row.trigger = text(facts.trigger, 300, field="trigger")
    row.owner_id = owner_of(actor, facts.owner_id)
    row.review_on = rules.read_day(facts.review_on, today=today, field="review_on")
    row.events_a_year, row.customers = given.events_a_year, given.customers
    row.loss_low, row.loss_mode, row.loss_high = given.loss_low, given.loss_mode, given.loss_high
    row.controls = losses.as_data(given.controls)
    figures = losses.work_out(given, seed=row.seed)
    row.likelihood, row.impact, row.score = figures.likelihood, figures.impact, figures.score
    row.expected_loss, row.p90_loss = figures.expected_loss, figures.quantiles[0.9]
    row.figures = {
        "inherent_loss": str(figures.inherent_loss),
        "inherent_score": figures.inherent_score,
        "quantiles": {str(share): str(loss) for share, loss in figures.quantiles.items()},
    }


@transaction.atomic
def close_risk(*, actor: Actor, risk_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Say that a risk is no longer one, and why; it stays readable."""
    row = locked_risk(actor, risk_id)
    _check_version(row, version)
    if not row.is_open:
        raise Conflict("This risk is closed already.", code="risk_closed")
    policies.require_edit(actor)
    said = text(reason, 300, field="reason")
    if not said:
        raise Invalid("Say why it is no longer a risk.", code="risk_reason", field="reason")
    row.is_open, row.closed_because, row.version = False, said, row.version + 1
    row.save(update_fields=["is_open", "closed_because", "version"])
    ledger.record(
        actor=actor,
        action="standards.close_risk",
        subject=(KIND, row.pk),
        now=now,
        changes={"is_open": (True, False)},
        reason=said,
        event=events.RiskClosed(risk_id=row.pk),
    )


@transaction.atomic
def answer(*, actor: Actor, risk_id: int, playbook_ids: Collection[int], now: dt.datetime) -> None:
    """Say which playbooks answer a risk; both ends are linked on the thread."""
    row = locked_risk(actor, risk_id)
    policies.require_edit(actor)
    wanted = set(playbook_ids)
    rows = in_world(models.Contingency.objects.filter(pk__in=wanted, is_active=True), actor.world)
    found = dict(rows.order_by("name").values_list("pk", "name"))
    if len(wanted) != len(found):
        raise NotFound("There is no such playbook.", code="contingency_not_found")
    held = dict(row.playbooks.order_by("name").values_list("pk", "name"))
    before = set(held)
    row.playbooks.set(wanted)
    for playbook_id in sorted(wanted - before):
        thread.link(actor=actor, start=(PLAYBOOK, playbook_id), verb="answers", end=(KIND, row.pk), now=now)
    for playbook_id in sorted(before - wanted):
        thread.unlink(actor=actor, start=(PLAYBOOK, playbook_id), verb="answers", end=(KIND, row.pk), now=now)
    ledger.record(
        actor=actor,
        action="standards.answer_risk",
        subject=(KIND, row.pk),
        now=now,
        changes={"playbooks": (", ".join(held.values()), ", ".join(found.values()))},
        event=events.RiskSaved(risk_id=row.pk),
    )


def locked_risk(actor: Actor, risk_id: int) -> models.Risk:
    """Return the risk, held for this transaction, or say there is none."""
    row = in_world(models.Risk.objects.select_for_update().filter(pk=risk_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such risk.", code="risk_not_found")
    return row


def owner_of(actor: Actor, owner_id: int | None) -> int | None:
    """Return the id of a colleague the actor may know of, or say there is none."""
    if owner_id is None:
        return None
    if owner_id != actor.user_id and owner_id not in accounts.visible_staff_ids(actor=actor, user_ids=[owner_id]):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="staff_not_found")
    return owner_id


def text(given: str, longest: int, *, field: str) -> str:
    """Return the words without surrounding blanks, or say that they are too many."""
    words = given.strip()
    if len(words) > longest:
        raise Invalid(f"Keep it to {longest:,} letters.", code="too_long", field=field)
    return words


def _choice(given: str, known: list[str], *, field: str) -> str:
    if given not in known:
        raise Invalid(f"Choose one of {', '.join(known)}.", code=f"risk_{field}", field=field)
    return given


def _check_version(row: models.Risk, version: int | None) -> None:
    if row.pk and version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {version}; compare and save again.",
            code="stale",
            version=row.version,
        )


def _told(row: models.Risk) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in _TOLD}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, list):
        return "; ".join(control["words"] for control in value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (before[name], after[name]) for name in _TOLD if before[name] != after[name]}
