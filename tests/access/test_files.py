"""Every role and the files of messages: who opens the customer's, who opens those of a note."""

import pathlib

import pytest

from tests.access import engine
from tests.access.engine import KINDS, ROLES, Scene

engine.load_examples()


@pytest.fixture
def scene(db: None, tmp_path: pathlib.Path, settings: object) -> Scene:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return Scene()


@pytest.mark.parametrize("name", ["files.words", "files.note"])
def test_a_file_opens_for_those_who_read_its_message_alone(scene: Scene, name: str) -> None:
    kind = KINDS[name]
    wanted, seen = {}, {}
    for role in sorted(set(ROLES) - {"anonymous"}):
        for placement in kind.placements:
            response, _ = scene.ask(role, "GET", f"/files/{scene.object(name, placement)}")
            wanted[role, placement] = 200 if kind.visible(scene.actor(role), placement, None) else 404
            seen[role, placement] = response.status_code
    assert seen == wanted


@pytest.mark.parametrize("name", ["files.words", "files.note"])
def test_a_file_asks_a_stranger_to_sign_in(scene: Scene, name: str) -> None:
    response, _ = scene.ask("anonymous", "GET", f"/files/{scene.object(name, engine.OWN)}")
    assert response.headers["Location"].startswith("/accounts/login/?next=/files/")
