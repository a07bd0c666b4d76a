"""Every row of a table becomes part of one case or is refused with a reason."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.formats import CaseRecord, Mapping, RejectedRow, Table, plan, read_table, summarise

LOG = Mapping(
    shape="events",
    columns={"case": "id", "time": "at", "activity": "what", "agent": "who"},
    status_map={"Open": "open", "Resolve": "resolved", "Close": "closed", "Take": "open"},
    activity_map={
        "Open": "opened",
        "Take": "assigned",
        "Resolve": "resolved",
        "Close": "closed",
        "Say": "agent_reply",
    },
)
SNAPSHOTS = Mapping(
    shape="events",
    columns={"case": "id", "time": "at", "activity": "state", "status": "state", "agent": "who"},
    status_map={"New": "new", "Active": "open", "Resolved": "resolved", "Closed": "closed"},
    activity_map={"New": "opened", "Active": "status_changed", "Resolved": "resolved", "Closed": "closed"},
)
TICKETS = Mapping(
    shape="tickets",
    columns={
        "case": "id",
        "opened": "opened",
        "first_reply": "replied",
        "closed": "closed",
        "status": "state",
        "subject": "subject",
        "tags": "tags",
    },
    status_map={"Shut": "closed", "Live": "open"},
)
TICKET_COLUMNS = ["id", "opened", "replied", "closed", "state", "subject", "tags", "floor"]


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def ticket(*cells: str, mapping: Mapping = TICKETS) -> CaseRecord:
    (case,) = plan(Table.of(TICKET_COLUMNS, [cells]), mapping)
    return case


def test_the_rows_of_a_case_are_gathered_and_put_in_order():
    rows = [
        ["A", "2016-02-29 12:00", "Close", "ugo"],
        ["B", "2016-02-29 11:00", "Open", ""],
        ["A", "2016-02-29 10:00", "Open", "ada"],
        ["A", "2016-02-29 11:00", "Say", "ugo"],
    ]
    first, second = plan(Table.of(["id", "at", "what", "who"], rows), LOG)

    assert (first.external_id, first.rows) == ("B", (2,))
    assert (second.external_id, second.rows) == ("A", (1, 3, 4))
    assert [(event.row, event.kind, event.status, event.agent) for event in second.events] == [
        (3, "opened", "open", "ada"),
        (4, "agent_reply", "open", "ugo"),
        (1, "closed", "closed", "ugo"),
    ]
    assert second.opened_at == utc(2016, 2, 29, 10)
    assert second.first_reply_at == utc(2016, 2, 29, 11)
    assert second.closed_at == utc(2016, 2, 29, 12)
    assert second.resolved_at is None
    assert second.agent == "ugo"


def test_rows_of_the_same_moment_keep_the_order_of_the_file():
    rows = [["A", "2016-02-29", what, ""] for what in ("Open", "Take", "Say", "Resolve", "Close")]
    (case,) = plan(Table.of(["id", "at", "what", "who"], rows), LOG)

    assert [event.activity for event in case.events] == ["Open", "Take", "Say", "Resolve", "Close"]


def test_work_after_the_end_is_a_reopening():
    rows = [
        ["A", f"2016-02-29 1{hour}:00", what, ""]
        for hour, what in enumerate(("Open", "Resolve", "Take", "Resolve", "Close"))
    ]
    (case,) = plan(Table.of(["id", "at", "what", "who"], rows), LOG)

    assert [event.kind for event in case.events] == ["opened", "resolved", "reopened", "resolved", "closed"]
    assert case.resolved_at == utc(2016, 2, 29, 13)
    assert case.status == "closed"


def test_a_state_told_again_is_not_a_new_event_of_its_kind():
    rows = [
        ["A", "2016-02-29 10:00", "New", "ada"],
        ["A", "2016-02-29 10:10", "New", "ada"],
        ["A", "2016-02-29 10:20", "New", "ugo"],
        ["A", "2016-02-29 10:30", "Active", "ugo"],
        ["A", "2016-02-29 10:40", "Resolved", "ugo"],
        ["A", "2016-02-29 10:50", "Resolved", "ugo"],
        ["A", "2016-02-29 11:00", "Active", "ugo"],
        ["A", "2016-02-29 11:10", "Closed", "ugo"],
    ]
    (case,) = plan(Table.of(["id", "at", "state", "who"], rows), SNAPSHOTS)

    assert [event.kind for event in case.events] == [
        "opened",
        "other",
        "assigned",
        "status_changed",
        "resolved",
        "other",
        "reopened",
        "closed",
    ]


def test_unclaimed_columns_are_attributes_whole_at_first_and_then_as_they_change():
    rows = [
        ["A", "2016-02-29 10:00", "Open", "", "1", "red"],
        ["A", "2016-02-29 11:00", "Say", "", "1", "blue"],
        ["A", "2016-02-29 12:00", "Say", "", "1", "blue"],
        ["A", "2016-02-29 13:00", "Close", "", "?", "blue"],
    ]
    (case,) = plan(Table.of(["id", "at", "what", "who", "floor", "colour"], rows), LOG)

    assert [dict(event.attributes) for event in case.events] == [
        {"floor": "1", "colour": "red"},
        {"colour": "blue"},
        {},
        {"floor": ""},
    ]
    assert dict(case.attributes) == {"floor": "1", "colour": "blue"}


def test_identical_rows_are_kept_and_counted():
    table = Table.of(["id", "at", "what", "who"], [["A", "2016-02-29", "Open", "ada"]] * 3)
    account = summarise(plan(table, LOG), table)

    assert (account.cases, account.events, account.duplicate_rows) == (1, 3, 2)
    assert account.flags == {"repeated_rows": 1}
    assert account.notes == ("2 rows repeat another row of their case exactly; they are kept.",)


def test_rows_that_cannot_be_taken_are_refused_with_their_place_and_reason():
    data = (
        b"id,at,what,who\n"
        b"A,2016-02-29,Open,ada\n"
        b",2016-02-29,Open,ada\n"
        b"A,,Open,ada\n"
        b"A,31/02/2016,Open,ada\n"
        b'A,2016-02-29,"Open\nwide"\n'
        b"A,2016-02-29,Open,ada,extra\n"
        b"A,2016-02-29,Open,ada,,\n"
    )
    table = read_table(data)
    planned = list(plan(table, LOG))
    account = summarise(planned, table)

    assert [(item.row, item.line, item.reason) for item in planned if isinstance(item, RejectedRow)] == [
        (2, 3, "The row names no case: column 'id' is empty."),
        (3, 4, "The row has no time: column 'at' is empty."),
        (4, 5, "'31/02/2016' in column 'at' is no time under 'iso'."),
        (5, 7, "The row has 3 cells; the header has 4."),
        (6, 8, "The row has 5 cells; the header has 4."),
    ]
    assert (account.rows_read, account.rows_accepted, account.rows_rejected) == (7, 2, 5)
    assert account.balances


def test_a_case_with_no_row_that_can_be_taken_does_not_exist():
    planned = list(plan(Table.of(["id", "at", "what", "who"], [["A", "never", "Open", ""]]), LOG))

    assert [type(item) for item in planned] == [RejectedRow]


def test_a_case_identifier_of_a_megabyte_is_refused():
    (refused,) = plan(Table.of(["id", "at", "what", "who"], [["A" * 1_000_000, "2016-02-29", "Open", ""]]), LOG)

    assert refused.reason == "The case identifier in column 'id' is longer than 200 characters."


def test_a_ticket_has_the_events_its_times_tell_of():
    case = ticket("7", "2016-02-29 10:00", "2016-02-29 11:00", "2016-03-01", "Shut", "Hello", "a, b;c", "3")

    assert [(event.at, event.kind, event.status) for event in case.events] == [
        (utc(2016, 2, 29, 10), "opened", "new"),
        (utc(2016, 2, 29, 11), "agent_reply", "open"),
        (utc(2016, 3, 1), "closed", "closed"),
    ]
    assert (case.status, case.status_text, case.subject) == ("closed", "Shut", "Hello")
    assert case.tags == ("a", "b", "c")
    assert dict(case.attributes) == {"floor": "3"}
    assert case.flags == ()


def test_a_ticket_closed_before_it_was_opened_is_kept_and_flagged():
    case = ticket("7", "2016-02-29", "", "2016-02-28", "Shut", "", "", "")

    assert case.flags == ("negative_duration",)
    assert [event.kind for event in case.events] == ["closed", "opened"]
    assert (case.status, case.opened_at, case.closed_at) == ("closed", utc(2016, 2, 29), utc(2016, 2, 28))


def test_odd_times_of_a_ticket_are_flagged_and_never_lose_it():
    assert ticket("7", "2016-02-29", "soon", "", "Live", "", "", "").flags == ("unreadable_first_reply",)
    assert ticket("7", "2016-02-29", "", "", "Shut", "", "", "").flags == ("ended_without_time",)
    assert ticket("7", "2016-02-29", "", "2016-03-01", "Live", "", "", "").flags == ("open_with_closing_time",)


def test_a_ticket_in_several_rows_is_one_case_with_its_last_state():
    rows = [
        ["7", "2016-02-29", "", "", "Live", "First", "", ""],
        ["8", "2016-02-29", "", "", "Live", "", "", ""],
        ["7", "2016-02-29", "", "2016-03-01", "Shut", "Second", "", ""],
    ]
    other, case = plan(Table.of(TICKET_COLUMNS, rows), TICKETS)

    assert (other.external_id, case.external_id) == ("8", "7")
    assert (case.status, case.subject, case.rows) == ("closed", "First", (1, 3))
    assert case.flags == ("several_rows_for_one_ticket",)


def test_which_row_wins_is_the_mappings_choice():
    rows = [["7", "2016-02-29", "", "", "Live", name, "", ""] for name in ("First", "Second")]
    mapping = Mapping(shape="tickets", columns=TICKETS.columns, last_row_wins=("subject",))

    assert [case.subject for case in plan(Table.of(TICKET_COLUMNS, rows), mapping)] == ["Second"]


def test_times_in_the_zone_of_the_service_become_utc_with_their_clock_changes_flagged():
    mapping = Mapping(shape="tickets", columns={"case": "id", "opened": "opened"}, timezone="America/Los_Angeles")
    case = ticket("7", "2015-11-01 01:30", "", "", "", "", "", "", mapping=mapping)

    assert case.opened_at == utc(2015, 11, 1, 8, 30)
    assert case.flags == ("time_happened_twice",)


@given(
    rows=st.lists(
        st.lists(st.sampled_from(["A", "B", "", "?", "2016-02-29", "29/2/2016", "Open", "Close"]), max_size=6),
        max_size=40,
    )
)
def test_every_row_is_in_exactly_one_case_or_refusal(rows):
    table = Table.of(["id", "at", "what", "who"], rows)
    planned = list(plan(table, LOG))
    account = summarise(planned, table)
    placed = [number for item in planned for number in (item.rows if isinstance(item, CaseRecord) else (item.row,))]

    assert sorted(placed) == list(range(1, len(rows) + 1))
    assert account.balances
    assert account.events == account.rows_accepted
