"""News from below that people should be briefed of: each leads to a draft, never to a message."""

from collections.abc import Callable

from wellserved.apps.desk.events.knowledge import GuidelineInForce
from wellserved.apps.development.actions import drafting
from wellserved.apps.people.events import RolePublished
from wellserved.apps.standards import events as standards
from wellserved.platform import clock, events

# By the kind of record, the news of a version and the field that names the record.
_NEWS: tuple[tuple[str, type[events.Event], str], ...] = (
    ("standards.standard", standards.StandardAgreed, "standard_id"),
    ("standards.standard", standards.StandardLive, "standard_id"),
    ("standards.service", standards.OfferChanged, "service_id"),
    ("standards.vision", standards.VisionChanged, "vision_id"),
    ("standards.objective", standards.ObjectiveSaved, "objective_id"),
    ("standards.plan", standards.PlanAgreed, "plan_id"),
    ("desk.guideline", GuidelineInForce, "guideline_id"),
    ("people.role", RolePublished, "role_id"),
)


def connect() -> None:
    """Subscribe to every piece of news of a version."""
    for kind, event, field in _NEWS:
        events.subscribe(event, _draft_of(kind, field), name=f"development.draft.{event.name}")


def _draft_of(kind: str, field: str) -> Callable[[events.Delivery], None]:
    def hear(delivery: events.Delivery) -> None:
        drafting.draft(subject=(kind, getattr(delivery.event, field)), since=delivery.at, now=clock.now())

    return hear
