"""Panels that upper apps put on lower records: `problem` shows on a ticket without the desk knowing of problems."""

from collections.abc import Callable

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.thread.types import Panel

Draw = Callable[[Actor, int], Panel | None]

registry: dict[str, dict[str, Draw]] = {}


def register(kind: str, name: str, draw: Draw) -> None:
    """Let `draw(actor, id)` fill a panel on every record of a kind; returning None leaves it out."""
    registry.setdefault(kind, {})[name] = draw


def for_record(*, actor: Actor, kind: str, record_id: int) -> tuple[Panel, ...]:
    """Return the panels of a record the actor may see, in the order of their names."""
    subjects.require_visible(actor=actor, subject=(kind, record_id))
    drawn = (draw(actor, record_id) for _name, draw in sorted(registry.get(kind, {}).items()))
    return tuple(panel for panel in drawn if panel is not None)
