"""What segments, expectations and offers may hold."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from wellserved.apps.accounts.types import STAFF_ROLES
from wellserved.apps.standards.types import offer as types
from wellserved.platform.errors import Invalid

MOST_NAMES = 50
MOST_LINES = 40
LONGEST_LINE = 300
LONGEST_WORD = 40


def read_rule(rule: types.Rule) -> types.Rule:
    """Return the rule, or say what in it cannot be used."""
    if rule.who not in types.WHO:
        raise Invalid(f"Say who belongs to it with one of {', '.join(types.WHO)}.", code="segment_who", field="who")
    for name in ("organisations", "tags", "products", "kinds"):
        if len(getattr(rule, name)) > MOST_NAMES:
            raise Invalid(f"A rule names {MOST_NAMES} {name} at most.", code="segment_rule", field=name)
    return rule


def read_choice(value: object, allowed: Collection[object], field: str) -> None:
    """Refuse what is none of the choices."""
    if value not in allowed:
        listed = ", ".join(str(each) for each in allowed)
        raise Invalid(f"Choose one of {listed}.", code="offer_choice", field=field)


def read_text(given: str, longest: int, field: str, needed: str = "") -> str:
    """Return the text trimmed; `needed` is the sentence that asks for it."""
    text = given.strip()
    if len(text) > longest:
        raise Invalid(f"Keep it to {longest} letters.", code="too_long", field=field)
    if needed and not text:
        raise Invalid(needed, code="required", field=field)
    return text


def read_signals(signals: types.Signals) -> types.Signals:
    """Return the signals with their words trimmed, or say what cannot be used."""
    words = tuple(dict.fromkeys(word.strip().lower() for word in signals.words if word.strip()))
    if any(len(word) > LONGEST_WORD or len(word) < 3 for word in words):
        raise Invalid(f"A word has from 3 to {LONGEST_WORD} letters.", code="signal_word", field="words")
    if max(len(words), len(signals.tags), len(signals.products)) > MOST_NAMES:
        raise Invalid(f"Name {MOST_NAMES} words at most.", code="signal_word", field="words")
    return types.Signals(tags=tuple(signals.tags), products=tuple(signals.products), words=words)


def require_past(day: dt.date, today: dt.date, field: str) -> None:
    """Refuse a source from the future."""
    if day > today or day.year < 1990:
        raise Invalid("Give the day the source is from; it lies in the past.", code="offer_day", field=field)


def require_future(day: dt.date, today: dt.date, field: str) -> None:
    """Refuse a review that is already over."""
    if day <= today or day.year > 2100:
        raise Invalid("The next review lies in the future.", code="offer_day", field=field)


def require_reachable(day: dt.date, field: str) -> None:
    """Refuse days no calendar can count in."""
    if not 2000 <= day.year <= 2100:
        raise Invalid("Give a day between the years 2000 and 2100.", code="offer_day", field=field)


def read_lines(lines: Iterable[types.Line]) -> tuple[types.Line, ...]:
    """Return the lines of an offer; each says something and cites an expectation, a weakness may cite none."""
    found = tuple(
        types.Line(
            kind=line.kind,
            text=read_text(line.text, LONGEST_LINE, "lines", "Say in each line what is offered."),
            expectations=tuple(dict.fromkeys(line.expectations)),
        )
        for line in lines
    )
    if not found or len(found) > MOST_LINES:
        raise Invalid(f"An offer has from 1 to {MOST_LINES} lines.", code="offer_lines", field="lines")
    for line in found:
        read_choice(line.kind, types.LINE_KINDS, "lines")
        if not line.expectations and line.kind != "weakness":
            raise Invalid(
                f"“{line.text}” meets no expectation yet. Say which it meets, or leave it out: what nobody expects "
                "need not be offered.",
                code="offer_line_cites_nothing",
                field="lines",
            )
    return found


def read_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return the roles to be told, in the order of rank."""
    given = set(roles)
    if strange := sorted(given - set(STAFF_ROLES)):
        raise Invalid(f"There is no role {', '.join(strange)}.", code="offer_role", field="roles")
    return tuple(str(role) for role in STAFF_ROLES if role in given)


def require_names(known: Mapping[int, str], wanted: Collection[int]) -> None:
    """Refuse expectations that do not hold here."""
    if set(wanted) - set(known):
        raise Invalid(
            "One of the expectations cited does not hold any more; choose from the list.",
            code="expectation_not_in_use",
            field="lines",
        )
