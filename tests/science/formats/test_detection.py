# ruff: noqa: E501 - a line of an export is as long as it is
"""A table nobody has seen before is understood from its headers and its values."""

import pytest

from wellserved.science.formats import Detection, Table, detect_mapping, plan, read_table, summarise


def detect(text: str, **arguments: str) -> Detection:
    return detect_mapping(read_table(text.strip().encode()), **arguments)


def columns_of(text: str) -> dict[str, str]:
    return dict(detect(text).mapping.columns)


INCIDENTS_OF_2013 = """
SR Number;Change Date+Time;Status;Sub Status;Involved ST Function Div;Involved Org line 3;Involved ST;\
SR Latest Impact;Product;Country;Owner Country;Owner First Name
1-364285768;2010-03-31T15:59:42+01:00;Accepted;In Progress;A2_4;Org line A2;V30;Medium;PROD582;fr;France;Frederic
1-364285768;2010-03-31T16:00:56+01:00;Accepted;In Progress;A2_4;Org line A2;V30;Medium;PROD582;fr;France;Frederic
1-364285768;2010-03-31T16:45:48+01:00;Queued;Awaiting Assignment;A2_5;Org line A2;V5 3rd;Medium;PROD582;fr;France;Anne
1-364285768;2010-04-06T15:44:07+01:00;Accepted;Wait - User;A2_5;Org line A2;V5 3rd;Medium;PROD582;fr;France;Anne
1-364285768;2010-04-06T15:44:38+01:00;Completed;Resolved;A2_5;Org line A2;V5 3rd;Medium;PROD582;fr;France;Anne
1-364285768;2010-04-13T23:04:05+01:00;Completed;Closed;A2_5;Org line A2;V5 3rd;High;PROD582;fr;France;Siebel
1-503573772;2010-04-13T23:04:05+01:00;Accepted;In Progress;A2_5;Org line C;G97;High;PROD453;se;Sweden;Pawel
"""

XES = """
case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition
A1,Register request,2013-11-07T08:18:29.000Z,Ellen,complete
A1,Resolve request,2013-11-08T08:18:29.000Z,Mike,complete
A2,Register request,2013-11-09T08:18:29.000Z,Ellen,complete
A2,Send mail to customer,2013-11-10T08:18:29.000Z,Ellen,complete
"""

ZENDESK = """
Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,Tags,\
Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Due at,Initially assigned at,Solved at,\
Resolution time,Satisfaction Score
101,Ada Rossi,9001,,ada@example.org,example.org,Ada Rossi,Ugo,Tier 1,Cannot sign in,"login, web",Closed,High,Mail,\
Incident,2026-01-05 09:12,2026-01-09 10:00,2026-01-05 09:30,Example,,2026-01-05 09:30,2026-01-06 11:00,26,Good
102,Bea Neri,9002,,bea@example.net,example.net,Bea Neri,Ugo,Tier 1,Refund please,refund,Pending,Normal,Web form,\
Question,2026-01-06 10:12,2026-01-06 12:00,2026-01-06 10:30,Sample,,2026-01-06 10:30,,,Unoffered
103,Ciro Blu,9003,,ciro@example.com,example.com,Ciro Blu,Eva,Tier 2,Late parcel,"late, parcel",Open,Urgent,Chat,\
Problem,2026-01-07 11:12,2026-01-07 12:00,2026-01-07 11:30,Other,,2026-01-07 11:30,,,Unoffered
"""

JIRA = """
Issue key,Issue id,Issue Type,Status,Priority,Summary,Assignee,Reporter,Created,Updated,Resolved,Labels,Labels,Description
HD-1,10001,Incident,Done,High,Printer,ugo,ada,05/Jan/26 9:12 AM,06/Jan/26 9:12 AM,06/Jan/26 9:12 AM,print,,It is out
HD-2,10002,Question,To Do,Low,Mouse,ugo,bea,06/Jan/26 9:12 PM,06/Jan/26 9:12 PM,,mouse,usb,It is lost
HD-3,10003,Question,Waiting for customer,Low,Desk,eva,bea,07/Jan/26 9:12 PM,07/Jan/26 9:12 PM,,desk,,It is old
"""

FRESHDESK = """
Ticket ID\tSubject\tStatus\tPriority\tSource\tType\tAgent\tGroup\tCreated time\tResolved time\tClosed time\t\
Last update time\tInitial response time\tContact name\tCompany name
1\tNo signal\tClosed\tLow\tPhone\tQuestion\tUgo\tTech\t13/01/2026 10:00\t14/01/2026 10:00\t15/01/2026 10:00\t\
15/01/2026 10:00\t13/01/2026 11:00\tAda\tExample
2\tNo sound\tOpen\tHigh\tEmail\tProblem\tEva\tTech\t02/02/2026 10:00\t\t\t03/02/2026 10:00\t02/02/2026 11:00\tBea\tSample
"""

CITY = """
Unique Key,Created Date,Closed Date,Agency,Complaint Type,Descriptor,Status,Borough,Open Data Channel Type
61,01/13/2026 10:00:00 AM,01/14/2026 02:00:00 PM,DOT,Street,Pothole,Closed,BRONX,ONLINE
62,01/14/2026 10:00:00 AM,,DEP,Noise,Loud music,In Progress,QUEENS,PHONE
63,02/02/2026 10:00:00 AM,,DEP,Noise,Barking,Assigned,QUEENS,MOBILE
"""


def test_the_incidents_of_2013_are_read_by_their_original_headers():
    detection = detect(INCIDENTS_OF_2013)

    assert detection.problems == ()
    assert detection.mapping.shape == "events"
    assert dict(detection.mapping.columns) == {
        "case": "SR Number",
        "time": "Change Date+Time",
        "activity": "Status",
        "status": "Sub Status",
        "agent": "Owner First Name",
        "team": "Involved ST",
        "impact": "SR Latest Impact",
        "product": "Product",
        "place": "Country",
    }
    assert detection.mapping.status_map == {
        "Awaiting Assignment": "open",
        "Closed": "closed",
        "In Progress": "open",
        "Resolved": "resolved",
        "Wait - User": "waiting_customer",
    }


def test_a_plain_lifecycle_column_is_not_taken_for_a_status():
    assert columns_of(XES) == {
        "case": "case:concept:name",
        "time": "time:timestamp",
        "activity": "concept:name",
        "agent": "org:resource",
    }
    assert detect(XES).mapping.activity_map == {
        "Register request": "opened",
        "Resolve request": "resolved",
        "Send mail to customer": "agent_reply",
    }


def test_a_zendesk_export_is_one_row_a_ticket():
    detection = detect(ZENDESK)

    assert detection.mapping.shape == "tickets"
    assert dict(detection.mapping.columns) == {
        "case": "Id",
        "opened": "Created at",
        "resolved": "Solved at",
        "updated": "Updated at",
        "status": "Status",
        "agent": "Assignee",
        "team": "Group",
        "customer": "Requester",
        "organisation": "Organization",
        "subject": "Subject",
        "kind": "Ticket type",
        "priority": "Priority",
        "channel": "Via",
        "tags": "Tags",
    }
    assert detection.mapping.status_map == {"Closed": "closed", "Open": "open", "Pending": "waiting_customer"}


def test_a_jira_export_with_month_names_and_repeated_columns_is_read():
    table = read_table(JIRA.strip().encode())
    detection = detect_mapping(table)
    account = summarise(plan(table, detection.mapping), table)

    assert detection.mapping.columns["case"] == "Issue key"
    assert detection.mapping.columns["resolved"] == "Resolved"
    assert detection.mapping.columns["customer"] == "Reporter"
    assert "Labels (2)" in table.columns
    assert account.by_status == {"new": 1, "resolved": 1, "waiting_customer": 1}


def test_a_freshdesk_export_with_tabs_and_days_first_is_read():
    detection = detect(FRESHDESK)

    assert (detection.mapping.time_format, dict(detection.mapping.time_formats)) == ("dmy", {})
    assert detection.mapping.columns["first_reply"] == "Initial response time"
    assert detection.mapping.columns["organisation"] == "Company name"
    assert detection.mapping.columns["customer"] == "Contact name"


def test_a_city_export_with_months_first_is_read():
    detection = detect(CITY)

    assert detection.mapping.time_format == "mdy"
    assert columns_of(CITY) == {
        "case": "Unique Key",
        "opened": "Created Date",
        "closed": "Closed Date",
        "status": "Status",
        "team": "Agency",
        "subject": "Complaint Type",
        "place": "Borough",
        "channel": "Open Data Channel Type",
    }


def test_the_order_of_day_and_month_is_settled_by_one_late_row():
    early = [[str(number), "1/2/2016 10:00"] for number in range(60)]
    table = Table.of(["id", "created"], [*early, ["60", "1/13/2016 10:00"]])

    assert detect_mapping(table, sample=20).mapping.time_format == "mdy"


def test_an_order_nothing_settles_is_a_guess_and_says_so():
    detection = detect_mapping(Table.of(["id", "created"], [["1", "1/2/2016"], ["2", "2/2/2016"], ["3", "3/2/2016"]]))

    assert detection.mapping.time_format == "dmy"
    assert detection.reasons[-2] == ("Column 'created' could be day or month first; day first is a guess: check it.")


def test_an_unheard_of_status_is_told_of_and_changes_nothing():
    table = Table.of(
        ["number", "incident_state", "sys_updated_at"],
        [
            ["I1", "New", "29/2/2016 01:16"],
            ["I1", "-100", "29/2/2016 02:16"],
            ["I1", "Closed", "29/2/2016 03:16"],
        ],
    )
    detection = detect_mapping(table)
    case = next(plan(table, detection.mapping))

    assert detection.mapping.status_map == {"-100": None, "Closed": "closed", "New": "new"}
    assert detection.reasons[-1] == (
        "These words of the status column say nothing known and change no status: '-100' (1 rows)."
    )
    assert [(event.status, event.status_text) for event in case.events] == [
        ("new", "New"),
        ("new", "-100"),
        ("closed", "Closed"),
    ]


def test_the_words_of_rows_beyond_the_sample_are_in_the_maps():
    rows = [["I1", "New", "2016-02-29 01:16"]] * 50 + [["I1", "On hold", "2016-02-29 02:16"]]
    table = Table.of(["case id", "status", "timestamp"], rows)

    assert detect_mapping(table, sample=10).mapping.status_map == {"New": "new", "On hold": "waiting_other"}


def test_the_time_of_an_event_is_the_one_that_moves_within_a_case():
    table = Table.of(
        ["case id", "activity", "start time", "updated at"],
        [["1", "Open", "2016-02-01", "2016-02-02"], ["1", "Closed", "2016-02-01", "2016-02-03"]],
    )

    assert detect_mapping(table).mapping.columns["time"] == "updated at"


def test_the_zone_of_times_without_one_is_an_argument_and_a_reason():
    detection = detect(CITY, timezone="America/New_York")

    assert detection.mapping.timezone == "America/New_York"
    assert any("Times carry no zone and are read as America/New_York" in reason for reason in detection.reasons)


@pytest.mark.parametrize(
    ("columns", "rows", "problem"),
    [
        (["colour", "size"], [["red", "1"], ["blue", "2"]], "No column is chosen for case"),
        (["id", "size"], [["7", "1"], ["8", "2"]], "No column is chosen for opened"),
        (["id", "opened"], [], "No column is chosen for case"),
    ],
)
def test_a_table_of_something_else_has_problems_and_not_a_crash(columns, rows, problem):
    detection = detect_mapping(Table.of(columns, rows))

    assert detection.problems[0].startswith(problem)


def test_other_columns_for_a_role_are_offered():
    detection = detect(ZENDESK)

    assert "Requester email" in detection.alternatives["customer"]
    assert detection.confidence["case"] > 0.6


def test_an_activity_is_told_from_the_number_of_the_activity():
    text = """
Incident ID;DateStamp;IncidentActivity_Number;IncidentActivity_Type;Assignment Group
IM4;07-01-2013 08:17:17;001A3689763;Reassignment;TEAM0001
IM4;04-11-2013 13:41:30;001A5852941;Reassignment;TEAM0002
IM4;04-11-2013 13:51:18;001A5852943;Update from customer;TEAM0002
IM5;14-11-2013 13:51:18;001A5852953;Closed;TEAM0002
"""

    assert columns_of(text) == {
        "case": "Incident ID",
        "time": "DateStamp",
        "activity": "IncidentActivity_Type",
        "team": "Assignment Group",
    }
    assert detect(text).mapping.activity_map == {
        "Closed": "closed",
        "Reassignment": "assigned",
        "Update from customer": "customer_message",
    }


def test_a_german_export_is_read():
    text = """
Ticketnummer;Erstellt;Geschlossen;Status;Priorität;Queue;Besitzer;Kundennummer;Titel
2026010511;05.01.2026 09:12;13.01.2026 10:00;erfolgreich geschlossen;3 normal;Support;Ugo;K-1;Drucker
2026010512;15.01.2026 09:12;;offen;3 normal;Vertrieb;Eva;K-2;Maus
2026010513;15.01.2026 10:12;;neu;4 hoch;Vertrieb;Eva;K-2;Bild
"""
    detection = detect(text)

    assert detection.mapping.time_format == "dmy"
    assert dict(detection.mapping.columns) == {
        "case": "Ticketnummer",
        "opened": "Erstellt",
        "closed": "Geschlossen",
        "status": "Status",
        "agent": "Besitzer",
        "team": "Queue",
        "customer": "Kundennummer",
        "subject": "Titel",
        "priority": "Priorität",
    }
    assert detection.mapping.status_map == {
        "erfolgreich geschlossen": "closed",
        "neu": "new",
        "offen": "open",
    }
