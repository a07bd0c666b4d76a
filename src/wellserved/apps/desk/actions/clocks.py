"""Typed facts in, clocks out: every action on a ticket ends here."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters
from wellserved.apps.desk.models import Clock, Escalation, Ticket, TicketEvent
from wellserved.apps.desk.queries import facts
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import OUTCOME
from wellserved.platform.events import Event
from wellserved.platform.origin import world_of
from wellserved.science.calendars import EventKind

DERIVED = ("next_due_at", "next_metric", "breached_at", "act_by", "at_risk_from")


_LONGEST_ACTIVITY = 160


def shortened(sentence: str) -> str:
    """Return a sentence as long as a line of the timeline is."""
    return sentence if len(sentence) <= _LONGEST_ACTIVITY else f"{sentence[: _LONGEST_ACTIVITY - 1].rstrip()}…"


class Story:
    """A locked ticket's events: read once, added to, and told to the clocks before the action ends."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.rows: list[TicketEvent] = list(ticket.events.order_by("order"))
        self._entries: list[dict[str, Any]] = []

    def at(self, now: dt.datetime) -> dt.datetime:
        """Return `now`, or the last event's time when the machine's clock was set back since."""
        return max([now, *(row.at for row in self.rows[-1:])])

    def add(
        self,
        kind: str,
        *,
        actor_id: int | None,
        now: dt.datetime,
        status: str = "",
        reason: str = "",
        policy: str = "",
        activity: str = "",
        **detail: object,
    ) -> TicketEvent:
        """Append one fact, with the version of the ticket it leaves behind."""
        row = TicketEvent.objects.create(
            ticket=self.ticket,
            order=self.rows[-1].order + 1 if self.rows else 1,
            kind=kind,
            at=self.at(now),
            recorded_at=now,
            status=status,
            reason=reason,
            policy=policy,
            actor_id=actor_id,
            activity=shortened(activity),
            detail={"version": self.ticket.version, **detail},
        )
        self.rows.append(row)
        return row

    @staticmethod
    def call_back(rows: Iterable[TicketEvent]) -> None:
        """Mark facts as never having happened, however the story is numbered later."""
        for row in rows:
            row.detail[adapters.CALLED_BACK] = True
            row.save(update_fields=["detail"])

    def record(
        self,
        *,
        actor: Actor,
        action: str,
        now: dt.datetime,
        changes: Mapping[str, tuple[Any, Any]],
        reason: str = "",
        event: Event | None = None,
    ) -> None:
        """Keep an entry for the ledger until the changed fields are saved."""
        self._entries.append(
            {"actor": actor, "action": action, "now": now, "changes": changes, "reason": reason, "event": event}
        )

    def write_ledger(self) -> None:
        """Write the entries kept, in the order the acts happened."""
        for entry in self._entries:
            ledger.record(subject=("desk.ticket", self.ticket.pk), **entry)
        self._entries.clear()


def match_policy(story: Story, *, actor_id: int | None, now: dt.datetime) -> None:
    """Put the ticket under the policy that holds for it now; pauses already taken stay taken."""
    ticket = story.ticket
    at = story.at(now)
    match = standards.match_policy(facts=facts.facts_of(ticket), world=world_of(ticket.origin), at=at)
    outcome_only = any(row.policy.endswith(f"/{OUTCOME}") for row in story.rows)
    key = standards.key_for(match, priority=ticket.priority, outcome_only=outcome_only) if match else ""
    current = next((row.policy for row in reversed(adapters.standing(story.rows)) if row.policy), "")
    if match and key != current:
        story.add(
            EventKind.POLICY_APPLIED, actor_id=actor_id, now=now, policy=key, name=match.name, why=list(match.why)
        )


def tell_clocks(story: Story) -> None:
    """Replay the events, write the clocks anew, and set the derived fields of the ticket; the caller saves it."""
    rules = rules_for(story.rows)
    derived = adapters.derive(story.ticket, story.rows, rules=rules)
    story.ticket.clocks.all().delete()
    Clock.objects.bulk_create(derived.clocks)
    story.ticket.escalations.filter(fired_at=None).delete()
    Escalation.objects.bulk_create(derived.planned, ignore_conflicts=True)
    set_derived(story.ticket, derived)


def set_derived(ticket: Ticket, derived: adapters.Derived) -> None:
    """Set the derived fields of a ticket."""
    ticket.next_due_at = derived.next_due_at
    ticket.next_metric = derived.next_metric
    ticket.breached_at = derived.breached_at
    ticket.act_by = derived.act_by
    ticket.at_risk_from = derived.at_risk_from


def rules_for(rows: Iterable[TicketEvent]) -> adapters.Rules:
    """Return the policies and calendars these events name. Two queries at most."""
    policies, calendars, ladders = standards.replay_inputs({row.policy for row in rows if row.policy})
    return adapters.Rules(policies=policies, calendars=calendars, ladders=ladders)


def rebuild_clocks(*, ticket_ids: Sequence[int]) -> int:
    """Delete every derived row of these tickets and derive it again; return how many clocks were written."""
    written = 0
    for ticket_id in ticket_ids:
        with transaction.atomic():
            ticket = Ticket.objects.select_for_update().select_related("customer").get(pk=ticket_id)
            tell_clocks(Story(ticket))
            ticket.save(update_fields=list(DERIVED))
            written += ticket.clocks.count()
    return written
