"""What the source itself must be like, read without running it."""

import ast
import functools
import pathlib
from collections.abc import Iterator

import pytest

SOURCE = pathlib.Path(__file__).parents[2] / "src/wellserved"
CLOCK = SOURCE / "platform/clock.py"

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


@functools.cache
def modules() -> dict[pathlib.Path, ast.Module]:
    files = [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


def place(file: pathlib.Path, node: ast.AST) -> str:
    return f"{file.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for an attribute chain, and nothing for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return ".".join([node.id, *parts]) if isinstance(node, ast.Name) else ""


def calls() -> Iterator[tuple[pathlib.Path, ast.Call, str]]:
    for file, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, node, dotted(node.func)


READERS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "localdate"}
OWNERS = {"dt", "datetime", "date", "time", "timezone", "dt.datetime", "dt.date", "datetime.datetime", "datetime.date"}


def test_only_the_clock_reads_the_clock() -> None:
    found = [
        place(file, call)
        for file, call, name in calls()
        if file != CLOCK and name.rpartition(".")[2] in READERS and name.rpartition(".")[0] in OWNERS
        if name not in {"dt.time", "datetime.time"}
    ]
    assert found == []


def test_no_model_fills_a_time_by_itself() -> None:
    found = [
        place(file, call)
        for file, call, _ in calls()
        for keyword in call.keywords
        if keyword.arg in {"auto_now", "auto_now_add"}
    ]
    assert found == []


def test_nothing_listens_to_signals() -> None:
    found = [
        place(file, node)
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith("signals")
        and (node.module or "").startswith("django")
    ]
    assert found == []


def is_model(node: ast.ClassDef) -> bool:
    return any(dotted(base) in {"models.Model", "Model", "AbstractBaseUser"} for base in node.bases)


def test_no_model_overrides_save_or_delete() -> None:
    found = [
        place(file, method)
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and is_model(node)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete", "full_clean"}
    ]
    assert found == []


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of the body: a long list of named arguments or a good docstring is no fault."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_modules_keep_their_measure() -> None:
    lengths = {str(file.relative_to(SOURCE)): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}
    assert too_long == {}


def test_functions_keep_their_measure() -> None:
    too_long = [
        place(file, node)
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if length_of(node) > LONGEST_FUNCTION
    ]
    assert too_long == []


# Where somebody else's code is run in a loop that must go on: each writes the failure down and tries again.
GUARDS = {"_repeat", "_follow", "_read_kept", "execute"}


def test_everything_is_caught_only_where_others_code_is_run() -> None:
    found = {
        (place(file, function), function.name)
        for file, tree in modules().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in {"Exception", "BaseException"})
        and function.name not in GUARDS
    }
    assert found == set()


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "common", "misc", "managers", "services"}
    assert [str(file.relative_to(SOURCE)) for file in modules() if file.stem in drawers] == []


def offered(package: pathlib.Path) -> set[str]:
    """Return the names the package's front door hands out."""
    front = modules().get(package / "__init__.py", ast.Module(body=[], type_ignores=[]))
    return {
        alias.asname or alias.name for node in front.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def actions_and_queries() -> Iterator[tuple[pathlib.Path, ast.FunctionDef]]:
    for file, tree in modules().items():
        parts = file.relative_to(SOURCE).with_suffix("").parts
        if parts[0] == "apps" and {"actions", "queries"} & set(parts[2:3]):
            public = offered(file.parent) if len(parts) > 3 else None
            for node in tree.body:
                is_function = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if is_function and (public is None or node.name in public):
                    yield file, node


def test_actions_and_queries_take_an_actor_by_keyword() -> None:
    found = [
        place(file, node)
        for file, node in actions_and_queries()
        if "actor" in {argument.arg for argument in node.args.args}
    ]
    assert found == []


def test_now_is_never_made_up_by_an_action_or_query() -> None:
    found = [
        place(file, node)
        for file, node in actions_and_queries()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and dotted(inner.func) == "clock.now"
    ]
    assert found == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "X" * 3, "coming " + "soon", "place" + "holder text"])
def test_nothing_unfinished_is_left_in_words(word: str) -> None:
    found = [
        str(file.relative_to(SOURCE))
        for kind in ("*.py", "*.html", "*.js", "*.css")
        for file in SOURCE.rglob(kind)
        if "vendor" not in file.parts and word in file.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []
