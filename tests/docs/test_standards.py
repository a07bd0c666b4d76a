"""Every criterion of the five standards belongs to exactly one part, and its state is what its tests say."""

from tests.docs import standards
from tests.shared_data import shared


def rows() -> list[dict[str, str]]:
    return standards.judged(standards.asked(), standards.proofs())


def test_every_row_belongs_to_exactly_one_part():
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids)) == 224
    assert {row["part"] for row in rows()} == set(standards.PARTS)


def test_the_pages_say_what_the_tests_say():
    assert [page.name for page, text in standards.written().items() if page.read_text("utf-8") != text] == []


def test_every_test_of_a_row_belongs_to_a_row():
    known = tuple(standards.prefix(row["id"]) for row in standards.asked())
    assert [test.name for test in standards.proofs() if not f"{test.name}_".startswith(known)] == []


def test_every_row_that_is_alive_names_the_screen_it_lives_on():
    assert [row["id"] for row in rows() if row["test"] and not row["screen"]] == []


def test_no_row_of_a_part_that_is_built_waits_for_it():
    assert [row["id"] for row in rows() if row["state"] in ("awaits part 1", "awaits part 2")] == []


def test_what_waits_for_a_later_part_waits_for_one_after_its_own():
    partly = [row for row in rows() if row["state"].startswith("alive, awaits")]
    assert [row["id"] for row in partly if row["state"].split()[3] <= row["part"]] == []


def test_a_test_that_awaits_a_part_is_counted_apart():
    module = (
        'def test_A_1():\n    """It waits for more.\n\n    The rest awaits part 4."""\n\ndef test_A_10():\n    pass\n'
    )
    tests = standards.proofs_in(module, standards.TESTS / "test_rows_of_none.py")
    given = [{"id": pk, "part": "2", "screen": "/", "requirement": "It asks."} for pk in ("A-1", "A-10", "A-2")]
    found = standards.judged(given, tests)
    assert [row["state"] for row in found] == ["alive, awaits part 4", "alive", "awaits part 2"]
    assert "| 2 plans and promises | 1 | 1 | 1 | 3 |" in standards.counted(found)
    assert "| A-1 | It asks. | alive, awaits part 4 |" in standards.waiting_in_part(found)


def test_no_criterion_of_the_standards_is_missing():
    with shared("reference/requirements.tsv").open(encoding="utf-8") as file:
        asked = {line.split("\t")[0] for line in file.readlines()[1:]}
    assert {row["id"] for row in standards.asked()} == asked
