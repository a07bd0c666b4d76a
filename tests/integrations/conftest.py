"""Uploads of each test wait in a folder of their own."""

import pathlib

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: pathlib.Path) -> None:
    settings.VAR = tmp_path / "var"
