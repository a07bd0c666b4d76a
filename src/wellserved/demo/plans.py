"""What the fictional retailer plans: what is done, what it costs, who agreed, what there is to work with."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import planning
from wellserved.apps.ledger.actions import approvals, discussion
from wellserved.apps.standards.actions import agreeing, bids, carrying_out, plans, resources
from wellserved.apps.standards.queries import budgets
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import vision as visions
from wellserved.platform.origin import World

MANAGER, APPROVER = "Amara Okafor", "Frank Ellery"
CARE_LEADER, DELIVERY_LEADER, ADVISER = "Lena Fischer", "Gareth Pugh", "Ben Dahl"
_MONTHS_BACK = 4
Cast = Mapping[str, Actor]


def plan(*, now: dt.datetime) -> None:
    """Write plans in every state, with months of spending, reviews kept and missed, resources and bids."""
    people = accounts.active_staff(world=World.SAMPLE)
    cast = {user.name: accounts.actor_for(user=user, world=World.SAMPLE) for user in people}
    standards = {name: pk for pk, name in queries.standard_choices(actor=cast[MANAGER])}
    year = _the_year(cast, standards, now)
    _waiting(cast, standards, now)
    _draft(cast, standards, now)
    _work_with(cast, year, now)
    _bid(cast, year, now)


def _months_ago(now: dt.datetime, months: int) -> dt.datetime:
    day = now.replace(day=1)
    for _ in range(months):
        day = (day - dt.timedelta(days=1)).replace(day=1)
    return day


def _id(cast: Cast, name: str) -> int:
    return cast[name].user_id or 0


def _write(cast: Cast, plan_id: int, parts: Mapping[str, Any], now: dt.datetime) -> None:
    for section, given in parts.items():
        plans.save_section(actor=cast[MANAGER], plan_id=plan_id, section=section, given=given, now=now)


def _the_year(cast: Cast, standards: Mapping[str, int], now: dt.datetime) -> int:
    """An agreed plan, re-costed to an offer, carried out for some months and evaluated."""
    manager, began = cast[MANAGER], _months_ago(now, _MONTHS_BACK)
    starts = began.date()
    ends = starts + dt.timedelta(days=364)
    pk = plans.create(
        actor=manager, name="Keep the promises this year", owner_id=_id(cast, MANAGER), starts_on=starts, ends_on=ends,
        template_key="keep", now=began,
    )  # fmt: skip
    _write(
        cast,
        pk,
        {
            "objectives": ["Every promise is kept in eleven weeks of twelve, at what it costs today."],
            "standards": [standards["First reply"], standards["Settled within three days"]],
            "actions": [
                {"what": "Brief the teams on what they may decide alone", "owner_id": _id(cast, CARE_LEADER),
                 "due_on": starts + dt.timedelta(days=14)},
                {"what": "Train two more colleagues on refunds", "owner_id": _id(cast, DELIVERY_LEADER),
                 "due_on": now.date() - dt.timedelta(days=2)},
                {"what": "Compare the promises with what customers said", "owner_id": _id(cast, MANAGER),
                 "due_on": ends - dt.timedelta(days=30)},
            ],
            "monitoring": [
                {"what": "Share kept of each promise", "every": "fortnight", "reviewer_id": _id(cast, CARE_LEADER),
                 "starts_on": starts + dt.timedelta(days=14)},
                {"what": "Spending against budget", "every": "month", "reviewer_id": _id(cast, MANAGER),
                 "starts_on": starts + dt.timedelta(days=28)},
            ],
            "budget": [
                {"label": "Advisers", "kind": "people", "monthly": "3600"},
                {"label": "Seats in the desk", "kind": "licences", "monthly": "400"},
                {"label": "Training", "kind": "training", "monthly": "200"},
            ],
            "sustainability": "Cover holds outside holidays; refunds hang on two people, which training mends.",
        },
        began,
    )  # fmt: skip
    _set_targets(cast, pk, ends, now, at=began)
    months = budgets.months_of(starts, ends)
    asked = agreeing.send(actor=manager, plan_id=pk, approver_id=_id(cast, APPROVER), now=began)
    offer = Decimal(3780 * len(months))
    approvals.counter_offer(
        actor=cast[APPROVER], approval_id=asked, now=began, reason="A tenth less, and we look again in spring.",
        amount=offer,
    )  # fmt: skip
    agreeing.accept_offer(actor=manager, plan_id=pk, now=began)
    _carry_out(cast, pk, began, now)
    return pk


def _set_targets(cast: Cast, plan_id: int, ends: dt.date, now: dt.datetime, *, at: dt.datetime) -> None:
    manager, adviser = cast[MANAGER], cast[ADVISER]
    team = next(iter(adviser.team_ids))
    whole = planning.baseline(actor=manager, measure="first_reply", now=now)
    of_team = planning.baseline(actor=manager, measure="first_reply", team_id=team, now=now)
    given: dict[str, Any] = {
        "actor": manager, "plan_id": plan_id, "measure": "first_reply", "due_on": ends, "now": at,
    }  # fmt: skip
    top = carrying_out.set_target(
        level="organisation", statement="First replies within four hours", value=0.99, baseline=whole, **given
    )
    below = carrying_out.set_target(
        level="team", team_id=team, parent_id=top, statement="First replies of customer care within four hours",
        value=0.9, baseline=of_team, **given,
    )  # fmt: skip
    carrying_out.set_target(
        level="person", user_id=adviser.user_id, parent_id=below, statement="First replies to her own tickets",
        value=0.9, baseline=of_team, **given,
    )  # fmt: skip


def _carry_out(cast: Cast, plan_id: int, began: dt.datetime, now: dt.datetime) -> None:
    manager = cast[MANAGER]
    found = queries.plan(actor=manager, plan_id=plan_id, now=now)
    passed = [each for each in found.occasions if each.kind == "review" and each.state == "missed"]
    for at, each in enumerate(passed):
        if at % 4 != 2:
            when = dt.datetime.combine(each.on, dt.time(10), tzinfo=dt.UTC) + dt.timedelta(days=1)
            by = cast[CARE_LEADER] if each.person_id == _id(cast, CARE_LEADER) else manager
            carrying_out.mark(
                actor=by, plan_id=plan_id, kind="review", key=each.key, on=each.on, note="Within what is ordinary.",
                now=min(when, now),
            )  # fmt: skip
    first = found.row.content.actions[0]
    carrying_out.mark(
        actor=cast[CARE_LEADER], plan_id=plan_id, kind="action", key=first.key, on=first.due_on,
        note="All three teams, with a check of what was understood.", now=began + dt.timedelta(days=12),
    )  # fmt: skip
    spent = {"Advisers": ("3240", "3350", "3910", "3240"), "Seats in the desk": ("360",) * 4, "Training": ("180",) * 4}
    for line in found.row.content.lines:
        for at, amount in enumerate(spent[line.label]):
            month = _months_ago(now, _MONTHS_BACK - at)
            note = "Extra shifts in the week of the storm" if amount == "3910" else ""
            carrying_out.enter_spending(
                actor=manager, plan_id=plan_id, line=line.key, month=month.date(), amount=Decimal(amount), note=note,
                now=min(month + dt.timedelta(days=33), now),
            )  # fmt: skip
    plans.evaluate(
        actor=manager, plan_id=plan_id, finding="Kept in ordinary weeks; the storm week cost more than planned.",
        decision="keep", figures=[("Budget", found.budget.sentence)], now=now - dt.timedelta(days=9),
    )  # fmt: skip


def _waiting(cast: Cast, standards: Mapping[str, int], now: dt.datetime) -> None:
    """A whole plan that waits for the approver."""
    asked = now - dt.timedelta(days=1)
    starts = (now.date().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    pk = plans.create(
        actor=cast[MANAGER], name="Deliveries settled sooner", owner_id=_id(cast, DELIVERY_LEADER), starts_on=starts,
        ends_on=starts + dt.timedelta(days=120), template_key="better", now=asked,
    )  # fmt: skip
    _write(
        cast,
        pk,
        {
            "standards": [standards["Deliveries settled within two days"], standards["First reply on deliveries"]],
            "budget": [
                {"label": "Training with the courier", "kind": "training", "monthly": "350"},
                {"label": "Advisers on Mondays", "kind": "people", "monthly": "900"},
            ],
            "sustainability": "Mondays are covered from within; no one works more than planned.",
        },
        asked,
    )
    agreeing.send(actor=cast[MANAGER], plan_id=pk, approver_id=_id(cast, APPROVER), now=asked)
    discussion.comment(
        actor=cast[DELIVERY_LEADER], subject=(queries.KIND, pk), now=asked + dt.timedelta(hours=2),
        body=f"@{MANAGER} the courier can train us on the second Monday, if the money is there by then.",
    )  # fmt: skip


def _draft(cast: Cast, standards: Mapping[str, int], now: dt.datetime) -> None:
    """Write a plan that lacks something still, and a whole one that nobody has sent yet."""
    starts = (now.date().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    began = now - dt.timedelta(days=3)
    plans.create(
        actor=cast[MANAGER], name="The busy season", owner_id=_id(cast, CARE_LEADER), starts_on=starts,
        ends_on=starts + dt.timedelta(days=80), template_key="peak", now=began,
    )  # fmt: skip
    whole = plans.create(
        actor=cast[MANAGER], name="Saturdays in spring", owner_id=_id(cast, CARE_LEADER), starts_on=starts,
        ends_on=starts + dt.timedelta(days=80), template_key="keep",
        standards=[standards["First reply on deliveries"]], now=began,
    )  # fmt: skip
    parts = {
        "budget": [{"label": "Advisers on Saturdays", "kind": "people", "monthly": "640"}],
        "sustainability": "Two volunteers a Saturday, each at most one in three.",
    }
    _write(cast, whole, parts, began)


def _work_with(cast: Cast, plan_id: int, now: dt.datetime) -> None:
    manager, team = cast[MANAGER], next(iter(cast[ADVISER].team_ids))
    early, began = now - dt.timedelta(days=400), _months_ago(now, _MONTHS_BACK)
    there: tuple[tuple[str, str, str, str, str, int | None], ...] = (
        ("Advisers, customer care", "people", "4", "2150", "2290", team),
        ("Advisers, orders and delivery", "people", "3", "2100", "2230", None),
        ("Seats in the desk", "licences", "20", "29", "34", None),
        ("Headsets", "equipment", "24", "3", "3", None),
    )
    made = {}
    for name, kind, quantity, before, price, of_team in there:
        given: dict[str, Any] = {
            "actor": manager, "name": name, "kind": kind, "quantity": Decimal(quantity), "team_id": of_team,
            "available_from": early.date(),
        }  # fmt: skip
        pk = resources.save(resource_id=None, monthly=Decimal(before), now=early, **given)
        if price != before:
            resources.save(resource_id=pk, monthly=Decimal(price), now=began, **given)
        made[name] = pk
    resources.comment(
        actor=manager, resource_id=made["Advisers, customer care"],
        words="Four hold as long as nobody is away for more than two weeks; refunds need a third person.", now=began,
    )  # fmt: skip
    says = {
        "strategy": "Keeping promises comes before taking on new channels.",
        "budget": "It fits while no one works extra shifts.",
        "targets": "First replies are what this team is measured by.",
        "competence": "Refunds hang on two people; training is under way.",
        "experience": "Enough to work alone, save the newest.",
        "performance": "Kept in ordinary weeks.",
    }
    starts = began.date()
    aims = {name: pk for pk, name in visions.objective_choices(actor=manager)}
    resources.allocate(
        actor=manager, resource_id=made["Advisers, customer care"], plan_id=plan_id, quantity=Decimal("1.5"),
        starts_on=starts, ends_on=starts + dt.timedelta(days=364),
        figures=_figures(cast, plan_id, now), comments=says, objective_id=aims["Nine in ten satisfied"], now=began,
    )  # fmt: skip
    resources.allocate(
        actor=manager, resource_id=made["Seats in the desk"], plan_id=plan_id, quantity=Decimal(12),
        starts_on=starts, ends_on=starts + dt.timedelta(days=364),
        figures=_figures(cast, plan_id, now), comments=says, objective_id=aims["Nine in ten satisfied"], now=began,
    )  # fmt: skip


def _figures(cast: Cast, plan_id: int, now: dt.datetime) -> dict[str, str]:
    found = queries.plan(actor=cast[MANAGER], plan_id=plan_id, now=now)
    return {
        "strategy": f"Objectives: {found.row.content.objectives[0]}",
        "budget": found.budget.sentence,
        "targets": "First replies within four hours.",
        "competence": "Refunds on one person alone.",
        "experience": "3.1 years on average over 4 people.",
        "performance": "First reply: kept in most weeks.",
    }


def _bid(cast: Cast, plan_id: int, now: dt.datetime) -> None:
    """One bid that was granted in part, one under negotiation, one that nobody has sent yet."""
    manager, approver = cast[MANAGER], cast[APPROVER]
    for name, asked, offered, state, days in (
        ("A colleague for Mondays", "1", "0.5", "accepted", 60),
        ("Two advisers for evenings", "2", "1", "offered", 2),
        ("Somebody who speaks Polish", "1", "0.5", "draft", 1),
    ):
        at = now - dt.timedelta(days=days)
        pk = bids.save(
            actor=manager, bid_id=None, name=name, plan_id=plan_id, kind="people", asked=Decimal(asked),
            monthly=Decimal(1100), months=3, measure="first_reply", aim=0.9,
            justification="A third of the week's tickets arrives then, and the first reply slips.",
            fallbacks=[{"quantity": offered, "means": "Chat closes an hour earlier."}],
            interests="The board is asked about waiting times in May; Mondays are the worst of them.",
            trades="Training for the new desk waits until summer.",
            alternative="Two from deliveries help out on Mondays.", walk_away=Decimal("0.5"),
            needed_from=now.date() + dt.timedelta(days=30), now=at,
        )  # fmt: skip
        if state == "draft":
            continue
        bids.send(actor=manager, bid_id=pk, approver_id=_id(cast, APPROVER), now=at)
        bids.offer(actor=approver, bid_id=pk, quantity=Decimal(offered), reason="Half, and we look again.", now=at)
        if state == "accepted":
            bids.accept(actor=manager, bid_id=pk, means="Chat closes an hour earlier on Mondays.", now=at)
