"""How plainly a text reads, and what stands in its gaps. Pure."""

import re
from collections.abc import Mapping

from wellserved.apps.desk.types.updates import NAMES, Reading

# Flesch (1948): 60 and above is plain English, read with ease at 13 to 15 years of age.
PLAIN = 60.0
LONG_SENTENCE = 20.0
LONG_SYLLABLES = 4
MOST_SHOWN = 8
GAP = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n{2,}")
_VOWELS = re.compile(r"[aeiouy\u00e0-\u00ff]+")


def syllables(word: str) -> int:
    """Return about how many syllables an English word has.

    >>> [syllables(word) for word in ("the", "parcel", "delivered", "like", "table", "communication")]
    [1, 2, 3, 1, 2, 5]
    """
    low = word.lower().rstrip("'\u2019")
    count = len(_VOWELS.findall(low))
    silent_e = low.endswith("e") and not low.endswith(("le", "ee", "ye"))
    silent_ed = low.endswith("ed") and not low.endswith(("ted", "ded", "red"))
    return max(1, count - (silent_e or silent_ed))


def read(text: str) -> Reading:
    """Return the Flesch reading ease of a text with its gaps counted as one plain word each.

    206.835 - 1.015 x words a sentence - 84.6 x syllables a word, kept between 0 and 100. A text without words scores 0.

    >>> read("Your parcel is late. We will send it again on Monday.").is_plain
    True
    """
    filled = GAP.sub("one", text)
    words = _WORD.findall(filled)
    if not words:
        return Reading(score=0.0, words=0, words_a_sentence=0.0, long_words=(), is_plain=False)
    sentences = max(1, sum(1 for part in _SENTENCE.split(filled) if _WORD.search(part)))
    counted = [syllables(word) for word in words]
    a_sentence = len(words) / sentences
    score = 206.835 - 1.015 * a_sentence - 84.6 * sum(counted) / len(words)
    score = round(min(100.0, max(0.0, score)), 1)
    hard = dict.fromkeys(word.lower() for word, n in zip(words, counted, strict=True) if n >= LONG_SYLLABLES)
    return Reading(
        score=score,
        words=len(words),
        words_a_sentence=round(a_sentence, 1),
        long_words=tuple(hard)[:MOST_SHOWN],
        is_plain=score >= PLAIN and a_sentence <= LONG_SENTENCE,
    )


def unknown_gaps(text: str) -> tuple[str, ...]:
    """Return the names in braces that nothing fills.

    >>> unknown_gaps("Dear {name}, your {parcel} is late")
    ('parcel',)
    """
    return tuple(dict.fromkeys(name for name in GAP.findall(text) if name not in NAMES))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the names it knows filled.

    >>> fill("Dear {name}", {"name": "Dev"})
    'Dear Dev'
    """
    return GAP.sub(lambda gap: values.get(gap.group(1), gap.group(0)), text)
