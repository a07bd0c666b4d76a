"""What the pages of briefings and understanding say in one sentence."""

from collections.abc import Sequence

from wellserved.apps.development.types.briefings import BriefingDetail, BriefingRow
from wellserved.apps.development.types.checks import AttemptRow, AttemptState, CheckRow, ItemRow, PersonRow, Standing
from wellserved.platform.ui.formatting import format_day, format_percent


def say_register(to_do: Sequence[BriefingRow], drafts: Sequence[tuple[int, str]]) -> str:
    """Return what briefings ask of the reader, and what waits to be sent by her."""
    count = len(to_do)
    mine = "Nothing is asked of you." if not count else "One is for you." if count == 1 else f"{count} are for you."
    if not drafts:
        return mine
    waits = "One draft waits" if len(drafts) == 1 else f"{len(drafts)} drafts wait"
    return f"{mine} {waits} to be sent: something came into force."


def say_briefing(found: BriefingDetail) -> str:
    """Return how a briefing stands, as its reader may know it."""
    row = found.row
    if row.state == "withdrawn":
        return f"Withdrawn: {found.reason}" if found.reason else "Withdrawn: it asks nothing of anybody."
    if row.state == "draft":
        return _say_draft(found)
    if row.subject and found.current != row.number:
        return f"It tells of version {row.number}, and that is no longer in force."
    if found.may_edit and found.deliveries:
        return _say_met(found)
    return _say_mine(found)


def _say_mine(found: BriefingDetail) -> str:
    if found.mine is None:
        return "On the staff page for everybody; it was not sent to you."
    if found.mine.is_done:
        return "You have done what it asks."
    if found.mine.has_met:
        return "You have read it. What is left is to show that you understood."
    return "For you to read." if not found.mine.understanding else "For you to read, and to show that you understood."


def _say_draft(found: BriefingDetail) -> str:
    if found.outside:
        return f"It concerns {found.reaches + found.outside} people, {found.outside} of them outside your teams."
    if not found.reaches:
        return "It concerns nobody yet: choose roles, teams, queues or people."
    return f"Nobody has it yet. It goes to {_people(found.reaches)} once you publish it."


def _say_met(found: BriefingDetail) -> str:
    told, missing = len(found.deliveries), len(found.missing)
    verb = "have understood it" if found.questions and found.content.needs_check else "have read or heard it"
    due = f", by {format_day(found.row.due_on)}" if found.row.due_on and missing else ""
    return f"{told - missing} of {told} {verb}" + (f"; {missing} still to{due}." if missing else ".")


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"


def say_matrix(rows: Sequence[PersonRow]) -> str:
    """Return how far what is asked of people is understood as it holds now."""
    cells = [cell for row in rows for cell in row.cells.values() if cell.asked]
    asked, shown = sum(cell.asked for cell in cells), sum(cell.understood for cell in cells)
    if not asked:
        return "Nothing is asked of anybody yet: write questions for what people should understand, and brief them."
    stale = sum(cell.standing == Standing.STALE for cell in cells)
    old = f" {stale} {'is' if stale == 1 else 'are'} stale: a new version holds since." if stale else ""
    return f"{shown} of {asked} understandings hold ({format_percent(shown / asked, 0)}).{old}"


def say_check(check: CheckRow, items: Sequence[ItemRow]) -> str:
    """Return whether a bank can be used, and what its answers say of it."""
    if not check.questions:
        return "No question yet. Two or three from what changed are enough to begin with."
    if check.is_behind:
        return f"The questions were written for version {check.number}; version {check.current} is in force."
    held = f"{check.questions} questions hold for version {check.current}"
    hard = sum(each.is_hard for each in items)
    counted = [each for each in items if each.share is not None]
    if not counted:
        return f"{held}. Too few answers yet to say how hard each is."
    verb = "is" if hard < 2 else "are"
    return f"{held}; {hard or 'none'} of the {len(counted)} answered {verb} hard."


def say_attempt(found: AttemptRow, *, is_own: bool) -> str:
    """Return how a go at a check ended."""
    who = "You" if is_own else found.name
    if found.state == AttemptState.OPEN:
        drawn = len(found.asked)
        return f"{drawn} questions; {format_percent(found.check.pass_share, 0)} right is enough. You may try again."
    if found.state == AttemptState.WAITING:
        return "A colleague reads what was said in own words; the rest is marked below."
    share = format_percent(found.score or 0, 0)
    if found.state == AttemptState.PASSED:
        return f"{who} understood version {found.number}: {share} right."
    return f"{share} right, {format_percent(found.check.pass_share, 0)} are needed. What was wrong is explained below."
