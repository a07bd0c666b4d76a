"""What `wellserved serve` writes before it starts: each style and script compressed, under the name of its content."""

import pathlib
import re
from collections.abc import Generator
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client
from django.utils.functional import empty


@pytest.fixture
def written(tmp_path: pathlib.Path, settings: Any) -> Generator[pathlib.Path]:
    """Write every file into a folder of its own, as the command does."""
    settings.STATIC_ROOT = tmp_path
    staticfiles_storage._wrapped = empty
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    yield tmp_path
    staticfiles_storage._wrapped = empty


def test_a_page_asks_for_compressed_files_that_may_be_kept_for_ever(written: pathlib.Path, db: None) -> None:
    page = Client().get("/accounts/login/").text
    asked = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
    assert len(asked) == 4
    for address in asked:
        answer = Client().get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        answer.close()


def test_scripts_ask_for_one_another_by_the_names_of_their_content(written: pathlib.Path) -> None:
    scripts = list(written.glob("ui/js/boot.*.js"))
    assert len(scripts) == 1
    asked = re.findall(r'(?:from |import\()"\./([^"]+)"', scripts[0].read_text(encoding="utf-8"))
    assert asked
    assert [name for name in asked if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)] == []
    assert all((written / "ui/js" / name).is_file() for name in asked)


def test_without_them_a_page_asks_by_plain_names(tmp_path: pathlib.Path, settings: Any, db: None) -> None:
    settings.STATIC_ROOT = tmp_path
    staticfiles_storage._wrapped = empty
    assert 'href="/static/ui/app.css"' in Client().get("/accounts/login/").text
