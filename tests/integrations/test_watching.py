"""A folder another help desk exports to keeps the desk in step, and nothing is ever written back."""

import datetime as dt
import json
import os
import pathlib
import threading

import pytest

from tests.integrations import importing
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv import watching
from wellserved.integrations.csv.models import ImportRun, Watch
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.jobs import engine

NOW = importing.NOW


def watch(folder: pathlib.Path, **options: str) -> Watch:
    return watching.add(
        actor=importing._actor(),
        folder=str(folder),
        pattern="*.csv",
        system="old desk",
        link_template="https://old.example/tickets/{id}",
        now=NOW,
        **options,
    )


def drop(folder: pathlib.Path, name: str, data: bytes, *, at: dt.datetime = NOW - dt.timedelta(minutes=1)) -> None:
    (folder / name).write_bytes(data)
    os.utime(folder / name, (at.timestamp(), at.timestamp()))


def work() -> int:
    """Do what the worker would; return how many jobs there were."""
    done = 0
    moment = clock.now() + dt.timedelta(days=3650)
    while run := engine.claim(now=moment, worker="here", stop=threading.Event()):
        engine.execute(run)
        done += 1
    return done


@pytest.mark.django_db(transaction=True)
def test_each_export_dropped_in_the_folder_brings_the_tickets_up_to_date(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    watch(folder)
    drop(folder, "monday.csv", importing.log(5))
    assert (watching.look(now=NOW), work()) == (1, 1)
    assert Ticket.objects.count() == 5
    assert Ticket.objects.get(external_id="3").external_url == "https://old.example/tickets/3"
    assert (watching.look(now=NOW), work()) == (0, 0)
    drop(folder, "tuesday.csv", importing.log(6).replace(b"3,Closed,", b"3,Resolve ticket,"))
    assert (watching.look(now=NOW), work()) == (1, 1)
    assert Ticket.objects.count() == 6
    assert Ticket.objects.get(external_id="3").status == "resolved"
    assert sorted(path.name for path in folder.iterdir()) == ["monday.csv", "tuesday.csv"]
    assert [run.account["written"]["updated"] for run in ImportRun.objects.order_by("pk")] == [0, 1]


@pytest.mark.django_db
def test_a_file_still_being_written_is_left_alone(tmp_path: pathlib.Path) -> None:
    watch(tmp_path)
    drop(tmp_path, "now.csv", importing.log(1), at=NOW)
    assert watching.look(now=NOW) == 0
    assert ImportRun.objects.count() == 0


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_said_beside_the_folder(tmp_path: pathlib.Path) -> None:
    row = watch(tmp_path)
    drop(tmp_path, "broken.csv", b"\x00\x00\x00")
    assert watching.look(now=NOW) == 0
    row.refresh_from_db()
    assert "zero byte" in row.error


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_refused() -> None:
    with pytest.raises(Invalid, match="is not a folder on this server"):
        watch(pathlib.Path("/nowhere/exports"))
    assert Watch.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_newer_export_under_the_same_name_tells_changes_and_what_has_vanished(tmp_path: pathlib.Path) -> None:
    watch(tmp_path)
    drop(tmp_path, "tickets.csv", importing.log(9))
    assert (watching.look(now=NOW), work()) == (1, 1)
    newer = "\n".join(line for line in importing.log(10, ending="Wait").decode().splitlines() if line[:2] != "2,")
    drop(tmp_path, "tickets.csv", newer.encode(), at=NOW - dt.timedelta(seconds=30))
    assert (watching.look(now=NOW), work()) == (1, 1)
    written = ImportRun.objects.latest("pk").account["written"]
    assert (written["created"], written["updated"], written["unchanged"], written["absent"]) == (1, 8, 0, 1)
    assert Ticket.objects.get(external_id="2").status == "closed"


@pytest.mark.django_db(transaction=True)
def test_a_file_put_back_to_what_it_was_is_told_anew_but_a_copy_is_not(tmp_path: pathlib.Path) -> None:
    watch(tmp_path)
    for minute, ending in ((3, "Closed"), (2, "Wait"), (1, "Closed")):
        drop(tmp_path, "tickets.csv", importing.log(2, ending=ending), at=NOW - dt.timedelta(minutes=minute))
        assert (watching.look(now=NOW), work()) == (1, 1)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"closed"}
    drop(tmp_path, "copy.csv", importing.log(2, ending="Wait"))
    drop(tmp_path, "tickets.csv", importing.log(2), at=NOW - dt.timedelta(seconds=20))
    assert watching.look(now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_two_exports_in_one_look_are_told_in_the_order_they_were_written(tmp_path: pathlib.Path) -> None:
    watch(tmp_path)
    drop(tmp_path, "b.csv", importing.log(2, ending="Wait"), at=NOW - dt.timedelta(hours=2))
    drop(tmp_path, "a.csv", importing.log(2), at=NOW - dt.timedelta(hours=1))
    assert (watching.look(now=NOW), work()) == (2, 2)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"closed"}


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(tmp_path: pathlib.Path) -> None:
    row = watch(tmp_path)
    drop(tmp_path, "a-broken.csv", b"\x00\x00\x00")
    drop(tmp_path, "b-strange.csv", b"foo,bar\n1,2\n")
    drop(tmp_path, "c-good.csv", importing.log(2))
    assert (watching.look(now=NOW), work()) == (1, 1)
    row.refresh_from_db()
    assert "a-broken.csv: Line 1 holds a zero byte" in row.error
    assert "b-strange.csv: No column is chosen for case" in row.error
    (tmp_path / "a-broken.csv").unlink()
    (tmp_path / "b-strange.csv").unlink()
    assert watching.look(now=NOW) == 0
    row.refresh_from_db()
    assert row.error == ""


@pytest.mark.django_db
def test_a_folder_that_goes_away_is_said_and_is_watched_again_when_it_is_back(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    row = watch(folder)
    folder.rename(tmp_path / "elsewhere")
    assert watching.look(now=NOW) == 0
    row.refresh_from_db()
    assert "cannot be read (No such file or directory)" in row.error
    (tmp_path / "elsewhere").rename(folder)
    drop(folder, "tickets.csv", importing.log(1))
    assert watching.look(now=NOW) == 1
    row.refresh_from_db()
    assert row.error == ""


@pytest.mark.django_db(transaction=True)
def test_an_export_caught_half_written_is_completed_by_the_whole_one(tmp_path: pathlib.Path) -> None:
    watch(tmp_path)
    whole = importing.log(3)
    drop(tmp_path, "tickets.csv", whole[: len(whole) // 2])
    assert (watching.look(now=NOW), work()) == (1, 1)
    drop(tmp_path, "tickets.csv", whole, at=NOW - dt.timedelta(seconds=30))
    assert (watching.look(now=NOW), work()) == (1, 1)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"closed"}
    assert Ticket.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_folder_keeps_the_zone_it_was_given_and_the_reading_its_first_export_settled(tmp_path: pathlib.Path) -> None:
    row = watch(tmp_path, time_zone="Europe/Rome")
    rows = "".join(f"{n},Created,{n}/02/2025 10:00\n{n},Closed,{n}/02/2025 11:00\n" for n in range(1, 29))
    drop(tmp_path, "first.csv", f"ticket,event,date\n{rows}".encode())
    assert (watching.look(now=NOW), work()) == (1, 1)
    row.refresh_from_db()
    assert (row.mapping["time_format"], row.mapping["timezone"]) == ("dmy", "Europe/Rome")
    drop(tmp_path, "second.csv", b"ticket,event,date\n90,Created,02/03/2025 10:00\n90,Paused,02/03/2025 10:30\n")
    assert (watching.look(now=NOW), work()) == (1, 1)
    assert Ticket.objects.get(external_id="90").opened_at == dt.datetime(2025, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_a_folder_whose_columns_nobody_could_guess_needs_a_mapping_alone(tmp_path: pathlib.Path) -> None:
    columns = {"case": "foo", "activity": "bar", "time": "baz"}
    mapping = {"format": "wellserved-mapping", "version": 1, "shape": "events", "columns": columns}
    watch(tmp_path, mapping=json.dumps(mapping))
    drop(tmp_path, "tickets.csv", b"foo,bar,baz\n1,Created,2025-01-01 10:00\n1,Closed,2025-01-01 11:00\n")
    assert (watching.look(now=NOW), work()) == (1, 1)
    assert Ticket.objects.get().status == "closed"
