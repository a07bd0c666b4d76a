"""The house words: a ticket is a ticket to staff, a question to its customer, and an issue only as its type."""

import ast
import pathlib
import re

import pytest

from wellserved.apps.desk.types import Kind

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = ROOT / "src/wellserved"
# Names of columns and things as other systems write them; read, never shown.
FOREIGN = ("science/formats/", "integrations/csv/adapters.py", "migrations/")
ISSUE = re.compile(r"\bissues?\b", re.IGNORECASE)
SAID = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')")


def sources(pattern: str) -> list[pathlib.Path]:
    return [
        file
        for file in sorted(SOURCE.rglob(pattern))
        if not any(part in file.relative_to(SOURCE).as_posix() for part in FOREIGN)
    ]


def strings(file: pathlib.Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_no_python_text_calls_a_ticket_an_issue() -> None:
    said = [(file.relative_to(SOURCE).as_posix(), text) for file in sources("*.py") for text in strings(file)]
    assert [pair for pair in said if ISSUE.search(pair[1])] == [("apps/desk/types/states.py", "Issue")]


def test_the_type_of_a_ticket_that_other_desks_call_a_problem_reads_issue() -> None:
    assert (Kind.PROBLEM.value, Kind.PROBLEM.label) == ("problem", "Issue")


@pytest.mark.parametrize("pattern", ["templates/**/*.html", "static/**/js/*.js", "static/desk/*.js"])
def test_no_screen_calls_a_ticket_an_issue(pattern: str) -> None:
    files = sources(pattern)
    assert files
    assert [file.name for file in files if ISSUE.search(file.read_text(encoding="utf-8"))] == []


def test_no_guide_calls_a_ticket_an_issue() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    assert [str(page.relative_to(ROOT)) for page in pages if ISSUE.search(page.read_text(encoding="utf-8"))] == []


def test_a_repeated_cause_is_called_a_repeat_problem_on_every_record() -> None:
    strip = (SOURCE / "platform/ui/templates/ui/records.html").read_text(encoding="utf-8")
    assert '("problem", _("Repeat problem"), ' in strip


def test_a_customer_reads_question_and_never_ticket() -> None:
    pages = sources("templates/portal/*.html")
    said = [text for page in pages for text in SAID.findall(page.read_text(encoding="utf-8"))]
    assert [text for text in said if re.search(r"\b(ticket|issue|case|request)s?\b", text, re.IGNORECASE)] == []
    assert sum("uestion" in text for text in said) >= 4
