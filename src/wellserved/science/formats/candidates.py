"""How well a column suits a part: what it is called, and whether its values could play it."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from wellserved.science.formats.headers import HEADERS, HEADERS_ABROAD
from wellserved.science.formats.mapping import ROLES, TIME_ROLES
from wellserved.science.formats.profiles import ColumnProfile, contains_words

__all__ = ["LEAST_SCORE", "score_columns"]

LEAST_SCORE: Final = 0.35
_KNOWN: Final = frozenset(name for lists in (HEADERS, HEADERS_ABROAD) for names in lists.values() for name in names)
_ABROAD_SCORE: Final = 0.8
_SPARSE_IS_FINE: Final = frozenset({"tags", "body", "closed", "resolved", "first_reply", "updated"})


def score_columns(profiles: tuple[ColumnProfile, ...]) -> dict[str, list[tuple[float, ColumnProfile]]]:
    """For each role the columns that could play it, the best first."""
    return {role: _score_role(role, profiles) for role in ROLES}


def _score_role(role: str, profiles: tuple[ColumnProfile, ...]) -> list[tuple[float, ColumnProfile]]:
    scored = []
    for profile in profiles:
        called = _score_name(role, profile.words)
        if not called or not profile.count:
            continue
        score = called * _score_values(role, profile)
        if score >= LEAST_SCORE:
            scored.append((round(score, 3), profile))
    return sorted(scored, key=lambda item: (-item[0], item[1].place))


def _score_name(role: str, name: str) -> float:
    known = HEADERS[role]
    if name in known:
        return 1.0 - 0.4 * known.index(name) / len(known)
    if name in HEADERS_ABROAD.get(role, ()):
        return _ABROAD_SCORE
    best = 0.0
    if name in _KNOWN:  # another role's own word is no accident
        return best
    for rank, word in enumerate(known):
        if len(word) >= 5 and contains_words(name, word) and len(name.split()) <= len(word.split()) + 2:
            best = max(best, 0.6 - 0.2 * rank / len(known))
    return best


def _score_values(role: str, profile: ColumnProfile) -> float:
    if role in TIME_ROLES:
        fits = 1.0 if profile.is_time or profile.epoch else 0.0
    else:
        test = _TESTS.get(role, _is_label)
        fits = test(profile) if not profile.is_time else 0.0
    filled = 1.0 if role in _SPARSE_IS_FINE else 0.3 + 0.7 * profile.filled
    return fits * filled


def _is_case(profile: ColumnProfile) -> float:
    if profile.filled < 0.5 or profile.average_length > 80 or profile.fraction_share > 0.5:
        return 0.0
    return 1.0 if profile.distinct > 1 or profile.count < 20 else 0.7


def _is_clock(profile: ColumnProfile) -> float:
    return 1.0 if profile.clock_share >= 0.8 else 0.0


def _is_activity(profile: ColumnProfile) -> float:
    if profile.average_length > 80 or (profile.distinct > 300 and profile.distinct > 0.2 * profile.count):
        return 0.0
    never_again = profile.count > 3 and profile.distinct == profile.count
    return 0.3 if profile.is_lifecycle or never_again else 1.0


def _is_status(profile: ColumnProfile) -> float:
    if profile.is_lifecycle or profile.distinct > 100:
        return 0.0
    if profile.status_share >= 0.3:
        return 1.0
    return 0.6 if "status" in profile.words else 0.0


def _is_label(profile: ColumnProfile) -> float:
    if profile.fraction_share > 0.5 or profile.average_length > 200:
        return 0.0
    return 1.0 if profile.distinct > 1 or profile.count < 5 else 0.4


def _is_scale(profile: ColumnProfile) -> float:
    return _is_label(profile) if profile.distinct <= 40 else 0.0


def _is_text(profile: ColumnProfile) -> float:
    return 0.0 if profile.number_share > 0.5 else 1.0


def _is_place(profile: ColumnProfile) -> float:
    return 0.0 if profile.status_share >= 0.3 else _is_label(profile)


_TESTS: Final = MappingProxyType[str, Callable[[ColumnProfile], float]](
    {
        "case": _is_case,
        "time_of_day": _is_clock,
        "activity": _is_activity,
        "status": _is_status,
        "priority": _is_scale,
        "impact": _is_scale,
        "urgency": _is_scale,
        "subject": _is_text,
        "body": _is_text,
        "place": _is_place,
    }
)
