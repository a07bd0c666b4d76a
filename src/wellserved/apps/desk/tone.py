"""How a reply sounds: six marks one can see in its words. Pure; English alone, and no judgement of who wrote it."""

import re

from wellserved.apps.desk import plain

MARKS: dict[str, str] = {
    "name": "Calls the customer by her name",
    "feeling": "Takes up how it is for her: thanks, sorry, understood",
    "done": "Says what you have done or will do",
    "when": "Says by when",
    "positive": "Where something is not possible, says what is",
    "plain": "Reads plainly",
}
_FEELING = re.compile(r"\b(sorry|apolog\w+|thank\w*|understand|glad|pleased|appreciate|patience)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(I|we)(['\u2019](ve|ll)\b|\s+(have|will|shall)\b|\s+(am|are)\s+\w+ing\b|\s+\w+ed\b"
    r"|\s+(send|sent|ring|rang|write|wrote|find|found|put|gave|give|look)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(today|tomorrow|tonight|now|at once|already|within|by the|(mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\d{1,2}[:.]\d{2}|\d{1,2}\s?(am|pm)|\d+ (working )?(minutes?|hours?|days?|weeks?)|"
    r"\d{1,2}\.? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(unfortunately|cannot|can['\u2019]t|not possible|impossible|unable|our policy|not allowed)\b", re.IGNORECASE
)
_INSTEAD = re.compile(r"\b(instead|but (I|we|you)|(I|we|you) can|what (I|we) can|alternative\w*)\b", re.IGNORECASE)


def is_read(language: str) -> bool:
    """Return whether replies in this language are read for their tone; one unknown is taken for English.

    >>> [is_read(language) for language in ("", "en-GB", "pt-PT")]
    [True, True, False]
    """
    return not language or language.lower().startswith("en")


def missed(text: str, *, name: str) -> tuple[str, ...]:
    """Return the marks a reply to somebody of this name does not bear, in the order of the list.

    >>> missed("Dear Dev, I am sorry. A new lamp arrives tomorrow.", name="Dev Patel")
    ('done',)
    >>> missed("Unfortunately this is not possible.", name="Dev Patel")
    ('name', 'feeling', 'done', 'when', 'positive', 'plain')
    """
    words = name.split()
    borne = {
        "name": not words or any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in words),
        "feeling": bool(_FEELING.search(text)),
        "done": bool(_DONE.search(text)),
        "when": bool(_WHEN.search(text)),
        "positive": not _NO.search(text) or bool(_INSTEAD.search(text)),
        "plain": plain.read(text).is_plain,
    }
    return tuple(mark for mark in MARKS if not borne[mark])
