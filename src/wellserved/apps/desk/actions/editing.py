"""Change what a ticket says of itself: how pressing it is, and its other fields."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies, search
from wellserved.apps.desk.actions import assigning, clocks, locking, opening
from wellserved.apps.desk.models import Place, Product
from wellserved.apps.desk.queries import competence, offers, scope
from wellserved.apps.desk.types import Kind, Priority, Saved
from wellserved.platform import clock
from wellserved.platform.errors import Invalid


class Keep:
    """Stands for a field the caller does not name, which stays as it is."""


KEEP = Keep()


@transaction.atomic
def change_priority(
    *,
    actor: Actor,
    ticket_id: int,
    impact: str,
    urgency: str,
    override: int | None = None,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> Saved:
    """Set impact and urgency, and the priority they give; an override needs a reason. Pauses stay taken."""
    story = clocks.Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    locking.check_version(story, version)
    policies.require_work(actor)
    priority = int(policies.priority_of(impact=impact, urgency=urgency))
    if override is not None and override != priority:
        if override not in Priority.values:
            raise Invalid("A priority is 1 (critical), 2 (high), 3 (normal) or 4 (low).", code="unknown_priority")
        if not reason.strip():
            raise Invalid("Say why the priority differs from what impact and urgency give.", code="reason_required")
        priority = override
    wanted = {"impact": impact, "urgency": urgency, "priority": priority, "priority_reason": reason.strip()[:200]}
    before_priority = ticket.priority
    changes = _set_fields(ticket, wanted)
    ticket.version += 1
    _add_change(story, "priority", changes, actor=actor, now=now)
    clocks.match_policy(story, actor_id=actor.user_id, now=now)
    story.record(
        actor=actor,
        action="desk.change_priority",
        now=now,
        changes=changes,
        reason=reason.strip(),
        event=events.PriorityChanged(ticket_id=ticket.pk, before=before_priority, after=priority),
    )
    return locking.finish(story, *wanted)


@transaction.atomic
def change_fields(
    *,
    actor: Actor,
    ticket_id: int,
    kind: str | Keep = KEEP,
    queue_id: int | Keep = KEEP,
    product_id: int | Keep | None = KEEP,
    place_id: int | Keep | None = KEEP,
    tags: Iterable[str] | Keep = KEEP,
    subject: str | Keep = KEEP,
    version: int | None = None,
    now: dt.datetime,
) -> Saved:
    """Change the fields named. Another queue whose team the assignee is not of takes the ticket from her."""
    story = clocks.Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    locking.check_version(story, version)
    policies.require_work(actor)
    wanted = _read_fields(
        actor, kind=kind, queue_id=queue_id, product_id=product_id, place_id=place_id, subject=subject
    )
    changes = _set_fields(ticket, wanted)
    if not isinstance(tags, Keep):
        before = sorted(ticket.tags.values_list("name", flat=True))
        found = opening.find_tags(tags, actor=actor)
        ticket.tags.set(found)
        if before != (after := [tag.name for tag in found]):
            changes["tags"] = (before, after)
    if not changes:
        return locking.finish(story)
    ticket.version += 1
    _add_change(story, "changed", changes, actor=actor, now=now)
    clocks.match_policy(story, actor_id=actor.user_id, now=now)
    story.record(
        actor=actor,
        action="desk.change_fields",
        now=now,
        changes=changes,
        event=events.TicketChanged(ticket_id=ticket.pk, fields=tuple(sorted(changes))),
    )
    if "queue_id" in changes:
        _keep_or_release(story, actor, now)
    if "subject" in changes:
        search.index_ticket(ticket)
    return locking.finish(story, *(field.removesuffix("_id") for field in wanted), "assignee")


@transaction.atomic
def change_tags(
    *, actor: Actor, ticket_id: int, add: Iterable[str] = (), remove: Iterable[str] = (), now: dt.datetime
) -> Saved:
    """Put tags on a ticket and take others off, whatever else has happened to it meanwhile."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    gone = {name.casefold() for name in remove}
    stays = [
        name for name in ticket.tags.order_by("name").values_list("name", flat=True) if name.casefold() not in gone
    ]
    return change_fields(actor=actor, ticket_id=ticket_id, tags=(*stays, *add), now=now)


def _read_fields(actor: Actor, **given: Any) -> dict[str, Any]:
    named = {field: value for field, value in given.items() if not isinstance(value, Keep)}
    if "kind" in named and named["kind"] not in Kind.values:
        raise Invalid(f"The type of ticket is one of {', '.join(Kind.values)}.", code="unknown_kind")
    if "subject" in named:
        named["subject"] = opening.read_subject(named["subject"])
    if "queue_id" in named:
        named["queue_id"] = scope.visible_queue(actor=actor, queue_id=named["queue_id"]).pk
    if "product_id" in named:
        scope.find_in_world(Product, actor=actor, pk=named["product_id"], noun="product")
    if "place_id" in named:
        scope.find_in_world(Place, actor=actor, pk=named["place_id"], noun="place")
    return named


def _set_fields(ticket: Any, wanted: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    changes = {
        field: (getattr(ticket, field), value) for field, value in wanted.items() if getattr(ticket, field) != value
    }
    for field, (_, value) in changes.items():
        setattr(ticket, field, value)
    return changes


def _add_change(
    story: clocks.Story, kind: str, changes: dict[str, tuple[Any, Any]], *, actor: Actor, now: dt.datetime
) -> None:
    story.add(
        kind,
        actor_id=actor.user_id,
        now=now,
        changes={field: list(pair) for field, pair in changes.items() if field != "subject"},
        fields=sorted(changes),
    )


def _keep_or_release(story: clocks.Story, actor: Actor, now: dt.datetime) -> None:
    ticket = story.ticket
    if ticket.assignee_id is None:
        return
    answering = {person.id for person in offers.eligible(actor=actor, queue=ticket.queue)}
    on = clock.day_of(now)
    lacks = competence.lacking(actor=actor, queue_id=ticket.queue_id, user_ids=[ticket.assignee_id], on=on)
    if ticket.assignee_id not in answering or lacks:
        assigning.set_assignee(story, None, actor=actor, now=now, reason="The ticket went to another queue.")
