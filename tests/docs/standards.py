"""The pages of the five standards, derived from the tests that prove their criteria.

What a criterion is, its part and its screen stand in `tests/standards/rows.tsv`. That it is alive, and for what it
waits all the same, is said by nothing but its tests: their name, and `awaits part N` in their words.
"""

import ast
import csv
import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TESTS = REPOSITORY / "tests" / "standards"
PAGES = REPOSITORY / "docs" / "standards"
COLUMNS = ("id", "requirement", "part", "screen", "test", "state")
PARTS = {
    "1": "the desk and its clocks",
    "2": "plans and promises",
    "3": "people",
    "4": "listening and analysis",
    "5": "workforce",
    "6": "improvement and evidence",
}
_AWAITS = re.compile(r"\bawaits?\s+part\s+(\d)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A test of a criterion: where it stands, and the parts its words still wait for."""

    name: str
    address: str
    awaits: frozenset[str]


def asked() -> list[dict[str, str]]:
    """Return every criterion with its part and screen."""
    with (TESTS / "rows.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def proofs() -> list[Proof]:
    """Return every test of a criterion."""
    return [
        proof for file in sorted(TESTS.glob("test_rows_*.py")) for proof in proofs_in(file.read_text("utf-8"), file)
    ]


def proofs_in(text: str, file: Path) -> list[Proof]:
    """Return the tests of criteria in the text of a module."""
    return [
        Proof(
            name=node.name,
            address=f"{file.relative_to(REPOSITORY).as_posix()}::{node.name}",
            awaits=frozenset(_AWAITS.findall(ast.get_docstring(node) or "")),
        )
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def prefix(row_id: str) -> str:
    """Return how the names of a criterion's tests begin."""
    return f"test_{re.sub(r'[^A-Za-z0-9]', '_', row_id)}_"


def judged(rows: Iterable[dict[str, str]], tests: Iterable[Proof]) -> list[dict[str, str]]:
    """Return each criterion with its tests and its state."""
    found: dict[str, list[Proof]] = defaultdict(list)
    known = {prefix(row["id"]): row["id"] for row in rows}
    for test in tests:
        whose = next((known[each] for each in known if f"{test.name}_".startswith(each)), "")
        found[whose].append(test)
    return [
        row
        | {"test": "; ".join(test.address for test in found[row["id"]])}
        | {"state": state_of(row["part"], found[row["id"]])}
        for row in rows
    ]


def state_of(part: str, tests: Iterable[Proof]) -> str:
    """Return how far a criterion is alive by its tests.

    >>> state_of("3", [])
    'awaits part 3'
    >>> state_of("2", [Proof(name="test_x", address="", awaits=frozenset("4"))])
    'alive, awaits part 4'
    """
    tests = list(tests)
    if not tests:
        return f"awaits part {part}"
    later = sorted(frozenset().union(*(test.awaits for test in tests)))
    return f"alive, awaits part {' and '.join(later)}" if later else "alive"


def table_of_rows(rows: Iterable[dict[str, str]]) -> str:
    """Return the table as `rows.tsv` holds it."""
    return "".join("\t".join(line) + "\n" for line in (COLUMNS, *(tuple(row[c] for c in COLUMNS) for row in rows)))


def counted(rows: Iterable[dict[str, str]]) -> str:
    """Return how many criteria of each part are alive, alive but waiting for a later part, or waiting."""
    counts = Counter((row["part"], _word(row["state"])) for row in rows)
    lines = ["| Part | Alive | Alive, awaits a later part | Awaits its part | All |", "| --- | --- | --- | --- | --- |"]
    for part, name in (*PARTS.items(), ("", "")):
        numbers = [
            sum(n for (of, said), n in counts.items() if said == word and part in ("", of))
            for word in ("alive", "partly", "waits")
        ]
        label = f"{part} {name}" if part else "**All**"
        lines.append(f"| {label} | {' | '.join(map(str, (*numbers, sum(numbers))))} |")
    return "\n".join(lines) + "\n"


def _word(state: str) -> str:
    return {"alive": "alive"}.get(state, "partly" if state.startswith("alive") else "waits")


def waiting_in_part(rows: Iterable[dict[str, str]]) -> str:
    """Return the criteria that are alive and wait for a later part all the same."""
    lines = [
        f"| {row['id']} | {row['requirement']} | {row['state']} |" for row in rows if _word(row["state"]) == "partly"
    ]
    return "\n".join(["| Criterion | It asks | State |", "| --- | --- | --- |", *lines]) + "\n"


def written() -> dict[Path, str]:
    """Return both pages as the tests have them now."""
    rows = judged(asked(), proofs())
    readme = PAGES / "README.md"
    text = readme.read_text(encoding="utf-8")
    for name, table in (("counted", counted(rows)), ("partly", waiting_in_part(rows))):
        mark = re.compile(rf"(<!-- derived: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = mark.sub(lambda found, table=table: f"{found[1]}\n{table}\n{found[2]}", text)  # type: ignore[misc]
    return {PAGES / "rows.tsv": table_of_rows(rows), readme: text}


def write() -> None:
    """Write both pages anew."""
    for page, text in written().items():
        page.write_text(text, encoding="utf-8")
