from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from wellserved.platform import ui as ui_package
from wellserved.platform.ui.gallery import build_gallery_context
from wellserved.platform.ui.jinja import environment

TEMPLATES = Path(ui_package.__file__).parent / "templates"


@pytest.fixture(scope="session")
def env():
    return environment(loader=FileSystemLoader(TEMPLATES))


@pytest.fixture(scope="session")
def ui(env):
    return env.get_template("ui/components.html").module


@pytest.fixture
def gallery_page(env):
    return env.get_template("ui/gallery.html").render(build_gallery_context())
