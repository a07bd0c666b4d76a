"""Dates are said one way: by the filters of a template and the functions of platform.ui.formatting, never by hand."""

import ast
import pathlib
import re

import pytest

SOURCE = pathlib.Path(__file__).parents[2] / "src/wellserved"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
# A command writes for a terminal and for other programs.
SHOWN = sorted(
    file
    for folder in ("web", "apps", "demo", "integrations")
    for file in (SOURCE / folder).rglob("*.py")
    if "management" not in file.parts
)

# What a browser or a form reads is written for machines.
ATTRIBUTES = re.compile(r"\b(?:datetime|value|min|max|data-[a-z-]+)=\"[^\"]*\"")
BY_HAND = re.compile(r"\b(?:isoformat|strftime|ctime)\(")
# The names of days and months, or a day by its number before its month: words for people.
WORDS = re.compile(r"%[aAbBcx]|%-?d[ /.]")
# Letters in other languages say a day in figures; the names of days and months are English.
IN_FIGURES = {"apps/desk/letters.py": ["%d/%m/%Y"]}


def written_by_hand(text: str) -> list[str]:
    shown = ATTRIBUTES.sub("", re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
    return [shown[max(0, match.start() - 40) : match.end() + 20] for match in BY_HAND.finditer(shown)]


def test_no_template_writes_a_date_by_hand() -> None:
    assert TEMPLATES
    found = {str(file.relative_to(SOURCE)): written_by_hand(file.read_text(encoding="utf-8")) for file in TEMPLATES}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ('<time datetime="{{ at.isoformat() }}">{{ at|day }}</time>', False),
        ('<input type="hidden" name="on" value="{{ each.on.isoformat() }}">', False),
        ('<time datetime="{{ at.isoformat() }}">{{ at.isoformat() }}</time>', True),
        ('{{ _("until %(day)s", day=row.by_on.strftime("%d %b %Y")) }}', True),
        ("{% set value = row.by_on.isoformat() %}", True),
    ],
)
def test_a_date_written_by_hand_is_found_outside_attributes(text: str, *, is_wrong: bool) -> None:
    assert bool(written_by_hand(text)) is is_wrong


def patterns(file: pathlib.Path) -> list[str]:
    """Return the patterns a module writes dates with in words: after the colon of an f-string, or with strftime."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = [
        ast.unparse(node.format_spec)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
    ]
    found += [
        ast.unparse(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "strftime" and node.args
    ]
    return [match.strip("f'\"") for match in found if WORDS.search(match)]


def test_no_python_text_for_people_writes_a_date_by_hand() -> None:
    found = {file.relative_to(SOURCE).as_posix(): patterns(file) for file in SHOWN}
    assert {name: lines for name, lines in found.items() if lines} == IN_FIGURES
