"""Whom a text calls: `@` and a full name, or a first name that only one colleague bears."""

import re
from collections.abc import Mapping

from wellserved.platform.errors import Invalid

# An address such as joe@ada.example calls nobody.
_MARK = r"(?<![\w.])@"


def find_called(text: str, names: Mapping[int, str]) -> frozenset[int]:
    """Return the ids of those a text calls; a first name that several bear is refused with who they are."""
    called: set[int] = set()
    rest = text
    # The longest name first, so that nobody is taken for a namesake with one name less.
    for name in sorted(set(names.values()), key=len, reverse=True):
        without = re.sub(rf"{_MARK}{re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
        if without != rest:
            called |= {pk for pk, other in names.items() if other == name}
            rest = without
    for first, bearers in _by_first_name(names).items():
        meant = {pk for pk, name in bearers.items() if _calls_first(rest, name)}
        if len(meant) > 1:
            either = " or ".join(sorted(bearers[pk] for pk in meant))
            raise Invalid(f"@{first} could be {either}. Write the full name.", code="ambiguous_name")
        called |= meant
    return frozenset(called)


def _by_first_name(names: Mapping[int, str]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for pk, name in names.items():
        if words := name.split():
            found.setdefault(words[0].capitalize(), {})[pk] = name
    return found


def _calls_first(text: str, name: str) -> bool:
    first, _, last = name.strip().partition(" ")
    # Ada Byronson is not Ada Byron, though both are Ada.
    longer = rf"(?!\s+{re.escape(last)}\w)" if last else ""
    return re.search(rf"{_MARK}{re.escape(first)}(?!\w){longer}", text, re.IGNORECASE) is not None
