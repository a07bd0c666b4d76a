"""Pages by key: whole, in order, signed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wellserved.platform import outbox, paging
from wellserved.platform.errors import Invalid
from wellserved.platform.models import OutboxMessage

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
NEWEST_FIRST = paging.Keyset("-created_at", "-id")


def write(count: int) -> None:
    # Two share each instant, so only the id tells them apart.
    for n in range(count):
        outbox.queue(
            channel="note", recipient="a", subject=str(n), body="", now=NOW + dt.timedelta(microseconds=n // 2)
        )


def subjects(page: "paging.Slice[OutboxMessage]") -> list[str]:
    return [row.subject for row in page.rows]


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    write(5)
    first = NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=2)
    second = NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=2, cursor=first.next_cursor)
    third = NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=2, cursor=second.next_cursor)
    assert [subjects(page) for page in (first, second, third)] == [["4", "3"], ["2", "1"], ["0"]]
    assert third.next_cursor is None


@pytest.mark.django_db
def test_a_row_that_comes_or_goes_meanwhile_moves_nothing() -> None:
    write(4)
    first = NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=2)
    outbox.queue(channel="note", recipient="a", subject="new", body="", now=NOW + dt.timedelta(hours=1))
    OutboxMessage.objects.filter(subject="3").delete()
    second = NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=2, cursor=first.next_cursor)
    assert subjects(second) == ["1", "0"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_a_page_is_one_query_whatever_its_size(count: int) -> None:
    write(count)
    with CaptureQueriesContext(connection) as queries:
        NEWEST_FIRST.page(OutboxMessage.objects.all(), limit=50)
    assert len(queries) == 1


@pytest.mark.parametrize("spoil", [str.swapcase, lambda c: c[:-1], lambda c: "x", lambda c: ""])
def test_an_altered_cursor_is_refused(spoil: object) -> None:
    cursor = paging.encode([NOW, 5], purpose="-created_at,-id")
    with pytest.raises(Invalid, match="Start again from the first page"):
        NEWEST_FIRST.after(spoil(cursor))  # type: ignore[operator]


def test_a_cursor_of_another_order_is_refused() -> None:
    cursor = paging.encode(["a", 5], purpose="subject,id")
    with pytest.raises(Invalid, match="Start again from the first page"):
        NEWEST_FIRST.after(cursor)


def test_a_cursor_keeps_instants_dates_and_decimals_exactly() -> None:
    values = [NOW.replace(microsecond=123456), NOW.date(), Decimal("1.10"), "é", 7]
    assert paging.decode(paging.encode(values, purpose="p"), purpose="p") == values


@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_of_an_impossible_size_is_refused(limit: int) -> None:
    with pytest.raises(Invalid, match="A page holds 1 to 200 rows"):
        NEWEST_FIRST.page(OutboxMessage.objects.none(), limit=limit)
