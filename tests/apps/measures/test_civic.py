"""Real cases of a city, from the file through import and facts to the figures others worked out."""

import datetime as dt
import json

import pytest

from tests.apps.measures.conftest import HOUSE, publish
from tests.integrations import importing
from tests.shared_data import shared
from wellserved.apps.measures import queries
from wellserved.apps.measures.types import Answer, Question
from wellserved.platform.origin import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOUR = 3600
BEGIN, END = dt.datetime(2008, 1, 1, tzinfo=dt.UTC), dt.datetime(2017, 1, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)


def ask(metric: str, *, by: str = "") -> Answer:
    question = Question(metric=metric, begins=BEGIN, ends=END, by=by)
    return queries.answer(actor=HOUSE, question=question, now=NOW)


def test_the_figures_of_a_city_come_out_as_worked_out_elsewhere(facts: object) -> None:
    file = shared("data/civic311/sf311_cases_70pct.csv.gz")
    expected = json.loads(shared("data/civic311/expected_stats.json").read_text())
    importing.bring_in(file.read_bytes(), filename=file.name)
    publish(now=NOW)
    mean, median = ask("first_resolution_time_mean").whole, ask("first_resolution_time").whole
    p90 = ask("first_resolution_time_p90").whole
    assert ask("arrivals").whole.n == expected["cases"]
    assert mean.n == expected["resolve_hours"]["n"]
    assert mean.value / HOUR == pytest.approx(expected["resolve_hours"]["mean"], abs=1e-6)
    assert median.value / HOUR == pytest.approx(expected["resolve_hours"]["median"], abs=1e-6)
    assert p90.value / HOUR == pytest.approx(expected["resolve_hours"]["p90_linear"], abs=1e-6)
    assert queries.faults(world=World.REAL) == ()
