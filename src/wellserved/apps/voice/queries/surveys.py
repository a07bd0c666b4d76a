"""Surveys, and whom a survey would ask."""

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import OPEN_STATUSES
from wellserved.apps.voice import types
from wellserved.apps.voice.models import Invitation, Silence, Survey, SurveyVersion
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import Origin, in_world, world_of

DRY_DAYS, DRY_ROWS = 30, 50


def visible(*, actor: Actor) -> "QuerySet[Survey]":
    """Return the surveys of the actor's world."""
    rows = in_world(Survey.objects.all(), actor.world)
    return rows if actor.can(READ_STANDARDS) else rows.none()


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each survey is called. One query."""
    return dict(Survey.objects.filter(pk__in=ids).values_list("pk", "name"))


def surveys(*, actor: Actor) -> tuple[types.SurveyRow, ...]:
    """Return the surveys with how many were asked and answered. Two queries."""
    reach = Q(invitations__state="asked")
    if not actor.sees_all_teams:
        reach &= Q(invitations__queue__in=scope.visible_queues(actor=actor))
    counted = visible(actor=actor).annotate(
        asked=Count("invitations", filter=reach),
        answered=Count("invitations", filter=reach & Q(invitations__answered_at__isnull=False)),
    )
    rows = list(counted.select_related("owner").order_by("state", "name", "pk")[:200])
    found = SurveyVersion.objects.filter(survey__in=[row.pk for row in rows])
    wording = {(each.survey_id, each.number): each for each in found}
    return tuple(_row(row, wording[row.pk, row.number], asked=row.asked, answered=row.answered) for row in rows)


def survey(*, actor: Actor, survey_id: int) -> types.SurveyRow:
    """Return one survey with its present wording. Two queries."""
    row = visible(actor=actor).select_related("owner").filter(pk=survey_id).first()
    if row is None:
        raise missing()
    return _row(row, SurveyVersion.objects.get(survey=row, number=row.number))


def missing() -> NotFound:
    """Return the refusal of a survey that is not there."""
    return NotFound("There is no such survey.", code="survey_not_found")


def rules_of(row: Survey) -> types.Rules:
    """Return the rules of a survey."""
    lists = {key: tuple(row.rules.get(key, ())) for key in ("queues", "kinds", "channels")}
    return types.Rules(**(row.rules | lists))


def questions_of(wording: SurveyVersion) -> tuple[types.Question, ...]:
    """Return the questions after the first."""
    return tuple(types.Question(**(each | {"options": tuple(each["options"])})) for each in wording.questions)


def _row(row: Survey, wording: SurveyVersion, *, asked: int = 0, answered: int = 0) -> types.SurveyRow:
    return types.SurveyRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        state=row.state,
        lead=wording.lead,
        rules=rules_of(row),
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        number=row.number,
        version=row.version,
        questions=questions_of(wording),
        asked=asked,
        answered=answered,
    )


def draw(*, survey_id: int, ticket_id: int) -> float:
    """Return the chance of a ticket in a survey: the same whenever it is asked for, so nobody can pick."""
    return random.Random(f"voice:{survey_id}:{ticket_id}").random()  # noqa: S311 (a sample, not a secret)


def judge(
    row: Survey, tickets: Iterable[Any], *, draws: Mapping[int, float], now: dt.datetime, own: int | None = None
) -> dict[int, str]:
    """Return for each ticket why its customer is not asked, or nothing. Five queries, however many tickets.

    `own` is the plan that is being carried out, which does not stand in its own way.
    """
    rules, listed = rules_of(row), list(tickets)
    house = system_actor(world=world_of(row.origin))
    customers = {scope.standing(ticket.customer).pk for ticket in listed}
    silent = set(Silence.objects.filter(customer__in=customers).values_list("customer", flat=True))
    complaining = set(
        scope.visible_complaints(actor=house)
        .filter(ticket__customer__in=customers, closed_at=None)
        .values_list("ticket__customer", flat=True)
    )
    others = Invitation.objects.exclude(state="dropped")
    if own is not None:
        others = others.exclude(pk=own)
    since = now - dt.timedelta(days=rules.quarantine_days)
    lately = Q(asked_at__gt=since) | Q(state="planned")
    quarantined = set(others.filter(lately, customer__in=customers).values_list("customer", flat=True))
    asked = set(others.filter(survey=row, ticket__in=listed).values_list("ticket", flat=True))
    tagged = scope.tickets_in_reach(actor=house).filter(pk__in=draws, tags__name__in=types.NEVER_TAGS)
    spam = set(tagged.values_list("pk", flat=True))
    found = {}
    for ticket in listed:
        customer = scope.standing(ticket.customer)
        outside = (
            (rules.queues and ticket.queue_id not in rules.queues)
            or (rules.kinds and ticket.kind not in rules.kinds)
            or (rules.channels and ticket.channel not in rules.channels)
        )
        checks = (
            ("imported", ticket.origin == Origin.IMPORT),
            ("internal", customer.is_internal),
            ("spam", ticket.pk in spam),
            ("reopened", ticket.status in OPEN_STATUSES),
            ("no_address", not customer.email),
            ("silent", customer.pk in silent),
            ("complaint", customer.pk in complaining),
            ("outside", outside),
            ("asked", ticket.pk in asked),
            ("quarantine", customer.pk in quarantined),
            ("chance", draws[ticket.pk] * 100 >= rules.share),
        )
        found[ticket.pk] = next((reason for reason, holds in checks if holds), "")
        if not found[ticket.pk] and own is None and rules.quarantine_days:
            quarantined.add(customer.pk)
    return found


def dry_run(*, actor: Actor, survey_id: int, now: dt.datetime) -> tuple[types.Judged, ...]:
    """Return what the survey would do with the latest tickets of 30 days: whom it would ask, and whom not and why."""
    row = visible(actor=actor).filter(pk=survey_id).first()
    if row is None:
        raise missing()
    rows = scope.visible_tickets(actor=actor).filter(resolved_at__gt=now - dt.timedelta(days=DRY_DAYS))
    moment = rules_of(row).moment
    if moment == "closed":
        rows = rows.filter(closed_at__isnull=False)
    elif moment == "complaint":
        rows = rows.filter(complaint__closed_at__isnull=False)
    found = list(rows.select_related("customer__merged_into").order_by("-resolved_at", "-pk")[:DRY_ROWS])
    draws = {ticket.pk: draw(survey_id=row.pk, ticket_id=ticket.pk) for ticket in found}
    reasons = judge(row, found, draws=draws, now=now)
    return tuple(
        types.Judged(
            ticket_id=ticket.pk,
            number=ticket.number,
            subject=ticket.subject,
            customer=scope.standing(ticket.customer).name,
            reason=reasons[ticket.pk],
        )
        for ticket in found
    )
