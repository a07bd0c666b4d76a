"""The `wellserved` command: finds the commands of the product by their files and loads only the one asked for."""

import ast
import difflib
import importlib
import importlib.util
import os
import pathlib
import sys

PACKAGE = pathlib.Path(__file__).resolve().parent.parent

# Django's own commands that keep their place in our list, with our words for them.
BORROWED = {"migrate": "Bring the database to the version of this program."}

USAGE = """\
Usage: wellserved <command> [options]

Wellserved is the control room for customer service.

Commands:
{commands}
  {django:<{width}}  Any of Django's own commands, such as `wellserved django shell`.

`wellserved <command> --help` explains one command."""


def find_commands() -> dict[str, pathlib.Path]:
    """Return the product's commands and the file of each; nothing is imported for it."""
    science = PACKAGE.glob("cli/*.py")
    managed = PACKAGE.glob("**/management/commands/*.py")
    return {file.stem: file for file in sorted([*science, *managed]) if not file.stem.startswith("_")}


def sentence_of(file: pathlib.Path) -> str:
    """Return what the command says of itself: its `help`, or the first line of its file's docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="help")], value=ast.Constant(value=str(sentence))):
                return sentence
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def usage() -> str:
    """Return the list of commands in plain words."""
    listed = {name: sentence_of(file) for name, file in find_commands().items()} | BORROWED
    width = max(map(len, listed))
    lines = [f"  {name:<{width}}  {sentence}" for name, sentence in sorted(listed.items())]
    return USAGE.format(commands="\n".join(lines), django="django", width=width)


def run_django(arguments: list[str]) -> int:
    """Run one of Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (science commands start without Django)

    execute_from_command_line(["wellserved django", *arguments])
    return 0


def run_managed(name: str, file: pathlib.Path | None, arguments: list[str]) -> int:
    """Run a command that needs the database; a refusal is one sentence on stderr, not a traceback."""
    import django  # noqa: PLC0415 (science commands start without Django)
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import BaseCommand, CommandError, load_command_class  # noqa: PLC0415

    from wellserved.platform.errors import ServiceError  # noqa: PLC0415

    home = ".".join(["wellserved", *file.parent.parent.parent.relative_to(PACKAGE).parts]) if file else "django.core"
    try:
        django.setup()
        command: BaseCommand = load_command_class(home, name)
        command.requires_system_checks = []
        command._called_from_command_line = True  # type: ignore[attr-defined]
        options = vars(command.create_parser("wellserved", name).parse_args(arguments))
        positional = options.pop("args", ())
        command.execute(*positional, **options)
    except (CommandError, ServiceError, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 (a command line speaks through its streams)
        return getattr(refusal, "returncode", 1)
    return 0


def run_science(name: str, arguments: list[str]) -> int:
    """Run a command of pure science, without Django."""
    code: int | None = importlib.import_module(f"wellserved.cli.{name}").main(arguments)
    return code or 0


def refuse(name: str) -> int:
    """Name the nearest command."""
    near = difflib.get_close_matches(name, [*find_commands(), *BORROWED, "django"], n=1, cutoff=0.5)
    hint = f"Did you mean `wellserved {near[0]}`?" if near else "`wellserved --help` lists the commands."
    print(f"There is no command `{name}`. {hint}", file=sys.stderr)  # noqa: T201
    return 2


def dispatch(arguments: list[str]) -> int:
    """Run what `arguments` ask for and return the exit status."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201
        return 0
    name, *rest = arguments
    if name == "--version":
        print(importlib.import_module("wellserved").__version__)  # noqa: T201
        return 0
    if name == "django":
        return run_django(rest)
    file = find_commands().get(name)
    if file is not None and file.parent == PACKAGE / "cli":
        return run_science(name, rest)
    if file is not None or name in BORROWED:
        return run_managed(name, file, rest)
    return refuse(name)


def main() -> None:
    """Run a command of the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
    sys.exit(dispatch(sys.argv[1:]))
