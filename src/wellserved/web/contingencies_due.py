"""What Today says of risks, playbooks and crises."""

import datetime as dt
from collections.abc import Iterator

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.standards.queries import contingencies, crises, risks
from wellserved.apps.standards.types.risks import Stage
from wellserved.platform.ui import formatting

# The kind whose button acts at once, instead of leading somewhere.
ACTIVATE = "activate"


def pressing(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield open crises for all staff, and for whoever may activate them the playbooks that run. Two queries."""
    for crisis in crises.running(actor=actor):
        since = formatting.format_duration(now - crisis.declared_at)
        waits = "nobody has proposed what to do" if crisis.to_proposal_seconds is None else "at work on it"
        yield _item(
            "crisis", f"Crisis: {crisis.title}", f"{since}, {waits}", url=f"/crises/{crisis.id}", button="Go there"
        )
    if not actor.can(policies.RUN_CRISIS):
        return
    for row in contingencies.running(actor=actor):
        url = f"/contingencies/{row.contingency_id}"
        if row.stage == Stage.PROPOSED:
            said = f"A playbook is proposed: {row.name}."
            yield _item(ACTIVATE, said, row.evidence, url=f"{url}/activate", button="Activate")
        else:
            yield _item("contingency", f"{row.name} is at work.", row.evidence, url=url, button="Go on")


def due(*, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield for managers the risks without a rehearsed playbook, and the rehearsals that are due. Two queries."""
    if not actor.can(policies.EDIT_STANDARDS):
        return
    if found := risks.uncovered(actor=actor, now=now):
        one, many = "One pressing risk has", f"{len(found)} pressing risks have"
        said = f"{one if len(found) == 1 else many} no rehearsed playbook."
        yield _item(
            "risk", said, _names(found), url="/risks?view=uncovered", button="Look", severity=2, count=len(found)
        )
    if found := contingencies.rehearsals_due(actor=actor, now=now):
        said = "One playbook is due to be rehearsed." if len(found) == 1 else f"{len(found)} are due to be rehearsed."
        url = "/contingencies?view=rehearsal_due"
        yield _item("rehearsal", said, _names(found), url=url, button="Rehearse", severity=3, count=len(found))


def _names(found: tuple[tuple[int, str], ...]) -> str:
    return ", ".join(name for _, name in found[:3]) + (" and others" if len(found) > 3 else "")


def _item(
    kind: str, sentence: str, evidence: str, *, url: str, button: str, severity: int = 1, count: int = 1
) -> AttentionItem:
    return AttentionItem(
        kind=kind, sentence=sentence, evidence=evidence, count=count, url=url, button=button, severity=severity
    )
