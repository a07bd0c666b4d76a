"""Figures of plans that need the desk: how its standards stand, what service costs, what a bid would mean."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import planning
from wellserved.apps.people.queries import matrix
from wellserved.apps.standards.queries import budgets, calendar_of_plans, commitments
from wellserved.apps.standards.queries import resources as resource_queries
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.plans import Costs, PlanDetail
from wellserved.apps.standards.types.resources import BASES, BidRow, ResourceRow
from wellserved.apps.standards.types.wording import say_share
from wellserved.platform.ui import formatting
from wellserved.web import judging

MOST_SKILLS = 10
FALLBACK_MEASURE = "first_reply"


def standing(*, actor: Actor, ids: Sequence[int], now: dt.datetime) -> tuple[judging.Judged, ...]:
    """Return how the standards of a plan stand. Ten queries at most."""
    rows = commitments.some(actor=actor, ids=ids, now=now)
    return judging.judge_all(actor=actor, rows=rows, now=now) if rows else ()


def say_standing(judged: judging.Judged) -> str:
    """Return one standard's share against its aim in words."""
    found, row = judged.standing, judged.row
    if found is None or not found.promise.total:
        return judged.words or "nothing came due"
    aim = f", aim {say_share(row.answers.target)}" if row.answers.target is not None else ""
    return f"{formatting.format_rate(found.promise.kept, found.promise.total)} kept in 30 days{aim}"


def costs(*, actor: Actor, found: PlanDetail) -> Costs | None:
    """Return what contacts and failure cost over the months that were entered, None before the first. Two queries."""
    entered = [month.starts_on for month in found.budget.months if month.actual is not None]
    if not entered:
        return None
    first = dt.datetime.combine(entered[0], dt.time.min, tzinfo=dt.UTC)
    last = (entered[-1] + dt.timedelta(days=32)).replace(day=1)
    until = dt.datetime.combine(last, dt.time.min, tzinfo=dt.UTC)
    return planning.costs(actor=actor, spent=found.budget.actual, since=first, until=until)


def evaluation_figures(
    *, found: PlanDetail, standings: Sequence[judging.Judged], cost: Costs | None
) -> tuple[tuple[str, str], ...]:
    """Return plan against actual as label and words: what a review of the plan starts from."""
    actions = [each for each in found.occasions if each.kind == "action"]
    passed = [each for each in actions if each.state in {"done", "late", "due"}]
    kept, all_ = calendar_of_plans.share_on_time(found.occasions)
    lines = [
        ("Actions done", f"{sum(each.state in {'done', 'late'} for each in passed)} of {len(passed)} due by now"),
        ("Reviews in time", f"{kept} of {all_}" if all_ else "none has come due"),
        ("Budget", found.budget.sentence),
    ]
    if cost is not None:
        each = formatting.format_money(cost.per_contact, found.row.currency) if cost.per_contact else "not known"
        lines.append(("Cost per contact", f"{each} over {cost.contacts:,} tickets"))
        lines.append(("Cost of failure", say_failure(cost, found.row.currency)))
    return (*lines, *((each.row.name, say_standing(each)) for each in standings))


def say_failure(cost: Costs, currency: str) -> str:
    """Return what failure cost, in words."""
    total = formatting.format_money(cost.of_failure, currency)
    remedies = formatting.format_money(cost.remedies, currency)
    return f"{total}: {remedies} granted, and {cost.complaints:,} complaints at what a ticket costs"


def basis_figures(*, actor: Actor, resource: ResourceRow, plan: PlanDetail, now: dt.datetime) -> dict[str, str]:
    """Return the figure beside each basis of an allocation, worked out: people are counted, never weighed by mood."""
    targets = [row for row in target_queries.cascade(actor=actor, plan_id=plan.row.id) if row.level != "person"]
    judged = standing(actor=actor, ids=plan.row.content.standards, now=now)
    given = budgets.allocated(actor=actor, plan_id=plan.row.id)
    left = formatting.format_money(plan.row.amount - given, plan.row.currency)
    whole = formatting.format_money(plan.row.amount, plan.row.currency)
    cover = next(
        (
            each.sentence
            for each in resource_queries.sustainability(actor=actor, row=resource, prices=(), now=now)
            if each.label == "Cover"
        ),
        "",
    )
    people, years = resource_queries.service(actor=actor, team_id=resource.team_id, on=now.date())
    served = f"{years:.1f} years on average over {people} people." if years is not None else "Not known: no first day."
    is_people = resource.kind == "people"
    found = {
        "strategy": "Objectives: " + "; ".join(plan.row.content.objectives)
        if plan.row.content.objectives
        else "The plan has no objective yet.",
        "budget": f"{left} of {whole} is not allocated yet.",
        "targets": "; ".join(
            f"{row.who}: {row.statement} {row.shown} by {formatting.format_day(row.due_on)}" for row in targets
        )
        or "The plan has no target yet.",
        "competence": _say_competence(actor, resource, cover, now) if is_people else "Not a question of skills.",
        "experience": served if is_people else "Not a question of service.",
        "performance": "; ".join(say_standing(each) for each in judged) or "Nothing measured yet.",
    }
    return {key: found[key] for key in BASES}


def _say_competence(actor: Actor, resource: ResourceRow, cover: str, now: dt.datetime) -> str:
    """Return what those it is given from can do alone, by skill, with the full weeks they make."""
    rows = matrix.team_cover(actor=actor, team_id=resource.team_id, on=now.date())
    said = [f"{row.skill.name} {len(row.able)} of {row.skill.minimum_cover} ({row.fte:.1f} FTE)" for row in rows]
    listed = f"Can do alone, of needed: {', '.join(said[:MOST_SKILLS])}." if said else "No skill is listed yet."
    return f"{cover} {listed}".strip()


def prospect_of(*, actor: Actor, row: BidRow, more: float, now: dt.datetime) -> planning.Prospect | None:
    """Return what `more` people would mean by the past. Two queries, none for what is not people."""
    if row.kind != "people":
        return None
    past = planning.loads(actor=actor, measure=row.measure or FALLBACK_MEASURE, now=now)
    return planning.prospect(past=past, more=more)


def say_prospect(*, row: BidRow, more: float, found: planning.Prospect | None) -> str:
    """Return what a number granted means for the service level and the target, or that it is not known yet."""
    if row.kind != "people":
        return "What it does to the service level is not worked out for equipment and licences."
    measure = MEASURES.get(row.measure)
    noun = measure.noun if measure else MEASURES[FALLBACK_MEASURE].noun
    if found is None or found.share is None:
        load = f" ({found.load_then:.0f} tickets a person a week)" if found else ""
        return (
            f"No past weeks had as little to do for each person{load}, so the past does not say what {more:g} more "
            "would keep. The workforce figure is not there yet."
        )
    said = (
        f"With {more:g} more, a person has {found.load_then:.0f} tickets a week; in the {found.weeks} past weeks like "
        f"that, {say_share(found.share)} of {found.due:,} {noun} were kept."
    )
    if row.aim is None:
        return said
    if found.share >= row.aim:
        return f"{said} The target of {say_share(row.aim)} stands."
    return f"{said} The target of {say_share(row.aim)} would have to come down to {int(found.share * 100)} %."
