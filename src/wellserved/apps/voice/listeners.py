"""Something is settled: the running surveys that ask at this moment plan to ask."""

import datetime as dt

from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk.events import TicketMoved
from wellserved.apps.desk.events.complaints import ComplaintMoved
from wellserved.apps.desk.queries import scope
from wellserved.apps.voice.actions import asking
from wellserved.apps.voice.models import Survey
from wellserved.apps.voice.queries import surveys
from wellserved.platform import clock, events
from wellserved.platform.origin import World


def connect() -> None:
    """Subscribe to what settles a matter."""
    events.subscribe(TicketMoved, _moved, name="voice.ask.ticket")
    events.subscribe(ComplaintMoved, _settled, name="voice.ask.complaint")


def _moved(delivery: events.Delivery) -> None:
    if isinstance(delivery.event, TicketMoved) and delivery.event.after in ("resolved", "closed"):
        _plan(delivery.event.after, ticket_id=delivery.event.ticket_id, at=delivery.at)


def _settled(delivery: events.Delivery) -> None:
    if isinstance(delivery.event, ComplaintMoved) and delivery.event.after == "closed":
        for world in World:
            known = scope.visible_complaints(actor=system_actor(world=world))
            for found in known.filter(pk=delivery.event.complaint_id).values_list("ticket", flat=True):
                _plan("complaint", ticket_id=found, at=delivery.at)


def _plan(moment: str, *, ticket_id: int, at: dt.datetime) -> None:
    for survey in Survey.objects.filter(state="running").order_by("pk"):
        if surveys.rules_of(survey).moment == moment:
            chance = surveys.draw(survey_id=survey.pk, ticket_id=ticket_id)
            asking.plan(survey_id=survey.pk, ticket_id=ticket_id, chance=chance, at=at, now=clock.now())
