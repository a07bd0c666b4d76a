"""Ask a service partner by mail, and take her answer by the signed link in it: she has no account and needs none."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking, moving, teamwork
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import Collaborator
from wellserved.apps.desk.queries import partnering as queries
from wellserved.apps.desk.types import Move, Status
from wellserved.apps.ledger.actions import calling
from wellserved.platform import outbox
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin, world_of

FACT = "partner"
LONGEST_WORD = 80


@transaction.atomic
def ask_partner(
    *,
    actor: Actor,
    ticket_id: int,
    name: str,
    email: str,
    organisation: str = "",
    ask: str,
    hand_over: str = "",
    now: dt.datetime,
) -> int:
    """Ask somebody outside by mail: she gets these words and the number, and nothing of the customer's.

    `hand_over` is the word of the partner the ticket is handed to with the question: the clock of her agreement runs
    from here, and her answer ends it.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    policies.require_work(actor)
    ask = teamwork.words(ask, "Say what you ask the partner to do.")
    name, email = " ".join(name.split())[:200], email.strip().lower()
    hand_over = " ".join(hand_over.split())[:LONGEST_WORD]
    if not name:
        raise Invalid("Give the name of whoever you ask.", code="partner_name")
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Invalid(f"{email or 'An empty address'} is not a mail address.", code="email") from wrong
    row = Collaborator.objects.create(
        ticket=story.ticket,
        name=name,
        email=email,
        organisation=" ".join(organisation.split())[:200],
        ask=ask,
        handed_as=hand_over,
        asked_by_id=actor.user_id,
        asked_at=now,
    )
    if hand_over:
        moving.apply_move(story, Move.WAIT_SUPPLIER, actor=actor, reason=hand_over, now=now)
        locking.finish(story, *moving.STATUS_FIELDS)
    link = f"{settings.SITE_URL}/help/partner/{queries.link_for(collaborator_id=row.pk, now=now)}"
    outbox.queue(
        channel="email",
        recipient=email,
        subject=f"[#{story.ticket.number}] A question to you",
        body=f"{ask}\n\nAnswer here, without an account: {link}\n\n-- \n{actor.name}\n",
        now=now,
        about=("desk.collaborator", row.pk),
        delay=outbox.UNDO,
        origin=live_origin(world_of(story.ticket.origin)),
    )
    return teamwork.asked(row, actor=actor, now=now)


@transaction.atomic
def answer_partner(*, token: str, words: str, now: dt.datetime) -> None:
    """Take a partner's answer by her link, once; a ticket handed to her comes back and her agreement's clock stops."""
    found, partner = queries.open_link(token=token, now=now)
    house = accounts.system_actor(world=partner.world)
    story = Story(locking.locked_ticket(actor=house, ticket_id=found.ticket_id))
    row = Collaborator.objects.select_for_update().get(pk=found.pk)
    if row.done_at is not None:
        raise Conflict("This question is answered already. Write to us if something has changed.", code="help_finished")
    row.contribution, row.done_at = teamwork.words(words, "Write your answer."), now
    row.save(update_fields=["contribution", "done_at"])
    story.add(FACT, actor_id=None, now=now, activity=f"{partner.name} answered: {row.contribution}")
    story.record(
        actor=partner,
        action="desk.answer_partner",
        now=now,
        changes={"helper": (None, partner.name), "contribution": (None, row.contribution)},
        event=events.HelpFinished(ticket_id=row.ticket_id, collaborator_id=row.pk),
    )
    if row.handed_as and story.ticket.status == Status.WAITING_SUPPLIER:
        moving.apply_move(story, Move.OPEN, actor=partner, reason=f"{row.name} answered", now=now)
    locking.finish(story, *moving.STATUS_FIELDS)
    calling.call(
        by=house,
        subject=("desk.ticket", row.ticket_id),
        user_id=story.ticket.assignee_id or row.asked_by_id,
        text=f"{partner.name} answered on #{story.ticket.number}.",
        now=now,
    )
