"""A folder another help desk exports to keeps the desk in step, and nothing is ever written back."""

import datetime as dt
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


def watch(folder: pathlib.Path) -> Watch:
    return watching.add(
        actor=importing._actor(),
        folder=str(folder),
        pattern="*.csv",
        system="old desk",
        link_template="https://old.example/tickets/{id}",
        mapping="",
        now=NOW,
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
