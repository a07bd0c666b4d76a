"""Letters of a complaint: the pack's text filled with its facts, and whether it says what it must. Pure."""

import datetime as dt
import re
import string
from collections.abc import Mapping

from wellserved.apps.desk.types.complaints import ElementCheck
from wellserved.platform.ui.formatting import format_long_day
from wellserved.science.calendars import Element, LetterRule

DEFAULT_LANGUAGE = "en"
_GAP = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_BLANKS = re.compile(r"\s+")


def text_for(letter: LetterRule, *, language: str) -> tuple[str, str]:
    """Return the letter's text and its language: the customer's when the pack has it, else English, else any."""
    wanted = language.partition("-")[0].lower()
    for tried in (wanted, DEFAULT_LANGUAGE, *letter.texts):
        if tried in letter.texts:
            return letter.texts[tried], tried
    raise KeyError(letter.key)


def say_day(day: dt.date, *, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a day as a letter says it: in words in English, in figures elsewhere.

    >>> say_day(dt.date(2027, 2, 12)), say_day(dt.date(2027, 2, 12), language="fr")
    ('12 February 2027', '12/02/2027')
    """
    return format_long_day(day) if language == DEFAULT_LANGUAGE else f"{day:%d/%m/%Y}"


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return the text with its facts; what is not known yet is left as a gap that keeps the letter from leaving."""
    slots = string.Template(text)
    known = {name: facts.get(name) or f"[[{name.replace('_', ' ')}]]" for name in slots.get_identifiers()}
    return slots.substitute(known)


def check(
    letter: LetterRule, *, body: str, facts: Mapping[str, str], ticks: Mapping[str, str]
) -> tuple[ElementCheck, ...]:
    """Return each element of the letter with how it is met, and one more for gaps that are left.

    >>> rule = LetterRule(key="a", title="A", role="final", texts={"en": "x"},
    ...                   elements=(Element(key="right", label="The right", phrases=("ombudsman",)),))
    >>> check(rule, body="You may go to the Ombudsman.", facts={}, ticks={})[0].state
    'found'
    """
    said = _plain(body)
    found = [_check_one(element, said, facts, ticks) for element in letter.elements]
    if gaps := _GAP.findall(body):
        found.append(
            ElementCheck(key="gaps", label="No gap is left", required=True, state="missing", evidence=", ".join(gaps))
        )
    return tuple(found)


def _check_one(element: Element, said: str, facts: Mapping[str, str], ticks: Mapping[str, str]) -> ElementCheck:
    wanted = [*element.phrases, *([facts[element.fact]] if facts.get(element.fact) else [])]
    evidence = next((phrase for phrase in wanted if _says(said, phrase)), "")
    reason = ticks.get(element.key, "").strip()
    return ElementCheck(
        key=element.key,
        label=element.label,
        required=element.required,
        state="found" if evidence else "ticked" if reason else "missing",
        evidence=evidence or reason,
    )


def _says(said: str, phrase: str) -> bool:
    """Return whether a phrase stands in the letter as words of its own: "free" is not said by "freely"."""
    return re.search(rf"(?<!\w){re.escape(_plain(phrase))}(?!\w)", said) is not None


def _plain(text: str) -> str:
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _BLANKS.sub(" ", straight).strip().casefold()
