"""Which groups of an anonymous survey may be shown, so that none of fewer than five can be worked out."""

from collections.abc import Mapping

from wellserved.apps.development.types.pulse import LEAST_SHOWN

NO_TEAM = 0


def open_teams(answers: Mapping[int, int]) -> frozenset[int]:
    """Return the teams that may be shown beside the whole; `answers` is how many answered in each, 0 for no team.

    A reader who answered takes her own away, so five others must be left of whatever she can read. A team of fewer is
    withheld; and since the whole less every team shown must not leave fewer either, the smallest teams are withheld
    with it until what is left is none, or enough.

    >>> sorted(open_teams({1: 9, 2: 7, 3: 2}))
    [1]
    >>> sorted(open_teams({1: 9, 2: 7, 3: 2, 4: 4}))
    [1, 2]
    """
    shown = {team for team, count in answers.items() if team != NO_TEAM and count >= LEAST_SHOWN}
    left = sum(count for team, count in answers.items() if team not in shown)
    while shown and 0 < left < LEAST_SHOWN:
        smallest = min(shown, key=lambda team: (answers[team], team))
        shown.remove(smallest)
        left += answers[smallest]
    return frozenset(shown)


def is_whole_open(answers: Mapping[int, int]) -> bool:
    """Return whether the answers of all together may be shown."""
    return sum(answers.values()) >= LEAST_SHOWN
