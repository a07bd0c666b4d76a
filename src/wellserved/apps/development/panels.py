"""Thanks beside a ticket and on a profile: two clicks, the second says for which value."""

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import teamwork
from wellserved.apps.development.queries import behaviours, recognition
from wellserved.apps.thread import panels
from wellserved.apps.thread.types import Panel

TEMPLATE = "development/_thank_panel.html"
SHOWN = 3


def register() -> None:
    """Put the panels on their records; called once when Django starts."""
    panels.register("desk.ticket", "development.thanks", on_ticket)
    panels.register("people.profile", "development.thanks", on_profile)


def on_ticket(actor: Actor, ticket_id: int) -> Panel | None:
    """Offer thanks to those whose work a ticket is. Six queries at most."""
    people = [each for each in teamwork.hands(actor=actor, ticket_id=ticket_id) if each[0] != actor.user_id]
    values = _values(actor) if people else []
    if not people or not values:
        return None
    context = {"people": people, "values": values, "about": f"desk.ticket:{ticket_id}", "rows": ()}
    return Panel(title="Thanks", template=TEMPLATE, context=context)


def on_profile(actor: Actor, user_id: int) -> Panel | None:
    """Show the last thanks somebody got, and offer one more. Nine queries at most."""
    rows, _ = recognition.feed(actor=actor, user_id=user_id, limit=SHOWN)
    values = _values(actor) if user_id != actor.user_id else []
    if not rows and not values:
        return None
    people = [(user_id, accounts.person(actor=actor, user_id=user_id).name)] if values else []
    return Panel(
        title="Thanks", template=TEMPLATE, context={"people": people, "values": values, "about": "", "rows": rows}
    )


def _values(actor: Actor) -> list[str]:
    return [name for name, _ in behaviours.values(actor=actor)]
