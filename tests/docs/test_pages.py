"""Every page holds together: its links lead somewhere, its paths exist, its examples run, decisions are told apart."""

import ast
import doctest
import re
from pathlib import Path

import pytest

from tests.docs.derived import REPOSITORY, SOURCE

DOCS = REPOSITORY / "docs"
FRONT_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
PAGES = sorted([*DOCS.rglob("*.md"), *(REPOSITORY / name for name in FRONT_PAGES)])
DECISIONS = sorted((DOCS / "architecture" / "adr").glob("*.md"))
IDS = [str(page.relative_to(REPOSITORY)) for page in PAGES]
# A path of the repository, or of the package as the architecture page shortens it.
PATH = re.compile(r"`((?:[\w-]+/)+(?:[\w-]+\.\w+)?|(?:[\w-]+/)*[\w-]+\.(?:toml|tsv)|subscriptions\.py)`")


def prose(page: Path) -> str:
    """Return the page without its fenced examples."""
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        if "://" in target or target.startswith("mailto:"):
            continue
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_path_a_page_names_exists(page: Path) -> None:
    homes = (REPOSITORY, SOURCE, SOURCE / "apps", DOCS, page.parent)
    named = [path for path in PATH.findall(prose(page)) if "<" not in path]
    assert [path for path in named if not any((home / path).exists() for home in homes)] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_examples_of_a_page_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples, out=said.append)
    assert "".join(said) == ""


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_page_has_one_title(page: Path) -> None:
    assert len(re.findall(r"^# ", prose(page), flags=re.MULTILINE)) == 1


def test_the_readme_is_short_and_runs_an_example() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert ">>> office.deadline(" in text
    assert re.findall(r"^make (\w+)", text, flags=re.MULTILINE) == ["run", "test"]


def test_every_target_a_page_names_is_in_the_makefile() -> None:
    known = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {word for page in PAGES for word in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))}
    assert named - known == set()


def test_decisions_are_numbered_once_each_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


def test_a_decision_is_titled_by_what_was_decided_and_its_file_by_its_title() -> None:
    wrong = []
    for page in DECISIONS:
        title = page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        slug = re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
        if not slug.startswith(page.stem[5:]) or len(title.split()) < 4 or title.endswith((".", "?")):
            wrong.append(page.name)
    assert wrong == []


def test_the_architecture_page_draws_one_house_and_names_every_app() -> None:
    text = (DOCS / "architecture" / "overview.md").read_text(encoding="utf-8")
    order = re.search(r"^apps +(.+)$", text, flags=re.MULTILINE)
    assert text.count("```text") == 1
    assert order is not None
    built = {path.name for path in (SOURCE / "apps").iterdir() if (path / "apps.py").exists()}
    assert set(order[1].split(" > ")) == built


def test_the_standards_are_introduced() -> None:
    text = (DOCS / "standards" / "README.md").read_text(encoding="utf-8")
    assert "(rows.tsv)" in text
    assert (DOCS / "standards" / "rows.tsv").exists()


def test_every_module_of_the_traced_request_says_what_it_is_for() -> None:
    text = (DOCS / "architecture" / "overview.md").read_text(encoding="utf-8")
    files = [path for path in PATH.findall(text) if path.endswith(".py")]
    silent = [path for path in files if not ast.get_docstring(ast.parse((SOURCE / path).read_text(encoding="utf-8")))]
    assert len(files) >= 6
    assert silent == []
