"""Who may import whom, as pyproject.toml declares it and the graph of imports shows it."""

import os
import pathlib
import subprocess
import sys

import grimp
import pytest

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("wellserved", exclude_type_checking_imports=True, cache_dir=None)


def test_every_import_contract_is_kept() -> None:
    linter = pathlib.Path(sys.executable).with_name("lint-imports")
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_models_are_private_to_their_app(graph: grimp.ImportGraph) -> None:
    leaks = {
        (importer, module)
        for module in graph.modules
        if module.startswith("wellserved.apps.") and module.split(".")[3:4] == ["models"]
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[:3] != module.split(".")[:3]
    }
    assert leaks == set()


def test_the_plumbing_knows_no_app(graph: grimp.ImportGraph) -> None:
    upward = {
        (importer, imported)
        for importer in graph.modules
        if importer.startswith("wellserved.platform")
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith(("wellserved.apps", "wellserved.web", "wellserved.api", "wellserved.config"))
    }
    assert upward == set()


@pytest.mark.parametrize("module", ["wellserved.science.calendars", "wellserved.science.formats", "wellserved.cli"])
def test_science_starts_without_django(module: str) -> None:
    script = f"import sys, {module}; sys.exit('django' in sys.modules)"
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-c", script], env=env | {"PYTHONPATH": str(ROOT / "src")}, check=False)
    assert done.returncode == 0


def test_every_science_package_says_what_it_offers(graph: grimp.ImportGraph) -> None:
    packages = sorted(
        folder
        for folder in (ROOT / "src/wellserved/science").iterdir()
        if (folder / "__init__.py").exists() and any(file.stem != "__init__" for file in folder.glob("*.py"))
    )
    silent = [folder.name for folder in packages if "__all__" not in (folder / "__init__.py").read_text()]
    assert silent == []
