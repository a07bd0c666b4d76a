"""`wellserved import` says at once what it cannot do, rehearses against what is here, and takes back."""

import io
import json
import pathlib

import pytest
from django.core.management import CommandError, call_command

from tests.integrations import importing, variants
from wellserved.apps.desk.models import Ticket
from wellserved.integrations.csv.models import ImportRun

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    said = io.StringIO()
    call_command("import", *args, stdout=said, stderr=io.StringIO())
    return said.getvalue()


@pytest.fixture
def strange(tmp_path: pathlib.Path) -> pathlib.Path:
    """A log whose headers say nothing."""
    path = tmp_path / "strange.csv"
    path.write_text(variants.table(("foo", "bar", "baz", "qux")))
    return path


def test_a_missing_column_is_named_with_what_would_work_and_nothing_is_written(strange: pathlib.Path) -> None:
    before = importing.table_rows()
    with pytest.raises(CommandError, match=r"No column is chosen for case .*'foo', 'bar', 'baz', 'qux'.*--mapping"):
        run(str(strange))
    assert importing.table_rows() == before


def test_the_mapping_saved_of_a_log_nobody_could_guess_is_one_to_begin_with(strange: pathlib.Path) -> None:
    path = strange.with_suffix(".json")
    with pytest.raises(CommandError, match="--save-mapping"):
        run(str(strange), "--save-mapping", str(path))
    begun = json.loads(path.read_text())
    begun |= {"shape": "events", "columns": {"case": "foo", "activity": "bar", "time": "baz"}}
    path.write_text(json.dumps(begun))
    assert "20 new, 0 changed, 0 already here" in run(str(strange), "--mapping", str(path))
    assert Ticket.objects.filter(status="closed").count() == 20


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--mapping", "/nowhere/mapping.json"), "cannot be read"),
        (("--save-mapping", "/nowhere/mapping.json"), "cannot be written"),
        (("--time-zone", "Mars/Olympus"), "There is no time zone 'Mars/Olympus'"),
        (("--link", "https://old.example/tickets"), "needs {id}"),
        (("--link", "javascript:alert({id})"), "begins with https://"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_in_a_sentence(
    args: tuple[str, str], sentence: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(variants.table())
    before = importing.table_rows()
    with pytest.raises(CommandError, match=sentence):
        run(str(path), *args)
    assert importing.table_rows() == before


def test_a_dry_run_in_another_zone_says_what_would_change(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "desk.csv"
    path.write_text(variants.table())
    run(str(path))
    path.write_text("\n".join(variants.table().splitlines()[:-5]) + "\n00099,Created,2024-05-01 10:00:00,x\n")
    before = importing.table_rows()
    said = run(str(path), "--dry-run", "--time-zone", "Europe/Rome")
    assert "1 cases are new, 19 would change tickets that are here, 0 would change nothing; 1 tickets" in said
    assert "would change: opening time of 19" in said
    assert "00001 (#1001): opening time 5 Mar 2024, 10:01 UTC → 5 Mar 2024, 09:01 UTC" in said
    told = json.loads(run(str(path), "--dry-run", "--json"))
    assert (told["would"]["created"], told["would"]["unchanged"], told["would"]["absent"]) == (1, 19, 1)
    assert importing.table_rows() == before


def test_a_file_called_sample_does_not_take_the_name_of_the_sample_service(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(variants.table())
    run(str(path))
    assert set(Ticket.objects.values_list("external_system", flat=True)) == {"sample import"}


def test_an_import_left_behind_by_a_process_that_died_can_be_taken_back() -> None:
    before = importing.table_rows()
    left = importing.bring_in(importing.log(3))
    ImportRun.objects.filter(pk=left.pk).update(state=ImportRun.State.RUNNING)
    assert f"Took import {left.pk} back: 3 tickets are gone." in run("--undo", str(left.pk))
    assert importing.table_rows() == before
