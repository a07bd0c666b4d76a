"""Hold the promises of one world against tickets of the past."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q

from wellserved.apps.desk import adapters
from wellserved.apps.desk.historic import HistoricCustomer
from wellserved.apps.desk.models import Clock, Ticket, TicketEvent
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import TicketFacts
from wellserved.platform.origin import World


def is_judged_by(*, policy_version: int) -> bool:
    """Return whether any ticket stands under this version of a policy."""
    return TicketEvent.objects.filter(policy__startswith=f"policy:{policy_version}/").exists()


def count_kept(*, batch: int, now: dt.datetime) -> dict[str, tuple[int, int]]:
    """Return for each metric how many promises to the tickets of a batch were kept, of how many decided. Two queries.

    A log that tells of no reply says nothing about replies, so promises about them are left out.
    """
    rows = Clock.objects.filter(ticket__batch=batch, decided_at__lte=now).order_by().values_list("metric")
    if not TicketEvent.objects.filter(ticket__batch=batch, kind="agent_reply").exists():
        rows = rows.filter(metric="resolution")
    return {
        metric: (kept, total)
        for metric, kept, total in rows.annotate(kept=Count("pk", filter=Q(is_kept=True)), total=Count("pk"))
    }


class Judgement:
    """The promises of one world, held against tickets of the past.

    A ticket is judged by the policy in force when it was opened; one from before the first promise was written is
    judged by that first promise, in hindsight. What a log without replies cannot tell is not held against anybody.
    """

    def __init__(self, *, world: World, tells_replies: bool) -> None:
        self.tells_replies = tells_replies
        self.book = standards.policy_book(world=world)
        self.since = min((v.effective_from for _, versions in self.book.policies for v in versions), default=None)
        self.rules: dict[str, adapters.Rules] = {}

    def apply(
        self,
        ticket: Ticket,
        events: list[TicketEvent],
        *,
        tags: Sequence[int],
        organisation: int | None,
        customer: HistoricCustomer,
    ) -> list[Clock]:
        """Put the ticket under its policy, set its derived columns and return its clocks."""
        facts = TicketFacts(
            priority=ticket.priority,
            kind=ticket.kind,
            queue=ticket.queue_id,
            channel=ticket.channel,
            customer=ticket.customer_id,
            organisation=organisation,
            product=ticket.product_id,
            place=ticket.place_id,
            tag=tuple(tags),
            internal=customer.is_internal,
        )
        match = self.book.match(facts=facts, at=max(ticket.opened_at, self.since)) if self.since else None
        if match:
            events[0].policy = standards.key_for(match, priority=ticket.priority, outcome_only=not self.tells_replies)
        derived = adapters.derive(ticket, events, rules=self._rules_of(events))
        ticket.next_due_at, ticket.next_metric = derived.next_due_at, derived.next_metric
        ticket.breached_at, ticket.act_by = derived.breached_at, derived.act_by
        ticket.at_risk_from = derived.at_risk_from
        return list(derived.clocks)

    def _rules_of(self, events: Sequence[TicketEvent]) -> adapters.Rules:
        mark = " ".join(event.policy for event in events if event.policy)
        if mark not in self.rules:
            policies, calendars, ladders = standards.replay_inputs(mark.split())
            self.rules[mark] = adapters.Rules(policies=policies, calendars=calendars, ladders=ladders)
        return self.rules[mark]
