"""An import is exact, is repeated without harm, survives a crash, and is taken back whole."""

import datetime as dt
import json
import pathlib
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import personas
from tests.integrations import importing
from tests.shared_data import shared
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.models import Clock, Escalation, Message, Ticket, TicketEvent
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards.models import Calendar, Policy
from wellserved.integrations.csv import actions, files
from wellserved.integrations.csv.models import ImportChange, ImportRun
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db


def written(run: ImportRun) -> tuple[int, int, int]:
    counts = run.account["written"]
    return counts["created"], counts["updated"], counts["unchanged"]


def test_two_hundred_real_incidents_come_in_exactly() -> None:
    run = importing.bring_in(importing.servicenow(), filename="servicenow.csv")
    rows = importing.servicenow().count(b"\n") - 1
    assert (run.account["rows_read"], run.account["rows_accepted"], run.account["rows_rejected"]) == (rows, rows, 0)
    assert written(run) == (200, 0, 0)
    assert Ticket.objects.count() == 200
    assert TicketEvent.objects.exclude(activity="").count() == run.account["events"] == rows
    assert TicketEvent.objects.filter(order=0, kind="opened").count() == 200
    assert run.state == ImportRun.State.DONE
    assert run.path == ""
    assert list(files.folder().glob("*.log")) == []


def test_the_same_file_again_changes_nothing() -> None:
    importing.bring_in(importing.servicenow())
    before = importing.desk_content()
    again = importing.bring_in(importing.servicenow())
    assert written(again) == (0, 0, 200)
    assert importing.desk_content() == before


def test_a_newer_export_tells_only_what_changed() -> None:
    importing.bring_in(importing.log(4))
    changed = importing.log(5).replace(b"2,Closed,", b"2,Resolve ticket,")
    run = importing.bring_in(changed)
    assert written(run) == (1, 1, 3)
    assert Ticket.objects.get(external_id="2").status == "resolved"
    assert Ticket.objects.get(external_id="2").version == 2
    assert Ticket.objects.get(external_id="3").version == 1


def test_undoing_leaves_every_table_as_it_was_but_the_two_entries_of_the_ledger() -> None:
    before, entries = importing.table_counts(), Entry.objects.count()
    run = importing.bring_in(importing.servicenow())
    assert importing.take_back(run) == 200
    assert importing.table_counts() == before
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)[entries:]) == [
        "import.load",
        "import.undo",
    ]


def test_undoing_keeps_a_ticket_people_put_files_beside_and_the_files(
    tmp_path: pathlib.Path, settings: Settings, amira: personas.Persona
) -> None:
    settings.MEDIA_ROOT = tmp_path
    run = importing.bring_in(importing.log(2))
    ticket = Ticket.objects.get(external_id="1")
    for name in ("photo.png", "letter.pdf"):
        upload = SimpleUploadedFile(name, b"content")
        discussion.attach_file(actor=amira.actor, subject=("desk.ticket", ticket.pk), upload=upload, now=importing.NOW)
    importing.take_back(run)
    assert list(Ticket.objects.values_list("external_id", flat=True)) == ["1"]
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


def test_undoing_takes_the_promise_back_that_was_made_for_the_import() -> None:
    before = importing.table_counts()
    run = importing.bring_in(importing.servicenow(), wants_standards=True)
    assert Policy.objects.get().name == "Standard promise"
    assert Clock.objects.count() == 200
    importing.take_back(run)
    assert importing.table_counts() == before


def test_a_promise_other_tickets_count_by_stays(ben: personas.Persona, now: dt.datetime) -> None:
    run = importing.bring_in(importing.log(3), wants_standards=True)
    other = importing.bring_in(importing.log(3), system="another desk")
    importing.take_back(run)
    assert (Policy.objects.count(), Calendar.objects.count()) == (1, 1)
    assert Ticket.objects.filter(batch=other.pk).count() == 3


def test_undoing_a_second_import_puts_the_tickets_of_the_first_back() -> None:
    importing.bring_in(importing.log(6), wants_standards=True)
    before, counts = importing.desk_content(), importing.table_counts()
    second = importing.bring_in(importing.log(8, ending="Wait"))
    assert written(second) == (2, 6, 0)
    importing.take_back(second)
    assert importing.table_counts() == counts
    assert importing.desk_content() == before


def test_an_import_whose_tickets_a_later_one_changed_is_undone_after_that_one() -> None:
    first = importing.bring_in(importing.log(3))
    second = importing.bring_in(importing.log(3, ending="Wait"))
    before = importing.desk_content()
    with pytest.raises(Conflict, match=f"Undo import {second.pk} first"):
        importing.take_back(first)
    assert importing.desk_content() == before
    importing.take_back(second)
    assert importing.take_back(first) == 3


def test_what_people_wrote_stays_when_a_ticket_is_told_anew_and_when_that_is_undone(
    amira: personas.Persona, now: dt.datetime
) -> None:
    importing.bring_in(importing.log(2))
    ticket = Ticket.objects.get(external_id="1")
    desk.note(actor=amira.actor, ticket_id=ticket.pk, body="Rang her: all well.", now=now)
    second = importing.bring_in(importing.log(2, ending="Wait"))
    assert [message.body for message in ticket.messages.all()] == ["Rang her: all well."]
    assert [event.kind for event in ticket.events.order_by("order")][-1] == "note"
    desk.note(actor=amira.actor, ticket_id=ticket.pk, body="She called again.", now=now + dt.timedelta(hours=1))
    importing.take_back(second)
    ticket.refresh_from_db()
    assert [message.body for message in ticket.messages.order_by("pk")] == ["Rang her: all well.", "She called again."]
    assert [event.kind for event in ticket.events.order_by("order")][-2:] == ["note", "note"]
    assert ticket.status == "closed"


def test_an_import_announces_nothing() -> None:
    importing.bring_in(importing.servicenow(), wants_standards=True)
    assert OutboxMessage.objects.count() == 0
    assert Escalation.objects.count() == 0
    assert list(Entry.objects.filter(subject_kind="desk.ticket")) == []
    assert list(Entry.objects.filter(action="import.load").values_list("event", flat=True)) == [""]


def test_an_import_that_died_goes_on_and_counts_what_it_wrote_before() -> None:
    run = importing.draft(importing.log(900))
    actor = importing._actor()
    actions.request_start(actor=actor, run_id=run.pk, now=importing.NOW)

    def die(done: int, _total: int) -> None:
        raise KeyboardInterrupt(f"killed after {done}")

    with pytest.raises(KeyboardInterrupt, match="killed after 400"):
        actions.perform(actor=actor, run_id=run.pk, now=importing.NOW, progress=die)
    assert Ticket.objects.count() == 400
    counts = actions.perform(actor=actor, run_id=run.pk, now=importing.NOW)
    assert (counts.created, counts.updated, counts.unchanged) == (900, 0, 0)
    assert (Ticket.objects.count(), TicketEvent.objects.count()) == (900, 2700)


def test_an_import_that_died_while_changing_tickets_keeps_how_they_stood_first() -> None:
    importing.bring_in(importing.log(3))
    before = importing.desk_content()
    run = importing.draft(importing.log(3, ending="Wait"))
    actor = importing._actor()
    actions.request_start(actor=actor, run_id=run.pk, now=importing.NOW)

    def die(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.perform(actor=actor, run_id=run.pk, now=importing.NOW, progress=die)
    counts = actions.perform(actor=actor, run_id=run.pk, now=importing.NOW)
    assert (counts.created, counts.updated, counts.unchanged) == (0, 3, 0)
    assert ImportChange.objects.count() == 3
    importing.take_back(run)
    assert importing.desk_content() == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 50, "zero byte"),
        (b"PK\x03\x04 not a zip", "zip"),
        (b"\x1f\x8b not gzip", "gzip"),
    ],
    ids=["empty", "binary", "broken zip", "broken gzip"],
)
def test_a_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept(data: bytes, sentence: str) -> None:
    before = importing.table_counts()
    with pytest.raises(Invalid, match=sentence) as refusal:
        importing.draft(data)
    assert refusal.value.sentence.endswith(".")
    assert importing.table_counts() == before
    assert list(files.folder().glob("*.log")) == []


def test_a_log_of_unknown_words_needs_only_a_mapping_file() -> None:
    data = b"nr;was;wann\nA1;Eingang;03.02.2025 09:00\nA1;Erledigt;03.02.2025 11:30\nA2;Eingang;04.02.2025 08:00\n"
    run = importing.draft(data)
    mapping = {
        "format": "wellserved-mapping",
        "version": 1,
        "shape": "events",
        "columns": {"case": "nr", "time": "wann", "activity": "was"},
        "time_format": "%d.%m.%Y %H:%M",
        "timezone": "Europe/Berlin",
        "status_map": {"Eingang": "new", "Erledigt": "resolved"},
        "activity_map": {"Eingang": "opened", "Erledigt": "resolved"},
    }
    actions.save_mapping(run_id=run.pk, text=json.dumps(mapping))
    actions.request_start(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
    actions.perform(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
    first = Ticket.objects.get(external_id="A1")
    assert first.status == "resolved"
    assert first.opened_at == dt.datetime(2025, 2, 3, 8, 0, tzinfo=dt.UTC)
    assert first.resolved_at == dt.datetime(2025, 2, 3, 10, 30, tzinfo=dt.UTC)


def test_a_batch_is_removed_in_blocks() -> None:
    run = importing.bring_in(importing.log(450))
    blocks: Iterator[int] = load.unload(batch=run.pk)
    assert list(blocks) == [400, 450]
    assert (Ticket.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "rows", "cases"),
    [
        ("data/eventlogs/helpdesk_italian.csv.gz", 21_348, 4_580),
        ("data/eventlogs/bpi2013_closed_problems.csv.gz", 6_660, 1_487),
        ("data/eventlogs/servicenow_incidents_first80pct.csv.gz", 98_380, 16_614),
        ("data/civic311/sf311_cases_70pct.csv.gz", 6_908, 6_908),
        ("data/complaints/cfpb_sample_1000.csv.gz", 1_000, 1_000),
    ],
)
def test_real_exports_come_in_whole(path: str, rows: int, cases: int) -> None:
    found = shared(path)
    run = importing.bring_in(found.read_bytes(), filename=found.name)
    assert (run.account["rows_read"], run.account["rows_rejected"], run.account["cases"]) == (rows, 0, cases)
    assert Ticket.objects.count() == cases
    assert written(run) == (cases, 0, 0)
