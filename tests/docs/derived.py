"""The tables of the reference that are derived from the code, and the pages of the standards, from their tests.

`python -m tests.docs.derived` writes them anew; `test_reference.py` fails while one differs.
"""

import ast
import dataclasses
import importlib
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.docs import standards

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "wellserved"
REFERENCE = REPOSITORY / "docs" / "reference"
PAGE_OF_CODES = SOURCE / "web" / "error_codes.json"
MARK = re.compile(r"(<!-- derived: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
STATUS = {"Invalid": 422, "Unauthenticated": 401, "Refused": 403, "NotFound": 404, "Conflict": 409, "TooMany": 429}
MODEST = {"Upstream": 502, "ServiceError": 500}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in map(tuple, lines))


def modules() -> Iterable[tuple[Path, ast.Module]]:
    """Return every source file of the product, parsed."""
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def said(node: ast.expr) -> str:
    """Return the sentence as a reader would meet it, with an ellipsis where a value stands; empty when computed."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(said(part) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return said(left) + said(right)
        case ast.Call(func=ast.Attribute(value=inner)):
            return said(inner)
    return ""


def code_of(node: ast.expr) -> str:
    """Return the code, with `<field>` where it is completed when raised."""
    match node:
        case ast.Constant(value=str(code)):
            return code
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "<field>" for part in parts)
    return ""


def anchor(code: str) -> str:
    """Return the place a link with this code leads to; none for a code completed when raised."""
    return "" if "<" in code else f'<a id="{code}"></a>'


def raised_errors() -> dict[tuple[str, str], list[str]]:
    """Return each (code, class) the source raises with the sentences it is raised with."""
    found: dict[tuple[str, str], list[str]] = {}
    for _, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = next((code_of(k.value) for k in node.keywords if k.arg == "code"), "")
            if name in STATUS | MODEST and given:
                sentence = said(node.args[0]) if node.args else ""
                sentences = found.setdefault((given, name), [])
                if sentence.strip("… .") and sentence not in sentences:
                    sentences.append(sentence)
    return found


def exact_codes() -> str:
    """Return the exact codes as the product's own page reads them; each id stands once."""
    from wellserved.platform.errors import ServiceError

    kinds_of = {kind.default_code for kind in [ServiceError, *ServiceError.__subclasses__()]}
    rows: dict[str, dict[str, object]] = {}
    for (code, kind), sentences in sorted(raised_errors().items()):
        if "<" not in code and code not in kinds_of:
            meaning = " / ".join(sentences) or "See the sentence given."
            rows.setdefault(code, {"code": code, "status": (STATUS | MODEST)[kind], "meaning": meaning})
    return json.dumps(list(rows.values()), indent=1, ensure_ascii=False) + "\n"


def errors() -> str:
    """Return the table of exact codes."""
    own = {row["code"] for row in json.loads(exact_codes())}
    rows = [
        (
            f"{anchor(code) if code in own else ''}`{code}`",
            str((STATUS | MODEST)[kind]),
            " / ".join(sentences) or "See the sentence given.",
        )
        for (code, kind), sentences in sorted(raised_errors().items())
    ]
    return table(("Code", "Status", "It says"), rows)


def kinds() -> str:
    """Return the table of the classes of refusal, whose codes are used where nothing more exact is known."""
    from wellserved.platform import errors as tree

    classes = [tree.ServiceError, *tree.ServiceError.__subclasses__()]
    own = [kind for kind in classes if kind.__module__ == tree.__name__ and kind is not tree.ServiceError]
    rows = [
        (f"{anchor(kind.default_code)}`{kind.default_code}`", str(kind.status), (kind.__doc__ or "").strip())
        for kind in sorted(own, key=lambda kind: kind.status)
    ]
    root = tree.ServiceError.default_code
    last = (f"{anchor(root)}`{root}`", "500", "Something of ours is wrong.")
    return table(("Code", "Status", "Meaning"), [*rows, last])


def roles() -> str:
    """Return who may do what."""
    from wellserved.apps.accounts import capabilities
    from wellserved.apps.accounts.types import Role

    every = sorted(set().union(*capabilities.CAPABILITIES.values()))
    rows = [
        (f"`{capability}`", *("yes" if capability in capabilities.CAPABILITIES[role] else "" for role in Role))
        for capability in every
    ]
    reach = ("*sees every team*", *("yes" if role in capabilities.SEES_ALL_TEAMS else "" for role in Role))
    return table(("Capability", *(str(role.label) for role in Role)), [*rows, reach])


def events() -> str:
    """Return every event, its fields and what it says."""
    from wellserved.platform import events as registry

    for file in (*SOURCE.rglob("events.py"), *SOURCE.rglob("events/*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        importlib.import_module(".".join(["wellserved", *(part for part in parts if part != "__init__")]))
    rows = [
        (
            f"`{name}`",
            ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind)),
            (kind.__doc__ or "").partition("\n")[0],
        )
        for name, kind in sorted(registry.type_registry.items())
        if kind.__module__.startswith("wellserved.")
    ]
    return table(("Event", "Carries", "What happened"), rows)


def moves() -> str:
    """Return which move leads from where to where."""
    from wellserved.apps.desk.types import MOVES

    rows = [
        (f"{move.label}", f"`{move.value}`", ", ".join(str(s.label) for s in starts), str(end.label))
        for move, (starts, end) in MOVES.items()
    ]
    return table(("Move", "Key", "From", "To"), rows)


def priorities() -> str:
    """Return the priority of each impact and urgency."""
    from wellserved.apps.desk.types import PRIORITY_MATRIX, Level

    rows = [(f"**{impact.label}**", *(str(PRIORITY_MATRIX[impact, u].label) for u in Level)) for impact in Level]
    return table(("Impact \\ urgency", *(str(level.label) for level in Level)), rows)


def commands() -> str:
    """Return every command and what it says of itself."""
    from wellserved.config import cli

    found = {name: cli.sentence_of(file) for name, file in cli.find_commands().items()} | cli.BORROWED
    return table(("Command", "What it does"), [(f"`wellserved {name}`", found[name]) for name in sorted(found)])


DERIVED: dict[str, Callable[[], str]] = {
    "errors": errors,
    "kinds": kinds,
    "roles": roles,
    "events": events,
    "moves": moves,
    "priorities": priorities,
    "commands": commands,
}


def renewed(text: str) -> str:
    """Return the page with each derived table as the code has it now."""
    return MARK.sub(lambda found: f"{found[1]}\n{DERIVED[found[2]]()}\n{found[3]}", text)


def main() -> None:
    """Write every derived table anew."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings_test")
    django.setup()
    PAGE_OF_CODES.write_text(exact_codes(), encoding="utf-8")
    for page in sorted(REFERENCE.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if MARK.search(text):
            page.write_text(renewed(text), encoding="utf-8")
    standards.write()


if __name__ == "__main__":
    main()
