"""Plan to ask a customer when something is settled, and ask her when the time has come, if it is still right."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.voice import types
from wellserved.apps.voice.models import Invitation, Survey, SurveyVersion
from wellserved.apps.voice.queries import links
from wellserved.apps.voice.queries import surveys as queries
from wellserved.platform import outbox
from wellserved.platform.origin import live_origin, world_of

BATCH = 50


@transaction.atomic
def plan(*, survey_id: int, ticket_id: int, chance: float, at: dt.datetime, now: dt.datetime) -> str:
    """Plan to ask about a ticket and return why not, or nothing; `chance` is drawn from 0 to 1.

    Safe to repeat: a ticket is planned once for a survey.
    """
    row = Survey.objects.select_for_update().get(pk=survey_id)
    if row.state != "running":
        return "stopped"
    rows = scope.tickets_in_reach(actor=accounts.system_actor(world=world_of(row.origin))).filter(pk=ticket_id)
    ticket = rows.select_related("customer__merged_into", "queue").first()
    if ticket is None:
        return "asked"
    reason = queries.judge(row, [ticket], draws={ticket.pk: chance}, now=now)[ticket.pk]
    if reason:
        return reason
    Invitation.objects.create(
        survey=row,
        number=row.number,
        ticket=ticket,
        customer=scope.standing(ticket.customer),
        queue=ticket.queue,
        ask_at=at + dt.timedelta(hours=queries.rules_of(row).delay_hours),
        origin=live_origin(world_of(row.origin)),
    )
    return ""


def ask_due(*, now: dt.datetime) -> int:
    """Ask those whose time has come, each in a write of its own, and return how many were asked."""
    due = Invitation.objects.filter(state="planned", ask_at__lte=now).exclude(survey__state="paused")
    ids = list(due.order_by("ask_at", "pk").values_list("pk", flat=True)[:BATCH])
    return sum(ask(invitation_id=pk, now=now) for pk in ids)


@transaction.atomic
def ask(*, invitation_id: int, now: dt.datetime) -> bool:
    """Ask one customer by mail, or write down why she is not asked after all."""
    row = Invitation.objects.select_for_update().get(pk=invitation_id)
    if row.state != "planned":
        return False
    survey = Survey.objects.get(pk=row.survey_id)
    reach = scope.tickets_in_reach(actor=accounts.system_actor(world=world_of(row.origin)))
    ticket = reach.select_related("customer__merged_into").get(pk=row.ticket_id)
    reason = queries.judge(survey, [ticket], draws={ticket.pk: 0.0}, now=now, own=row.pk)[ticket.pk]
    if survey.state != "running":
        reason = "stopped"
    if reason:
        row.state, row.reason = "dropped", reason
        row.save(update_fields=["state", "reason"])
        return False
    customer = scope.standing(ticket.customer)
    row.state, row.asked_at, row.number, row.customer = "asked", now, survey.number, customer
    row.save(update_fields=["state", "asked_at", "number", "customer"])
    outbox.queue(
        channel="email",
        recipient=customer.email,
        subject=f"[#{ticket.number}] How was it?",
        body=letter(row, kind=survey.kind, number=ticket.number, now=now),
        headers={"Content-Language": customer.language} if customer.language else {},
        now=now,
        about=("voice.invitation", row.pk),
        origin=row.origin,
    )
    ledger.record(
        actor=accounts.system_actor(world=world_of(row.origin)),
        action="voice.ask",
        subject=("desk.ticket", ticket.pk),
        now=now,
        changes={"survey": (None, survey.name)},
        origin=row.origin,
    )
    return True


def letter(row: Invitation, *, kind: str, number: int, now: dt.datetime) -> str:
    """Return the mail that asks: the question and a link for each score, in their order, none of them set apart."""
    lead = SurveyVersion.objects.values_list("lead", flat=True).get(survey=row.survey_id, number=row.number)
    low, high = types.SCALES[kind]
    worst, best = types.ENDS[kind]
    names = {low: f" ({worst})", high: f" ({best})"}
    scores = "\n".join(f"{score}{names.get(score, '')}: {_url(row, score, now)}" for score in range(low, high + 1))
    return (
        f"You wrote to us; it was number {number}. May we ask you one thing?\n\n{lead}\n\n{scores}\n\n"
        f"A press on a line opens a page on which you confirm it. The links hold for {types.DAYS_OPEN} days; until "
        "then you can change your answer. On the same page you can ask for a call, or tell us not to ask again.\n"
    )


def _url(row: Invitation, score: int, now: dt.datetime) -> str:
    return f"{settings.SITE_URL}/help/survey/{links.link_for(invitation_id=row.pk, score=score, now=now)}"
