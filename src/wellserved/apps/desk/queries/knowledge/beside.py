"""What stands beside a reply: the guidelines in force for a ticket, its procedures, and what held when it was sent."""

from collections import defaultdict
from typing import cast

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Guideline, GuidelineUse, GuidelineVersion, ProcedureRun, ReplyTone, Ticket
from wellserved.apps.desk.queries import scope as desk_scope
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types.knowledge import Content, InForce, RunRow, RunStep, UsedVersion
from wellserved.platform.origin import in_world, world_of

SHOWN = 4


def in_force_for(*, actor: Actor, ticket_id: int) -> tuple[InForce, ...]:
    """Return what holds for a ticket, the narrowest first. Three queries."""
    if not actor.can(accounts.READ_KNOWLEDGE):
        return ()
    ticket = desk_scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    return tuple(as_in_force(row, ticket=ticket, agent=actor.name) for row in holding(ticket))


def holding(ticket: Ticket) -> list[Guideline]:
    """Return the rows that hold for a ticket with their versions; for this app alone. Two queries."""
    tags = list(ticket.tags.values_list("name", flat=True))
    rows = in_world(Guideline.objects.filter(scope.holds_for(ticket, tags=tags)), world_of(ticket.origin))
    return list(rows.exclude(current=None).select_related("current").order_by("-narrowness", "title", "pk")[:SHOWN])


def as_in_force(row: Guideline, *, ticket: Ticket, agent: str) -> InForce:
    """Return a row with a version in force as a reply knows it; for this app alone."""
    version = cast(GuidelineVersion, row.current)
    content = Content.from_data(version.content)
    return InForce(
        id=row.pk,
        version_id=version.pk,
        number=version.number,
        kind=row.kind,
        title=content.title,
        body=content.body,
        reply=fill(content.reply, ticket=ticket, agent=agent),
        steps=len(content.steps),
    )


def fill(text: str, *, ticket: Ticket, agent: str) -> str:
    """Return a text with what is known of the ticket in place of its words in braces."""
    words = ticket.customer.name.split()
    known = {"{first name}": words[0] if words else "there", "{number}": f"#{ticket.number}", "{agent}": agent}
    for word, value in known.items():
        text = text.replace(word, value)
    return text


def versions_of_replies(*, actor: Actor, ticket_id: int) -> dict[int, tuple[UsedVersion, ...]]:
    """Return by message which versions were in force when it was written. Two queries."""
    if not actor.can(accounts.READ_KNOWLEDGE):
        return {}
    ticket = desk_scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    rows = GuidelineUse.objects.filter(message__ticket=ticket).select_related("version").order_by("-used", "pk")
    found: dict[int, list[UsedVersion]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(
            UsedVersion(
                guideline_id=row.version.guideline_id,
                title=row.version.content["title"],
                number=row.version.number,
                used=row.used,
            )
        )
    return {message_id: tuple(used) for message_id, used in found.items()}


def tones_of_replies(*, actor: Actor, ticket_id: int) -> dict[int, tuple[str, ...]]:
    """Return by message which marks of a good tone a reply did not bear when it was sent. Two queries."""
    ticket = desk_scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    known = ReplyTone.objects.filter(message__ticket=ticket).values_list("message", "missed")
    return {message: tuple(filter(None, missed.split(","))) for message, missed in known}


def runs_of(*, actor: Actor, ticket_id: int) -> tuple[RunRow, ...]:
    """Return the procedures followed on a ticket, the latest first. Three queries."""
    ticket = desk_scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    rows = ProcedureRun.objects.filter(ticket=ticket).select_related("version", "started_by")
    return tuple(_run(row) for row in rows.prefetch_related("steps__by").order_by("-started_at", "-pk"))


def _run(row: ProcedureRun) -> RunRow:
    content = Content.from_data(row.version.content)
    settled = {step.order: step for step in row.steps.all()}
    steps = tuple(
        RunStep(
            order=order,
            title=title,
            detail=detail,
            state=settled[order].state if order in settled else "",
            reason=settled[order].reason if order in settled else "",
            by=_name(settled[order].by) if order in settled else "",
            at=settled[order].at if order in settled else None,
        )
        for order, (title, detail) in enumerate(content.steps, start=1)
    )
    left = [step.order for step in steps if not step.state]
    return RunRow(
        id=row.pk,
        guideline_id=row.guideline_id,
        title=content.title,
        number=row.version.number,
        state=row.state,
        started_by=_name(row.started_by),
        started_at=row.started_at,
        ended_at=row.ended_at,
        reason=row.reason,
        steps=steps,
        current=left[0] if left and row.state == "running" else None,
    )


def _name(user: object) -> str:
    return str(getattr(user, "name", "")) if user else "Somebody who has since left"
