"""Reads of playbooks: the list, one whole, what is running, and the triggers to judge."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types import playbooks as rules
from wellserved.apps.standards.types import risks as types
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import World, in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("name", "id")
VIEWS: dict[str, str] = {
    "active": "In use",
    "running": "Proposed or at work",
    "rehearsal_due": "To be rehearsed",
    "retired": "Put away",
}
RUNNING = (types.Stage.PROPOSED, types.Stage.ACTIVE)
MOST_SHOWN = 50


def register(
    *,
    actor: Actor,
    view: str = "active",
    search: str = "",
    cursor: str | None = None,
    limit: int = 50,
    now: dt.datetime,
) -> tuple[tuple[types.PlaybookRow, ...], str | None]:
    """Return one page of playbooks by name, and the cursor of the next. Two queries."""
    if view not in VIEWS:
        raise Invalid(f"There is no view called {view}; use one of {', '.join(VIEWS)}.", code="view")
    rows = _of(actor).filter(is_active=view != "retired")
    if view == "rehearsal_due":
        rows = rows.filter(rehearsal_due__lte=now.date())
    if view == "running":
        rows = rows.filter(activations__stage__in=RUNNING)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(loaded(rows), cursor=cursor, limit=limit)
    return tuple(playbook_row(row, now) for row in page.rows), page.next_cursor


def _of(actor: Actor) -> QuerySet[models.Contingency]:
    return in_world(models.Contingency.objects.all(), actor.world)


def loaded(rows: QuerySet[models.Contingency]) -> QuerySet[models.Contingency]:
    """Load what a row of a list shows."""
    running = models.Activation.objects.filter(stage__in=RUNNING)
    return (
        rows.select_related("owner")
        .annotate(answered=Count("risks", filter=Q(risks__is_open=True), distinct=True))
        .prefetch_related(Prefetch("activations", queryset=running, to_attr="running"))
    )


def counts(*, actor: Actor, now: dt.datetime) -> dict[str, int]:
    """Return how many playbooks are in use, running and due to be rehearsed. One query."""
    return (
        _of(actor)
        .filter(is_active=True)
        .aggregate(
            total=Count("pk", distinct=True),
            running=Count("pk", filter=Q(activations__stage__in=RUNNING), distinct=True),
            rehearsal_due=Count("pk", filter=Q(rehearsal_due__lte=now.date()), distinct=True),
        )
    )


def choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the playbooks in use by name, up to 200. One query."""
    return tuple(_of(actor).filter(is_active=True).order_by("name").values_list("pk", "name")[:200])


def find(*, actor: Actor, contingency_id: int) -> models.Contingency:
    """Return the row, or say there is none; for this app alone."""
    row = loaded(_of(actor).filter(pk=contingency_id)).first()
    if row is None:
        raise NotFound("There is no such playbook.", code="contingency_not_found")
    return row


def playbook(*, actor: Actor, contingency_id: int, now: dt.datetime) -> types.PlaybookDetail:
    """Return a playbook with versions, rehearsals, activations and the risks it answers. Six queries."""
    row = find(actor=actor, contingency_id=contingency_id)
    versions = [_version(each) for each in row.versions.select_related("created_by").order_by("-number")]
    activations = row.activations.select_related("contingency", "activated_by").order_by("-detected_at", "-pk")
    return types.PlaybookDetail(
        row=playbook_row(row, now),
        summary=versions[0].summary,
        steps=versions[0].steps,
        rehearse_months=row.rehearse_months,
        risks=tuple(row.risks.filter(is_open=True).order_by("title").values_list("pk", "title")[:MOST_SHOWN]),
        rehearsals=tuple(_rehearsal(each) for each in row.rehearsals.order_by("-held_on", "-pk")[:MOST_SHOWN]),
        activations=tuple(activation_row(each) for each in activations[:MOST_SHOWN]),
        versions=tuple(versions[:MOST_SHOWN]),
    )


def activation(*, actor: Actor, activation_id: int) -> types.ActivationRow:
    """Return one activation. One query."""
    rows = in_world(models.Activation.objects.filter(pk=activation_id), actor.world)
    row = rows.select_related("contingency", "activated_by").first()
    if row is None:
        raise NotFound("There is no such activation.", code="activation_not_found")
    return activation_row(row)


def needed(*, actor: Actor, contingency_ids: Collection[int]) -> tuple[types.ActivationRow, ...]:
    """Return when these playbooks were proposed or at work, the newest first; not what was dismissed. One query."""
    if not contingency_ids:
        return ()
    rows = in_world(models.Activation.objects.filter(contingency__in=contingency_ids), actor.world)
    found = rows.exclude(stage=types.Stage.DISMISSED).select_related("contingency", "activated_by")
    return tuple(activation_row(row) for row in found.order_by("-detected_at", "-pk")[:MOST_SHOWN])


def running(*, actor: Actor, limit: int = 20) -> tuple[types.ActivationRow, ...]:
    """Return what is proposed or at work, the oldest first. One query."""
    rows = in_world(models.Activation.objects.filter(stage__in=RUNNING), actor.world)
    found = rows.select_related("contingency", "activated_by").order_by("detected_at", "pk")[:limit]
    return tuple(activation_row(row) for row in found)


def rehearsals_due(*, actor: Actor, now: dt.datetime, limit: int = 101) -> tuple[tuple[int, str], ...]:
    """Return id and name of playbooks due to be rehearsed, the longest due first. One query."""
    rows = _of(actor).filter(is_active=True, rehearsal_due__lte=now.date()).order_by("rehearsal_due", "pk")
    return tuple(rows.values_list("pk", "name")[:limit])


def watches(*, world: World) -> tuple[types.Watch, ...]:
    """Return the triggers that are judged in a world. Two queries."""
    rows = in_world(models.Contingency.objects.filter(is_active=True).exclude(trigger={}), world)
    found = rows.annotate(last=Max("activations__detected_at"), written=Max("versions__created_at")).order_by("pk")
    running_ids = set(
        in_world(models.Activation.objects.filter(stage__in=RUNNING), world).values_list("contingency_id", flat=True)
    )
    return tuple(
        types.Watch(
            contingency_id=row.pk,
            name=row.name,
            trigger=row.trigger,
            holding_since=row.holding_since,
            is_armed=row.is_armed,
            is_running=row.pk in running_ids,
            last_at=max(filter(None, (row.last, row.written))),
        )
        for row in found
    )


def playbook_row(row: models.Contingency, now: dt.datetime) -> types.PlaybookRow:
    """Return a playbook as a list shows it; what it shows is loaded."""
    running: list[models.Activation] = row.running  # type: ignore[attr-defined]
    return types.PlaybookRow(
        id=row.pk,
        name=row.name,
        number=row.current,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        trigger=row.trigger,
        trigger_words=rules.say_trigger(row.trigger),
        rehearsal_due=row.rehearsal_due,
        is_rehearsed=row.rehearsal_due > now.date(),
        is_active=row.is_active,
        risks=row.answered,  # type: ignore[attr-defined]
        running_id=running[0].pk if running else None,
        running_stage=running[0].stage if running else "",
        version=row.version,
    )


def activation_row(row: models.Activation) -> types.ActivationRow:
    """Return an activation with its times; its playbook and who activated it are loaded."""
    return types.ActivationRow(
        id=row.pk,
        contingency_id=row.contingency_id,
        name=row.contingency.name,
        number=row.number,
        stage=row.stage,
        stage_label=row.get_stage_display(),
        evidence=row.evidence,
        detected_at=row.detected_at,
        activated_at=row.activated_at,
        activated_by=row.activated_by.name if row.activated_by else "",
        recovered_at=row.recovered_at,
        to_activation_seconds=_seconds(row.detected_at, row.activated_at),
        to_recovery_seconds=_seconds(row.activated_at, row.recovered_at),
        steps=tuple(_done(at, step, row.activated_at or row.detected_at) for at, step in enumerate(row.steps)),
        outcome=row.outcome,
    )


def _done(index: int, kept: dict[str, Any], begun_at: dt.datetime) -> types.DoneStep:
    (step,) = rules.steps_from_data([kept["step"]])
    return types.DoneStep(
        index=index,
        step=step,
        due_at=begun_at + dt.timedelta(minutes=step.minutes),
        done_at=dt.datetime.fromisoformat(kept["done_at"]) if kept["done_at"] else None,
        done_by=kept["done_by"],
    )


def _seconds(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None


def _version(row: models.ContingencyVersion) -> types.PlaybookVersion:
    return types.PlaybookVersion(
        number=row.number,
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else "",
        reason=row.reason,
        summary=row.content["summary"],
        steps=rules.steps_from_data(row.content["steps"]),
        trigger_words=rules.say_trigger(row.content["trigger"]),
    )


def _rehearsal(row: models.Rehearsal) -> types.RehearsalRow:
    return types.RehearsalRow(
        id=row.pk,
        number=row.number,
        held_on=row.held_on,
        who=row.who,
        result=row.result,
        result_label=row.get_result_display(),
        findings=row.findings,
        to_change=row.to_change,
    )
