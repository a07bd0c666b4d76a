"""An import is taken back whole: done, under way or cut short; only what people have worked on stays."""

import datetime as dt
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import databases, personas
from tests.integrations import importing
from tests.integrations.test_watching import work
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Customer, Queue, Ticket
from wellserved.apps.ledger.models import Entry
from wellserved.apps.standards.models import Policy
from wellserved.integrations.csv import actions, files, tasks
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import jobs
from wellserved.platform.errors import Conflict
from wellserved.platform.models import JobRun

NOW = importing.NOW
RICH = (
    b"Ticket,Opened,Closed,Requester,Company,Group,Item,Site,Labels,Description\n"
    b'1,2026-01-05 09:00,2026-01-06 10:00,ann@example.org,Acme,Printers,Laser 9,Leeds,"paper,jam",It eats paper.\n'
    b"2,2026-01-05 09:30,,Bob,Acme,Printers,Laser 9,York,jam,It hums.\n"
    b"3,2026-01-07 11:00,,Cid,Zeta,Phones,Handset,York,,No tone.\n"
    b",2026-01-08 09:00,,Cid,Zeta,Phones,Handset,York,,No tone.\n"
)


def actions_since(count: int) -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True)[count:])


@pytest.mark.django_db
def test_every_row_of_every_table_is_as_before_but_two_entries_of_the_ledger() -> None:
    before, entries = importing.table_rows(), Entry.objects.count()
    run = importing.bring_in(RICH, wants_standards=True)
    assert (run.account["rows_accepted"], run.account["rows_rejected"]) == (3, 1)
    assert (Queue.objects.count(), Policy.objects.count()) == (2, 1)
    assert importing.take_back(run) == 3
    assert importing.table_rows() == before
    assert actions_since(entries) == ["import.load", "import.undo"]
    assert list(files.folder().glob("*.log")) == []


@pytest.mark.django_db
def test_the_entry_of_the_import_names_the_promise_it_made() -> None:
    importing.bring_in(RICH, wants_standards=True)
    entry = Entry.objects.get(action="import.load")
    assert entry.values.get(field="promise", side="after").content == '"Standard promise"'


@pytest.mark.django_db
def test_taking_a_change_back_leaves_every_row_of_the_first_import_as_it_was() -> None:
    importing.bring_in(RICH)
    before = importing.table_rows()
    second = importing.bring_in(
        RICH.replace(b"Printers", b"Paper").replace(b"jam", b"stuck") + b"9,2026-02-01,,,,,,,,\n"
    )
    assert second.account["written"]["updated"] == 2
    importing.take_back(second)
    after = importing.table_rows()
    # What hangs on a ticket told anew is written again under new keys.
    hanging = {"desk_ticketevent", "desk_clock", "desk_ticket_tags"}
    assert {name for name in before if before[name] != after[name]} <= hanging
    assert {name: len(after[name]) for name in hanging} == {name: len(before[name]) for name in hanging}


@pytest.mark.django_db
def test_what_two_imports_share_goes_with_the_last_of_them() -> None:
    before = importing.table_rows()
    first = importing.bring_in(RICH)
    second = importing.bring_in(RICH, system="another desk")
    importing.take_back(first)
    assert Queue.objects.count() == 2
    importing.take_back(second)
    assert importing.table_rows() == before


@pytest.mark.django_db
def test_two_systems_that_call_somebody_bob_do_not_share_him() -> None:
    importing.bring_in(RICH)
    importing.bring_in(RICH, system="another desk")
    assert Customer.objects.filter(name="Bob").count() == 2
    assert Customer.objects.filter(name="Cid").count() == 2


@pytest.mark.django_db
def test_a_ticket_somebody_has_answered_stays_and_is_named(amira: personas.Persona, now: dt.datetime) -> None:
    run = importing.bring_in(RICH, wants_standards=True)
    ticket = Ticket.objects.get(external_id="2")
    desk.reply(actor=amira.actor, ticket_id=ticket.pk, body="We are on it.", now=now)
    assert actions.kept_sentence(run_id=run.pk) == (
        f"People have worked on #{ticket.number} here: undoing keeps it and deletes the others."
    )
    assert importing.take_back(run) == 2
    kept = Ticket.objects.get()
    assert (kept.pk, kept.batch, [message.body for message in kept.messages.all()][-1]) == (
        ticket.pk,
        None,
        "We are on it.",
    )
    assert (kept.customer.name, kept.queue.name, kept.customer.batch) == ("Bob", "Printers", None)
    assert Policy.objects.count() == 1
    entry = Entry.objects.get(action="import.undo")
    assert entry.values.get(field="kept, worked on here", side="after").content == f"[{ticket.number}]"
    again = importing.bring_in(RICH)
    assert again.account["written"]["created"] == 2


@pytest.mark.django_db
def test_a_draft_that_never_started_is_thrown_away_not_undone() -> None:
    run = importing.draft(RICH)
    with pytest.raises(Conflict, match="Throw the draft away instead"):
        actions.request_undo(run_id=run.pk)
    assert ImportRun.objects.get().state == ImportRun.State.DRAFT


@pytest.mark.django_db
def test_stopping_an_import_under_way_writes_nothing_more_and_leaves_nothing() -> None:
    before, entries = importing.table_rows(), Entry.objects.count()
    run = importing.draft(importing.log(1300))
    actor = importing._actor()
    actions.request_start(actor=actor, run_id=run.pk, now=NOW, wants_standards=True)

    def stop(done: int, _total: int) -> None:
        assert Ticket.objects.count() == done == 400
        actions.request_undo(run_id=run.pk)

    with pytest.raises(actions.Overtaken):
        actions.perform(actor=actor, run_id=run.pk, now=NOW, progress=stop)
    assert Ticket.objects.count() == 400
    importing.take_back(run)
    assert importing.table_rows() == before
    assert actions_since(entries) == ["import.undo"]


@pytest.mark.django_db
def test_an_attempt_that_was_thought_dead_writes_nothing_beside_its_successor() -> None:
    run = importing.draft(importing.log(900))
    actor = importing._actor()
    actions.request_start(actor=actor, run_id=run.pk, now=NOW)

    def succeed(done: int, _total: int) -> None:
        assert done == 400
        actions.perform(actor=actor, run_id=run.pk, now=NOW)

    with pytest.raises(actions.Overtaken):
        actions.perform(actor=actor, run_id=run.pk, now=NOW, progress=succeed)
    assert Ticket.objects.count() == 900
    run.refresh_from_db()
    assert (run.state, run.account["written"]["created"]) == (ImportRun.State.DONE, 900)


@pytest.mark.django_db(transaction=True)
def test_an_import_stopped_while_it_waits_leaves_its_job_nothing_to_do() -> None:
    run = importing.draft(importing.log(3))
    actions.request_start(actor=importing._actor(), run_id=run.pk, now=NOW)
    jobs.enqueue(tasks.PERFORM, now=NOW, import_id=run.pk, actor_id=None)
    actions.request_undo(run_id=run.pk)
    jobs.enqueue(tasks.UNDO, now=NOW, import_id=run.pk, actor_id=None)
    assert work() == 2
    assert (Ticket.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert set(JobRun.objects.values_list("state", flat=True)) == {JobRun.State.DONE}


def story(ticket: Ticket) -> list[tuple[str, bool]]:
    return [(row.kind, "called_back" in row.detail) for row in ticket.events.order_by("order")]


def outcome(ticket: Ticket) -> tuple[object, ...]:
    row = Ticket.objects.get(pk=ticket.pk)
    clocks = row.clocks.order_by("metric").values_list("metric", "state", "stopped_at")
    return row.status, row.resolved_at, row.closed_at, row.first_replied_at, list(clocks)


@pytest.mark.django_db
def test_what_was_undone_stays_undone_when_its_ticket_is_told_anew(amira: personas.Persona) -> None:
    later = RICH.replace(b"2,2026-01-05 09:30,,", b"2,2026-01-05 09:30,2026-01-06 11:00,")
    importing.bring_in(RICH, wants_standards=True)
    ticket = Ticket.objects.get(external_id="2")
    moved = desk.move(actor=amira.actor, ticket_id=ticket.pk, move="resolve", now=NOW)
    desk.undo(actor=amira.actor, ticket_id=ticket.pk, version=moved.version, now=NOW)
    before = story(ticket), outcome(ticket)
    assert before[0] == [("opened", False), ("status_changed", True), ("undone", False)]
    second = importing.bring_in(later)
    importing.bring_in(later, system="another desk")
    untouched = Ticket.objects.get(external_system="another desk", external_id="2")
    assert outcome(ticket) == outcome(untouched)
    assert story(ticket) == [*story(untouched), ("status_changed", True), ("undone", False)]
    told = story(ticket)
    assert importing.bring_in(later).account["written"]["updated"] == 0
    assert story(ticket) == told
    importing.take_back(second)
    assert (story(ticket), outcome(ticket)) == before


@pytest.mark.django_db
def test_a_reply_taken_back_after_its_ticket_was_told_anew_stays_so_when_that_is_undone(
    amira: personas.Persona,
) -> None:
    importing.bring_in(RICH)
    ticket = Ticket.objects.get(external_id="2")
    sent = desk.reply(actor=amira.actor, ticket_id=ticket.pk, body="We are on it.", now=NOW).message_id
    second = importing.bring_in(RICH.replace(b"2,2026-01-05 09:30,,", b"2,2026-01-05 09:30,2026-01-06 11:00,"))
    desk.take_back_reply(actor=amira.actor, ticket_id=ticket.pk, message_id=sent, now=NOW)
    importing.take_back(second)
    assert story(ticket) == [("opened", False), ("agent_reply", True), ("reply_taken_back", False)]


@pytest.mark.django_db
def test_places_named_before_there_was_a_mark_become_marks_when_a_ticket_is_told_anew(amira: personas.Persona) -> None:
    importing.bring_in(RICH)
    ticket = Ticket.objects.get(external_id="2")
    moved = desk.move(actor=amira.actor, ticket_id=ticket.pk, move="resolve", now=NOW)
    desk.undo(actor=amira.actor, ticket_id=ticket.pk, version=moved.version, now=NOW)
    _opened, done, undone = ticket.events.order_by("order")
    del done.detail["called_back"]
    undone.detail["voids"] = [done.order]
    done.save()
    undone.save()
    desk.rebuild_clocks(ticket_ids=[ticket.pk])
    importing.bring_in(RICH.replace(b"2,2026-01-05 09:30,,", b"2,2026-01-05 09:30,2026-01-06 11:00,"))
    assert [mark for _, mark in story(ticket)][-2:] == [True, False]
    assert (outcome(ticket)[0], "voids" in ticket.events.latest("order").detail) == ("closed", False)


LOADER = """
import django; django.setup()
from tests.integrations import importing
run = importing.draft(importing.log(4000))
from wellserved.integrations.csv import actions
actions.request_start(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
actions.perform(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
"""
COUNT = """
import django; django.setup()
from wellserved.apps.desk.models import Ticket
print(Ticket.objects.count())
"""
RESUME = """
import django; django.setup()
from tests.integrations import importing
from wellserved.apps.desk.models import Ticket, TicketEvent
from wellserved.integrations.csv import actions
from wellserved.integrations.csv.models import ImportRun
run = ImportRun.objects.get()
actions.perform(actor=importing._actor(), run_id=run.pk, now=importing.NOW)
run.refresh_from_db()
print(run.account["written"]["created"], Ticket.objects.count(), TicketEvent.objects.count())
print(importing.take_back(run), Ticket.objects.count(), TicketEvent.objects.count())
"""


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_an_import_killed_without_warning_goes_on_and_writes_everything_once(tmp_path: pathlib.Path) -> None:
    root = pathlib.Path(__file__).parents[2]
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
        "WELLSERVED_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
        "PYTHONPATH": f"{root / 'src'}:{root}",
    }

    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)
        return done.stdout

    shutil.copyfile(databases.laid(), tmp_path / "desk.sqlite3")
    loader = subprocess.Popen([sys.executable, "-c", LOADER], env=env)
    for _ in range(100):
        time.sleep(0.3)
        if int(run(COUNT)) > 500:
            break
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    assert 500 < int(run(COUNT)) < 4000
    assert run(RESUME) == "4000 4000 12000\n4000 0 0\n"
