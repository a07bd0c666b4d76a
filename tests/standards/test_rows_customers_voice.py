"""The rows on asking customers and hearing them, alive on the sample service."""

import datetime as dt
import re

import pytest

from tests.standards.conftest import Colleague

pytestmark = pytest.mark.slow


def survey_called(name: str, of: Colleague) -> str:
    page = of.client.get("/surveys").content.decode()
    return str(re.findall(rf'href="(/surveys/\d+)">{re.escape(name)}', page)[0])


def test_F11_O6(manager: Colleague, sample: dt.datetime) -> None:
    """The programme runs, shows its response and who is missing by queue, and a dry run says whom it would ask."""
    address = survey_called("After each ticket", manager)
    shown = manager.read(f"{address}?days=365")
    assert re.search(r"\d+ of \d+ answered \(\d+%\)", shown)
    assert "Who answers is not who was asked" in shown
    assert "Of the latest" in manager.read(f"{address}/dry-run")
    manager.send(f"{address}/state", state="paused")
    assert "Paused" in manager.read("/surveys")


def test_F11_K5(manager: Colleague, sample: dt.datetime) -> None:
    """The designer warns of a leading question that asks two things, and not of a plain one."""
    made = manager.send("/surveys/new", kind="own", name="Two at once", lead="How friendly and quick were we?")
    shown = manager.read(made["Location"])
    assert "It asks two things at once. It leads to one answer." in shown
    plain = manager.send("/surveys/new", kind="own", name="One at a time", lead="How clear was our answer?")
    assert "It asks two things at once." not in manager.read(plain["Location"])


def test_U34_A1_2b(agent: Colleague, manager: Colleague, sample: dt.datetime) -> None:
    """A verbal compliment is taken down in three fields and stands in the manager's register."""
    agent.send("/feedback/new", words="She explained it twice, kindly.", kind="compliment", source="verbal")
    assert "She explained it twice, kindly." in manager.read("/feedback?kind=compliment")
