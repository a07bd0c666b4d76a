"""The deadlines and durations other help desks are tested with, and where they contradict themselves."""

import json
from datetime import datetime

import numpy as np
import pytest

from tests.shared_data import shared
from wellserved.science.calendars import WorkingCalendar


def moment(text):
    return datetime.fromisoformat(text)


def pauses_of(vector):
    return [(moment(start), moment(end)) for start, end in vector.get("pauses", [])]


def expected(vector):
    # Due exactly at closing is due at closing: where a product says "next opening", the other answer is kept beside.
    return vector.get("expect_alt", vector["expect"])


@pytest.fixture(scope="module")
def vectors():
    return json.loads(shared("data/business_time/vectors.json").read_text())


def test_there_are_73_vectors(vectors):
    assert len(vectors) == 73


def test_every_deadline_vector_holds(vectors):
    asked = [vector for vector in vectors if vector["op"] == "deadline"]
    answers = {
        vector["id"]: WorkingCalendar.from_dict(vector["calendar"]).deadline(
            moment(vector["start"]), vector["seconds"], pauses_of(vector)
        )
        for vector in asked
    }
    assert answers == {vector["id"]: moment(expected(vector)) for vector in asked}


def test_every_elapsed_vector_holds(vectors):
    asked = [vector for vector in vectors if vector["op"] == "elapsed"]
    answers = {
        vector["id"]: WorkingCalendar.from_dict(vector["calendar"]).elapsed(
            moment(vector["start"]), moment(vector["end"]), pauses_of(vector)
        )
        for vector in asked
    }
    assert answers == {vector["id"]: vector["expect"] for vector in asked}


def test_the_array_form_gives_the_same_deadlines(vectors):
    asked = [vector for vector in vectors if vector["op"] == "deadline" and not vector.get("pauses")]
    answers = {
        vector["id"]: WorkingCalendar.from_dict(vector["calendar"])
        .deadlines(np.array([vector["start"].rstrip("Z")], dtype="datetime64[us]"), [vector["seconds"]])[0]
        .item()
        for vector in asked
    }
    assert answers == {vector["id"]: moment(expected(vector)).replace(tzinfo=None) for vector in asked}


LONDON_OFFICE = {"tz": "Europe/London", "hours": {str(day): [["09:00", "17:00"]] for day in range(5)}}


def test_the_golden_business_clock_holds():
    golden = json.loads(shared("data/golden/methods.json").read_text())["business_clock"]
    england = ["2026-04-03", "2026-04-06", "2026-12-25", "2026-12-28"]
    office = WorkingCalendar.from_dict(LONDON_OFFICE | {"holidays": england})
    night = WorkingCalendar.from_dict(
        {"tz": "Europe/London", "hours": {str(day): [["22:00", "06:00"]] for day in range(7)}}
    )
    always = WorkingCalendar.always("Europe/London")
    for calendar, cases in (
        (office, golden["cases"]),
        (always, golden["round_the_clock"]),
        (night, golden["night_shift_22_06"]),
    ):
        local = [(london(start), london(end), minutes) for start, end, minutes in cases]
        assert [calendar.elapsed(start, end) for start, end, _ in local] == [m * 60 for _, _, m in local]


def london(text):
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))
