"""The sentences under the headings: what the figures mean."""

from collections.abc import Mapping, Sequence

from wellserved.apps.people.types import Colleague, LimitRow, Profile
from wellserved.apps.people.types.matrix import Matrix, SkillDetail
from wellserved.apps.people.types.roles import DOCUMENTS, CandidateRow, Outcome, RoleDetail, RoleRow
from wellserved.platform import clock
from wellserved.platform.ui.formatting import format_day


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


def say_cover(found: Matrix) -> str:
    """Return where skills are missing, on whom everything hangs, and how much runs out."""
    if not found.cover:
        return "No skill is listed yet: name the first one your customers need."
    gaps = [line.skill.name for line in found.cover if line.missing]
    single = [f"{line.able[0]} in {line.skill.name}" for line in found.cover if line.is_single_point]
    said = [f"short in {_some(gaps)}"] if gaps else []
    said += [f"everything hangs on {_some(single)}"] if single else []
    if found.running_out:
        said.append(f"{count(found.running_out, 'certificate has', 'certificates have')} run out or will in 30 days")
    if not said:
        return f"All {count(len(found.cover), 'skill has', 'skills have')} the cover they need."
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def say_skill(found: SkillDetail) -> str:
    """Return who can do it, and when that stops being enough."""
    cover = found.cover
    able = count(len(cover.able), "colleague can do it alone", "colleagues can do it alone")
    said = f"{able}, {cover.skill.minimum_cover} needed"
    if cover.is_single_point:
        said += f"; everything hangs on {cover.able[0]}"
    gap = next((day for day in found.days[1:] if day.able < cover.skill.minimum_cover), None)
    if gap and not cover.missing:
        drop = "drops" if len(gap.lost) == 1 else "drop"
        said += f"; from {format_day(gap.on)} they are {gap.able}, when {' and '.join(gap.lost)} {drop} out"
    return f"{said}."


def _some(names: Sequence[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def say_limits(rows: Sequence[LimitRow], *, remedies: Mapping[str, str]) -> str:
    """Return which remedies nobody may grant alone."""
    if not rows:
        return "Nobody may grant anything alone yet: set the first limit."
    bound = {row.remedy for row in rows}
    open_ones = [name.lower() for remedy, name in remedies.items() if remedy not in bound]
    if not open_ones:
        return f"{count(len(rows), 'limit', 'limits')}; every remedy has somebody who may grant it alone."
    return f"{count(len(rows), 'limit', 'limits')}; nobody may grant alone: {', '.join(open_ones)}."


def say_roles(rows: Sequence[RoleRow]) -> str:
    """Return how far roles are written down and given."""
    if not rows:
        return "No role here: begin one from a template, and four documents come of it."
    held = sum(row.holders for row in rows)
    drafts = sum(row.has_draft for row in rows)
    said = f"{count(len(rows), 'role', 'roles')} here, held by {count(held, 'colleague', 'colleagues')}"
    return f"{said}; {drafts} being written." if drafts else f"{said}."


def say_role(found: RoleDetail) -> str:
    """Return which pack holds, who has the role, and what waits."""
    if found.pack is None or found.pack.published_at is None:
        missing = found.draft.missing if found.draft else ()
        left = f"still empty: {', '.join(DOCUMENTS[part].lower() for part in missing)}" if missing else "it is whole"
        return f"A draft, {left}; nothing of it holds before it is put in force."
    said = f"Pack {found.pack.number} holds since {format_day(clock.day_of(found.pack.published_at))}"
    if found.row.is_retired:
        return f"{said}; the role is retired."
    unread = sum(holder.read < found.pack.number for holder in found.holders)
    who = f"{count(len(found.holders), 'colleague has', 'colleagues have')} the role"
    return f"{said}; {who}, {unread} still to read this pack." if unread else f"{said}; {who}."


def say_candidate(row: CandidateRow) -> str:
    """Return what the scores say, and that a person decides."""
    if row.outcome != Outcome.OPEN:
        return f"{row.outcome_name}: {row.reason} All of this is removed on {format_day(row.forget_on)}."
    if row.share is None:
        left = sum(score.score is None for score in row.scores)
        return f"{count(left, 'criterion', 'criteria')} of {len(row.scores)} still to be scored on what was seen."
    said = f"{row.share:.0%} of the points, {row.pass_mark} % to be reached"
    if row.unmet:
        return f"{said}; not met, though essential: {', '.join(row.unmet)}. You decide, and say why."
    return f"{said}; every essential criterion is met. You decide, and say why."
