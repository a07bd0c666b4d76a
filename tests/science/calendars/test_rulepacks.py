"""Rule packs are data: what they say is read, and what cannot be used is refused with what would work."""

import pathlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.calendars import (
    ClockRule,
    PackError,
    StatutoryRule,
    Unit,
    Wait,
    due_after_waits,
    is_business_day,
    read_pack,
    warning_days,
)

PACKS = pathlib.Path(__file__).parents[3] / "src/wellserved/apps/standards/packs"
MINIMAL = """
key = "house.rule"
title = "House rule"
jurisdiction = "Nowhere"
sector = "All"
source = "https://example.test/rule"
review_on = 2027-01-01
[retention]
years = 1
sentence = "One year."
[[clocks]]
key = "answer"
title = "Answer"
count = 7
unit = "days"
sentence = "Within a week."
stops_on = ["final"]
[[letters]]
key = "final"
title = "Answer"
role = "final"
[letters.texts]
en = "Dear ${customer}, this is our answer."
[[letters.elements]]
key = "answer"
label = "An answer"
phrases = ["our answer"]
"""


def test_every_bundled_pack_is_read_and_says_where_its_rule_is_published():
    files = sorted(PACKS.glob("*.toml"))
    packs = [read_pack(file.read_text())[0] for file in files]
    assert len(packs) == 10
    assert all(pack.source.startswith("https://") for pack in packs)
    assert sorted({pack.key for pack in packs}) == [
        "iso.10002",
        "uk.data_protection_complaint",
        "uk.erasure",
        "uk.fca.disp",
        "uk.fca.payments",
        "uk.ofcom",
        "uk.ofgem",
        "uk.public_5_3_20",
        "uk.sar",
    ]


# What each pack says, figure by figure: count, unit, and how it counts. "+" begins with the day of receipt, ">" rolls a
# closed day on, "~" waits for identity and clarification, and "key:" extends that clock.
FIGURES = {
    "iso-10002": {
        "acknowledge": "5 business days",
        "answer": "20 business days",
        "answer_extended": "answer:40 business days",
    },
    "uk-duaa-complaint": {"acknowledge_strict": "30 days+", "acknowledge": "30 days>"},
    "uk-erasure": {"response": "1 months>~", "extended": "response:3 months>~"},
    "uk-fca-disp": {"summary_resolution": "3 business days", "final": "8 weeks"},
    "uk-fca-payments": {
        "summary_resolution": "3 business days",
        "final": "15 business days",
        "final_extended": "final:35 business days",
    },
    "uk-ofcom-2026-04": {"adr": "6 weeks"},
    "uk-ofcom-before-2026-04": {"adr": "8 weeks"},
    "uk-ofgem": {"first_day": "1 business days", "deadlock": "8 weeks"},
    "uk-public-5-3-20": {
        "frontline": "5 business days",
        "acknowledge": "3 business days",
        "answer": "20 business days",
        "answer_extended": "answer:40 business days",
    },
    "uk-sar": {"response": "1 months>~", "extended": "response:3 months>~"},
}


def figure(clock: ClockRule) -> str:
    rule = clock.rule
    marks = ("+" * rule.counts_receipt) + (">" * rule.rolls) + ("~" * (clock.waits == ("identity", "clarification")))
    return f"{clock.extends}{':' * bool(clock.extends)}{rule.count} {rule.unit.value}{marks}"


@pytest.mark.parametrize("name", FIGURES)
def test_each_pack_says_the_figures_of_its_law(name: str):
    pack, _ = read_pack((PACKS / f"{name}.toml").read_text())
    assert {clock.key: figure(clock) for clock in pack.clocks} == FIGURES[name]


def test_packs_hold_from_and_to_the_days_of_their_law():
    packs = {file.stem: read_pack(file.read_text())[0] for file in PACKS.glob("*.toml")}
    assert {
        name: (pack.effective_from, pack.effective_to) for name, pack in packs.items() if "of" in name or "duaa" in name
    } == {
        "uk-ofcom-before-2026-04": (date.min, date(2026, 4, 7)),
        "uk-ofcom-2026-04": (date(2026, 4, 8), date.max),
        "uk-ofgem": (date.min, date.max),
        "uk-duaa-complaint": (date(2026, 6, 19), date.max),
    }
    assert {name: pack.retention_years for name, pack in packs.items() if name.startswith("uk-fca")} == {
        "uk-fca-disp": 3,
        "uk-fca-payments": 3,
    }


# What the law wants each letter to say, by the key of the element.
SAID = {
    ("uk-fca-disp", "summary_resolution"): {"complaint", "resolved", "right", "ombudsman", "consent", "website"},
    ("uk-fca-disp", "final"): {"outcome", "reasons", "right", "ombudsman", "limit", "leaflet", "website"},
    ("uk-fca-disp", "holding"): {"not_yet", "when", "right", "limit", "leaflet"},
    ("uk-ofgem", "deadlock"): {"right", "independent", "free", "redress", "binding"},
    ("uk-ofcom-2026-04", "adr"): {"scheme", "independent", "free"},
    ("uk-sar", "extension"): {"reason", "deadline"},
    ("uk-duaa-complaint", "final"): {"outcome", "ico"},
}


@pytest.mark.parametrize(("name", "letter"), SAID)
def test_a_letter_must_say_what_its_law_wants(name: str, letter: str):
    pack, _ = read_pack((PACKS / f"{name}.toml").read_text())
    (rule,) = (each for each in pack.letters if each.key == letter)
    assert {element.key for element in rule.elements if element.required} >= SAID[name, letter]


def test_no_phrase_is_so_short_that_any_letter_says_it():
    short = [
        (file.stem, element.key, phrase)
        for file in PACKS.glob("*.toml")
        for letter in read_pack(file.read_text())[0].letters
        for element in letter.elements
        for phrase in element.phrases
        if len(phrase.strip()) < 7
    ]
    assert short == []


def test_a_pack_may_be_toml_or_json():
    pack, content = read_pack(MINIMAL)
    assert pack.clocks[0].rule.due(date(2026, 3, 2)) == date(2026, 3, 9)
    assert content["review_on"] == "2027-01-01"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('key = "house.rule"', 'key = "House Rule"', "`key` is lower-case letters"),
        ("count = 7", "count = 0", "`count` should be a whole number from 1 to 1000"),
        ('unit = "days"', 'unit = "moons"', "`unit` is one of days, business days, weeks, months, not 'moons'"),
        ('stops_on = ["final"]', 'stops_on = ["reply"]', "names the letter 'reply'; this pack has final, close"),
        ("${customer}", "${password}", r"there is no fact \$\{password\}"),
        ("Dear ${customer}", "Dear $", r"a single \$ stands in its text"),
        ('role = "final"', 'role = "update"', "needs a letter with role final"),
        ("years = 1", "years = 1\nmoths = 3", "there is no field 'moths'"),
        ("https://example.test/rule", "the statute book", "`source` is the address"),
        ("2027-01-01", '"soon"', "`review_on` should be a date"),
        ("[retention]", '[holidays]\ncountry = "XX"\n[retention]', "is not known"),
        ("[[clocks]]", "[[clocks", "neither TOML nor JSON"),
    ],
)
def test_a_pack_that_cannot_be_used_is_refused_with_the_place(before: str, after: str, sentence: str):
    with pytest.raises(PackError, match=sentence):
        read_pack(MINIMAL.replace(before, after, 1))


def test_a_wait_for_clarification_gives_its_days_back_and_identity_begins_anew():
    month = StatutoryRule(key="x", title="Answer", count=1, unit=Unit.MONTHS, rolls=True)
    received = date(2026, 9, 3)
    clarified = Wait(begins=date(2026, 9, 10), ends=date(2026, 9, 20))
    proved = Wait(begins=date(2026, 9, 4), ends=date(2026, 9, 14), restarts=True)
    assert due_after_waits(month, received, [clarified]) == date(2026, 10, 13)
    assert due_after_waits(month, received, [proved]) == date(2026, 10, 14)
    assert due_after_waits(month, received, [Wait(begins=date(2026, 9, 10))]) is None


DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
RULES = st.builds(
    StatutoryRule,
    key=st.just("x"),
    title=st.just("X"),
    count=st.integers(1, 60),
    unit=st.sampled_from(Unit),
    rolls=st.booleans(),
    counts_receipt=st.booleans(),
)


@given(rule=RULES, received=DAYS, length=st.integers(0, 60), after=st.integers(0, 30))
def test_a_wait_never_shortens_a_period(rule: StatutoryRule, received: date, length: int, after: int):
    begins = received + timedelta(days=after)
    wait = Wait(begins=begins, ends=begins + timedelta(days=length))
    due = due_after_waits(rule, received, [wait])
    assert due is not None
    assert due >= rule.due(received)


@given(rule=RULES, received=DAYS)
def test_without_a_wait_the_rule_alone_counts(rule: StatutoryRule, received: date):
    assert due_after_waits(rule, received, []) == rule.due(received)


@given(rule=RULES, received=DAYS)
def test_warnings_lie_within_the_period(rule: StatutoryRule, received: date):
    due = rule.due(received)
    warned = [day for day in warning_days(received, due) if due >= received]
    assert all(received <= day <= due for day in warned)
    assert all(is_business_day(day) or day == received for day in warned[1:])
