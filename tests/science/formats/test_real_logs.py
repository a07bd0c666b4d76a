"""The public logs load whole, with exact counts and no help."""

import datetime as dt
from collections import Counter
from functools import cache

import pytest

from tests.shared_data import shared
from wellserved.science.formats import CaseRecord, Mapping, Table, detect_mapping, plan, read_table, summarise

LOGS = [
    ("eventlogs/helpdesk_italian.csv.gz", "events", 21_348, 4_580, 21_348),
    ("eventlogs/servicenow_incidents_first80pct.csv.gz", "events", 98_380, 16_614, 98_380),
    ("eventlogs/bpi2013_closed_problems.csv.gz", "events", 6_660, 1_487, 6_660),
    ("civic311/sf311_cases_70pct.csv.gz", "tickets", 6_908, 6_908, 13_746),
    ("complaints/cfpb_sample_1000.csv.gz", "tickets", 1_000, 1_000, 1_000),
]


@cache
def load(relative: str) -> tuple[Table, Mapping]:
    path = shared(f"data/{relative}")
    table = read_table(path.read_bytes(), filename=path.name)
    return table, detect_mapping(table).mapping


def cases_of(relative: str) -> list[CaseRecord]:
    return [item for item in plan(*load(relative)) if isinstance(item, CaseRecord)]


@pytest.mark.parametrize(("relative", "shape", "rows", "cases", "events"), LOGS)
def test_a_public_log_loads_whole_under_the_detected_mapping(relative, shape, rows, cases, events):
    table, mapping = load(relative)
    planned = list(plan(table, mapping))

    account = summarise(planned, table)
    placed = Counter(row for case in planned for row in case.rows)

    assert mapping.shape == shape
    assert (account.rows_read, account.rows_accepted, account.rows_rejected) == (rows, rows, 0)
    assert (account.cases, account.events) == (cases, events)
    assert account.balances
    assert sorted(placed) == list(range(1, rows + 1))
    assert set(placed.values()) == {1}


@pytest.mark.parametrize("relative", [log[0] for log in LOGS])
def test_a_mapping_read_back_from_its_file_plans_the_same(relative):
    _table, mapping = load(relative)

    again = Mapping.from_json(mapping.to_json())

    assert again == mapping
    assert again.to_json() == mapping.to_json()


def test_the_help_desk_log_is_read_by_its_disco_headers():
    table, mapping = load("eventlogs/helpdesk_italian.csv.gz")
    account = summarise(plan(table, mapping), table)

    assert dict(mapping.columns) == {
        "case": "Case ID",
        "time": "Complete Timestamp",
        "activity": "Activity",
        "agent": "Resource",
        "team": "workgroup",
        "customer": "customer",
        "category": "service_type",
        "priority": "seriousness_2",
        "product": "product",
    }
    assert mapping.activity_map["Closed"] == "closed"
    assert mapping.activity_map["Resolve ticket"] == "resolved"
    assert mapping.activity_map["RESOLVED"] == "resolved"
    assert mapping.status_map["Resolve SW anomaly"] is None
    assert account.first_at == dt.datetime(2010, 1, 13, 8, 40, 25, tzinfo=dt.UTC)
    assert account.last_at == dt.datetime(2014, 1, 3, 13, 20, 58, tzinfo=dt.UTC)
    assert account.duplicate_rows == 127
    assert account.by_status == {"closed": 4_558, "open": 3, "resolved": 10, "waiting_other": 9}


def test_the_incident_log_is_read_day_first_with_question_marks_for_nothing():
    table, mapping = load("eventlogs/servicenow_incidents_first80pct.csv.gz")
    first = next(plan(table, mapping))

    assert (mapping.time_format, dict(mapping.time_formats)) == ("dmy", {})
    assert mapping.columns["time"] == "sys_updated_at"
    assert mapping.status_map == {
        "Active": "open",
        "Awaiting Evidence": "waiting_other",
        "Awaiting Problem": "waiting_other",
        "Awaiting User Info": "waiting_customer",
        "Awaiting Vendor": "waiting_supplier",
        "Closed": "closed",
        "New": "new",
        "Resolved": "resolved",
    }
    assert first.external_id == "INC0000045"
    assert first.opened_at == dt.datetime(2016, 2, 29, 1, 16, tzinfo=dt.UTC)
    assert first.closed_at == dt.datetime(2016, 3, 5, 12, 0, tzinfo=dt.UTC)
    assert [event.kind for event in first.events] == ["opened", "resolved", "other", "closed"]
    assert (first.agent, first.team) == ("", "Group 56")
    assert first.attributes["made_sla"] == "true"


def test_the_problem_log_closes_by_its_lifecycle_column():
    cases = cases_of("eventlogs/bpi2013_closed_problems.csv.gz")
    first = cases[0]

    assert {case.status for case in cases} == {"closed"}
    assert first.external_id == "1-109135791"
    assert [event.kind for event in first.events] == [
        "status_changed",
        "assigned",
        "assigned",
        "assigned",
        "closed",
    ]
    assert first.closed_at == dt.datetime(2012, 3, 15, 12, 11, 33, tzinfo=dt.UTC)


def test_civic_cases_keep_their_oddities_with_a_flag():
    table, mapping = load("civic311/sf311_cases_70pct.csv.gz")
    account = summarise(plan(table, mapping), table)

    assert account.by_status == {"closed": 6_576, "open": 332}
    assert account.flags == {"negative_duration": 92}
    assert (mapping.time_format, dict(mapping.time_formats)) == ("iso", {"updated": "mdy"})
    assert table.columns[3] == "Updated"


def test_complaints_are_tickets_about_a_company():
    table, mapping = load("complaints/cfpb_sample_1000.csv.gz")
    account = summarise(plan(table, mapping), table)

    assert mapping.columns["organisation"] == "Company"
    assert mapping.columns["place"] == "State"
    assert mapping.columns["body"] == "Consumer complaint narrative"
    assert mapping.status_map["Closed with non-monetary relief"] == "closed"
    assert account.by_status == {"closed": 962, "new": 2, "open": 36}
