"""The sample service's queues, and its removal from the desk."""

import datetime as dt
from collections.abc import Mapping, Sequence

from wellserved.apps.desk.actions import load
from wellserved.apps.desk.actions.knowledge import remembering
from wellserved.apps.desk.historic import LoadCounts
from wellserved.apps.desk.models import (
    Customer,
    Guideline,
    GuidelineVersion,
    Incident,
    Message,
    Notice,
    Organisation,
    Place,
    ProcedureRun,
    ProcedureStep,
    Product,
    Queue,
    Tag,
    Ticket,
    View,
)
from wellserved.apps.desk.types import Kind, MessageKind
from wellserved.apps.desk.types.knowledge import Content, RunState, StepState
from wellserved.platform.origin import Origin


def add_queues(*, teams: Mapping[str, int], default: str) -> Mapping[str, int]:
    """Write one queue for each team, of the same name, and return ids by name."""
    Queue.objects.bulk_create(
        Queue(name=name, team_id=team_id, is_default=name == default, origin=Origin.SAMPLE)
        for name, team_id in teams.items()
    )
    return dict(Queue.objects.filter(origin=Origin.SAMPLE).values_list("name", "id"))


def give_portal(*, email: str, user_id: int) -> None:
    """Let the customer with this address sign in to the portal as this user."""
    Customer.objects.filter(origin=Origin.SAMPLE, email=email).update(user_id=user_id)


def content_of(guideline_id: int) -> Content:
    """Return what holds of a guideline."""
    row = Guideline.objects.select_related("current").get(pk=guideline_id)
    return Content.from_data(row.current.content if row.current else {})


def follow_procedure(*, guideline_id: int, now: dt.datetime, tickets: int = 36) -> None:
    """Write that the latest tickets a procedure applies to were worked by it; those still open are under way."""
    version = GuidelineVersion.objects.filter(guideline=guideline_id).latest("number")
    content = Content.from_data(version.content)
    steps, named = content.steps, content.tags
    rows = Ticket.objects.filter(origin=Origin.SAMPLE, tags__name__in=named, first_replied_at__isnull=False)
    for i, ticket in enumerate(rows.exclude(assignee=None).distinct().order_by("-opened_at", "-pk")[:tickets]):
        start = ticket.first_replied_at or ticket.opened_at
        end = ticket.resolved_at if ticket.resolved_at and ticket.resolved_at > start else None
        done = len(steps) if end else 1 + i % (len(steps) - 1)
        run = ProcedureRun.objects.create(
            ticket=ticket,
            guideline_id=guideline_id,
            version=version,
            state=RunState.COMPLETED if end else RunState.RUNNING,
            started_by_id=ticket.assignee_id,
            started_at=start,
            ended_at=end,
        )
        share = ((end or now) - start) / (done if end else done + 1)
        ProcedureStep.objects.bulk_create(
            ProcedureStep(
                run=run,
                order=order,
                # What the second step asks about stood in one first message of three.
                state=StepState.SKIPPED if order == 2 and i % 3 == 0 else StepState.DONE,
                reason="It stood in her first message" if order == 2 and i % 3 == 0 else "",
                by_id=ticket.assignee_id,
                at=start + share * order,
            )
            for order in range(1, done + 1)
        )


def remember_guidelines(*, since: dt.datetime) -> None:
    """Write beside the latest replies which guidelines hold for their tickets."""
    rows = Message.objects.filter(origin=Origin.SAMPLE, kind=MessageKind.REPLY, sent_at__gte=since)
    for message in rows.select_related("ticket__customer", "author").order_by("pk"):
        remembering.remember(message.ticket, message, agent=message.author.name if message.author else "")


def count() -> LoadCounts:
    """Return how many tickets and messages of the sample are here."""
    tickets, messages = (model.objects.filter(origin=Origin.SAMPLE).count() for model in (Ticket, Message))
    return LoadCounts(created=tickets, messages=messages)


def remove() -> int:
    """Delete every sample record of the desk, in short writes, and return how many tickets went."""
    gone = 0
    while ids := list(Ticket.objects.filter(origin=Origin.SAMPLE).values_list("id", flat=True)[:500]):
        load.remove_tickets(ids)
        gone += len(ids)
    for model in (Guideline, Incident, Notice, Customer, Organisation, Queue, Product, Place, Tag, View):
        model._default_manager.filter(origin=Origin.SAMPLE).delete()
    return gone


def tickets_for_complaints(*, now: dt.datetime, ages: Sequence[int]) -> list[int]:
    """Return for each age in days the sample's open complaint nearest to it, else any complaint nearest to it."""
    found = Ticket.objects.filter(origin=Origin.SAMPLE, kind=Kind.COMPLAINT).order_by("opened_at", "pk")
    rows = list(found.values_list("pk", "opened_at"))
    chosen: list[int] = []
    for age in ages:
        free = [(abs((now - opened).total_seconds() / 86_400 - age), pk) for pk, opened in rows if pk not in chosen]
        if free:
            chosen.append(min(free)[1])
    return chosen


def opened_at(*, ticket_id: int) -> dt.datetime:
    """Return when a sample ticket was opened."""
    return Ticket.objects.values_list("opened_at", flat=True).get(pk=ticket_id, origin=Origin.SAMPLE)


def detach_mail(*, ticket_ids: Sequence[int]) -> None:
    """Let the messages of sample tickets stand as delivered, without a row of the outbox."""
    Message.objects.filter(ticket__in=ticket_ids, origin=Origin.SAMPLE).update(outbox_id=None)


def references(*, complaint_id: int) -> tuple[int, str]:
    """Return the number of a sample complaint's ticket and the sample's own reference of it."""
    return Ticket.objects.values_list("number", "external_id").get(complaint=complaint_id, origin=Origin.SAMPLE)
