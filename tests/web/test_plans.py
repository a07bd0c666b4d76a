"""The pages of plans, resources and bids: what they cost at two sizes."""

import copy
import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.personas import NOW, Persona
from wellserved.apps.standards.models import Allocation, Bid, Mark, Plan, PlanVersion, Price, Resource, Spending, Target

STARTS, ENDS = NOW.date(), NOW.date() + dt.timedelta(days=3000)
EMPTY: dict[str, object] = {
    "objectives": ["Kept"], "standards": [], "actions": [], "criteria": [], "lines": [],
    "sustainability": "Yes",
}  # fmt: skip


def fill(who: Persona, *, count: int, first: int) -> None:
    monitor = {
        "key": "m1", "what": "Share kept", "every": "quarter", "reviewer_id": who.user.pk,
        "starts_on": STARTS.isoformat(),
    }  # fmt: skip
    content = {**copy.deepcopy(EMPTY), "monitoring": [monitor]}
    rows = Plan.objects.bulk_create(
        Plan(
            name=f"Plan {at:04}", state="agreed", owner=who.user, starts_on=STARTS, ends_on=ENDS, content=content,
            agreed_number=1,
        )
        for at in range(first, first + count)
    )  # fmt: skip
    PlanVersion.objects.bulk_create(
        PlanVersion(
            plan=row, number=1, content=content, amount=0, starts_on=STARTS, ends_on=ENDS, digest="d", approval_id=0,
            agreed_at=NOW, approved_by="Frank Osei",
        )
        for row in rows
    )  # fmt: skip
    things = Resource.objects.bulk_create(
        Resource(name=f"Seat {at:04}", kind="licences", quantity=5, monthly=30, available_from=STARTS)
        for at in range(first, first + count)
    )
    Bid.objects.bulk_create(
        Bid(
            name=f"Bid {at:04}", kind="people", plan=rows[0], asked=2, monthly=100, months=6, justification="More",
            needed_from=STARTS, owner=who.user,
        )
        for at in range(first, first + count)
    )  # fmt: skip
    Allocation.objects.bulk_create(
        Allocation(
            resource=thing, plan=row, quantity=1, cost=10, starts_on=STARTS, ends_on=ENDS, bases={}, made_at=NOW,
            made_by=who.user,
        )
        for thing, row in zip(things, rows, strict=True)
    )  # fmt: skip


def deepen(who: Persona, *, count: int, first: int) -> None:
    """Give one plan and one resource many of everything that hangs on them."""
    plan, thing = Plan.objects.earliest("pk"), Resource.objects.earliest("pk")
    days = [STARTS + dt.timedelta(days=at) for at in range(first, first + count)]
    Mark.objects.bulk_create(Mark(plan=plan, kind="action", key="a1", on=day, done_at=NOW) for day in days)
    Spending.objects.bulk_create(
        Spending(plan=plan, line=f"b{at}", month=STARTS.replace(day=1), amount=Decimal(1), entered_at=NOW)
        for at in range(first, first + count)
    )
    Target.objects.bulk_create(
        Target(
            plan=plan, level="organisation", statement="Kept", measure="first_reply", value=Decimal("0.9"), due_on=day
        )
        for day in days
    )
    Price.objects.bulk_create(Price(resource=thing, from_on=day, monthly=30) for day in days)
    Allocation.objects.bulk_create(
        Allocation(
            resource=thing, plan=plan, quantity=1, cost=1, starts_on=day, ends_on=ENDS, bases={}, made_at=NOW,
            made_by=who.user,
        )
        for day in days
    )  # fmt: skip


def count_queries(who: Persona, path: str) -> int:
    browser = who.client
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", ["/plans", "/resources", "/bids", "/plans/mine", "/"])
def test_a_list_costs_the_same_with_five_and_five_hundred(amira: Persona, path: str):
    fill(amira, count=5, first=0)
    few = count_queries(amira, path)
    fill(amira, count=495, first=5)
    assert (count_queries(amira, path), few <= 49) == (few, True)


@pytest.mark.parametrize("path", ["/plans/{plan}", "/plans/{plan}/print", "/resources/{resource}"])
def test_a_record_costs_the_same_however_much_hangs_on_it(amira: Persona, path: str):
    fill(amira, count=2, first=0)
    deepen(amira, count=5, first=0)
    address = path.format(plan=Plan.objects.earliest("pk").pk, resource=Resource.objects.earliest("pk").pk)
    few = count_queries(amira, address)
    deepen(amira, count=200, first=5)
    assert count_queries(amira, address) == few
