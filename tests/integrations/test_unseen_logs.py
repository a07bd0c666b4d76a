"""Logs nobody has seen before come in with right counts, or are refused with a sentence and nothing is written."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.integrations import importing, variants
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv import actions, files
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform.errors import Invalid
from wellserved.science import formats

pytestmark = pytest.mark.django_db


def rehearse(data: bytes, *, filename: str = "export", zone: str = "UTC") -> formats.Reconciliation:
    table = formats.read_table(data, filename=filename)
    detection = formats.detect_mapping(table, timezone=zone)
    assert detection.problems == ()
    return formats.summarise(formats.plan(table, detection.mapping), table)


@pytest.mark.parametrize("name", variants.READABLE)
def test_the_same_twenty_cases_are_found_however_they_are_written(name: str) -> None:
    account = rehearse(variants.READABLE[name])
    assert (account.rows_read, account.rows_accepted, account.rows_rejected) == (100, 100, 0)
    assert (account.cases, account.events, dict(account.by_status)) == (20, 100, {"closed": 20})
    assert account.first_at == dt.datetime(2024, 3, 5, 10, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", variants.UNREADABLE)
def test_what_is_hardly_a_table_is_refused_with_a_sentence_and_nothing_is_kept(name: str) -> None:
    data, sentence = variants.UNREADABLE[name]
    before = importing.table_counts()
    with pytest.raises(Invalid, match=sentence) as refusal:
        importing.draft(data, filename="export.csv")
    assert refusal.value.sentence.endswith(".")
    assert importing.table_counts() == before
    assert list(files.folder().glob("*.log")) == []


def test_leading_zeros_of_a_case_are_kept() -> None:
    importing.bring_in(variants.READABLE["zip"], filename="export.zip")
    assert Ticket.objects.order_by("external_id").values_list("external_id", flat=True)[0] == "00001"


def test_two_long_case_numbers_that_begin_alike_stay_two_tickets() -> None:
    long = "x" * 150
    rows = "".join(
        f"{case},Created,2024-01-0{n + 1}\n" for n, case in enumerate(("1", "2", "3", long + "1", long + "2"))
    )
    data = f"Case ID,Activity,Timestamp\n{rows}".encode()
    assert importing.bring_in(data).account["written"]["created"] == 5
    assert importing.bring_in(data).account["written"]["unchanged"] == 5


def test_one_date_decides_between_day_and_month_for_the_whole_column() -> None:
    rows = [f"{n},Created,0{n}/02/2024 10:00\n{n},Closed,0{n}/03/2024 10:00\n" for n in range(1, 6)]
    open_question = ("ticket,event,date\n" + "".join(rows)).encode()
    detection = formats.detect_mapping(formats.read_table(open_question))
    assert (detection.mapping.time_format, detection.guesses) == ("dmy", ("time",))
    decided = formats.detect_mapping(formats.read_table(open_question + b"9,Created,03/25/2024 10:00\n"))
    assert (decided.mapping.time_format, decided.guesses) == ("mdy", ())


def test_local_times_that_never_were_or_were_twice_are_flagged() -> None:
    data = b"""Case ID,Activity,Timestamp
1,Created,2024-03-31 01:30
1,Resolved,2024-03-31 02:30
2,Created,2024-10-27 02:30
2,Closed,2024-10-27 03:30
"""
    account = rehearse(data, zone="Europe/Amsterdam")
    assert (account.cases, account.rows_accepted) == (2, 4)
    assert dict(account.flags) == {"time_happened_twice": 1, "time_skipped_by_clock_change": 1}


def test_a_ticket_with_its_opening_and_closing_alone_is_judged_as_closed() -> None:
    rows = "".join(f"{n:06d},2024-01-{n:02d} 09:00,2024-01-{n:02d} 17:00\n" for n in range(1, 29))
    account = rehearse(f"id,opened,closed\n{rows}".encode())
    assert (account.cases, account.events, dict(account.by_status)) == (28, 56, {"closed": 28})


def test_one_row_is_a_log() -> None:
    assert rehearse(b"Case ID,Activity,Timestamp\n1,Created,2024-01-01 10:00\n").cases == 1


def test_every_row_of_a_torn_export_is_accepted_or_refused_and_repeats_are_counted() -> None:
    torn = variants.table() + "00001,Closed\n,Closed,2024-03-05 10:01:00,x\n00002,Closed,yesterday,x\n"
    torn += "\n".join(variants.table().splitlines()[1:11]) + "\n"
    run = importing.bring_in(torn.encode())
    account = run.account
    assert (account["rows_read"], account["rows_accepted"], account["rows_rejected"]) == (113, 110, 3)
    assert account["notes"] == ["10 rows repeat another row of their case exactly; they are kept."]
    assert list(run.rejected.order_by("row").values_list("row", flat=True)) == [101, 102, 103]


def mapping_file(columns: Mapping[str, str], **parts: Any) -> str:
    return json.dumps(
        {"format": "wellserved-mapping", "version": 1, "shape": "events", "columns": dict(columns), **parts}
    )


def test_a_mapping_written_by_hand_is_enough_where_no_header_tells() -> None:
    run = importing.draft(variants.table(("foo", "bar", "baz", "qux"), variants.DOTTED, between=";").encode())
    text = mapping_file({"case": "foo", "activity": "bar", "time": "baz", "agent": "qux"}, time_format="dmy")
    actions.save_mapping(run_id=run.pk, text=text)
    actions.request_start(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
    actions.perform(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
    assert Ticket.objects.filter(status="closed").count() == 20


def test_an_import_whose_mapping_lacks_a_column_does_not_start() -> None:
    run = importing.draft(variants.table(("foo", "bar", "baz", "qux")).encode())
    before = importing.table_counts()
    with pytest.raises(Invalid, match=r"No column is chosen for case .*choose one of 'foo', 'bar', 'baz', 'qux'"):
        actions.request_start(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
    run.refresh_from_db()
    assert (run.state, run.started_at) == (ImportRun.State.DRAFT, None)
    assert importing.table_counts() == before


@pytest.mark.parametrize(
    ("header", "rows", "team", "statuses"),
    [
        (
            "SR Number;Change Date+Time;Status;Sub Status;Org line;Involved ST;SR Latest Impact;Owner First Name",
            [
                "1-{n};2012-05-{d}T08:00:00+02:00;Accepted;In Progress;Org line A2;J{n} 2nd;High;Ann",
                "1-{n};2012-05-{d}T09:00:00+02:00;Queued;Awaiting Assignment;Org line A2;J{n} 3rd;High;",
                "1-{n};2012-05-{d}T10:00:00+02:00;Completed;Closed;Org line A2;J{n} 3rd;High;Bo",
            ],
            "J{n} 3rd",
            {"closed": 9},
        ),
        (
            "org:resource,organization involved,concept:name,lifecycle:transition,time:timestamp,case:concept:name",
            [
                "Ann,G{n} 2nd,Queued,Awaiting Assignment,2012-05-{d} 08:00:00+00:00,1-{n}",
                "Ann,G{n} 3rd,Accepted,In Progress,2012-05-{d} 09:00:00+00:00,1-{n}",
                "Ann,G{n} 3rd,Accepted,Wait - User,2012-05-{d} 10:00:00+00:00,1-{n}",
            ],
            "G{n} 3rd",
            {"waiting_customer": 9},
        ),
        (
            "Number,State,Short description,Opened,Updated,Updated by,Assignment group,Assigned to,Priority",
            [
                "INC000{n},New,Broken,5/{d}/2016 07:00:00 AM,5/{d}/2016 08:00:00 AM,sys1,Group {n},Ann,3 - Moderate",
                "INC000{n},On Hold,Broken,5/{d}/2016 07:00:00 AM,5/{d}/2016 09:00:00 AM,sys1,Group {n},Bo,3 - Moderate",
                "INC000{n},Resolved,Broken,5/{d}/2016 07:00:00 AM,5/{d}/2016 10:00:00 PM,sys1,Group {n},Bo,2 - High",
            ],
            "Group {n}",
            {"resolved": 9},
        ),
    ],
    ids=["service desk incidents", "open problems", "incidents with other headers"],
)
def test_logs_of_the_same_family_with_other_columns_come_in(
    header: str, rows: list[str], team: str, statuses: dict[str, int]
) -> None:
    lines = [row.format(n=n, d=f"{n + 10}") for n in range(1, 10) for row in rows]
    run = importing.bring_in("\n".join([header, *lines]).encode())
    assert (run.account["cases"], run.account["events"], run.account["rows_rejected"]) == (9, 27, 0)
    assert run.account["by_status"] == statuses
    assert Ticket.objects.order_by("external_id")[2].queue.name == team.format(n=3)
