"""Ask a colleague for help, note what came of it, and tell others what solved a ticket."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.models import Collaborator, Solution, SolutionRead
from wellserved.apps.desk.queries import offers, scope
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import discussion
from wellserved.platform.errors import Conflict, Invalid, NotFound

LONGEST = 2000


@transaction.atomic
def ask_colleague(*, actor: Actor, ticket_id: int, user_id: int, ask: str, now: dt.datetime) -> int:
    """Ask a colleague who can see the ticket to help with it; she is called, and it stands in her inbox till done."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    ask = words(ask, "Say what you ask her to do.")
    names = {choice.id: choice.name for choice in offers.eligible(actor=actor, queue=ticket.queue)}
    if user_id not in names or user_id == actor.user_id:
        raise Invalid("Choose a colleague who answers this queue, other than yourself.", code="not_a_helper")
    if Collaborator.objects.filter(ticket=ticket, user=user_id, done_at=None).exists():
        raise Conflict(f"{names[user_id]} is asked already.", code="asked_already")
    row = Collaborator.objects.create(
        ticket=ticket, user_id=user_id, name=names[user_id], ask=ask, asked_by_id=actor.user_id, asked_at=now
    )
    discussion.call_people(actor=actor, subject=("desk.ticket", ticket.pk), text=ask, mention_ids=(user_id,), now=now)
    return asked(row, actor=actor, now=now)


def asked(row: Collaborator, *, actor: Actor, now: dt.datetime) -> int:
    """Write down that somebody was asked; for this app alone."""
    who = f"{row.name}, {row.organisation}" if row.organisation else row.name
    ledger.record(
        actor=actor,
        action="desk.ask_colleague" if row.user_id else "desk.ask_partner",
        subject=("desk.ticket", row.ticket_id),
        now=now,
        changes={"helper": (None, who), "ask": (None, row.ask)},
        event=events.HelpAsked(ticket_id=row.ticket_id, collaborator_id=row.pk, is_colleague=row.user_id is not None),
    )
    return row.pk


@transaction.atomic
def finish_help(
    *, actor: Actor, collaborator_id: int, contribution: str, ticket_id: int | None = None, now: dt.datetime
) -> None:
    """Note what somebody contributed; it leaves her inbox."""
    tickets = scope.visible_tickets(actor=actor)
    row = Collaborator.objects.filter(pk=collaborator_id, ticket__in=tickets).first()
    if row is None or ticket_id not in (None, row.ticket_id):
        raise NotFound("There is nobody of this number helping here.", code="helper_not_found")
    locking.locked_ticket(actor=actor, ticket_id=row.ticket_id)
    row = Collaborator.objects.select_for_update().get(pk=collaborator_id)
    if row.done_at is not None:
        raise Conflict("What came of this is noted already.", code="help_finished")
    policies.require_work(actor)
    row.contribution = words(contribution, "Say what came of it.")
    row.done_at, row.done_by_id = now, actor.user_id
    row.save(update_fields=["contribution", "done_at", "done_by"])
    ledger.record(
        actor=actor,
        action="desk.finish_help",
        subject=("desk.ticket", row.ticket_id),
        now=now,
        changes={"helper": (None, row.name), "contribution": (None, row.contribution)},
        event=events.HelpFinished(ticket_id=row.ticket_id, collaborator_id=row.pk),
    )


@transaction.atomic
def share_solution(*, actor: Actor, ticket_id: int, text: str, now: dt.datetime) -> int:
    """Tell colleagues and managers which steps solved a ticket; it stands on their Today for a week."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    text = words(text, "Say which steps solved it.")
    row = Solution.objects.create(ticket=ticket, text=text, shared_by_id=actor.user_id, shared_at=now)
    ledger.record(
        actor=actor,
        action="desk.share_solution",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"solution": (None, text)},
        event=events.SolutionShared(ticket_id=ticket.pk, solution_id=row.pk),
    )
    return row.pk


@transaction.atomic
def take_note(*, actor: Actor, solution_id: int, now: dt.datetime) -> None:
    """Say that one has read a solution; said twice, it counts once."""
    tickets = scope.visible_tickets(actor=actor)
    row = Solution.objects.filter(pk=solution_id, ticket__in=tickets).first()
    if row is None:
        raise NotFound("There is no such solution, or it is not yours to see.", code="solution_not_found")
    SolutionRead.objects.get_or_create(solution=row, user_id=actor.person_id, defaults={"read_at": now})


def words(given: str, missing: str) -> str:
    """Return what was typed, or say what is missing; for this app alone."""
    said = given.strip()
    if not said:
        raise Invalid(missing, code="empty_words")
    if len(said) > LONGEST:
        raise Invalid(f"Use at most {LONGEST:,} letters here; keep the rest in a note.", code="long_words")
    return said
