"""Forget a customer: what happened stays, who she was and what was said goes."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import actions as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import forgetting, search
from wellserved.apps.desk.actions.complaints.forgetting import empty_complaints
from wellserved.apps.desk.models import (
    Affected,
    ComfortCheck,
    Customer,
    Draft,
    Message,
    ProcedureRun,
    ProcedureStep,
    Promise,
    Referral,
    Ticket,
)
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.queries.forgetting import require_forget
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.types import Subject
from wellserved.platform import jobs, outbox
from wellserved.platform.errors import Conflict, Invalid

ERASED = "erased"
COMPACT = "desk.compact_search"


@transaction.atomic
def forget_customer(*, actor: Actor, customer_id: int, reason: str, now: dt.datetime) -> int:
    """Erase name, addresses, words and files of a customer everywhere and return how many tickets were hers.

    Numbers, times, statuses and clocks stay, so no figure changes; history keeps that it was done, when and why.
    """
    customer = scope.visible_customer(actor=actor, customer_id=customer_id)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.name == accounts.FORGOTTEN:
        raise Conflict("This person is forgotten already.", code="already_forgotten")
    require_forget(actor)
    reason = reason.strip()
    if not reason:
        raise Invalid(
            "Say why: a request by the person, or the end of their retention. Do not name her.", field="reason"
        )
    tickets = list(Ticket.objects.select_for_update().filter(customer=customer).order_by("pk"))
    ids = [ticket.pk for ticket in tickets]
    messages = list(Message.objects.filter(ticket__in=ids).values_list("pk", flat=True))
    email, user_id = customer.email, customer.user_id
    _empty_customer(customer)
    _empty_tickets(tickets, customer)
    outbox.forget(kind="desk.ticket", ids=ids, recipient=email)
    for forget in forgetting.others:
        forget(ids)
    for forget in forgetting.of_customers:
        forget([customer.pk])
    subjects: list[Subject] = [("desk.customer", customer.pk)]
    subjects += [("desk.complaint", pk) for pk in empty_complaints(ids)]
    subjects += [("desk.ticket", pk) for pk in ids] + [("desk.message", pk) for pk in messages]
    referred = Referral.objects.filter(ticket__in=ids).values_list("pk", flat=True)
    subjects += [("desk.referral", pk) for pk in referred]
    if user_id is not None:
        subjects.append(("accounts.user", user_id))
    ledger.erase(actor=actor, subjects=subjects, reason=reason, now=now)
    if user_id is not None:
        accounts.forget_portal_user(actor=actor, user_id=user_id, reason=reason, now=now)
    ledger.record(
        actor=actor,
        action="desk.customer.forgotten",
        subject=("desk.customer", customer.pk),
        now=now,
        changes={"tickets": (len(ids), 0), "messages": (len(messages), 0)},
        reason=reason,
    )
    jobs.enqueue(COMPACT, now=now)
    return len(ids)


def _empty_customer(customer: Customer) -> None:
    empty = {"email": "", "phone": "", "note": "", "time_zone": "", "language": "", "organisation": None, "user": None}
    for field, value in ({"name": accounts.FORGOTTEN} | empty).items():
        setattr(customer, field, value)
    customer.version += 1
    customer.save(update_fields=["name", *empty, "version"])
    Affected.objects.filter(customer=customer).update(reference="")


def _empty_tickets(tickets: list[Ticket], customer: Customer) -> None:
    ids = [ticket.pk for ticket in tickets]
    search.forget(ids)
    for ticket in tickets:
        ticket.subject, ticket.preview, ticket.priority_reason, ticket.status_reason = ERASED, "", "", ""
        ticket.external_url, ticket.attributes, ticket.customer = "", {}, customer
        ticket.version += 1
    Ticket.objects.bulk_update(
        tickets,
        ["subject", "preview", "priority_reason", "status_reason", "external_url", "attributes", "version"],
        batch_size=200,
    )
    Message.objects.filter(ticket__in=ids).update(body=ERASED, author_label="")
    Promise.objects.filter(ticket__in=ids).update(text=ERASED, to_name="", cause_note="")
    Referral.objects.filter(ticket__in=ids).update(question=ERASED, answer="")
    ComfortCheck.objects.filter(ticket__in=ids).update(about=ERASED, words="", settled_how="")
    Draft.objects.filter(ticket__in=ids).delete()
    ProcedureRun.objects.filter(ticket__in=ids).update(reason="")
    ProcedureStep.objects.filter(run__ticket__in=ids).update(reason="")
    search.index_all(tickets=tickets, messages=())
