"""What would go if a customer were forgotten."""

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Message, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Forgettable
from wellserved.apps.ledger.queries.discussion import count_files
from wellserved.platform.errors import Refused

MOST_NUMBERS = 12


def forgettable(*, actor: Actor, customer_id: int) -> Forgettable:
    """Return what is kept of a customer. Six queries."""
    require_forget(actor)
    row = scope.visible_customer(actor=actor, customer_id=customer_id)
    tickets = dict(Ticket.objects.filter(customer=row).order_by("-opened_at").values_list("pk", "number"))
    messages = list(Message.objects.filter(ticket__in=tickets).values_list("pk", flat=True))
    subjects = {"desk.customer": [row.pk], "desk.ticket": list(tickets), "desk.message": messages}
    return Forgettable(
        customer_id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        note=row.note,
        signs_in=row.user_id is not None,
        tickets=len(tickets),
        numbers=tuple(tickets.values())[:MOST_NUMBERS],
        messages=len(messages),
        files=count_files(subjects_of=subjects),
    )


def require_forget(actor: Actor) -> None:
    """Refuse everybody but an administrator: what goes cannot be brought back."""
    if not actor.can(accounts_policies.SETTINGS):
        raise Refused("Only an administrator forgets a person.")
