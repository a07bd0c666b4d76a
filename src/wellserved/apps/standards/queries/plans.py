"""Reads of delivery plans: the register, one whole, its digest, what is due, what is still missing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import approving
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import budgets, calendar_of_plans, plan_changes
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types import plans as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

KIND, STANDARD = "standards.plan", "standards.standard"
PURPOSE = "standards.plan"
ORDER = Keyset("name", "id")
State = models.Plan.State
VIEWS: dict[str, str] = {"all": "All plans", "agreed": "Agreed", "asked": "Sent for approval", "draft": "Draft"}
MOST = 1000


def register(
    *, actor: Actor, view: str = "all", search: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.PlanRow, ...], str | None]:
    """Return one page of plans by name, and the cursor of the next. One query."""
    rows = in_world(models.Plan.objects.select_related("owner"), actor.world)
    if view in State.values:
        rows = rows.filter(state=view)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(row_of(row) for row in page.rows), page.next_cursor


def choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return plans by name, up to 200. One query."""
    rows = in_world(models.Plan.objects.order_by("name", "pk"), actor.world)
    return tuple(rows.values_list("pk", "name")[:200])


def undecided(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the plans nobody has agreed to yet, by name, up to 50. One query."""
    rows = in_world(models.Plan.objects.exclude(state=models.Plan.State.AGREED), actor.world)
    return tuple(rows.order_by("name", "pk").values_list("pk", "name")[:50])


def standard_choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the standards a plan may deliver: agreed or live, by name, up to 300. One query."""
    rows = in_world(models.Standard.objects.order_by("name", "pk"), actor.world)
    live = [models.Standard.State.AGREED, models.Standard.State.LIVE]
    return tuple(rows.filter(state__in=live).values_list("pk", "name")[:300])


def standard_measures(*, actor: Actor, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return name and measure of these standards by id. One query."""
    rows = in_world(models.Standard.objects.filter(pk__in=set(ids)), actor.world)
    return {pk: (name, measure) for pk, name, measure in rows.values_list("pk", "name", "measure")}


def counts(*, actor: Actor) -> dict[str, int]:
    """Return how many plans there are in each state. One query."""
    found = dict.fromkeys(State.values, 0)
    for state in in_world(models.Plan.objects.all(), actor.world).values_list("state", flat=True):
        found[state] += 1
    return found


def exists(*, actor: Actor) -> bool:
    """Return whether the world holds any plan. One query."""
    return in_world(models.Plan.objects.all(), actor.world).exists()


def find(*, actor: Actor, plan_id: int) -> models.Plan:
    """Return the row, or say there is none; for this app alone. One query."""
    row = in_world(models.Plan.objects.select_related("owner").filter(pk=plan_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such plan.", code="plan_not_found")
    return row


def row_of(row: models.Plan) -> types.PlanRow:
    """Return the row as other layers may know it; its owner is loaded."""
    return types.PlanRow(
        id=row.pk,
        name=row.name,
        state=row.state,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        amount=row.amount,
        currency=row.currency,
        agreed_number=row.agreed_number,
        approval_id=row.approval_id,
        version=row.version,
        content=types.Content.from_data(row.content),
    )


def plan(*, actor: Actor, plan_id: int, now: dt.datetime) -> types.PlanDetail:
    """Return a plan with its versions, evaluations, what is due and its budget. Nine queries."""
    row = find(actor=actor, plan_id=plan_id)
    shown = row_of(row)
    versions = list(row.versions.select_related("requested_by").order_by("-number"))
    content = [types.Content.from_data(version.content) for version in versions]
    names = people_of(shown.content, *content)
    standards = standard_measures(actor=actor, ids={pk for each in (shown.content, *content) for pk in each.standards})
    titles = {pk: name for pk, (name, _) in standards.items()}
    marks = list(row.marks.all())
    return types.PlanDetail(
        row=shown,
        versions=tuple(
            _version(version, each, before, names, titles)
            for version, each, before in zip(versions, content, [*versions, None][1:], strict=True)
        ),
        evaluations=tuple(_evaluation(each) for each in row.evaluations.select_related("by").order_by("-at", "-pk")),
        occasions=calendar_of_plans.occasions(
            plan=shown, content=content[0] if content else None, marks=marks, names=names, today=now.date()
        ),
        budget=budgets.budget_of(plan=shown, spendings=list(row.spendings.all())),
        missing=missing(shown.content),
        reason=row.reason,
        evaluation_id=row.evaluation_id,
    )


def people_of(*contents: types.Content) -> dict[int, str]:
    """Return the names of everybody these plans ask something of. One query."""
    ids = {action.owner_id for each in contents for action in each.actions}
    ids |= {monitor.reviewer_id for each in contents for monitor in each.monitoring}
    return accounts.names(user_ids=ids)


def _version(
    row: models.PlanVersion,
    content: types.Content,
    before: models.PlanVersion | None,
    names: Mapping[int, str],
    titles: Mapping[int, str],
) -> types.PlanVersion:
    return types.PlanVersion(
        id=row.pk,
        number=row.number,
        content=content,
        targets=tuple(
            each | {"due_on": dt.date.fromisoformat(each["due_on"])} for each in row.content.get("targets", ())
        ),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        amount=row.amount,
        digest=row.digest,
        agreed_at=row.agreed_at,
        requested_by=row.requested_by.name if row.requested_by else "",
        approved_by=row.approved_by,
        condition=row.condition,
        reason=row.reason,
        evaluation_id=row.evaluation_id,
        changes=plan_changes.between(before.content, row.content, names=names, standards=titles) if before else (),
    )


def _evaluation(row: models.Evaluation) -> types.Evaluation:
    return types.Evaluation(
        id=row.pk,
        at=row.at,
        by=row.by.name if row.by else "",
        finding=row.finding,
        decision=row.decision,
        decision_label=models.Evaluation.Decision(row.decision).label,
        figures=tuple((label, said) for label, said in row.figures),
    )


def changes_since_agreed(*, actor: Actor, plan_id: int) -> tuple[tuple[str, str, str], ...]:
    """Return what differs from the version agreed last as label, before, after; everything when there is none."""
    row = find(actor=actor, plan_id=plan_id)
    latest = row.versions.order_by("-number").first()
    now = approved_content(row)
    contents = [types.Content.from_data(each) for each in (now, latest.content if latest else {})]
    standards = standard_measures(actor=actor, ids={pk for each in contents for pk in each.standards})
    titles = {pk: name for pk, (name, _) in standards.items()}
    names = people_of(*contents)
    return plan_changes.between(latest.content if latest else {}, now, names=names, standards=titles)


def approved_content(row: models.Plan) -> dict[str, Any]:
    """Return everything a yes covers as data: the content, its frame, its targets; for this app alone. One query."""
    return {
        **types.Content.from_data(row.content).as_data(),
        "name": row.name,
        "owner": row.owner_id,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        "targets": target_queries.as_data(row.targets.order_by("pk").select_related("team", "user")),
    }


def digest_of(plan_id: int) -> str:
    """Return the fingerprint of a plan as it stands, for its approval. Two queries."""
    row = models.Plan.objects.filter(pk=plan_id).first()
    return approving.fingerprint(approved_content(row)) if row else ""


def owner_of(plan_id: int) -> int | None:
    """Return who answers for a plan; for this app alone. One query."""
    return models.Plan.objects.filter(pk=plan_id).values_list("owner", flat=True).first()


def family(*, plan_id: int, among: Collection[int]) -> frozenset[int]:
    """Return those of the plans that deliver a standard this plan delivers too: parts of one spending. One query."""
    rows = dict(models.Plan.objects.filter(pk__in={plan_id, *among}).values_list("pk", "content"))
    own = set(rows.get(plan_id, {}).get("standards", ()))
    return frozenset(pk for pk in among if pk != plan_id and own & set(rows.get(pk, {}).get("standards", ())))


def missing(content: types.Content) -> tuple[types.Missing, ...]:
    """Return what the plan still needs before it can be sent, in the order in which it is asked."""
    needs = (
        ("objectives", content.objectives, "It needs an objective: what is different once the plan has worked?"),
        ("standards", content.standards, "It needs a standard: link at least one that this plan delivers."),
        ("actions", content.actions, "It needs an action with an owner and a day."),
        ("criteria", content.criteria, "It needs an evaluation criterion: how will anybody know that it worked?"),
        ("monitoring", content.monitoring, "It needs a monitoring arrangement: what is looked at, how often, by whom?"),
        ("sustainability", content.sustainability.strip(), "It needs your comment on whether it can be kept up."),
    )
    return tuple(types.Missing(section=section, sentence=words) for section, given, words in needs if not given)


PART = "standards.plan_part"


def in_force(*, actor: Actor) -> Sequence[tuple[types.PlanRow, types.Content]]:
    """Return every agreed plan with the content that was agreed last, up to a thousand. One query."""
    rows = _latest(in_world(models.PlanVersion.objects.all(), actor.world, field="plan__origin"))
    return [(row_of(row.plan), types.Content.from_data(row.content)) for row in rows]


def _latest(rows: "QuerySet[models.PlanVersion]") -> "QuerySet[models.PlanVersion]":
    newest = rows.filter(number=F("plan__agreed_number")).select_related("plan__owner")
    return newest.order_by("plan__name", "plan_id")[:MOST]


def due(*, actor: Actor, now: dt.datetime, person_id: int | None = None) -> tuple[types.Occasion, ...]:
    """Return what agreed plans want by now and has not got: reviews and actions, of everybody or one. Two queries.

    Who is asked stands as an id alone.
    """
    plans = in_force(actor=actor)
    if not plans:
        return ()
    marks: dict[int, list[models.Mark]] = {}
    for mark in models.Mark.objects.filter(plan__in=[row.id for row, _ in plans]):
        marks.setdefault(mark.plan_id, []).append(mark)
    found = [
        each
        for row, content in plans
        for each in calendar_of_plans.occasions(
            plan=row, content=content, marks=marks.get(row.id, []), names={}, today=now.date()
        )
        if each.state in {"due", "missed"} and person_id in {None, each.person_id}
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.plan_id, each.key)))


def mine(*, actor: Actor) -> tuple[types.PlanRow, ...]:
    """Return the agreed plans that ask something of this person or set her a target. Two queries."""
    rows = in_force(actor=actor)
    aimed = set(models.Target.objects.filter(user=actor.user_id).values_list("plan_id", flat=True)) if rows else set()
    return tuple(
        row
        for row, content in rows
        if row.id in aimed
        or actor.user_id in {*(a.owner_id for a in content.actions), *(m.reviewer_id for m in content.monitoring)}
    )


def part_of(*, actor: Actor, now: dt.datetime) -> tuple[types.Occasion, ...]:
    """Return everything agreed plans ask of this person: due, ahead and done. Two queries."""
    plans = [
        (row, content)
        for row, content in in_force(actor=actor)
        if actor.user_id in {*(a.owner_id for a in content.actions), *(m.reviewer_id for m in content.monitoring)}
    ]
    marks: dict[int, list[models.Mark]] = {}
    for mark in models.Mark.objects.filter(plan__in=[row.id for row, _ in plans]):
        marks.setdefault(mark.plan_id, []).append(mark)
    names = {actor.person_id: actor.name}
    found = [
        each
        for row, content in plans
        for each in calendar_of_plans.occasions(
            plan=row, content=content, marks=marks.get(row.id, []), names=names, today=now.date()
        )
        if each.person_id == actor.user_id
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.plan_id, each.key)))


def delivered(*, actor: Actor, plan_id: int) -> tuple[int, ...]:
    """Return the standards a plan delivers. One query."""
    rows = in_world(models.Plan.objects.filter(pk=plan_id), actor.world).values_list("content", flat=True)
    return tuple(pk for content in rows for pk in types.Content.from_data(content).standards)
