"""The inbox, a ticket's page, customers, Today and the portal: who sees what, at what price."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.desk.conftest import NOW, at, open_for
from tests.personas import Persona
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.types import InboxFilters, Move, PromiseMetric
from wellserved.apps.standards.models import PolicyVersion
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import World


def numbers(actor: object, now: dt.datetime = NOW, **filters: object) -> list[int]:
    return [row.number for row in queries.inbox(actor=actor, filters=InboxFilters(**filters), now=now).rows]


def price(call: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        call()
    return len(seen)


def test_the_inbox_shows_the_most_pressing_first(parcel: Ticket, queue_a: int, dev_customer: int, ben: Persona) -> None:
    open_for(customer_id=dev_customer, queue_id=queue_a, impact="high", urgency="high")
    open_for(customer_id=dev_customer, queue_id=queue_a, now=at(2, 17))
    page = queries.inbox(actor=ben.actor, filters=InboxFilters(), now=NOW)
    assert [(row.number, row.next_due_at) for row in page.rows] == [
        (1002, at(3, 11)),
        (1003, at(3, 12, 30)),
        (1001, at(3, 14)),
    ]
    assert (page.total_hint, page.next_cursor, page.rows[0].next_label) == (3, None, "First reply")


def test_each_person_sees_the_tickets_of_her_teams_and_world(
    parcel: Ticket, ben: Persona, chloe: Persona, amira: Persona, frank: Persona, dev: Persona, eve: Persona
) -> None:
    assert numbers(ben.actor) == numbers(amira.actor) == numbers(dev.actor) == [1001]
    assert numbers(chloe.actor) == numbers(frank.actor) == numbers(eve.actor) == []
    assert numbers(amira.in_world(World.SAMPLE)) == []


def test_a_ticket_of_another_team_reads_as_absent(parcel: Ticket, chloe: Persona, eve: Persona) -> None:
    for stranger in (chloe, eve):
        with pytest.raises(NotFound):
            queries.ticket(actor=stranger.actor, number=1001, now=NOW)
        with pytest.raises(NotFound):
            queries.timeline(actor=stranger.actor, ticket_id=parcel.pk)


def test_pages_follow_each_other_without_gap_or_repeat(
    promise: object, queue_a: int, dev_customer: int, ben: Persona
) -> None:
    for minute in range(7):
        open_for(customer_id=dev_customer, queue_id=queue_a, now=at(3, 9, minute // 2))
    seen, cursor = [], None
    for _ in range(3):
        page = queries.inbox(actor=ben.actor, filters=InboxFilters(), cursor=cursor, limit=3, now=NOW)
        seen += [row.number for row in page.rows]
        cursor = page.next_cursor
    assert (seen, cursor) == ([1001, 1002, 1003, 1004, 1005, 1006, 1007], None)


def test_a_page_marker_of_somebodys_own_making_is_refused(parcel: Ticket, ben: Persona) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        queries.inbox(actor=ben.actor, filters=InboxFilters(), cursor="WyIyMDI2Il0:1:x", now=NOW)


def test_each_view_holds_what_its_name_says(
    parcel: Ticket, queue_a: int, dev_customer: int, ben: Persona, lena: Persona
) -> None:
    complaint = open_for(customer_id=dev_customer, queue_id=queue_a, kind="complaint", now=at(3, 9))
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3, 10, 5))
    actions.reply(actor=ben.actor, ticket_id=complaint.pk, body="Which?", then="wait_customer", now=at(3, 10, 5))
    assert queries.view_counts(actor=ben.actor, now=at(3, 13, 30)) == {
        "my_open": 1,
        "helping": 0,
        "unassigned": 1,
        "due_soon": 1,
        "at_risk": 1,
        "overdue": 0,
        "waiting_customer": 1,
        "complaints": 1,
        "all_open": 2,
    }
    assert numbers(ben.actor, now=at(3, 14, 0, 1), view="overdue") == [1001]
    assert numbers(ben.actor, view="resolved") == []


def test_a_ticket_is_at_risk_from_three_quarters_of_its_time_until_it_is_due(parcel: Ticket, ben: Persona) -> None:
    actions.assign(actor=ben.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3, 10, 5))
    assert numbers(ben.actor, view="at_risk", now=at(3, 12, 59, 59)) == []
    page = queries.inbox(actor=ben.actor, filters=InboxFilters(view="at_risk"), now=at(3, 13))
    assert [row.risks for row in page.rows] == [
        ("75% of the time for the first reply is used", "the customer has waited 3 h")
    ]
    assert numbers(ben.actor, view="at_risk", now=at(3, 14)) == []
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", now=at(3, 13, 5))
    assert numbers(ben.actor, view="at_risk", now=at(3, 13, 5)) == []


def test_a_ticket_nobody_has_is_at_risk_an_hour_before_it_is_due(
    promise: object, queue_a: int, dev_customer: int, ben: Persona
) -> None:
    pressing = open_for(customer_id=dev_customer, queue_id=queue_a, impact="high", urgency="high", now=at(3, 9))
    page = queries.inbox(actor=ben.actor, filters=InboxFilters(view="at_risk"), now=at(3, 9))
    assert [row.risks for row in page.rows] == [
        ("0% of the time for the first reply is used", "nobody has it", "the customer has waited 0 s")
    ]
    actions.assign(actor=ben.actor, ticket_id=pressing.pk, assignee_id=ben.user.pk, now=at(3, 9))
    assert numbers(ben.actor, view="at_risk", now=at(3, 9)) == []


def test_search_finds_by_number_subject_customer_and_words_of_a_message(
    parcel: Ticket, queue_a: int, eve_customer: int, ben: Persona
) -> None:
    open_for(customer_id=eve_customer, queue_id=queue_a, subject="Broken kettle", body="It hums à la carte.")
    assert numbers(ben.actor, q="#1002") == [1002]
    assert numbers(ben.actor, q="kettle") == numbers(ben.actor, q="Novak") == numbers(ben.actor, q="hum") == [1002]
    assert numbers(ben.actor, q="eve@example.test") == [1002]
    assert numbers(ben.actor, q="parcel") == [1001]
    assert numbers(ben.actor, q='" OR 1=1') == []


def test_search_finds_nothing_of_another_team(parcel: Ticket, chloe: Persona) -> None:
    assert numbers(chloe.actor, q="parcel") == []


def test_a_tickets_page_tells_the_whole_ticket(parcel: Ticket, ben: Persona) -> None:
    detail = queries.ticket(actor=ben.actor, number=1001, now=at(3, 11))
    assert (detail.subject, detail.queue, detail.customer.name, detail.customer.open_tickets) == (
        "Late parcel",
        "Parcels",
        "Dev Patel",
        1,
    )
    assert detail.allowed_moves == (Move.OPEN, Move.WAIT_CUSTOMER, Move.WAIT_SUPPLIER, Move.HOLD, Move.RESOLVE)
    assert [(c.metric, c.remaining_seconds, c.policy, c.calendar) for c in detail.clocks] == [
        ("first_reply", 10800, "Promise", "Office"),
        ("resolution", 25200, "Promise", "Office"),
    ]


def test_the_timeline_tells_everything_in_order(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    actions.assign(actor=lena.actor, ticket_id=parcel.pk, assignee_id=ben.user.pk, now=at(3, 10, 5))
    actions.make_promise(
        actor=ben.actor, ticket_id=parcel.pk, text="A call by noon", due_at=at(3, 12), now=at(3, 10, 10)
    )
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", then="resolve", now=at(3, 11))
    items = queries.timeline(actor=ben.actor, ticket_id=parcel.pk)
    assert [(item.kind, item.actor, item.detail or item.body) for item in items] == [
        ("customer", "Dev Patel", "Where is my parcel?"),
        ("opened", "", "Opened."),
        ("policy", "", "Now under “Promise”."),
        ("assigned", "Lena Fischer", "Assigned to Ben Okafor."),
        ("promise_made", "Ben Okafor", "Promised the customer."),
        ("reply", "Ben Okafor", "It left."),
        ("moved", "Ben Okafor", "Resolved."),
    ]
    assert items[5].delivery == "waiting"


@pytest.mark.parametrize("size", [1, 30])
def test_reading_costs_the_same_at_any_size(
    size: int, promise: object, queue_a: int, dev_customer: int, ben: Persona, lena: Persona
) -> None:
    for minute in range(size):
        ticket = open_for(customer_id=dev_customer, queue_id=queue_a, tags=["late", "fragile"], now=at(3, 9, minute))
        actions.assign(actor=lena.actor, ticket_id=ticket.pk, assignee_id=ben.user.pk, now=at(3, 10))
        actions.note(actor=ben.actor, ticket_id=ticket.pk, body="Hm.", now=at(3, 10))
    actor = ben.actor
    prices = {
        "inbox": price(lambda: queries.inbox(actor=actor, filters=InboxFilters(), now=NOW)),
        "at_risk": price(lambda: queries.inbox(actor=actor, filters=InboxFilters(view="at_risk"), now=at(3, 12, 50))),
        "search": price(lambda: queries.inbox(actor=actor, filters=InboxFilters(q="parcel"), now=NOW)),
        "view_counts": price(lambda: queries.view_counts(actor=actor, now=NOW)),
        "ticket": price(lambda: queries.ticket(actor=actor, number=1001, now=NOW)),
        "timeline": price(lambda: queries.timeline(actor=actor, ticket_id=ticket.pk)),
        "customer": price(lambda: queries.customer(actor=actor, customer_id=dev_customer, now=NOW)),
        "customers": price(lambda: queries.customers(actor=actor)),
        "promise_summary": price(lambda: queries.promise_summary(actor=actor, now=NOW)),
        "attention": price(lambda: queries.attention(actor=actor, now=NOW)),
    }
    assert prices == {
        "inbox": 3,
        "search": 3,
        "view_counts": 9,
        "ticket": 10,
        "timeline": 10,
        "customer": 5,
        "customers": 2,
        "promise_summary": 8,
        "attention": 11,
        "at_risk": 6,
    }


def test_today_counts_a_promise_when_it_is_kept_or_its_time_has_passed(
    parcel: Ticket, queue_a: int, dev_customer: int, ben: Persona, amira: Persona
) -> None:
    open_for(customer_id=dev_customer, queue_id=queue_a)
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", now=at(3, 11))
    before = queries.promise_summary(actor=amira.actor, now=at(3, 13, 59))
    after = queries.promise_summary(actor=amira.actor, now=at(3, 14, 0, 1))
    assert (before.kept, before.total, before.overdue, before.due_within_hour) == (1, 1, 0, 1)
    assert (after.kept, after.total, after.overdue, after.unassigned, after.open) == (1, 2, 1, 2, 2)
    first = after.metrics[0]
    assert (first.metric, first.share, first.target, len(first.weeks)) == ("first_reply", 0.5, 0.9, 26)
    assert (first.weeks[-1].starts_on, first.weeks[-1].kept, first.weeks[-1].total) == (dt.date(2026, 3, 2), 1, 2)


def test_a_week_begins_on_monday_where_the_service_is(
    promise: PolicyVersion, queue_a: int, dev_customer: int, ben: Persona, amira: Persona
) -> None:
    # London's clocks went forward on Sunday the 29th at 01:00: from then on its Monday begins at 23:00 UTC.
    for moment in (at(22, 23, 30), at(29, 22, 59), at(29, 23, 0)):
        ticket = open_for(customer_id=dev_customer, queue_id=queue_a, now=moment - dt.timedelta(minutes=30))
        actions.reply(actor=ben.actor, ticket_id=ticket.pk, body="It left.", now=moment)
    late_on_sunday = queries.promise_summary(actor=amira.actor, now=at(29, 22, 59, 30)).metrics[0]
    assert counted(late_on_sunday)[-2:] == [(dt.date(2026, 3, 16), 1), (dt.date(2026, 3, 23), 1)]
    on_monday = queries.promise_summary(actor=amira.actor, now=at(29, 23, 0, 30)).metrics[0]
    assert counted(on_monday)[-3:] == [
        (dt.date(2026, 3, 16), 1),
        (dt.date(2026, 3, 23), 1),
        (dt.date(2026, 3, 30), 1),
    ]


def counted(metric: PromiseMetric) -> list[tuple[dt.date, int]]:
    return [(week.starts_on, week.total) for week in metric.weeks]


def test_today_says_what_needs_somebody_now(parcel: Ticket, ben: Persona, lena: Persona) -> None:
    items = queries.attention(actor=lena.actor, now=at(3, 14, 0, 1))
    assert [(item.kind, item.sentence, item.evidence) for item in items] == [
        ("overdue", "One ticket is past its due time.", "#1001"),
        ("unassigned", "One open ticket has nobody.", "#1001"),
    ]


def test_a_signed_link_opens_one_ticket_and_ends(parcel: Ticket, ben: Persona, dev_customer: int) -> None:
    actions.note(actor=ben.actor, ticket_id=parcel.pk, body="Secret.", now=at(3, 10, 5))
    token = queries.link_for(ticket_id=parcel.pk, customer_id=dev_customer, now=NOW)
    seen = queries.ticket_by_link(token=token, now=at(4))
    assert (seen.number, [m.body for m in seen.messages]) == (1001, ["Where is my parcel?"])
    saved = actions.reply_by_link(token=token, body="Any news?", now=at(4))
    assert (saved.number, saved.version) == (1001, 2)
    with pytest.raises(NotFound, match="no longer valid"):
        queries.ticket_by_link(token=token, now=NOW + dt.timedelta(days=90, seconds=1))
    with pytest.raises(NotFound, match="no longer valid"):
        queries.ticket_by_link(token=token + "x", now=at(4))


def test_a_link_ends_thirty_days_after_the_ticket_is_closed(parcel: Ticket, ben: Persona, dev_customer: int) -> None:
    token = queries.link_for(ticket_id=parcel.pk, customer_id=dev_customer, now=NOW)
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="resolve", now=at(3, 11))
    actions.move(actor=ben.actor, ticket_id=parcel.pk, move="close", now=at(3, 12))
    assert queries.ticket_by_link(token=token, now=at(3, 12) + dt.timedelta(days=30)).status == "closed"
    with pytest.raises(NotFound):
        queries.ticket_by_link(token=token, now=at(3, 12) + dt.timedelta(days=30, seconds=1))


def test_a_preview_tells_what_would_have_been_kept(
    parcel: Ticket,
    ben: Persona,
    amira: Persona,
    office: int,
    queue_a: int,
    dev_customer: int,
    django_assert_max_num_queries: Any,
) -> None:
    actions.reply(actor=ben.actor, ticket_id=parcel.pk, body="It left.", then="resolve", now=at(3, 12))
    slow = open_for(customer_id=dev_customer, queue_id=queue_a)
    actions.reply(actor=ben.actor, ticket_id=slow.pk, body="It left.", then="resolve", now=at(3, 13, 30))
    with django_assert_max_num_queries(6):
        preview = queries.preview_policy(
            actor=amira.actor,
            targets=[{"metric": "first_reply", "seconds": 3 * 3600, "calendar": office}],
            conditions={"queue": [queue_a]},
            now=at(5),
        )
    assert (preview.sampled, preview.matching) == (2, 2)
    assert [(m.metric, m.kept, m.total, m.share) for m in preview.metrics] == [("first_reply", 1, 2, 0.5)]


def test_a_preview_counts_in_calendars_of_its_own_world_only(
    parcel: Ticket, amira: Persona, office: int, sample_world: World
) -> None:
    with pytest.raises(NotFound, match="There is no such calendar"):
        queries.preview_policy(
            actor=amira.in_world(sample_world),
            targets=[{"metric": "first_reply", "seconds": 3600, "calendar": office}],
            conditions={},
            now=at(5),
        )
