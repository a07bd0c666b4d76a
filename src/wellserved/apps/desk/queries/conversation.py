"""One ticket: its fields, its clocks at this moment, its timeline."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, types
from wellserved.apps.desk.models import Draft, Presence, Ticket, TicketEvent
from wellserved.apps.desk.queries import requesters, scope
from wellserved.apps.desk.types import MOVES
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.queries import commitments
from wellserved.platform.errors import NotFound
from wellserved.science import calendars

# Presence is renewed every 5 seconds; after 10 without a sign somebody has left.
PRESENT_FOR = dt.timedelta(seconds=10)


def ticket(*, actor: Actor, number: int, now: dt.datetime) -> types.TicketDetail:
    """Return the ticket with its clocks and waits as they stand at `now`. Eleven queries at most."""
    row = _find(actor, number)
    found = _replay(row, now)
    return types.TicketDetail(
        **{field: getattr(row, field) for field in _SAME},
        queue=row.queue.name,
        team_id=row.queue.team_id,
        assignee=row.assignee.name if row.assignee else "",
        customer=_card(actor, row),
        product=row.product.name if row.product else "",
        place=row.place.name if row.place else "",
        tags=tuple(types.Choice(id=tag.pk, name=tag.name) for tag in row.tags.order_by("name")),
        clocks=_faces(found.clocks),
        waiting=adapters.waiting(found),
        promises=requesters.promise_rows(row.promises.all(), now=now),
        allowed_moves=tuple(move for move, (sources, _) in MOVES.items() if row.status in sources),
        may_work=actor.can(accounts_policies.WORK_TICKETS),
        may_assign=actor.can(accounts_policies.ASSIGN_TICKETS),
    )


_SAME = (
    *("id", "number", "kind", "subject", "status", "status_reason", "impact", "urgency", "priority", "priority_reason"),
    *("channel", "queue_id", "assignee_id", "product_id", "place_id", "opened_at", "first_replied_at", "resolved_at"),
    *("closed_at", "next_due_at", "next_metric", "breached_at", "version", "origin", "external_system", "external_id"),
    *("external_url", "attributes"),
)


def number_of(*, actor: Actor, ticket_id: int) -> int:
    """Return the number of a ticket the actor may see. One query."""
    return scope.visible_ticket(actor=actor, ticket_id=ticket_id).number


def id_of(*, actor: Actor, number: int) -> int:
    """Return the id of the ticket with this number, or say there is none. One query."""
    found = scope.visible_tickets(actor=actor).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no such ticket, or it is not yours to see.", code="ticket_not_found")
    return found


def _find(actor: Actor, number: int) -> Ticket:
    rows = scope.visible_tickets(actor=actor).select_related(
        "customer__organisation", "queue", "assignee", "product", "place"
    )
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound("There is no such ticket, or it is not yours to see.", code="ticket_not_found")
    return row


def _replay(row: Ticket, until: dt.datetime) -> calendars.Replay:
    events = list(row.events.order_by("order"))
    if not events:
        return calendars.Replay()
    # A machine whose clock was set back still shows everything that has happened.
    return adapters.replay(events, rules=rules_of(events), until=max(until, events[-1].at))


def rules_of(events: Sequence[TicketEvent]) -> adapters.Rules:
    """Return the policies and calendars these events name. Two queries at most."""
    policies, working, ladders = standards.replay_inputs({row.policy for row in events if row.policy})
    return adapters.Rules(policies=policies, calendars=working, ladders=ladders)


def _faces(clocks: Sequence[calendars.ClockState]) -> tuple[types.ClockFace, ...]:
    names = standards.names_of({key for clock in clocks for key in (clock.policy, clock.calendar) if key})
    behind = commitments.behind(clocks_of_ticket={(clock.policy, clock.metric.value) for clock in clocks})
    return tuple(
        adapters.clock_face(
            clock,
            policy_name=names.get(clock.policy, ""),
            calendar_name=names.get(clock.calendar, ""),
            standard=behind.get((clock.policy, clock.metric.value)),
        )
        for clock in clocks
    )


def _card(actor: Actor, row: Ticket) -> types.CustomerCard:
    customer, serves = row.customer, actor.can(accounts_policies.READ_CUSTOMERS)
    return types.CustomerCard(
        id=customer.pk,
        name=customer.name,
        email=customer.email,
        phone=customer.phone,
        organisation=customer.organisation.name if customer.organisation else "",
        is_internal=customer.is_internal,
        time_zone=customer.time_zone,
        language=customer.language,
        preferred_channel=customer.preferred_channel,
        # What somebody needs is for those who serve her, not for whoever counts tickets.
        needs=customer.needs if serves else "",
        note=customer.note if serves else "",
        open_tickets=scope.visible_tickets(actor=actor).filter(customer=customer, act_by__isnull=False).count(),
    )


def explain_clock(
    *, actor: Actor, ticket_id: int, metric: str, cycle: int, now: dt.datetime
) -> tuple[types.ClockSegment, ...]:
    """Return every stretch of one clock, counted or skipped, and why. Four queries."""
    row = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    events = list(row.events.order_by("order"))
    rules = rules_of(events)
    until = max(now, events[-1].at) if events else now
    clocks = adapters.replay(events, rules=rules, until=until).clocks if events else ()
    clock = next((c for c in clocks if c.metric == metric and c.cycle == cycle), None)
    if clock is None:
        raise NotFound("This ticket has no such clock.", code="clock_not_found")
    segments = calendars.explain(
        adapters.replay_events(events), clock=clock, policies=rules.policies, calendars=rules.calendars, until=until
    )
    return tuple(
        types.ClockSegment(start=s.start, end=s.end, counted=s.counted, seconds=int(s.seconds), reason=s.reason)
        for s in segments
    )


def drafts(*, actor: Actor, ticket_id: int) -> tuple[types.DraftRow, ...]:
    """Return what the actor has begun to write on a ticket, with the files kept beside it. At most four queries."""
    row = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    found = list(Draft.objects.filter(ticket=row, user=actor.user_id).order_by("kind"))
    files = discussion.files_of(actor=actor, kind="desk.draft", ids=[draft.pk for draft in found])
    return tuple(
        types.DraftRow(
            kind=draft.kind,
            body=draft.body,
            saved_at=draft.saved_at,
            files=tuple(
                types.FileLink(id=file.id, name=file.name, size=file.size, content_type=file.content_type)
                for file in files.get(draft.pk, ())
            ),
        )
        for draft in found
    )


def presence(*, actor: Actor, ticket_id: int, now: dt.datetime) -> tuple[types.PresenceRow, ...]:
    """Return who else has the ticket open. Two queries."""
    row = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    here = Presence.objects.filter(ticket=row, seen_at__gte=now - PRESENT_FOR).exclude(user=actor.user_id)
    return tuple(
        types.PresenceRow(user_id=p.user_id, name=p.user.name, seen_at=p.seen_at, is_typing=p.is_typing)
        for p in here.select_related("user").order_by("user__name")
    )
