"""The sentences under the headings: what the figures mean."""

from collections.abc import Mapping, Sequence

from wellserved.apps.people.types import Colleague, Cover, LimitRow, Profile


def count(number: int, one: str, many: str) -> str:
    """Return the number with its noun.

    >>> count(1, "colleague", "colleagues"), count(3, "colleague", "colleagues")
    ('1 colleague', '3 colleagues')
    """
    return f"{number} {one if number == 1 else many}"


def say_people(rows: Sequence[Colleague]) -> str:
    """Return who is there now."""
    if not rows:
        return "Nobody works here yet: invite the first colleague."
    there = sum(row.availability == "available" for row in rows)
    absent = sum(row.availability == "absent" for row in rows)
    return f"{there} of {count(len(rows), 'colleague', 'colleagues')} can take work now; {absent} absent."


def say_profile(profile: Profile) -> str:
    """Return what a colleague does here and whether she is there."""
    colleague = profile.colleague
    where = f" in {' and '.join(colleague.teams)}" if colleague.teams else ""
    if not colleague.is_active:
        return f"{colleague.role_name}{where}; access is closed."
    over = [held.name for held in colleague.skills if not held.is_current]
    skills = f"; to renew: {', '.join(over)}" if over else ""
    return f"{colleague.role_name}{where}, {colleague.availability_name.lower()}{skills}."


def say_cover(cover: Sequence[Cover]) -> str:
    """Return where skills are missing or hang on one colleague."""
    if not cover:
        return "No skill is listed yet: name the first one your customers need."
    gaps = [line.skill.name for line in cover if line.missing]
    single = [line.skill.name for line in cover if line.is_single_point and not line.missing]
    said = [f"short in {', '.join(gaps)}"] if gaps else []
    said += [f"everything hangs on one colleague in {', '.join(single)}"] if single else []
    if not said:
        return f"All {count(len(cover), 'skill has', 'skills have')} the cover they need."
    sentence = " and ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def say_limits(rows: Sequence[LimitRow], *, remedies: Mapping[str, str]) -> str:
    """Return which remedies nobody may grant alone."""
    if not rows:
        return "Nobody may grant anything alone yet: set the first limit."
    bound = {row.remedy for row in rows}
    open_ones = [name.lower() for remedy, name in remedies.items() if remedy not in bound]
    if not open_ones:
        return f"{count(len(rows), 'limit', 'limits')}; every remedy has somebody who may grant it alone."
    return f"{count(len(rows), 'limit', 'limits')}; nobody may grant alone: {', '.join(open_ones)}."
