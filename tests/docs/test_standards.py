"""Every criterion of the five standards belongs to exactly one part, and claims a test only when it is alive."""

import csv
from pathlib import Path

from tests.shared_data import shared

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs/standards/rows.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_row_belongs_to_exactly_one_part():
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids)) == 224
    assert {row["part"] for row in rows()} == {"1", "2", "3", "4", "5", "6"}


def test_a_row_is_alive_with_a_test_or_awaits_its_part():
    waiting = [row for row in rows() if row["state"] == f"awaits part {row['part']}"]
    alive = [row for row in rows() if row["state"] == "alive"]
    assert len(waiting) + len(alive) == 224
    assert [row["id"] for row in alive if not (ROOT / row["test"].partition("::")[0]).is_file()] == []
    assert [row["id"] for row in waiting if row["test"]] == []


def test_no_criterion_of_the_standards_is_missing():
    with shared("reference/requirements.tsv").open(encoding="utf-8") as file:
        asked = {line.split("\t")[0] for line in file.readlines()[1:]}
    assert {row["id"] for row in rows()} == asked
