"""The reference says what the code does: derived tables are the code's, settings and commands are complete."""

import ast
import re

import pytest
from django.test import Client

from tests.docs import derived
from wellserved.config import cli

SETTINGS = derived.REFERENCE / "settings.md"
READERS = {"text", "flag", "integer", "zone", "secret", "getenv", "get", "choices", "networks"}
# Django's own, set by the program itself, and that of the runner of the suite.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER"}


def variables_read() -> set[str]:
    found: set[str] = set()
    for file, tree in derived.modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name) and node.args:
                found |= read_by_call(node, own=file.name == "env.py")
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                found |= {ast.literal_eval(node.slice)}
    return found - NOT_OURS


def read_by_call(node: ast.Call, *, own: bool) -> set[str]:
    name, first = ast.unparse(node.func), node.args[0]
    reads = name.startswith(("env.", "os.environ.")) or name == "os.getenv" or (own and name in READERS)
    if not reads or not isinstance(first, ast.Constant) or name.rpartition(".")[2] not in {*READERS, "setdefault"}:
        return set()
    return {first.value, f"{first.value}_FILE"} if name == "env.secret" else {first.value}


def variables_documented() -> set[str]:
    text = SETTINGS.read_text(encoding="utf-8").partition("## For tests")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.MULTILINE))


@pytest.mark.parametrize("page", ["errors", "roles", "events", "statuses", "commands"])
def test_a_derived_table_is_the_one_the_code_gives(page: str) -> None:
    text = (derived.REFERENCE / f"{page}.md").read_text(encoding="utf-8")
    assert derived.renewed(text) == text, "write it anew: python -m tests.docs.derived"


def test_the_page_problem_types_link_to_knows_every_code() -> None:
    assert derived.PAGE_OF_CODES.read_text(encoding="utf-8") == derived.exact_codes(), (
        "write it anew: python -m tests.docs.derived"
    )


@pytest.mark.django_db
def test_the_type_of_a_problem_leads_to_its_row(client: Client) -> None:
    page = client.get("/docs/errors").content.decode()
    assert page.count('id="email_taken"') == 1
    assert page.count('id="refused"') == 1


def test_every_variable_read_is_documented_and_every_documented_one_is_read() -> None:
    assert variables_documented() == variables_read()


def test_the_scan_of_variables_finds_those_we_know() -> None:
    assert {"WELLSERVED_VAR", "WELLSERVED_SECRET_KEY_FILE", "DATABASE_URL", "OIDC_URL", "MAIL_URL"} <= variables_read()


def test_every_command_has_its_section() -> None:
    text = (derived.REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", text, flags=re.MULTILINE) == sorted({*cli.find_commands(), *cli.BORROWED})


def test_every_option_of_a_command_is_named_in_its_section() -> None:
    text = (derived.REFERENCE / "commands.md").read_text(encoding="utf-8")
    missing = []
    for name, file in cli.find_commands().items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        declared = re.findall(r'add_(?:argument|parser)\(\s*"(--[a-z-]+|[a-z][a-z-]+)"', file.read_text("utf-8"))
        missing += [f"{name}: {word}" for word in declared if word not in section.lower()]
    assert missing == []


def test_the_scan_of_errors_finds_what_we_know() -> None:
    known = derived.raised_errors()
    assert known["over_authority", "Refused"]
    assert known["move_not_allowed", "Conflict"] == ["A ticket that is … cannot take the move “…”. It can: …."]
    assert ("unknown_<field>", "Invalid") in known


def test_an_exact_code_belongs_to_one_status() -> None:
    codes = [code for code, _ in derived.raised_errors()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
