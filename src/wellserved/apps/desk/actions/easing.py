"""Take the customer's answer to the question that rode in a reply."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk import events
from wellserved.apps.desk.actions import answering, locking
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import ComfortCheck
from wellserved.apps.desk.queries import comfort as queries
from wellserved.apps.desk.types import Channel
from wellserved.apps.desk.types.updates import UNEASY, Comfort
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.platform.errors import Conflict, Invalid

FACT = "comfort"
LONGEST_WORDS = 1000


@transaction.atomic
def answer_comfort(*, token: str, answer: str, words: str = "", now: dt.datetime) -> str:
    """Take the customer's answer by her signed link, once; return it. A no or a concern calls the ticket's owner."""
    found, actor = queries.open_link(token=token, now=now)
    ticket = locking.locked_ticket(actor=actor, ticket_id=found.ticket_id)
    row = ComfortCheck.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.answer:
        raise Conflict(
            f"You have answered this already: {Comfort(row.answer).label.lower()}. Write to us if you see it "
            "differently now.",
            code="comfort_answered",
        )
    if answer not in Comfort.values:
        raise Invalid("Answer yes, no, or yes with a concern.", code="comfort_answer", field="answer")
    words = words.strip()[:LONGEST_WORDS]
    row.answer, row.words, row.answered_at = answer, words, now
    row.save(update_fields=["answer", "words", "answered_at"])
    label = Comfort(answer).label
    said = f"The customer answered “{row.about}”: {label.lower()}."
    Story(ticket).add(FACT, actor_id=None, now=now, activity=said)
    ledger.record(
        actor=actor,
        action="desk.answer_comfort",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"comfort": (None, answer)} | ({"words": (None, words)} if words else {}),
        event=events.ComfortAnswered(ticket_id=ticket.pk, comfort_id=row.pk, answer=answer),
    )
    if answer in UNEASY:
        # Her answer is a word of hers like any other: what waited for her, or was over, is open again.
        body = f"{label}: {row.about}" + (f"\n\n{words}" if words else "")
        answering.customer_message(actor=actor, ticket_id=ticket.pk, body=body, channel=Channel.WEB, now=now)
        calling.call(
            by=accounts.system_actor(world=actor.world),
            subject=("desk.ticket", ticket.pk),
            user_id=ticket.assignee_id or row.asked_by_id,
            text=f"The customer of #{ticket.number} is not comfortable with what is done. Speak to her.",
            now=now,
        )
    return answer
