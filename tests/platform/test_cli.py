"""The command line in plain words."""

import os
import subprocess
import sys

import pytest

from wellserved import __version__
from wellserved.config import cli


def test_help_lists_our_commands_in_plain_words_and_none_of_djangos(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "Serve the product: web server and background worker together, until ctrl-C." in shown
    assert "Bring the database to the version of this program." in shown
    assert "makemigrations" not in shown


def test_every_command_explains_itself_in_one_sentence() -> None:
    sentences = {name: cli.sentence_of(file) for name, file in cli.find_commands().items()}
    assert {name for name, sentence in sentences.items() if not sentence.endswith(".")} == set()
    assert {name for name, sentence in sentences.items() if not 10 <= len(sentence) <= 100} == set()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("sevre", "Did you mean `wellserved serve`?"),
        ("bakup", "Did you mean `wellserved backup`?"),
        ("xyzzy", "`wellserved --help` lists the commands."),
    ],
)
def test_an_unknown_command_names_the_nearest(typed: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch([typed]) == 2
    assert capsys.readouterr().err == f"There is no command `{typed}`. {hint}\n"


def test_the_version_is_told_without_django(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["--version"]) == 0
    assert capsys.readouterr().out == f"{__version__}\n"
    script = (
        "import sys; from wellserved.config import cli; cli.dispatch(['--help']); sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": "src"}, check=False)
    assert done.returncode == 0


@pytest.mark.django_db
def test_a_refusal_is_one_sentence_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["jobs", "retry", "12345"]) == 1
    assert capsys.readouterr().err == "There is no job number 12345. See `wellserved jobs list`.\n"
