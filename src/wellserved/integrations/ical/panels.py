"""What the page of a calendar shows of the address its closed days come from."""

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.thread.types import Panel
from wellserved.integrations.ical import queries


def draw(actor: Actor, calendar_id: int) -> Panel | None:
    """Return the panel, with its way to the address for whoever may change calendars."""
    kept = queries.feed_of(actor=actor, calendar_id=calendar_id)
    may_edit = actor.can(policies.EDIT_STANDARDS)
    if kept is None and not may_edit:
        return None
    context = {"kept": kept, "calendar_id": calendar_id, "may_edit": may_edit}
    return Panel(title="Closed days from an address", template="ical/_panel.html", context=context)
