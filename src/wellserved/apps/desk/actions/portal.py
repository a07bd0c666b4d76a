"""What a customer does with the signed link in her mail, without signing in."""

import datetime as dt

from wellserved.apps.accounts.capabilities import CAPABILITIES, SEES_ALL_TEAMS
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.actions import answering
from wellserved.apps.desk.queries import portal
from wellserved.apps.desk.types import Channel, Saved
from wellserved.platform.origin import world_of


def reply_by_link(*, token: str, body: str, now: dt.datetime) -> Saved:
    """Add the customer's words to the one ticket her link is for."""
    ticket, customer = portal.open_link(token=token, now=now)
    actor = Actor(
        user_id=None,
        role=Role.CUSTOMER,
        name=customer.name,
        team_ids=frozenset(),
        world=world_of(ticket.origin),
        sees_all_teams=Role.CUSTOMER in SEES_ALL_TEAMS,
        capabilities=CAPABILITIES[Role.CUSTOMER],
        customer_id=customer.pk,
    )
    return answering.customer_message(actor=actor, ticket_id=ticket.pk, body=body, channel=Channel.WEB, now=now)
