"""The mapping file says what was meant, always in the same bytes, or says what is wrong with it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.formats import (
    EVENT_KINDS,
    ROLES,
    STATUS_CATEGORIES,
    Mapping,
    MappingError,
    Table,
    plan,
)
from wellserved.science.formats.mapping import SHAPES, TIME_ROLES

WORDS = st.text(max_size=20)
TIME_RULES = st.sampled_from(["iso", "dmy", "mdy", "epoch_s", "epoch_ms", "%Y-%m-%d"])
MAPPINGS = st.builds(
    Mapping,
    shape=st.sampled_from(SHAPES),
    columns=st.dictionaries(st.sampled_from(ROLES), WORDS, max_size=8),
    time_format=TIME_RULES,
    time_formats=st.dictionaries(st.sampled_from(TIME_ROLES), TIME_RULES, max_size=3),
    timezone=st.sampled_from(["UTC", "Europe/Rome", "America/Los_Angeles"]),
    missing=st.lists(WORDS, max_size=4).map(tuple),
    status_map=st.dictionaries(WORDS, st.sampled_from([*STATUS_CATEGORIES, None]), max_size=5),
    activity_map=st.dictionaries(WORDS, st.sampled_from(EVENT_KINDS), max_size=5),
    last_row_wins=st.lists(st.sampled_from(ROLES), max_size=4, unique=True).map(tuple),
)
EVENTS = Mapping(shape="events", columns={"case": "Case ID", "time": "When", "activity": "What"})


def changed(**parts: object) -> str:
    return json.dumps({**json.loads(EVENTS.to_json()), **parts})


@given(mapping=MAPPINGS)
def test_a_mapping_comes_back_from_its_file_as_it_was(mapping):
    text = mapping.to_json()

    assert Mapping.from_json(text) == mapping
    assert Mapping.from_json(text).to_json() == text
    assert Mapping.from_json(text.encode()) == mapping


def test_a_small_file_written_by_hand_is_enough():
    text = """{"format": "wellserved-mapping", "version": 1, "shape": "tickets",
               "columns": {"case": "Id", "opened": "Created"}}"""

    assert Mapping.from_json(text) == Mapping(shape="tickets", columns={"case": "Id", "opened": "Created"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The mapping file is not JSON"),
        ("[1, 2]", "This is not a mapping file"),
        ("{" * 10_000, "The mapping file is not JSON"),
        ("[" * 100_000, "The mapping file is not JSON"),
        ("9" * 5_000, "The mapping file is not JSON"),
        (b"\xff\xfe\xff", "The mapping file is not JSON"),
        ('{"format": "wellserved-mapping", "format": "x"}', "says 'format' twice"),
        (changed(version=2), "has version 2; this Wellserved reads version 1"),
        (changed(timezones="UTC"), "no part 'timezones': did you mean 'timezone'"),
        (changed(shape="event"), "There is no shape 'event': did you mean 'events'"),
        (changed(columns={"cas": "Case ID"}), "There is no column role 'cas': did you mean 'case'"),
        (changed(columns=["Case ID"]), "'columns' in the mapping file has to be an object from text to text"),
        (
            changed(columns={"case": None}),
            "'columns' in the mapping file has to be an object from text to text",
        ),
        (changed(missing="?"), "'missing' in the mapping file has to be a list of texts"),
        (changed(timezone=3), "'timezone' in the mapping file has to be a text"),
        (changed(timezone="Europe/Londn"), "There is no time zone 'Europe/Londn'"),
        (changed(timezone="../../etc/passwd"), "There is no time zone"),
        (changed(time_format="dym"), "There is no time format 'dym': did you mean 'mdy'"),
        (changed(time_format="%Q"), "The time format '%Q' cannot be used"),
        (changed(time_formats={"case": "iso"}), "There is no role in time_formats 'case'"),
        (changed(status_map={"Shut": "close"}), "There is no status category 'close': did you mean 'closed'"),
        (changed(activity_map={"Shut": "close"}), "There is no event kind 'close': did you mean 'closed'"),
        (" " * 1_000_001, "larger than 1,000,000 characters"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(MappingError, match=sentence):
        Mapping.from_json(text)


def test_a_file_without_its_shape_is_refused():
    with pytest.raises(MappingError, match="The mapping file lacks 'shape'"):
        Mapping.from_json('{"format": "wellserved-mapping", "version": 1, "columns": {}}')


def test_a_column_that_is_not_there_is_named_with_the_nearest_one():
    assert EVENTS.problems(["Case Id", "When", "What"]) == (
        "There is no column 'Case ID' for case: did you mean 'Case Id'?",
    )
    assert EVENTS.problems(["id", "When", "What"]) == (
        "There is no column 'Case ID' for case: the table has 'id', 'When', 'What'.",
    )


def test_a_mapping_without_its_needed_columns_says_which():
    mapping = Mapping(shape="events", columns={})

    assert mapping.problems(["a", "b"]) == (
        "No column is chosen for case (the case's identifier): choose one of 'a', 'b'.",
        "No column is chosen for time (the event's time): choose one of 'a', 'b'.",
        "No column is chosen for activity (what happened): choose one of 'a', 'b'.",
    )


def test_planning_with_a_mapping_that_does_not_fit_is_refused_at_once():
    with pytest.raises(MappingError, match="did you mean 'Case Id'"):
        plan(Table.of(["Case Id", "When", "What"], []), EVENTS)


def test_the_example_in_the_reference_is_a_mapping_and_every_word_is_explained():
    page = (Path(__file__).parents[3] / "docs/reference/mapping-file.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)[1]

    assert Mapping.from_json(example).columns["case"] == "number"
    assert [word for word in (*ROLES, *STATUS_CATEGORIES, *EVENT_KINDS) if f"`{word}`" not in page] == []
